"""Bar by bar: the same bits as the whole series, whatever is done in between."""

import copy
import inspect
import pickle

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
import tvf
from bars import arrays, columns, function, rows, same


def walk(given):
    return list(zip(*(c.tolist() for c in given), strict=True))


def test_update_is_batch(entry, data):
    given = columns(entry, data)
    stream = tvf.Stream(entry.id)
    found = [stream.update(*bar) for bar in walk(given)]
    assert same(rows(entry, found), arrays(entry, function(entry)(*given)))
    assert stream.bars == 700


def test_peek_and_replace(entry, data):
    given = columns(entry, data)
    wrong = [c if n == "time" else c[::-1] for n, c in zip(entry.inputs, given, strict=True)]
    stream = tvf.Stream(entry.id)
    peeked, replaced = [], []
    for bar, other in zip(walk(given), walk(wrong), strict=True):
        stream.peek(*other)
        peeked.append(stream.peek(*bar))
        stream.update(*other)
        stream.peek(*other)
        replaced.append(stream.replace(*bar))
    expected = arrays(entry, function(entry)(*given))
    assert same(rows(entry, peeked), expected)
    assert same(rows(entry, replaced), expected)


def test_extend_in_parts(entry, data):
    given = columns(entry, data)
    expected = arrays(entry, function(entry)(*given))
    stream = tvf.Stream(entry.id)
    parts = []
    for start, stop in ((0, 1), (1, 1), (1, 300), (300, 700)):
        parts.append(arrays(entry, stream.extend(*(c[start:stop] for c in given))))
    parts = parts[-1:] if entry.rows == "state" else parts
    assert same([np.concatenate(p) for p in zip(*parts, strict=True)], expected)
    for form in (
        [pl.Series(c) for c in given],
        [pa.chunked_array(np.split(c, [5, 60])) for c in given],
        [c.tolist() for c in given],
    ):
        found = tvf.Stream(entry.id).extend(*form)
        each = [np.asarray(found[str(n)]) for n in entry.outputs] if entry.kind == "table" else found
        each = each if len(entry.outputs) > 1 else [each]
        assert same([np.asarray(c).astype(np.float64) for c in each], expected)


def test_nothing_is_taken_of_a_wrong_call(data):
    stream = tvf.Stream("vwap")
    given = [data[n] for n in ("high", "low", "close", "volume")]
    cut = [
        pa.chunked_array(np.split(c, [5])) for c in (*given, np.r_[data["time"][:5], data["time"][5:] / 1000])
    ]
    with pytest.raises(tvf.InputValueError):
        stream.extend(*cut)
    assert stream.bars == 0


def test_snapshot_resumes(entry, data):
    given = columns(entry, data)
    bars = walk(given)
    stream = tvf.Stream(entry.id)
    stream.extend(*(c[:333] for c in given))
    others = [
        tvf.Stream.restore(stream.snapshot()),
        tvf.Stream.restore(bytearray(stream.snapshot())),
        tvf.Stream.restore(np.frombuffer(stream.snapshot(), np.uint8)),
        pickle.loads(pickle.dumps(stream)),
        copy.copy(stream),
        copy.deepcopy(stream),
    ]
    expected = rows(
        entry,
        [
            stream.replace(*bars[331]),
            stream.replace(*bars[332]),
            *(stream.update(*bar) for bar in bars[333:]),
        ],
    )
    for other in others:
        assert (other.id, other.params, other.compat, other.bars) == (
            stream.id,
            stream.params,
            stream.compat,
            333,
        )
        found = [
            other.replace(*bars[331]),
            other.replace(*bars[332]),
            *(other.update(*bar) for bar in bars[333:]),
        ]
        assert same(rows(entry, found), expected)
        assert other.snapshot() == stream.snapshot()


