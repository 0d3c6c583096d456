"""What does the bot say on every chat channel, beyond its replies? Vietnamese, polite, short."""

from __future__ import annotations

FAILED = "Xin lỗi, có lỗi khi tìm câu trả lời. Bạn thử hỏi lại sau ít phút nhé."
ONLY_TEXT = "Tôi chỉ đọc được chữ. Mời bạn gõ câu hỏi nhé."
FORGOTTEN = "Đã quên những câu hỏi trước. Mời bạn hỏi câu mới."
NOT_ALLOWED = "Bot này chỉ phục vụ những người được mời. Bạn liên hệ người quản lý bot nhé."
TOO_FAST = "Bạn hỏi hơi nhanh, vui lòng đợi {seconds} giây rồi hỏi tiếp nhé."
UNKNOWN_COMMAND = "Tôi không biết lệnh này. Bạn gõ câu hỏi, hoặc xem /help nhé."

THANKS_GOOD = "Cảm ơn bạn!"
THANKS_BAD = "Cảm ơn bạn. Chưa đúng ở điểm nào?"
THANKS_REASON = "Cảm ơn bạn, chúng tôi sẽ xem lại."
REASONS = {
    "wrong": "Sai nội dung",
    "other": "Không đúng câu hỏi",
    "old": "Thông tin cũ",
    "part": "Chưa đầy đủ",
}
"""Why an answer is not good, by the word in the button's data."""
SKIP_REASON = "Bỏ qua"

STATISTICS_NONE = "Chưa có câu hỏi nào."
STATISTICS_DAYS = "Câu hỏi mỗi ngày (trả lời được / không):"
STATISTICS_MISSED = "Hỏi nhiều mà chưa có câu trả lời:"
STATISTICS_FEEDBACK = "Góp ý: {good} 👍, {bad} 👎"
