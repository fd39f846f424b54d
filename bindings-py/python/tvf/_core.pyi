# ruff: noqa: A002
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, Self, TypeAlias, final

from numpy import float64, int32, int64
from numpy.typing import NDArray
from typing_extensions import disjoint_base

from tvf._bars import Bar, Bars
from tvf._candlestick_names import Candlestick
from tvf._sessions import Anchor, Opening
from tvf._types import Column, Late, Moment, Outside
from tvf.chart._axes import TimeUnit

__all__ = [
    "Axis",
    "BarBuilder",
    "Candlesticks",
    "Feed",
    "Indicator",
    "Loader",
    "Look",
    "Plan",
    "Store",
    "Stream",
    "Transform",
    "Watch",
    "__version__",
    "candlestick_patterns",
    "candlesticks",
    "catalog",
    "composite",
    "converged",
    "displace",
    "evaluate_forecast",
    "evaluate_probabilities",
    "evaluate_returns",
    "evaluate_trades",
    "explain_candlestick",
    "families",
    "fibonacci",
    "fibonacci_figures",
    "fibonacci_levels",
    "hit_levels",
    "hit_line",
    "hit_polyline",
    "hit_rectangle",
    "lttb",
    "register",
    "session",
    "sessions",
    "shifts",
    "signal_sources",
    "ticks",
    "time_ticks",
    "transforms",
    "tunable",
    "tune",
    "warmup",
]

__version__: str

@final
class Indicator:
    @property
    def inputs(self) -> list[str]: ...
    batch: Callable[..., Any]
    def pieces(
        self, pieces: list[tuple[NDArray[float64], ...]], params: tuple[Any, ...], compat: Any
    ) -> Any: ...

def register(id: str, result: type | None = None, row: type | None = None) -> Indicator: ...
def catalog() -> list[dict[str, Any]]: ...
def converged(id: str, compat: Any, params: dict[str, Any]) -> list[int | None]: ...
def displace(column: NDArray[float64], bars: int) -> None: ...
def shifts(id: str, compat: Any, params: dict[str, Any]) -> list[int]: ...
def warmup(id: str, compat: Any, params: dict[str, Any]) -> list[int]: ...
def candlestick_patterns() -> list[dict[str, Any]]: ...
def candlesticks(
    patterns: list[str],
    open: NDArray[float64],
    high: NDArray[float64],
    low: NDArray[float64],
    close: NDArray[float64],
    penetration: float | None,
    partial: bool,
    trend: int,
) -> list[NDArray[int32]]: ...
def explain_candlestick(
    pattern: str,
    bar: int,
    open: NDArray[float64],
    high: NDArray[float64],
    low: NDArray[float64],
    close: NDArray[float64],
    penetration: float | None,
    partial: bool,
    trend: int,
) -> list[tuple[int, bool, str, str, float, Literal[">", ">=", "<", "<="], float, bool, str]]: ...
def sessions(
    time: NDArray[float64],
    began: float,
    anchor: str,
    minutes: float,
    changes: Sequence[tuple[float, float]],
    open: float,
) -> NDArray[float64]: ...
def session(
    time: float,
    began: float,
    anchor: str,
    minutes: float,
    changes: Sequence[tuple[float, float]],
    open: float,
) -> tuple[float, float, float]: ...

@final
class Look:
    def __new__(cls, columns: tuple[NDArray[float64] | None, ...]) -> Self: ...
    @property
    def bars(self) -> int: ...
    @property
    def given(self) -> list[bool]: ...
    def append(self, columns: tuple[NDArray[float64] | None, ...]) -> None: ...
    def replace(self, bar: tuple[float, float, float, float, float, float]) -> None: ...
    def column(self, column: int, start: int, stop: int) -> NDArray[float64]: ...
    def cull_time(self, first: float, last: float, margin: float) -> tuple[int, int]: ...
    def cull_index(self, first: float, last: float, margin: float) -> tuple[int, int]: ...
    def range(
        self, start: int, stop: int, scale: str, top: float, bottom: float
    ) -> tuple[float, float] | None: ...
    def candles(self, start: int, stop: int, most: float) -> tuple[int, int, list[NDArray[float64]]]: ...
    def extremes(self, start: int, stop: int, most: float) -> tuple[NDArray[int64], NDArray[float64]]: ...

