"""What does the bot say on Zalo, beyond what every channel says? Vietnamese, polite, short."""

from __future__ import annotations

from bot.reply import ActionKind

CHOOSE = "Gõ số để chọn:"
ACTIONS: dict[ActionKind, str] = {
    "next": "Xem đoạn sau",
    "previous": "Xem đoạn trước",
    "context": "Xem ngữ cảnh",
    "good": "👍 {}",
    "bad": "👎 {}",
    "ask": "{}",
    "ask_alone": "{}",
}
"""How an action is offered beside its number, "{}" being its label; what isn't here can't be done by typing."""
NO_SUCH_NUMBER = "Không có mục số {number}. Bạn chọn từ 1 đến {last}, hoặc gõ câu hỏi mới nhé."
COMMANDS = "Gõ /nguon để xem các nguồn, /moi để bắt đầu lại."
