"""How do the parts become one application? Routes, problems, the gate before them, MCP beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.channels.tally import Tally
from bot.conversation import Responder
from bot.settings import BotSettings
from bot.web import (
    routes_dify,
    routes_documents,
    routes_health,
    routes_openai,
    routes_pages,
    routes_pins,
    routes_questions,
)
from bot.web.access import Door
from bot.web.conversations import Conversations
from bot.web.gate import Gate, Limits
from bot.web.mcp_http import mcp_endpoint
from bot.web.metrics import Metrics
from bot.web.openapi import describe
from bot.web.origins import LOOPBACK, make_origins
from bot.web.problems import Problem
from bot.web.service import Service
from bot.web.state import open_state, secret
from bot.web.tokens import Tokens
from bot.web.unfit import unfit
from retrieval import Retriever

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served, and where. `kept`: documents that are added outlive a stop."""

    retriever: Retriever
    host: str = "127.0.0.1"
    port: int = 8000
    sample: bool = False
    kept: bool = False


def build_app(settings: BotSettings, serving: Serving) -> ASGIApp:
    """The application of one worker. Raises HoidapError where its state can't be opened."""
    own = settings.server
    state = open_state(Path(own.state).expanduser())
    origins = make_origins(
        listens=serving.host, public_url=own.public_url, hosts=own.allowed_hosts, sites=own.allowed_origins
    )
    metrics = Metrics()
    alone = is_loopback(serving.host) and origins.names <= set(LOOPBACK)
    service = Service(
        settings=settings,
        retriever=serving.retriever,
        responder=Responder(serving.retriever, settings=settings.conversation, sample=serving.sample),
        door=Door(Tokens(state), own.reading, alone),
        origins=origins,
        conversations=Conversations(secret(state, "conversations"), hours=own.conversation_hours),
        tally=Tally(state, keep_wording=own.keep_unanswered),
        metrics=metrics,
        base=own.public_url or base_address(serving.host, serving.port),
        sample=serving.sample,
        kept=serving.kept,
    )
    return Gate(
        _application(service),
        door=service.door,
        origins=origins,
        limits=Limits(
            1024 * own.max_body_kilobytes, 1024 * 1024 * own.max_documents_megabytes, own.request_seconds
        ),
        metrics=metrics,
    )


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine reach an address."""
    return host in ("localhost", "::1") or host.startswith("127.")


def base_address(host: str, port: int) -> str:
    """The address of a service that has no public one."""
    name = "127.0.0.1" if host in ("0.0.0.0", "::", "") else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def _application(service: Service) -> FastAPI:
    endpoint, session = mcp_endpoint(service)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with session():
            await service.search(
                lambda: service.responder.examples
            )  # loads what the first question would wait for
            yield

    app = FastAPI(
        title="Hỏi Đáp",
        version=version("hoidap"),
        summary="Ask Vietnamese documents in plain Vietnamese: the passage that answers, with its source and date.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.service = service
    for routes in (
        routes_questions,
        routes_documents,
        routes_pins,
        routes_openai,
        routes_dify,
        routes_health,
        routes_pages,
    ):
        app.include_router(routes.router)
    app.router.routes.append(Route("/mcp", endpoint, methods=None, include_in_schema=False))
    _tell(app, Problem, lambda error: error)
    _tell(app, RequestValidationError, unfit)
    _tell(app, HTTPException, lambda error: Problem(error.status_code, error.detail, headers=error.headers))
    app.add_exception_handler(405, _not_so)  # type: ignore[arg-type]
    app.openapi = describe(app)  # type: ignore[method-assign]
    return app


def _tell(app: FastAPI, kind: type[T], problem: Callable[[Any], Problem]) -> None:
    async def handler(request: Request, error: Exception) -> Response:
        return problem(error).response(request.url.path)

    app.add_exception_handler(kind, handler)  # type: ignore[arg-type]


async def _not_so(request: Request, error: HTTPException) -> Response:
    """A method that a path doesn't know; says which it does, over all routes of the path."""
    allowed: set[str] = set()
    for route in request.app.router.routes:
        if isinstance(route, Route) and route.path_regex.match(request.url.path):
            allowed |= route.methods or set()
    problem = Problem(
        405, "đường dẫn này cần phương thức khác", headers={"Allow": ", ".join(sorted(allowed))}
    )
    return problem.response(request.url.path)
