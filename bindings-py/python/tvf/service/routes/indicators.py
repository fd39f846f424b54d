"""Indicators of the catalog, one or many at once."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
import pyarrow as pa
from fastapi import APIRouter, Request, Response
from pydantic import BeforeValidator, Field, WithJsonSchema

import tvf
from tvf.service.answers import arrow, json, wants_arrow
from tvf.service.bars import Floats, WithBars
from tvf.service.bodies import BodyRoute
from tvf.service.context import PROBLEMS, answer, checked
from tvf.service.members import MEMBER, member
from tvf.service.problems import ProblemError

__all__ = ["router"]

router = APIRouter(prefix="/indicators", tags=["indicators"], route_class=BodyRoute, responses=PROBLEMS)

EXOTIC = [
    "alma",
    "dema",
    "ehma",
    "frama",
    "hma",
    "jma",
    "kama",
    "laguerre",
    "lsma",
    "mama",
    "mcginley",
    "rma",
    "super_smoother",
    "swma",
    "t3",
    "tema",
    "thma",
    "trima",
    "vidya",
    "zlema",
]
"""The averages beyond the simple, weighted and exponential ones."""

Member = Annotated[Any, WithJsonSchema(MEMBER)]


def _is_list(given: Any) -> Any:
    if isinstance(given, list) and 0 < len(given) <= 1000:
        return given
    raise ValueError("members are a list of 1 to 1000")


class ComputeRequest(WithBars):
    """Which indicators are computed."""

    members: Annotated[list[Member], BeforeValidator(_is_list)] = Field(
        description="What is computed; what members share is computed once",
        examples=[["obv", {"id": "rsi", "period": 14}, {"id": "ema", "source": {"id": "rsi"}}]],
    )
    shifted: bool = Field(False, description="Whether columns that a chart draws elsewhere are moved there")
    include_bars: bool = Field(False, description="Whether the bars' own columns come back too")


@router.post("/compute", summary="Any indicators of the catalog")
async def compute(request: Request, asked: ComputeRequest) -> Response:
    """Columns as long as the bars, null where there is no value yet, and tables for entries that give rows.
    In Arrow come the columns; an entry that gives a table is refused there."""
    bars = await checked(request, asked.bars)
    members = [member(given, f"members.{i}") for i, given in enumerate(asked.members)]
    return await answer(
        request, lambda: _computed(request, bars, members, asked.include_bars, shifted=asked.shifted)
    )


class AveragesRequest(WithBars):
    """Which averages are computed."""

    averages: Annotated[list[Member], BeforeValidator(_is_list)] = Field(
        default_factory=lambda: list(EXOTIC),
        description=f"Any of {', '.join(EXOTIC)}; all of them if not given",
        examples=[["kama", {"id": "alma", "period": 21}]],
    )
    include_bars: bool = Field(False, description="Whether the bars' own columns come back too")


@router.post("/exotic-ma", summary="Averages that adapt, lead or smooth")
async def averages(request: Request, asked: AveragesRequest) -> Response:
    """Columns as long as the bars: KAMA, ALMA, T3, FRAMA, MAMA and the others."""
    bars = await checked(request, asked.bars)
    members = [member(given, f"averages.{i}") for i, given in enumerate(asked.averages)]
    for place, given in enumerate(members):
        name = given if isinstance(given, str) else given[0]
        if name not in EXOTIC:
            why = f"{name} is none of these averages; indicators/compute has every indicator"
            raise ProblemError(
                422, "unknown_indicator", why, field=f"averages.{place}", value=name, bound=", ".join(EXOTIC)
            )
    return await answer(request, lambda: _computed(request, bars, members, asked.include_bars))


def _computed(
    request: Request,
    bars: dict[str, Floats],
    members: list[Any],
    include_bars: bool,
    *,
    shifted: bool = False,
) -> Response:
    # One thread: requests are what runs side by side here.
    found = tvf.compute(bars, members, shifted=shifted, threads=1)
    tables = {name: value for name, value in found.items() if isinstance(value, tvf.Table)}
    own = bars if include_bars else {}
    columns = {**own, **{name: value for name, value in found.items() if name not in tables}}
    if wants_arrow(request):
        if tables:
            why = f"{next(iter(tables))} gives a table, which comes as application/json only"
            raise ProblemError(406, "not_acceptable", why, field="members", bound="application/json")
        return arrow(pa.table({name: pa.array(np.asarray(c)) for name, c in columns.items()}))
    shown = {
        name: {"rows": [row._asdict() for row in table], **table.numbers} for name, table in tables.items()
    }
    return json({"bars": len(bars["close"]), "columns": columns, "tables": shown})
