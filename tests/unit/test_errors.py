"""What is told of a wrong setting, whose first words msgspec gives in English."""

from __future__ import annotations

from typing import Literal

import msgspec
import pytest

from retrieval.errors import value_reason


class Wanted(msgspec.Struct, forbid_unknown_fields=True):
    reading: Literal["local", "everybody"] = "local"
    rows: int | None = None


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"reading": "some"}, "reading: không nhận “some”"),
        ({"rows": "many"}, "rows: phải là số nguyên hoặc để trống"),
        ({"row": 1}, "không có thiết lập “row”"),
    ],
)
def test_a_wrong_value_is_told_in_vietnamese(given: dict[str, object], told: str) -> None:
    with pytest.raises(msgspec.ValidationError) as error:
        msgspec.convert(given, Wanted)
    assert value_reason(error.value) == told
