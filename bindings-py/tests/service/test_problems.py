import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .conftest import bars, make, plain

BARS = plain(bars(60))
COMPUTE = "/api/v1/indicators/compute"


def problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert found["status"] == status
    assert found["title"]
    assert found["detail"]
    assert found["request_id"] == answer.headers["x-request-id"]
    return found


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1, 2", b'{"bars": NaN}', b"\xff\xfe", b'{"bars": Infinity}', b"null", b"7", b'"x"']
)
def test_what_is_no_json_or_no_object(client, body):
    answer = client.post(COMPUTE, content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    problem(answer, answer.status_code)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"close": ["1", 2]}, "has a str"),
        ({"close": [True, 2]}, "has a bool"),
        ({"close": [1, [2]]}, "has a list"),
        ({"close": 5}, "a column is a list"),
        ({"close": [1, 2], "open": [1]}, "differ in length"),
        ({"open": [1, 2]}, "need the column close"),
        ({"close": [1], "price": [1]}, "have no 'price'"),
        ([{"close": 1}, 7], "row 1 is no object"),
        ("bars", "an object of columns"),
        (None, "an object of columns"),
    ],
)
def test_bars_that_are_none(client, given, words):
    found = problem(client.post(COMPUTE, json={"bars": given, "members": ["sma"]}), 422)
    assert found["field"] == "bars"
    assert words in found["detail"]


def test_times_that_go_back_or_are_missing(client):
    time = [*BARS["time"]]
    time[30] = time[20]
    found = problem(client.post(COMPUTE, json={"bars": {**BARS, "time": time}, "members": ["sma"]}), 422)
    assert (found["code"], found["field"]) == ("time_order", "time")
    assert "bar 30" in found["detail"]
    time[30] = None
    found = problem(client.post(COMPUTE, json={"bars": {**BARS, "time": time}, "members": ["sma"]}), 422)
    assert "bar 30 is missing" in found["detail"]
    # Bars may share a time.
    time[30] = time[29]
    assert client.post(COMPUTE, json={"bars": {**BARS, "time": time}, "members": ["sma"]}).status_code == 200


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ([], "members"),
        ("rsi", "members"),
        ([7], "members.0"),
        ([{"period": 4}], "members.0"),
        (["nothing"], "id"),
        ([{"id": "rsi", "period": 0}], "period"),
        ([{"id": "rsi", "perod": 5}], "perod"),
        ([{"id": "ema", "source": {"id": 5}}], "members.0.source"),
        ([{"id": "ema", "source": {"id": "rsi", "output": 5}}], "members.0.source.output"),
    ],
)
def test_members_that_are_none(client, members, field):
    found = problem(client.post(COMPUTE, json={"bars": BARS, "members": members}), 422)
    assert found["field"] == field


def test_sources_that_never_end(client):
    member = {"id": "ema"}
    for _ in range(100):
        member = {"id": "ema", "source": member}
    assert problem(client.post(COMPUTE, json={"bars": BARS, "members": [member]}), 422)["code"] == "source"


def test_a_field_that_is_not_known(client):
    found = problem(client.post(COMPUTE, json={"bars": BARS, "members": ["sma"], "shift": 1}), 422)
    assert (found["code"], found["field"]) == ("extra_forbidden", "shift")


def test_a_missing_column_is_named(client):
    given = {name: BARS[name] for name in ("close",)}
    found = problem(client.post("/api/v1/patterns/harmonic", json={"bars": given}), 422)
    assert found["field"] == "bars.high"


def test_bodies_and_answers_of_other_kinds(client):
    answer = client.post(
        COMPUTE, content="a=1", headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert problem(answer, 415)["field"] == "Content-Type"
    arrow = "application/vnd.apache.arrow.stream"
    answer = client.post(COMPUTE, content=b"no arrow", headers={"content-type": arrow})
    assert problem(answer, 400)["code"] == "arrow"
    answer = client.post("/api/v1/signals/composite", json={"bars": BARS}, headers={"accept": arrow})
    assert problem(answer, 406)["field"] == "Accept"
    table = {"bars": BARS, "members": ["zigzag"]}
    assert problem(client.post(COMPUTE, json=table, headers={"accept": arrow}), 406)["field"] == "members"


def test_no_such_address_or_method(client):
    assert problem(client.get("/api/v1/nothing"), 404)["code"] == "not_found"
    assert problem(client.get(COMPUTE), 405)["code"] == "method_not_allowed"


def test_limits_of_bars_and_bytes():
    with make(max_bars=59, max_body=20_000) as client:
        found = problem(client.post(COMPUTE, json={"bars": BARS, "members": ["sma"]}), 413)
        assert (found["code"], found["value"], found["bound"]) == ("too_many_bars", "60", "at most 59")
        long = {"bars": plain(bars(5000)), "members": ["sma"]}
        assert problem(client.post(COMPUTE, json=long), 413)["code"] == "body_size"
        # A body that does not say how long it is.
        chunks = (b" " * 1000 for _ in range(50))
        answer = client.post(COMPUTE, content=chunks, headers={"content-type": "application/json"})
        assert problem(answer, 413)["code"] == "body_size"
        returns = {"returns": [0.01] * 60}
        assert problem(client.post("/api/v1/evaluate/strategy", json=returns), 413)["value"] == "60"


def test_keys():
    with make(api_key="secret") as client:
        assert client.get("/health").status_code == 200
        for headers in ({}, {"x-api-key": "wrong"}, {"authorization": "Bearer wrong"}, {"x-api-key": "ö"}):
            coded = {name: value.encode() for name, value in headers.items()}
            found = problem(client.get("/catalog", headers=coded), 401)
            assert found["code"] == "api_key"
            assert "secret" not in str(found)
        assert client.get("/catalog", headers={"x-api-key": "secret"}).status_code == 200
        assert client.get("/catalog", headers={"authorization": "Bearer secret"}).status_code == 200


def test_pages_of_others_may_not_call_it_unless_they_are_named(client):
    asking = {"origin": "https://app.example", "access-control-request-method": "POST"}
    assert "access-control-allow-origin" not in client.options(COMPUTE, headers=asking).headers
    with make(cors_origins=["https://app.example"]) as open_client:
        answer = open_client.options(COMPUTE, headers=asking)
        assert answer.headers["access-control-allow-origin"] == "https://app.example"
        other = {**asking, "origin": "https://other.example"}
        assert "access-control-allow-origin" not in open_client.options(COMPUTE, headers=other).headers


def test_ids_of_requests(client):
    assert client.get("/health", headers={"x-request-id": "mine-1"}).headers["x-request-id"] == "mine-1"
    made = client.get("/health", headers={"x-request-id": "not allowed\t"}).headers["x-request-id"]
    assert len(made) == 16


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
PATHS = [
    "patterns/candlestick",
    "patterns/harmonic",
    "signals/composite",
    "evaluate/strategy",
    "fibonacci/levels",
    "indicators/exotic-ma",
    "charting/transform",
    "indicators/compute",
]
FIELDS = (
    "bars",
    "members",
    "params",
    "kind",
    "weights",
    "sources",
    "points",
    "returns",
    "trades",
    "averages",
)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(PATHS), st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4))
def test_whatever_is_sent_is_answered(path, body):
    with make() as client:
        import orjson

        try:
            text = orjson.dumps(body)
        except (TypeError, orjson.JSONEncodeError):
            return
        answer = client.post(f"/api/v1/{path}", content=text, headers={"content-type": "application/json"})
        assert answer.status_code < 500, (body, answer.text)
