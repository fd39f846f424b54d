"""Inside Polars: the namespace and the expressions, eager, lazy and by group."""

import subprocess
import sys

import numpy as np
import polars as pl
import pytest
import tvf
from bars import bars, columns, function


@pytest.fixture(scope="module")
def frame():
    parts = [
        pl.DataFrame(bars(300, seed)).with_columns(symbol=pl.lit(name)) for seed, name in enumerate("abc")
    ]
    return pl.concat(parts).sample(fraction=1, shuffle=True, seed=1).sort("time", maintain_order=True)


def expected(entry, frame, **options):
    """Each group by the function, in the order of the frame."""
    result = np.full((len(entry.outputs), frame.height), np.nan)
    for name in frame["symbol"].unique():
        mask = (frame["symbol"] == name).to_numpy()
        data = {n: frame[n].to_numpy()[mask] for n in ("open", "high", "low", "close", "volume", "time")}
        found = function(entry)(*columns(entry, data), **options)
        result[:, mask] = found if len(entry.outputs) > 1 else [found]
    return result


def values(entry, frame, name):
    if len(entry.outputs) == 1:
        return frame[name].to_numpy()[None, :]
    fields = frame[name].struct
    return np.array([fields.field(str(o)).to_numpy() for o in entry.outputs])


def test_over(entry, frame):
    inputs = ["close" if i == "source" else str(i) for i in entry.inputs]
    if entry.kind == "table":
        assert not hasattr(tvf.expr, entry.id)
        return
    make = getattr(tvf.expr, entry.id)
    own = getattr(pl.col(inputs[0]).tvf, entry.id)(*inputs[1:])
    wanted = expected(entry, frame)
    for expr in (make(*inputs), make(*map(pl.col, inputs)), own):
        grouped = expr.over("symbol").alias("x")
        for result in (
            frame.select(grouped),
            frame.with_columns(grouped),
            frame.lazy().select(grouped).collect(),
            frame.lazy().with_columns(grouped).filter(pl.lit(True)).collect(),
        ):
            assert np.array_equal(values(entry, result, "x"), wanted, equal_nan=True)


def test_declared_type(entry, frame):
    if entry.kind == "table":
        return
    inputs = ["close" if i == "source" else str(i) for i in entry.inputs]
    expr = getattr(tvf.expr, entry.id)(*inputs).alias("x")
    dtype = (
        pl.Float64
        if len(entry.outputs) == 1
        else pl.Struct(dict.fromkeys(map(str, entry.outputs), pl.Float64))
    )
    assert frame.lazy().select(expr).collect_schema() == {"x": dtype}
    assert frame.select(expr).schema == {"x": dtype}


def test_group_by(frame):
    result = frame.group_by("symbol", maintain_order=True).agg(
        pl.col("close").tvf.rsi(14).last().alias("rsi")
    )
    for symbol, rsi in result.iter_rows():
        assert rsi == tvf.rsi(frame.filter(pl.col("symbol") == symbol)["close"])[-1]


def test_chains_and_options(frame):
    one = frame.filter(pl.col("symbol") == "a")
    result = one.select(
        chain=pl.col("close").tvf.rsi(9).tvf.ema(5, nulls=True),
        default=tvf.expr.atr(period=9),
        talib=tvf.expr.rsi("close", compat="talib"),
        zone=tvf.expr.vwap(time="time", zone="America/New_York", open="09:30").struct.field("vwap"),
    )
    close = one["close"]
    assert result["chain"].equals(tvf.ema(tvf.rsi(close, 9), 5, nulls=True).alias("chain"), check_names=False)
    assert result["chain"].null_count() == 13
    assert np.array_equal(result["default"], tvf.atr(one["high"], one["low"], close, 9), equal_nan=True)
    assert np.array_equal(result["talib"], tvf.rsi(close, compat="talib"), equal_nan=True)
    given = [one[n] for n in ("high", "low", "close", "volume", "time")]
    assert np.array_equal(
        result["zone"], tvf.vwap(*given, zone="America/New_York", open="09:30").vwap, equal_nan=True
    )


def test_series_namespace(frame):
    close = frame["close"]
    assert close.tvf.rsi(9).equals(tvf.rsi(close, 9), null_equal=True)
    assert isinstance(close.tvf.macd(), tvf.results.Macd)
    assert isinstance(close.tvf.sma_cross(fast=3, slow=9), pl.DataFrame)
    assert "rsi" in dir(close.tvf)
    assert "rsi" in dir(pl.col("a").tvf)
    with pytest.raises(AttributeError, match="nope"):
        _ = close.tvf.nope
    with pytest.raises(AttributeError, match="sma_cross"):
        _ = pl.col("a").tvf.sma_cross


def test_errors_come_through(frame):
    with pytest.raises((tvf.ParamError, pl.exceptions.ComputeError), match="period 0 is below 1"):
        frame.lazy().select(pl.col("close").tvf.rsi(0)).collect()
    with pytest.raises((tvf.InputTypeError, pl.exceptions.ComputeError), match="a Series of String"):
        frame.select(pl.col("symbol").tvf.rsi())


ORDERS = [
    "import polars, tvf",
    "import tvf, polars",
    "import tvf; import polars.selectors; import polars",
    "import tvf.expr; import polars",
    "import tvf._polars; import polars",
    "import tvf; tvf.expr; import polars",
]


@pytest.mark.parametrize("order", ORDERS)
def test_any_order_of_imports(order):
    code = f"""{order}
import polars as pl
print(pl.Series([1.0, 2, 3]).tvf.sma(2).to_list()[1:], pl.col("a").tvf.sma(2) is not None)"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.stdout == "[1.5, 2.5] True\n", done.stderr


def test_no_library_is_imported_unasked():
    code = """import sys, tvf, numpy as np
tvf.sma(np.arange(5.0), 2)
tvf.sma([1, 2], 2)
tvf.Stream("rsi").update(1)
tvf.compute({"close": [1]}, ["sma"])
print([m for m in ("polars", "pandas", "pyarrow") if m in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr


def test_a_look_for_polars_does_not_lose_the_namespace() -> None:
    code = (
        "import importlib.util, tvf; importlib.util.find_spec('polars'); "
        "import polars as pl; pl.col('close').tvf.rsi(14)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_vwap_finds_its_time() -> None:
    n = 50
    prices = {name: np.linspace(1.0, 2.0, n) for name in ("high", "low", "close", "volume")}
    frame = pl.DataFrame(prices | {"time": np.arange(n) * 3_600_000})
    ours = frame.select(v=tvf.expr.vwap())["v"].struct.field("vwap")
    direct = tvf.vwap(*(frame[name] for name in ("high", "low", "close", "volume", "time")))
    assert ours.equals(direct.vwap)


def test_what_is_no_expression():
    for wrong in (pl.Series([1.0]), None, 3):
        with pytest.raises(tvf.InputTypeError, match="not a column's name or a Polars expression") as caught:
            tvf.expr.rsi(wrong)
        assert caught.value.name == "source"
