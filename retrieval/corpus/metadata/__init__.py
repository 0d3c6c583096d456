"""What are a saved page's title, source, date and author, and which of its text is the article?

Rules reason about pages: where a line stands, its shape, whether it repeats, which label it carries.
"""

from retrieval.corpus.metadata.page import read_page, with_mentioned

__all__ = ["read_page", "with_mentioned"]
