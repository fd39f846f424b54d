"""Bars of a longer timeframe, by `group_by_dynamic` of Polars: lazy frames stay lazy."""

from __future__ import annotations

from re import fullmatch

import polars as pl

from tvf.data._calendar import Calendar
from tvf.data._schema import TIME, F, conform
from tvf.errors import ParamError

_UNITS = {"s": "s", "m": "m", "h": "h", "d": "d", "D": "d", "w": "w", "W": "w", "M": "mo"}


def resample(frame: F, timeframe: str, *, calendar: Calendar | None = None) -> F:
    """Bars of a longer timeframe, with the times at which they begin; a column `symbol` keeps symbols apart.

    Without a calendar, days are those of UTC. With one, bars of seconds, minutes and hours count from a
    session's opening in true time, and the last one ends with it; days are sessions, weeks begin with
    Monday's, months with their first one; what lies outside the sessions is left out. These are the bars of
    `tvf.BarBuilder`, which knows no holidays and half days but does the same for the rest.

    The last bar may be unfinished: `complete` is false where the frame ends before the bar does.

    Args:
        frame: Bars in the order of time; see `check`.
        timeframe: A count with a unit: "30s", "5m", "4h", "1D", "1W", "1M".
        calendar: When the market is open.

    Returns:
        Symbol if there is one, time, open, high, low, close, volume and `complete`.
    """
    count, unit = _read(timeframe)
    plain = conform(frame.lazy())
    symbol = ["symbol"] if "symbol" in plain.collect_schema() else []
    if calendar is None:
        made = _plain(plain, count, unit, symbol)
    else:
        made = _by_sessions(plain, count, unit, symbol, calendar)
    if isinstance(frame, pl.LazyFrame):
        return made
    return made.collect()


def _read(timeframe: str) -> tuple[int, str]:
    found = fullmatch("([1-9][0-9]{0,5})([smhdDwWM])", timeframe) if isinstance(timeframe, str) else None
    if found is None:
        bound = "a count with a unit, such as 5m, 4h, 1D, 1W, 1M"
        raise ParamError(
            f"timeframe {timeframe!r} is not {bound}", "param_choice", "timeframe", str(timeframe), bound
        )
    return int(found[1]), _UNITS[found[2]]


def _bars() -> list[pl.Expr]:
    # A missing price is none: the first and the last that there are count.
    def known(name: str) -> pl.Expr:
        return pl.col(name).fill_nan(None).drop_nulls()

    return [
        known("open").first().alias("open"),
        known("high").max().alias("high"),
        known("low").min().alias("low"),
        known("close").last().alias("close"),
        pl.when(pl.col("volume").is_not_null().any())
        .then(pl.col("volume").fill_nan(None).sum())
        .alias("volume"),
    ]


def _plain(frame: pl.LazyFrame, count: int, unit: str, symbol: list[str]) -> pl.LazyFrame:
    every = f"{count}{unit}"
    ends = pl.col("time").dt.offset_by(every)
    made = (
        frame.sort([*symbol, "time"], maintain_order=True)
        .group_by_dynamic("time", every=every, group_by=symbol or None)
        .agg(*_bars(), pl.col("time").last().alias("_last"))
    )
    return _finished(made, ends, frame, symbol)


def _finished(made: pl.LazyFrame, ends: pl.Expr, frame: pl.LazyFrame, symbol: list[str]) -> pl.LazyFrame:
    """The bars with whether they are complete: whether the next bar's time has come."""
    # The length of the bars that were given is the shortest way between two of them.
    step = pl.col("time").diff().filter(pl.col("time").diff() > pl.duration(milliseconds=0)).min()
    if symbol:
        step = pl.col("time").diff().over("symbol")
        step = step.filter(step > pl.duration(milliseconds=0)).min()
    steps = frame.select(step.alias("_step"))
    joined = made.join(steps, how="cross")
    over = pl.col("_last") + pl.col("_step").fill_null(pl.duration(milliseconds=0)) >= ends
    later = (
        pl.col("time") < pl.col("time").max().over(symbol)
        if symbol
        else pl.col("time") < pl.col("time").max()
    )
    names = [*symbol, "time", "open", "high", "low", "close", "volume"]
    return joined.select(*names, (over | later).alias("complete")).sort([*symbol, "time"])


def _by_sessions(
    frame: pl.LazyFrame, count: int, unit: str, symbol: list[str], calendar: Calendar
) -> pl.LazyFrame:
    sessions = calendar.sessions().lazy().with_columns(pl.col("opens", "closes").cast(TIME))
    inside = (
        frame.sort("time", maintain_order=True)
        .join_asof(sessions.sort("opens"), left_on="time", right_on="opens")
        .filter(pl.col("time") < pl.col("closes"))
    )
    if unit in ("s", "m", "h"):
        # Counted from the opening: as if every session opened at the beginning of time.
        begun = (pl.col("time") - pl.col("opens")).cast(pl.Int64).cast(pl.Datetime("ms"))
        keys: list[str] = [*symbol, "opens", "closes"]
        made = (
            inside.with_columns(begun.alias("_since"))
            .sort([*keys, "_since"], maintain_order=True)
            .group_by_dynamic("_since", every=f"{count}{unit}", group_by=keys)
            .agg(*_bars(), pl.col("time").last().alias("_last"))
            .with_columns(
                (pl.col("opens") + pl.col("_since").cast(pl.Int64).cast(pl.Duration("ms"))).alias("time")
            )
        )
        length = pl.duration(seconds=count * {"s": 1, "m": 60, "h": 3600}[unit])
        ends = pl.min_horizontal(pl.col("time") + length, pl.col("closes"))
    else:
        every = f"{count}{unit}"
        calendar_bars = (
            sessions.sort("day")
            .group_by_dynamic("day", every=every)
            .agg(pl.col("opens").first().alias("_from"), pl.col("closes").last().alias("_to"))
        )
        keyed = inside.sort([*symbol, "day", "time"], maintain_order=True)
        made = (
            keyed.group_by_dynamic("day", every=every, group_by=symbol or None)
            .agg(*_bars(), pl.col("time").last().alias("_last"))
            .join(calendar_bars, on="day", how="left", maintain_order="left")
            .with_columns(pl.col("_from").alias("time"))
        )
        ends = pl.col("_to")
    return _finished(made, ends, frame, symbol)
