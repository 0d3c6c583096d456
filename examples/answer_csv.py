"""Answers every question of a table: python examples/answer_csv.py questions.csv answers.csv [FOLDER …]

The table needs a column "question"; its other columns stay. Without a folder the sample corpus is asked.
"""

import csv
import sys
from pathlib import Path

from retrieval import Retriever, read_corpus, shipped

ADDED = ("answered", "answer", "passage", "title", "source", "date")


def main(questions: Path, answers: Path, paths: list[str]) -> None:
    with questions.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), list(reader.fieldnames or ())
    if "question" not in columns:
        sys.exit(f'{questions}: no column "question"; name one so in the first line')
    retriever = Retriever.build(read_corpus(paths or [shipped("seeds")]))
    # The mark at the file's start lets spreadsheets see that it is UTF-8.
    with answers.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*columns, *(name for name in ADDED if name not in columns)])
        writer.writeheader()
        found = retriever.answers(row["question"] or "" for row in rows)
        for row, answer in zip(rows, found, strict=True):
            told = dict.fromkeys(ADDED, "") | {"answered": "yes" if answer.answered else "no"}
            if answer.hits:
                document = answer.hits[0].document
                told |= {
                    "answer": answer.text or "",
                    "passage": answer.hits[0].passage.text,
                    "title": document.title,
                    "source": document.source or "",
                    "date": document.date.isoformat() if document.date else "",
                }
            writer.writerow({name: row[name] for name in columns} | told)
    print(f"{len(rows)} questions: {answers}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
