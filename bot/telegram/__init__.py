"""How does the bot live on Telegram? The only package that imports `telegram`; see docs/telegram.md to run it."""
