"""The JavaScript that the speed report compares with computes what the wheel computes."""

import pytest

from tvf_harness.datasets import Bars, random_walk, real
from tvf_harness.speed import JAVASCRIPT, Job, assert_parity, jobs_of, open_arena, run_speed

tvf = pytest.importorskip("tvf")

OTHERS = {
    "sma": [{"period": 1}, {"period": 7}, {"period": 900}],
    "ema": [{"period": 1}, {"period": 7}, {"period": 900}],
    "wma": [{"period": 1}, {"period": 7}, {"period": 900}],
    "hma": [{"period": 1}, {"period": 3}, {"period": 7}, {"period": 900}],
    "vwma": [{"period": 7}, {"period": 900}],
    "rsi": [{"period": 2}, {"period": 900}],
    "stoch": [{"period": 5, "k": 3, "d": 4}, {"period": 1}],
    "macd": [{"fast": 3, "slow": 7, "signal": 2}, {"fast": 9, "slow": 4, "signal": 1}],
    "bbands": [{"period": 5, "mult": 1.5}, {"period": 900}],
    "keltner": [{"period": 3, "atr_period": 20, "mult": 1.5}, {"period": 900}],
    "sma_atr_channel": [{"period": 3, "atr_period": 20, "mult": 0.5}, {"period": 900}],
    "psar": [{"start": 0.5, "step": 0.1, "max": 0.3}, {"start": 0.0, "step": 0.0}],
    "atr": [{"period": 1}, {"period": 900}],
    "adx": [{"period": 3}, {"period": 300}],
    "ichimoku": [{"conversion": 3, "base": 5, "span": 11}, {"conversion": 1, "base": 900, "span": 2}],
    "cmf": [{"period": 3}, {"period": 900}],
    "rvol": [{"period": 1}, {"period": 900}, {"by": "time_of_day", "period": 3}],
    "vwap": [{"mult": 2.5}, {"anchor": "none", "mult": 0.0}],
    "heartbeat": [{"mult": 0.5, "atr_period": 3, "beats": 4}, {"mult": 3.0, "threshold": "percent"}],
    "sma_cross": [{"fast": 3, "slow": 8}, {"fast": 20, "slow": 5}],
    "support_resistance": [
        {"left": 1, "right": 2, "tolerance": 1.5, "atr_period": 3},
        {"tolerance": 0.0, "min_touches": 1},
    ],
    "volume_profile": [{"bins": 7, "value_area": 0.4}, {"spread": "close"}],
}


@pytest.mark.parametrize("bars", [real("AAPL"), random_walk(3_000, seed=5), random_walk(40)], ids=len)
def test_javascript_computes_what_the_wheel_computes(tvf_package, bars: Bars):
    catalog = {entry.id: entry for entry in tvf.catalog()}
    jobs = jobs_of(list(catalog.values()))
    jobs += [
        Job.of(f"{name} {options}", catalog[name], options)
        for name, sets in OTHERS.items()
        for options in sets
    ]
    with open_arena(tvf_package, bars, ["simd"]) as arena:
        assert_parity(arena, [*jobs, arena.chart()], JAVASCRIPT)


def test_the_entries_of_the_chart_have_their_rivals(tvf_package):
    jobs = jobs_of(tvf.catalog())
    with open_arena(tvf_package, random_walk(300), ["simd"]) as arena:
        for rival in ("plain", "app"):
            raced = {job.members[0][0].id for job in jobs if arena.has("simd", rival, job)}
            assert raced == {*OTHERS, "obv"}, rival


def test_data_in_computing_and_results_out_are_timed_apart(tvf_package, tmp_path):
    found = run_speed(
        tvf_package,
        indicators=["sma_cross"],
        bars=[200, 100],
        builds=["simd", "baseline"],
        rounds=1,
        peers=tmp_path,
    )
    small, large = found.as_json()["sizes"]
    assert (small["bars"], large["bars"]) == (100, 200)
    for size in (small, large):
        [entry] = size["entries"]
        names = ["wheel", "simd in", "simd compute", "simd out", "simd copied", "baseline compute"]
        assert list(entry["contenders"]) == [*names, "plain", "app"]
        assert all(timing["min"] > 0 for timing in entry["contenders"].values())
