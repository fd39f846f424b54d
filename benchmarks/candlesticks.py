"""All candlestick patterns over a million bars: one call, against TA-Lib's sixty-one.

    .venv/bin/python benchmarks/candlesticks.py [--bars 1000000] [--rounds 5]

TA-Lib's results must be equal before a time is printed. The two take turns, and the fastest of each
counts. Not on the written page.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any, TypeAlias, get_args

import numpy as np
import talib
import tvf
from numpy.typing import NDArray

PRICES = ("open", "high", "low", "close")
NAMES = get_args(tvf.Candlestick)


Columns: TypeAlias = dict[str, NDArray[Any]]


def walk(n: int) -> Columns:
    """A random walk in cents."""
    random = np.random.Generator(np.random.PCG64(1))
    close = np.round(1000 + np.cumsum(random.normal(size=n)) / 10, 2)
    first = np.concatenate([[1000.0], close[:-1]]) + np.round(random.normal(size=n) / 50, 2)
    reach = np.round(random.exponential(0.05, (2, n)), 2)
    high = np.maximum(first, close) + reach[0]
    low = np.minimum(first, close) - reach[1]
    return {"open": first, "high": high, "low": low, "close": close}


def ours(data: Columns) -> Columns:
    frame = tvf.candlesticks(**data)
    return {name: frame[name].to_numpy() for name in NAMES}


def theirs(data: Columns) -> Columns:
    columns = [data[name] for name in PRICES]
    return {name: getattr(talib, f"CDL{name.upper()}")(*columns) for name in NAMES}


def seconds(act: Callable[[Columns], Columns], data: Columns) -> float:
    start = time.perf_counter()
    act(data)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bars", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    data = walk(args.bars)
    own, other = ours(data), theirs(data)
    apart = {name: int(np.count_nonzero(own[name] != other[name])) for name in NAMES}
    differ = {name: n for name, n in apart.items() if n}
    if differ:
        raise SystemExit(f"results differ from TA-Lib's: {differ}")
    times = [(seconds(ours, data), seconds(theirs, data)) for _ in range(args.rounds)]
    tvf_time, talib_time = (min(column) * 1e3 for column in zip(*times, strict=True))
    print(f"{args.bars} bars, {len(NAMES)} patterns, fastest of {args.rounds}")
    print(f"tvf    {tvf_time:8.1f} ms")
    print(f"TA-Lib {talib_time:8.1f} ms  ({talib_time / tvf_time:.1f} times as long)")


if __name__ == "__main__":
    main()
