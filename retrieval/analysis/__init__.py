"""How are text and questions read? Spelling made one, terms, short forms, what a question asks for."""
