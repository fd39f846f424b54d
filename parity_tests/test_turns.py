"""Zigzag and fractals: against their slow twins, TradingView's exports and Skender's baseline."""

from typing import Any

import numpy as np
import pytest
import tvf
import twins_oscillators as twins
from references import MISSING, OUTSIDE, SKENDER, column, table
from test_twins import bars

QUOTES = SKENDER / "quotes" / "skender_default.csv"
BASELINE = SKENDER / "skender_baseline"


def same_rows(ours: list[np.ndarray], theirs: list[tuple[float, ...]], message: str) -> None:
    wanted = np.array(theirs, float).reshape(-1, len(ours)).T
    np.testing.assert_array_equal(np.array(ours, float), wanted, message)


@pytest.mark.parametrize("gaps", [False, True], ids=["whole", "gaps"])
@pytest.mark.parametrize("price", ["range", "close"])
def test_zigzag_is_its_twin(price: Any, gaps: bool) -> None:
    found = 0
    for seed in range(12):
        columns = bars(seed, gaps)
        given = [columns[name] for name in ("high", "low", "close")]
        for percent in (0.5, 1.0, 3.0):
            turns = tvf.zigzag(*given, percent=percent, price=price)
            lists = [c.tolist() for c in given]
            *rows, leg = twins.zigzag(*lists, percent=percent, price=price)
            message = f"{percent} %, seed {seed}"
            same_rows([turns.index, turns.pivot, turns.price, turns.direction], rows, message)
            ours = (turns.leg_price, turns.leg_pivot, turns.leg_direction)
            np.testing.assert_array_equal(ours, leg, message)
            found += len(rows)
    assert found > 100


@pytest.mark.parametrize("gaps", [False, True], ids=["whole", "gaps"])
@pytest.mark.parametrize("ties", ["left", "none"])
def test_fractals_are_their_twin(ties: Any, gaps: bool) -> None:
    found = 0
    for seed in range(12):
        columns = bars(seed, gaps)
        for left, right in ((2, 2), (1, 3), (5, 1)):
            high, low = columns["high"], columns["low"]
            ours: Any = tvf.fractals(high, low, columns["time"], left=left, right=right, ties=ties)
            rows = twins.fractals(high.tolist(), low.tolist(), left=left, right=right, ties=ties)
            same_rows([ours.index, ours.pivot, ours.high, ours.low], rows, f"{left}, {right}, seed {seed}")
            found += len(rows)
    assert found > 100


def test_zigzag_is_skenders() -> None:
    """It has the turns of all but the last leg, which repaints there, too."""
    path = BASELINE / "zigzag-close.csv"
    headers, rows = table(path)
    kind = headers.index("pointType")
    marked = [i for i, row in enumerate(rows) if row[kind]]
    lines = column(path, "zigZag")
    close = column(QUOTES, "close")
    turns = tvf.zigzag(close, close, close, percent=5)
    assert len(turns) == len(marked) > 5
    np.testing.assert_array_equal(turns.pivot, marked)
    np.testing.assert_array_equal(turns.price, lines[marked])
    assert [rows[i][kind] for i in marked] == ["H" if d > 0 else "L" for d in turns.direction]
    assert turns.leg_price == lines[-1]
    assert turns.leg_pivot == len(close) - 1


def test_fractals_are_skenders() -> None:
    """It shows them at the bar of the pivot, before they can be known."""
    ours = tvf.fractals(column(QUOTES, "high"), column(QUOTES, "low"), ties="none")
    for name, prices in (("fractalBear", ours.high), ("fractalBull", ours.low)):
        theirs = column(BASELINE / "fractal.csv", name)
        shown = ~np.isnan(prices)
        np.testing.assert_array_equal(ours.pivot[shown], np.flatnonzero(~np.isnan(theirs)))
        np.testing.assert_array_equal(prices[shown], theirs[~np.isnan(theirs)])
    np.testing.assert_array_equal(ours.index, ours.pivot + 2)


@pytest.mark.parametrize("of_close", [False, True], ids=["range", "close"])
def test_fractals_are_pivots_of_tradingview(of_close: bool) -> None:
    path = OUTSIDE / "tradingview" / "ta" / "pivot.csv"
    if not path.exists():
        pytest.skip(MISSING)
    high, low = (column(path, "close" if of_close else name) for name in ("high", "low"))
    ours = tvf.fractals(high, low, left=10, right=5)
    source = "close, " if of_close else ""
    for name, prices in (("high", ours.high), ("low", ours.low)):
        theirs = column(path, f"ta.pivot{name}({source}10, 5)")
        shown = np.full(len(theirs), np.nan)
        shown[ours.index] = prices
        assert np.sum(~np.isnan(theirs)) > 10
        np.testing.assert_array_equal(shown, theirs)
