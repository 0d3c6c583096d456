"""A bot on the console that asks a running `hoidap serve`: python examples/bot_over_http.py http://127.0.0.1:8000"""

import os
import sys

import httpx


def card(answer: dict) -> str:
    """What the person reads: the passage with its place, or that nothing was found."""
    if not answer["hits"]:
        return "Không tìm thấy đoạn nào nói về điều này."
    hit = answer["hits"][0]
    opening = "" if answer["answered"] else "Chưa có câu trả lời rõ ràng. Đoạn gần nhất:\n"
    place = " · ".join(filter(None, [hit["title"], hit["source"] or "không rõ nguồn", hit["date"]]))
    return f"{opening}{hit['text']}\n— {place}"


def main(address: str) -> None:
    token = os.environ.get("HOIDAP_TOKEN")  # beyond this machine: `hoidap token new` makes one
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    conversation = None
    with httpx.Client(base_url=address, headers=headers, timeout=30) as service:
        for line in sys.stdin:
            if question := line.strip():
                body = {"question": question, "conversation": conversation}
                response = service.post("/v1/ask", json=body)
                if response.is_error:
                    print(response.json().get("title", response.status_code), file=sys.stderr)
                    continue
                answer = response.json()
                conversation = answer["conversation"]  # sent along, it lets "Còn năm 2018?" be understood
                print(card(answer), end="\n\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
