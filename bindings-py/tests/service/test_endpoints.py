import json
import math
import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import tvf

from .conftest import bars, plain

ARROW = "application/vnd.apache.arrow.stream"
BARS = bars()
PLAIN = plain(BARS)


def same(theirs, ours):
    """Whether a column of an answer has the same bits; null is NaN."""
    read = np.array([math.nan if x is None else x for x in theirs])
    return np.array_equal(read, np.asarray(ours, float), equal_nan=True)


def stream(columns):
    table = pa.table({name: pa.array(column) for name, column in columns.items()})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def test_indicators_have_the_bits_of_the_package(ask):
    members = ["obv", {"id": "rsi", "period": 7}, {"id": "ema", "period": 5, "source": {"id": "rsi"}}]
    answer = ask("indicators/compute", {"bars": PLAIN, "members": members})
    assert answer["bars"] == 400
    close = BARS["close"]
    assert same(answer["columns"]["rsi_7"], tvf.rsi(close, 7))
    assert same(answer["columns"]["obv"], tvf.obv(close, BARS["volume"]))
    assert same(answer["columns"]["ema_5(rsi_14)"], tvf.ema(tvf.rsi(close), 5))
    assert set(answer["columns"]) == {"rsi_7", "obv", "ema_5(rsi_14)"}


def test_an_output_of_a_source_and_another_column(ask):
    members = [
        {"id": "sma", "period": 4, "source": {"id": "macd", "output": "signal"}},
        {"id": "sma", "period": 3, "source": "volume"},
    ]
    columns = ask("indicators/compute", {"bars": PLAIN, "members": members})["columns"]
    first, second = columns.values()
    assert same(first, tvf.sma(tvf.macd(BARS["close"]).signal, 4))
    assert same(second, tvf.sma(BARS["volume"], 3))


def test_tables_come_beside_the_columns(ask):
    answer = ask("indicators/compute", {"bars": PLAIN, "members": ["zigzag", "volume_profile"]})
    profile = tvf.volume_profile(BARS["high"], BARS["low"], BARS["close"], BARS["volume"])
    [found] = [t for name, t in answer["tables"].items() if name.startswith("volume_profile")]
    assert len(found["rows"]) == len(profile)
    assert found["poc"] == profile.poc
    assert answer["columns"] == {}


def test_rows_and_columns_are_the_same(ask):
    rows = [dict(zip(PLAIN, values, strict=True)) for values in zip(*PLAIN.values(), strict=True)]
    of = {"members": ["rsi", "atr"]}
    assert ask("indicators/compute", {"bars": rows, **of}) == ask("indicators/compute", {"bars": PLAIN, **of})


def test_missing_values_are_null_both_ways(ask):
    gap = {**PLAIN, "close": [None if i == 50 else x for i, x in enumerate(PLAIN["close"])]}
    column = ask("indicators/compute", {"bars": gap, "members": ["sma"]})["columns"]["sma_20"]
    close = BARS["close"].copy()
    close[50] = np.nan
    assert same(column, tvf.sma(close))
    assert column[50] is None


def test_arrow_in_and_out(client):
    options = {"members": ["rsi", {"id": "bbands", "period": 10}], "include_bars": True}
    answer = client.post(
        "/api/v1/indicators/compute",
        params={"options": json.dumps(options)},
        content=stream(BARS),
        headers={"content-type": ARROW, "accept": ARROW},
    )
    assert answer.headers["content-type"] == ARROW
    table = pa.ipc.open_stream(answer.content).read_all()
    assert table.column_names[:6] == [*BARS]
    assert np.array_equal(table["rsi_14"].to_numpy(), tvf.rsi(BARS["close"]), equal_nan=True)
    assert "bbands_10_2.upper" in table.column_names


def test_arrow_with_dates_and_whole_numbers(client):
    table = {
        "time": pa.array(BARS["time"].astype(np.int64), pa.timestamp("ms", "UTC")),
        "close": pa.array(range(400), pa.int32()),
    }
    answer = client.post(
        "/api/v1/indicators/compute",
        params={"options": '{"members": ["sma"]}'},
        content=stream(table),
        headers={"content-type": ARROW},
    )
    assert same(answer.json()["columns"]["sma_20"], tvf.sma(np.arange(400.0)))


