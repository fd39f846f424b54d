"""Bars as frames of Polars: one schema that is checked once, resampling by sessions, files.

    frame = tvf.data.check(pl.read_csv("bars.csv"), repair="usual")
    hours = tvf.data.resample(frame, "1h", calendar=tvf.data.Calendar("America/New_York", "09:30-16:00"))
    tvf.data.write(hours, "hours.parquet")

Lazy frames stay lazy: what is wrong with them is told when they are collected. The time of a bar is its
opening, a datetime of Polars in milliseconds and UTC.
"""

from __future__ import annotations

try:
    import polars as pl  # noqa: F401
except ImportError:
    raise ModuleNotFoundError("tvf.data needs Polars: pip install 'tvf[polars]'", name="polars") from None

from tvf.data._calendar import Calendar
from tvf.data._check import REPAIRS, Fault, check, faults
from tvf.data._files import read, scan, write
from tvf.data._resample import resample
from tvf.data._sample import sample
from tvf.data._schema import SCHEMA, conform

__all__ = [
    "REPAIRS",
    "SCHEMA",
    "Calendar",
    "Fault",
    "check",
    "conform",
    "faults",
    "read",
    "resample",
    "sample",
    "scan",
    "write",
]