@final
class Axis:
    def __new__(
        cls, kind: str, low: float, high: float, height: float, base: float, inverted: bool
    ) -> Self: ...
    def y(self, price: float) -> float: ...
    def price(self, y: float) -> float: ...
    def shown(self, price: float) -> float: ...
    def price_of(self, shown: float) -> float: ...
    def y_of(self, shown: float) -> float: ...
    def ys(self, prices: NDArray[float64]) -> NDArray[float64]: ...

def lttb(x: NDArray[float64], y: NDArray[float64], most: float) -> NDArray[int64]: ...
def ticks(
    low: float, high: float, most: float, unit: float, log: bool
) -> tuple[NDArray[float64], float, int]: ...
def time_ticks(
    first: float, last: float, most: float, changes: Sequence[tuple[float, float]]
) -> tuple[NDArray[int64], list[TimeUnit]]: ...
def hit_line(
    at: tuple[float, float], a: tuple[float, float], b: tuple[float, float], reach: int
) -> float: ...
def hit_rectangle(
    at: tuple[float, float], a: tuple[float, float], b: tuple[float, float], filled: bool
) -> float: ...
def hit_polyline(at: tuple[float, float], x: NDArray[float64], y: NDArray[float64]) -> tuple[float, int]: ...
def hit_levels(
    at: tuple[float, float], first: float, last: float, heights: NDArray[float64], extended: bool
) -> tuple[float, int]: ...
def fibonacci(first: float, last: float, ratio: float) -> float: ...
def families() -> list[dict[str, Any]]: ...
def evaluate_returns(
    returns: NDArray[float64],
    benchmark: NDArray[float64] | None,
    risk_free: NDArray[float64],
    required_return: NDArray[float64],
    settings: tuple[float, float, float, float, float],
) -> list[float]: ...
def evaluate_trades(
    profit: NDArray[float64],
    returns: NDArray[float64] | None,
    entry: NDArray[float64] | None,
    exit: NDArray[float64] | None,
) -> list[float]: ...
def evaluate_probabilities(classes: list[NDArray[float64]], outcomes: NDArray[float64]) -> list[float]: ...
def evaluate_forecast(actual: NDArray[float64], predicted: NDArray[float64]) -> list[float]: ...

@final
class Watch:
    def __new__(cls, id: str, params: dict[str, Any]) -> Self: ...
    @property
    def params(self) -> dict[str, Any]: ...
    @property
    def bars(self) -> int: ...
    def update(self, columns: tuple[NDArray[float64] | None, ...]) -> list[NDArray[float64]]: ...
    def peek(self, columns: tuple[NDArray[float64] | None, ...]) -> list[NDArray[float64]]: ...
    def extend(self, columns: tuple[NDArray[float64] | None, ...]) -> list[NDArray[float64]]: ...
    def misses(self, columns: tuple[NDArray[float64] | None, ...]) -> list[NDArray[float64]]: ...
    def replace(self, columns: tuple[NDArray[float64] | None, ...]) -> list[NDArray[float64]]: ...
    def forming(self) -> list[NDArray[float64]]: ...

def transforms() -> list[dict[str, Any]]: ...

@final
class Transform:
    def __new__(cls, id: str, params: dict[str, Any]) -> Self: ...
    @property
    def params(self) -> dict[str, Any]: ...
    @property
    def bars(self) -> int: ...
    def update(self, columns: tuple[NDArray[float64] | None, ...]) -> list[NDArray[float64]]: ...
    def peek(self, columns: tuple[NDArray[float64] | None, ...]) -> list[NDArray[float64]]: ...
    def extend(self, columns: tuple[NDArray[float64] | None, ...]) -> list[NDArray[float64]]: ...
    def replace(self, columns: tuple[NDArray[float64] | None, ...]) -> list[NDArray[float64]]: ...
    def forming(self) -> list[NDArray[float64]]: ...

def fibonacci_figures() -> list[tuple[str, str, str, int, list[float]]]: ...
def fibonacci_levels(
    columns: tuple[NDArray[float64] | None, ...],
    points: Sequence[Sequence[float]] | None,
    kinds: Sequence[str],
    ratios: Sequence[float] | None,
    params: dict[str, Any],
) -> list[list[NDArray[float64]]]: ...
def signal_sources() -> list[dict[str, Any]]: ...
def composite(
    columns: tuple[NDArray[float64] | None, ...],
    weights: Sequence[tuple[str, float]],
    only: Sequence[str] | None,
    params: dict[str, Any],
    threads: int,
) -> list[list[NDArray[float64]]]: ...

