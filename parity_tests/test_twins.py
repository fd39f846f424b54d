"""Entries without a full reference against their slow twins, on random bars with gaps."""

import itertools
from typing import Any

import numpy as np
import pytest
import tvf
import twins
import twins_oscillators

BARS = 400
QUARTER = 900_000


def bars(seed: int, gaps: bool) -> dict[str, np.ndarray]:
    """Prices in ticks, so that ties are common; some bars flat, some without volume, some missing."""
    random = np.random.Generator(np.random.PCG64(seed))
    close = 50 + np.cumsum(random.integers(-4, 5, BARS)) / 8
    high = close + random.integers(0, 5, BARS) / 8
    low = close - random.integers(0, 5, BARS) / 8
    flat = slice(150, 180)
    close[flat] = high[flat] = low[flat] = close[150]
    volume = np.round(random.uniform(0, 1000, BARS), 2)
    volume[200:225] = 0
    volume[random.integers(0, BARS, 20)] = 0
    # Days of up to seven bars, some of them left out.
    time = [
        1.7e12 // 86_400_000 * 86_400_000 + day * 86_400_000 + k * QUARTER
        for day in range(80)
        for k in range(7)
    ]
    time = np.sort(random.permutation(time)[:BARS])
    open_ = np.round(low + (high - low) * random.integers(0, 5, BARS) / 4, 3)
    columns = {"open": open_, "high": high, "low": low, "close": close, "volume": volume, "time": time}
    if gaps:
        for name, at in itertools.product(columns, random.integers(0, BARS, 3)):
            columns[name][(at + len(name)) % BARS] = random.choice([np.nan, np.inf, -np.inf])
        columns["close"][90:93] = np.nan
    return columns


def every(**choices: list[Any]) -> list[dict[str, Any]]:
    """All combinations."""
    return [dict(zip(choices, values, strict=True)) for values in itertools.product(*choices.values())]


FIRST_BAR = ["range", "skip"]
EMPTY = ["nan", "zero"]
CASES: dict[str, list[dict[str, Any]]] = {
    "sma_atr_channel": every(period=[1, 7, 20], atr_period=[1, 5, 14], mult=[2.0, 0.5], first_bar=FIRST_BAR),
    "keltner": every(
        period=[1, 4, 20],
        mult=[1.5],
        atr_period=[1, 10, 31],
        band=["atr", "tr", "range"],
        price=["close", "typical"],
        first_bar=FIRST_BAR,
        seed=["own", "aligned"],
    ),
    "vwma": every(period=[1, 2, 9, 30], single=["weighted", "source"]),
    "cmf": every(period=[1, 2, 9, 30], empty=["nan", "zero"]),
    "rvol": every(period=[1, 3, 20], by=["bars", "time_of_day"], current=["included", "excluded"]),
    "psar": every(
        start=[0.02, 0.3],
        step=[0.02, 0.5],
        max=[0.2, 1.0],
        turn=["pass", "touch"],
        first=["auto", "up", "down"],
    ),
    "trima": every(period=[1, 2, 7, 20, 33]),
    "ehma": every(period=[1, 2, 3, 9, 20, 33]),
    "thma": every(period=[1, 2, 3, 9, 20, 33]),
    "swma": [{}] * 3,
    "lsma": every(period=[1, 2, 9, 25], offset=[0, 3, -2]),
    "alma": every(
        period=[1, 2, 9, 30], offset=[0.0, 0.5, 0.85, 1.0], sigma=[1.0, 6.0], center=["exact", "floor"]
    ),
    "kama": every(period=[1, 3, 10], fast=[1, 2, 5], slow=[1, 30]),
    "mcginley": every(period=[1, 2, 14], factor=[1.0, 0.6], seed=["mean", "first"]),
    "jma": every(period=[1, 2, 7, 30], phase=[-100.0, 0.0, 50.0, 100.0]),
    "laguerre": every(gamma=[0.0, 0.3, 0.8, 0.95]),
    "super_smoother": every(period=[2, 3, 10, 40]),
    "supertrend": every(period=[1, 4, 10], mult=[0.5, 3.0], first_bar=FIRST_BAR, first=["down", "up"]),
    "donchian": every(period=[1, 2, 20], counted=["with_current", "without_current"]),
    "cci": every(period=[1, 2, 9, 30], empty=EMPTY),
    "mfi": every(period=[1, 2, 14], first_bar=["both", "skip"], empty=EMPTY),
    "cmo": every(period=[1, 2, 14], smoothing=["sum", "wilder"], empty=EMPTY),
    "aroon": every(period=[1, 2, 14, 50]),
    "stddev": every(period=[2, 3, 20], mult=[0.5, 2.0], of=["population", "sample"]),
    "linear_regression": every(period=[2, 3, 14, 50]),
    "vortex": every(period=[1, 2, 14], empty=EMPTY),
    "ultimate": every(short=[1, 7], medium=[3, 14], long=[2, 28], order=["given", "sorted"], empty=EMPTY),
    "pivot_points": every(
        method=["classic", "fibonacci", "camarilla", "woodie", "demark"],
        span=["session", "week", "month", "number"],
        utc_offset=[0, -300],
        opening=[0, 570, 1020],
    ),
}
SLOW = {name: twin for module in (twins, twins_oscillators) for name, twin in vars(module).items()}


@pytest.mark.parametrize("gaps", [False, True], ids=["whole", "gaps"])
@pytest.mark.parametrize("name", CASES)
def test_equal_to_the_twin(name: str, gaps: bool) -> None:
    entry = next(e for e in tvf.catalog() if e.id == name)
    compared = 0
    for seed, options in enumerate(CASES[name]):
        columns = bars(seed, gaps)
        given = [columns["close" if i == "source" else i] for i in entry.inputs]
        found = getattr(tvf, name)(*given, **options)
        wanted = SLOW[name](*(column.tolist() for column in given), **options)
        if len(entry.outputs) == 1:
            found, wanted = [found], [wanted]
        for output, ours, theirs in zip(entry.outputs, found, wanted, strict=True):
            theirs = np.where(np.isfinite(theirs), theirs, np.nan)
            message = f"{name} {options}, {output}, seed {seed}"
            np.testing.assert_array_equal(np.isnan(ours), np.isnan(theirs), message)
            np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-10, err_msg=message)
            compared += int(np.isfinite(theirs).sum())
    assert compared > 1_000
