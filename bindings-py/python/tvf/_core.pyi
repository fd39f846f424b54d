# ruff: noqa: A002
from collections.abc import Callable, Sequence
from typing import Any, Self, final

from numpy import float64, int64
from numpy.typing import NDArray
from typing_extensions import disjoint_base

from tvf._sessions import Anchor, Opening
from tvf.chart._axes import TimeUnit

__all__ = [
    "Axis",
    "Indicator",
    "Look",
    "Plan",
    "Stream",
    "__version__",
    "catalog",
    "converged",
    "displace",
    "fibonacci",
    "hit_levels",
    "hit_line",
    "hit_polyline",
    "hit_rectangle",
    "lttb",
    "register",
    "session",
    "sessions",
    "shifts",
    "ticks",
    "time_ticks",
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
