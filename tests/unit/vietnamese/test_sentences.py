"""Sentences that underthesea alone cuts wrongly, and the laws that every split keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.vietnamese.sentences import split_paragraphs, split_sentences

# Each holds "|" where a sentence ends, and nowhere else.
TRICKY = [
    # addresses, short forms before names and numbers
    "Chợ nằm ở TP.HCM, gần ga. |Bà con TP. Hồ Chí Minh hay đến.",
    "Trạm đặt tại Q. Gò Vấp, gần Q.8 và P. 12. |Ai cũng biết chỗ ấy.",
    "Th.S Lê Cẩm và GS.TS. Đỗ Quý cùng ký. |PGS. TS Hồ Mai vắng mặt.",
    "Thầy gửi thư về đ/c. Hòa ở TX. Bãi Cháy. |Thư đến muộn.",
    "Hội nghị T.Ư 4 bàn việc nước. |Ban Chấp hành T.Ư. Đảng chủ trì.",
    # addresses on the net
    "Viết cho lop.hoc@truong.edu.vn hoặc vào www.truong.edu.vn/tin.html trước thứ hai. |Xin cảm ơn.",
    "Bài đăng ở https://bao.vn/a.b?c=1.2. |Có người chép lại từ VnTin.Net hôm sau.",
    # numbers
    "Xã trồng 12.345 cây, tốn 1.500.000 đồng. |Ngày 12.4.2016 thì xong.",
    "Điện thoại: 08. 265 1948. |Mỗi vé giá 35. 000 đồng.",
    "Lúc 15h. |Sau đó trời mưa. |Nặng 1.370 g. |Bộ lông trắng.",
    "Đội lên hạng năm 1963. |1964 là năm buồn.",
    # letters and initials
    "Ảnh chụp lúc sáng, do T. Huyền gửi về. |Ảnh: T. Huyền",
    "Rau này giàu vitamin C. |Thuốc thì không. |Cả khóa X. |Đại hội khép lại.",
    "Tổng thống V. Putin gặp W.Rooney. |Hai người bắt tay.",
    "Anh Nguyễn Văn T. khai hết. |Nghi phạm khác là P.H.L. |Theo công an, còn một người.",
    "Trạm thú y. |Bác sĩ đi vắng.",
    "Làng thiếu gạo, muối, v.v. và cả thuốc. |Có cá, mắm, v.v. |Dân tự lo.",
    # no space after a full stop
    "Họ về thôn.|Ông Tư ra đón.|Ở đó vui lắm.|Các cháu reo lên.",
    "Dự án năm 2015.|Theo kế hoạch thì xong rồi.",
    # quotes, brackets, dialogue
    "Ông nói: “Tôi không biết.” |Rồi ông đi.",
    "“Vì sao?” cô hỏi. |“Đi đâu?” - anh đáp. |“Thôi!”, bà gắt.",
    'Chị bảo: "Em về đi!". |Em về thật.',
    "Anh ấy im lặng (có lẽ…). |Lạ thật (!) mà cũng vui (?) nữa.",
    "Quán có bún, phở... và cơm. |Giá mềm… |Khách đông lắm.",
    "Thế à?! |Vâng... |Xong rồi./. |Hết.",
    "Ăn cho đủ no. |Đồi cao 93 m. |Thành dài 2 km.[1] |Nay đã sập.[cần dẫn nguồn] |Ông viết: gạo [...] muối.",
    # line breaks
    "Tạo chuyển biến\n|Kết quả nổi bật là xã đã có đường mới.\n|Ảnh: báo",
    "Điều 5. Nguyên tắc\n|1. Công khai mọi khoản thu.\n|1.2. Minh bạch.\n|a) Niêm yết;\n|b. Báo cáo.\n",
    "Điều 12. Phạm vi. |Luật này quy định về rừng.",
    "Điều 12. Nguyên tắc 1. Công khai mọi khoản thu. |2. Minh bạch.",
    "Hồ sơ gồm: 1. Đơn xin vay; 2. Bản sao sổ hộ khẩu; a. Giấy ra viện. |Đội xếp thứ 1. |Cả làng vui.",
]


@pytest.mark.parametrize("marked", TRICKY)
def test_cuts_where_a_reader_would(marked: str) -> None:
    text = marked.replace("|", "")
    sentences = [text[start:end] for start, end in split_sentences(text)]
    assert sentences == [part.strip() for part in marked.split("|")]


def test_joins_lines_wrapped_at_a_fixed_width() -> None:
    text = (
        "Con đường này dài bảy cây số, nối chợ huyện với bến phà cũ, và được\n"
        "Nguyễn Văn Lành đo lại vào mùa khô, khi nước đã rút khỏi các bãi bồi\n"
        "hai bên bờ. Dân trong vùng góp công đắp đường suốt ba tháng liền mà\n"
        "không nhận tiền.\n"
        "- Mỗi nhà góp mười công.\n"
    )
    sentences = [" ".join(text[start:end].split()) for start, end in split_sentences(text)]
    assert [sentence.split()[0] for sentence in sentences] == ["Con", "Dân", "-"]
    assert sentences[0].endswith("hai bên bờ.")


def test_joins_a_line_that_stops_within_a_sentence() -> None:
    text = (
        "Ban quản lý cho biết nhà văn hóa của thôn sẽ mở cửa\nvào các buổi tối.\n" + "Câu này rất dài. " * 12
    )
    assert text[slice(*split_sentences(text)[0])].endswith("buổi tối.")


@pytest.mark.parametrize(
    "lines",
    [
        ["gạo", "muối", "nước mắm", "dầu ăn"],
        ["Trời xanh mây trắng ngang đầu", "Sông sâu nước chảy qua cầu về xuôi", "Ai về nhắn với bạn tôi"],
        [
            "Tên gọi và địa chỉ của cơ quan chủ quản",
            "Họ và tên người nộp đơn",
            "Ngày tháng năm sinh của người nộp",
        ],
    ],
)
def test_leaves_lists_and_verse_in_lines(lines: list[str]) -> None:
    assert len(split_paragraphs("\n".join(lines))) == len(lines)


PIECES = st.sampled_from(
    [
        "Ông ",
        "đi",
        ". ",
        ".",
        "… ",
        "?",
        "!”",
        "\n",
        "\r\n",
        " ",
        "TP.",
        "1.",
        "(",
        ")",
        "“",
        "12.3",
        "a) ",
        "T.",
        "\u2028",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_spans_are_apart_in_order_and_leave_nothing_out(text: str) -> None:
    spans = split_sentences(text)
    at = 0
    for start, end in spans:
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "title", "GS.TSKH. ĐĐ. HT. DS. ĐD. YS. BSCKII. GM. NCS. HLV. GĐ. PGĐ. CVC. GVC. ĐBQH.".split()
)
@pytest.mark.parametrize("name", ["Trần Thị Gấm", "Nguyễn Lộc"])
def test_a_title_of_capitals_before_a_name_ends_nothing(title: str, name: str) -> None:
    text = f"Buổi lễ có {title} {name} tới dự. Sau đó mọi người ra về."
    assert [text[start:end] for start, end in split_sentences(text)] == [
        f"Buổi lễ có {title} {name} tới dự.",
        "Sau đó mọi người ra về.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dự án do EU. Liên minh tài trợ thêm.",
        "Hồ sơ nộp tại UBND. Ông Lân nhận giấy.",
        "Anh làm ở VNPT. Công ty trả lương cao.",
        "Bệnh được báo cho WHO. Bệnh nhân đã khỏe.",
    ],
)
def test_a_body_of_capitals_may_end_a_sentence(text: str) -> None:
    assert len(split_sentences(text)) == 2
