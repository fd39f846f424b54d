"""What is timed: the same work in the words of each library, as a user would write it."""

from dataclasses import dataclass, field

LIBRARIES = ("tvf", "talib", "kand", "vector_ta")


@dataclass(frozen=True)
class Batch:
    """One indicator over whole columns: an expression for each library that has it."""

    id: str
    tvf: str
    talib: str = ""
    kand: str = ""
    vector_ta: str = ""
    outputs: int = 1
    """How many outputs are compared; a library may give more."""
    first: dict[str, int] = field(default_factory=dict)
    """Where those outputs begin among a library's, if not at the first."""
    judge: dict[str, str] = field(default_factory=dict)
    """What tvf calls a library's definition, where that is not TA-Lib's."""
    settled: dict[str, int] = field(default_factory=dict)
    """From which bar on a library that begins otherwise has the same values."""
    note: str = ""

    def code(self, library: str) -> str:
        return getattr(self, library)


# Where the definitions differ, tvf follows TA-Lib's.
BATCHES = (
    Batch(
        "sma", "tvf.sma(close, 20)", "talib.SMA(close, 20)", "kand.sma(close, 20)", "vector_ta.sma(close, 20)"
    ),
    Batch(
        "ema",
        "tvf.ema(close, 20)",
        "talib.EMA(close, 20)",
        "kand.ema(close, 20)",
        "vector_ta.ema(close, 20)",
        settled={"vector_ta": 1_000},
        note="vector_ta begins with the first price",
    ),
    Batch(
        "wma", "tvf.wma(close, 20)", "talib.WMA(close, 20)", "kand.wma(close, 20)", "vector_ta.wma(close, 20)"
    ),
    Batch(
        "hma",
        "tvf.hma(close, 20)",
        "talib.HMA(close, 20)",
        note="vector_ta's sums drift: 3e-9 of the price after a million bars",
    ),
    Batch(
        "vwma",
        "tvf.vwma(close, volume, 20)",
        "talib.VWMA(close, volume, 20)",
        "",
        "vector_ta.vwma(close, volume, 20)",
    ),
    Batch(
        "rsi",
        "tvf.rsi(close, 14)",
        "talib.RSI(close, 14)",
        "kand.rsi(close, 14)",
        "vector_ta.rsi(close, 14)",
        note="kand gives its averages too",
    ),
    Batch(
        "stoch",
        "tvf.stoch(high, low, close, 14, 3, 3, compat='talib')",
        "talib.STOCH(high, low, close, 14, 3, 0, 3, 0)",
        "kand.stoch(high, low, close, 14, 3, 3)",
        "vector_ta.stoch(high, low, close, 14, 3, 'sma', 3, 'sma')",
        outputs=2,
        first={"kand": 1},
        judge={"vector_ta": "tvf.stoch(high, low, close, 14, 3, 3)"},
        note="kand gives the raw %K, too",
    ),
    Batch(
        "macd",
        "tvf.macd(close, 12, 26, 9, compat='talib')",
        "talib.MACD(close, 12, 26, 9)",
        "kand.macd(close, 12, 26, 9)",
        "vector_ta.macd(close, 12, 26, 9, 'ema')",
        outputs=3,
        judge={
            "kand": "tvf.macd(close, 12, 26, 9, shown='together')",
            "vector_ta": "tvf.macd(close, 12, 26, 9)",
        },
        note="kand gives its averages too",
    ),
    Batch(
        "bbands",
        "tvf.bbands(close, 20, 2.0)",
        "talib.BBANDS(close, 20, 2.0, 2.0)",
        "kand.bbands(close, 20, 2.0, 2.0)",
        "vector_ta.bollinger_bands(close, 20, 2.0, 2.0)",
        outputs=3,
        note="kand gives its sums, too",
    ),
    Batch(
        "keltner",
        "tvf.keltner(high, low, close, 20, 2.0, 10, compat='talib')",
        "talib.KC(high, low, close, 20, 10, 2.0)",
        "",
        "vector_ta.keltner(high, low, close, close, 20, 2.0, 'ema')",
        outputs=3,
        judge={"vector_ta": "tvf.keltner(high, low, close, 20, 2.0, 20)"},
        note="vector_ta has one period for both averages",
    ),
    Batch(
        "sma_atr_channel", "tvf.sma_atr_channel(high, low, close, 20, 14, 2.0)", note="the others have none"
    ),
    Batch(
        "psar",
        "tvf.psar(high, low, close, 0.02, 0.02, 0.2, compat='talib')",
        "talib.SAR(high, low, 0.02, 0.2)",
        "kand.sar(high, low, 0.02, 0.2)",
        settled={"kand": 1_000},
        note="tvf gives the trend, too, kand its state; kand begins otherwise, vector_ta's is another line",
    ),
    Batch(
        "atr",
        "tvf.atr(high, low, close, 14, compat='talib')",
        "talib.ATR(high, low, close, 14)",
        "kand.atr(high, low, close, 14)",
        "vector_ta.atr(high, low, close, 14)",
        judge={"vector_ta": "tvf.atr(high, low, close, 14)"},
    ),
    Batch(
        "adx",
        "tvf.adx(high, low, close, 14, compat='talib')",
        "talib.ADX(high, low, close, 14)",
        "kand.adx(high, low, close, 14)",
        "vector_ta.adx(high, low, close, 14)",
        judge={"vector_ta": "tvf.adx(high, low, close, 14)[0]"},
        note="tvf gives +DI and -DI, too; kand its averages",
    ),
    Batch(
        "obv", "tvf.obv(close, volume, compat='talib')", "talib.OBV(close, volume)", "kand.obv(close, volume)"
    ),
    Batch(
        "cmf",
        "tvf.cmf(high, low, close, volume, 20, compat='talib')",
        "talib.CMF(high, low, close, volume, 20)",
    ),
    Batch("rvol", "tvf.rvol(volume, period=20, compat='talib')", "talib.RVOL(volume, 20)"),
    Batch(
        "vwap",
        "tvf.vwap(high, low, close, volume, anchor='none', compat='talib')",
        "talib.VWAP(high, low, close, volume)",
        "kand.vwap(high, low, close, volume)",
        note="tvf gives deviation bands, too",
    ),
    Batch("sma_cross", "tvf.sma_cross(close, fast=50, slow=200)", note="a table; the others have none"),
)


