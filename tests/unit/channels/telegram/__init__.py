"""The parts of the Telegram bot, each by itself."""
