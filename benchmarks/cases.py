"""What is timed: the same work in the words of each library, as a user would write it."""

from dataclasses import dataclass, field

LIBRARIES = ("tvf", "talib", "kand", "vector_ta", "tulipy", "polars_talib")


@dataclass(frozen=True)
class Batch:
    """One indicator over whole columns: an expression for each library that has it."""

    id: str
    tvf: str
    talib: str = ""
    kand: str = ""
    vector_ta: str = ""
    tulipy: str = ""
    polars_talib: str = ""
    outputs: int = 1
    """How many outputs are compared; a library may give more."""
    order: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Which of a library's outputs those are, if not the first ones in their order."""
    judge: dict[str, str] = field(default_factory=dict)
    """What tvf calls a library's definition, where that is not TA-Lib's."""
    settled: dict[str, int] = field(default_factory=dict)
    """From which bar on a library that begins otherwise has the same values."""
    drift: dict[str, float] = field(default_factory=dict)
    """How far a library's sums may be off, where they drift by more than is let pass of others."""
    note: str = ""

    def code(self, library: str) -> str:
        return getattr(self, library)

    def own(self, library: str) -> str:
        """What tvf runs against a library: that library's definition."""
        return self.judge.get(library, self.tvf)


def _frame(call: str) -> str:
    """A call of polars-talib, whose arguments are columns by name, over the whole frame."""
    return f"table.select(polars_talib.{call})"


