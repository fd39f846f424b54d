"""What charts are drawn from: levels, and bars by price or activity."""

from __future__ import annotations

import inspect
from typing import Any

import pyarrow as pa
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

import tvf
from tvf.service.answers import arrow, json, json_only, wants_arrow
from tvf.service.bars import Bars, Floats, WithBars, need
from tvf.service.bodies import BodyRoute
from tvf.service.context import PROBLEMS, answer, checked
from tvf.service.problems import ProblemError

__all__ = ["router"]

router = APIRouter(tags=["charting"], route_class=BodyRoute, responses=PROBLEMS)


_RESAMPLE = [name for name in inspect.signature(tvf.resample).parameters if name != "frame"]


class FibonacciRequest(BaseModel):
    """Of which swings levels are drawn, and how."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    bars: Bars | None = Field(None, description="Bars whose last swings are taken; or points")
    points: list[tuple[float, float]] | None = Field(
        None, description="Points as [bar, price], oldest first", examples=[[[10, 100.0], [42, 131.5]]]
    )
    kind: str | list[str] = Field(
        "retracement", description="retracement, extension, projection, fan, arcs, time_zones, or several"
    )
    ratios: list[float] | None = Field(None, description="Ratios in the place of the kinds' own")
    scale: str = Field("linear", description="linear or log")
    swings: int = Field(1, description="How many of the last swings are drawn, 1 to 100")
    pivots: str = Field("atr", description="atr, percent or bars")
    reversal: float = Field(2.0, description="How far price comes back for a turn")
    tolerance: float = Field(0.5, description="How far apart levels of a cluster may be, in percent")
    unit: float = Field(0.0, description="How much price is drawn as wide as a bar; 0 for 45 degrees")


@router.post("/fibonacci/levels", summary="Fibonacci levels and where they meet")
async def fibonacci(request: Request, asked: FibonacciRequest) -> Response:
    """Levels of given points, or of the last certain swings of bars, and clusters of several swings."""
    json_only(request)
    if (asked.bars is None) == (asked.points is None):
        bound = "either bars or points"
        given = "both" if asked.points is not None else "none"
        why = f"levels take {bound}, and were given {given}"
        raise ProblemError(422, "input_count", why, field="bars", value=given, bound=bound)
    columns: dict[str, Any] = {}
    if asked.bars is not None:
        bars = await checked(request, asked.bars)
        need(bars, ("high", "low"), "fibonacci")
        columns = {name: bars[name] for name in ("high", "low", "close", "time") if name in bars}

    def work() -> Response:
        options = asked.model_dump(exclude={"bars", "points"})
        found = tvf.fibonacci(**columns, points=asked.points, **options)
        clusters = [{**c._asdict(), "parts": [p._asdict() for p in c.parts]} for c in found.clusters]
        points = [point._asdict() for point in found.points]
        return json({"levels": [x._asdict() for x in found], "clusters": clusters, "points": points})

    return await answer(request, work)


class TransformRequest(WithBars):
    """What bars are made into."""

    kind: str = Field(
        description="heikin_ashi, renko, kagi, point_and_figure, line_break, range_bars, tick_bars, "
        "volume_bars, dollar_bars or resample",
        examples=["renko"],
    )
    params: dict[str, Any] = Field(
        {}, description="The kind's parameters by name; the catalog has them", examples=[{"brick": 0.5}]
    )
    forming: bool = Field(False, description="The row that the last bar leaves unfinished, instead")


@router.post("/charting/transform", summary="Heikin-Ashi, Renko, Kagi and other charts")
async def transform(request: Request, asked: TransformRequest) -> Response:
    """Rows made of bars, each told at the bar that closes it."""
    bars = await checked(request, asked.bars)

    def work() -> Response:
        if asked.kind == "resample":
            found: Any = _resampled(bars, asked.params)
        else:
            # It refuses what is no parameter, by its name.
            tvf.Transform(asked.kind, **asked.params)
            found = tvf.transform(asked.kind, dict(bars), forming=asked.forming, **asked.params)
        columns = found if isinstance(found, dict) else _columns(found)
        if wants_arrow(request):
            return arrow(lambda: pa.table(dict(columns)))
        return json({"kind": asked.kind, "columns": columns})

    return await answer(request, work)


def _resampled(bars: dict[str, Floats], params: dict[str, Any]) -> Any:
    need(bars, ("time",), "resample")
    if unknown := [name for name in params if name not in _RESAMPLE]:
        bound = ", ".join(_RESAMPLE)
        why = f"resample has no parameter {unknown[0]}; it has {bound}"
        raise ProblemError(
            422, "unknown_param", why, field=unknown[0], value=str(params[unknown[0]]), bound=bound
        )
    return tvf.resample(dict(bars), **{"timeframe": "", **params})


def _columns(found: Any) -> dict[str, Any]:
    if hasattr(found, "columns"):
        return dict(found.columns)
    return found._asdict()
