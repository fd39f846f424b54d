"""The catalog, and what is built on it."""

import importlib.metadata
import importlib.resources
import pickle
import re

import pytest
import tvf

CHART = [
    "sma",
    "ema",
    "wma",
    "hma",
    "rsi",
    "stoch",
    "macd",
    "bbands",
    "atr",
    "adx",
    "ichimoku",
    "psar",
    "keltner",
    "vwap",
    "vwma",
    "obv",
    "cmf",
    "rvol",
    "sma_atr_channel",
    "sma_cross",
    "support_resistance",
    "volume_profile",
    "heartbeat",
]


def test_has_the_chart_s_catalog():
    assert {*CHART} <= {e.id for e in tvf.catalog()}
    assert tvf.catalog() == tvf.catalog()


def test_entry_is_complete(entry):
    assert re.fullmatch("[a-z][a-z0-9_]*", entry.id)
    assert entry.kind in ("series", "table")
    assert all((entry.title, entry.summary, entry.formula, entry.edges, entry.source))
    assert all(isinstance(name, str) for name in (*entry.inputs, *entry.outputs))
    assert [i.optional for i in entry.inputs] == sorted(i.optional for i in entry.inputs)
    assert all(o.doc for o in entry.outputs)
    assert entry.warmup >= 0
    assert len(entry.styles) == len(entry.outputs) or entry.kind == "table"


def test_params(entry):
    for param in entry.params:
        assert param.doc
        assert param.type in ("int", "float", "choice", "choice_or_int")
        if param.type in ("int", "float"):
            assert param.min <= param.max
            assert param.choices is None
            kind = int if param.type == "int" else float
            assert all(
                type(x) is kind for x in (param.min, param.max, param.default, param.talib) if x is not None
            )
        else:
            assert param.default in param.choices
            assert (param.min is not None) == (param.type == "choice_or_int")
        if param.default is None:
            assert param.same_as in [p.name for p in entry.params]


def test_defaults_are_what_is_used(entry):
    for compat in ("tradingview", "talib"):
        used = tvf.Stream(entry.id, compat=compat).params
        assert list(used) == [p.name for p in entry.params]
        for param in entry.params:
            wanted = param.talib if compat == "talib" and param.talib is not None else param.default
            assert used[param.name] == (used[param.same_as] if wanted is None else wanted)


def test_bounds_are_inclusive(entry):
    for param in entry.params:
        if param.type == "float":
            tvf.Stream(entry.id, **{param.name: param.min})
            tvf.Stream(entry.id, **{param.name: param.max})
        if param.type == "int":
            tvf.Stream(entry.id, **{param.name: param.min})
        if param.min is not None:
            for value in (param.min - 1, param.max + 1):
                with pytest.raises(tvf.ParamError) as caught:
                    tvf.Stream(entry.id, **{param.name: value})
                assert caught.value.code == "param_range"
        for choice in param.choices or ():
            assert tvf.Stream(entry.id, **{param.name: choice}).params[param.name] == choice


def test_warmup():
    assert tvf.warmup("sma") == 19
    assert tvf.warmup("sma", period=5) == 4
    assert tvf.warmup("macd", compat="talib") == 33
    macd = next(e for e in tvf.catalog() if e.id == "macd")
    assert macd.warmup_for() == {"macd": 25, "signal": 33, "hist": 33}
    assert macd.warmup == 33


def test_converged_from(entry):
    # Windows know nothing else than their bars; smoothing forgets the seed; sums never forget.
    assert tvf.converged_from("sma", period=5) == 4
    assert tvf.converged_from("rsi") == 14 + 187
    assert tvf.converged_from("rsi", period=2) == 2 + 20
    assert tvf.converged_from("obv") is None
    macd = next(e for e in tvf.catalog() if e.id == "macd")
    assert macd.converged_for() == {"macd": 205, "signal": 210, "hist": 210}
    assert macd.converged_from == tvf.converged_from("macd") == 210

    each = entry.converged_for().values()
    assert entry.converged_from == tvf.converged_from(entry.id)
    assert entry.converged_from == (None if None in each else max(each))
    assert entry.converged_from is None or entry.converged_from >= entry.warmup


def test_package():
    assert tvf.__version__ == importlib.metadata.version("tvf")
    assert (importlib.resources.files("tvf") / "py.typed").is_file()
    assert not list(importlib.metadata.distribution("tvf").entry_points)
    assert all(hasattr(tvf, name) for name in tvf.__all__)
    assert set(CHART) <= set(tvf.__all__)
    assert tvf.expr.__all__
    with pytest.raises(AttributeError, match="nope"):
        _ = tvf.nope


def test_names_survive_a_pickle() -> None:
    entry = next(e for e in tvf.catalog() if e.id == "vwap")
    twin = pickle.loads(pickle.dumps(entry))
    assert twin == entry
    assert [i.optional for i in twin.inputs] == [i.optional for i in entry.inputs]