def test_exotic_averages(ask):
    answer = ask("indicators/exotic-ma", {"bars": PLAIN})
    assert same(answer["columns"]["kama_10_2_30"], tvf.kama(BARS["close"]))
    assert len(answer["columns"]) >= 20
    one = ask("indicators/exotic-ma", {"bars": PLAIN, "averages": [{"id": "alma", "period": 9}]})
    [column] = one["columns"].values()
    assert same(column, tvf.alma(BARS["close"], 9))
    problem = ask("indicators/exotic-ma", {"bars": PLAIN, "averages": ["rsi"]}, 422)
    assert (problem["field"], problem["value"]) == ("averages.0", "rsi")


def test_candlesticks(ask, client):
    prices = [BARS[name] for name in ("open", "high", "low", "close")]
    expected = tvf.candlestick(*prices, "engulfing")
    columns = ask("patterns/candlestick", {"bars": PLAIN, "output": "columns"})["columns"]
    assert len(columns) == 61
    assert columns["engulfing"] == expected.tolist()
    hits = ask("patterns/candlestick", {"bars": PLAIN, "patterns": ["engulfing"]})["patterns"]
    assert [(hit["bar"], hit["value"]) for hit in hits] == [
        (bar, int(expected[bar])) for bar in np.flatnonzero(expected)
    ]
    assert hits[0]["time"] == BARS["time"][hits[0]["bar"]]
    answer = client.post(
        "/api/v1/patterns/candlestick",
        json={"bars": PLAIN, "output": "columns", "patterns": ["doji"]},
        headers={"accept": ARROW},
    )
    assert pa.ipc.open_stream(answer.content).read_all().column_names == ["doji"]


@pytest.mark.parametrize(
    ("path", "family"),
    [("harmonic", "harmonic"), ("timing", "td"), ("price", "price_patterns"), ("elliott-wave", "elliott")],
)
def test_families(ask, client, path, family):
    market = bars(3000, 2)
    given = plain(market)
    found = getattr(tvf, family)
    definition = next(f for f in tvf.families() if f.id == family)
    columns = {name: market[name] for name in definition.inputs}
    rows = ask(f"patterns/{path}", {"bars": given})["patterns"]
    ours = list(found(**columns))
    assert len(rows) == len(ours) > 0
    assert [(row["name"], row["confirmed"], row["score"]) for row in rows] == [
        (p.name, p.confirmed, p.score) for p in ours
    ]
    assert rows[0]["points"][0]["role"] == ours[0].points[0].role
    forming = ask(f"patterns/{path}", {"bars": given, "forming": True})["patterns"]
    assert len(forming) == len(found(**columns, forming=True))
    misses = ask(f"patterns/{path}", {"bars": given, "misses": True})["misses"]
    assert len(misses) == len(found(**columns, misses=True))
    answer = client.post(f"/api/v1/patterns/{path}", json={"bars": given}, headers={"accept": ARROW})
    assert pa.ipc.open_stream(answer.content).read_all().num_rows == len(ours)


def test_parameters_of_a_family(ask):
    market = plain(bars(2000, 3))
    wide = ask("patterns/harmonic", {"bars": market, "params": {"tolerance": 0.2}})["patterns"]
    assert len(wide) > len(ask("patterns/harmonic", {"bars": market})["patterns"])
    problem = ask("patterns/harmonic", {"bars": market, "params": {"tolerance": 9}}, 422)
    assert (problem["code"], problem["field"], problem["value"]) == ("param_range", "tolerance", "9")
    assert "0.25" in problem["bound"]
    problem = ask("patterns/harmonic", {"bars": market, "params": {"tolerence": 0.1}}, 422)
    assert problem["code"] == "unknown_param"


def test_composite(ask):
    answer = ask("signals/composite", {"bars": PLAIN, "weights": {"rsi": 2}})
    columns = [BARS[name] for name in ("open", "high", "low", "close")]
    ours = tvf.composite(*columns, volume=BARS["volume"], time=BARS["time"], weights={"rsi": 2})
    assert answer == json.loads(json.dumps(ours.to_dict()))
    problem = ask("signals/composite", {"bars": PLAIN, "sources": ["nobody"]}, 422)
    assert (problem["field"], problem["value"]) == ("source", "nobody")


