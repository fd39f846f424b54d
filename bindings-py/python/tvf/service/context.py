"""What every route has at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from fastapi import Request, Response

from tvf.service.bars import Floats, check
from tvf.service.metrics import Metrics
from tvf.service.pool import Pool
from tvf.service.problems import MEDIA_TYPE, Problem
from tvf.service.settings import Settings
from tvf.service.stored import Store, Stored

__all__ = ["PROBLEMS", "answer", "checked"]

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "model": Problem,
        "description": description,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, description in {
        400: "The body cannot be read",
        401: "The key is missing or wrong",
        406: "The answer has no such form",
        413: "The body or the bars are too many",
        415: "The body is of an unknown kind",
        500: "The cache cannot be read or written",
        502: "The source of the cache gave no bars",
        422: "A field, a parameter or a column is wrong",
        503: "There is no room, or no memory; try again later",
        504: "It took too long",
    }.items()
}
"""The problems of every endpoint, for its documentation."""


class Context:
    """What an application is made of."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.metrics = Metrics()
        self.pool = Pool(settings, self.metrics)
        self.store = Store(settings)


def of(request: Request) -> Context:
    """The context of a request's application."""
    return cast(Context, request.app.state.context)


async def checked(request: Request, bars: dict[str, Floats] | Stored) -> dict[str, Floats]:
    """Bars that are few enough and in order, which are counted; those of the cache are read first."""
    context = of(request)
    if isinstance(bars, Stored):
        stored = bars
        bars = await context.pool.run(request, lambda: context.store.read(stored))
    check(bars, context.settings.max_bars)
    context.metrics.bars.inc(len(bars["close"]))
    return bars


async def answer(request: Request, work: Callable[[], Response]) -> Response:
    """The answer that is computed in the pool, its text included."""
    return await of(request).pool.run(request, work)
