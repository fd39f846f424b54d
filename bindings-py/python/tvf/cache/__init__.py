"""A store of bars in one file: what was fetched once is read from disk, exactly as it came.

    cache = tvf.Cache("bars.redb")
    cache.put("AAPL", "1D", frame)
    frame = cache.get("AAPL", "1D", start=dt.date(2024, 1, 1))

One process writes, any number read beside it (`read_only=True`). Times are milliseconds since 1970
UTC, and datetimes of that zone in frames. What comes out is a frame of Polars, which is only
imported for that.
"""

from __future__ import annotations

from tvf.cache._loader import Loader, LoadProgress
from tvf.cache._sources import Retry, Source
from tvf.cache._store import Cache, CacheStats, Compacted, Damage, Gap, Need, SeriesInfo, Written
from tvf.errors import CacheError, FetchError

__all__ = [
    "Cache",
    "CacheError",
    "CacheStats",
    "Compacted",
    "Damage",
    "FetchError",
    "Gap",
    "LoadProgress",
    "Loader",
    "Need",
    "Retry",
    "SeriesInfo",
    "Source",
    "Written",
]
