"""The store of bars."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from tvf import _core
from tvf._columns import number
from tvf._types import Frame
from tvf.cache._frames import END, Bound, to_columns, to_frame, within
from tvf.cache._loader import Loader
from tvf.cache._sources import AnySource, Retry, feed
from tvf.errors import ParamError

if TYPE_CHECKING:
    import polars as pl

TTL: dict[str, float | None] = {"intraday": 300.0, "daily": 86_400.0, "weekly": None, "monthly": None}
"""Seconds for which bars are believed, None for ever, by how long a bar is."""


class Gap(NamedTuple):
    """A stretch without bars, in milliseconds since 1970 UTC, both ends included."""

    start: int
    """After the bar before."""
    end: int
    """Before the bar after."""
    unknown: bool
    """Whether nobody ever asked for bars there; else there were none."""


class Need(NamedTuple):
    """What has to be fetched to answer for a span; stretches in milliseconds, both ends included."""

    missing: list[tuple[int, int]]
    """What was never asked for."""
    stale: tuple[int, int] | None
    """From the last bar on, if that is no longer believed."""


class Written(NamedTuple):
    """What a put changed."""

    added: int
    """Bars whose time was new."""
    replaced: int
    """Bars that took the place of one of the same time."""
    chunks: int
    """Chunks that were written."""


class Compacted(NamedTuple):
    """Bytes of the file."""

    before: int
    """Before."""
    after: int
    """Afterwards."""


class Damage(NamedTuple):
    """Something that is not what was written."""

    name: str
    """The chunk or series."""
    why: str
    """What is wrong with it."""


class CacheStats(NamedTuple):
    """How much is in a store."""

    series: int
    """Series."""
    bars: int
    """Bars."""
    chunks: int
    """Chunks."""
    payload: int
    """Bytes of chunks."""
    file: int
    """Bytes of the file."""


class SeriesInfo(NamedTuple):
    """What is known of a series; times in milliseconds since 1970 UTC."""

    symbol: str
    """Its symbol."""
    timeframe: str
    """How long a bar is."""
    bars: int
    """How many there are."""
    first: int | None
    """The first bar's time."""
    last: int | None
    """The last bar's time."""
    fetched_at: int
    """When the last bar, and the time after it, were asked for last."""
    source: str
    """Where they came from."""
    forming: int | None
    """The last bar's time, if that bar was not finished when it came."""
    covered: list[tuple[int, int]]
    """The stretches that were asked for: without a bar there, there is none."""


