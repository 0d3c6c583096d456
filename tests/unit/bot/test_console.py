import io

import pytest

from bot.console import hold
from bot.conversation import Responder
from bot.settings import ConsoleSettings
from tests.unit.bot.stand_in import StandIn, document, hit

ARTICLE = document("a", ["Tỉnh kết nạp 7.448 đảng viên.", "Xã có 12 ấp."], source="Báo A")
QUESTION = "Tỉnh kết nạp bao nhiêu đảng viên?"
RESPONDER = Responder(
    StandIn(
        {
            QUESTION: [
                hit(ARTICLE, "Tỉnh kết nạp 7.448 đảng viên.", emphasised="7.448"),
                hit(ARTICLE, "Xã có 12 ấp.", rank=2),
            ]
        }
    )
)


def piped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: bytes) -> str:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text), encoding="utf-8"))
    hold(RESPONDER, settings=ConsoleSettings(history=""))
    return capsys.readouterr().out


def test_a_pipe_of_questions_gets_one_plain_answer_each(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = piped(monkeypatch, capsys, f"{QUESTION}\n\ntiếp\n".encode())
    first, second = shown.split("(đoạn 1/2)")
    assert "kết nạp **7.448** đảng viên" in first
    assert "Xã có 12 ấp." in second
    assert "\x1b" not in shown


def test_commands_work_in_a_pipe_and_thoat_ends_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = piped(
        monkeypatch, capsys, f"{QUESTION}\n/moi\ntiếp\n/nguon\n/gi do\n/thoat\n{QUESTION}\n".encode()
    )
    assert shown.count("7.448") == 1
    assert "chưa hỏi câu nào" in shown
    assert "Báo A: 1 bài" in shown
    assert "/thoat: thoát" in shown


def test_bytes_that_are_no_text_do_not_stop_the_rest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = piped(monkeypatch, capsys, b"\xff\xfe\x00\n" + QUESTION.encode() + b"\n")
    assert "7.448" in shown
