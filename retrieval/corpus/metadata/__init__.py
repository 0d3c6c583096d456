"""What are a saved page's title, source, date and author, and which of its text is the article?

Rules reason about pages: where a line stands, its shape, whether it repeats, which label it carries. `page` puts them
together.
"""
