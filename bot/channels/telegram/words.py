"""What does the bot say on Telegram, beyond what every channel says? Vietnamese, polite, short."""

from __future__ import annotations

QUESTION_BUTTON = "Câu hỏi: "
OLD_BUTTON = "Nút này đã cũ, bạn hỏi lại câu hỏi giúp nhé."
WAIT_FOR_PAGE = "Không mở được đoạn này, bạn hỏi lại câu hỏi giúp nhé."

ASK_SOMETHING = "Mời bạn gõ câu hỏi sau lệnh, ví dụ: /hoi {example}"
ASK_SOMETHING_PLAIN = "Mời bạn gõ câu hỏi sau lệnh /hoi nhé."
YOUR_ID = "Số id Telegram của bạn: {number}"
IN_GROUPS = "Trong nhóm: gõ /hoi kèm câu hỏi, nhắc @{username}, hoặc trả lời tin nhắn của bot."

INLINE_OPEN = "Hỏi riêng với bot"
INLINE_MORE = "Xem thêm trong trò chuyện riêng"

COMMANDS = {
    "hoi": "Hỏi một câu",
    "nguon": "Xem các nguồn tài liệu",
    "moi": "Bắt đầu lại, quên các câu trước",
    "help": "Cách hỏi",
    "start": "Lời chào và câu hỏi gợi ý",
}
GROUP_COMMANDS = {"hoi": "Hỏi một câu", "nguon": "Xem các nguồn tài liệu", "moi": "Quên các câu trước"}
ADMIN_COMMANDS = {
    "them": "Thêm tài liệu (gửi kèm tệp hoặc địa chỉ)",
    "xoa": "Xoá tài liệu",
    "ghim": "Ghim câu trả lời (trả lời vào câu hỏi)",
    "boghim": "Bỏ ghim",
    "thongke": "Thống kê câu hỏi và góp ý",
    "taidulieu": "Tải về bảng thống kê (CSV)",
}

HOW_TO_ADD = (
    "Gửi tệp kèm chú thích /them, trả lời tệp bằng /them, hoặc gõ /them ĐỊA_CHỈ.\n"
    "Nhận: txt, md, html, pdf, docx, jsonl; mỗi tệp tối đa 20 MB."
)
ADDING = "Đang đọc {name}…"
ADDED = "Đã thêm {count} tài liệu từ {name}:"
NOTHING_ADDED = "Không thêm được gì từ {name}."
NOT_READ = "Không đọc được:"
TOO_BIG = (
    "Tệp {name} lớn quá 20 MB, Telegram không cho bot tải. Bạn thêm bằng lệnh hoidap index trên máy chủ nhé."
)
ADDRESS_NOT_ALLOWED = "Địa chỉ này chưa được phép. Máy chủ cho phép: {hosts}."
NO_ADDRESSES = "Chưa địa chỉ nào được phép; người quản lý ghi vào allow_addresses trong config/hoidap.toml."
ADDRESS_FAILED = "Không tải được {address}: {reason}"

HOW_TO_DELETE = "Gõ /xoa kèm mã tài liệu. Các tài liệu có từ trong tên: /xoa TỪ_KHOÁ."
DELETE_WHICH = "Tài liệu nào?"
DELETE_NONE = "Không có tài liệu nào khớp “{wanted}”."
DELETE_SURE = "Xoá “{title}” ({place})?"
DELETE_YES = "Xoá"
DELETE_NO = "Thôi"
DELETED = "Đã xoá “{title}”."
DELETE_KEPT = "Đã giữ lại “{title}”."
DELETE_GONE = "Tài liệu này không còn nữa."

STATISTICS_FILE = "Bảng thống kê đầy đủ."

ONLY_PRIVATE_ADMIN = "Lệnh này chỉ dùng trong trò chuyện riêng với bot."

HOW_TO_PIN = (
    "Trả lời (reply) câu hỏi, hoặc thẻ trả lời của bot, bằng:\n/ghim CÂU TRẢ LỜI\nNguồn: AI NÓI ĐIỀU NÀY\n"
    "Xem những câu đã ghim: /ghim. Bỏ ghim: /boghim SỐ"
)
PIN_SOURCE = "Nguồn:"
PIN_DONE = "Đã ghim (số {number}) cho câu “{question}”."
PIN_UNTIL_STOP = (
    "Bot đang đọc tài liệu vào bộ nhớ nên chỉ giữ đến khi tắt; muốn giữ lâu dài, hãy chạy bot với --index."
)
PIN_TWICE = "Câu “{question}” đã ghim rồi (số {number}). Muốn thay, gõ /boghim {number} trước."
PIN_REFUSED = (
    "Không ghim được: câu hỏi phải nêu rõ việc gì và không quá 300 ký tự, câu trả lời không quá 2.000, nguồn không quá "
    "200."
)
PIN_BUSY = "Chỉ mục đang được cập nhật, hoặc không ghi được. Bạn thử lại sau ít phút nhé."
PIN_NONE = "Chưa ghim câu trả lời nào."
PIN_GONE = "Không có câu trả lời ghim nào mang số này. Xem các số: /ghim"
PIN_REMOVED = "Đã bỏ ghim số {number}."
