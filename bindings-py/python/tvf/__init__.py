"""Technical analysis with the same bits in Python and in the browser.

Every indicator is a function from columns to columns (`tvf.rsi(close, period=14)`), a stream that
takes bars one by one (`tvf.Stream("rsi", period=14)`, or typed `tvf.stream.Rsi(14)`), and a member
of sets (`tvf.compute(frame, [("rsi", {"period": 14})])`). `tvf.catalog()` lists them all.

Columns are NumPy arrays, Polars or pandas Series, PyArrow arrays, lists or any other sequence; what
comes back is of the same kind. Arrays are read while other threads run: do not write to one that a
call is still reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tvf import cache, chart, evaluation, indicators, patterns, results, sources, stream
from tvf._bars import Bar, Bars, resample
from tvf._candlesticks import (
    Candlestick,
    CandlestickPattern,
    Condition,
    candlestick,
    candlestick_patterns,
    candlesticks,
    explain_candlestick,
)
from tvf._catalog import Entry, Name, Param, catalog, converged_from, warmup
from tvf._composite import (
    Composite,
    CompositeReason,
    CompositeReasons,
    CompositeSilent,
    CompositeSource,
    composite,
    composite_sources,
)
from tvf._compute import compute
from tvf._core import BarBuilder, Candlesticks, Stream, __version__
from tvf._evaluate import evaluate
from tvf._evaluation import Evaluation
from tvf._fibonacci import Fibonacci, FibonacciCluster, FibonacciLevel, FibonacciPoint, fibonacci
from tvf._hook import install as _install
from tvf._lazy import lazily as _lazily
from tvf._sessions import sessions
from tvf._table import Table
from tvf._transforms import (
    KagiRow,
    PointAndFigureRow,
    Transform,
    TransformKind,
    TransformRow,
    TransformRows,
    transform,
    transforms,
)
from tvf._tune import Tuned, tunable, tune
from tvf.cache import Cache
from tvf.errors import (
    CacheError,
    Error,
    FetchError,
    InputError,
    InputTypeError,
    InputValueError,
    OutOfMemoryError,
    ParamError,
    SnapshotError,
    StateError,
    UnknownNameError,
)
from tvf.indicators import *  # noqa: F403
from tvf.patterns import *  # noqa: F403

if TYPE_CHECKING:
    from tvf import data as data
    from tvf import expr as expr
else:
    # They import Polars, so they wait for their first use. A `__getattr__` of this module would do the same,
    # but Python looks up every name of a module that has one more slowly: 20 ns a call.
    data = _lazily("tvf.data")
    expr = _lazily("tvf.expr")

__all__ = [
    "Bar",
    "BarBuilder",
    "Bars",
    "Cache",
    "CacheError",
    "Candlestick",
    "CandlestickPattern",
    "Candlesticks",
    "Composite",
    "CompositeReason",
    "CompositeReasons",
    "CompositeSilent",
    "CompositeSource",
    "Condition",
    "Entry",
    "Error",
    "Evaluation",
    "FetchError",
    "Fibonacci",
    "FibonacciCluster",
    "FibonacciLevel",
    "FibonacciPoint",
    "InputError",
    "InputTypeError",
    "InputValueError",
    "KagiRow",
    "Name",
    "OutOfMemoryError",
    "Param",
    "ParamError",
    "PointAndFigureRow",
    "SnapshotError",
    "StateError",
    "Stream",
    "Table",
    "Transform",
    "TransformKind",
    "TransformRow",
    "TransformRows",
    "Tuned",
    "UnknownNameError",
    "__version__",
    "cache",
    "candlestick",
    "candlestick_patterns",
    "candlesticks",
    "catalog",
    "chart",
    "composite",
    "composite_sources",
    "compute",
    "converged_from",
    "evaluate",
    "evaluation",
    "explain_candlestick",
    "fibonacci",
    "indicators",
    "patterns",
    "resample",
    "results",
    "sessions",
    "sources",
    "stream",
    "transform",
    "transforms",
    "tunable",
    "tune",
    "warmup",
]
__all__ += indicators.__all__
__all__ += patterns.__all__

_install()