def test_evaluation(ask):
    returns = np.random.default_rng(1).normal(0.001, 0.01, 300)
    answer = ask("evaluate/strategy", {"returns": returns.tolist(), "periods": 365})
    assert answer["sharpe"] == tvf.evaluate(returns, periods=365).sharpe
    assert answer["beta"] is None
    trades = {"profit": [10.0, -4.0, 7.5], "return": [0.1, -0.04, 0.07]}
    answer = ask("evaluate/strategy", {"trades": trades})
    assert answer["win_rate"] == tvf.evaluate(trades=trades).win_rate
    assert ask("evaluate/strategy", {}, 422)["bound"] == "either returns or trades"


def test_fibonacci(ask):
    answer = ask("fibonacci/levels", {"points": [[10, 100.0], [42, 131.5]], "kind": "extension"})
    ours = tvf.fibonacci(points=[(10, 100.0), (42, 131.5)], kind="extension")
    assert [level["price"] for level in answer["levels"]] == [level.price for level in ours]
    several = {"bars": PLAIN, "kind": ["retracement", "projection"], "swings": 5}
    answer = ask("fibonacci/levels", several)
    ours = tvf.fibonacci(
        BARS["high"], BARS["low"], BARS["close"], BARS["time"], kind=["retracement", "projection"], swings=5
    )
    assert len(answer["levels"]) == len(ours)
    assert [c["score"] for c in answer["clusters"]] == [c.score for c in ours.clusters]


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("heikin_ashi", {}),
        ("renko", {"brick": 0.8}),
        ("kagi", {}),
        ("point_and_figure", {}),
        ("line_break", {}),
        ("range_bars", {}),
        ("volume_bars", {"size": 5000}),
        ("resample", {"timeframe": "5m"}),
    ],
)
def test_transforms(ask, client, kind, params):
    body = {"bars": PLAIN, "kind": kind, "params": params}
    columns = ask("charting/transform", body)["columns"]
    lengths = {len(column) for column in columns.values()}
    assert len(lengths) == 1
    assert lengths.pop() > 0
    answer = client.post("/api/v1/charting/transform", json=body, headers={"accept": ARROW})
    assert pa.ipc.open_stream(answer.content).read_all().column_names == [*columns]


def test_the_catalog_has_everything(client):
    for path in ("/catalog", "/api/v1/catalog"):
        answer = client.get(path).json()
        assert [entry["id"] for entry in answer["indicators"]] == [entry.id for entry in tvf.catalog()]
        assert [family["id"] for family in answer["families"]] == [family.id for family in tvf.families()]
        assert len(answer["candlesticks"]) == 61
        assert {"renko", "kagi"} <= {kind["id"] for kind in answer["transforms"]}


def test_health_and_metrics(client):
    health = client.get("/health").json()
    assert (health["status"], health["version"], health["inside"]) == ("ok", tvf.__version__, 0)
    before = _count(client)
    client.post("/api/v1/indicators/compute", json={"bars": PLAIN, "members": ["rsi"]})
    assert _count(client) == before + 1


def _count(client):
    text = client.get("/metrics").text
    wanted = 'tvf_requests_total{route="/api/v1/indicators/compute",status="200"} '
    return next((float(x.removeprefix(wanted)) for x in text.splitlines() if x.startswith(wanted)), 0.0)


def test_the_page_lists_every_endpoint_and_loads_nothing(client):
    text = client.get("/docs").text
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert all(f"<code>{path}</code>" in text for path in paths)
    assert "https://" not in text


def test_the_page_of_the_docs_shows_what_comes(client):
    """The request of docs/service.md gives the answer that stands below it, and a wrong one the problem."""
    page = (Path(__file__).parents[3] / "docs/service.md").read_text("utf-8")
    asked = json.loads(re.search(r"-d '(\{.*?\})'\n```", page, re.DOTALL)[1])
    shown, problem = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL))
    assert client.post("/api/v1/indicators/compute", json=asked).json() == shown
    wrong = {"bars": asked["bars"], "members": [{"id": "rsi", "period": 0}]}
    answer = client.post(
        "/api/v1/indicators/compute", json=wrong, headers={"x-request-id": problem["request_id"]}
    )
    assert answer.json() == problem


def test_the_page_of_the_docs_names_every_endpoint(client):
    page = (Path(__file__).parents[3] / "docs/service.md").read_text("utf-8")
    for path in client.get("/api/v1/openapi.json").json()["paths"]:
        assert path.rpartition("/")[2] in page, path
