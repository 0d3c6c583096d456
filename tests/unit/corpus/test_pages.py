"""Pages of many kinds, made up here: does each give its title, source, date, author, and nothing but the article?"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from retrieval.corpus import read_bytes
from retrieval.corpus.facts import Facts
from retrieval.corpus.lines import clean, join_lines, split_lines
from retrieval.corpus.metadata.mentioned import with_mentioned
from retrieval.corpus.metadata.page import read_page

PAGES = Path(__file__).parent / "pages"
SOURCES = {
    "BDK": "Báo Đồng Khởi",
    "TTXVN": "Thông tấn xã Việt Nam",
    "LĐO": "Báo Lao Động",
    "PLO": "Báo Pháp Luật TP.HCM",
}


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


EXPECTED = {
    "evening_paper": Facts(
        title="Bến phà Cồn Sẻ ngừng chạy ba ngày để sửa cầu dẫn",
        published=day("2022-10-21"),
        author="Minh Khuê",
    ),
    "provincial_portal": Facts(
        title="Khai mạc lớp bơi miễn phí cho học sinh vùng trũng",
        source="Cổng thông tin điện tử tỉnh Hà Nam",
        published=day("2023-06-12"),
    ),
    "wire_story": Facts(
        title="Sản lượng cá tra giống tăng nhờ ao ương có mái che",
        source="Thông tấn xã Việt Nam",
        published=day("2021-09-03"),
        author="Hà An",
    ),
    "labour_paper": Facts(
        title="Nhà trẻ trong khu công nghiệp mở cửa đến tám giờ tối",
        source="Báo Lao Động",
        published=day("2019-03-08"),
        author="Nhóm PV",
    ),
    "house_rules": Facts(title="NỘI QUY LÀM VIỆC TẠI XƯỞNG MỘC"),
    "blog": Facts(title="Kho quẹt không bao giờ cháy nồi", published=day("2018-09-02"), author="Lan Chi"),
    "no_metadata": Facts(),
    "two_dates": Facts(
        title="Tuyến xe đêm nối bến cảng với ga mới chạy thử",
        published=day("2017-02-20"),
        author="Quốc Bảo, Thu Hà",
    ),
    "header_clock": Facts(
        title="Hội thi gói bánh chưng dành cho công nhân xa quê",
        source="Trang thông tin điện tử huyện Ba Vì",
        published=day("2023-12-05"),
    ),
    "date_in_address": Facts(
        title="Vườn dâu tằm trên bãi bồi hồi sinh sau lũ",
        published=day("2021-11-06"),
        url="https://www.nongthonmoi.example/trong-trot/2021/11/06/vuon-dau-tam-hoi-sinh.html",
    ),
    "english_dates": Facts(
        title="Thư viện lưu động ghé thêm tám điểm trường vùng cao", published=day("2022-10-21")
    ),
    "iso_date": Facts(title="Đèn đường năng lượng mặt trời phủ kín ấp đảo", published=day("2022-10-21")),
    "byline_on_top": Facts(
        title="Tịch thu hai tấn pháo nổ giấu trong xe chở nông sản",
        source="Báo Pháp Luật TP.HCM",
        published=day("2023-05-19"),
        author="Nguyễn Hải Đăng",
    ),
    "wrapped_mail": Facts(title="Lịch cúp nước khu phố Bình Hòa"),
    "credited_reprint": Facts(
        title="Lá sen già được thu mua với giá cao", source="Báo Đồng Tháp", published=day("2020-08-10")
    ),
    "menu_row": Facts(
        title="Vườn dừa sáp lên mạng bán quả theo đơn đặt trước",
        source="Báo Vĩnh Long",
        published=day("2019-12-10"),
        author="Thảo Ly",
    ),
    "seconds_only": Facts(
        title="Sếu về lại đồng cỏ năn sau bốn năm vắng bóng", source="Cổng TTĐT huyện Tam Nông"
    ),
    "mentions_only": Facts(
        title="Cuộc thi đua ghe ngo diễn ra trên đoạn sông dài 1.200 mét vào ngày 8/11/2022",
        mentioned=day("2022-11-08"),
    ),
    "poem": Facts(title="Ru con qua cầu"),
}
OPENS_AND_CLOSES = {
    "evening_paper": ("Từ sáng thứ bảy", "chiều thứ hai."),
    "provincial_portal": ("Sáng 11/6", "ngày tựu trường."),
    "wire_story": ("(TTXVN) - Nhiều trại", "hai lần mỗi ngày."),
    "labour_paper": ("Ba nhà trẻ", "trong năm tới."),
    "house_rules": ("1. Giờ làm việc", "báo trước một tuần."),
    "blog": ("Bí quyết", "cơm cháy."),
    "no_metadata": ("Ong dú", "đã tàn."),
    "two_dates": ("Đêm qua", "mỗi đêm."),
    "header_clock": ("Hai mươi đội", "vé xe về quê."),
    "date_in_address": ("Nước rút", "một lứa."),
    "english_dates": ("Chiếc xe tải", "lịch sử."),
    "iso_date": ("Đảo nhỏ", "trời mù."),
    "byline_on_top": ("PLO - Tổ công tác", "tiêu hủy."),
    "wrapped_mail": ("Để súc rửa", "ban của nhà máy."),
    "credited_reprint": ("Thương lái", "tới lứa đào."),
    "menu_row": ("(VLO) Từ một", "cả chục lần."),
    "seconds_only": ("Đàn sếu", "nhiều củ hơn."),
    "mentions_only": ("Cuộc thi đua ghe ngo diễn ra", "tối đa hai ghe."),
    "poem": ("Cầu tre", "bắc cầu mẹ đi"),
}


def read(name: str) -> tuple[str, Facts]:
    """The article's own words, and what the page says of itself."""
    lines = split_lines(clean((PAGES / f"{name}.txt").read_text(encoding="utf-8")))
    reading = read_page(lines, sources=SOURCES)
    own = [line for number, line in enumerate(lines) if number not in reading.labels]
    text = join_lines(own)[0]
    return text, with_mentioned(reading.facts, text)


