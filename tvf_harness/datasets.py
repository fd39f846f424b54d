"""The bars that both builds get: real daily bars, and synthetic ones for every kind of trouble."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from tvf_harness.errors import HarnessError

DAY = 86_400_000
MINUTE = 60_000
MARCH = 1_709_251_200_000
"""1 March 2024, 00:00 UTC."""
COLUMNS = ("time", "open", "high", "low", "close", "volume")
SYMBOLS = ("AAPL", "IBM", "MSFT", "GOOG")
SYNTHETIC_BARS = 1_000
WALK = 2 * SYNTHETIC_BARS
"""Bars of the random walk, if not said otherwise."""


@dataclass(frozen=True)
class Bars:
    """Columns of one length; time is int64 milliseconds UTC, the others are float64."""

    name: str
    about: str
    columns: dict[str, NDArray]

    def __len__(self) -> int:
        return len(self.columns["close"])

    def head(self, count: int | None) -> "Bars":
        """The first `count` bars, all of them for None."""
        return self.cut(0, count)

    def cut(self, start: int, stop: int | None) -> "Bars":
        """The bars from one position to before another."""
        columns = {name: column[start:stop] for name, column in self.columns.items()}
        return Bars(self.name, self.about, columns)

    def renamed(self, name: str, about: str) -> "Bars":
        """The same bars under another name."""
        return Bars(name, about, self.columns)


def real(symbol: str) -> Bars:
    """Daily bars of a company, scaled by its adjusted close."""
    try:
        from bokeh_sampledata import stocks
    except ImportError as error:
        raise HarnessError("the real bars are not installed", "pip install bokeh_sampledata") from error
    rows = getattr(stocks, symbol)
    scale = np.array(rows["adj_close"]) / np.array(rows["close"])
    columns: dict[str, NDArray] = {
        "time": np.array(rows["date"], dtype="datetime64[ms]").astype(np.int64),
        **{name: np.array(rows[name], dtype=np.float64) * scale for name in ("open", "high", "low")},
        "close": np.array(rows["adj_close"], dtype=np.float64),
        "volume": np.array(rows["volume"], dtype=np.float64),
    }
    return Bars(symbol.lower(), f"{symbol}, daily, adjusted for splits and dividends", columns)


def random_walk(count: int, seed: int = 1, step: int = 15 * MINUTE, start: float = 100.0) -> Bars:
    """A walk in steps of about half a per cent, with wicks and volume."""
    random = np.random.Generator(np.random.PCG64(seed))
    close = start * np.exp(np.cumsum(random.normal(0.0, 0.005, count)))
    open_ = np.concatenate([[start], close[:-1]])[:count]
    columns: dict[str, NDArray] = {
        # From a Tuesday on, so that weeks and months begin inside the series.
        "time": 1_704_153_600_000 + step * np.arange(count, dtype=np.int64),
        "open": open_,
        "high": np.maximum(open_, close) * (1 + random.exponential(0.002, count)),
        "low": np.minimum(open_, close) * (1 - random.exponential(0.002, count)),
        "close": close,
        "volume": np.round(random.lognormal(9.0, 1.0, count)),
    }
    return Bars("walk", "random walk, 15 minutes a bar", columns)


PRICES = ("open", "high", "low", "close")


Alter = Callable[[dict[str, NDArray], np.random.Generator], None]


def _altered(seed: int, name: str, about: str, alter: Alter) -> Bars:
    """A random walk of its own after `alter`."""
    seed = 1_000 * seed + sum(name.encode())
    columns = random_walk(SYNTHETIC_BARS, seed).columns
    alter(columns, np.random.Generator(np.random.PCG64(seed + 1)))
    return Bars(name, about, columns)


def _flat(columns: dict[str, NDArray], _: np.random.Generator) -> None:
    for name in PRICES:
        columns[name][:] = 42.1
    columns["volume"][:] = 10.0


def _steps(columns: dict[str, NDArray], _: np.random.Generator) -> None:
    for name in PRICES:
        columns[name][:] = np.round(columns[name])


def _gaps(columns: dict[str, NDArray], random: np.random.Generator) -> None:
    for name in (*PRICES, "volume"):
        columns[name][:7] = np.nan
        for start in random.integers(50, SYNTHETIC_BARS, 6):
            columns[name][start : start + random.integers(1, 6)] = np.nan
    columns["close"][400:480] = np.nan


def _infinities(columns: dict[str, NDArray], random: np.random.Generator) -> None:
    for name in (*PRICES, "volume"):
        columns[name][random.integers(50, SYNTHETIC_BARS, 2)] = np.inf
        columns[name][random.integers(50, SYNTHETIC_BARS, 2)] = -np.inf


def _spikes(columns: dict[str, NDArray], _: np.random.Generator) -> None:
    for name in PRICES:
        columns[name][333] *= 1e15
        columns[name][666] *= 1e-15


def _scaled(top: float) -> Callable[[dict[str, NDArray], np.random.Generator], None]:
    def alter(columns: dict[str, NDArray], _: np.random.Generator) -> None:
        price = columns["high"].max()
        for name in PRICES:
            columns[name] *= top / price
        columns["volume"] *= top / columns["volume"].max()

    return alter


def _denormal(columns: dict[str, NDArray], random: np.random.Generator) -> None:
    low = random.integers(0, 40, SYNTHETIC_BARS)
    height = random.integers(0, 9, SYNTHETIC_BARS)
    tiniest = np.float64(5e-324)
    columns["low"] = low * tiniest
    columns["high"] = (low + height) * tiniest
    columns["close"] = (low + height // 2) * tiniest
    columns["open"] = (low + height // 3) * tiniest
    columns["volume"] = random.integers(0, 5, SYNTHETIC_BARS) * tiniest


def _zeros(columns: dict[str, NDArray], random: np.random.Generator) -> None:
    for name in (*PRICES, "volume"):
        columns[name] = np.where(random.random(SYNTHETIC_BARS) < 0.5, 0.0, -0.0)
        columns[name][300:320] = 1.0
        columns[name][600:620] = -1.0


def _zero_volume(columns: dict[str, NDArray], random: np.random.Generator) -> None:
    columns["volume"][random.random(SYNTHETIC_BARS) < 0.3] = 0.0
    columns["volume"][:30] = 0.0
    columns["volume"][500:700] = 0.0


def _narrow(columns: dict[str, NDArray], random: np.random.Generator) -> None:
    base = 1e9 + random.uniform(-1e-3, 1e-3, SYNTHETIC_BARS)
    for name, shift in (("low", -1e-3), ("open", 0.0), ("close", 0.0), ("high", 1e-3)):
        columns[name] = base + shift


def _crossed(columns: dict[str, NDArray], random: np.random.Generator) -> None:
    for name in PRICES:
        columns[name] = random.permutation(columns[name])


def _hours(columns: dict[str, NDArray], _: np.random.Generator) -> None:
    columns["time"] = MARCH + 60 * MINUTE * np.arange(SYNTHETIC_BARS, dtype=np.int64)
    columns["time"][800:] += 5 * DAY


@cache
def datasets(seed: int = 0, walk: int = WALK) -> tuple[Bars, ...]:
    """Every dataset, in a fixed order; `seed` changes synthetic ones, `walk` is the random walk's length."""
    altered = partial(_altered, seed)
    return (
        *(real(symbol) for symbol in SYMBOLS),
        random_walk(walk, 1 + seed),
        altered("flat", "one price for all", _flat),
        altered("steps", "whole prices: many equal ones", _steps),
        altered("gaps", "NaN at the start, in single columns, and for 80 bars", _gaps),
        altered("infinities", "infinite prices and volumes", _infinities),
        altered("spikes", "single prices 1e15 times too large and too small", _spikes),
        altered("huge", "up to 1e307: sums overflow", _scaled(1e307)),
        altered("tiny", "up to 1e-298: squares vanish", _scaled(1e-298)),
        altered("denormal", "multiples of the smallest number", _denormal),
        altered("zeros", "0 and -0, with a few ones", _zeros),
        altered("zero_volume", "no volume for stretches", _zero_volume),
        altered("narrow", "1e9 and a thousandth", _narrow),
        altered("crossed", "lows above highs: columns shuffled on their own", _crossed),
        altered("hours", "an hour a bar over the clock changes of March 2024, five days missing", _hours),
        random_walk(5).renamed("five", "five bars"),
        random_walk(1).renamed("one", "one bar"),
        random_walk(0).renamed("none", "no bar"),
    )
