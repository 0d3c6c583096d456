"""Are tokens kept as hashes, told apart by scope, and gone at once when revoked?"""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.datastructures import Headers

from bot.web.access import Door
from bot.web.state import DATABASE, open_state, secret
from bot.web.tokens import Tokens
from retrieval import HoidapError


def test_a_token_is_shown_once_and_kept_as_a_hash(tmp_path: Path) -> None:
    state = open_state(tmp_path)
    tokens = Tokens(state)
    assert not tokens
    read, admin = tokens.new("máy khách", "read"), tokens.new("", "admin")
    assert tokens
    assert tokens.scope_of(read) == (read.split("-")[1], "read")
    assert tokens.scope_of(admin) == (admin.split("-")[1], "admin")
    assert [(note.name, note.scope) for note in tokens.notes()] == [("máy khách", "read"), ("", "admin")]
    state.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = (tmp_path / DATABASE).read_bytes()
    for token in (read, admin):
        assert token.split("-", 2)[2].encode() not in kept
    assert (tmp_path / DATABASE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t + "a", lambda t: t.upper(), lambda t: t[:16] + "A" * 43]
)
def test_nearly_right_is_wrong(tmp_path: Path, change: object) -> None:
    tokens = Tokens(open_state(tmp_path))
    assert tokens.scope_of(change(tokens.new("", "read"))) is None  # type: ignore[operator]


def test_another_process_sees_a_revoked_token_at_once(tmp_path: Path) -> None:
    here, there = Tokens(open_state(tmp_path)), Tokens(open_state(tmp_path))
    token = here.new("", "read")
    assert there.scope_of(token)
    assert here.revoke(token.split("-")[1])
    assert not here.revoke("00000000")
    assert there.scope_of(token) is None


def test_workers_share_the_secret_and_a_new_folder_has_another(tmp_path: Path) -> None:
    first, again = open_state(tmp_path / "a"), open_state(tmp_path / "a")
    assert secret(first, "conversations") == secret(again, "conversations")
    assert secret(open_state(tmp_path / "b"), "conversations") != secret(first, "conversations")


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(HoidapError, match=r"server\.state"):
        open_state(tmp_path / "file")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / DATABASE).write_bytes(b"no database " * 100)
    with pytest.raises(HoidapError, match=r"server\.sqlite"):
        open_state(tmp_path / "broken")


@pytest.mark.parametrize(
    ("reading", "alone", "headers", "scope", "token"),
    [
        ("local", True, {}, "read", "none"),
        ("local", True, {"authorization": "Bearer anything"}, "read", "wrong"),
        ("local", True, {"x-forwarded-for": "203.0.113.1"}, None, "none"),
        ("local", True, {"forwarded": "for=203.0.113.1"}, None, "none"),
        ("local", False, {}, None, "none"),
        ("token", True, {}, None, "none"),
        ("token", True, {"authorization": "Basic YTpi"}, None, "malformed"),
        ("everybody", False, {}, "read", "none"),
        ("everybody", False, {"authorization": "Bearer anything"}, "read", "wrong"),
        ("token", True, {"cookie": 'a="; hoidap=\x00'}, None, "none"),
    ],
)
def test_what_a_request_may_do(
    tmp_path: Path, reading: str, alone: bool, headers: dict[str, str], scope: str | None, token: str
) -> None:
    door = Door(Tokens(open_state(tmp_path)), reading, alone)  # type: ignore[arg-type]
    access = door.access(Headers(headers), "127.0.0.1")
    assert (access.scope, access.token) == (scope, token)


def test_the_cookie_of_the_page_counts_as_a_token(tmp_path: Path) -> None:
    tokens = Tokens(open_state(tmp_path))
    kept = tokens.new("", "read")
    access = Door(tokens, "token", True).access(Headers({"cookie": f"a=b; hoidap={kept}"}), "127.0.0.1")
    assert (access.scope, access.client) == ("read", kept.split("-")[1])
