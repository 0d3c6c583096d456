"""Retrievers for the frameworks in which others build: a file each, on the library's public names only."""
