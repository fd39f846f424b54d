import json

import numpy as np
import polars as pl
import pytest
import tvf

NAMES = ("open", "high", "low", "close", "volume")


def walk(bars=1500, seed=0):
    random = np.random.Generator(np.random.PCG64(seed))
    close = 100 * np.exp(np.cumsum(random.normal(0.0005, 0.012, bars)))
    open_ = np.concatenate([[100.0], close[:-1]])
    high = np.maximum(open_, close) * (1 + 0.004 * random.random(bars))
    low = np.minimum(open_, close) * (1 - 0.004 * random.random(bars))
    return open_, high, low, close, np.round(1000 * random.random(bars))


def ask(columns, **options):
    *prices, volume = columns
    return tvf.composite(*prices, volume=volume, **options)


def facts(signal):
    return json.dumps(signal.to_dict())


def test_the_contributions_add_up_and_the_greatest_come_first():
    signal = ask(walk())
    sizes = np.abs(signal.reasons.contribution)
    assert len(sizes) > 10
    assert np.all(np.diff(sizes) <= 0)
    assert signal.reasons.contribution.sum() == pytest.approx(signal.score, abs=1e-12)
    assert signal.strength == abs(signal.score)
    assert signal.bar == 1499
    assert signal.time is None
    assert signal.silent == ()


def test_votes_of_indicators_follow_their_rules():
    columns = walk(seed=3)
    _, high, low, close, volume = columns
    signal = ask(columns)
    votes = {reason.source: reason for reason in signal.reasons}
    atr = tvf.atr(high, low, close)[-1]
    assert votes["ema"].vote == np.clip((close[-1] - tvf.ema(close, 50)[-1]) / (2 * atr), -1, 1)
    assert votes["macd"].vote == np.clip(tvf.macd(close).hist[-1] / (0.25 * atr), -1, 1)
    assert votes["cmf"].vote == np.clip(tvf.cmf(high, low, close, volume)[-1] / 0.25, -1, 1)
    assert votes["rsi"].measured == tvf.rsi(close)[-1]
    assert votes["supertrend"].vote == tvf.supertrend(high, low, close).trend[-1]


def test_votes_of_patterns_follow_the_families():
    columns = walk(seed=5)
    _, high, low, close, volume = columns
    signal = ask(columns, sources=["price_patterns"], half_life=40.0)
    last = len(close) - 1
    expected = []
    for p in tvf.price_patterns(high, low, close, volume=volume):
        age = last - p.confirmed
        target = [*p.targets.values()][-1] if p.targets else np.nan
        over, under = (target, p.invalidation) if p.direction > 0 else (p.invalidation, target)
        since = slice(p.confirmed + 1, None)
        if p.direction and age <= 240 and not ((high[since] > over).any() or (low[since] < under).any()):
            expected.append((p.name, p.confirmed, p.direction * p.score * 2.0 ** (-age / 40)))
    found = [(r.name, r.bar, r.vote) for r in signal.reasons]
    assert expected
    assert sorted(row[:2] for row in found) == sorted(row[:2] for row in expected)
    assert [row[2] for row in sorted(found)] == pytest.approx([row[2] for row in sorted(expected)])


def test_any_number_of_threads_gives_the_same():
    columns = walk(4000, 2)
    one = facts(ask(columns, threads=1))
    assert facts(ask(columns, threads=2)) == one
    assert facts(ask(columns)) == one


def test_any_kind_of_column_gives_the_same():
    columns = walk(700, 4)
    plain = facts(ask(columns))
    assert facts(ask([pl.Series(column) for column in columns])) == plain
    assert facts(ask([column.tolist() for column in columns])) == plain


def test_a_frame_is_as_good_as_columns():
    columns = walk(400)
    named = dict(zip(NAMES, columns, strict=True))
    plain = facts(tvf.composite(*columns))
    assert plain == facts(ask(columns))
    polars = pl.DataFrame(named)
    for frame in (named, polars, polars.to_pandas(), polars.to_arrow()):
        assert facts(tvf.composite(frame)) == plain
    with pytest.raises(tvf.InputError, match="a frame or one by one"):
        tvf.composite(named, columns[1])
    with pytest.raises(tvf.InputError, match="there is no close"):
        tvf.composite(columns[0])


def test_what_cannot_vote_says_why_and_is_an_error_if_it_was_asked_for():
    _, high, low, close, _ = walk(400)
    signal = tvf.composite(None, high, low, close)
    assert {s.source: s.why for s in signal.silent} == {
        "candlesticks": "there is no open",
        "mfi": "there is no volume",
        "cmf": "there is no volume",
        "obv": "there is no volume",
    }
    with pytest.raises(tvf.InputError, match="source mfi reads volume") as caught:
        tvf.composite(None, high, low, close, sources=["mfi"])
    assert (caught.value.name, caught.value.bound) == ("volume", "mfi")
    short = tvf.composite(None, high[:40], low[:40], close[:40])
    assert ("sma_cross", "it has no value at the last bar") in short.silent


def test_weights_and_sources():
    columns = walk()
    alone = ask(columns, sources=["aroon"])
    assert [reason.source for reason in alone.reasons] == ["aroon"]
    assert alone.score == alone.reasons[0].vote
    heavy = ask(columns, sources=["aroon", "psar"], weights={"aroon": 3})
    votes = {reason.source: reason.vote for reason in heavy.reasons}
    assert heavy.score == pytest.approx((3 * votes["aroon"] + 0.5 * votes["psar"]) / 3.5)
    assert {r.source for r in ask(columns, weights={"rsi": 0}).reasons}.isdisjoint({"rsi"})
    for source in tvf.composite_sources():
        assert set(source.inputs) <= set(NAMES)
        signal = ask(columns, sources=[source.id])
        assert {reason.source for reason in signal.reasons} <= {source.id}
        assert {reason.name for reason in signal.reasons} <= set(source.names)


@pytest.mark.parametrize(
    ("options", "kind", "name"),
    [
        ({"weights": {"rsy": 1}}, tvf.ParamError, "source"),
        ({"weights": {"rsi": -1}}, tvf.ParamError, "weights"),
        ({"weights": {"rsi": "much"}}, tvf.InputTypeError, "weights"),
        ({"sources": ["nobody"]}, tvf.ParamError, "source"),
        ({"sources": [7]}, tvf.ParamError, "sources"),
        ({"sources": []}, tvf.ParamError, "weights"),
        ({"half_life": 0}, tvf.ParamError, "half_life"),
        ({"neutral": 2}, tvf.ParamError, "neutral"),
        ({"threads": -1}, tvf.ParamError, "threads"),
    ],
)
def test_errors_name_what_is_wrong(options, kind, name):
    with pytest.raises(kind) as caught:
        ask(walk(100), **options)
    assert caught.value.name == name


def test_errors_of_columns():
    open_, high, low, close, _ = walk(100)
    with pytest.raises(tvf.InputError, match="high has 99 bars"):
        tvf.composite(open_, high[1:], low, close)
    with pytest.raises(tvf.InputError):
        tvf.composite(open_, high, low, close, time=np.arange(100)[::-1] + 1.7e12)
    empty = tvf.composite([], [], [], [])
    assert (empty.bar, empty.direction, len(empty.reasons)) == (None, 0, 0)


def test_it_shows_itself():
    text = repr(ask(walk()))
    assert text.startswith("<Composite: ")
    assert "of the score (bar" in text
    frame = ask(walk()).reasons.to_polars()
    assert frame.columns == [*tvf.CompositeReason._fields]
