"""Errors as problem details (RFC 9457), which name the field, the value and the bound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

import tvf

__all__ = ["MEDIA_TYPE", "Problem", "ProblemError", "install", "response"]

MEDIA_TYPE = "application/problem+json"

_TITLES = {
    400: "The request cannot be read",
    401: "The key is missing or wrong",
    404: "There is nothing at this address",
    405: "The address does not take this method",
    406: "The answer has no such form",
    413: "The request is too large",
    415: "The body is of an unknown kind",
    422: "The request cannot be answered as it is",
    500: "The service failed",
    502: "The source of bars gave none",
    503: "The service is busy",
    504: "The request took too long",
}


_STATUSES: dict[type[Exception], int] = {
    tvf.OutOfMemoryError: 503,
    tvf.FetchError: 502,
    tvf.CacheError: 500,
}
"""What errors of the core are answered with; 422 for all others."""


class Problem(BaseModel):
    """What is wrong with a request."""

    type: str = Field("about:blank", description="The kind of problem: /problems/ and its code")
    title: str = Field(description="What the status means")
    status: int = Field(description="The status of the answer")
    detail: str = Field(description="What is wrong, in a sentence")
    code: str = Field(description="The kind of error, the same word as in Python and JavaScript")
    field: str = Field("", description="The field, parameter or column at fault")
    value: str = Field("", description="What it was")
    bound: str = Field("", description="What it may be")
    request_id: str = Field("", description="The request's id, which the log has too")


class ProblemError(Exception):
    """An error that is a problem already."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        field: str = "",
        value: Any = "",
        bound: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.field = field
        self.value = value
        self.bound = bound
        self.headers = dict(headers or {})


def response(error: ProblemError, request_id: str = "") -> Response:
    """A problem as an answer."""
    problem = Problem(
        type=f"/problems/{error.code}",
        title=_TITLES.get(error.status, "The request failed"),
        status=error.status,
        detail=str(error),
        code=error.code,
        field=error.field,
        value=_short(error.value),
        bound=error.bound,
        request_id=request_id,
    )
    body = orjson.dumps(problem.model_dump())
    return Response(body, error.status, headers=error.headers, media_type=MEDIA_TYPE)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    # Lone surrogates, which JSON may carry, cannot be sent on.
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= 200 else f"{text[:200]}…"


def install(app: FastAPI) -> None:
    """Has every error of an application answered as a problem."""

    def answer(request: Request, error: ProblemError) -> Response:
        return response(error, getattr(request.state, "request_id", ""))

    async def of_problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, ProblemError)
        return answer(request, error)

    async def of_core(request: Request, error: Exception) -> Response:
        assert isinstance(error, tvf.Error)
        status = next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), 422)
        problem = ProblemError(
            status, error.code, str(error), field=error.name, value=error.value, bound=error.bound
        )
        return answer(request, problem)

    async def of_validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer(request, _first(error))

    async def of_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "http")
        problem = ProblemError(error.status_code, code, str(error.detail), headers=error.headers)
        return answer(request, problem)

    app.add_exception_handler(ProblemError, of_problem)
    app.add_exception_handler(tvf.Error, of_core)
    app.add_exception_handler(RequestValidationError, of_validation)
    app.add_exception_handler(HTTPException, of_http)


def _first(error: RequestValidationError) -> ProblemError:
    """The first thing that a model refuses."""
    first = error.errors()[0]
    place = [str(part) for part in first["loc"] if part != "body"]
    context = {name: value for name, value in first.get("ctx", {}).items() if name != "error"}
    bound = ", ".join(f"{name} {value}" for name, value in context.items())
    detail = f"{'.'.join(place) or 'the body'}: {first['msg']}"
    return ProblemError(
        422, str(first["type"]), detail, field=".".join(place), value=first.get("input", ""), bound=bound
    )
