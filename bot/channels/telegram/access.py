"""Who may ask? The operator's lists of people and groups."""

from __future__ import annotations

from collections.abc import Callable

from bot.settings import TelegramSettings


def _nothing(group: int) -> frozenset[int]:
    return frozenset()


class Access:
    """The operator's lists. Blocking wins over allowing; admins may always.

    `former`: the ids that a group had before Telegram gave it another one; the lists may still name those.
    """

    def __init__(
        self, settings: TelegramSettings, *, former: Callable[[int], frozenset[int]] = _nothing
    ) -> None:
        self._settings = settings
        self._former = former

    def is_admin(self, user: int | None) -> bool:
        return user in self._settings.admins

    def may_ask(self, *, user: int | None, group: int | None = None) -> bool:
        """Whether this person may ask, here. An allowed group lets in its members, whoever they are."""
        lists = self._settings
        if self.is_admin(user):
            return True
        known_as = frozenset() if group is None else self._former(group) | {group}
        if user in lists.block_users or not known_as.isdisjoint(lists.block_groups):
            return False
        if group is not None and lists.allow_groups:
            return not known_as.isdisjoint(lists.allow_groups)
        return self._may(user)

    def _may(self, user: int | None) -> bool:
        return not self._settings.allow_users or user in self._settings.allow_users
