"""Is a text written for the old Vietnamese fonts and encodings, and what does it say?

TCVN3 (ABC, ".VnTime"), VNI, VISCII, VPS, Windows-1258, or UTF-8 read as something else. Such a text is Latin letters
and signs that only look right in its font. Which it is, is told by evidence over the whole document.
"""

from retrieval.corpus.legacy.deciding import Run, repair, repair_runs, vietnamese_share
from retrieval.corpus.legacy.tables import TCVN3, western

__all__ = ["TCVN3", "Run", "repair", "repair_runs", "vietnamese_share", "western"]
