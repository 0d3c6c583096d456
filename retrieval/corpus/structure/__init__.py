"""What are the parts of a document: its headings, lists, rows, paragraphs? One builder for all formats.

A format hands over what it knows; the rest is told from the whole text: which lines are alike, what stands below them.
"""

from retrieval.corpus.structure.blocks import build_blocks, infer_blocks, lines_of
from retrieval.corpus.structure.tables import part_cells

__all__ = ["build_blocks", "infer_blocks", "lines_of", "part_cells"]