def test_hostile_snapshots(entry, data):
    stream = tvf.Stream(entry.id)
    stream.extend(*(c[:40] for c in columns(entry, data)))
    good = stream.snapshot()
    bad = [b"", b"TVFS", good + b"\0", good * 2, bytes(1000), b"\xff" * 1000]
    bad += [good[:n] for n in range(0, len(good), max(1, len(good) // 60))]
    for place in range(0, len(good), max(1, len(good) // 300)):
        altered = bytearray(good)
        altered[place] ^= 1 << (place % 8)
        bad.append(bytes(altered))
    for snapshot in bad:
        with pytest.raises(tvf.SnapshotError) as caught:
            tvf.Stream.restore(snapshot)
        assert caught.value.code.startswith("snapshot_")
    for value in ("text", 3, None, [1, 2]):
        with pytest.raises(tvf.InputTypeError, match="snapshot"):
            tvf.Stream.restore(value)


def test_typed(entry, data):
    kind = getattr(tvf.stream, "".join(word.title() for word in entry.id.split("_")))
    stream, plain = kind(), tvf.Stream(entry.id)
    assert isinstance(stream, tvf.Stream)
    assert (stream.id, stream.params, stream.inputs) == (plain.id, plain.params, tuple(entry.inputs))
    for name in ("update", "peek", "replace", "extend"):
        found = [p for p in inspect.signature(getattr(kind, name)).parameters if p not in ("self", "nulls")]
        assert found == list(entry.inputs)
    named = [p for p in inspect.signature(kind).parameters if p not in ("zone", "compat")]
    assert named == [p.name for p in entry.params]
    for bar in walk([c[:50] for c in columns(entry, data)]):
        named = dict(zip(entry.inputs, bar, strict=True))
        expected = repr(plain.update(*bar))
        assert (
            repr(stream.peek(**named))
            == repr(stream.update(*bar))
            == repr(stream.replace(**named))
            == expected
        )
        assert repr(plain.replace(**named)) == expected
    again = kind.restore(stream.snapshot())
    assert type(again) is kind
    assert type(pickle.loads(pickle.dumps(stream))) is kind
    assert again.bars == stream.bars
    other = next(e.id for e in tvf.catalog() if e.id != entry.id)
    with pytest.raises(tvf.SnapshotError, match=f"of {other}, not of {entry.id}"):
        kind.restore(tvf.Stream(other).snapshot())


def test_kinds_of_results(data):
    assert type(tvf.Stream("sma").update(1)) is float
    macd = tvf.Stream("macd").update(1.0)
    assert isinstance(macd, tvf.results.Macd)
    assert macd._fields == ("macd", "signal", "hist")
    cross = tvf.stream.SmaCross(2, 5)
    found = [
        row
        for price, time in zip(data["close"], data["time"], strict=True)
        for row in cross.update(price, time)
    ]
    assert found
    assert all(isinstance(row, tvf.results.SmaCrossRow) for row in found)
    assert found == list(tvf.sma_cross(data["close"], data["time"], 2, 5))


def test_values_of_any_type():
    stream = tvf.Stream("sma", period=2)
    stream.update(np.float32(3))
    assert stream.update(np.int64(5)) == 4
    assert np.isnan(stream.update(None))
    vwap = tvf.Stream("vwap")
    moment = np.datetime64("2024-05-06T07:08")
    expected = tvf.Stream("vwap").update(3, 1, 2, 5, 1_714_979_280_000)
    for time in (moment, moment.item(), 1_714_979_280_000.0):
        assert tvf.Stream("vwap").update(3, 1, 2, 5, time) == expected
    assert vwap.update(3, 1, 2, 5, moment).vwap == 2
    assert tvf.Stream("sma_cross").update(3, None) == []
    assert tvf.Stream("sma_cross").update(3) == []


def test_says_what_it_is():
    stream = tvf.Stream("rsi", period=9, compat="talib")
    assert stream.params == {"period": 9, "flat": 50.0}
    assert type(stream.params["period"]) is int
    assert repr(stream) == '<tvf.Stream rsi period=9 flat=50.0 compat="talib" bars=0>'
    assert repr(tvf.stream.Sma()).startswith("<tvf.stream.Sma sma period=20")
