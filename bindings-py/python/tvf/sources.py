"""Where bars come from: a server, a folder of files, a sample that needs neither.

    cache.get_or_fetch("AAPL", "1D", "2020-01-01", None, tvf.sources.Http())

Each has `fetch(symbol, timeframe, start, end)`, which asks it without a cache, and may be asked from
several threads.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from re import finditer, fullmatch, split
from typing import TYPE_CHECKING, Literal

from tvf import _core
from tvf.cache._frames import Bound, to_frame, within
from tvf.cache._store import charted as _charted
from tvf.errors import FetchError, ParamError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Folder", "Http", "Sample"]

BASE = "http://127.0.0.1:9060"
PATH = "/api/v1/bars?symbol={symbol}&timeframe={timeframe}&start={start}&end={end}"


class _Compiled:
    _feed: _core.Feed

    @property
    def name(self) -> str:
        """What it is called; a cache remembers it with the bars."""
        return self._feed.name

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.name}>"

    def fetch(
        self,
        symbol: str,
        timeframe: str,
        start: Bound | None = None,
        end: Bound | None = None,
    ) -> pl.DataFrame:
        """The bars from `start` to `end`, both included. It is asked once, without a cache.

        Raises:
            FetchError: There is no answer, or what came are no bars.
        """
        return to_frame(self._feed.fetch(symbol, timeframe, within(start, end)))


class Http(_Compiled):
    """A server that answers in JSON or with an Arrow stream.

    It is asked with GET. JSON is columns by name, rows by name or rows in the order time, open, high,
    low, close, volume; alone, or under `bars` or `data`. Times are numbers since 1970 UTC (seconds to
    nanoseconds, told apart by their size) or ISO 8601. Connections that fail, answers that are cut
    short, and the statuses 408, 425, 429, 500, 502, 503 and 504 are tried again by a cache, not before
    `Retry-After` has passed.

    Args:
        base: The server's address.
        path: What is asked for behind it, with `{symbol}`, `{timeframe}`, `{start}` and `{end}`: bounds
            in milliseconds since 1970 UTC, both included.
        key: A key that is sent as a bearer token.
        timeout: Seconds that a request may take in all.
        per_second: The most requests a second; as many as one likes if not given.
        burst: How many of these may be made at once after a rest.
        most: The most bytes of an answer.
    """

    def __init__(
        self,
        base: str = BASE,
        *,
        path: str = PATH,
        key: str | None = None,
        timeout: float = 30.0,
        per_second: float | None = None,
        burst: int = 1,
        most: int = 1 << 30,
    ) -> None:
        if not 0 < timeout <= 86_400:
            bound = "more than 0 and at most 86400 seconds"
            raise ParamError(
                f"timeout {timeout} is not {bound}", "param_range", "timeout", str(timeout), bound
            )
        if not 1 <= burst <= 1_000_000:
            raise ParamError(
                f"burst {burst} is not 1 to 1000000", "param_range", "burst", str(burst), "1 to 1000000"
            )
        if not 1 <= most <= 1 << 40:
            bound = "1 to 1099511627776 bytes"
            raise ParamError(f"most {most} is not {bound}", "param_range", "most", str(most), bound)
        seconds = dt.timedelta(seconds=timeout)
        self._feed = _core.Feed.http(base, path, key, seconds, per_second, burst, most)


class Folder:
    """A folder of Parquet, CSV, Arrow and zip files and all below it, or one file.

    A file's name tells symbol and timeframe: `AAPL_1D.parquet`, `BTCUSDT-1m-2024-01.zip`, `1D/AAPL.csv`.
    A column `symbol` (or `ticker`) tells the symbol better. Columns are found as by `tvf.data.scan`; of a
    file only the rows that are asked for are read. Of bars of one time the last one stays. Needs Polars.

    Args:
        path: The folder, or the file.
        unit: What numbers in the column of times count, since 1970 UTC: "s", "ms", "us" or "ns".
    """

    name = "folder"

    def __init__(self, path: str | os.PathLike[str], *, unit: Literal["s", "ms", "us", "ns"] = "ms") -> None:
        self._path = Path(path)
        self._unit: Literal["s", "ms", "us", "ns"] = unit
        if not self._path.exists():
            bound = "a folder or a file that is there"
            why = f"path {self._path} is not {bound}"
            raise ParamError(why, "param_choice", "path", str(self._path), bound)

    def __repr__(self) -> str:
        return f"<Folder: {self._path}>"

    def fetch(
        self,
        symbol: str,
        timeframe: str,
        start: Bound | None = None,
        end: Bound | None = None,
    ) -> pl.DataFrame:
        """The bars from `start` to `end`, both included.

        Raises:
            FetchError: No file has bars of the series.
        """
        import polars as pl

        from tvf.data import SCHEMA, scan

        first, last = within(start, end)
        parts = []
        for file in self._files():
            named, length = _named(file)
            if length is not None and length != _charted(timeframe):
                continue
            lazy = scan(file, unit=self._unit)
            if "symbol" in lazy.collect_schema():
                mine = lazy.filter(pl.col("symbol") == symbol)
                # A file of other symbols does not make this one known.
                if mine.head(1).collect().is_empty():
                    continue
                lazy = mine
            elif named != symbol:
                continue
            moment = pl.col("time").dt.epoch("ms")
            parts.append(lazy.filter(moment.is_between(first, last)).select(list(SCHEMA)))
        if not parts:
            bound = "a file such as AAPL_1D.parquet, 1D/AAPL.csv, or one with a column symbol"
            series = f"{symbol}:{timeframe}"
            why = f"{self._path} has no file with bars of {series}"
            raise FetchError(why, "fetch_failed", "series", series, bound)
        rows = pl.concat(parts).collect()
        return rows.sort("time", maintain_order=True).unique("time", keep="last", maintain_order=True)

    def _files(self) -> list[Path]:
        from tvf.data._files import KINDS

        if self._path.is_file():
            return [self._path]
        return sorted(
            file for file in self._path.rglob("*") if file.is_file() and file.suffix.lower() in KINDS
        )


def _named(file: Path) -> tuple[str, str | None]:
    """What a file's name says: the symbol, and how long a bar is."""
    for place in finditer("[-_ ]", file.stem):
        word = split("[-_ ]", file.stem[place.end() :])[0]
        if place.start() and fullmatch(_TIMEFRAME, word):
            return file.stem[: place.start()], _charted(word)
    parent = file.parent.name
    return file.stem, _charted(parent) if fullmatch(_TIMEFRAME, parent) else None


_TIMEFRAME = "[1-9][0-9]*[smhdDwWM]"


class Sample(_Compiled):
    """Bars that are made up: prices in cents that walk, told by symbol and time alone. They begin with
    2015, never pause, and are the same for everybody, so that examples run without a server."""

    def __init__(self) -> None:
        self._feed = _core.Feed.sample()
