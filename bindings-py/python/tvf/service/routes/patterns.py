"""Patterns: candlesticks, and the families that give rows."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pyarrow as pa
from fastapi import APIRouter, Request, Response
from pydantic import Field

import tvf
from tvf.service.answers import arrow, json, wants_arrow
from tvf.service.bars import WithBars, need
from tvf.service.bodies import BodyRoute
from tvf.service.context import PROBLEMS, answer, checked

__all__ = ["router"]

router = APIRouter(prefix="/patterns", tags=["patterns"], route_class=BodyRoute, responses=PROBLEMS)

FAMILIES = {"harmonic": "harmonic", "timing": "td", "price": "price_patterns", "elliott-wave": "elliott"}
"""The addresses of families, and their names in `tvf`."""


class CandlestickRequest(WithBars):
    """Which candlesticks are looked for."""

    patterns: list[str] | None = Field(
        None,
        description="TA-Lib's names without CDL, in lower case; all 61 if not given",
        examples=[["doji"]],
    )
    penetration: float | None = Field(None, description="How deep a candle must reach into another's body")
    partial: bool = Field(True, description="Whether bodies that share an end count, at ±80")
    trend: int | None = Field(None, description="Bars of the mean that tells the trend; none if not given")
    output: Literal["hits", "columns"] = Field(
        "hits", description="hits: a row for each pattern that is there; columns: an integer for each bar"
    )


@router.post("/candlestick", summary="Candlestick patterns")
async def candlestick(request: Request, asked: CandlestickRequest) -> Response:
    """The 61 patterns of TA-Lib with its values: 100 and −100, ±80 for bodies that share an end, ±200 for a
    hikkake that is confirmed."""
    bars = await checked(request, asked.bars)
    prices = need(bars, ("open", "high", "low", "close"), "candlestick")

    def work() -> Response:
        found = tvf.candlesticks(
            *prices,
            patterns=asked.patterns,  # type: ignore[arg-type]
            penetration=asked.penetration,
            partial=asked.partial,
            trend=asked.trend,
        )
        if asked.output == "columns":
            if wants_arrow(request):
                return arrow(found.to_arrow)
            return json({"bars": len(found), "columns": {s.name: s.to_numpy() for s in found}})
        hits = _hits(found, bars.get("time"))
        if wants_arrow(request):
            return arrow(lambda: pa.Table.from_pylist(hits, schema=_HITS))
        return json({"bars": len(found), "patterns": hits})

    return await answer(request, work)


_HITS = pa.schema([("name", pa.string()), ("bar", pa.int64()), ("time", pa.int64()), ("value", pa.int32())])


def _hits(found: Any, time: Any) -> list[dict[str, Any]]:
    """A row for each result that is not 0, bar by bar."""
    hits = []
    for name in found.columns:
        values = found[name].to_numpy()
        for bar in np.flatnonzero(values).tolist():
            moment = None if time is None else int(time[bar])
            hits.append({"name": name, "bar": bar, "time": moment, "value": int(values[bar])})
    hits.sort(key=lambda hit: hit["bar"])
    return hits


class FamilyRequest(WithBars):
    """Which patterns of a family are looked for."""

    params: dict[str, Any] = Field(
        {}, description="The family's parameters by name; the catalog has them", examples=[{"reversal": 2.0}]
    )
    forming: bool = Field(False, description="Those that the last bar leaves unfinished, instead")
    misses: bool = Field(False, description="The near misses instead, with every condition")


def _add(address: str, family: tvf.patterns.Family) -> None:
    """An endpoint for a family, made of its definition."""
    find = getattr(tvf, family.id)
    required = tuple(name for name in family.inputs if name in ("open", "high", "low", "close"))

    async def search(request: Request, asked: FamilyRequest) -> Response:
        bars = await checked(request, asked.bars)
        need(bars, required, family.id)

        def work() -> Response:
            columns = {name: bars[name] for name in family.inputs if name in bars}
            # It refuses what is no parameter, by its name.
            tvf.PatternWatch(family.id, **asked.params)
            found = find(**columns, **asked.params, forming=asked.forming, misses=asked.misses)
            if wants_arrow(request):
                return arrow(found.to_arrow)
            key = "misses" if asked.misses else "patterns"
            rows = [_row(row) for row in found]
            return json({"family": family.id, "bars": len(bars["close"]), key: rows})

        return await answer(request, work)

    search.__doc__ = f"{family.summary}. {' '.join(family.rules)}"
    router.post(f"/{address}", summary=family.title, name=f"patterns-{address}")(search)


def _row(row: Any) -> dict[str, Any]:
    """A pattern or a near miss with its parts as objects."""
    cells = row._asdict()
    for name in ("points", "conditions"):
        if name in cells:
            cells[name] = [part._asdict() for part in cells[name]]
    return cells


for _address, _id in FAMILIES.items():
    _add(_address, next(family for family in tvf.families() if family.id == _id))
