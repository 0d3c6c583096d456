"""Who may ask? The operator's lists of people and groups."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from typing import Generic, Protocol, TypeVar

Id = TypeVar("Id", bound=Hashable)
"""How a channel names people and groups: Telegram by numbers, Zalo by words."""
_Listed_co = TypeVar("_Listed_co", bound=Hashable, covariant=True)


class Lists(Protocol[_Listed_co]):
    """The settings of a channel that say who may ask; an empty `allow_…` lets in everybody."""

    @property
    def admins(self) -> Collection[_Listed_co]: ...
    @property
    def allow_users(self) -> Collection[_Listed_co]: ...
    @property
    def block_users(self) -> Collection[_Listed_co]: ...
    @property
    def allow_groups(self) -> Collection[_Listed_co]: ...
    @property
    def block_groups(self) -> Collection[_Listed_co]: ...


def _nothing(group: object) -> frozenset[Id]:
    return frozenset()


class Access(Generic[Id]):
    """The operator's lists. Blocking wins over allowing; admins may always.

    `former`: the ids that a group had before the channel gave it another one; the lists may still name those.
    """

    def __init__(self, settings: Lists[Id], *, former: Callable[[Id], frozenset[Id]] = _nothing) -> None:
        self._settings = settings
        self._former = former

    def is_admin(self, user: Id | None) -> bool:
        return user in self._settings.admins

    def may_ask(self, *, user: Id | None, group: Id | None = None) -> bool:
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

    def _may(self, user: Id | None) -> bool:
        return not self._settings.allow_users or user in self._settings.allow_users
