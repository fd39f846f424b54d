"""Tuning in the wheel and in all browsers and builds: every digit of every loss curve."""

import json

import pytest

from parity_tests.asked import everywhere
from parity_tests.test_pattern_parity import number, walk

tvf = pytest.importorskip("tvf")

ASK = """async (tvf, { close, calls }) => {
  const source = Float64Array.from(close);
  const shown = (x) => (Object.is(x, -0) ? "-0" : Number.isFinite(x) ? x : String(x));
  const odd = (_, x) => (ArrayBuffer.isView(x) ? Array.from(x, shown) : typeof x === "number" ? shown(x) : x);
  return JSON.stringify(calls.map(({ id, options }) => tvf.tune(id, source, options)), odd);
}"""

CALLS = [{"id": name, "options": {}} for name in tvf.tunable()] + [
    {"id": "kama", "options": {"window": [500, 4000], "horizon": 5, "smoothness": 20}},
    {"id": "alma", "options": {"knobs": {"sigma": [1, 9]}, "params": {"period": 21}}},
    {"id": "ema", "options": {"smoothness": 0, "iterations": 3}},
]


def plain(tuned):
    return {
        "id": tuned.id,
        "params": {name: number(value) for name, value in tuned.params.items()},
        "before": number(tuned.before),
        "after": number(tuned.after),
        "losses": [number(x) for x in tuned.losses.tolist()],
        "values": {name: [number(x) for x in column.tolist()] for name, column in tuned.values.items()},
        "end": tuned.end,
        "evaluations": tuned.evaluations,
    }


def test_every_digit_is_equal(tvf_package):
    close = walk(1)["close"]
    expected = [plain(tvf.tune(call["id"], close, **call["options"])) for call in CALLS]
    assert sum(len(tuned["losses"]) for tuned in expected) > 60
    for where, text in everywhere(tvf_package, ASK, {"close": close.tolist(), "calls": CALLS}):
        answer = json.loads(text)
        for call, ours, theirs in zip(CALLS, expected, answer, strict=True):
            assert theirs == ours, (where, call)
