"""What does `/openapi.json` say beyond what the routes do? Tokens, and the problems that each route can meet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from bot.web.shapes import ProblemShape

_OPEN = ("/healthz", "/readyz")
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_OPENAI_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "type"],
            "properties": {"message": {"type": "string"}, "type": {"type": "string"}},
        }
    },
}
_DIFY_ERROR = {
    "type": "object",
    "required": ["error_code", "error_msg"],
    "properties": {"error_code": {"type": "integer"}, "error_msg": {"type": "string"}},
}
_TOLD = {
    "400": "Broken JSON",
    "401": "A token is needed, or this one is wrong",
    "403": "This token, or this site, may not",
    "404": "No such thing",
    "408": "The request took too long to arrive",
    "409": "The conversation isn't ours or is too old; or the index is being written to",
    "413": "Too large",
    "421": "Not a name of this service",
    "422": "Another form than is told here",
    "429": "Too many questions",
    "503": "Too busy, or the index can't be read",
}


def describe(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """What makes the document, once."""

    def made() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _complete(
                get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
            )
        return app.openapi_schema

    return made


def _complete(schema: dict[str, Any]) -> dict[str, Any]:
    components = schema.setdefault("components", {})
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = ProblemShape.model_json_schema()
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    for path, operations in schema["paths"].items():
        content = _content(path)
        for operation in operations.values():
            operation["responses"].pop("422", None)
            for status, told in _TOLD.items():
                operation["responses"].setdefault(status, {"description": told, "content": content})
            if path not in _OPEN:
                operation["security"] = [{"bearer": []}]
    return schema


def _content(path: str) -> dict[str, Any]:
    if path == "/retrieval":
        return {"application/json": {"schema": _DIFY_ERROR}}
    if path in ("/v1/chat/completions", "/v1/models"):
        return {"application/json": {"schema": _OPENAI_ERROR}}
    return _PROBLEM
