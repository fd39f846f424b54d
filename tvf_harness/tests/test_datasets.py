import numpy as np

from tvf_harness.datasets import COLUMNS, datasets, random_walk, real


def test_all_columns_of_a_dataset_have_one_length_and_the_right_type():
    names = [bars.name for bars in datasets()]
    assert len(set(names)) == len(names)
    for bars in datasets():
        assert tuple(bars.columns) == COLUMNS
        assert {len(column) for column in bars.columns.values()} == {len(bars)}
        assert bars.columns["time"].dtype == np.int64
        assert all(bars.columns[name].dtype == np.float64 for name in COLUMNS[1:])
        assert (np.diff(bars.columns["time"]) > 0).all()


def test_every_trouble_is_there():
    found = {bars.name: bars.columns for bars in datasets()}
    assert np.isnan(found["gaps"]["close"]).any()
    assert np.isinf(found["infinities"]["high"]).any()
    assert found["huge"]["close"][:200].max() > np.finfo(np.float64).max / 100
    assert (found["tiny"]["close"] ** 2 == 0).all()
    tiniest = np.finfo(np.float64).smallest_normal
    assert (found["denormal"]["high"] < tiniest).all()
    assert (found["denormal"]["high"] > 0).any()
    signs = np.signbit(found["zeros"]["close"][found["zeros"]["close"] == 0])
    assert signs.any()
    assert not signs.all()
    assert (found["zero_volume"]["volume"] == 0).sum() > 100
    assert np.ptp(found["flat"]["high"] - found["flat"]["low"]) == 0
    assert [len(found[name]["close"]) for name in ("five", "one", "none")] == [5, 1, 0]


def test_real_bars_are_adjusted():
    bars = real("AAPL").columns
    assert len(bars["close"]) > 3000
    assert (bars["low"] <= bars["close"] * (1 + 1e-12)).all()
    # Unadjusted, the split of June 2000 halves the price from one day to the next.
    assert np.abs(np.diff(np.log(bars["close"]))).max() < 0.75


def test_bars_are_the_same_in_each_run():
    first, second = random_walk(100, seed=3), random_walk(100, seed=3)
    for name in COLUMNS:
        assert first.columns[name].tobytes() == second.columns[name].tobytes()


def test_a_seed_changes_the_synthetic_bars_only():
    for first, second in zip(datasets(), datasets(seed=1, walk=3000), strict=True):
        assert first.name == second.name
        equal = first.columns["close"].tobytes() == second.columns["close"].tobytes()
        assert equal == (first.name in ("aapl", "ibm", "msft", "goog", "flat", "five", "one", "none"))
    assert {len(bars) for bars in datasets(seed=1, walk=3000) if bars.name == "walk"} == {3000}


def test_head_caps_the_length():
    assert len(random_walk(100).head(7)) == 7
    assert len(random_walk(5).head(7)) == 5
    assert len(random_walk(5).head(None)) == 5
