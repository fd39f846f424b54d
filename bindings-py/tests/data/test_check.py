"""The schema of bars, what is wrong with them, and mending it."""

import datetime as dt
import subprocess
import sys

import numpy as np
import polars as pl
import pytest
import tvf
from polars.testing import assert_frame_equal
from tvf import data
from tvf._columns import read

T0 = 1_704_153_600_000
HOUR = 3_600_000
INF = float("inf")


def bars(**change):
    columns = {
        "time": [T0 + i * HOUR for i in range(4)],
        "open": [1.0, 2.0, 3.0, 4.0],
        "high": [2.0, 3.0, 4.0, 5.0],
        "low": [0.5, 1.5, 2.5, 3.5],
        "close": [1.5, 2.5, 3.5, 4.5],
        "volume": [10.0, 20.0, 30.0, None],
    }
    return pl.DataFrame(columns | change)


PLAIN = data.check(bars())


def test_what_is_right_stays_as_it_is():
    assert dict(PLAIN.schema) == {
        name: dtype if name == "time" else pl.Float64 for name, dtype in data.SCHEMA.items()
    }
    assert_frame_equal(data.check(PLAIN), PLAIN)
    assert PLAIN["time"].dt.epoch("ms").to_list() == bars()["time"].to_list()
    assert data.faults(PLAIN) == []
    empty = PLAIN.clear()
    assert_frame_equal(data.check(empty), empty)


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f.rename({"time": "Date", "open": "Open", "high": "HIGH", "volume": "Vol"}),
        lambda f: f.select("volume", "close", "low", "high", "open", "time"),
        lambda f: f.with_columns(pl.from_epoch("time", "ms")),
        lambda f: f.with_columns(
            pl.from_epoch("time", "ms").dt.cast_time_unit("ns").dt.replace_time_zone("UTC")
        ),
        lambda f: f.with_columns(
            pl.from_epoch("time", "ms").dt.replace_time_zone("UTC").dt.convert_time_zone("Asia/Tokyo")
        ),
        lambda f: f.with_columns(pl.from_epoch("time", "ms").dt.strftime("%Y-%m-%dT%H:%M:%SZ")),
        lambda f: f.with_columns(pl.col("volume").cast(pl.Int64), pl.col("open").cast(pl.Decimal(10, 2))),
        lambda f: f.with_columns(pl.col("close").cast(pl.Float32)),
    ],
)
def test_other_names_and_types_are_brought_to_the_schema(change):
    assert_frame_equal(data.check(change(bars())), PLAIN)