def test_each_page_is_expected() -> None:
    assert {path.stem for path in PAGES.glob("*.txt")} == EXPECTED.keys() | {"decision"}


@pytest.mark.parametrize("name", EXPECTED)
def test_what_a_page_says_of_itself(name: str) -> None:
    assert read(name)[1] == EXPECTED[name]


@pytest.mark.parametrize("name", OPENS_AND_CLOSES)
def test_the_article_alone_is_left(name: str) -> None:
    text, _ = read(name)
    opening, closing = OPENS_AND_CLOSES[name]
    assert text.startswith(opening)
    assert text.endswith(closing)


@pytest.mark.parametrize("name", EXPECTED)
def test_running_text_survives(name: str) -> None:
    """Every line of the page that ends as a sentence and is the article's stands in the text."""
    text, _ = read(name)
    flat = " ".join(text.split())
    page = " ".join((PAGES / f"{name}.txt").read_text(encoding="utf-8").split())
    assert flat
    for paragraph in text.split("\n"):
        assert paragraph in page


def test_an_official_paper() -> None:
    data = (PAGES / "decision.txt").read_bytes()
    [document] = read_bytes("decision.txt", data)
    text = document.text
    assert document.title == "Quyết định về việc hỗ trợ giống cây ăn quả cho hộ mới thoát nghèo"
    assert (document.number, document.published) == ("214/QĐ-UBND", day("2020-03-05"))
    assert document.source == "Ủy ban nhân dân tỉnh Yên Bái"
    assert "".join(text.split()) == "".join(data.decode().split())
    assert text.count("Phạt tiền từ 1.000.000 đồng") == 2
    assert "Số: 214/QĐ-UBND" in text
    assert "Căn cứ Luật" in text


def test_a_link_to_another_article_goes_and_what_follows_stays() -> None:
    text, _ = read("evening_paper")
    assert "Cầu mới thông xe" not in text
    assert "Người buôn trái cây" in text


def test_the_copy_of_a_caption_goes_and_its_credit_stays() -> None:
    text, _ = read("menu_row")
    assert text.count("Công nhân đóng gói dừa sáp") == 1
    assert "Ảnh: Thảo Ly" in text


def test_wrapped_lines_become_paragraphs() -> None:
    text, _ = read("wrapped_mail")
    assert len(text.split("\n\n")) == 2
    assert "cấp nước trên toàn khu phố" in text


LONG = " ".join(["Tin vui cho bà con trồng bưởi da xanh ở các cù lao"] * 6)


@pytest.mark.parametrize(
    ("title", "stamp"),
    [
        ("Vì sao bưởi da xanh được giá?", "Chủ nhật, 14/03/2021 | 10:20"),
        ("Bưởi được giá: vì sao?", "Thứ sáu, 12/3/2021, 08:15 GMT+7"),
        (LONG, "Thứ sáu, 12/03/2021 | 10:20"),
    ],
)
def test_a_page_is_dated_below_a_title_that_asks_or_is_long(title: str, stamp: str) -> None:
    body = "<p>Bà con các cù lao đang hái bưởi, thương lái mua tận vườn với giá cao hơn năm trước.</p>" * 3
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{stamp}</div>{body}</body></html>"
    document = next(iter(read_bytes("bai.html", page.encode())))
    assert (document.title, document.published and document.published.month) == (title, 3)


def test_an_answer_with_a_day_is_no_date_of_the_text() -> None:
    text = (
        "Hỏi đáp nhập học\n\nHạn nộp hồ sơ là khi nào?\n17 giờ ngày 30/6/2024\n\nNộp ở đâu?\nPhòng 12, nhà B."
    )
    assert next(iter(read_bytes("hoi-dap.txt", text.encode()))).published is None
