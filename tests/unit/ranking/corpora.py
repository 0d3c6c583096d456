"""A small corpus for tests of ranking: four articles on a made-up district's cooperative, school, road and fair."""

from retrieval import Document
from retrieval.analyzer import Analyzer
from retrieval.index.embedded.index import Index
from retrieval.index.protocol import Snapshot
from retrieval.lexicon import Lexicon
from retrieval.settings import PassageSettings, Settings

ARTICLES = (
    Document(
        id="htx",
        title="Hợp tác xã Lúa Vàng mở rộng vùng trồng",
        text="Hợp tác xã (HTX) Lúa Vàng họp tổng kết vụ mùa. Đến cuối năm 2022, đơn vị có 128 xã viên canh tác trên"
        " 340 héc-ta. Trong số đó 57 xã viên là nữ. Giám đốc HTX là ông Lê Quang Đạo. Vì giá phân bón tăng, HTX"
        " chuyển sang phân hữu cơ.",
    ),
    Document(
        id="truong",
        title="Trường Tiểu học Hoa Mai đón năm học mới",
        text="Sáng 5/9/2022, Trường Tiểu học Hoa Mai khai giảng. Trường có 612 học sinh và 34 giáo viên. Hiệu trưởng"
        " Trần Thị Bích nói trường đủ bàn ghế cho các em.",
    ),
    Document(
        id="duong",
        title="Thông xe đường Ven Sông",
        text="Đường Ven Sông dài 12,5 km được thông xe ngày 30/4/2021. Tổng vốn đầu tư là 85 tỷ đồng."
        " Con đường nối xã Tân Hòa với thị trấn.",
    ),
    Document(
        id="hoi-cho",
        title="Hội chợ nông sản thu hút khách",
        text="Hội chợ nông sản kéo dài 5 ngày tại sân vận động huyện. Ban tổ chức cho biết có 240 gian hàng."
        " Hợp tác xã Lúa Vàng bán hết 3 tấn gạo ngay ngày đầu.",
    ),
)

ANALYZER = Analyzer(PassageSettings(), Lexicon(abbreviations={"TT": "thị trấn"}))


def snapshot(*documents: Document) -> Snapshot:
    """A commit of an index in memory with these documents, or with ARTICLES."""
    index = Index.create(None, settings=Settings())
    with index.writer() as writer:
        for document in documents or ARTICLES:
            writer.add(ANALYZER.analyse(document))
        writer.commit()
    return index.snapshot()
