"""A folder of everything, good and bad: each document read once, each problem told in one line, the rest goes on."""

from __future__ import annotations

import datetime
import logging
import unicodedata
from pathlib import Path

import pytest

from retrieval import CorpusError, Document, read_corpus
from retrieval.corpus import find_files, read_bytes, read_file
from retrieval.settings import CorpusSettings, Settings
from tests.unit.corpus.made_files import article, in_tcvn3, word_file
from tests.unit.corpus.made_pdf import Page, lines_down, pdf_of
from tests.unprivileged import bound_by_modes, open_folder

Problems = list[tuple[str, str]]

PAGE = """Trang chủ
Vườn rau mái nhà cho ba chục hộ chung cư

05/03/2020 - 07:18

BDK - Mái nhà rộng bốn trăm mét vuông được chia thành ba chục luống, mỗi hộ một luống, tưới chung một giờ hẹn.

Sau hai tháng, mỗi luống cho chừng mười hai ký rau; phần ăn không hết được đổi lấy gạo ở cửa hàng dưới sảnh.

Minh Khuê

Chia sẻ bài viết
"""
PLAIN = "Hai con thuyền chở nước ngọt ghé đảo mỗi sáng thứ tư, mỗi chuyến sáu mươi khối, đủ dùng cho cả tuần."


def read(*paths: Path, settings: Settings | None = None) -> tuple[list[Document], Problems]:
    problems: Problems = []
    documents = list(read_corpus(paths, settings=settings, on_problem=lambda *p: problems.append(p)))
    return documents, problems


def fill(folder: Path) -> None:
    (folder / "sâu").mkdir(parents=True)
    (folder / "a.txt").write_text(PAGE, encoding="utf-8")
    (folder / "sâu" / "b.md").write_text(
        "---\ntitle: Nước ra đảo\nkind: digest\n---\n" + PLAIN, encoding="utf-8"
    )
    (folder / "c.pdf").write_bytes(pdf_of([lines_down(["Nước ra đảo", PLAIN])]))
    (folder / "d.docx").write_bytes(word_file(["Nước ra đảo", (in_tcvn3(PLAIN), ".VnTime")]))
    (folder / "e.html").write_text(
        f"<html><body><h1>Nước ra đảo</h1><p>{PLAIN}</p><p>{PLAIN}</p></body></html>", encoding="utf-16"
    )
    (folder / "f.jsonl").write_text(
        '{"id": "f1", "text": "Một."}\n{broken\n{"text": "Hai."}\n', encoding="utf-8"
    )


def test_every_format_in_one_folder(tmp_path: Path) -> None:
    fill(tmp_path)
    documents, problems = read(tmp_path)
    assert [document.id for document in documents] == [
        "a.txt", "c.pdf", "d.docx", "e.html", "f1", "f.jsonl#3", "sâu/b.md",
    ]  # fmt: skip
    assert [where for where, _ in problems] == [f"{tmp_path / 'f.jsonl'}:2"]
    page = documents[0]
    assert page.title == "Vườn rau mái nhà cho ba chục hộ chung cư"
    assert page.source == "Báo Đồng Khởi"
    assert page.published == datetime.date(2020, 3, 5)
    assert page.author == "Minh Khuê"
    assert article(page).startswith("BDK - Mái nhà")
    assert article(page).endswith("dưới sảnh.")
    for document in (documents[1], documents[2], documents[3], documents[6]):
        assert document.title == "Nước ra đảo"
        assert PLAIN in document.text
    assert [document.kind for document in documents].count("digest") == 1


def test_the_order_and_the_ids_are_the_same_each_time(tmp_path: Path) -> None:
    fill(tmp_path / "một")
    fill(tmp_path / "hai")
    assert read(tmp_path / "một")[0] == read(tmp_path / "hai")[0]


def test_a_file_named_itself(tmp_path: Path) -> None:
    fill(tmp_path)
    assert [document.id for document in read(tmp_path / "sâu" / "b.md")[0]] == ["b.md"]


def test_decomposed_names_and_texts_read_the_same(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "đảo ngọt.txt")
    (tmp_path / name).write_text(unicodedata.normalize("NFD", PAGE), encoding="utf-8")
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    (composed, decomposed), _ = read(tmp_path)
    assert decomposed.id == "đảo ngọt.txt"
    assert decomposed.text == composed.text


def test_a_side_car_overrides_what_was_guessed(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "metadata.toml").write_text(
        '[defaults]\nsource = "Kho của xã"\n["a.txt"]\npublished = 2021-01-02\nauthor = "Hà An"\n'
        '["sâu/b.md"]\ntitle = "Nước ngọt"\n["f.jsonl"]\nid = "x"\n',
        encoding="utf-8",
    )
    documents, _ = read(tmp_path)
    by_id = {document.id: document for document in documents}
    assert {document.source for document in documents} == {"Kho của xã"}
    assert by_id["a.txt"].published == datetime.date(2021, 1, 2)
    assert by_id["a.txt"].author == "Hà An"
    assert by_id["a.txt"].title.startswith("Vườn rau")
    assert by_id["sâu/b.md"].title == "Nước ngọt"
    assert "f1" in by_id


def test_a_bad_side_car_is_told_once(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "metadata.toml").write_text("[defaults\n", encoding="utf-8")
    documents, problems = read(tmp_path)
    assert len(documents) == 7
    assert [where for where, _ in problems].count(str(tmp_path / "metadata.toml")) == 1


