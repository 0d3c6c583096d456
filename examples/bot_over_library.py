"""A bot on the console with the library inside: python examples/bot_over_library.py FOLDER, or the sample corpus."""

import sys

from retrieval import QuestionError, Retriever, Turn, read_corpus, shipped


def card(turn: Turn) -> str:
    """What the person reads: the passage with its place, or that nothing was found."""
    if turn.answer is None or not turn.answer.hits:
        return "Không tìm thấy đoạn nào nói về điều này."
    hit = turn.answer.hits[turn.number]
    document = hit.document
    opening = "" if turn.answered else "Chưa có câu trả lời rõ ràng. Đoạn gần nhất:\n"
    day = document.date.isoformat() if document.date else None
    place = " · ".join(filter(None, [document.title, document.source or "không rõ nguồn", day]))
    return f"{opening}{hit.passage.text}\n— {place}"


def main(paths: list[str]) -> None:
    retriever = Retriever.build(read_corpus(paths or [shipped("seeds")]))
    conversation = retriever.converse()
    for line in sys.stdin:
        try:
            print(card(conversation.ask(line)), end="\n\n", flush=True)
        except QuestionError:
            print("Bạn hỏi rõ hơn một chút nhé.", end="\n\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
