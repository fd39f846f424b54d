"""What bad ticks and large prices do to the results of each library.

The other half of docs/decisions/0001-own-core.md, next to the times of python.py.

python benchmarks/accuracy.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from libraries import load

BARS, BAD = 100_000, 1_000
MEANS = {
    "tvf": "tvf.sma(x, 20)",
    "talib": "talib.SMA(x, 20)",
    "kand": "kand.sma(x, 20)",
    "vector_ta": "vector_ta.sma(x, 20)",
}
BANDS = {
    "tvf": "tvf.bbands(x, 20, 2.0)",
    "talib": "talib.BBANDS(x, 20, 2.0, 2.0)",
    "kand": "kand.bbands(x, 20, 2.0, 2.0)",
    "vector_ta": "vector_ta.bollinger_bands(x, 20, 2.0, 2.0)",
}
STOPS = {
    "talib": "talib.SAR(high, low, 0.02, 0.2)",
    "kand": "kand.sar(high, low, 0.02, 0.2)[0]",
    "vector_ta": "vector_ta.sar(high, low, 0.02, 0.2)",
}


def main() -> None:
    libraries, skipped = load()
    random = np.random.default_rng(3)
    price = 100 * np.exp(np.cumsum(random.normal(0, 0.005, BARS)))

    def each(title: str, codes: dict[str, str], show: Callable[[Any], str], **columns: np.ndarray) -> None:
        print(f"\n{title}")
        for name, code in codes.items():
            if name in libraries:
                print(f"  {name:<10} {show(eval(code, {**libraries, **columns}))}")

    for name, why in skipped.items():
        print(f"skipped: {name} ({why})")

    right = np.convolve(price, np.full(20, 1 / 20), "valid")
    spike = price.copy()
    spike[BAD] = 1e17
    each(
        f"SMA 20, one tick of 1e17 at bar {BAD}: largest error once it has left the window",
        MEANS,
        lambda mean: f"{np.abs(mean[BAD + 20 :] - right[BAD + 1 :]).max():.1e}",
        x=spike,
    )
    gap = price.copy()
    gap[BAD] = np.nan
    each(
        f"SMA 20, one NaN at bar {BAD}: bars without a value after it, of {BARS - BAD - 1}",
        MEANS,
        lambda mean: f"{np.isnan(mean[BAD + 1 :]).sum()}",
        x=gap,
    )
    large = 1e9 + 1e-3 * random.choice([-1.0, 1.0], 5_000)
    widths = np.array([4 * np.std(large[i - 19 : i + 1] - 1e9) for i in range(19, len(large))])
    each(
        f"Bollinger width at 1e9 ± 1e-3, which lies between {widths.min():.5f} and {widths.max():.5f}",
        BANDS,
        lambda bands: f"{(bands[0] - bands[2])[19:].min():.5f} to {(bands[0] - bands[2])[19:].max():.5f}",
        x=large,
    )
    part = price[:5_000]
    high, low = (part + sign * np.abs(random.normal(0, 0.3, len(part))) for sign in (1, -1))
    wanted = eval(STOPS["talib"], {**libraries, "high": high, "low": low}) if "talib" in libraries else None
    if wanted is not None:
        each(
            f"Parabolic SAR: bars of {len(part)} that differ from TA-Lib's",
            STOPS,
            lambda stop: f"{(np.abs(stop - wanted)[1:] > 1e-9).sum()}",
            high=high,
            low=low,
        )


if __name__ == "__main__":
    main()
