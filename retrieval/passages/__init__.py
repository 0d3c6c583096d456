"""Which stretches of a document may be an answer, and what stands over each of them?

`blocks` goes by what the document's blocks are: headings, lists, tables, forms; `prose` by sentences.
"""

from retrieval.passages.blocks import Passages, PassageSpan, SectionSpan, split_blocks
from retrieval.passages.prose import split_passages
from retrieval.vietnamese.sentences import split_sentences

__all__ = ["PassageSpan", "Passages", "SectionSpan", "split_blocks", "split_passages", "split_sentences"]
