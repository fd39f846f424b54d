"""Series of the service's cache, in the place of bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

import tvf
from tvf.cache import Cache, Source
from tvf.service.problems import ProblemError
from tvf.service.settings import Settings

__all__ = ["FIELDS", "Store", "Stored"]

FIELDS = ("symbol", "timeframe", "start", "end")


@dataclass(frozen=True)
class Stored:
    """Which bars of the cache."""

    symbol: str
    timeframe: str
    start: int | str | None = None
    end: int | str | None = None

    @classmethod
    def of(cls, given: dict[str, Any]) -> Stored:
        """What a request says."""
        if unknown := [name for name in given if name not in FIELDS]:
            raise ValueError(f"a series has no {unknown[0]!r}; it has {', '.join(FIELDS)}")
        for name in ("symbol", "timeframe"):
            if not isinstance(given.get(name), str):
                raise ValueError(f"a series needs {name}, a text")
        for name in ("start", "end"):
            value = given.get(name)
            if isinstance(value, bool) or not isinstance(value, int | str | None):
                raise ValueError(f"{name} is no date and time, nor milliseconds since 1970 UTC")
        return cls(**given)


class Store:
    """The cache of a process, if it has one.

    Of several processes the one that comes first writes; the others read beside it, and what they fetch
    they keep to themselves.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cache: Cache | None = None
        self._source: Source | None = None

    def open(self) -> None:
        """Opens the cache that the settings name."""
        settings = self._settings
        if settings.cache is None:
            return
        try:
            self._cache = Cache(settings.cache)
        except tvf.CacheError as error:
            if error.code != "cache_locked":
                raise
            self._cache = Cache(settings.cache, read_only=True)
        if settings.source is not None:
            self._source = _source(settings)

    def close(self) -> None:
        """Closes it."""
        if self._cache is not None:
            self._cache.close()

    def read(self, stored: Stored) -> dict[str, NDArray[np.float64]]:
        """The columns of a series; what is not there is fetched, if there is a source."""
        cache = self._cache
        if cache is None:
            bound = "bars, or a service with TVF_SERVICE_CACHE"
            why = f"this service has no cache to read {stored.symbol} from; that takes {bound}"
            raise ProblemError(422, "no_cache", why, field="symbol", value=stored.symbol, bound=bound)
        series = (stored.symbol, stored.timeframe)
        if self._source is not None:
            frame = cache.get_or_fetch(*series, stored.start, stored.end, self._source)
        else:
            frame = cache.get(*series, stored.start, stored.end)
        if frame.is_empty() and cache.info(*series) is None:
            known = cache.symbols(stored.timeframe)
            bound = ", ".join(known[:20]) + (", .." if len(known) > 20 else "") or "none yet"
            why = f"there are no bars of {stored.symbol} at {stored.timeframe}; there are {bound}"
            raise ProblemError(422, "unknown_series", why, field="symbol", value=stored.symbol, bound=bound)
        time = frame["time"].dt.epoch("ms").to_numpy().astype(np.float64)
        return {"time": time} | {name: frame[name].to_numpy() for name in frame.columns if name != "time"}


def _source(settings: Settings) -> Source:
    given = settings.source or ""
    if given == "sample":
        return tvf.sources.Sample()
    if "://" in given:
        key = settings.source_key
        return tvf.sources.Http(given, key=None if key is None else key.get_secret_value())
    return tvf.sources.Folder(given)
