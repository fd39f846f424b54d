"""When a market is open: sessions by the clock of a zone, without holidays, shorter on half days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import polars as pl

from tvf._sessions import _zone, minutes
from tvf.errors import InputValueError, ParamError

FIRST, LAST = dt.date(1970, 1, 1), dt.date(2100, 12, 31)
"""The days that have sessions."""

_WEEKDAYS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Calendar:
    """When a market is open.

        Calendar("America/New_York", "09:30-16:00", holidays=[dt.date(2024, 12, 25)],
                 half_days={dt.date(2024, 12, 24): "13:00"})

    Openings and closings are read off the clocks of the zone, so that clock changes are followed. A session
    that opens at noon or later belongs to the following day, as in `tvf.BarBuilder`.

    Args:
        zone: IANA name of the zone.
        session: Opening and closing, such as "09:30-16:00"; over midnight if the second is not the later
            one; whole days if not given.
        holidays: Days without a session.
        half_days: Days on which the market closes earlier, and when.
        weekdays: The days of the week with sessions, Monday being 1.
    """

    zone: str
    session: str = "00:00-00:00"
    holidays: frozenset[dt.date] = field(default_factory=frozenset)
    half_days: Mapping[dt.date, str] = field(default_factory=dict)
    weekdays: tuple[int, ...] = _WEEKDAYS

    def __init__(
        self,
        zone: str,
        session: str = "00:00-00:00",
        *,
        holidays: Iterable[dt.date] = (),
        half_days: Mapping[dt.date, str] | None = None,
        weekdays: Iterable[int] = _WEEKDAYS,
    ) -> None:
        _zone(zone)
        ends = session.split("-")
        if len(ends) != 2:
            bound = 'such as "09:30-16:00"'
            raise InputValueError(f"session {session!r} is not {bound}", "session", "session", session, bound)
        for end in ends:
            minutes(end)
        days = tuple(sorted(set(weekdays)))
        if not days or not all(day in range(1, 8) for day in days):
            bound = "days from 1, Monday, to 7"
            raise ParamError(f"weekdays {days} are not {bound}", "param_range", "weekdays", str(days), bound)
        set_ = object.__setattr__
        set_(self, "zone", zone)
        set_(self, "session", session)
        set_(self, "holidays", frozenset(holidays))
        set_(self, "half_days", dict(half_days or {}))
        set_(self, "weekdays", days)
        for closing in self.half_days.values():
            minutes(closing)

    def __hash__(self) -> int:
        return hash(
            (self.zone, self.session, self.holidays, tuple(sorted(self.half_days.items())), self.weekdays)
        )

    @classmethod
    def of(cls, market: str) -> Calendar:
        """The calendar of a market by its code, such as "XNYS" or "XLON", with the holidays and half days
        that `exchange_calendars` knows: `pip install 'tvf[calendars]'`."""
        try:
            import exchange_calendars
            from exchange_calendars.errors import InvalidCalendarName
        except ImportError:
            why = "calendars of markets need exchange_calendars: pip install 'tvf[calendars]'"
            raise ModuleNotFoundError(why, name="exchange_calendars") from None
        try:
            known = exchange_calendars.get_calendar(market)
        except InvalidCalendarName:
            bound = "a market's code such as XNYS, XLON, XTKS"
            raise ParamError(
                f"market {market!r} is not {bound}", "param_choice", "market", market, bound
            ) from None
        return _of_known(known)

    @property
    def opening(self) -> int:
        """Minutes after local midnight at which a session opens."""
        return minutes(self.session.split("-")[0])

    @property
    def closing(self) -> int:
        """Minutes after local midnight at which it closes."""
        return minutes(self.session.split("-")[1])

    def sessions(self) -> pl.DataFrame:
        """Every session from 1970 to 2100: its day, its first moment, and the first after it."""
        return _sessions(self)


@lru_cache(maxsize=64)
def _sessions(calendar: Calendar) -> pl.DataFrame:
    days = pl.DataFrame({"day": pl.date_range(FIRST, LAST, "1d", eager=True)})
    days = days.filter(pl.col("day").dt.weekday().is_in(calendar.weekdays))
    if calendar.holidays:
        days = days.filter(~pl.col("day").is_in(list(calendar.holidays)))
    opening, closing = calendar.opening, calendar.closing
    # A session that opens at noon or later is the following day's.
    before = 1 if opening >= 720 else 0
    over = 1 if closing <= opening else 0
    half = {day: minutes(end) for day, end in calendar.half_days.items()}
    ends = (
        pl.col("day").replace_strict(half, default=closing, return_dtype=pl.Int64)
        if half
        else pl.lit(closing)
    )
    half_over = pl.when(ends <= opening).then(1).otherwise(0) if half else pl.lit(over)
    first = pl.col("day") - pl.duration(days=before)
    last = pl.col("day") - pl.duration(days=before) + pl.duration(days=half_over)
    return days.select(
        "day",
        _moment(first, pl.lit(opening), calendar.zone).alias("opens"),
        _moment(last, ends, calendar.zone).alias("closes"),
    )


def _moment(day: pl.Expr, minute: pl.Expr, zone: str) -> pl.Expr:
    """The moment that clocks of a zone show so: the first of two, and that of the jump if they show none."""
    local = day.cast(pl.Datetime("ms")) + pl.duration(minutes=minute)
    shown = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    # Clocks jump by an hour at most; before the jump they are as they were an hour earlier.
    earlier = (local - pl.duration(hours=1)).dt.replace_time_zone(
        zone, ambiguous="latest", non_existent="null"
    )
    jump = (earlier + pl.duration(hours=1)).dt.truncate("1h")
    return pl.coalesce(shown, jump).dt.convert_time_zone("UTC")


def _of_known(known: Any) -> Calendar:
    """A calendar of `exchange_calendars`: what differs from the usual day is a holiday or a half day."""
    schedule = pl.from_pandas(known.schedule[["open", "close"]].reset_index(names="day"))
    zone = str(known.tz)
    local = schedule.select(
        pl.col("day").dt.date(),
        pl.col("open").dt.convert_time_zone(zone).dt.strftime("%H:%M"),
        pl.col("close").dt.convert_time_zone(zone).dt.strftime("%H:%M"),
    )
    usual = local.tail(250)
    opening, closing = (usual[name].mode().sort()[-1] for name in ("open", "close"))
    first, last = local["day"][0], local["day"][-1]
    weekdays = sorted(set(local["day"].dt.weekday().to_list()))
    open_days = set(local["day"].to_list())
    days = pl.date_range(first, last, "1d", eager=True)
    every = days.filter(days.dt.weekday().is_in(weekdays)).to_list()
    shorter = local.filter(pl.col("close") < closing)
    return Calendar(
        zone,
        f"{opening}-{closing}",
        holidays=[day for day in every if day not in open_days],
        half_days=dict(zip(shorter["day"].to_list(), shorter["close"].to_list(), strict=True)),
        weekdays=weekdays,
    )
