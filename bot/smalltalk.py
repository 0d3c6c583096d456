"""What is a message that is no question, and what is said to it? Greetings, thanks, nothing to search for."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from bot.cards import count_text
from bot.reply import ReplyKind
from retrieval import strip_marks

Message = Literal[
    "greeting", "thanks", "farewell", "identity", "help", "wrong", "filler", "next", "previous", "context",
    "empty", "no_words", "too_long", "foreign", "question",
]  # fmt: skip
"""What `classify` tells apart. `wrong`: "sai rồi"; `filler`: "ok", "haha"; `no_words`: emoji or punctuation only."""

_ADDRESSED = (
    r"(?: (?:ban|bot|em|anh|chi|ad|admin|co|chu|bac|a|nhe|nha|nhi|oi|nhieu|lam|moi nguoi|ca nha|hoi dap|"
)
_ADDRESSED += r"buoi (?:sang|trua|chieu|toi)))*"
_FORMS: dict[Message, str] = {
    "greeting": rf"(?:(?:xin |kinh )?chao|hi|hello|hey|alo|helo|ban|bot){_ADDRESSED}",
    "thanks": r"(?:xin |rat |da |vang |o+k+(?:e+|ay)? |(?:the )?(?:hay|tot|duoc) (?:qua|roi) )*"
    rf"(?:cam on|cam ta|cam un|thank you|thanks?|tks|thks){_ADDRESSED}",
    "farewell": rf"(?:tam biet|hen gap lai|bye(?: bye)?|goodbye|chao tam biet){_ADDRESSED}",
    "identity": r"(?:ban|em|bot|day|may) (?:la|ten) (?:ai|gi|bot gi|con gi)(?: (?:the|vay|a|nhi))?|"
    r"(?:ban|em|bot) ten la gi|(?:hoi dap|bot nay) la (?:ai|gi)|gioi thieu ve (?:ban|minh)",
    "help": r"(?:/)?help|tro giup|giup(?: do)?(?: (?:toi|minh|em|voi))*|huong dan(?: su dung)?|"
    r"(?:ban|bot|em) (?:co the )?(?:lam|giup|tra loi)(?: duoc)?(?: nhung)? (?:gi|duoc gi)|"
    r"(?:hoi|dung|su dung)(?: bot)? (?:the nao|nhu the nao|ra sao)",
    "next": r"(?:xem )?tiep(?: theo| tuc| di)?|(?:doan|trang) (?:sau|tiep|tiep theo|khac)|"
    r"(?:con )?(?:gi )?nua(?: khong)?|next",
    "previous": r"(?:(?:doan|trang) )?truoc|(?:quay )?lai|lui(?: lai)?|previous|back",
    "context": r"(?:xem |cho xem )?(?:ngu canh|boi canh|xung quanh|doan day du)",
    "wrong": r"(?:sai|nham|lon|khong phai|khong dung|chua dung)(?: (?:roi|the|vay|dau|ma|bet|het|ca|a|nhe|ban|bot))*",
    "filler": r"(?:o+k+(?:e+|ay|i)?|u+m*|uh|ha+(?: ?ha+)*|hi+(?:hi+)+|hehe|da|vang|tot|hay|tuyet(?: voi)?|"
    r"(?:duoc|dung|biet|hieu)(?: roi)?|khong|thoi|the a|vay a|test|thu)"
    r"(?: (?:a|nhe|nha|day|ban|bot|lam|qua))*",
}
_COMPILED = {kind: re.compile(form) for kind, form in _FORMS.items()}
_OPENING = re.compile(
    r"^\s*(?:(?:(?:xin\s+|kính\s+)?ch[àa]o(?:\s+(?:các|b[ạa]n|bot|em|anh|ch[ịi]|cô|chú|bác|ad|admin|mọi|người))*"
    r"|hi|hello|alo|(?:b[ạa]n|bot|ad)\s+[ơo]i|dạ|ạ)\s*[,.!:…-]+\s*)?"
    r"(?:(?:dạ\s+)?(?:cho|xin)\s+(?:(?:tôi|toi|mình|minh|em|tớ)\s+)?(?:hỏi|hoi)\s*(?:là\s|[,:…]+)?\s*)?",
    re.IGNORECASE,
)
_ENGLISH = frozenset(
    (
        *("what", "how", "who", "when", "where", "why", "which", "many", "much"),
        *("is", "are", "was", "were", "did", "does", "have", "has", "been"),
        *("of", "and", "with", "from", "that", "this", "there", "you", "your", "please", "tell"),
    )
)
"""English function words that are no Vietnamese syllable, even without marks."""

_WORDS: dict[Message, tuple[ReplyKind, str]] = {
    "thanks": ("talk", "Không có gì ạ. Bạn cứ hỏi tiếp nhé."),
    "farewell": ("talk", "Tạm biệt bạn, hẹn gặp lại!"),
    "wrong": (
        "talk",
        "Xin lỗi bạn. Bạn gõ “tiếp” để xem đoạn khác, hoặc nói rõ hơn bạn muốn hỏi về ai, việc gì, ở đâu nhé.",
    ),
    "filler": ("talk", "Vâng. Bạn muốn hỏi thêm gì, cứ gõ câu hỏi nhé."),
    "empty": ("unclear", "Bạn chưa gõ câu hỏi. Mời bạn hỏi bằng tiếng Việt."),
    "no_words": ("unclear", "Tôi chưa thấy câu hỏi nào ở đây. Mời bạn gõ câu hỏi bằng chữ nhé."),
    "too_long": ("unclear", "Câu hỏi dài quá ({length} ký tự). Bạn rút gọn còn tối đa {limit} ký tự nhé."),
    "foreign": ("unclear", "Tôi chỉ hiểu tiếng Việt. Mời bạn hỏi bằng tiếng Việt nhé."),
}


def classify(text: str, *, max_characters: int) -> Message:
    """What the message is; "question" for everything worth searching, key words included."""
    if not text.strip():
        return "empty"
    if len(text) > max_characters:
        return "too_long"
    typed = _skeleton(text)
    if not typed:
        return "no_words"
    for kind, form in _COMPILED.items():
        if form.fullmatch(typed):
            return kind
    return "foreign" if _is_foreign(text) else "question"


def words_for(what: Message, *, length: int, limit: int) -> tuple[ReplyKind, str]:
    """What is said to a message of `length` characters that is not searched."""
    kind, words = _WORDS[what]
    return kind, words.format(length=count_text(length), limit=count_text(limit))


def without_greeting(text: str) -> str:
    """The question after "Xin chào," or "Cho tôi hỏi"; the whole text where nothing follows them."""
    return _OPENING.sub("", text, count=1) or text


def _skeleton(text: str) -> str:
    """No marks, no punctuation: one shape for every way of typing."""
    return " ".join(re.findall(r"[^\W_]+", strip_marks(text.lower())))


def _is_foreign(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return False
    latin = sum(c.isascii() or "LATIN" in unicodedata.name(c, "") for c in letters)
    if latin * 2 < len(letters):
        return True
    words = re.findall(r"[^\W\d_]+", text.lower())
    return text.isascii() and sum(word in _ENGLISH for word in words) * 3 >= len(words) > 2
