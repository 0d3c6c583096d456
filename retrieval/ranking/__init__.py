"""Which passages come first? Candidates from the index, BM25 on several levels, then weighed evidence."""
