"""What does an official paper say of itself: who issued it, under what number, where, when, about what, who signed?

By the rules of the genre: the body stands top left above the number, place and date top right, the kind of paper and
its subject below them, the signer at the end below the office. A consolidated text has body, number and date at its
end. Nothing is taken from the laws that a paper cites.
"""

from retrieval.corpus.metadata.official.paper import Paper, may_be_paper, read_paper

__all__ = ["Paper", "may_be_paper", "read_paper"]