# Where the definitions differ, tvf follows TA-Lib's.
BATCHES = (
    Batch(
        "sma",
        tvf="tvf.sma(close, 20)",
        talib="talib.SMA(close, 20)",
        kand="kand.sma(close, 20)",
        vector_ta="vector_ta.sma(close, 20)",
        tulipy="tulipy.sma(close, 20)",
        polars_talib=_frame("sma(pl.col('close'), 20)"),
    ),
    Batch(
        "ema",
        tvf="tvf.ema(close, 20)",
        talib="talib.EMA(close, 20)",
        kand="kand.ema(close, 20)",
        vector_ta="vector_ta.ema(close, 20)",
        tulipy="tulipy.ema(close, 20)",
        polars_talib=_frame("ema(pl.col('close'), 20)"),
        settled={"vector_ta": 1000, "tulipy": 1000},
        note="vector_ta and tulipy begin with the first price",
    ),
    Batch(
        "wma",
        tvf="tvf.wma(close, 20)",
        talib="talib.WMA(close, 20)",
        kand="kand.wma(close, 20)",
        vector_ta="vector_ta.wma(close, 20)",
        tulipy="tulipy.wma(close, 20)",
        polars_talib=_frame("wma(pl.col('close'), 20)"),
    ),
    Batch(
        "hma",
        tvf="tvf.hma(close, 20)",
        talib="talib.HMA(close, 20)",
        vector_ta="vector_ta.hma(close, 20)",
        tulipy="tulipy.hma(close, 20)",
        polars_talib=_frame("hma(pl.col('close'), 20)"),
        drift={"vector_ta": 1e-07, "tulipy": 1e-07},
        note="vector_ta's and tulipy's sums drift: by more than 1e-9 of the price after a million bars",
    ),
    Batch(
        "vwma",
        tvf="tvf.vwma(close, volume, 20)",
        talib="talib.VWMA(close, volume, 20)",
        vector_ta="vector_ta.vwma(close, volume, 20)",
        tulipy="tulipy.vwma(close, volume, 20)",
        polars_talib=_frame("vwma(pl.col('close'), pl.col('volume'), 20)"),
    ),
    Batch(
        "rsi",
        tvf="tvf.rsi(close, 14)",
        talib="talib.RSI(close, 14)",
        kand="kand.rsi(close, 14)",
        vector_ta="vector_ta.rsi(close, 14)",
        tulipy="tulipy.rsi(close, 14)",
        polars_talib=_frame("rsi(pl.col('close'), 14)"),
        note="kand gives its averages too",
    ),
    Batch(
        "stoch",
        tvf="tvf.stoch(high, low, close, 14, 3, 3, compat='talib')",
        talib="talib.STOCH(high, low, close, 14, 3, 0, 3, 0)",
        kand="kand.stoch(high, low, close, 14, 3, 3)",
        vector_ta="vector_ta.stoch(high, low, close, 14, 3, 'sma', 3, 'sma')",
        tulipy="tulipy.stoch(high, low, close, 14, 3, 3)",
        polars_talib=_frame("stoch(pl.col('high'), pl.col('low'), pl.col('close'), 14, 3, 0, 3, 0)"),
        outputs=2,
        order={"kand": (1, 2)},
        judge={"vector_ta": "tvf.stoch(high, low, close, 14, 3, 3)"},
        note="kand gives the raw %K, too",
    ),
    Batch(
        "macd",
        tvf="tvf.macd(close, 12, 26, 9, compat='talib')",
        talib="talib.MACD(close, 12, 26, 9)",
        kand="kand.macd(close, 12, 26, 9)",
        vector_ta="vector_ta.macd(close, 12, 26, 9, 'ema')",
        polars_talib=_frame("macd(pl.col('close'), 12, 26, 9)"),
        outputs=3,
        judge={
            "kand": "tvf.macd(close, 12, 26, 9, shown='together')",
            "vector_ta": "tvf.macd(close, 12, 26, 9)",
        },
        note="kand gives its averages too; tulipy has factors of its own for 12 and 26, another line",
    ),
    Batch(
        "bbands",
        tvf="tvf.bbands(close, 20, 2.0)",
        talib="talib.BBANDS(close, 20, 2.0, 2.0)",
        kand="kand.bbands(close, 20, 2.0, 2.0)",
        vector_ta="vector_ta.bollinger_bands(close, 20, 2.0, 2.0)",
        tulipy="tulipy.bbands(close, 20, 2.0)",
        polars_talib=_frame("bbands(pl.col('close'), 20, 2.0, 2.0)"),
        outputs=3,
        order={"tulipy": (2, 1, 0)},
        note="kand gives its sums, too",
    ),
    Batch(
        "keltner",
        tvf="tvf.keltner(high, low, close, 20, 2.0, 10, compat='talib')",
        talib="talib.KC(high, low, close, 20, 10, 2.0)",
        vector_ta="vector_ta.keltner(high, low, close, close, 20, 2.0, 'ema')",
        polars_talib=_frame("kc(pl.col('high'), pl.col('low'), pl.col('close'), 20, 10, 2.0)"),
        outputs=3,
        judge={"vector_ta": "tvf.keltner(high, low, close, 20, 2.0, 20)"},
        note="vector_ta has one period for both averages",
    ),
    Batch(
        "sma_atr_channel",
        tvf="tvf.sma_atr_channel(high, low, close, 20, 14, 2.0)",
        note="the others have none",
    ),
    Batch(
        "psar",
        tvf="tvf.psar(high, low, close, 0.02, 0.02, 0.2, compat='talib')",
        talib="talib.SAR(high, low, 0.02, 0.2)",
        kand="kand.sar(high, low, 0.02, 0.2)",
        tulipy="tulipy.psar(high, low, 0.02, 0.2)",
        polars_talib=_frame("sar(pl.col('high'), pl.col('low'), 0.02, 0.2)"),
        settled={"kand": 1000, "tulipy": 1000},
        note="tvf gives the trend, too, kand its state; kand and tulipy begin otherwise, vector_ta's differs",
    ),
    Batch(
        "atr",
        tvf="tvf.atr(high, low, close, 14, compat='talib')",
        talib="talib.ATR(high, low, close, 14)",
        kand="kand.atr(high, low, close, 14)",
        vector_ta="vector_ta.atr(high, low, close, 14)",
        tulipy="tulipy.atr(high, low, close, 14)",
        polars_talib=_frame("atr(pl.col('high'), pl.col('low'), pl.col('close'), 14)"),
        judge={"vector_ta": "tvf.atr(high, low, close, 14)", "tulipy": "tvf.atr(high, low, close, 14)"},
    ),
    Batch(
        "adx",
        tvf="tvf.adx(high, low, close, 14, compat='talib')",
        talib="talib.ADX(high, low, close, 14)",
        kand="kand.adx(high, low, close, 14)",
        vector_ta="vector_ta.adx(high, low, close, 14)",
        tulipy="tulipy.adx(high, low, close, 14)",
        polars_talib=_frame("adx(pl.col('high'), pl.col('low'), pl.col('close'), 14)"),
        judge={"vector_ta": "tvf.adx(high, low, close, 14)[0]"},
        settled={"tulipy": 1000},
        note="tvf gives +DI and -DI, too; kand its averages; tulipy begins otherwise",
    ),
    Batch(
        "obv",
        tvf="tvf.obv(close, volume, compat='talib')",
        talib="talib.OBV(close, volume)",
        kand="kand.obv(close, volume)",
        vector_ta="vector_ta.obv(close, volume)",
        tulipy="tulipy.obv(close, volume)",
        polars_talib=_frame("obv(pl.col('close'), pl.col('volume'))"),
        judge={"vector_ta": "tvf.obv(close, volume)", "tulipy": "tvf.obv(close, volume)"},
        settled={"vector_ta": 1, "tulipy": 1},
        note="vector_ta and tulipy begin with 0",
    ),
    Batch(
        "cmf",
        tvf="tvf.cmf(high, low, close, volume, 20, compat='talib')",
        talib="talib.CMF(high, low, close, volume, 20)",
        polars_talib=_frame("cmf(pl.col('high'), pl.col('low'), pl.col('close'), pl.col('volume'), 20)"),
    ),
    Batch(
        "rvol",
        tvf="tvf.rvol(volume, period=20, compat='talib')",
        talib="talib.RVOL(volume, 20)",
        polars_talib=_frame("rvol(pl.col('volume'), 20)"),
    ),
    Batch(
        "vwap",
        tvf="tvf.vwap(high, low, close, volume, anchor='none', compat='talib')",
        talib="talib.VWAP(high, low, close, volume)",
        kand="kand.vwap(high, low, close, volume)",
        polars_talib=_frame("vwap(pl.col('high'), pl.col('low'), pl.col('close'), pl.col('volume'))"),
        note="tvf gives deviation bands, too",
    ),
    Batch(
        "sma_cross",
        tvf="tvf.sma_cross(close, fast=50, slow=200)",
        note="a table; the others have none",
    ),
)


