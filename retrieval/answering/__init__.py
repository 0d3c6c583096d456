"""Which words answer, and does the corpus hold the answer at all?"""
