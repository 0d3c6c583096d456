"""What is asked about in these tests? A few invented documents of several kinds, one of them hostile."""

from __future__ import annotations

import datetime

from retrieval import Document

DOCUMENTS = (
    Document(
        id="thong-bao/be-boi.txt",
        title="Thông báo giờ mở cửa bể bơi Hồng Vân",
        text="Thông báo giờ mở cửa bể bơi Hồng Vân\n\n"
        "Bể bơi Hồng Vân mở cửa từ 5 giờ 30 sáng đến 20 giờ tối, kể cả ngày lễ.\n\n"
        "Giá vé người lớn là 40.000 đồng một lượt. Giá vé trẻ em là 25.000 đồng một lượt.\n\n"
        "Người phụ trách bể bơi là ông Đoàn Văn Tịnh.",
        source="Trung tâm thể thao Hồng Vân",
        published=datetime.date(2024, 5, 20),
        url="https://hongvan.example/be-boi",
    ),
    Document(
        id="quy-che-thu-vien",
        title="Quy chế thư viện trường Kim Sơn",
        text="Quy chế thư viện trường Kim Sơn\n\n"
        "Điều 1. Thư viện mở cửa từ thứ Hai đến thứ Sáu.\n\n"
        "Điều 2. Mỗi học sinh được mượn 3 cuốn sách trong 14 ngày.\n\n"
        "Điều 3. Người làm mất sách phải đền gấp đôi giá bìa.",
        source="Trường Kim Sơn",
        published=datetime.date(2023, 9, 5),
        number="12/QC-KS",
    ),
    Document(
        id="bao-cao-vai-thieu",
        title="Báo cáo vụ vải thiều xã Phượng Sơn",
        text="Báo cáo vụ vải thiều xã Phượng Sơn\n\n"
        "Năm 2022, xã Phượng Sơn thu hoạch 9.400 tấn vải thiều, tăng 6% so với năm trước.\n\n"
        "Xã có 1.250 hộ trồng vải theo tiêu chuẩn VietGAP.\n\n"
        "Bà Nguyễn Thị Lụa, Chủ tịch xã Phượng Sơn, cho biết giá vải bình quân đạt 22.000 đồng một kg.",
        source="Báo Lục Ngạn",
        published=datetime.date(2022, 7, 14),
    ),
    Document(
        id="bao-cao-vai-thieu-2023",
        title="Xã Phượng Sơn được mùa vải",
        text="Xã Phượng Sơn được mùa vải\n\n"
        "Năm 2023, xã Phượng Sơn thu hoạch 10.100 tấn vải thiều.\n\n"
        "Toàn bộ sản lượng được bán cho ba doanh nghiệp xuất khẩu.",
        source="Báo Bắc Sông",
        published=datetime.date(2023, 7, 2),
    ),
    Document(
        id='<script>alert(1)</script>&"',
        title="<img src=x onerror=alert(2)> Trạm bơm Cống Vàng",
        text="Trạm bơm Cống Vàng có 7 máy bơm <script>window.hacked = true</script> [bấm](javascript:alert(3)).\n\n"
        "Trạm trưởng trạm bơm Cống Vàng là ông <b>Lê Khắc Đạo</b>.",
        source='<svg onload="window.hacked = true">',
        published=datetime.date(2021, 3, 8),
        url="javascript:window.hacked = true",
    ),
)
POOL = "Giá vé trẻ em bể bơi Hồng Vân là bao nhiêu?"
LYCHEE = "Năm 2022 xã Phượng Sơn thu hoạch bao nhiêu tấn vải thiều?"
PUMPS = "Trạm bơm Cống Vàng có bao nhiêu máy bơm?"
