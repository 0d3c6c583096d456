"""Does the page work in a browser: by keyboard alone, in every size and light, for a screen reader, and safely?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.integration.web.chromium import chromium, violations
from tests.integration.web.serving import Running, running
from tests.integration.web.shelf import POOL, PUMPS

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 860}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def open_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("page")) as started:
        yield started


@pytest.fixture
def page(browser: Any, open_service: Running) -> Iterator[Any]:
    context = browser.new_context(viewport=DESKTOP, locale="vi-VN")
    made = context.new_page()
    problems: list[str] = []
    made.on("pageerror", lambda error: problems.append(str(error)))
    made.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    made.goto(open_service.url)
    made.wait_for_selector(".turn")
    yield made
    context.close()
    assert problems == []


def ask(page: Any, question: str) -> None:
    cards = page.locator(".turn").count()
    page.locator("textarea").fill(question)
    page.keyboard.press("Enter")
    page.locator(".turn").nth(cards).wait_for()


def test_question_follow_up_context_and_feedback_by_keyboard_alone(page: Any, open_service: Running) -> None:
    page.keyboard.type(
        "Giá vé người lớn bể bơi Hồng Vân là bao nhiêu?"
    )  # the field has the focus at the start
    page.keyboard.press("Enter")
    page.wait_for_selector(".card mark")
    assert "40.000" in page.locator(".card mark").first.inner_text()
    page.keyboard.type("Còn trẻ em?")
    page.keyboard.press("Enter")
    page.locator(".card").nth(1).wait_for()
    assert "25.000" in page.locator(".card mark").last.inner_text()
    assert "Trung tâm thể thao Hồng Vân" in page.locator(".card .place").last.inner_text()
    pressed = set()
    for _ in range(12):  # back from the field through the last card's actions
        page.keyboard.press("Shift+Tab")
        kind = page.evaluate("document.activeElement.dataset.kind || ''")
        if kind in ("good", "context") and kind not in pressed:
            pressed.add(kind)
            page.keyboard.press("Enter")
            if kind == "good":
                page.wait_for_selector("[data-kind=good][aria-pressed=true]")
            else:
                page.wait_for_selector(".context mark")
                break
    assert pressed == {"good", "context"}
    report = open_service.client(open_service.admin).get("/v1/report").json()
    assert report["good"] == 1


def test_pages_are_turned_in_place_and_the_key_keeps_its_place(page: Any) -> None:
    ask(page, "Xã Phượng Sơn thu hoạch bao nhiêu tấn vải thiều?")
    shown = page.locator(".card blockquote").first
    first = shown.inner_text()
    page.locator("[data-kind=next]").press("Enter")
    expect(shown).not_to_have_text(first, use_inner_text=True)  # the buttons alone may be those of before
    assert page.locator(".turn").count() == 2
    page.locator("[data-kind=previous]").press("Enter")
    expect(shown).to_have_text(first, use_inner_text=True)


def test_enter_inside_a_composition_does_not_send(page: Any) -> None:
    page.locator("textarea").fill("Gia ve")
    page.evaluate(
        """() => document.querySelector("textarea").dispatchEvent(
            new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true, cancelable: true}))"""
    )
    page.wait_for_timeout(200)
    assert page.locator(".asked").count() == 0
    assert page.locator("textarea").input_value() == "Gia ve"
    page.keyboard.press("Enter")
    page.wait_for_selector(".asked")


def test_examples_are_offered_and_answered(page: Any) -> None:
    offered = page.locator(".offered button").first
    question = offered.inner_text()
    offered.click()
    page.wait_for_selector(".card")
    assert question in page.locator(".asked").inner_text()


def test_what_documents_bring_is_shown_as_text(page: Any, open_service: Running) -> None:
    ask(page, PUMPS)
    page.wait_for_selector(".card")
    assert "<script>" in page.locator(".card blockquote").first.inner_text()
    assert page.locator(".card img, .card script, .card svg").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0
    link = page.locator(".card a.title").first.get_attribute("href")
    page.goto(open_service.url + link)
    assert "<script>" in page.locator("main").inner_text()
    assert page.evaluate("window.hacked") is None
    assert page.locator("main script, main img, main svg, a[href^='javascript:']").count() == 0


def test_a_question_with_markup_is_text(page: Any) -> None:
    ask(page, "<img src=x onerror='window.hacked = true'>bể bơi<script>1</script>")
    assert page.locator(".asked img").count() == 0
    assert page.evaluate("window.hacked") is None


def test_a_document_is_marked_and_scrolled_to_without_any_script(browser: Any, open_service: Running) -> None:
    hit = open_service.client().get("/v1/search", params={"q": POOL, "limit": 1}).json()["hits"][0]
    context = browser.new_context(viewport={"width": 390, "height": 300}, java_script_enabled=False)
    page = context.new_page()
    page.goto(hit["citation"])
    assert page.locator("mark").all_inner_texts() == [hit["text"]]
    box = page.locator("mark").first.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 300
    context.close()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_nothing_on_any_page_shuts_people_out(
    browser: Any, open_service: Running, size: dict[str, int], light: str, tmp_path: Path
) -> None:
    context = browser.new_context(viewport=size, color_scheme=light, locale="vi-VN")
    page = context.new_page()
    page.goto(open_service.url)
    page.wait_for_selector(".offered button")
    assert violations(page) == []
    ask(page, POOL)
    page.locator("[data-kind=context]").first.click()
    page.wait_for_selector(".context")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shot = tmp_path / "page.png"
    page.screenshot(path=str(shot))
    assert shot.stat().st_size > 10_000
    page.goto(open_service.url + (page.locator(".card a.title").first.get_attribute("href") or ""))
    assert violations(page) == []
    page.goto(f"{open_service.url}/login")
    assert violations(page) == []
    context.close()


def test_a_person_types_a_token_in_where_one_is_needed(browser: Any, service: Running) -> None:
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(service.url)
    page.get_by_role("link", name="Nhập mã").click()
    page.get_by_label("Mã truy cập").fill("hoidap-00000000-wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    page.get_by_label("Mã truy cập").fill(service.read)
    page.keyboard.press("Enter")
    page.wait_for_selector(".offered button")
    ask(page, POOL)
    page.wait_for_selector(".card")
    assert page.evaluate("document.cookie") == ""
    context.close()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_only_the_log_scrolls_and_the_field_stays_in_sight(
    browser: Any, open_service: Running, size: dict[str, int]
) -> None:
    page = browser.new_page(viewport=size)
    page.goto(open_service.url)
    page.wait_for_selector(".turn")
    for question in (POOL, PUMPS, "Giá vàng hôm nay?"):
        ask(page, question)
    field, head = page.locator(".composer").bounding_box(), page.locator(".bar").bounding_box()
    assert head["y"] == 0
    assert abs(field["y"] + field["height"] - size["height"]) < 2
    asked = page.locator(".asked").last.bounding_box()
    assert 0 < asked["y"] < field["y"]
    page.close()
