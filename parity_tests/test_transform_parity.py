"""Chart transforms and Fibonacci levels in the wheel and in all browsers and builds: every bit."""

from typing import Any

import numpy as np
import pytest

from parity_tests.asked import everywhere

tvf = pytest.importorskip("tvf")

BARS = 4000
FIGURES = ["retracement", "extension", "projection", "fan", "arcs", "time_zones"]

SETTINGS = {
    "heikin_ashi": [{}],
    "renko": [
        {"brick": 0.7, "wicks": "range"},
        {"brick": 0.5, "unit": "percent", "method": "high_low", "wicks": "against"},
        {"brick": 1.5, "unit": "atr", "period": 9},
        {"brick": 1e-9},
    ],
    "kagi": [
        {"reversal": 1.3},
        {"reversal": 2.0, "unit": "percent"},
        {"reversal": 2.0, "unit": "atr", "method": "high_low"},
    ],
    "point_and_figure": [{"box": 0.3}, {"box": 0.25, "reversal": 1, "method": "high_low"}, {"box": 0}],
    "line_break": [{}, {"lines": 2}, {"lines": 0.5}],
    "range_bars": [{"size": 0.9}, {"size": 3}],
    "tick_bars": [{"size": 17}],
    "volume_bars": [{"size": 2e6}],
    "dollar_bars": [{"size": 1e8}],
}
LEVELS = [
    {"kind": FIGURES, "swings": 12, "tolerance": 1.0},
    {"kind": FIGURES, "swings": 5, "scale": "log", "pivots": "percent", "reversal": 4.0, "unit": 0.01},
    {"kind": "retracement", "swings": 100, "pivots": "bars", "reversal": 5, "ratios": [0.5, 1 / 3]},
    {"kind": "circle"},
]

ASK = """async (tvf, { columns, settings, levels }) => {
  const attempt = (act) => {
    try { return act(); } catch ({ code, message }) { return { code, message }; }
  };
  const plain = (rows) => Object.values(rows).map((column) => Array.from(column));
  const found = { transforms: [], levels: [] };
  for (const [kind, all] of Object.entries(settings)) {
    for (const options of all) {
      const rows = (forming) => plain(tvf.transform(kind, columns, { ...options, forming }));
      found.transforms.push(attempt(() => [...rows(false), ...rows(true)]));
    }
  }
  for (const options of levels) {
    found.levels.push(attempt(() => {
      const { levels, clusters, points } = tvf.fibonacci(columns, options);
      return [
        levels.map(({ kind, from, to, then, ...rest }) =>
          [kind, rest.ratio, rest.price, rest.bar, rest.slope, ...from, ...to, ...(then ?? [null, null])]),
        clusters.map(({ low, high, swings, count, score, parts }) =>
          [low, high, swings, count, score, parts.map(({ kind, ratio }) => [kind, ratio])]),
        points.map(({ bar, time, price }) => [bar, time, price]),
      ];
    }));
  }
  return found;
}"""


def walk(seed):
    """Bars with missing values."""
    random = np.random.Generator(np.random.PCG64(seed))
    close = 80 * np.exp(np.cumsum(random.normal(size=BARS)) / 100)
    found = {
        "time": 1.7e12 + 60_000 * np.cumsum(random.integers(0, 3, BARS)).astype(float),
        "open": close * (1 + random.normal(size=BARS) / 500),
        "high": close * (1 + random.uniform(0, 0.01, BARS)),
        "low": close * (1 - random.uniform(0, 0.01, BARS)),
        "close": close,
        "volume": random.uniform(0, 1e6, BARS),
    }
    for name in ("open", "high", "low", "close", "volume"):
        found[name][random.choice(BARS, 40)] = np.nan
    return found


def attempt(act):
    try:
        return act()
    except tvf.Error as error:
        return {"code": error.code, "message": str(error)}


def transformed(columns, kind, options):
    tables = [tvf.transform(kind, columns, forming=forming, **options) for forming in (False, True)]
    no_time = np.iinfo(np.int64).min
    return [
        np.where(column == no_time, np.nan, column.astype(float)) if name == "time" else column
        for table in tables
        for name, column in table.columns.items()
    ]


def drawn(columns, options):
    prices = [columns[name] for name in ("high", "low", "close", "time")]
    found = tvf.fibonacci(*prices, **options)
    parts = [[list(part) for part in cluster.parts] for cluster in found.clusters]
    clusters = [[*cluster[:5], part] for cluster, part in zip(found.clusters, parts, strict=True)]
    return [[list(row) for row in found], clusters, [list(point) for point in found.points]]


def bits(value) -> Any:
    """Numbers as their bits, missing ones alike."""
    if isinstance(value, str | dict):
        return value
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, int | float | np.integer | np.floating):
        return float(value).hex()
    return [bits(x) for x in (value.tolist() if isinstance(value, np.ndarray) else value)]


@pytest.mark.parametrize("seed", [1, 2])
def test_every_bit_is_equal(tvf_package, seed):
    columns = walk(seed)
    calls = [(kind, options) for kind, all_of in SETTINGS.items() for options in all_of]
    rows = [bits(attempt(lambda c=call: transformed(columns, *c))) for call in calls]
    levels = [bits(attempt(lambda o=options: drawn(columns, o))) for options in LEVELS]
    assert sum(isinstance(found, dict) for found in rows) == 3
    assert sum(isinstance(found, dict) for found in levels) == 1
    assert all(len(found[0]) > 5 for found in [*rows, *levels] if isinstance(found, list))
    sent = {
        "columns": {name: column.tolist() for name, column in columns.items()},
        "settings": SETTINGS,
        "levels": LEVELS,
    }
    for where, found in everywhere(tvf_package, ASK, sent):
        for call, wheel, page in zip(calls, rows, found["transforms"], strict=True):
            assert bits(page) == wheel, (where, call)
        for options, wheel, page in zip(LEVELS, levels, found["levels"], strict=True):
            assert bits(page) == wheel, (where, options)
