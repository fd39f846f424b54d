"""Frames of bars in figures: resampling and rolling windows of Polars and of the core, and many symbols.

    python benchmarks/frames.py [--bars 1000000] [--symbols 10000]

Run it with nothing else running.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
import polars as pl
import tvf

MINUTE = 60_000


def best(act: Callable[[], object], runs: int = 5) -> float:
    """The shortest of some runs, in milliseconds."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return min(times)


def walk(count: int, seed: int = 1) -> pl.DataFrame:
    """Minutes that walk."""
    rng = np.random.default_rng(seed)
    close = np.round(100 + np.cumsum(rng.normal(0, 0.02, count)), 2)
    frame = {
        "time": 1_577_836_800_000 + np.arange(count) * MINUTE,
        "open": close,
        "high": close + 0.05,
        "low": close - 0.05,
        "close": close,
        "volume": rng.integers(1, 1000, count).astype(float),
    }
    return tvf.data.check(pl.DataFrame(frame))


def main() -> None:
    """All of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bars", type=int, default=1_000_000)
    parser.add_argument("--symbols", type=int, default=10_000)
    args = parser.parse_args()
    frame = walk(args.bars)
    market = tvf.data.Calendar("America/New_York", "09:30-16:00", weekdays=range(1, 8))
    session = {"zone": "America/New_York", "session": "09:30-16:00"}
    pairs: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("hours of UTC", lambda: tvf.data.resample(frame, "1h"), lambda: tvf.resample(frame, "1h")),
        (
            "hours of New York's sessions",
            lambda: tvf.data.resample(frame, "1h", calendar=market),
            lambda: tvf.resample(frame, "1h", **session),
        ),
        (
            "hours, then a mean of 20 of them",
            lambda: tvf.data.resample(frame, "1h").with_columns(
                pl.col("close").rolling_mean(20).alias("mean")
            ),
            lambda: tvf.compute(tvf.resample(frame, "1h"), ["sma"]),
        ),
        (
            "mean of 20 bars",
            lambda: frame.select(pl.col("close").rolling_mean(20)),
            lambda: tvf.sma(frame["close"], 20),
        ),
        (
            "deviation of 20 bars",
            lambda: frame.select(pl.col("close").rolling_std(20)),
            lambda: tvf.stddev(frame["close"], 20),
        ),
        (
            "highest of 50 bars",
            lambda: frame.select(pl.col("high").rolling_max(50)),
            lambda: tvf.donchian(frame["high"], frame["low"], 50),
        ),
        (
            "exponential mean",
            lambda: frame.select(pl.col("close").ewm_mean(span=20, adjust=False)),
            lambda: tvf.ema(frame["close"], 20),
        ),
    ]
    print(f"| {args.bars:,} bars | Polars, ms | core, ms |\n|---|---|---|")
    for name, polars, core in pairs:
        print(f"| {name} | {best(polars):.1f} | {best(core):.1f} |")
    print(f"| `check` | {best(lambda: tvf.data.check(frame)):.1f} | |")
    each = 100
    many = pl.concat([walk(each, i).with_columns(symbol=pl.lit(f"S{i:05}")) for i in range(args.symbols)])
    close = pl.col("close")
    print(f'\n| {args.symbols:,} symbols of {each} bars, `over("symbol")` | ms |\n|---|---|')
    for name, expression in (
        ("`rolling_mean(14)` of Polars", close.rolling_mean(14)),
        ("`tvf.expr.sma(14)`", tvf.expr.sma("close", 14)),
        ("`tvf.expr.rsi(14)`", tvf.expr.rsi("close", 14)),
    ):
        print(
            f"| {name} | {best(lambda e=expression: many.with_columns(e.over('symbol').alias('x')), 3):.0f} |"
        )


if __name__ == "__main__":
    main()
