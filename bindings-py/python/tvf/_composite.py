"""The composite signal: what all families of patterns and chosen indicators together say of the last bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tvf import _core
from tvf._bars import columns_or_frame
from tvf._columns import Floats, read_all, scalar
from tvf._table import Table
from tvf._types import Column
from tvf.errors import ParamError

__all__ = [
    "Composite",
    "CompositeReason",
    "CompositeReasons",
    "CompositeSilent",
    "CompositeSource",
    "composite",
    "composite_sources",
]

_COLUMNS = ("open", "high", "low", "close", "volume", "time")
_WORDS = {-1: "bearish", 0: "neutral", 1: "bullish"}


@dataclass(frozen=True)
class CompositeSource:
    """A source of votes: its definition."""

    id: str
    """Its name in code, such as `harmonic` or `rsi`."""
    title: str
    """Its name for people."""
    group: str
    """What kind of opinion it has: pattern, trend, reversal or volume."""
    rule: str
    """How its vote comes about."""
    weight: float
    """Its weight, unless a caller says another."""
    inputs: tuple[str, ...]
    """The columns that it cannot do without."""
    names: tuple[str, ...]
    """What its reasons may be called."""
    source: str
    """Who published it."""


_SOURCES = tuple(CompositeSource(**source) for source in _core.signal_sources())


def composite_sources() -> tuple[CompositeSource, ...]:
    """Every source of votes of `tvf.composite`, in the order of the documentation."""
    return _SOURCES


class CompositeReason(NamedTuple):
    """What a source said, and what came of it."""

    source: str
    """Who said it."""
    name: str
    """What: the pattern's name, or the indicator's."""
    vote: float
    """From −1, price is expected to fall, to 1."""
    weight: float
    """The source's weight."""
    contribution: float
    """How much of the score it is; the contributions add up to the score."""
    bar: int
    """The bar that made it certain."""
    measured: float
    """What it rests on: a pattern's score, a candlestick's value, an indicator's first value, a swing's
    retracement."""

    def __str__(self) -> str:
        said = self.name if self.name == self.source else f"{self.source} {self.name}"
        way = _WORDS[int(np.sign(self.vote))]
        return f"{said} {self.measured:.4g}: {way}, {self.contribution:+.3f} of the score (bar {self.bar})"


class CompositeSilent(NamedTuple):
    """A source that did not vote."""

    source: str
    """Which one."""
    why: str
    """Why: the column that it lacks, or that it has no value at the last bar."""


@dataclass(frozen=True, eq=False, repr=False)
class CompositeReasons(Table[CompositeReason]):
    """What was said, column by column, the greatest contributions first."""

    _row = CompositeReason

    source: NDArray[np.str_]
    """Who said it."""
    name: NDArray[np.str_]
    """What: patterns' names, or indicators'."""
    vote: Floats
    """From −1 to 1."""
    weight: Floats
    """The sources' weights."""
    contribution: Floats
    """How much of the score each is."""
    bar: NDArray[np.int64]
    """The bars that made them certain."""
    measured: Floats
    """What they rest on."""


@dataclass(frozen=True, eq=False)
class Composite:
    """The signal at the last bar."""

    bar: int | None
    """The last bar's position; None without bars."""
    time: int | None
    """Its time in milliseconds since 1970 UTC; None without a column of times."""
    direction: int
    """+1 where price is expected to rise, −1 to fall, 0 where the strength is below `neutral`."""
    score: float
    """The weighted mean of the votes, −1 to 1."""
    strength: float
    """Its size."""
    confidence: float
    """How much the sources agree, times how many of them spoke, 0 to 1."""
    reasons: CompositeReasons
    """What was said, the greatest contributions first."""
    silent: tuple[CompositeSilent, ...]
    """The sources that could not vote."""

    def __repr__(self) -> str:
        numbers = f"strength {self.strength:.3f}, confidence {self.confidence:.3f}"
        head = f"<Composite: {_WORDS[self.direction]}, {numbers}"
        rows = [str(self.reasons[i]) for i in range(min(len(self.reasons), 5))]
        more = [f"... {len(self.reasons) - 5} more reasons"] if len(self.reasons) > 5 else []
        silent = [f"silent: {', '.join(s.source for s in self.silent)}"] if self.silent else []
        return "\n  ".join([head, *rows, *more, *silent]) + ">"

    def to_dict(self) -> dict[str, Any]:
        """The signal as plain values, as JSON has them."""
        return {
            "bar": self.bar,
            "time": self.time,
            "direction": self.direction,
            "score": self.score,
            "strength": self.strength,
            "confidence": self.confidence,
            "reasons": [reason._asdict() for reason in self.reasons],
            "silent": [silent._asdict() for silent in self.silent],
        }