def test_two_documents_with_one_id(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "x", "text": "Một."}\n{"id": "x", "text": "Hai."}\n', encoding="utf-8"
    )
    (tmp_path / "b.md").write_text("---\nid: x\n---\nBa.", encoding="utf-8")
    documents, problems = read(tmp_path)
    assert [document.text for document in documents] == ["Một."]
    assert dict(problems) == {
        f"{tmp_path / 'a.jsonl'}:2": 'mã "x" trùng với dòng 1 nên dòng này bị bỏ qua; hãy đặt mã khác',
        str(
            tmp_path / "b.md"
        ): f'mã "x" trùng với bài trong {tmp_path / "a.jsonl"} nên bị bỏ qua; hãy đặt mã khác',
    }


BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "rỗng"),
    "blank.md": (b" \n\n", "rỗng"),
    "binary.txt": (bytes(range(256)) * 4, "nhị phân"),
    "encrypted.pdf": (pdf_of([lines_down([PLAIN])], password="x"), "mật khẩu"),
    "scan.pdf": (pdf_of([Page()]), "không có chữ trong tệp; hãy bỏ ra"),
    "broken.docx": (b"no zip", "không phải tệp Word"),
    "menu.html": (b"<html><body><a href='/'>Trang chu</a></body></html>", "không có bài nào trong trang"),
    "russian.txt": ("Это русский текст.".encode("koi8-r") * 9, "bảng mã"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "hỏng hoặc bị cắt"),
    "table.xlsx": (b"PK\x03\x04", "hỏng hoặc bị cắt"),
    "large.txt": (b"a " * 1_100_000, "2 MB, quá corpus.max_file_megabytes (1)"),
    "broken.jsonl": (b"{broken\n", "không có bài nào trong tệp"),
}


def test_each_bad_file_gives_one_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(PAGE, encoding="utf-8")
    documents, problems = read(tmp_path, settings=Settings(corpus=CorpusSettings(max_file_megabytes=1)))
    assert [document.id for document in documents] == ["good.txt"]
    told = {Path(where).name: reason for where, reason in problems}
    assert told.pop("broken.jsonl:1").startswith("không phải JSON")
    assert told.keys() == BAD.keys()
    for name, (_, reason) in BAD.items():
        assert reason in told[name]
        assert "\n" not in told[name]


def test_a_file_that_may_not_be_read() -> None:
    with open_folder() as folder:
        (folder / "good.txt").write_text(PAGE, encoding="utf-8")
        locked = folder / "locked.txt"
        locked.write_text(PAGE, encoding="utf-8")
        locked.chmod(0)
        with bound_by_modes():
            documents, problems = read(folder)
    assert [document.id for document in documents] == ["good.txt"]
    [(where, reason)] = problems
    assert where == str(locked)
    assert "không có quyền" in reason


def test_an_article_on_one_long_line(tmp_path: Path) -> None:
    text = " ".join([PLAIN] * 500)
    assert len(text) > 50_000
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    [document], _ = read(tmp_path)
    assert document.text == text


@pytest.mark.parametrize(
    "letter", ["a", "(", "*", "[", "đ", "Ð", "1/", " ", '"', ".", "- ", "<!--", "ảnh:", "\n\n"]
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl"])
def test_odd_lines_cost_no_more_than_others(tmp_path: Path, letter: str, name: str) -> None:
    """Patterns that go over a line again from each of its letters would not come back from this."""
    text = letter * (400_000 // len(letter))
    data = text if name != "a.jsonl" else '{"text": "x' + text.replace('"', "'").replace("\n", " ") + '"}'
    problems: Problems = []
    (tmp_path / name).write_text(data, encoding="utf-8")
    try:
        list(read_corpus(tmp_path, on_problem=lambda *p: problems.append(p)))
    except CorpusError:
        assert problems


def test_nothing_to_read(tmp_path: Path) -> None:
    for paths, reason in (
        ([tmp_path / "nowhere"], "nowhere: không có tệp hay thư mục này; hãy kiểm tra đường dẫn"),
        ([tmp_path], "không có tài liệu nào trong thư mục"),
        ([], "chưa nêu đường dẫn"),
    ):
        with pytest.raises(CorpusError, match=reason):
            read(*paths)
    (tmp_path / "empty.txt").touch()
    with pytest.raises(CorpusError, match="không đọc được tài liệu nào trong đó"):
        read(tmp_path)


def test_a_missing_path_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        read_corpus([tmp_path / "nowhere"])


def test_without_a_listener_problems_are_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "good.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    with caplog.at_level(logging.WARNING):
        assert len(list(read_corpus(str(tmp_path)))) == 1
    assert "empty.txt: tệp rỗng" in caplog.text


def test_files_one_by_one_are_the_same_as_all_at_once(tmp_path: Path) -> None:
    fill(tmp_path)

    def ignore(where: str, reason: str) -> None:
        assert where.endswith("f.jsonl:2"), reason

    one_by_one = [
        document
        for found in find_files([tmp_path], report=ignore)
        for document in read_file(found.path, root=found.root, on_problem=ignore)
    ]
    assert one_by_one == read(tmp_path)[0]


def test_bytes_are_the_same_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    assert list(read_bytes("a.txt", PAGE.encode())) == read(tmp_path)[0]
