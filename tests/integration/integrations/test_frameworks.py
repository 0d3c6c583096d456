"""Does every framework get the library's passages, in its order, with source, date, section, offsets and score?"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from retrieval import QuestionError, Retriever
from retrieval.integrations.found import found
from tests.integration.integrations.conftest import QUESTIONS, adapter, known

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def expected(retriever: Retriever, question: str, **limits: Any) -> list[tuple[str, dict[str, Any]]]:
    hits = retriever.search(question, **limits)
    assert hits
    return [(hit.passage.text, known(hit)) for hit in hits]


def arrived(pairs: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    kept = ("document", "source", "date", "section", "start", "end", "score", "url")
    return [(text, {name: told[name] for name in kept}) for text, told in pairs]


@pytest.mark.parametrize("question", QUESTIONS)
def test_langchain(retriever: Retriever, question: str) -> None:
    made = adapter("langchain_core", "langchain").HoidapRetriever(retriever=retriever, limit=4)
    got = made.invoke(question)
    assert arrived([(d.page_content, d.metadata) for d in got]) == expected(retriever, question, limit=4)
    assert len({d.id for d in got}) == len(got)


def test_langchain_in_a_chain_with_limits(retriever: Retriever) -> None:
    made = adapter("langchain_core", "langchain")
    from langchain_core.runnables import RunnableLambda

    one = made.HoidapRetriever(retriever=retriever, since=datetime.date(2024, 1, 1), source="Lá Chuối")
    chain = one | RunnableLambda(lambda documents: [d.metadata["document"] for d in documents])
    assert set(chain.invoke(QUESTIONS[1])) == {"so-tay.md"}
    assert one.invoke("?") == []
    with pytest.raises(ValueError, match="limit"):
        made.HoidapRetriever(retriever=retriever, limit=0)


@pytest.mark.parametrize("question", QUESTIONS)
def test_llama_index(retriever: Retriever, question: str) -> None:
    made = adapter("llama_index.core", "llama_index").HoidapRetriever(retriever, limit=4)
    got = made.retrieve(question)
    assert arrived([(n.node.text, n.node.metadata) for n in got]) == expected(retriever, question, limit=4)
    assert [n.score for n in got] == [hit.score for hit in retriever.search(question, limit=4)]
    for node in got:
        document = retriever.document(node.node.ref_doc_id)
        assert document is not None
        assert document.text[node.node.start_char_idx : node.node.end_char_idx] == node.node.text


def test_llama_index_with_limits(retriever: Retriever) -> None:
    adapters = adapter("llama_index.core", "llama_index")
    made = adapters.HoidapRetriever(retriever, until=datetime.date(2023, 12, 31))
    assert {n.node.metadata["document"] for n in made.retrieve(QUESTIONS[2])} == {"kho.md"}
    assert made.retrieve("?!") == []
    shown = (
        adapters.HoidapRetriever(retriever).retrieve(QUESTIONS[2])[0].node.get_content(metadata_mode="llm")
    )
    assert "Ban kho" in shown
    assert "score" not in shown


@pytest.mark.parametrize("question", QUESTIONS)
def test_haystack(retriever: Retriever, question: str) -> None:
    made = adapter("haystack", "haystack").HoidapRetriever(retriever=retriever, top_k=4)
    got = made.run(question)["documents"]
    assert arrived([(d.content, d.meta) for d in got]) == expected(retriever, question, limit=4)
    assert [d.score for d in got] == [d.meta["score"] for d in got]
    assert len(made.run(question, top_k=1)["documents"]) == 1


def test_haystack_in_a_pipeline_that_is_saved_and_loaded(index: Path, retriever: Retriever) -> None:
    made = adapter("haystack", "haystack")
    from haystack import Pipeline

    pipeline = Pipeline()
    pipeline.add_component("retriever", made.HoidapRetriever(index=str(index), top_k=3))
    try:
        again = Pipeline.loads(pipeline.dumps())
    except Exception as refused:  # Haystack loads only what its operator has named
        if "allow" not in str(refused):
            raise
        from haystack.core.serialization_security import allow_deserialization_module

        allow_deserialization_module("retrieval.integrations.haystack")
        again = Pipeline.loads(pipeline.dumps())
    got = again.run({"retriever": {"query": QUESTIONS[0]}})["retriever"]["documents"]
    assert arrived([(d.content, d.meta) for d in got]) == expected(retriever, QUESTIONS[0], limit=3)
    told = made.HoidapRetriever(index=str(index), top_k=3).to_dict()
    assert made.HoidapRetriever.from_dict(told).to_dict() == told


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        ({"field": "meta.source", "operator": "==", "value": "Ban kho"}, {"kho.md"}),
        ({"field": "meta.date", "operator": ">=", "value": "2024-05-06"}, {"so-tay.md"}),
        ({"field": "meta.date", "operator": "<", "value": "2024-05-06T10:00:00"}, {"kho.md"}),
        ({"field": "meta.date", "operator": "==", "value": datetime.date(2023, 2, 1)}, {"kho.md"}),
        (
            {
                "operator": "AND",
                "conditions": [
                    {"field": "meta.date", "operator": ">", "value": datetime.datetime(2023, 2, 1)},
                    {"field": "meta.date", "operator": "<=", "value": "2024-12-31"},
                ],
            },
            {"so-tay.md"},
        ),
    ],
)
def test_haystack_filters(retriever: Retriever, filters: dict[str, Any], documents: set[str]) -> None:
    made = adapter("haystack", "haystack").HoidapRetriever(retriever=retriever)
    got = made.run("nghỉ phép kho lạnh", filters=filters)["documents"]
    assert {d.meta["document"] for d in got} == documents


@pytest.mark.parametrize(
    "filters",
    [
        {"field": "meta.title", "operator": "==", "value": "x"},
        {"field": "meta.source", "operator": "in", "value": ["a"]},
        {"field": "meta.date", "operator": ">=", "value": "hôm qua"},
        {"field": "meta.date", "operator": "!=", "value": "2024-01-01"},
        {"operator": "OR", "conditions": []},
        {
            "operator": "AND",
            "conditions": [{"field": "meta.source", "operator": "==", "value": one} for one in ("a", "b")],
        },
    ],
)
def test_a_filter_that_cannot_be_applied_is_refused(retriever: Retriever, filters: dict[str, Any]) -> None:
    made = adapter("haystack", "haystack").HoidapRetriever(retriever=retriever)
    with pytest.raises(ValueError, match="filters"):
        made.run("nghỉ phép", filters=filters)


def test_haystack_says_what_it_lacks(retriever: Retriever) -> None:
    made = adapter("haystack", "haystack")
    with pytest.raises(ValueError, match="index"):
        made.HoidapRetriever()
    with pytest.raises(ValueError, match="index"):
        made.HoidapRetriever(retriever=retriever).to_dict()


def test_nothing_to_look_for_is_no_error_and_a_wrong_limit_is_one(retriever: Retriever) -> None:
    assert found(retriever, "   ", limit=3) == []
    with pytest.raises(QuestionError):
        found(retriever, "nghỉ phép", limit=0)
    with pytest.raises(QuestionError):
        found(
            retriever, "nghỉ phép", limit=1, since=datetime.date(2024, 1, 2), until=datetime.date(2024, 1, 1)
        )