@final
class Plan:
    def __new__(cls, members: Any, columns: Sequence[str]) -> Self: ...
    @property
    def used(self) -> list[bool]: ...
    @property
    def members(self) -> list[int]: ...
    @property
    def results(self) -> list[tuple[str, bool]]: ...
    def run(self, columns: list[NDArray[float64] | None], threads: int, shifted: bool) -> list[Any]: ...

@final
class BarBuilder:
    """Makes bars of ticks, or of shorter bars: by the sessions of a zone, one by one or in columns, with
    the same bits however a series is cut into calls. The forming bar is at hand all the time.

        builder = tvf.BarBuilder("5m", zone="America/New_York", session="09:30-16:00")
        if builder.tick(time, price, size=100) == "push":  # a new bar has begun
            print(builder.closed)  # those that ended before it

    Bars of seconds, minutes and hours count from the session's opening in true time, and the last one
    ends with the session; days are sessions, weeks begin with Monday's, months with the first one's. A
    session that opens at noon or later belongs to the following day.

    A tick in a bar that has closed is late for good. Ticks of one time and price are trades, unless an
    `id` that does not rise says otherwise. A builder takes ticks or bars; of bars, one with the opening
    time of the latest again takes its place.

    Several threads may use one builder: their calls take turns, each as a whole. It can be copied and
    pickled, and its snapshot can be restored in the browser.

    Args:
        timeframe: A count with a unit: "30s", "5m", "4h", "1d", "1w", "1M". Seconds to hours reach up
            to a day, days to months up to a year.
        zone: IANA name of the zone that openings are in; its clock changes are followed.
        open: Opening of the session, "HH:MM" or minutes after local midnight; the market is open until
            the next one.
        session: Opening and closing, such as "09:30-16:00", in the place of `open`; over midnight if
            the second is not the later one.
        outside: What becomes of ticks and bars between a closing and the next opening: "drop" counts
            them in `dropped`, "keep" counts them with the session before.
        late: What becomes of a tick before the latest one that still lies in the forming bar: "drop"
            counts it in `dropped`; "merge" takes its size, and its price into high and low, and into
            the open if it is the earliest of all; "error" raises for whatever comes late.
        fill: "previous" fills the buckets without a tick inside a session with flat bars at the close
            before them, never over hours in which the market is closed.
        limit: The most bars that a gap is filled with; the rest of it stays open and is counted in
            `gaps`.
    """

    def __new__(
        cls,
        timeframe: str,
        *,
        zone: str | None = None,
        open: Opening | None = None,
        session: str | None = None,
        outside: Outside | None = None,
        late: Late | None = None,
        fill: Literal["none", "previous"] | None = None,
        limit: int | None = None,
    ) -> Self: ...
    def tick(
        self, time: Moment, price: float, size: float | None = None, id: int | None = None
    ) -> Literal["push", "replace", "dropped"]:
        """Takes a tick: "push" if a new bar began with it, "replace" if it changed the forming one,
        "dropped" if it was not used. Without a size each tick counts as 1."""
    def ticks(
        self, time: Column, price: Column, size: Column | None = None, id: Column | None = None
    ) -> Bars:
        """Takes any number of ticks, column by column, and gives the bars that they closed. If one of
        them is an error, none is taken."""
    def bar(
        self,
        time: Moment,
        open: float,
        high: float,
        low: float,
        close: float,
        volume: float | None = None,
    ) -> Literal["push", "replace", "dropped"]:
        """Takes a bar of a shorter timeframe by its opening time, and tells the same of it. One with the
        time of the latest again takes its place, as if that had never been."""
    def bars(
        self,
        time: Column,
        open: Column,
        high: Column,
        low: Column,
        close: Column,
        volume: Column | None = None,
    ) -> Bars:
        """Takes any number of bars, column by column, and gives the bars that they closed."""
    def begin(
        self,
        time: Moment,
        open: float,
        high: float,
        low: float,
        close: float,
        volume: float | None = None,
    ) -> None:
        """Begins with a bar that is forming already, such as the last one of a history; ticks go on with
        it. It must begin where a bar of this timeframe does."""
    def close(self, now: Moment | None = None) -> Bars:
        """Closes the forming bar if it ends at a moment or before, and fills what has passed since; without a
        moment closes it in any case. Gives what was closed."""
    @property
    def forming(self) -> Bar | None:
        """The bar that is forming."""
    @property
    def closed(self) -> list[Bar]:
        """The bars that the last call closed, with the flat ones that it filled gaps with."""
    @property
    def changes(self) -> list[tuple[Literal["push", "replace"], Bar]]:
        """What the last call means to a list of bars that has seen the calls before: which to push, and
        which to put in the place of the last one."""
    @property
    def dropped(self) -> dict[str, int]:
        """How much was not used, by reason: late, duplicate, outside, missing."""
    @property
    def gaps(self) -> int:
        """How many gaps were longer than the limit, and left open from there."""
    @property
    def params(self) -> dict[str, Any]:
        """The settings by name."""
    def snapshot(self) -> bytes:
        """The whole state as bytes that any build of any host can resume."""
    @classmethod
    def restore(cls, snapshot: bytes | bytearray | memoryview) -> Self:
        """The builder that a snapshot was taken of."""
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Candlesticks:
    """Candlestick patterns bar by bar. However a series is cut into calls, the results are those of
    `tvf.candlesticks` over the whole of it.

        detector = tvf.Candlesticks(["engulfing", "doji"])
        detector.update(open, high, low, close)  # {"engulfing": 0, "doji": 100}

    Several threads may use one detector: their calls take turns, each as a whole. It can be copied and
    pickled, and its snapshot can be restored in the browser.

    Args:
        patterns: The names to look for; all if not given.
        penetration: As in `tvf.candlestick`.
        partial: As in `tvf.candlestick`.
        trend: As in `tvf.candlestick`.
    """

    def __new__(
        cls,
        patterns: Iterable[Candlestick] | None = None,
        *,
        penetration: float | None = None,
        partial: bool = True,
        trend: int | None = None,
    ) -> Self: ...
    def update(self, open: float, high: float, low: float, close: float) -> dict[str, int]:
        """Takes a closed bar, and gives its results by pattern."""
    def peek(self, open: float, high: float, low: float, close: float) -> dict[str, int]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
    def replace(self, open: float, high: float, low: float, close: float) -> dict[str, int]:
        """Puts another bar in the place of the last one, and gives its results."""
    def extend(self, open: Column, high: Column, low: Column, close: Column) -> dict[str, Any]:
        """Takes any number of closed bars, column by column, and gives the columns of their results: of
        the kind that `open` is."""
    def snapshot(self) -> bytes:
        """The whole state as bytes that any build of any host can resume."""
    @classmethod
    def restore(cls, snapshot: bytes | bytearray | memoryview) -> Self:
        """The detector that a snapshot was taken of."""
    def __reduce__(self) -> tuple[Any, ...]: ...
    @property
    def patterns(self) -> tuple[str, ...]:
        """The names that are looked for."""
    @property
    def bars(self) -> int:
        """Bars taken so far."""