def test_numbers_of_other_units_and_names_that_must_be_told():
    seconds = bars().with_columns(pl.col("time") // 1000)
    assert_frame_equal(data.check(seconds, unit="s"), PLAIN)
    odd = bars().rename({"close": "last", "volume": "turnover"})
    assert_frame_equal(data.check(odd, columns={"close": "last", "volume": "turnover"}), PLAIN)
    days = bars(time=[dt.date(2024, 1, 2 + i) for i in range(4)])
    assert data.check(days)["time"][1] == dt.datetime(2024, 1, 3, tzinfo=dt.UTC)
    without = data.check(bars().drop("volume"))
    assert without["volume"].is_null().all()
    more = data.check(bars().with_columns(pl.lit("A").alias("Ticker"), pl.lit(1).alias("trades")))
    assert more.columns == ["symbol", *data.SCHEMA, "trades"]


@pytest.mark.parametrize(
    ("frame", "name", "text"),
    [
        (bars().drop("high"), "high", "bars need the column high; there are time, open, low, close, volume"),
        (bars(open=["a", "b", "c", "d"]), "open", "column open is of type String, not a column of numbers"),
        (bars(time=[1.5, 2.5, 3.5, 4.5]), "time", "column time is of type Float64"),
    ],
)
def test_missing_columns_and_wrong_types_are_told_at_once(frame, name, text):
    for given in (frame, frame.lazy()):
        with pytest.raises(tvf.InputTypeError, match=text) as told:
            data.check(given)
        assert told.value.name == name
        assert told.value.bound


WRONG = [
    ("missing_time", {"time": [T0, None, T0 + 1, T0 + 2]}, "time of row 1 is missing; it must be a moment"),
    (
        "unsorted",
        {"time": [T0 + 9, T0, T0 + 1, T0 + 2]},
        r"time of row 1 .* after that of the row before; 2 more rows",
    ),
    (
        "duplicate",
        {"time": [T0, T0 + 1, T0 + 1, T0 + 2]},
        r"time of row 2 .* another than that of an earlier row",
    ),
    ("infinite", {"open": [1.0, 2.0, INF, 4.0]}, r"open of row 2 .* is inf; it must be finite"),
    (
        "high_below_low",
        {"high": [2.0, 3.0, 4.0, 3.0]},
        r"high of row 3 .* is 3; it must be at least the low, 3\.5",
    ),
    ("negative_volume", {"volume": [1.0, -2.0, 3.0, 4.0]}, r"volume of row 1 .* is -2; it must be 0 or more"),
]


@pytest.mark.parametrize(("kind", "change", "text"), WRONG, ids=[kind for kind, *_ in WRONG])
def test_every_fault_is_told_with_row_and_value_and_mended_as_asked(kind, change, text):
    frame = bars(**change)
    assert [fault.kind for fault in data.faults(frame)] == [kind]
    with pytest.raises(tvf.InputValueError, match=text):
        data.check(frame)
    lazy = data.check(frame.lazy())
    with pytest.raises(Exception, match=text):  # Polars wraps what a function of it raises, or not
        lazy.collect()
    for choice in data.REPAIRS[kind]:
        mended = data.check(frame, repair={kind: choice})
        assert data.faults(mended) == []
        assert_frame_equal(data.check(frame.lazy(), repair={kind: choice}).collect(), mended)
    assert_frame_equal(
        data.check(frame, repair="usual"), data.check(frame, repair={kind: data.REPAIRS[kind][0]})
    )


def test_repairs_do_what_they_say():
    times = {"time": [T0 + 2, T0, T0 + 2, T0 + 1]}
    usual = data.check(bars(**times), repair="usual")
    assert usual["close"].to_list() == [2.5, 4.5, 3.5]
    first = data.check(bars(**times), repair={"unsorted": "sort", "duplicate": "first"})
    assert first["close"].to_list() == [2.5, 4.5, 1.5]
    swapped = data.check(bars(high=[2.0, 1.0, 4.0, 5.0]), repair={"high_below_low": "swap"})
    assert (swapped["high"][1], swapped["low"][1]) == (1.5, 1.0)
    volume = bars(volume=[1.0, -1.0, 1.0, 1.0])
    assert data.check(volume, repair={"negative_volume": "zero"})["volume"].to_list() == [1, 0, 1, 1]
    assert data.check(volume, repair={"negative_volume": "null"})["volume"].to_list() == [1, None, 1, 1]
    assert len(data.check(volume, repair={"negative_volume": "drop"})) == 3


def test_missing_prices_are_no_fault():
    missing = bars(open=[None, 2.0, 3.0, 4.0], high=[float("nan"), 3.0, 4.0, 5.0])
    assert data.faults(missing) == []
    assert len(data.check(missing)) == 4


def test_symbols_are_judged_one_by_one():
    both = pl.concat([bars().with_columns(symbol=pl.lit(name)) for name in ("A", "B")])
    assert data.faults(both) == []
    mixed = both.sort("time")
    assert_frame_equal(
        data.check(mixed, repair={"unsorted": "sort"}).sort("symbol", "time"), data.check(both)
    )
    twice = pl.concat([both, both.tail(1)])
    (fault,) = data.faults(twice)
    assert (fault.kind, fault.symbol, fault.row) == ("duplicate", "B", 8)
    with pytest.raises(tvf.InputValueError, match="of B is"):
        data.check(twice)


def test_lazy_frames_are_not_collected_before_they_must():
    collected = []

    def noted(frame):
        collected.append(len(frame))
        return frame

    lazy = bars().lazy().map_batches(noted, schema=bars().schema)
    checked = data.check(lazy, repair="usual")
    assert isinstance(checked, pl.LazyFrame)
    assert collected == []
    assert_frame_equal(checked.collect(), PLAIN)
    assert collected == [4]


@pytest.mark.parametrize(
    "options",
    [
        {"repair": {"gaps": "fill"}},
        {"repair": {"unsorted": "drop"}},
        {"repair": "all"},
        {"unit": "minutes"},
        {"columns": {"price": "close"}},
    ],
)
def test_arguments_that_are_none_are_named(options):
    with pytest.raises(tvf.ParamError) as told:
        data.check(bars(), **options)
    assert told.value.bound


def test_the_columns_of_a_frame_are_read_where_they_lie():
    frame = data.check(bars(volume=[1.0, 2.0, 3.0, 4.0]))
    for name in list(data.SCHEMA)[1:]:
        column = frame[name]
        array = read(column, name).joined()
        # What the core borrows: a plain array at the very address of the buffer.
        assert array.ctypes.data == column.to_arrow().buffers()[1].address
        assert array.flags.c_contiguous
        assert array.dtype == np.float64


def test_without_polars_one_line_says_what_to_install():
    script = (
        "import sys\n"
        "class Without:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name.split('.')[0] == 'polars': raise ImportError('there is no polars')\n"
        "sys.meta_path.insert(0, Without())\n"
        "import tvf; print('fine')\n"
        "try: tvf.data.check\n"
        "except ImportError as error: print(error)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("fine\n")
    assert "polars" in ran.stdout.lower()
