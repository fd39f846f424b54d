"""What there is, and how the service is."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

import tvf
from tvf.service.answers import json
from tvf.service.context import of

__all__ = ["router"]

router = APIRouter(tags=["service"])

_BEGAN = time.monotonic()


class Health(BaseModel):
    """How the service is."""

    status: str = Field(description="ok while it answers", examples=["ok"])
    version: str = Field(description="The version of tvf", examples=["0.1.0"])
    uptime: float = Field(description="Seconds since it began")
    inside: int = Field(description="Requests that wait or are computed")


def _catalog() -> dict[str, Any]:
    transforms = [
        {"id": kind.id, "title": kind.title, "summary": kind.summary, "rows": list(kind.columns)}
        for kind in tvf.transforms()
    ]
    return {
        "version": tvf.__version__,
        "indicators": [asdict(entry) for entry in tvf.catalog()],
        "families": [asdict(family) for family in tvf.families()],
        "candlesticks": [pattern._asdict() for pattern in tvf.candlestick_patterns()],
        "transforms": transforms,
        "composite": [asdict(source) for source in tvf.composite_sources()],
    }


@router.get("/catalog", summary="Every indicator, pattern, transform and source of votes")
def catalog() -> Response:
    """What can be asked for, with parameters, formulas, texts and sources."""
    return json(_catalog())


@router.get("/health", summary="Whether it runs")
async def health(request: Request) -> Health:
    """Needs no key. An answer means that it takes requests; `inside` says how busy it is."""
    inside = of(request).pool.inside
    return Health(status="ok", version=tvf.__version__, uptime=time.monotonic() - _BEGAN, inside=inside)


@router.get("/metrics", summary="Numbers for Prometheus", response_class=PlainTextResponse)
async def metrics(request: Request) -> Response:
    """Requests by route and status, their times, and how many wait, in the text format of Prometheus."""
    numbers = of(request).metrics
    return Response(numbers.text(), media_type=numbers.media_type)
