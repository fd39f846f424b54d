"""Answers: JSON, in which a missing number is null, or an Arrow stream."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
from fastapi import Request
from fastapi.responses import Response

from tvf.service.problems import ProblemError

__all__ = ["ARROW", "arrow", "json", "wants_arrow"]

ARROW = "application/vnd.apache.arrow.stream"


def wants_arrow(request: Request) -> bool:
    """Whether the answer shall be Arrow; JSON if nothing is said."""
    accept = request.headers.get("accept", "")
    kinds = [kind.split(";")[0].strip().lower() for kind in accept.split(",")]
    return ARROW in kinds


def json_only(request: Request) -> None:
    """Refuses to answer in Arrow where the answer is no table."""
    if wants_arrow(request):
        why = "this answer is no table, and comes as application/json only"
        raise ProblemError(406, "not_acceptable", why, field="Accept", value=ARROW, bound="application/json")


def json(answer: Any) -> Response:
    """An answer as JSON: what is not finite is null."""
    body = orjson.dumps(answer, default=_plain, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(body, media_type="application/json")


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        # Strings, and what is not contiguous.
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    if hasattr(value, "_asdict"):
        return value._asdict()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def arrow(table: pa.Table | Callable[[], pa.Table]) -> Response:
    """A table as an Arrow stream."""
    made: Any = table() if callable(table) else table
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, made.schema) as stream:
        stream.write_table(made)
    return Response(sink.getvalue().to_pybytes(), media_type=ARROW)
