"""The heartbeat against its twin in plain Python, and on markets whose rhythm is known."""

from typing import Any

import numpy as np
import pytest
import tvf
import twin_heartbeat as twin
from numpy.typing import NDArray

Column = NDArray[np.float64]

SETTINGS: list[dict[str, Any]] = [
    {},
    {"mult": 0.0, "atr_period": 1, "beats": 2},
    {"mult": 0.4, "atr_period": 5, "beats": 1000},
    {"mult": 1.0, "atr_period": 3, "beats": 25},
    {"mult": 5.0, "atr_period": 30},
    {"mult": 1.5, "threshold": "percent"},
    {"mult": 0.1, "threshold": "percent", "beats": 40},
    {"mult": 12.0, "threshold": "percent", "beats": 3},
]


def walk(n: int, seed: int, gaps: int = 0, step: float = 0.0) -> tuple[Column, Column, Column]:
    """Random bars; with a step, prices are rounded to it, so that many are equal."""
    random = np.random.default_rng(seed)
    close = 100 * np.exp(np.cumsum(random.normal(0, 0.01, n)))
    before = np.concatenate([[100.0], close[:-1]])
    high = np.maximum(before, close) * (1 + random.uniform(0, 0.006, n))
    low = np.minimum(before, close) * (1 - random.uniform(0, 0.006, n))
    columns = [np.round(x / step) * step if step else x for x in (high, low, close)]
    for _ in range(gaps):
        at = random.integers(n)
        columns[random.integers(3)][at : at + random.integers(1, 4)] = random.choice([np.nan, np.inf])
    return columns[0], columns[1], columns[2]


def judge(columns: tuple[Column, Column, Column], settings: dict[str, Any]) -> int:
    """Compares rows and numbers; gives how many rows there were."""
    lists = [x.tolist() for x in columns]
    rows = twin.turns(*lists, **{k: v for k, v in settings.items() if k != "beats"})
    numbers = twin.summary(rows, lists[2], settings.get("beats", 10))
    ours = tvf.heartbeat(*columns, **settings)
    assert len(ours) == len(rows)
    for name in twin.Turn._fields:
        np.testing.assert_array_equal(ours[name], [getattr(row, name) for row in rows], name)
    for name, number in numbers.items():
        np.testing.assert_allclose(ours.numbers[name], number, rtol=1e-9, atol=0, err_msg=name)
    return len(rows)


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_rows_and_numbers_are_those_of_the_definition(settings: dict[str, Any]):
    found = 0
    for seed in range(4):
        found += judge(walk(700, seed), settings)
        found += judge(walk(700, seed, gaps=6), settings)
        found += judge(walk(700, seed, step=0.5), settings)
    assert found > 0


@pytest.mark.parametrize("n", [0, 1, 2, 5, 20, 63, 64, 65, 255, 257])
def test_short_series(n: int):
    for seed in range(5):
        judge(walk(n, seed), {"mult": 0.5, "atr_period": 2, "beats": 4})


@pytest.mark.parametrize("lead", [1, 3, 40])
def test_a_series_may_begin_with_missing_values(lead: int):
    high, low, close = walk(400, 7)
    for column in (high, low, close):
        column[:lead] = np.nan
    assert judge((high, low, close), {"mult": 1.0, "atr_period": 4}) > 0


@pytest.mark.parametrize("period", [10, 16, 24, 40, 60])
def test_a_sine_beats_at_half_its_period(period: int):
    n = 900
    for seed in range(5):
        noise = np.random.default_rng(seed).uniform(0.99, 1.01, n)
        close = (100 + 20 * np.sin(np.arange(n) / period * 2 * np.pi)) * noise
        heart = tvf.heartbeat(close * 1.002, close * 0.998, close)
        assert heart.beat == pytest.approx(period / 2, abs=1)
        assert heart.cycle == pytest.approx(period, abs=1)
        assert heart.regularity > 0.6
        assert heart.confidence > 0.6
        next_turn = heart.pivot[-1] + period / 2
        assert heart.due_from - 2 <= next_turn <= heart.due_to + 2


def test_rows_of_a_part_are_rows_of_the_whole():
    columns = walk(600, 11, gaps=4)
    high, low, close = columns
    whole = tvf.heartbeat(high, low, close)
    for n in range(0, 600, 7):
        part = tvf.heartbeat(high[:n], low[:n], close[:n])
        known = int((whole.index < n).sum())
        for name, column in part.columns.items():
            np.testing.assert_array_equal(column, whole[name][:known], name)


def test_a_stream_tells_the_numbers_when_asked():
    columns = walk(500, 12)
    stream = tvf.Stream("heartbeat")
    rows = 0
    for i, bar in enumerate(zip(*columns, strict=True)):
        rows += len(stream.update(*bar))
        if i % 83 == 0:
            high, low, close = (x[: i + 1] for x in columns)
            part = tvf.heartbeat(high, low, close)
            stream.peek(500.0, 1.0, 250.0)
            assert list(stream.summary) == list(part.numbers)
            np.testing.assert_array_equal(list(stream.summary.values()), list(part.numbers.values()))
            assert rows == len(part)
