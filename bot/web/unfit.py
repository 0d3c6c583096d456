"""What is wrong with the form of a request? Said of each place in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError

from bot.web.problems import Problem

_SAID = {
    "missing": "còn thiếu",
    "extra_forbidden": "không có trường này",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "phải từ {le} trở xuống",
    "string_too_short": "phải có ít nhất {min_length} ký tự",
    "string_too_long": "dài quá {max_length} ký tự",
    "too_short": "phải có ít nhất {min_length} mục",
    "too_long": "nhiều quá {max_length} mục",
    "string_type": "phải là chữ",
    "string_unicode": "có ký tự không viết được bằng UTF-8",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "float_type": "phải là số",
    "float_parsing": "phải là số",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "list_type": "phải là một danh sách",
    "dict_type": "phải là một đối tượng",
    "model_type": "phải là một đối tượng",
    "model_attributes_type": "phải là một đối tượng",
    "literal_error": "phải là {expected}",
}
"""By pydantic's name for what is wrong."""
_MOST = 20


def unfit(error: RequestValidationError) -> Problem:
    """What is wrong where. The value itself is not repeated: it may be a question, or a megabyte."""
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return Problem(400, "nội dung gửi lên không phải JSON")
    errors = [{"at": ".".join(map(str, one["loc"])), "problem": _said(one)} for one in found[:_MOST]]
    return Problem(422, "yêu cầu không theo dạng ghi ở /openapi.json", errors=errors)


def _said(one: Mapping[str, Any]) -> str:
    said = _SAID.get(one["type"])
    return said.format(**one.get("ctx", {})) if said else str(one["msg"]).removeprefix("Value error, ")[:300]
