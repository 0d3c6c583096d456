import pytest

from bot.conversation import Responder, Turns
from bot.reply import Quote, Reply, Surroundings, Text
from bot.settings import ConversationSettings
from tests.unit.bot.stand_in import StandIn, document, hit

ARTICLE = document("a", ["Năm ấy có lũ.", "Tỉnh kết nạp 7.448 đảng viên.", "Xã có 12 ấp."], source="Báo A")
QUESTION = "Tỉnh kết nạp bao nhiêu đảng viên?"
HITS = (
    hit(ARTICLE, "Tỉnh kết nạp 7.448 đảng viên.", emphasised="7.448"),
    hit(ARTICLE, "Xã có 12 ấp.", rank=2),
)


def words(reply: Reply) -> str:
    return "\n".join(block.text for block in reply.blocks)


@pytest.fixture
def responder() -> Responder:
    return Responder(StandIn({QUESTION: HITS}))


def talk(responder: Responder, *messages: str) -> tuple[Reply, Turns]:
    turns: Turns = ()
    for message in messages:
        reply, turns = responder.respond(message, turns)
    return reply, turns


def test_a_question_is_answered_and_remembered(responder: Responder) -> None:
    reply, (turn,) = talk(responder, QUESTION)
    assert reply.kind == "answer"
    assert words(reply) == "Tỉnh kết nạp 7.448 đảng viên."
    assert (turn.question, turn.text) == (QUESTION, "7.448")
    assert [hit.document_id for hit in turn.hits] == ["a", "a"]


def test_a_decomposed_question_asks_the_same(responder: Responder) -> None:
    import unicodedata

    assert talk(responder, unicodedata.normalize("NFD", QUESTION))[0].kind == "answer"


def test_a_greeting_before_the_question_does_not_reach_the_search() -> None:
    retriever = StandIn({QUESTION: HITS})
    talk(Responder(retriever), f"Xin chào, {QUESTION}")
    assert retriever.asked == [QUESTION]


@pytest.mark.parametrize(
    ("messages", "said"),
    [
        (("cảm ơn bạn",), "Không có gì ạ"),
        (("tạm biệt",), "hẹn gặp lại"),
        ((QUESTION, "tiếp", "trước"), "7.448"),
        (("bạn là ai?",), "Tôi là Hỏi Đáp"),
        (("trợ giúp",), "“ngữ cảnh”"),
        (("ok",), "cứ gõ câu hỏi"),
        (("sai rồi",), "Xin lỗi bạn"),
        (("🙂🙂",), "gõ câu hỏi bằng chữ"),
        (("  ",), "chưa gõ câu hỏi"),
        (("Who is the secretary of the province?",), "tiếng Việt"),
        (("đ" * 501,), "501 ký tự"),
        (("tiếp",), "chưa hỏi câu nào"),
        (("Ai biết?", "tiếp"), "không có đoạn nào"),
        ((QUESTION, "đoạn trước"), "đoạn đầu tiên"),
        ((QUESTION, "tiếp", "tiếp"), "Đã hết"),
    ],
)
def test_whatever_is_typed_gets_a_kind_line(
    responder: Responder, messages: tuple[str, ...], said: str
) -> None:
    assert said in words(talk(responder, *messages)[0])


def test_a_message_with_nothing_to_search_for_does_not_change_the_conversation(responder: Responder) -> None:
    before = talk(responder, QUESTION)[1]
    for message in ("cảm ơn", "😀", "", "x" * 1000, "hello"):
        assert responder.respond(message, before)[1] == before


def test_a_question_that_cannot_be_searched_is_asked_back() -> None:
    class Refusing(StandIn):
        def answer(self, question, **options):  # type: ignore[no-untyped-def]
            return super().answer("?!", **options)

    reply, turns = talk(Responder(Refusing({})), "thế nào là")
    assert reply.kind == "unclear"
    assert turns == ()


def test_tiep_turns_the_page_and_truoc_turns_it_back(responder: Responder) -> None:
    second, turns = talk(responder, QUESTION, "tiếp")
    assert words(second) == "Xã có 12 ấp."
    assert second.page == (2, 2)
    first, _ = responder.respond("đoạn trước", turns)
    assert words(first) == "Tỉnh kết nạp 7.448 đảng viên."


def test_ngu_canh_shows_the_text_around_the_page_shown(responder: Responder) -> None:
    reply, _ = talk(responder, QUESTION, "tiếp", "ngữ cảnh")
    quote, around = reply.blocks
    assert isinstance(quote, Quote)
    assert isinstance(around, Surroundings)
    assert around.text == ARTICLE.text
    assert around.text[slice(*around.passage)] == quote.text == "Xã có 12 ấp."


def test_a_card_can_be_shown_again_from_its_turn(responder: Responder) -> None:
    (turn,) = talk(responder, QUESTION)[1]
    reply, turned = responder.show(turn, 7)
    assert (reply.page, turned.number) == ((2, 2), 1)


def test_only_the_last_turns_are_kept() -> None:
    responder = Responder(StandIn({}), settings=ConversationSettings(remembered_turns=2))
    _, turns = talk(responder, "Câu hỏi một?", "Câu hỏi hai?", "Câu hỏi ba?")
    assert [turn.question for turn in turns] == ["Câu hỏi hai?", "Câu hỏi ba?"]


def test_the_start_offers_examples_and_says_that_this_is_the_sample() -> None:
    settings = ConversationSettings(examples=("Ai là bí thư?",))
    reply = Responder(StandIn({}), settings=settings, sample=True).start()
    assert [(action.kind, action.value) for action in reply.actions] == [("ask", "Ai là bí thư?")]
    assert "dữ liệu mẫu" in words(reply)
    assert isinstance(reply.blocks[0], Text)


def test_sources_are_told(responder: Responder) -> None:
    assert "Báo A: 1 bài" in words(responder.sources())
