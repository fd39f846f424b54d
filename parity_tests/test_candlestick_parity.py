"""Candlestick patterns in the wheel and in all browsers and builds, over the same bars."""

import numpy as np
import pytest

from parity_tests.asked import everywhere

tvf = pytest.importorskip("tvf")

BARS = 20_000
OPTIONS = ({}, {"trend": 20}, {"partial": False, "penetration": 0.1})

ASK = """async (tvf, { columns, options, state, bar }) => {
  const prices = ["open", "high", "low", "close"].map((name) => columns[name]);
  const entries = (found) => Object.entries(found).map(([name, column]) => [name, Array.from(column)]);
  const plain = (found) => Object.fromEntries(entries(found));
  const bars = tvf.Bars.from(columns);
  const resumed = tvf.Candlesticks.restore(Uint8Array.from(state));
  const half = prices.map((column) => column.slice(column.length / 2));
  const explained = Object.fromEntries(
    tvf.CANDLESTICKS.map((name) => [name, tvf.explainCandlestick(...prices, name, bar, options)]),
  );
  const found = {
    free: plain(tvf.candlesticks(...prices, options)),
    resident: plain(bars.candlesticks(undefined, options)),
    resumed: plain(resumed.extend(...half)),
    explained,
    patterns: tvf.candlestickPatterns(),
  };
  bars.free();
  resumed.free();
  return found;
}"""


def walk(seed):
    """Bars in whole ticks with gaps between them, some of them missing."""
    random = np.random.Generator(np.random.PCG64(seed))
    tick = (0.01, 0.25, 1.0)[seed % 3]
    first = 400 + np.cumsum(random.integers(-3, 4, BARS))
    last = first + random.integers(-9, 10, BARS) * random.integers(0, 3, BARS)
    reach = random.integers(0, 6, (2, BARS)) * random.integers(0, 2, (2, BARS))
    found = {
        "open": first * tick,
        "high": (np.maximum(first, last) + reach[0]) * tick,
        "low": (np.minimum(first, last) - reach[1]) * tick,
        "close": last * tick,
    }
    found["high"][random.choice(BARS, 20)] = np.nan
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_integer_is_equal(tvf_package, seed):
    columns, options = walk(seed), OPTIONS[seed - 1]
    whole = tvf.candlesticks(**columns, **options)
    assert sum(whole[name].n_unique() > 1 for name in whole.columns) > 35
    detector = tvf.Candlesticks(**options)
    detector.extend(*(column[: BARS // 2] for column in columns.values()))
    bar = BARS - 7
    sent = {
        "columns": {name: column.tolist() for name, column in columns.items()},
        "options": options,
        "state": list(detector.snapshot()),
        "bar": bar,
    }
    explained = {
        name: [tuple(c) for c in tvf.explain_candlestick(**columns, pattern=name, bar=bar, **options)]
        for name in whole.columns
    }
    for where, found in everywhere(tvf_package, ASK, sent):
        for name in whole.columns:
            expected = whole[name].to_list()
            assert found["free"][name] == expected, (where, name)
            assert found["resident"][name] == expected, (where, name)
            assert found["resumed"][name] == expected[BARS // 2 :], (where, name)
            page = [tuple(c[field] for field in tvf.Condition._fields) for c in found["explained"][name]]
            assert repr(page) == repr(likewise(explained[name])), (where, name)
        assert [p["id"] for p in found["patterns"]] == whole.columns


def likewise(conditions):
    """Conditions with the numbers as a page sends them: a whole number is no fraction."""
    return [tuple(int(x) if isinstance(x, float) and x == x // 1 else x for x in c) for c in conditions]
