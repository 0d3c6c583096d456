"""The source, file by file."""
