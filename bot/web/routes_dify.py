"""How does Dify use this corpus as external knowledge? `POST /retrieval`, as its documentation asks for it."""

from __future__ import annotations

import datetime
import math
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, StrictStr

from bot.cards import PINNED
from bot.web import shapes
from bot.web.access import Access, reader
from bot.web.dify_filter import Operator, day_of, holds, metadata
from bot.web.problems import Problem
from bot.web.service import Service, service_of
from retrieval import Answer, PinnedAnswer, QuestionError

router = APIRouter(tags=["dify"])
_LOOKED_THROUGH = 200
"""Hits among which a condition chooses: as many as ranking weighs by default."""
_Single = StrictStr | StrictInt | StrictFloat
Value = _Single | list[_Single] | None


class Setting(BaseModel):
    top_k: shapes.Limit = 5
    score_threshold: Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)] = 0.0


class Condition(BaseModel):
    name: Annotated[str, Field(max_length=200)] | Annotated[list[str], Field(min_length=1, max_length=20)]
    comparison_operator: Operator
    value: Value = None

    @property
    def names(self) -> list[str]:
        return [self.name] if isinstance(self.name, str) else self.name


class MetadataCondition(BaseModel):
    logical_operator: Literal["and", "or"] = "and"
    conditions: Annotated[list[Condition], Field(max_length=50)] = []


class RetrievalRequest(BaseModel):
    knowledge_id: Annotated[str, Field(strict=True, max_length=200)]
    query: shapes.Question
    retrieval_setting: Setting = Setting()
    metadata_condition: MetadataCondition | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "knowledge_id": "default",
                    "query": "Sóc Trăng kết nạp bao nhiêu đảng viên?",
                    "retrieval_setting": {"top_k": 2, "score_threshold": 0.2},
                }
            ]
        }
    )


class Record(BaseModel):
    content: str
    score: Annotated[float, Field(ge=0, le=1)]
    title: str
    metadata: dict[str, Any]


class Records(BaseModel):
    records: list[Record]


@router.post("/retrieval", response_model=Records)
async def retrieve(
    body: RetrievalRequest,
    service: Annotated[Service, Depends(service_of)],
    access: Annotated[Access, Depends(reader)],
) -> Any:
    """The passages for a query. A score is the chance that the passage answers."""
    if body.knowledge_id not in ("default", service.settings.server.knowledge):
        raise Problem(404, "knowledge_id: không có kho này; hãy dùng default", code=2001)
    service.take_turn(access)
    condition = body.metadata_condition or MetadataCondition()
    source, since, until = _narrowed(condition)
    limit = _LOOKED_THROUGH if condition.conditions else body.retrieval_setting.top_k

    def find() -> Answer | None:
        try:
            return service.retriever.answer(body.query, limit=limit, source=source, since=since, until=until)
        except QuestionError:
            return None

    answer = await service.search(find)
    records = _records(answer, condition) if answer else []
    enough = [one for one in records if one["score"] >= body.retrieval_setting.score_threshold]
    return {"records": enough[: body.retrieval_setting.top_k]}


def _records(answer: Answer, condition: MetadataCondition) -> list[dict[str, Any]]:
    records = [] if answer.pinned is None or condition.conditions else [_pinned(answer.pinned)]
    for hit, score in zip(answer.hits, scores(answer), strict=True):
        told = metadata(hit)
        if _fulfils({**told, "title": hit.document.title}, condition):
            start, end = hit.shown or (hit.passage.start, hit.passage.end)
            records.append(
                {
                    "content": hit.document.text[start:end] or hit.passage.text,
                    "score": score,
                    "title": hit.document.title or hit.document.id,
                    "metadata": told,
                }
            )
    return records


def _pinned(pinned: PinnedAnswer) -> dict[str, Any]:
    """What an operator answers, before all passages. A condition leaves it out: it is no document."""
    told = {"pinned": True, "source": pinned.source, "date": pinned.pinned.isoformat()}
    return {"content": pinned.text, "score": 1.0, "title": PINNED.rstrip(":"), "metadata": told}


def scores(answer: Answer) -> list[float]:
    """A chance from 0 to 1 for each hit, falling with its rank.

    The first one's is the answer's confidence. A difference of scores is one of log-odds, so that a hit 1.0 below the
    first has about a third of its chance.
    """
    chances: list[float] = []
    for hit in answer.hits:
        chance = answer.confidence * math.exp(min(0.0, hit.score - answer.hits[0].score))
        chances.append(min(chance, chances[-1] if chances else 1.0))
    return chances


def _fulfils(fields: dict[str, Any], condition: MetadataCondition) -> bool:
    held = [holds(fields, one.names, one.comparison_operator, one.value) for one in condition.conditions]
    return not held or (all(held) if condition.logical_operator == "and" else any(held))


def _narrowed(
    condition: MetadataCondition,
) -> tuple[str | None, datetime.date | None, datetime.date | None]:
    """What the index itself can leave out: another publisher, other days. The conditions are checked all the same."""
    source, since, until = None, None, None
    for one in condition.conditions if condition.logical_operator == "and" else ():
        if one.names == ["source"] and one.comparison_operator == "is" and isinstance(one.value, str):
            source = one.value
        elif one.names == ["date"] and one.comparison_operator == "after":
            since = day_of(one.value) or since
        elif one.names == ["date"] and one.comparison_operator == "before":
            until = day_of(one.value) or until
    return source, since, until
