"""Does what somebody says of an article go before guesses, and is a bad value named by file and key?"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from retrieval.corpus.facts import Facts
from retrieval.corpus.overrides import read_facts, read_sidecars, sidecars

Problems = list[tuple[str, str]]


def facts_of(table: dict[str, object], *, strict: bool = False) -> tuple[Facts, Problems]:
    problems: Problems = []
    facts = read_facts(table, where="a.md", report=lambda *p: problems.append(p), strict=strict)
    return facts, problems


def test_every_key() -> None:
    facts, problems = facts_of(
        {
            "id": 12,
            "title": "Nước  về ngõ",
            "source": "Báo Ngõ",
            "published": datetime.date(2020, 2, 7),
            "url": "https://ngo.example/1",
            "author": ["Hà An", "Thu Hà"],
            "kind": "digest",
        }
    )
    assert not problems
    assert facts == Facts(
        id="12",
        title="Nước về ngõ",
        source="Báo Ngõ",
        published=datetime.date(2020, 2, 7),
        url="https://ngo.example/1",
        author="Hà An, Thu Hà",
        kind="digest",
    )


@pytest.mark.parametrize(
    "value", ["2020-02-07", "07/02/2020", "ngày 7 tháng 2 năm 2020", datetime.datetime(2020, 2, 7, 9)]
)
@pytest.mark.parametrize("key", ["published", "date"])
def test_dates_in_any_form(key: str, value: object) -> None:
    assert facts_of({key: value})[0].published == datetime.date(2020, 2, 7)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("published", "hôm qua", "'hôm qua' không phải ngày"),
        ("mentioned", 7, "7 không phải ngày"),
        ("kind", "tóm tắt", "hãy chọn article hoặc digest"),
        ("title", ["a"], "phải là một chuỗi chữ"),
        ("id", True, "phải là một chuỗi chữ"),
    ],
)
def test_a_bad_value_is_left_out_and_named(key: str, value: object, said: str) -> None:
    facts, problems = facts_of({key: value, "source": "Báo Ngõ"})
    assert facts == Facts(source="Báo Ngõ")
    [(where, reason)] = problems
    assert where == "a.md"
    assert reason.startswith(f"{key}: ")
    assert said in reason


def test_nothing_said() -> None:
    assert facts_of({"title": "", "source": None, "author": "~"}) == (Facts(), [])


def test_unknown_keys_are_named_only_where_they_must_be_slips() -> None:
    assert facts_of({"layout": "post"}) == (Facts(), [])
    assert facts_of({"tilte": "a"}, strict=True)[1][0][1].startswith("tilte: không có khóa này")


def test_a_date_silences_both_others() -> None:
    day, other = datetime.date(2020, 1, 1), datetime.date(2021, 1, 1)
    assert Facts(mentioned=day).over(Facts(published=other)) == Facts(mentioned=day)
    assert Facts(title="a").over(Facts(published=other, title="b")) == Facts(title="a", published=other)


def test_side_cars_from_near_to_far(tmp_path: Path) -> None:
    folder = tmp_path / "kho" / "năm"
    folder.mkdir(parents=True)
    page = folder / "a.txt"
    (folder / "metadata.toml").write_text(
        '["a.txt"]\ntitle = "gần"\n[defaults]\nsource = "Báo Gần"\n', encoding="utf-8"
    )
    (tmp_path / "kho" / "metadata.toml").write_text(
        '["năm/a.txt"]\ntitle = "xa"\nauthor = "Hà An"\n[defaults]\nsource = "Báo Xa"\nkind = "digest"\n',
        encoding="utf-8",
    )
    (tmp_path / "metadata.toml").write_text(
        '[defaults]\nsource = "ngoài"\nurl = "https://x.example"\n', encoding="utf-8"
    )
    problems: Problems = []
    own, defaults = read_sidecars(page, root=tmp_path / "kho", report=lambda *p: problems.append(p))
    assert not problems
    assert own == Facts(title="gần", author="Hà An")
    assert defaults == Facts(source="Báo Gần", kind="digest")
    assert sidecars(page, root=tmp_path / "kho") == [
        folder / "metadata.toml",
        tmp_path / "kho" / "metadata.toml",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "các tệp được đọc mà không có nó"),
        ('"a.txt" = "Tiêu đề"\n', "không phải một bảng"),
        ('["a.txt"]\npublished = "hôm qua"\n', "published: 'hôm qua' không phải ngày"),
        ('["a.txt"]\ntilte = "x"\n', "tilte: không có khóa này"),
    ],
)
def test_a_bad_side_car(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "metadata.toml").write_text(text, encoding="utf-8")
    problems: Problems = []
    read_sidecars(tmp_path / "a.txt", root=tmp_path, report=lambda *p: problems.append(p))
    [(where, reason)] = problems
    assert "metadata.toml" in where
    assert said in reason
    assert "\n" not in reason


def test_an_edited_side_car_is_read_anew(tmp_path: Path) -> None:
    side = tmp_path / "metadata.toml"

    def title() -> str | None:
        return read_sidecars(tmp_path / "a.txt", root=tmp_path, report=lambda *_: None)[0].title

    side.write_text('["a.txt"]\ntitle = "một"\n', encoding="utf-8")
    assert title() == "một"
    side.write_text('["a.txt"]\ntitle = "hai hai"\n', encoding="utf-8")
    assert title() == "hai hai"
