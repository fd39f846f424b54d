"""Sessions: which one each bar belongs to, by the clock of a zone.

The core knows offsets from UTC, not zones. Here the moments at which a zone changes its offset are
looked up in the host's zone data, once per zone and year.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from itertools import pairwise
from re import fullmatch
from typing import Any, Literal, NoReturn, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from tvf import _core
from tvf._columns import number, read
from tvf._types import A
from tvf.errors import InputValueError, ParamError

Opening: TypeAlias = int | str | dt.time
"""When a session opens: minutes after local midnight, `"09:30"`, or a time of day."""

Anchor: TypeAlias = Literal["session", "week", "month"] | int
"""What is numbered: sessions, weeks, months, or spans of so many minutes."""

WORDS = ("session", "week", "month")
DAY = 86_400
SECOND = dt.timedelta(seconds=1)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
LONGEST = 525_600
"""The longest span that an anchor may be, in minutes: a year."""


def sessions(
    time: A,
    zone: str = "UTC",
    open: Opening = "00:00",  # noqa: A002
    anchor: Anchor = "session",
) -> A:
    """The number of the session that each bar belongs to; it changes where a session begins.

    A session that opens at noon or later belongs to the following day, so that a Sunday evening's
    opening begins Monday's session and the week. Give the numbers to any indicator as its anchor:
    `tvf.vwap(high, low, close, volume, anchor=tvf.sessions(time, "America/New_York", "09:30"))`.

    Args:
        time: Opening times: milliseconds since 1970 UTC, or dates and times.
        zone: IANA name of the zone that the opening is in; its clock changes are followed.
        open: Opening of the session: "HH:MM", or minutes after local midnight.
        anchor: What is numbered: "session", "week", "month", or so many minutes.

    Returns:
        A whole number per bar, as floats; NaN where the time is missing.
    """
    column = read(time, "time")
    return column.wrap(_numbers(column.joined(), zone, open, anchor), None, False)


def anchored(time: Any, anchor: Any, utc_offset: Any, open: Any, zone: Any) -> tuple[Any, Any, Any, Any]:  # noqa: A002
    """The arguments of an indicator whose sums begin anew at an anchor, as the core knows them:
    with a zone, or a column as the anchor, the time becomes a number per bar."""
    if zone is None and (anchor is None or isinstance(anchor, str) or number(anchor) is not None):
        return time, anchor, utc_offset, time_of_day(open)
    if zone is None:
        return read(anchor, "anchor").joined(), "number", 0, 0
    if number(utc_offset) != 0:
        why = f"zone {zone!r} and utc_offset {utc_offset!r} both say what the local time is; give one"
        raise ParamError(why, "session", "zone", str(zone), "one of zone and utc_offset")
    if time is None:
        return time, anchor, 0, minutes(open)
    plain = read(time, "time").joined()
    return _numbers(plain, zone, open, anchor), "number", 0, 0


def time_of_day(open: Any) -> Any:  # noqa: A002
    """A time of day as minutes after midnight. Anything else stays what it is: the core refuses what
    is no number, in the words that every host has."""
    written = isinstance(open, dt.time) or (isinstance(open, str) and ":" in open)
    return minutes(open) if written else open


def minutes(open: Any) -> int:  # noqa: A002
    """An opening as minutes after midnight."""
    if isinstance(open, dt.time):
        return open.hour * 60 + open.minute
    if isinstance(open, str):
        read = fullmatch("([01]?[0-9]|2[0-3]):([0-5][0-9])", open)
        found = None if read is None else float(int(read[1]) * 60 + int(read[2]))
    else:
        found = number(open)
    if found is None or found != found // 1 or not 0 <= found < 1440:
        _refuse("open", open, '"00:00" to "23:59", or 0 to 1439 minutes after midnight')
    return int(found)


def _refuse(name: str, value: Any, bound: str) -> NoReturn:
    raise InputValueError(f"{name} {value!r} is not {bound}", "session", name, str(value), bound)


def _numbers(time: np.ndarray[Any, Any], zone: str, open: Any, anchor: Any) -> np.ndarray[Any, Any]:  # noqa: A002
    span = number(anchor)
    if span is None and anchor not in WORDS:
        words = ", ".join(f'"{word}"' for word in WORDS)
        _refuse("anchor", anchor, f"one of {words}, or 1 to {LONGEST} minutes")
    if span is not None and not (span == span // 1 and 1 <= span <= LONGEST):
        _refuse("anchor", anchor, f"1 to {LONGEST} minutes")
    word = anchor if span is None else ""
    return _core.sessions(time, word, span or 0.0, _changes(time, zone), float(minutes(open)))


def _changes(time: np.ndarray[Any, Any], zone: str) -> list[tuple[float, float]]:
    """The offset at the first of the times, and its changes up to the last."""
    try:
        found = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        _refuse("zone", zone, 'an IANA zone such as "America/New_York"')
    finite = time[np.isfinite(time)]
    if zone == "UTC" or len(finite) == 0:
        return [(0.0, 0.0)]
    first, last = (_year(float(t)) for t in (finite.min(), finite.max()))
    changes = [change for year in range(first - 1, last + 2) for change in _of_year(found, year)]
    kept = changes[:1] + [new for old, new in pairwise(changes) if old[1] != new[1]]
    return [(moment * 1000.0, offset * 1000.0) for moment, offset in kept]


def _year(time: float) -> int:
    """The year of a time or one beside it, in reach of the calendar."""
    return int(np.clip(1970 + time / (365.2425 * DAY * 1000), 3, 9997))


@lru_cache(maxsize=4096)
def _of_year(zone: ZoneInfo, year: int) -> list[tuple[int, float]]:
    """The offset at the beginning of a year, and its changes in it: the days on which it changes,
    cut in halves down to the second."""
    first, last = ((dt.datetime(y, 1, 1, tzinfo=dt.UTC) - EPOCH) // SECOND for y in (year, year + 1))
    found = [(first, _offset(zone, first))]
    for day in range(first, last, DAY):
        before, after = found[-1][1], _offset(zone, day + DAY)
        if before == after:
            continue
        low, high = day, day + DAY
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
        found.append((high, after))
    return found


def _offset(zone: ZoneInfo, second: int) -> float:
    offset = (EPOCH + second * SECOND).astimezone(zone).utcoffset()
    return offset.total_seconds() if offset is not None else 0.0
