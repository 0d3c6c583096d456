"""Which routes pin answers to questions? For admins: what is pinned answers before all documents."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Response

from bot.answer_object import pinned_object
from bot.web import shapes
from bot.web.access import Access, admin
from bot.web.problems import Problem
from bot.web.service import Service, service_of
from retrieval import QuestionError

router = APIRouter(prefix="/v1/pins", tags=["pins"])
Serving = Annotated[Service, Depends(service_of)]
Administering = Annotated[Access, Depends(admin)]


@router.get("", response_model=shapes.Pins)
async def pins(service: Serving, access: Administering) -> Any:
    """What is pinned, the oldest first."""
    found = await service.search(service.retriever.pins)
    return {"pins": [pinned_object(one) for one in found]}


@router.post("", status_code=201, response_model=shapes.PinShape)
async def pin(body: shapes.NewPin, service: Serving, access: Administering) -> Any:
    """Answers these wordings of one question with a text from now on; they leave the report of what found nothing."""
    try:
        made = await service.write(
            partial(service.retriever.pin, body.questions, body.text, source=body.source)
        )
    except QuestionError as error:
        raise Problem(409, str(error)) from error
    for question in made.questions:
        service.tally.settle(question)
    return pinned_object(made)


@router.delete("/{number}", status_code=204, response_class=Response)
async def unpin(
    number: Annotated[int, Path(ge=1, le=2**62, description="The pinned answer's id.")],
    service: Serving,
    access: Administering,
) -> None:
    """Forgets a pinned answer."""
    if not await service.write(partial(service.retriever.unpin, number)):
        raise Problem(404, "không có câu trả lời được ghim mang số này; xem danh sách ở GET /v1/pins")