@dataclass(frozen=True)
class Live:
    """One indicator bar by bar: how each library begins, and what it does with a bar."""

    id: str
    inputs: tuple[str, ...]
    begin: dict[str, str]
    step: dict[str, str]


def _live(
    name: str, inputs: str, tvf: str, talib: str, kand: tuple[str, str] | None = None, vector_ta: str = ""
) -> Live:
    bar = inputs.replace(" ", ", ")
    begin = {
        "tvf": f"stream = {tvf}; stream.extend({bar}); update = stream.update",
        "talib": f"update = {talib}.update",
    }
    step = {"tvf": f"last = update({bar})", "talib": f"last = update({bar})"}
    if kand is not None:
        begin["kand"], step["kand"] = kand
    if vector_ta:
        begin["vector_ta"] = f"update = vector_ta.{vector_ta}.update; [update(*bar) for bar in zip({bar})]"
        step["vector_ta"] = f"last = update({bar})"
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
        vector_ta="SmaStream(20)",
    ),
    _live(
        "ema",
        "close",
        "tvf.Stream('ema', period=20)",
        "talib.stream.EMA(close, 20)",
        ("last = kand.ema(close, 20)[-1]", "last = kand.ema_inc(close, last, 20)"),
        vector_ta="EmaStream(20)",
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
        vector_ta="RsiStream(14)",
    ),
    _live(
        "macd",
        "close",
        "tvf.Stream('macd', compat='talib')",
        "talib.stream.MACD(close, 12, 26, 9)",
        vector_ta="MacdStream(12, 26, 9, 'ema')",
    ),
    _live(
        "bbands",
        "close",
        "tvf.Stream('bbands', period=20, mult=2.0)",
        "talib.stream.BBANDS(close, 20, 2.0, 2.0)",
        vector_ta="BollingerBandsStream(20, 2.0, 2.0, 'sma', 0)",
    ),
    _live(
        "stoch",
        "high low close",
        "tvf.Stream('stoch', period=14, k=3, d=3, compat='talib')",
        "talib.stream.STOCH(high, low, close, 14, 3, 0, 3, 0)",
        vector_ta="StochStream(14, 3, 'sma', 3, 'sma')",
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
        vector_ta="AtrStream(14)",
    ),
    _live(
        "adx",
        "high low close",
        "tvf.Stream('adx', period=14, compat='talib')",
        "talib.stream.ADX(high, low, close, 14)",
        vector_ta="AdxStream(14)",
    ),
)
