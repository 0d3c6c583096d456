"""What does an official paper say of itself, kind by kind? All papers and persons are made up."""

from __future__ import annotations

import datetime

import pytest

from retrieval.corpus.lines import clean, split_lines
from retrieval.corpus.metadata.official import read_paper

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
CASES = {
    "circular": (
        f"CÔNG BÁO/Số 12 + 13/Ngày 02-3-2024\nBỘ NƯỚC SẠCH VÀ ĐÊ ĐIỀU\n{STATE}\nSố: 07/2024/TT-BNSĐĐ Hà Nội, ngày 9 tháng 01 năm 2024\nTHÔNG TƯ\n"
        "Quy định việc đo mực nước ở cống và\nđê bao theo mùa\nCăn cứ Luật Đê điều số 79/2006/QH11 ngày 29 tháng 11 năm 2006;\n"
        "Bộ trưởng Bộ Nước sạch và Đê điều ban hành Thông tư quy định việc đo mực nước.\nĐiều 1. Phạm vi\nThông tư này áp dụng cho mọi cống.\n"
        "Nơi nhận:\n- Như trên.\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n(Đã ký)\nLê Thị Thu Hà\nPHỤ LỤC\nMẪU SỐ 1\nTHỦ TRƯỞNG ĐƠN VỊ\n(Ký, ghi rõ họ tên)",
        ("07/2024/TT-BNSĐĐ", "Bộ Nước sạch và Đê điều", "2024-01-09", "Lê Thị Thu Hà", "Thông tư quy định việc đo mực nước ở cống và đê bao theo mùa"),
    ),
    "law": (
        f"QUỐC HỘI\n{STATE}\nLuật số: 99/2023/QH15\nLUẬT\nBẾN THUYỀN\nCăn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\n"
        "Quốc hội ban hành Luật Bến thuyền.\nĐiều 1. Phạm vi điều chỉnh\nLuật này quy định về bến thuyền.\n"
        "Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, kỳ họp thứ 6 thông qua ngày 20 tháng 11 năm 2023.\n"
        "CHỦ TỊCH QUỐC HỘI\nTrần Văn Bảy",
        ("99/2023/QH15", "Quốc hội", "2023-11-20", "Trần Văn Bảy", "Luật Bến thuyền"),
    ),
    "consolidated": (
        f"{STATE}\nTHÔNG TƯ\nHướng dẫn nuôi ong ở rừng tràm\nThông tư số 03/2019/TT-BNO ngày 4 tháng 5 năm 2019 của Bộ trưởng Bộ Nuôi ong, có hiệu lực "
        "từ ngày 1 tháng 7 năm 2019.\nĐiều 1. Phạm vi\nThông tư này áp dụng ở rừng tràm.\nBỘ NUÔI ONG\nSố: 18/VBHN-BNO\nXÁC THỰC VĂN BẢN HỢP NHẤT\n"
        "Hà Nội, ngày 10 tháng 02 năm 2025\nBỘ TRƯỞNG\nĐỗ Minh Tú",
        ("18/VBHN-BNO", "Bộ Nuôi ong", "2025-02-10", "Đỗ Minh Tú", "Thông tư hướng dẫn nuôi ong ở rừng tràm"),
    ),
    "joint paper on one line": (
        f"BỘ Y TẾ - BỘ TÀI CHÍNH\nSố: 08/2014/TTLT-BYT-BTC\n{STATE}\nHà Nội, ngày 26 tháng 2 năm 2014\nTHÔNG TƯ LIÊN TỊCH\n"
        "Hướng dẫn phụ cấp trực đêm ở trạm hải đảo\nCăn cứ Nghị định số 63/2012/NĐ-CP ngày 31 tháng 8 năm 2012;\n"
        "Điều 1. Phụ cấp bằng 115.000 đồng một phiên.\nKT. BỘ TRƯỞNG BỘ Y TẾ\nTHỨ TRƯỞNG\nNguyễn Khắc Thuần",
        ("08/2014/TTLT-BYT-BTC", "Bộ Y tế, Bộ Tài chính", "2014-02-26", "Nguyễn Khắc Thuần", "Thông tư liên tịch hướng dẫn phụ cấp trực đêm ở trạm hải đảo"),
    ),
    "number broken in a narrow column": (
        f"BỘ Y TẾ - BỘ CÔNG AN - BỘ TÀI CHÍNH\nSố: 05/2018/TTLT-BYT-\nBCA-BTC\n{STATE}\nHà Nội, ngày 3 tháng 9 năm 2018\n"
        "THÔNG TƯ LIÊN TỊCH\nHướng dẫn bán đấu giá vật chứng mau hỏng\nĐiều 1. Vật chứng mau hỏng được bán trong 24 giờ.\n"
        "KT. BỘ TRƯỞNG BỘ CÔNG AN\nTHỨ TRƯỞNG\nLê Hữu Tạo",
        ("05/2018/TTLT-BYT-BCA-BTC", "Bộ Y tế, Bộ Công an, Bộ Tài chính", "2018-09-03", "Lê Hữu Tạo", "Thông tư liên tịch hướng dẫn bán đấu giá vật chứng mau hỏng"),
    ),
    "date broken in a narrow column, office below an office": (
        f"CÔNG TY GẠCH HOA SEN VIỆT\nPHÒNG HÀNH CHÍNH\nSố: 12/TB-HC\n{STATE}\nBình Long, ngày 2 tháng 1 năm\n2026\nTHÔNG BÁO\n"
        "Về lịch nghỉ Tết và thưởng cuối năm\nCông ty nghỉ Tết từ ngày 14 tháng 2.\nTL. GIÁM ĐỐC\nTRƯỞNG PHÒNG HÀNH CHÍNH\nVũ Thị Ánh Dương",
        ("12/TB-HC", "Phòng Hành chính", "2026-01-02", "Vũ Thị Ánh Dương", "Thông báo về lịch nghỉ Tết và thưởng cuối năm"),
    ),
    "letter": (
        f"CÔNG TY NƯỚC MÂY HỒNG\nSố: 41/CV-MH\nV/v tạm ngừng cấp nước để súc rửa đường ống\n{STATE}\nBến Lở, ngày 7 tháng 8 năm 2023\n"
        "Kính gửi: Bà con khu phố 3\nCông ty sẽ ngừng cấp nước từ 22 giờ ngày 9 tháng 8.\nGIÁM ĐỐC\nHồ Văn Sơn",
        ("41/CV-MH", "Công ty Nước Mây Hồng", "2023-08-07", "Hồ Văn Sơn", "Công văn tạm ngừng cấp nước để súc rửa đường ống"),
    ),
    "spaced number": (
        f"ỦY BAN NHÂN DÂN\nTỈNH SÔNG MƠ\n{STATE}\nSố: 23 /2021 / QĐ - UBND\nSông Mơ, ngày 03 tháng 6 năm 2021\nQUYẾT ĐỊNH\n"
        "Ban hành Quy chế quản lý chợ đêm\nỦY BAN NHÂN DÂN TỈNH SÔNG MƠ\nCăn cứ Luật Tổ chức chính quyền địa phương;\n"
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNgô Thị Lành",
        ("23/2021/QĐ-UBND", "Ủy ban nhân dân tỉnh Sông Mơ", "2021-06-03", "Ngô Thị Lành", "Quyết định ban hành Quy chế quản lý chợ đêm"),
    ),
    "company": (
        f"CÔNG TY CỔ PHẦN GẠCH SÔNG TRẸM\n{STATE}\nSố: 45/QĐ-GST\nVị Thanh, ngày 4 tháng 3 năm 2024\nQUYẾT ĐỊNH\n"
        "Về việc bổ nhiệm quản đốc lò số 2\nTỔNG GIÁM ĐỐC CÔNG TY CỔ PHẦN GẠCH SÔNG TRẸM\nCăn cứ Điều lệ công ty;\nQUYẾT ĐỊNH:\n"
        "Điều 1. Bổ nhiệm bà Trương Thị Én giữ chức quản đốc lò số 2.\nNơi nhận:\n- Như Điều 1.\nTỔNG GIÁM ĐỐC\n(Đã ký)\nMai Xuân Trực",
        ("45/QĐ-GST", "Công ty cổ phần Gạch Sông Trẹm", "2024-03-04", "Mai Xuân Trực", "Quyết định về việc bổ nhiệm quản đốc lò số 2"),
    ),
    "signature on one line": (
        f"SỞ VƯỜN RỪNG\n{STATE}\nSố: 9/TB-SVR\nSông Mơ, ngày 5 tháng 6 năm 2022\nTHÔNG BÁO\nVề việc mở cửa rừng cho khách đi bộ\n"
        "Điều 1. Khách đi bộ được vào rừng từ 6 giờ sáng.\n| KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Lò Văn Ún",
        ("9/TB-SVR", "Sở Vườn rừng", "2022-06-05", "Lò Văn Ún", "Thông báo về việc mở cửa rừng cho khách đi bộ"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_what_a_paper_says_of_itself(kind: str) -> None:
    text, (number, source, day, signer, title) = CASES[kind]
    paper = read_paper(split_lines(clean(text)))
    assert paper is not None
    facts = paper.facts
    assert (facts.number, facts.source, facts.author, facts.title) == (number, source, signer, title)
    assert facts.published == datetime.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "Quy định của công ty\nMọi người đi làm đúng giờ.\nTheo Quyết định số 12/QĐ-MH ngày 4 tháng 3 năm 2020, ai muộn thì báo trước.",
        "Chợ họp sớm.\nSố điện thoại: 0900 000 000",
    ],
)
def test_what_only_cites_a_paper_is_none(text: str) -> None:
    assert read_paper(split_lines(text)) is None
