"""Series of the service's cache in the place of bars."""

import httpx
import numpy as np
import polars as pl
import pytest
import tvf

from .conftest import bars, make
from .server import Service

COLUMNS = bars(400)
T0 = int(COLUMNS["time"][0])
ASKED = {"symbol": "AAPL", "timeframe": "1m"}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "bars.redb"
    with tvf.Cache(path) as cache:
        cache.put("AAPL", "1m", COLUMNS)
    return path


def rsi(client, body, status=200):
    answer = client.post("/api/v1/indicators/compute", json={"members": ["rsi"], **body})
    assert answer.status_code == status, answer.text
    return answer.json()


def close(expected):
    return [None if x != x else x for x in np.asarray(expected).tolist()]


def test_a_symbol_stands_in_the_place_of_bars(path):
    with make(cache=path) as client:
        whole = close(tvf.rsi(COLUMNS["close"]))
        for body in (ASKED, {"bars": ASKED}):
            found = rsi(client, body)
            assert (found["bars"], found["columns"]["rsi_14"]) == (400, whole)
        part = rsi(client, {**ASKED, "start": T0 + 60_000 * 100, "end": T0 + 60_000 * 299})
        assert part["columns"]["rsi_14"] == close(tvf.rsi(COLUMNS["close"][100:300]))
        for address, more in [
            ("patterns/candlestick", {}),
            ("patterns/harmonic", {}),
            ("signals/composite", {}),
            ("fibonacci/levels", {}),
            ("charting/transform", {"kind": "resample", "params": {"timeframe": "5m"}}),
            ("indicators/exotic-ma", {"averages": ["kama"]}),
        ]:
            answer = client.post(f"/api/v1/{address}", json={**ASKED, **more})
            assert answer.status_code == 200, (address, answer.text)


def test_what_is_not_there_is_told(path):
    with make(cache=path) as client:
        told = rsi(client, {**ASKED, "symbol": "NONE"}, 422)
        assert (told["code"], told["field"], told["bound"]) == ("unknown_series", "symbol", "AAPL")
        assert rsi(client, {**ASKED, "timeframe": "1y"}, 422)["code"] == "param_choice"
        assert rsi(client, {**ASKED, "start": "soon"}, 422)["field"] == "start"
        for wrong in ({"symbol": 5}, {"timeframe": None}, {"start": 1.5}, {"end": True}):
            rsi(client, {**ASKED, **wrong}, 422)
    with make(cache=path, max_bars=399) as client:
        assert rsi(client, ASKED, 413)["code"] == "too_many_bars"
    with make() as client:
        told = rsi(client, ASKED, 422)
        assert told["code"] == "no_cache"
        assert "TVF_SERVICE_CACHE" in told["bound"]


def test_what_the_cache_lacks_comes_from_the_source(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    pl.DataFrame(COLUMNS).with_columns(pl.col("time").cast(pl.Int64)).write_parquet(
        folder / "MSFT_1m.parquet"
    )
    path = tmp_path / "bars.redb"
    with make(cache=path, source=str(folder)) as client:
        found = rsi(client, {**ASKED, "symbol": "MSFT"})
        assert found["columns"]["rsi_14"] == close(tvf.rsi(COLUMNS["close"]))
        told = rsi(client, ASKED, 502)
        assert told["code"] == "fetch_failed"
        assert "no file with bars of AAPL:1m" in told["detail"]
    with tvf.Cache(path) as cache:
        assert cache.symbols() == ["MSFT"]
    with make(cache=path, source="http://127.0.0.1:9") as client:
        assert rsi(client, {**ASKED, "symbol": "MSFT", "end": T0 + 60_000 * 300})["bars"] == 301


def test_several_processes_share_a_cache(tmp_path):
    settings = {"cache": tmp_path / "bars.redb", "source": "sample", "workers": 3}
    with Service(**settings) as service, httpx.Client(base_url=service.url) as client:
        asked = {"symbol": "DEMO", "timeframe": "1h", "start": "2024-01-01", "end": "2024-01-31"}
        found = [rsi(client, {**asked, "symbol": f"S{i % 5}"}) for i in range(30)]
        for i, each in enumerate(found):
            expected = tvf.rsi(tvf.sources.Sample().fetch(f"S{i % 5}", *list(asked.values())[1:])["close"])
            assert each["columns"]["rsi_14"] == close(expected)
