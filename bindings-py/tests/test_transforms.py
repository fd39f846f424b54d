"""Chart transforms: kinds of columns and frames, rows as tables, bar by bar, and what is refused."""

import datetime as dt
from typing import Any

import numpy as np
import pytest
import tvf

transform: Any = tvf.transform
CLOSE = [100.2, 101.0, 102.9, 101.1, 100.0, 103.4]
TIME = [1.7e12 + 60_000 * i for i in range(6)]


def test_rows_are_a_table():
    rows = transform("renko", close=CLOSE, time=TIME)
    assert isinstance(rows, tvf.TransformRows)
    assert rows.index.tolist() == [1, 2, 4, 5, 5]
    assert rows.direction.tolist() == [1, 1, -1, 1, 1]
    last = rows[-1]
    assert (last.start, last.time, last.open, last.close) == (5, int(TIME[5]), 102.0, 103.0)
    assert np.isnan(last.volume)
    assert transform("renko", close=CLOSE)[0].time is None


def test_own_columns_of_kinds():
    kagi = transform("kagi", close=CLOSE, reversal=1.5)
    assert isinstance(kagi[0], tvf.KagiRow)
    assert kagi.line.tolist() == [1, -1]
    assert np.isnan(kagi.turned[0])
    assert kagi.turned[1] == 100.2
    columns = transform("point_and_figure", close=CLOSE, reversal=2)
    assert isinstance(columns[0], tvf.PointAndFigureRow)
    assert columns.boxes.tolist() == [2, 2]


def test_what_forms_comes_apart():
    closed = transform("line_break", close=CLOSE[:4])
    forming = transform("line_break", close=CLOSE[:4], forming=True)
    assert (len(closed), forming.open.tolist(), forming.close.tolist()) == (2, [102.9], [101.1])
    assert len(transform("heikin_ashi", *[CLOSE] * 4, forming=True)) == 0


def test_frames_and_columns_give_the_same():
    pl, pd, pa = (pytest.importorskip(name) for name in ("polars", "pandas", "pyarrow"))
    expected = transform("renko", close=CLOSE, time=TIME)
    dates = [dt.datetime.fromtimestamp(t / 1000, dt.UTC).replace(tzinfo=None) for t in TIME]
    data = {"date": dates, "Close": CLOSE}
    frames = [pl.DataFrame(data), pl.DataFrame(data).lazy(), pd.DataFrame(data), pa.table(data)]
    for frame in frames:
        found = transform("renko", frame)
        columns = found.to_pydict() if isinstance(found, pa.Table) else found
        assert list(columns["close"]) == expected.close.tolist()
    assert isinstance(transform("renko", frames[0]), pl.DataFrame)
    assert isinstance(transform("renko", close=pd.Series(CLOSE)), pd.DataFrame)
    ticks = {"price": CLOSE, "size": [1.0] * 6, "time": TIME}
    assert transform("tick_bars", ticks, size=3).volume.tolist() == [3.0, 3.0]
    indexed = pd.DataFrame({"close": CLOSE}, index=pd.DatetimeIndex(dates))
    found = transform("renko", indexed)
    assert found["time"].iloc[0] == dates[1]


def test_resample_is_the_builders():
    frame = {"time": TIME, "open": CLOSE, "high": CLOSE, "low": CLOSE, "close": CLOSE}
    closed = transform("resample", frame, timeframe="2m")
    last = transform("resample", frame, timeframe="2m", forming=True)
    assert isinstance(closed, tvf.Bars)
    whole = tvf.resample(frame, "2m")
    assert [*closed.close, *last.close] == list(whole["close"])
    of_ticks = transform("resample", close=CLOSE, time=TIME, timeframe="2m")
    assert of_ticks.volume.sum() + 2 >= len(CLOSE) - 1


@pytest.mark.parametrize("kind", [kind.id for kind in tvf.transforms()])
def test_bar_by_bar(kind):
    random = np.random.Generator(np.random.PCG64(5))
    close = 100 + random.normal(size=300).cumsum()
    bars = {"open": close, "high": close + 0.5, "low": close - 0.5, "close": close, "volume": close * 100}
    whole = transform(kind, bars)
    series = tvf.Transform(kind)
    found = []
    for i in range(300):
        bar = {name: column[i] for name, column in bars.items()}
        wrong = bar | {"close": bar["close"] + 3}
        peeked = series.peek(**wrong)
        assert repr(peeked) == repr(series.update(**wrong))
        found += list(series.replace(**bar))
    assert repr(found) == repr(list(whole))
    assert repr(series.forming()) == repr(transform(kind, bars, forming=True))
    assert series.bars == 300
    again = tvf.Transform(kind)
    assert repr(again.extend(**bars)) == repr(whole)


def test_definitions_tell_what_rows_have():
    for kind in tvf.transforms():
        columns = {name: [1.0, 2.0] for name in kind.inputs if name != "time"}
        rows = transform(kind.id, **columns)
        assert list(rows.columns) == list(kind.columns)
        assert tvf.Transform(kind.id).params.keys() == kind.params.keys()
        assert kind.rules
        assert kind.source


@pytest.mark.parametrize(
    ("call", "code", "name"),
    [
        (lambda: transform("reenko", close=CLOSE), "unknown_transform", "kind"),
        (lambda: transform(3, close=CLOSE), "param_type", "kind"),
        (lambda: transform("renko", close=CLOSE, brick=0), "param_range", "brick"),
        (lambda: transform("renko", close=CLOSE, size=1), "unknown_param", "size"),
        (lambda: transform("renko", close=CLOSE, unit="x"), "param_choice", "unit"),
        (lambda: transform("renko", close=[1.0, 1e9], brick=1e-3), "param_range", "brick"),
        (lambda: transform("renko", high=CLOSE), "input_count", "close"),
        (lambda: transform("volume_bars", close=CLOSE), "input_count", "volume"),
        (lambda: transform("volume_bars", close=CLOSE, volume=[-1.0] * 6), "input_range", "volume"),
        (lambda: transform("renko", close=CLOSE, high=CLOSE[:3]), "input_length", "high"),
        (lambda: transform("renko", close=CLOSE, time=TIME[::-1]), "time_order", "time"),
        (lambda: transform("renko", {"close": CLOSE}, close=CLOSE), "input_type", "frame"),
        (lambda: transform("renko", {"open": CLOSE}), "unknown_column", "close"),
        (lambda: transform("resample", close=CLOSE, time=TIME), "param_type", "timeframe"),
        (lambda: transform("resample", close=CLOSE, timeframe="1h"), "input_count", "time"),
        (lambda: transform("resample", close=CLOSE, time=TIME, brick=1), "unknown_param", "brick"),
        (lambda: tvf.Transform("renko").replace(close=1.0), "nothing_to_replace", "replace"),
        (lambda: tvf.Transform("renko").update(price=1.0), "unknown_param", "price"),
        (lambda: tvf.Transform("renko").peek(high=1.0), "input_count", "close"),
        (lambda: tvf.Transform("renko").extend(), "input_count", "close"),
    ],
)
def test_what_is_refused(call, code, name):
    with pytest.raises(tvf.Error) as caught:
        call()
    assert (caught.value.code, caught.value.name) == (code, name)
