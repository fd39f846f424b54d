"""Families of patterns in the wheel and in all browsers and builds: every digit."""

import json

import numpy as np
import pytest

from parity_tests.asked import everywhere

tvf = pytest.importorskip("tvf")

BARS = 10_000

# What is not a number of JSON travels as a word, and numbers keep all their digits.
ASK = """async (tvf, { columns, calls }) => {
  const camel = (id) => id.replace(/_./g, (part) => part[1].toUpperCase());
  const read = (column) => Float64Array.from(column, (x) => (x === null ? NaN : x));
  const given = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, read(column)]));
  const shown = (x) => (Object.is(x, -0) ? "-0" : Number.isFinite(x) ? x : String(x));
  const odd = (_, x) => (typeof x === "number" ? shown(x) : x);
  const found = calls.map(({ id, inputs, options }) =>
    tvf[camel(id)](...inputs.map((name) => given[name]), options));
  return JSON.stringify({ found, families: tvf.families() }, odd);
}"""


def walk(seed):
    random = np.random.Generator(np.random.PCG64(seed))
    close = 100 * np.exp(np.cumsum(random.normal(0, 0.01, BARS)))
    open_ = np.concatenate([[100.0], close[:-1]])
    bars = {
        "open": open_,
        "high": np.maximum(open_, close) * (1 + 0.003 * random.random(BARS)),
        "low": np.minimum(open_, close) * (1 - 0.003 * random.random(BARS)),
        "close": close,
        "volume": np.round(1000 * random.random(BARS)),
        "time": 1.7e12 + 60_000 * np.arange(BARS),
    }
    if seed % 2:
        bars = {name: x if name == "time" else np.round(x, 1) for name, x in bars.items()}
    for name in ("open", "high", "low", "close"):
        bars[name][random.choice(BARS, 10)] = np.nan
    return bars


def number(x):
    """A number as the page writes it."""
    if x is None or (isinstance(x, float) and x != x):
        return None
    if isinstance(x, float) and np.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    if x == 0 and np.signbit(x):
        return "-0"
    return x


def numbers(named):
    return {name: number(value) for name, value in named.items()}


def points(row):
    return [{**point._asdict(), "price": number(point.price)} for point in row.points]


def pattern(row):
    own = row._asdict()
    zone = [number(own.pop(end)) for end in ("zone_low", "zone_high")]
    own |= {"points": points(row), "parts": numbers(row.parts), "targets": numbers(row.targets)}
    own |= {name: number(own[name]) for name in ("score", "invalidation")}
    return own | {"zone": None if zone == [None, None] else zone}


def miss(row):
    conditions = [
        {"name": c.name, **numbers({"measured": c.measured, "low": c.low, "high": c.high})}
        for c in row.conditions
    ]
    return {**row._asdict(), "points": points(row), "conditions": conditions, "score": number(row.score)}


def calls():
    for family in tvf.families():
        for method in ("atr", "percent", "bars"):
            settings = {}
            if "pivots" in tvf.PatternWatch(family.id).params:
                settings = {"pivots": method, "reversal": {"atr": 2.0, "percent": 2.0, "bars": 4.0}[method]}
            for more in ({}, {"forming": True}, {"misses": True}):
                yield family, {**settings, **more}


@pytest.mark.parametrize("seed", [1, 2])
def test_every_digit_is_equal(tvf_package, seed):
    bars = walk(seed)
    expected, sent = [], []
    for family, options in calls():
        found = getattr(tvf, family.id)(**{name: bars[name] for name in family.inputs}, **options)
        expected.append([miss(row) if options.get("misses") else pattern(row) for row in found])
        sent.append({"id": family.id, "inputs": list(family.inputs), "options": options})
    assert sum(map(len, expected)) > 1000
    columns = {name: [number(x) for x in column.tolist()] for name, column in bars.items()}
    for where, text in everywhere(tvf_package, ASK, {"columns": columns, "calls": sent}):
        answer = json.loads(text)
        for call, ours, theirs in zip(sent, expected, answer["found"], strict=True):
            theirs = [{**row, "conditions": unended(row)} if "conditions" in row else row for row in theirs]
            assert theirs == ours, (where, call)
        assert [family["id"] for family in answer["families"]] == [f.id for f in tvf.families()]
        texts = [(f["summary"], f["rules"], f["source"]) for f in answer["families"]]
        assert texts == [(f.summary, list(f.rules), f.source) for f in tvf.families()]


def unended(row):
    """Conditions of a page's near miss: a number that is none is written as such there, as null here."""
    return [{k: None if v == "NaN" else v for k, v in c.items()} for c in row["conditions"]]