def composite(
    open: Any,  # noqa: A002
    high: Column | None = None,
    low: Column | None = None,
    close: Column | None = None,
    volume: Column | None = None,
    time: Column | None = None,
    *,
    weights: Mapping[str, float] | None = None,
    sources: Iterable[str] | None = None,
    half_life: float = 10.0,
    neutral: float = 0.1,
    threads: int = 0,
) -> Composite:
    """What all families of patterns and fifteen indicators together say of the last bar.

        signal = tvf.composite(open, high, low, close, volume)  # or: tvf.composite(frame)
        signal.direction, signal.strength, signal.confidence
        for reason in signal.reasons: print(reason)

    Every source has a vote v from −1 to 1 and a weight w. With the sums over all that can vote:

        score      = Σ w · v / Σ w
        strength   = |score|
        direction  = the sign of score, 0 where strength < neutral
        confidence = |Σ w · v| / Σ w · |v| · (Σ w of those with a vote that is not 0) / Σ w

    Patterns vote by their direction, score and age, until price passes what invalidates them or their
    farthest target; `composite_sources()` has the rule of each source. Nothing looks ahead, and the
    result has the same bits on any number of threads and in the browser.

    Args:
        open: First prices, None to leave candlesticks out; or a frame with all columns by name: a dict, a
            named tuple, or a Polars, pandas or Arrow frame.
        high: Highest prices.
        low: Lowest prices.
        close: Last prices.
        volume: Traded volumes; without them the sources that read volume do not vote.
        time: Opening times: milliseconds since 1970 UTC, or dates and times.
        weights: Other weights than the sources' own, by their names; 0 leaves one out.
        sources: The only sources that vote, if not all.
        half_life: Bars after which a pattern counts half (0.1 to 10,000); candlesticks fade three times as
            fast, and after six half-lives a pattern is forgotten.
        neutral: The strength below which there is no direction (0 to 1).
        threads: How many threads share the work; 0 for as many as there are cores.

    Returns:
        Direction, strength, confidence, the reasons and the sources that could not vote.

    Raises:
        ParamError: For sources that are not there, and weights below 0, above 1000 or all 0.
        InputError: For columns of different lengths, times that go back, and a source that was asked for by
            name and lacks a column.
    """
    rest = {"high": high, "low": low, "close": close, "volume": volume, "time": time}
    columns = columns_or_frame(open, rest)
    plain, _ = read_all({name: columns.get(name) for name in _COLUMNS})
    own = [(str(name), scalar(weight, "weights")) for name, weight in (weights or {}).items()]
    only = None if sources is None else _ids(sources)
    params = {"half_life": half_life, "neutral": neutral}
    (numbers,), reasons, silent = _core.composite(plain, own, only, params, _threads(threads))
    bar, moment, direction, score, strength, confidence = numbers.tolist()
    return Composite(
        bar=None if bar != bar else int(bar),
        time=None if moment != moment else int(moment),
        direction=int(direction),
        score=score,
        strength=strength,
        confidence=confidence,
        reasons=_reasons(*reasons),
        silent=tuple(map(_silent, *(column.tolist() for column in silent))),
    )


def _ids(sources: Iterable[str]) -> list[str]:
    ids = [sources] if isinstance(sources, str) else list(sources)
    for name in ids:
        if not isinstance(name, str):
            bound = "names of sources"
            got = type(name).__name__
            raise ParamError(f"sources hold a {got}, not {bound}", "param_type", "sources", got, bound)
    return ids


def _threads(threads: Any) -> int:
    if isinstance(threads, int) and not isinstance(threads, bool) and 0 <= threads <= 1024:
        return threads
    bound = "0 to 1024"
    why = f"threads are {threads!r}, not {bound}"
    raise ParamError(why, "param_range", "threads", str(threads), bound)


def _reasons(
    source: Floats,
    name: Floats,
    vote: Floats,
    weight: Floats,
    contribution: Floats,
    bar: Floats,
    measured: Floats,
) -> CompositeReasons:
    places = list(zip(source.astype(np.int64).tolist(), name.astype(np.int64).tolist(), strict=True))
    return CompositeReasons(
        source=np.array([_SOURCES[place].id for place, _ in places], dtype=np.str_),
        name=np.array([_SOURCES[place].names[word] for place, word in places], dtype=np.str_),
        vote=vote,
        weight=weight,
        contribution=contribution,
        bar=bar.astype(np.int64),
        measured=measured,
    )


def _silent(source: float, column: float) -> CompositeSilent:
    missing = column == column
    why = f"there is no {_COLUMNS[int(column)]}" if missing else "it has no value at the last bar"
    return CompositeSilent(_SOURCES[int(source)].id, why)
