"""What does a reader need to know beside the bytes?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from retrieval.corpus.facts import Report
from retrieval.settings import CorpusSettings

ENCRYPTED = "tệp có mật khẩu; hãy lưu lại không có mật khẩu"
WORDLESS = "không có chữ trong tệp (chỉ có ảnh?); hãy bỏ ra"
OLDER_WORD = "tệp Word trước năm 1997; hãy mở bằng Word rồi lưu thành .docx"
PACKED = "là tệp nén; hãy giải nén trước"
EMPTY = "tệp rỗng; hãy bỏ ra hoặc chép lại"
"""Why a file can't be read, whichever its format, and the mend."""


@dataclass(frozen=True, slots=True)
class Source:
    """`name`: what to call the file in messages. `sources`: publishers' marks and names, as the lexicon has them.

    `url`: where the file was fetched from, if it was.
    """

    name: str
    settings: CorpusSettings
    report: Report
    sources: Mapping[str, str]
    url: str | None = None
