"""Where bars come from when the store does not have them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from tvf import _core
from tvf.cache._frames import Columns, to_columns
from tvf.errors import FetchError, ParamError


class FetchFunction(Protocol):
    """A function that gives the bars of a series from `start` to `end`, both included, in milliseconds
    since 1970 UTC: a frame with the columns of bars, with no rows if there are none."""

    def __call__(self, symbol: str, timeframe: str, start: int, end: int, /) -> Any:
        """The bars."""


class Source(Protocol):
    """A source with a name; the store remembers it with the bars."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def fetch(self, symbol: str, timeframe: str, start: int, end: int, /) -> Any:
        """The bars of a series from `start` to `end`, both included."""


AnySource: TypeAlias = Source | FetchFunction


@dataclass(frozen=True, slots=True)
class Retry:
    """How often a source is tried. The wait doubles after each failure, and half of it is chance."""

    tries: int = 4
    """How often in all."""
    first: float = 0.25
    """Seconds to wait after the first failure."""
    most: float = 30.0
    """The longest wait in seconds. A source that asks for a longer one has failed."""

    def __post_init__(self) -> None:
        if not 1 <= self.tries <= 1000:
            why = f"tries is {self.tries}, not 1 to 1000"
            raise ParamError(why, "param_range", "tries", str(self.tries), "1 to 1000")
        for name, value in (("first", self.first), ("most", self.most)):
            if not 0 <= value <= 86_400:
                why = f"{name} is {value}, not 0 to 86400 seconds"
                raise ParamError(why, "param_range", name, str(value), "0 to 86400")

    def plain(self) -> tuple[int, dt.timedelta, dt.timedelta]:
        """As the core takes it."""
        return self.tries, dt.timedelta(seconds=self.first), dt.timedelta(seconds=self.most)


def feed(source: AnySource) -> _core.Feed:
    """A source as the core asks it."""
    compiled = getattr(source, "_feed", None)
    if isinstance(compiled, _core.Feed):
        return compiled
    fetch = getattr(source, "fetch", source)
    if not callable(fetch):
        got, bound = (
            type(source).__name__,
            "a function of symbol, timeframe, start and end, or an object with fetch",
        )
        raise ParamError(f"source is of type {got}, not {bound}", "param_type", "source", got, bound)
    name = getattr(source, "name", None) or getattr(source, "__qualname__", None) or type(source).__name__

    def ask(symbol: str, timeframe: str, start: int, end: int) -> Columns | tuple[Any, ...]:
        try:
            found = fetch(symbol, timeframe, start, end)
            return to_columns(found)
        except FetchError as error:
            again = None if error.again is None else dt.timedelta(seconds=error.again)
            return str(error), again, error
        except OSError as error:
            # Connections that fail and time out; of other errors another try would make the same.
            return f"{type(error).__name__}: {error}", dt.timedelta(0), error
        except Exception as error:
            return f"{type(error).__name__}: {error}", None, error

    return _core.Feed.of(str(name), ask)
