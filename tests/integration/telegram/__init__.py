"""The real python-telegram-bot Application, over HTTP, against a Bot API server of the tests' own."""
