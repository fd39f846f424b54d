"""How times are taken: in turns, many calls a sample, so that what disturbs one disturbs all."""

from __future__ import annotations

import sys
import time
import timeit
from statistics import median
from typing import Any

SAMPLE = 4e-3
"""Seconds that a sample takes at least, so that the clock's own cost vanishes."""
LOG_EVERY = 10.0
"""Seconds between two lines of progress where there is no terminal."""


def interleaved(timers: dict[str, timeit.Timer], rounds: int) -> dict[str, list[float]]:
    """Seconds per call: the contenders take turns, in another order each round."""
    calls = {}
    for name, timer in timers.items():
        timer.timeit(1)
        once = min(timer.repeat(3, 1))
        calls[name] = max(1, round(SAMPLE / max(once, 1e-9)))
    samples: dict[str, list[float]] = {name: [] for name in timers}
    names = list(timers)
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            samples[name].append(timers[name].timeit(calls[name]) / calls[name])
    return samples


def row(
    kind: str, case: str, library: str, code: str, bars: int, samples: list[float], per: int
) -> dict[str, Any]:
    """What is kept of a contender: nanoseconds for each of the `per` bars or calls in a sample."""
    scaled = [1e9 * s / per for s in samples]
    return {
        "kind": kind,
        "case": case,
        "library": library,
        "code": code,
        "bars": bars,
        "unit": "ns per call" if kind == "call" else "ns per bar",
        "median": median(scaled),
        "min": min(scaled),
        "max": max(scaled),
        "samples": scaled,
    }


def find(rows: list[dict[str, Any]], **wanted: Any) -> dict[str, Any] | None:
    return next((r for r in rows if all(r[key] == value for key, value in wanted.items())), None)


def ratio(theirs: dict[str, Any], ours: dict[str, Any]) -> float:
    """How many times as long they take, by the fastest samples: other processes can only add to those."""
    return theirs["min"] / ours["min"]


_last = time.monotonic()


def progress(what: str) -> None:
    """A line that is written over in a terminal, one now and then in a log."""
    global _last
    if sys.stderr.isatty():
        print(f"\r\x1b[K    {what}", end="", file=sys.stderr, flush=True)
    elif what and time.monotonic() - _last > LOG_EVERY:
        _last = time.monotonic()
        print(f"    {what}", file=sys.stderr, flush=True)
