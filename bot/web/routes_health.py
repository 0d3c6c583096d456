"""Which routes do machines watch? Is the process alive, can it answer, what has it counted?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from bot.web import shapes
from bot.web.access import Access, admin
from bot.web.metrics import CONTENT_TYPE
from bot.web.service import Service, service_of

router = APIRouter(tags=["health"])
Serving = Annotated[Service, Depends(service_of)]


@router.get("/healthz", response_model=shapes.Health)
async def healthz() -> dict[str, str]:
    """The process is alive."""
    return {"status": "ok"}


@router.get("/readyz", response_model=shapes.Health)
async def readyz(service: Serving) -> dict[str, str]:
    """Questions can be answered: the index opens."""
    await service.search(service.retriever.sources)
    return {"status": "ok"}


async def _watching(request: Request) -> None:
    access: Access = request.scope["state"]["access"]
    if not access.local or (await service_of(request)).door.reading == "token":
        await admin(request)


@router.get("/metrics", dependencies=[Depends(_watching)], response_class=Response)
async def metrics(service: Serving) -> Response:
    """Counts in Prometheus' format; for programs of this machine, or with a token of scope admin."""
    return Response(service.metrics.page(), media_type=CONTENT_TYPE)
