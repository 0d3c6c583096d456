"""How is a Vietnamese text read, whoever wrote it? Syllables, tokens, sentences, and what it mentions.

Imports nothing above it.
"""
