"""How does an index follow files, feeds and addresses? Read, analysed in several processes, written, reported."""
