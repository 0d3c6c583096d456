"""A small Bot API server for tests: it keeps chats, hands out updates, and refuses what Telegram refuses."""

from tests.integration.telegram.botapi.faults import Fault, Faults
from tests.integration.telegram.botapi.people import BasicGroup, Forum, Group, Person
from tests.integration.telegram.botapi.server import FakeBotApi

__all__ = ["BasicGroup", "FakeBotApi", "Fault", "Faults", "Forum", "Group", "Person"]