class Cache:
    """A store of bars in one file, which is made where there is none.

    One process writes; any number may have it open with `read_only=True` meanwhile, and see each
    commit. A second writer gets an error, or waits for the first to close. Every method may be called
    from several threads. A put is written whole or not at all, whatever happens to the process; what
    was put is on disk when it returns, which is what takes its time: put many series at once with
    `put_many`.

    Timeframes are written "1m", "5m", "15m", "1h", "4h", "1D", "1W", "1M" (minutes small, months
    large), and any other count. Bounds are milliseconds since 1970 UTC, dates and times (UTC unless
    they say otherwise) or such in ISO 8601, and both included.

    Args:
        path: The file.
        read_only: Only to read.
        timeout: Seconds to wait for another writer to close.
        memory: The most bytes of pages that are kept in memory.
        ttl: Seconds for which the last bar is believed before `get_or_fetch` asks for it again: a dict
            with "intraday" (300 if not given), "daily" (86400), "weekly" and "monthly" (None: for ever,
            until a next bar may have begun).
        stale_while_revalidate: Whether `get_or_fetch` gives old bars at once, and fetches newer ones in
            the background for the next who asks.
        clock: What tells the time, in milliseconds since 1970 UTC.

    Raises:
        CacheError: The file has another writer (`cache_locked`), was damaged (`cache_damaged`), is of a
            newer version (`cache_version`), or cannot be written (`cache_read_only`, `cache_full`,
            `cache_storage`).
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        read_only: bool = False,
        timeout: float = 0.0,
        memory: int = 64 << 20,
        ttl: Mapping[str, float | dt.timedelta | None] | None = None,
        stale_while_revalidate: bool = False,
        clock: Callable[[], int] | None = None,
    ) -> None:
        self._path = os.fspath(path)
        wait = _seconds(timeout, "timeout")
        lives = [_lifetime(name, (ttl or {}).get(name, usual)) for name, usual in TTL.items()]
        if unknown := [name for name in ttl or {} if name not in TTL]:
            bound = ", ".join(TTL)
            why = f'ttl has no "{unknown[0]}"; it has {bound}'
            raise ParamError(why, "unknown_param", "ttl", str(unknown[0]), bound)
        room = number(memory)
        if room is None or not 0 <= room <= 1 << 40:
            bound = "0 to 1099511627776 bytes"
            raise ParamError(f"memory {memory!r} is not {bound}", "param_range", "memory", str(memory), bound)
        self._stale_while_revalidate = bool(stale_while_revalidate)
        self._store = _core.Store(self._path, bool(read_only), wait, int(room), lives, clock)

    @property
    def path(self) -> str:
        """Where it is."""
        return self._path

    def __repr__(self) -> str:
        return f"<Cache: {self._path}>"

    def put(
        self,
        symbol: str,
        timeframe: str,
        frame: Frame,
        *,
        source: str = "",
        asked: tuple[Bound, Bound] | None = None,
        forming: bool | None = None,
    ) -> Written:
        """Puts bars into a series; a bar takes the place of one of the same time.

        Args:
            symbol: The symbol: 1 to 128 bytes.
            timeframe: How long a bar is.
            frame: The bars, oldest first: columns by name, or a frame of Polars, pandas or Arrow. The
                columns are found as in `tvf.compute`; without a volume it is not known.
            source: Where they come from.
            asked: The stretch that was asked for, if it is more than from the first bar to the last:
                without a bar there, there is none.
            forming: Whether the last bar is not finished; if it is not said, the clock decides.

        Raises:
            InputError: Bars that are none: times that do not go up, a high below the low, a negative
                volume, an infinite price; with the row and the value. Nothing is changed then.
            CacheError: It cannot be written.
        """
        return self.put_many([(symbol, timeframe, frame)], source=source, asked=asked, forming=forming)

    def put_many(
        self,
        bars: Iterable[tuple[str, str, Frame]],
        *,
        source: str = "",
        asked: tuple[Bound, Bound] | None = None,
        forming: bool | None = None,
    ) -> Written:
        """Puts bars into several series, all of them or none: symbol, timeframe and bars of each. One
        commit, so this is much faster than one put after the other."""
        span = None if asked is None else within(*asked)
        puts = [
            (symbol, timeframe, to_columns(frame), source, span, forming) for symbol, timeframe, frame in bars
        ]
        return Written(*self._store.put(puts))

    def get(
        self, symbol: str, timeframe: str, start: Bound | None = None, end: Bound | None = None
    ) -> pl.DataFrame:
        """The bars from `start` to `end`, both included; no rows for a series that is not there. Only the
        chunks that have some of them are read.

        Raises:
            CacheError: A chunk cannot be read (`cache_damaged`, with its name): `heal` takes it out.
        """
        return to_frame(self._store.get(symbol, timeframe, within(start, end)))

    def batches(
        self,
        symbol: str,
        timeframe: str,
        start: Bound | None = None,
        end: Bound | None = None,
        *,
        size: int = 65_536,
    ) -> Iterator[pl.DataFrame]:
        """The same in frames of at least `size` bars, and at most a chunk more, so that memory stays
        bounded. Each is read when it is asked for, from what is there then."""
        if size < 1:
            raise ParamError(f"size {size} is not 1 or more", "param_range", "size", str(size), "1 or more")
        first, last = within(start, end)
        while first <= last:
            columns = self._store.batch(symbol, timeframe, (first, last), size)
            if columns is None:
                return
            yield to_frame(columns)
            if (latest := int(columns[0][-1])) == END:
                return
            first = latest + 1

    def get_or_fetch(
        self,
        symbol: str,
        timeframe: str,
        start: Bound | None,
        end: Bound | None,
        source: AnySource,
        *,
        retry: Retry | None = None,
    ) -> pl.DataFrame:
        """The bars from `start` to `end`, both included: what is not there, or no longer believed, is
        asked of the source first, and kept.

        Of several who want the same series at once, one fetches and the others wait for it. A cache that
        is only open to read gives what was fetched and keeps nothing. `end` may lie in the future. Ctrl-C
        leaves a server that does not answer; what it brings later is kept.

        Args:
            symbol: The symbol.
            timeframe: How long a bar is.
            start: The first moment.
            end: The last one.
            source: One of `tvf.sources`, a function of symbol, timeframe, start and end (milliseconds
                since 1970 UTC, both included) that returns a frame, or an object with `name` and
                `fetch`. An `OSError`, such as of a connection, is tried again, and a `FetchError`
                that says so.
            retry: How often to try.

        Raises:
            FetchError: The source gave no bars; what it raised is the cause.
            CacheError: They cannot be kept, or those that are there not read.
        """
        asked = feed(source)
        trying = (retry or Retry()).plain()
        bounds = within(start, end)
        stale = self._stale_while_revalidate
        return to_frame(asked.read_through(self._store, symbol, timeframe, bounds, trying, stale))

    def prefetch(
        self,
        symbols: Iterable[str],
        timeframe: str,
        start: Bound | None,
        end: Bound | None,
        source: AnySource,
        *,
        fetchers: int = 4,
        room: int = 16,
        retry: Retry | None = None,
    ) -> Loader:
        """Begins to load series in the background; the cache can be read meanwhile.

            with cache.prefetch(symbols, "1D", "2020-01-01", None, source) as loader:
                far = loader.wait(progress=True)
            print(far.done, far.failed)

        Args:
            symbols: The symbols.
            timeframe: How long a bar is.
            start: The first moment.
            end: The last one.
            source: As in `get_or_fetch`. It is asked from several threads.
            fetchers: How many are asked for at once, 1 to 256.
            room: How many answers may wait to be written, 1 to 65536: a source that is faster than the
                disk has to wait.
            retry: How often to try each.
        """
        bounds = within(start, end)
        wanted = [(symbol, timeframe, bounds) for symbol in symbols]
        trying = (retry or Retry()).plain()
        return Loader(_core.Loader(self._store, feed(source), wanted, fetchers, room, trying))

    def gaps(
        self, symbol: str, timeframe: str, start: Bound | None = None, end: Bound | None = None
    ) -> list[Gap]:
        """Stretches without bars: those never asked for, and those between bars that are further apart
        than in a market that never closes. From the first bar to the last if no bounds are given."""
        info = self.info(symbol, timeframe)
        # Without a bar there is nothing between the bounds that are not given.
        first, last = 0, -1
        if info is not None and info.first is not None and info.last is not None:
            first, last = info.first, info.last
        found = self._store.gaps(symbol, timeframe, within(start, end, first, last))
        return [Gap(*span, unknown) for span, unknown in found]

    def need(self, symbol: str, timeframe: str, start: Bound | None = None, end: Bound | None = None) -> Need:
        """What `get_or_fetch` would ask for now."""
        return Need(*self._store.need(symbol, timeframe, within(start, end)))

    def symbols(self, timeframe: str | None = None) -> list[str]:
        """The symbols that have series, or have one of a timeframe, in order."""
        known = self.series()
        return sorted({i.symbol for i in known if timeframe is None or i.timeframe == charted(timeframe)})

    def series(self) -> list[SeriesInfo]:
        """What is known of every series, in the order of their names."""
        return [_info(known) for known in self._store.all()]

    def info(self, symbol: str, timeframe: str) -> SeriesInfo | None:
        """What is known of one series; None if it is not there."""
        known = self._store.about(symbol, timeframe)
        return None if known is None else _info(known)

    def stats(self) -> CacheStats:
        """How much is in the store."""
        return CacheStats(*self._store.stats())

    def verify(self) -> list[Damage]:
        """Reads everything; what is not as it was written. Nothing is what should come out."""
        return [Damage(*damage) for damage in self._store.verify()]

    def heal(self) -> int:
        """Takes out the chunks that cannot be read, so that what they had counts as never fetched; how
        many those are."""
        return self._store.heal()

    def compact(self) -> Compacted:
        """Cuts series anew whose chunks are not full, and gives back room in the file. Nothing else can
        run meanwhile."""
        return Compacted(*self._store.compact())

    def remove(self, symbol: str, timeframe: str | None = None) -> int:
        """Takes a series out, or all of a symbol's; how many those were."""
        if timeframe is not None:
            return int(self._store.remove(symbol, timeframe))
        mine = [info.timeframe for info in self.series() if info.symbol == symbol]
        return sum(self._store.remove(symbol, each) for each in mine)

    def close(self) -> None:
        """Closes the file; everything after that is an error."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _info(known: tuple[Any, ...]) -> SeriesInfo:
    (symbol, timeframe), bars, ends, fetched_at, source, forming, covered = known
    first, last = (None, None) if ends is None else ends
    return SeriesInfo(symbol, timeframe, bars, first, last, fetched_at, source, forming, covered)


def charted(timeframe: str) -> str:
    """A timeframe as charts write it: days and weeks in large letters."""
    return timeframe.replace("d", "D").replace("w", "W")


def _seconds(value: Any, name: str) -> dt.timedelta:
    found = value.total_seconds() if isinstance(value, dt.timedelta) else number(value)
    if found is None or not 0 <= found <= 1e9:
        bound = "0 to 1000000000 seconds"
        raise ParamError(f"{name} {value!r} is not {bound}", "param_range", name, str(value), bound)
    return dt.timedelta(seconds=found)


def _lifetime(name: str, value: Any) -> int | None:
    return None if value is None else int(_seconds(value, f'ttl["{name}"]').total_seconds() * 1000)
