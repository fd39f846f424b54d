"""The catalog: what each indicator reads, takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeVar

from tvf import _core
from tvf._types import Compat
from tvf.errors import UnknownNameError

__all__ = ["Entry", "Name", "Param", "catalog", "converged_from", "warmup"]

T = TypeVar("T")


class Name(str):
    """The name of an input or output, with what else is known of it."""

    __slots__ = ("doc", "kind", "optional")

    optional: bool
    """Whether a call may leave the input out."""
    doc: str
    """What the output is."""
    kind: str
    """What an output's numbers are: "value", "index", "time" or "sign"."""

    def __new__(cls, name: str, *, optional: bool = False, doc: str = "", kind: str = "value") -> Name:
        """A name with these facts."""
        self = super().__new__(cls, name)
        self.optional = optional
        self.doc = doc
        self.kind = kind
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _name, (str(self), self.optional, self.doc, self.kind)


def _name(name: str, optional: bool, doc: str, kind: str) -> Name:
    return Name(name, optional=optional, doc=doc, kind=kind)


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter."""

    name: str
    doc: str
    """What it does."""
    type: Literal["int", "float", "choice", "choice_or_int"]
    default: int | float | str | None
    """Its value when not given; None where it is another parameter's: see `same_as`."""
    talib: int | float | str | None
    """Its value when not given under compat="talib", where that differs."""
    same_as: str | None
    """The parameter whose value it takes when not given."""
    min: int | float | None
    max: int | float | None
    choices: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator."""

    id: str
    kind: Literal["series", "table"]
    title: str
    summary: str
    """What it tells a trader."""
    formula: str
    edges: tuple[str, ...]
    """The stated answers for degenerate input."""
    source: str
    """Who published it."""
    missing: Literal["window", "reseed", "pass_over"]
    """What a missing value in the input does to later bars."""
    inputs: tuple[Name, ...]
    params: tuple[Param, ...]
    outputs: tuple[Name, ...]
    numbers: tuple[Name, ...]
    """The numbers that a table has beside its rows."""
    rows: Literal["events", "state"] | None
    """What a table's rows are: events, each final when its bar closes, or the market's state at the
    last bar."""
    warmup: int
    """Leading bars without a value with the default parameters, for the output that starts last."""
    converged_from: int | None
    """Leading bars whose values depend on where the data begins by more than 1e-6, with the default
    parameters, for the output that converges last; None where no number of bars is enough."""
    overlay: bool
    """Whether a chart draws it over the prices."""
    styles: tuple[str, ...]
    """How a chart draws each output: "line", "histogram", "band", "marker" or "hidden"."""
    levels: tuple[float, ...]
    """Levels worth a line of their own, such as 30 and 70."""

    def warmup_for(self, *, compat: Compat = "tradingview", **params: Any) -> dict[str, int]:
        """Leading bars without a value for each output, with these parameters."""
        return self._by_output(_core.warmup(self.id, compat, params))

    def converged_for(self, *, compat: Compat = "tradingview", **params: Any) -> dict[str, int | None]:
        """Leading bars whose values depend on where the data begins by more than 1e-6, for each
        output, with these parameters; None where no number of bars is enough."""
        return self._by_output(_core.converged(self.id, compat, params))

    def _by_output(self, bars: list[T]) -> dict[str, T]:
        # A table has one row at a time, and so one number of bars.
        each = bars * len(self.outputs) if self.kind == "table" else bars
        return dict(zip(map(str, self.outputs), each, strict=True))

    def shifts_for(self, *, compat: Compat = "tradingview", **params: Any) -> dict[str, int]:
        """How many bars to the right of its own a chart draws each output's values, with these
        parameters; negative to the left."""
        bars = _core.shifts(self.id, compat, params)
        return dict(zip(map(str, self.outputs), bars, strict=True)) if bars else {}


def catalog() -> list[Entry]:
    """Every indicator, in the order of the documentation."""
    return list(entries().values())


def warmup(id: str, *, compat: Compat = "tradingview", **params: Any) -> int:  # noqa: A002
    """Leading bars without a value, for the output that starts last."""
    return max(_core.warmup(entry(id).id, compat, params))


def converged_from(id: str, *, compat: Compat = "tradingview", **params: Any) -> int | None:  # noqa: A002
    """Leading bars whose values depend on where the data begins, for the output that converges last.

    From there on, the same bars behind any other history give values that differ by less than 1e-6
    of the scale of what is averaged: of prices, ranges or movements. None where no number of bars
    is enough, as for running sums.
    """
    return _latest(_core.converged(entry(id).id, compat, params))


def _latest(bars: list[int | None]) -> int | None:
    known = [n for n in bars if n is not None]
    return max(known) if len(known) == len(bars) else None


def entry(id: str) -> Entry:  # noqa: A002
    """The entry of an id."""
    found = entries().get(id) if isinstance(id, str) else None
    if found is not None:
        return found
    known = ", ".join(entries())
    why = f'unknown indicator "{id}"; there are {known}'
    raise UnknownNameError(why, "unknown_indicator", "id", str(id), known)


@cache
def entries() -> dict[str, Entry]:
    """The catalog by id."""
    return {raw["id"]: _entry(**raw) for raw in _core.catalog()}


def _entry(
    inputs: list[tuple[str, bool]],
    params: list[dict[str, Any]],
    outputs: list[tuple[str, str, str]],
    numbers: list[tuple[str, str, str]],
    edges: list[str],
    styles: list[str],
    levels: list[float],
    **plain: Any,
) -> Entry:
    return Entry(
        **plain,
        edges=tuple(edges),
        inputs=tuple(Name(name, optional=optional) for name, optional in inputs),
        params=tuple(Param(**{**p, "choices": p["choices"] and tuple(p["choices"])}) for p in params),
        outputs=tuple(Name(name, doc=doc, kind=kind) for name, doc, kind in outputs),
        numbers=tuple(Name(name, doc=doc, kind=kind) for name, doc, kind in numbers),
        warmup=max(_core.warmup(plain["id"], "tradingview", {})),
        converged_from=_latest(_core.converged(plain["id"], "tradingview", {})),
        styles=tuple(styles),
        levels=tuple(levels),
    )
