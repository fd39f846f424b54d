"""What gets compared: every entry with several parameter sets, in both profiles, over all datasets."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from tvf_harness.datasets import Bars

PROFILES = ("tradingview", "talib")
LONGER_THAN_DATA = 4_000
RANDOM_SETS = 3
WALKS = (1_000, 200)
"""Bars that are taken one by one: with default parameters, and with others."""
STATE_WALK, STATE_ROWS, STATE_LEAST = 60, 700, 3
"""The same where each bar gives all rows of a state anew, up to a thousand of them: the most bars, the rows
that are enough for a walk, and the least bars. A page posts all of it at once."""
FILLED = {"min_touches": 2, "left": 8, "right": 8, "atr_period": 14}
"""The most that random parameters of a state are: with more, a table of so few bars has no rows."""

Options = dict[str, Any]


class Param(Protocol):
    """A parameter in the catalog."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def default(self) -> Any:
        """Its value when not given."""
        ...

    @property
    def min(self) -> float | None:
        """The least."""
        ...

    @property
    def max(self) -> float | None:
        """The most."""
        ...

    @property
    def choices(self) -> Sequence[str] | None:
        """What a word may be."""
        ...

    @property
    def type(self) -> Any:
        """Its kind."""
        ...


class Entry(Protocol):
    """An indicator in the catalog."""

    @property
    def id(self) -> str:
        """Its name in code."""
        ...

    @property
    def title(self) -> str:
        """Its name for people."""
        ...

    @property
    def kind(self) -> str:
        """`series` or `table`."""
        ...

    @property
    def inputs(self) -> Sequence[str]:
        """The columns it reads, in order."""
        ...

    @property
    def outputs(self) -> Sequence[str]:
        """The columns it writes, in order."""
        ...

    @property
    def numbers(self) -> Sequence[str]:
        """The numbers beside a table's rows."""
        ...

    @property
    def rows(self) -> str | None:
        """What a table's rows are: `events`, or the `state` at the last bar."""
        ...

    @property
    def params(self) -> Sequence[Param]:
        """Its parameters."""
        ...

    @property
    def overlay(self) -> bool:
        """Whether a chart draws it over the prices."""
        ...

    @property
    def styles(self) -> Sequence[str]:
        """How a chart draws each output."""
        ...

    @property
    def levels(self) -> Sequence[float]:
        """Levels that a chart draws a line at."""
        ...

    def shifts_for(self) -> dict[str, int]:
        """How many bars to the right of its own a chart draws each output, with default parameters."""
        ...


def _is_whole(param: Param) -> bool:
    return isinstance(param.default, int) or "int" in str(param.type).lower()


def _numeric(param: Param) -> bool:
    return param.min is not None and param.max is not None


def _random_value(param: Param, random: np.random.Generator, most: float = 100.0) -> Any:
    """A likely value: lengths spread evenly in their logarithm, up to 100 or less."""
    if param.choices and not (_numeric(param) and random.random() < 0.5):
        return str(random.choice(list(param.choices)))
    low, high = float(param.min or 0), min(float(param.max or 100), most)
    if _is_whole(param):
        return int(min(high, low - 1 + math.exp(random.uniform(0, math.log(high - low + 2)))))
    return round(random.uniform(low, min(high, low + 5)), 2)


def parameter_sets(entry: Entry, seed: int = 0) -> list[Options]:
    """The default, the bounds, lengths beyond the data, each choice, and some at random; none twice."""
    random = np.random.Generator(np.random.PCG64(seed + sum(entry.id.encode())))
    lengths = [p for p in entry.params if _numeric(p) and not p.choices and _is_whole(p)]
    numbers = [p for p in entry.params if _numeric(p) and not p.choices]
    sets: list[Options] = [{}]
    if numbers:
        sets.append({p.name: p.min for p in numbers})
    if lengths:
        sets.append({p.name: int(min(LONGER_THAN_DATA, float(p.max or LONGER_THAN_DATA))) for p in lengths})
    for param in entry.params:
        sets += [{param.name: choice} for choice in param.choices or ()]
    if entry.params:
        most = FILLED if entry.rows == "state" else {}
        sets += [
            {p.name: _random_value(p, random, most.get(p.name, 100.0)) for p in entry.params}
            for _ in range(RANDOM_SETS)
        ]
    unique: list[Options] = []
    for options in sets:
        if options not in unique:
            unique.append(options)
    return unique


@dataclass(frozen=True)
class Case:
    """One entry with one set of parameters over one dataset, by every path."""

    index: int
    options: Options
    dataset: str
    walk: int
    """How many bars are taken one by one."""
    cuts: tuple[int, ...]
    """Lengths of the pieces of the `split` path; they sum to the dataset's."""
    pause: int
    """After how many bars the stream is snapshotted; at most `walk`."""


def _state_walk(entry: Entry, options: Options) -> int:
    """Bars of a walk that gives rows enough: no state has more of them a bar than a parameter asks for."""
    values = [options.get(p.name, p.default) for p in entry.params if _is_whole(p)]
    return min(STATE_WALK, max(STATE_LEAST, STATE_ROWS // max(values, default=1)))


def pieces(bars: int, random: np.random.Generator) -> tuple[int, ...]:
    """Cuts a length into pieces: single bars, a few, and sizes about the core's chunks of 2048."""
    sizes = (1, 1, 2, 3, 5, 8, 31, 255, 256, 257, 700, 2047, 2048, 2049)
    found: list[int] = []
    while (rest := bars - sum(found)) > 0:
        found.append(min(rest, int(random.choice(sizes))))
    return tuple(found)


def cases_of(entry: Entry, datasets: Iterable[Bars], seed: int = 0) -> list[Case]:
    """All cases of an entry."""
    random = np.random.Generator(np.random.PCG64(seed + sum(entry.id.encode())))
    found: list[Case] = []
    for options in parameter_sets(entry, seed):
        walks = (_state_walk(entry, options),) * 2 if entry.rows == "state" else WALKS
        for profile in PROFILES:
            for bars in datasets:
                count = len(bars)
                walk = min(count, walks[0] if not options else walks[1])
                given = {**options, "compat": profile}
                pause = int(random.integers(0, walk + 1))
                found.append(Case(len(found), given, bars.name, walk, pieces(count, random), pause))
    return found
