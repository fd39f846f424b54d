"""The composite signal in the wheel and in all browsers and builds, over the same bars: every digit."""

import json

import pytest

from parity_tests.asked import everywhere
from parity_tests.test_pattern_parity import number, numbers, walk

tvf = pytest.importorskip("tvf")

ASK = """async (tvf, { columns, calls }) => {
  const read = (column) => Float64Array.from(column, (x) => (x === null ? NaN : x));
  const given = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, read(column)]));
  const shown = (x) => (Object.is(x, -0) ? "-0" : Number.isFinite(x) ? x : String(x));
  const odd = (_, x) => (typeof x === "number" ? shown(x) : x);
  const found = calls.map(({ last, leave, options }) => {
    const part = Object.entries(given).filter(([name]) => !leave.includes(name));
    return tvf.composite(Object.fromEntries(part.map(([name, x]) => [name, x.subarray(0, last)])), options);
  });
  return JSON.stringify({ found, sources: tvf.compositeSources() }, odd);
}"""

CALLS = [
    {"last": last, "leave": leave, "options": options}
    for last in (40, 900, 5000, 10_000)
    for leave in ([], ["open"], ["volume", "time"])
    for options in (
        {},
        {"half_life": 60, "weights": {"rsi": 3, "harmonic": 0.25}},
        {"sources": ["td", "cci"]},
    )
]


def plain(signal):
    facts = signal.to_dict()
    facts["reasons"] = [numbers(reason) for reason in facts["reasons"]]
    return {name: number(value) if isinstance(value, float) else value for name, value in facts.items()}


@pytest.mark.parametrize("seed", [1, 2])
def test_every_digit_is_equal(tvf_package, seed):
    bars = walk(seed)
    expected = []
    for call in CALLS:
        part = {name: x[: call["last"]] for name, x in bars.items() if name not in call["leave"]}
        expected.append(plain(tvf.composite(**{"open": None} | part, **call["options"])))
    assert sum(len(signal["reasons"]) for signal in expected) > 300
    columns = {name: [number(x) for x in column.tolist()] for name, column in bars.items()}
    for where, text in everywhere(tvf_package, ASK, {"columns": columns, "calls": CALLS}):
        answer = json.loads(text)
        for call, ours, theirs in zip(CALLS, expected, answer["found"], strict=True):
            assert theirs == ours, (where, call)
        known = [(s.id, s.title, s.rule, s.weight, list(s.names)) for s in tvf.composite_sources()]
        told = [(s["id"], s["title"], s["rule"], s["weight"], s["names"]) for s in answer["sources"]]
        assert told == known
