"""Makes a set of documents whose sections say alike, for learning what headings count: `train_ranking.py` reads it.

What: regulations, price lists, staff rules and procedures of invented organisations. The sections of a document repeat
the same lines with other figures, so that only what stands over a line tells which one is meant; some lines name a
section they don't stand in. Each question names the organisation,
a section's subject and what is asked of it.
How: python benchmarks/structured_set.py FOLDER [--documents N]
Writes FOLDER/passages.jsonl and FOLDER/questions.jsonl, the same for the same N.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

QUESTIONS = 3
"""Of each document."""
PLACES = (
    "Sao Khuê",
    "Hòa Lâm",
    "Bình Tâm",
    "An Thạnh",
    "Lộc Hà",
    "Tân Mỹ",
    "Phú Điền",
    "Kim Ngân",
    "Đông Sơn",
)
MORE_PLACES = ("Một", "Bắc", "Nam", "Thượng", "Hạ", "Đoài", "Trung")


@dataclass
class Draft:
    """A document being written: its lines, and (question, place of the line, answer) for what may be asked of it."""

    title: str
    name: str
    lines: list[str] = field(default_factory=list)
    asked: list[tuple[str, int, str]] = field(default_factory=list)

    def say(self, line: str, question: str = "", answer: str = "") -> None:
        if question:
            self.asked.append((question, len(self.lines), answer))
        self.lines.append(line)

    def offset(self, line: int) -> int:
        return sum(len(each) + 1 for each in self.lines[:line])


def regulation(draw: random.Random, name: str) -> Draft:
    """Articles on kinds of permits, each with the same clauses."""
    subjects = draw.sample(
        ["bán hàng trên vỉa hè", "treo biển quảng cáo", "nuôi cá lồng", "khoan giếng", "trông giữ xe", "đào đường",
         "mở lớp dạy thêm", "tổ chức hội chợ", "nổ mìn phá đá", "thả diều"], 5)  # fmt: skip
    draft = Draft(f"Quy định cấp giấy phép của {name}", name)
    draft.say("Điều 1. Phạm vi áp dụng")
    draft.say(f"Quy định này áp dụng cho người xin phép {', '.join(subjects)} trên địa bàn.")
    for number, subject in enumerate(subjects, 2):
        days, fee, years = draw.randint(2, 40), draw.randint(2, 90) * 10, draw.randint(1, 9)
        draft.say(f"Điều {number}. Giấy phép {subject}")
        draft.say(
            f"1. Hồ sơ được giải quyết trong {days} ngày làm việc.",
            f"Hồ sơ xin giấy phép {subject} được giải quyết trong bao lâu?",
            f"{days} ngày làm việc",
        )
        draft.say(
            f"2. Lệ phí là {fee}.000 đồng, nộp một lần.", f"Lệ phí {subject} là bao nhiêu?", f"{fee}.000 đồng"
        )
        draft.say(
            f"3. Giấy phép có giá trị {years} năm kể từ ngày ký.",
            f"Giấy phép {subject} có giá trị mấy năm?",
            f"{years} năm",
        )
    return draft


def prices(draw: random.Random, name: str) -> Draft:
    """Groups of customers, each with the same lines of a form."""
    groups = draw.sample(
        ["Khách lẻ", "Hộ gia đình", "Học sinh, sinh viên", "Người cao tuổi", "Doanh nghiệp nhỏ", "Đoàn tham quan"], 4
    )  # fmt: skip
    items = draw.sample(
        [
            "Phí đăng ký",
            "Phí gửi xe",
            "Vé tháng",
            "Thuê phòng một giờ",
            "Đặt cọc",
            "In tài liệu",
            "Nước uống",
        ],
        4,
    )
    draft = Draft(f"Bảng giá của {name}", name)
    for group in groups:
        draft.say(group)
        for item in items:
            price = f"{draw.randint(5, 900)}.000 đồng"
            draft.say(
                f"{item}: {price}",
                f"{item} của {group[0].lower() + group[1:]} là bao nhiêu?",
                price,
            )
    draft.say("Ghi chú")
    draft.say(f"{groups[0]} được đổi sang mức của {groups[1].lower()} khi có giấy giới thiệu.")
    return draft


def staff(draw: random.Random, name: str) -> Draft:
    """Kinds of workers, each with the same sentences."""
    kinds = draw.sample(
        ["thử việc", "chính thức", "thời vụ", "bán thời gian", "hợp đồng khoán", "học việc"], 4
    )
    draft = Draft(f"Nội quy lao động {name}", name)
    draft.say(f"Nội quy này nói về nhân viên {', '.join(kinds)}.")
    for kind in kinds:
        leave, pay, notice = draw.randint(1, 20), draw.randint(1, 28), draw.randint(3, 60)
        draft.say(f"Nhân viên {kind}")
        draft.say(
            f"Được nghỉ phép {leave} ngày mỗi năm, báo trước với trưởng bộ phận.",
            f"Nhân viên {kind} được nghỉ phép mấy ngày mỗi năm?",
            f"{leave} ngày",
        )
        draft.say(
            f"Tiền lương được trả vào ngày {pay} hằng tháng qua tài khoản ngân hàng.",
            f"Lương của nhân viên {kind} được trả vào ngày nào?",
            f"ngày {pay}",
        )
        draft.say(
            f"Muốn thôi việc phải báo trước ít nhất {notice} ngày bằng văn bản.",
            f"Nhân viên {kind} muốn nghỉ hẳn phải báo trước bao nhiêu ngày?",
            f"{notice} ngày",
        )
    return draft


def procedure(draw: random.Random, name: str) -> Draft:
    """Things to hand in, each with who takes it, where, and what to bring as a list."""
    things = draw.sample(
        ["thẻ bạn đọc", "thẻ xe", "giấy xác nhận", "bản sao học bạ", "phiếu khám", "thẻ ra vào"], 4
    )
    papers = [
        "căn cước công dân",
        "hai ảnh 3x4",
        "đơn theo mẫu",
        "giấy khai sinh",
        "biên lai",
        "sổ khám",
        "bìa cũ",
    ]
    rooms = draw.sample(range(100, 420), 4)
    draft = Draft(f"Hướng dẫn thủ tục tại {name}", name)
    for thing, room in zip(things, rooms, strict=True):
        brought, days = draw.sample(papers, 3), draw.randint(1, 15)
        draft.say(f"Cấp lại {thing}")
        draft.say(
            f"Nộp hồ sơ tại phòng {room} trong giờ hành chính.", f"Xin cấp lại {thing} ở phòng nào?", f"phòng {room}"
        )  # fmt: skip
        draft.say("Hồ sơ gồm:")
        for paper in brought:
            draft.say(f"- {paper};", f"Cấp lại {thing} cần những giấy tờ gì?", paper)
        draft.say(
            f"Kết quả được trả sau {days} ngày.",
            f"Sau bao nhiêu ngày thì có {thing} cấp lại?",
            f"{days} ngày",
        )
    return draft


WRITERS: tuple[tuple[str, Callable[[random.Random, str], Draft]], ...] = (
    ("phường", regulation),
    ("nhà văn hóa", prices),
    ("công ty", staff),
    ("trường", procedure),
)


def drafts(count: int) -> Iterator[Draft]:
    draw = random.Random(11)
    for number in range(count):
        kind, write = WRITERS[number % len(WRITERS)]
        yield write(draw, f"{kind} {draw.choice(PLACES)} {draw.choice(MORE_PLACES)} {number + 1}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=160)
    arguments = parser.parse_args()
    draw = random.Random(5)
    articles, questions = [], []
    for number, draft in enumerate(drafts(arguments.documents)):
        identifier = f"structured-{number:04}"
        articles.append({"id": identifier, "title": draft.title, "text": "\n".join(draft.lines)})
        for question, line, answer in draw.sample(draft.asked, QUESTIONS):
            start = draft.offset(line) + draft.lines[line].index(answer)
            there = f"Ở {draft.name}, {question[0].lower() + question[1:]}"
            named = f"{question[:-1]} theo {draft.title[0].lower() + draft.title[1:]}?"
            questions.append(
                {
                    "id": f"{identifier}-{len(questions)}",
                    "question": draw.choice((there, named)),
                    "passage_id": identifier,
                    "answers": [{"text": answer, "start": start}],
                    "answerable": True,
                }
            )
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("passages", articles), ("questions", questions)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (arguments.folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
