"""Averages that fit their parameters to a stretch of the past."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tvf import _core
from tvf._columns import number, read
from tvf._types import Column, Compat
from tvf.errors import ParamError


@dataclass(frozen=True)
class Tuned:
    """What came of tuning. The parameters go into the function of the average:
    `tvf.kama(close, **tuned.params)`."""

    id: str
    """The average."""
    params: dict[str, Any]
    """What was given, and what was tuned."""
    before: float
    """The loss where the descent began."""
    after: float
    """The loss of the parameters, never above the one before."""
    losses: NDArray[np.float64]
    """The loss curve: where it began, and every step."""
    values: dict[str, NDArray[np.float64]]
    """The values of what was tuned along the curve; whole numbers lie between two of them."""
    end: Literal["converged", "flat", "limit"]
    """Why it ended: no step goes down any more, nothing changes the loss, or the most steps were made."""
    evaluations: int
    """How often the average was computed."""

    def __repr__(self) -> str:
        params = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        gain = f"loss {self.before:.6g} to {self.after:.6g} in {len(self.losses) - 1} steps"
        return f"<Tuned: {self.id}({params}), {gain}, {self.end}>"


def tune(
    id: str,  # noqa: A002
    source: Column,
    *,
    window: tuple[int, int | None] | None = None,
    params: Mapping[str, Any] | None = None,
    knobs: Iterable[str] | Mapping[str, tuple[float, float] | None] = (),
    horizon: int = 1,
    smoothness: float = 1.0,
    iterations: int = 100,
    compat: Compat = "tradingview",
) -> Tuned:
    """Fits the parameters of an average to a window of a series, by gradient descent on a stated loss.

        tuned = tvf.tune("kama", close, window=(0, 2000))
        line = tvf.kama(close, **tuned.params)  # judge it by the bars from 2000 on

    The loss of an average m of a series x over the bars t of the window:

        mean (x[t+h] - m[t])² / D  +  s · mean (m[t] - 2·m[t-1] + m[t-2])² / D

    its error as a forecast `h` bars ahead, and how much it bends, weighed by `s`, in which
    `D = mean (x[t] - x[t-1])²`.
    Nothing after the window is read. The result has the same bits everywhere.

    Args:
        id: The average; `tunable()` lists them.
        source: The series.
        window: The bars that are learnt from, the first one and the first after them; all of them if not
            given. Bars before it warm the average up.
        params: Where the descent begins, and what stays as it is; the defaults if not given.
        knobs: What is tuned: names, or names with other bounds such as `{"period": (5, 50)}`; all that
            `tunable()` has if not given. A start out of the bounds is moved to the nearest of them.
        horizon: Bars ahead that the average is a forecast of, 1 to 1000.
        smoothness: Weight of how much the average bends, 0 to 1000000.
        iterations: The most steps of the descent, 1 to 10000.
        compat: Whose definition is followed where the market disagrees.

    Raises:
        ParamError: The average cannot be tuned, has no such knob, or a bound is none; the window is not
            within the series, too short, or nothing changes in it.
        UnknownNameError: There is no such indicator.
    """
    column = np.ascontiguousarray(read(source, "source").joined())
    given = dict(params or {})
    options = {"horizon": horizon, "smoothness": smoothness, "iterations": iterations}
    ends = _window(window, len(column))
    found = _core.tune(id, column, ends, given, compat, _knobs(knobs), options)
    values, (before, after), losses, steps, end, evaluations = found
    tuned = {name: int(value) if _is_whole(id, name) else value for name, value in values}
    along = {name: column for (name, _), column in zip(values, steps, strict=True)}
    return Tuned(id, given | tuned, before, after, losses, along, end, evaluations)


def tunable() -> dict[str, dict[str, tuple[float, float]]]:
    """The averages that can be tuned, and of each the parameters with their usual bounds."""
    return {each: {name: (low, high) for name, low, high in knobs} for each, knobs in _core.tunable()}


def _is_whole(id: str, name: str) -> bool:  # noqa: A002
    from tvf._catalog import entry

    return any(param.name == name and param.type == "int" for param in entry(id).params)


def _window(window: Any, bars: int) -> tuple[int, int]:
    ends = (0, bars) if window is None else window
    read = [number(bars if end is None else end) for end in ends] if isinstance(ends, tuple | list) else []
    if len(read) != 2 or not all(end is not None and end == end // 1 and 0 <= end < 2**53 for end in read):
        bound = "two bars such as (0, 1000), the second after the window"
        raise ParamError(f"window {window!r} is not {bound}", "param_type", "window", str(window), bound)
    first, last = (int(end or 0) for end in read)
    return first, last


def _knobs(knobs: Any) -> list[tuple[str, tuple[float, float] | None]]:
    if isinstance(knobs, str):
        knobs = [knobs]
    if not isinstance(knobs, Mapping):
        return [(str(name), None) for name in knobs]
    found: list[tuple[str, tuple[float, float] | None]] = []
    for name, bounds in knobs.items():
        ends = None if bounds is None else [number(end) for end in bounds]
        if ends is None:
            found.append((str(name), None))
        elif len(ends) == 2 and ends[0] is not None and ends[1] is not None:
            found.append((str(name), (ends[0], ends[1])))
        else:
            bound = "two numbers, the lower one first"
            raise ParamError(
                f"bounds of {name} are {bounds!r}, not {bound}", "param_type", name, str(bounds), bound
            )
    return found
