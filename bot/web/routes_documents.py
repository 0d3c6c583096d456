"""Which routes show and change what is asked? Documents for readers; additions, removals and the report for admins."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from bot.web import shapes
from bot.web.access import Access, admin, reader
from bot.web.objects import summary, whole
from bot.web.problems import Problem
from bot.web.service import Service, service_of
from retrieval import Document

router = APIRouter(prefix="/v1", tags=["documents"])
Serving = Annotated[Service, Depends(service_of)]
Reading = Annotated[Access, Depends(reader)]
Administering = Annotated[Access, Depends(admin)]
Identity = Annotated[str, Path(max_length=500, description="The document's id; it may hold slashes.")]


@router.get("/documents", response_model=shapes.Documents)
async def documents(
    request: Request,
    service: Serving,
    access: Reading,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Any:
    """All documents without their texts, in the order they were added."""

    def find() -> tuple[list[Document], int]:
        found = list(islice(service.retriever.documents(), offset, offset + limit))
        return found, sum(one.documents for one in service.retriever.sources())

    found, total = await service.search(find)
    return {"documents": [summary(each, service, request) for each in found], "total": total}


@router.get("/documents/{id:path}", response_model=shapes.DocumentShape)
async def document(id: Identity, request: Request, service: Serving, access: Reading) -> Any:  # noqa: A002
    """One document, whole."""
    return whole(await service.document(id), service, request)


@router.post("/documents", status_code=201, response_model=shapes.Added)
async def add(body: shapes.NewDocuments, service: Serving, access: Administering) -> Any:
    """Adds documents, each in place of one with the same id; all become visible together."""
    made = [Document(**each.model_dump()) for each in body.documents]
    await service.write(partial(service.retriever.add, made))
    return {"added": len(made), "kept": service.kept}


@router.delete("/documents/{id:path}", status_code=204, response_class=Response)
async def remove(id: Identity, service: Serving, access: Administering) -> None:  # noqa: A002
    """Removes one document."""
    if not await service.write(partial(service.retriever.remove, [id])):
        raise Problem(404, "không có bài nào mang số này; xem danh sách ở GET /v1/documents")


@router.get("/report", response_model=shapes.Report)
async def report(
    service: Serving,
    access: Administering,
    days: Annotated[int, Query(ge=1, le=366)] = 7,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Any:
    """Questions a day, those that found nothing, and what people thought of the answers."""
    told = service.tally.summary(days=days, limit=limit)
    return {
        "days": [
            {"day": day.day.isoformat(), "answered": day.answered, "declined": day.declined}
            for day in told.days
        ],
        "missed": [
            {"question": one.question, "amount": one.amount, "last": one.last.isoformat()}
            for one in told.missed
        ],
        "good": told.good,
        "bad": told.bad,
        "complaints": [{"reason": reason, "question": question} for reason, question in told.complaints],
    }
