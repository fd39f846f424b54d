"""Bars that both packages build: the same words, errors, bars and states to the bit."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
import tvf

HERE = Path(__file__).parent
ZONES = [
    "UTC",
    "America/New_York",
    "Europe/Berlin",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "America/Sao_Paulo",
]
SESSIONS = [None, "09:30-16:00", "18:00-17:00", "02:30-02:30", "01:30-05:00"]
# Clocks change within days of these moments in some of the zones; one lies before 1970.
STARTS = [
    1_709_856_000_000,
    1_711_670_400_000,
    1_712_275_200_000,
    1_730_419_200_000,
    946_684_800_000,
    -300_000_000,
]


def case(seed):
    random = np.random.Generator(np.random.PCG64(seed))
    pick = lambda options: options[int(random.integers(len(options)))]  # noqa: E731
    n = 200
    timeframe = pick(["30s", "1m", "5m", "45m", "1h", "4h", "1d", "2d", "1w", "1M", "3M"])
    pace = {"s": 20_000, "m": 300_000, "h": 3_000_000}.get(timeframe[-1], 40_000_000)
    steps = random.integers(0, pace, n) * (random.random(n) < 0.8)
    time = pick(STARTS) + np.cumsum(steps) - random.integers(0, 2 * pace, n) * (random.random(n) < 0.1)
    price = 100 + random.normal(size=n).cumsum()
    size = random.exponential(size=n)
    ids = np.cumsum(random.integers(0, 3, n))
    options = {
        "zone": pick(ZONES),
        "outside": pick(["drop", "keep"]),
        "late": pick(["drop", "merge", "error"]),
    }
    if session := pick(SESSIONS):
        options["session"] = session
    if random.random() < 0.5:
        options |= {"fill": "previous", "limit": int(random.integers(1, 60))}
    found = {"timeframe": timeframe, "options": options, "cut": int(random.integers(0, n))}
    if random.random() < 0.3:
        spread = random.random((2, n))
        rows = np.stack([time, price, price + spread[0], price - spread[1], price + 0.01, size], 1)
        # Some are sent again.
        return {**found, "bars": rows[np.sort(random.integers(0, n, n))].tolist(), "cut": n}
    ticks = {"time": time, "price": price, "size": size, "id": ids}
    return {**found, "ticks": {name: column.tolist() for name, column in ticks.items()}}


def attempt(act, *args):
    try:
        return act(*args)
    except tvf.Error as error:
        return f"{error.code}: {error}"


def answer(case):
    builder = attempt(lambda: tvf.BarBuilder(case["timeframe"], **case["options"]))
    if isinstance(builder, str):
        return {"error": builder}
    cut, closed = case["cut"], None
    if "bars" in case:
        words = [attempt(builder.bar, *bar) for bar in case["bars"]]
    else:
        columns = [case["ticks"][name] for name in ("time", "price", "size", "id")]
        rows = list(zip(*columns, strict=True))[:cut]
        words = [attempt(builder.tick, *row) for row in rows]
        closed = attempt(builder.ticks, *(np.array(column[cut:], np.float64) for column in columns))
        if isinstance(closed, tvf.Bars):
            closed = [column.astype("<f8").tobytes().hex() for column in closed.columns.values()]
    facts = {"dropped": builder.dropped, "gaps": builder.gaps}
    return {"words": words, "closed": closed, "snapshot": builder.snapshot().hex(), **facts}


WRONG = [
    {"timeframe": "5x", "options": {}},
    {"timeframe": "99h", "options": {}},
    {"timeframe": "5m", "options": {"zone": "Mars"}},
    {"timeframe": "5m", "options": {"zone": 5}},
    {"timeframe": "5m", "options": {"open": "24:00"}},
    {"timeframe": "5m", "options": {"session": "9-4"}},
    {"timeframe": "5m", "options": {"session": 930}},
    {"timeframe": "5m", "options": {"open": 60, "session": "09:30-16:00"}},
    {"timeframe": "5m", "options": {"outside": "x"}},
    {"timeframe": "5m", "options": {"late": "x"}},
    {"timeframe": "5m", "options": {"fill": "x"}},
    {"timeframe": "5m", "options": {"limit": 0.5}},
    {"timeframe": "5m", "options": {"limit": "9"}},
    {"timeframe": 5, "options": {}},
]


@pytest.fixture(scope="module")
def page():
    """The answers of the npm package to cases, in Node."""

    def ask(cases):
        text = json.dumps({"cases": cases})
        run = subprocess.run(
            ["node", HERE / "builder.mjs"],
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout)

    assert (HERE.parent / "npm/dist/index.js").is_file(), "build the npm package first: make build"
    return ask


def test_the_same_bars_and_states(page):
    cases = [case(seed) for seed in range(300)]
    built = bars = 0
    for one, theirs in zip(cases, page(cases), strict=True):
        ours = answer(one)
        assert ours == theirs, one | {"ticks": "..", "bars": ".."}
        built += "snapshot" in ours
        bars += ours["words"].count("push")
    assert built == len(cases)
    assert bars > 1000


def test_the_same_words_for_what_is_wrong(page):
    for one, theirs in zip(WRONG, page([{"ticks": None, "cut": 0, **w} for w in WRONG]), strict=True):
        ours = answer({**one, "cut": 0, "bars": []})
        assert ours == theirs
        assert set(ours) == {"error"}