@dataclass(frozen=True)
class Live:
    """One indicator bar by bar: how each library begins, and what it does with a bar."""

    id: str
    inputs: tuple[str, ...]
    begin: dict[str, str]
    step: dict[str, str]


def _live(name: str, inputs: str, tvf: str, talib: str, kand: tuple[str, str] | None = None) -> Live:
    bar = inputs.replace(" ", ", ")
    begin = {
        "tvf": f"stream = {tvf}; stream.extend({bar}); update = stream.update",
        "talib": f"update = {talib}.update",
    }
    step = {"tvf": f"last = update({bar})", "talib": f"last = update({bar})"}
    if kand is not None:
        begin["kand"], step["kand"] = kand
    return Live(name, tuple(inputs.split()), begin, step)


# With kand the caller keeps the state. Beginnings see the history as columns, steps see one bar's numbers.
LIVES = (
    _live(
        "sma",
        "close",
        "tvf.Stream('sma', period=20)",
        "talib.stream.SMA(close, 20)",
        (
            "last = kand.sma(close, 20)[-1]; window = collections.deque(close[-20:].tolist())",
            "window.append(close); last = kand.sma_inc(last, close, window.popleft(), 20)",
        ),
    ),
    _live(
        "ema",
        "close",
        "tvf.Stream('ema', period=20)",
        "talib.stream.EMA(close, 20)",
        ("last = kand.ema(close, 20)[-1]", "last = kand.ema_inc(close, last, 20)"),
    ),
    _live(
        "rsi",
        "close",
        "tvf.Stream('rsi', period=14)",
        "talib.stream.RSI(close, 14)",
        (
            "last, up, down = (c[-1] for c in kand.rsi(close, 14)); before = float(close[-1])",
            "last, up, down = kand.rsi_inc(close, before, up, down, 14); before = close",
        ),
    ),
    _live(
        "macd",
        "close",
        "tvf.Stream('macd', compat='talib')",
        "talib.stream.MACD(close, 12, 26, 9)",
    ),
    _live(
        "bbands",
        "close",
        "tvf.Stream('bbands', period=20, mult=2.0)",
        "talib.stream.BBANDS(close, 20, 2.0, 2.0)",
    ),
    _live(
        "stoch",
        "high low close",
        "tvf.Stream('stoch', period=14, k=3, d=3, compat='talib')",
        "talib.stream.STOCH(high, low, close, 14, 3, 0, 3, 0)",
    ),
    _live(
        "atr",
        "high low close",
        "tvf.Stream('atr', period=14, compat='talib')",
        "talib.stream.ATR(high, low, close, 14)",
        (
            "last = kand.atr(high, low, close, 14)[-1]; before = float(close[-1])",
            "last = kand.atr_inc(high, low, before, last, 14); before = close",
        ),
    ),
    _live(
        "adx",
        "high low close",
        "tvf.Stream('adx', period=14, compat='talib')",
        "talib.stream.ADX(high, low, close, 14)",
    ),
)
