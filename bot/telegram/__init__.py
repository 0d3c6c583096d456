"""How does the bot live on Telegram? The only package that imports `telegram`; docs/telegram.md: running it."""

import os

# Without it python-telegram-bot warns at each pause that Telegram asks for, even when it reads the time itself.
os.environ.setdefault("PTB_TIMEDELTA", "1")
