"""Bars that are made up, so that examples need neither a server nor files."""

from __future__ import annotations

import polars as pl

from tvf.cache._frames import Bound
from tvf.sources import Sample


def sample(
    symbol: str = "DEMO",
    timeframe: str = "1D",
    start: Bound | None = "2020-01-01",
    end: Bound | None = "2024-12-31",
) -> pl.DataFrame:
    """Bars of `tvf.sources.Sample`: prices in cents that walk, told by symbol and time alone, around the
    clock from 2015 on. The same for everybody."""
    return Sample().fetch(symbol, timeframe, start, end)
