"""How does the bot live on Telegram? The only package that imports `telegram`. To run it: docs/telegram.md."""

import os

# Without it python-telegram-bot warns at each pause that Telegram asks for, whoever reads its length.
os.environ.setdefault("PTB_TIMEDELTA", "1")
