"""Sessions: which one each bar belongs to, by the clock of a zone.

The core knows offsets from UTC, not zones. Here the moments at which a zone changes its offset are
looked up in the host's zone data, once per zone and year.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from re import fullmatch
from typing import Any, Literal, NoReturn, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from tvf import _core
from tvf._catalog import entries
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
    return column.wrap(Clock.of(zone, open, anchor).numbers(column.joined()), None, False)


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells which session times belong to."""

    zone: str
    open: int
    """Minutes after local midnight."""
    word: str
    """What is numbered, "" for spans of minutes."""
    minutes: float

    @classmethod
    def of(cls, zone: Any, open: Any, anchor: Any) -> Clock:  # noqa: A002
        """A clock of what a caller gave."""
        span = number(anchor)
        if span is None and not (isinstance(anchor, str) and anchor in WORDS):
            words = ", ".join(f'"{word}"' for word in WORDS)
            _refuse("anchor", anchor, f"one of {words}, or 1 to {LONGEST} minutes")
        if span is not None and not (span == span // 1 and 1 <= span <= LONGEST):
            _refuse("anchor", anchor, f"1 to {LONGEST} minutes")
        _zone(zone)
        return cls(zone, minutes(open), anchor if span is None else "", span or 0.0)

    def numbers(self, time: np.ndarray[Any, Any], began: float = np.nan) -> np.ndarray[Any, Any]:
        """A number per time; `began` is the first time of a series that goes on here."""
        finite = time[np.isfinite(time)]
        ends = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 0.0)
        return _core.sessions(time, began, self.word, self.minutes, _changes(self.zone, *ends), self.open)

    def session(self, time: float, began: float) -> tuple[float, float, float]:
        """The session of one time: its first moment, the first after it, and its number."""
        # No session is longer than that, and none of its changes may be unknown.
        reach = LONGEST * 60_000.0
        changes = _changes(self.zone, time - reach, time + reach)
        return _core.session(time, began, self.word, self.minutes, changes, self.open)


def anchored(time: Any, anchor: Any, utc_offset: Any, open: Any, zone: Any) -> tuple[Any, Any, Any, Any]:  # noqa: A002
    """The arguments of an indicator whose sums begin anew at an anchor, as the core knows them:
    with a zone, or a column as the anchor, the time becomes a number per bar."""
    if zone is None and is_plain(anchor):
        return time, anchor, utc_offset, time_of_day(open)
    if zone is None:
        column = read(anchor, "anchor")
        return column.instead(column.joined()), "number", 0, 0
    clock = _clock(zone, utc_offset, open, anchor)
    if time is None:
        return time, anchor, 0, clock.open
    column = read(time, "time")
    return column.instead(clock.numbers(column.joined())), "number", 0, 0


def streamed(given: dict[str, Any]) -> tuple[dict[str, Any], Clock | None]:
    """The arguments of a stream without what the core does not know, and the clock that a zone asks
    for."""
    plain = dict(given)
    zone, anchor = plain.pop("zone", None), plain.get("anchor", "session")
    if zone is None and not is_plain(anchor) and hasattr(anchor, "__len__"):
        why = "an anchor that is a number per bar cannot follow new bars: give zone and open instead"
        raise ParamError(why, "session", "anchor", type(anchor).__name__)
    if zone is not None:
        clock = _clock(zone, plain.get("utc_offset", 0), plain.get("open", 0), anchor)
        return {**plain, "open": clock.open, "anchor": clock.word or clock.minutes}, clock
    if "open" in plain:
        plain["open"] = time_of_day(plain["open"])
    return plain, None


def resumed(
    params: dict[str, Any],
    zone: Any = None,
    open: Any = 0,  # noqa: A002
    anchor: Any = "session",
) -> tuple[dict[str, Any], Clock]:
    """The arguments of a stream with a zone of whose snapshot `params` are, and its clock."""
    if zone is None:
        why = "open and anchor need a zone: without one the snapshot itself says where sessions begin"
        raise InputValueError(why, "session", "zone", "", "a zone")
    clock = Clock.of(zone, open, anchor)
    return {**params, "open": clock.open, "anchor": clock.word or clock.minutes}, clock


def has_sessions(id: Any) -> bool:  # noqa: A002
    """Whether the sums of an indicator begin anew at moments that a clock tells."""
    return isinstance(id, str) and id in _with_sessions()


@cache
def _with_sessions() -> frozenset[str]:
    wanted = {"anchor", "utc_offset", "open"}
    known = entries().values()
    return frozenset(entry.id for entry in known if wanted <= {param.name for param in entry.params})


def is_plain(anchor: Any) -> bool:
    """Whether an anchor is no column."""
    return anchor is None or isinstance(anchor, str) or number(anchor) is not None


def _clock(zone: Any, utc_offset: Any, open: Any, anchor: Any) -> Clock:  # noqa: A002
    if number(utc_offset) != 0:
        both = f"zone {_shown(zone)} and utc_offset {_shown(utc_offset)}"
        why = f"{both} both say what the local time is; give one"
        raise ParamError(why, "session", "zone", str(zone), "one of zone and utc_offset")
    if not is_plain(anchor):
        why = f"zone {_shown(zone)} and a column as the anchor both say where sessions begin; give one"
        raise ParamError(why, "session", "anchor", type(anchor).__name__, "one of zone and a column")
    return Clock.of(zone, open, anchor)


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
    raise InputValueError(f"{name} {_shown(value)} is not {bound}", "session", name, str(value), bound)


def _shown(value: Any) -> str:
    """A value in a message, as the other hosts write it; what may be long by its type."""
    if isinstance(value, str):
        return f'"{value}"'
    return str(value) if value is None or number(value) is not None else f"of type {type(value).__name__}"


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError, AttributeError):
        _refuse("zone", name, 'an IANA zone such as "America/New_York"')


def _changes(zone: str, first: float, last: float) -> list[tuple[float, float]]:
    """The offset at the first of two times, and its changes up to the last."""
    if zone == "UTC":
        return [(0.0, 0.0)]
    found = _zone(zone)
    years = range(_year(first) - 1, _year(last) + 2)
    changes = [change for year in years for change in _of_year(found, year)]
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