@disjoint_base
class Stream:
    """One indicator that takes bars as they close, can look at the forming one, and can revise the
    last one. Each costs the same however long the period and the history are. The rows of a table
    that describes a state (`support_resistance`, `volume_profile`) come on top: they are computed
    anew for each call, those of `volume_profile` from all bars after a new high or low of the series.

    Several threads may use one stream: their calls take turns, each as a whole. A stream can be
    copied and pickled, and its snapshot can be restored in the browser.
    """

    def __new__(cls, id: str, /, *, compat: str | None = None, **params: Any) -> Self: ...
    def update(self, *args: Any, **kwargs: Any) -> Any:
        """Takes a closed bar, one value per input, and gives its result: a float, a named tuple of
        floats, or the list of a table's new rows."""
    def peek(self, *args: Any, **kwargs: Any) -> Any:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
    def replace(self, *args: Any, **kwargs: Any) -> Any:
        """Puts another bar in the place of the last one, and gives its result."""
    def extend(self, *args: Any, **kwargs: Any) -> Any:
        """Takes any number of closed bars, column by column, and gives the columns of their results.
        However a series is cut into calls, the results are those of the whole series at once."""
    def _pieces(
        self, pieces: list[tuple[NDArray[float64], ...]], time: NDArray[float64] | None = None
    ) -> Any: ...
    @property
    def summary(self) -> dict[str, float]:
        """The numbers beside a table's rows as of the last bar taken, by name; empty where there are
        none."""
    def _numbers(self, time: NDArray[float64]) -> NDArray[float64]: ...
    @property
    def _clock(self) -> int | None: ...
    def snapshot(self) -> bytes:
        """The whole state as bytes that any build of any host can resume. Of a stream with a zone they
        hold which one, but not its clock changes: `restore` is told it again."""
    @classmethod
    def restore(
        cls,
        snapshot: bytes | bytearray | memoryview,
        zone: str | None = None,
        open: Opening | None = None,
        anchor: Anchor | None = None,
    ) -> Self:
        """The stream that a snapshot was taken of. Of a stream with a zone, the same zone, `open` and
        `anchor` must be given again; without them or with others the snapshot is refused."""
    def __reduce__(self) -> tuple[Any, ...]: ...
    @property
    def id(self) -> str:
        """The indicator's id."""
    @property
    def compat(self) -> str:
        """The profile."""
    @property
    def params(self) -> dict[str, Any]:
        """All parameters by name, and the zone if there is one."""
    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the inputs."""
    @property
    def bars(self) -> int:
        """Bars taken so far."""

def tune(
    id: str,
    source: NDArray[float64],
    window: tuple[int, int],
    params: dict[str, Any],
    compat: str,
    knobs: Sequence[tuple[str, tuple[float, float] | None]],
    options: dict[str, Any],
) -> tuple[
    list[tuple[str, float]],
    tuple[float, float],
    NDArray[float64],
    list[NDArray[float64]],
    Literal["converged", "flat", "limit"],
    int,
]: ...
def tunable() -> list[tuple[str, list[tuple[str, float, float]]]]: ...

_Ends: TypeAlias = tuple[int, int]
_Columns: TypeAlias = tuple[NDArray[int64], list[NDArray[float64]]]
_Known: TypeAlias = tuple[tuple[str, str], int, _Ends | None, int, str, int | None, list[_Ends]]
_Retry: TypeAlias = tuple[int, dt.timedelta, dt.timedelta]
_Far: TypeAlias = tuple[int, int, int, int, list[tuple[str, str, Any]], bool, bool]

@final
class Store:
    def __new__(
        cls,
        path: str,
        read_only: bool,
        wait: dt.timedelta,
        memory: int,
        lifetimes: Sequence[int | None],
        now: Callable[[], int] | None,
    ) -> Self: ...
    def put(
        self, puts: Sequence[tuple[str, str, _Columns, str, _Ends | None, bool | None]]
    ) -> tuple[int, int, int]: ...
    def get(self, symbol: str, timeframe: str, within: _Ends) -> _Columns: ...
    def batch(self, symbol: str, timeframe: str, within: _Ends, least: int) -> _Columns | None: ...
    def need(self, symbol: str, timeframe: str, within: _Ends) -> tuple[list[_Ends], _Ends | None]: ...
    def gaps(self, symbol: str, timeframe: str, within: _Ends) -> list[tuple[_Ends, bool]]: ...
    def about(self, symbol: str, timeframe: str) -> _Known | None: ...
    def all(self) -> list[_Known]: ...
    def stats(self) -> tuple[int, int, int, int, int]: ...
    def verify(self) -> list[tuple[str, str]]: ...
    def heal(self) -> int: ...
    def compact(self) -> tuple[int, int]: ...
    def remove(self, symbol: str, timeframe: str) -> bool: ...
    def now(self) -> int: ...
    def close(self) -> None: ...

@final
class Feed:
    @staticmethod
    def of(name: str, call: Callable[[str, str, int, int], Any]) -> Feed: ...
    @staticmethod
    def http(
        base: str,
        path: str,
        key: str | None,
        timeout: dt.timedelta,
        per_second: float | None,
        burst: int,
        most: int,
    ) -> Feed: ...
    @staticmethod
    def sample() -> Feed: ...
    @property
    def name(self) -> str: ...
    def fetch(self, symbol: str, timeframe: str, within: _Ends) -> _Columns: ...
    def read_through(
        self,
        store: Store,
        symbol: str,
        timeframe: str,
        within: _Ends,
        retry: _Retry,
        stale_while_revalidate: bool,
    ) -> _Columns: ...

@final
class Loader:
    def __new__(
        cls,
        store: Store,
        feed: Feed,
        wanted: Sequence[tuple[str, str, _Ends]],
        fetchers: int,
        room: int,
        retry: _Retry,
    ) -> Self: ...
    def progress(self) -> _Far: ...
    def wait(self, time: dt.timedelta) -> _Far: ...
    def cancel(self) -> None: ...
