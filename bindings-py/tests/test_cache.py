"""The store of bars from Python."""

import datetime as dt
import http.server
import json
import re
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import polars as pl
import pytest
import tvf
from polars.testing import assert_frame_equal
from tvf.cache import Gap, Retry

T0 = 1_704_153_600_000
DAY = 86_400_000
NAMES = ["open", "high", "low", "close", "volume"]


def days(count, first=0, seed=1):
    rng = np.random.default_rng(seed)
    close = np.round(100 + np.cumsum(rng.normal(0, 0.3, count)), 2)
    opening = np.round(close + rng.normal(0, 0.2, count), 2)
    frame = pl.DataFrame(
        {
            "time": T0 + (first + np.arange(count)) * DAY,
            "open": opening,
            "high": np.maximum(opening, close) + 0.25,
            "low": np.minimum(opening, close) - 0.25,
            "close": close,
            "volume": np.round(rng.uniform(1e5, 1e6, count)),
        }
    )
    return frame.with_columns(pl.from_epoch("time", "ms").dt.cast_time_unit("ms").dt.replace_time_zone("UTC"))


@pytest.fixture
def cache(tmp_path):
    with tvf.Cache(tmp_path / "bars.redb", clock=lambda: T0 + 10_000 * DAY) as store:
        yield store


def test_what_is_put_comes_out_bit_for_bit(cache):
    frame = days(5000)
    assert cache.put("AAPL", "1D", frame, source="test") == (5000, 0, cache.stats().chunks)
    assert_frame_equal(cache.get("AAPL", "1D"), frame)
    assert cache.get("AAPL", "1D").schema == frame.schema
    assert cache.get("NONE", "1D").schema == frame.schema
    assert cache.symbols() == ["AAPL"]
    info = cache.info("AAPL", "1d")
    assert (info.bars, info.first, info.last, info.source) == (5000, T0, T0 + 4999 * DAY, "test")
    assert cache.info("AAPL", "1W") is None
    assert cache.verify() == []


def test_a_later_put_takes_the_place_of_bars_of_the_same_time(cache):
    cache.put("AAPL", "1D", days(100))
    later = days(100, first=50, seed=2)
    assert cache.put("AAPL", "1D", later)[:2] == (50, 50)
    assert_frame_equal(cache.get("AAPL", "1D"), pl.concat([days(100)[:50], later]))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (T0 + 10 * DAY, T0 + 20 * DAY),
        (dt.date(2024, 1, 12), dt.datetime(2024, 1, 22, tzinfo=dt.UTC)),
        ("2024-01-12", "2024-01-22T00:00+00:00"),
        (
            np.datetime64("2024-01-12"),
            dt.datetime(2024, 1, 21, 19, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
        ),
    ],
)
def test_bounds_are_included_in_every_writing(cache, start, end):
    frame = days(3000)
    cache.put("AAPL", "1D", frame)
    assert_frame_equal(cache.get("AAPL", "1D", start, end), frame[10:21])
    batches = list(cache.batches("AAPL", "1D", start, size=1000))
    assert all(len(batch) >= 1000 for batch in batches[:-1])
    assert_frame_equal(pl.concat(batches), frame[10:])


def test_frames_of_any_kind_are_taken(cache):
    frame = days(50).with_columns(pl.col("volume").fill_null(0))
    other = {
        "polars": frame,
        "lazy": frame.lazy(),
        "pandas": frame.to_pandas(),
        "index": frame.to_pandas().set_index("time"),
        "arrow": frame.to_arrow(),
        "dict": {"Time": frame["time"].to_numpy(), **{n.title(): frame[n].to_list() for n in NAMES}},
        "numbers": frame.with_columns(pl.col("time").dt.epoch("ms")),
        "bars": {name: frame[name] for name in frame.columns},
    }
    assert cache.put_many([(kind, "1D", given) for kind, given in other.items()]).added == 50 * len(other)
    for kind in other:
        assert_frame_equal(cache.get(kind, "1D"), frame)
    cache.put("none", "1D", frame.drop("volume"))
    assert cache.get("none", "1D")["volume"].is_nan().all()


@pytest.mark.parametrize(
    ("change", "error", "text"),
    [
        ({"time": [T0 + DAY, T0]}, tvf.InputValueError, "time of bar 1"),
        ({"time": [T0, T0]}, tvf.InputValueError, "not after"),
        ({"time": [T0, None]}, tvf.InputValueError, "time of bar 1 is nan"),
        (
            {"high": [5.0, 0.5]},
            tvf.InputValueError,
            r"high of bar 1 .* is 0\.5; it must be at least the low, 1",
        ),
        ({"volume": [1.0, -3.0]}, tvf.InputValueError, "volume of bar 1 .* is -3"),
        ({"close": [np.inf, 1.0]}, tvf.InputValueError, "input close of bar 0 is inf"),
        ({"close": [1.0]}, tvf.InputValueError, "input close has 1 bars"),
        ({"close": None}, tvf.InputTypeError, "bars need the column close; there are time, open, high, low"),
        ({"open": ["a", "b"]}, tvf.InputTypeError, "open"),
    ],
)
def test_bars_that_are_none_are_refused_and_nothing_is_kept(cache, change, error, text):
    bars = {"time": [T0, T0 + DAY], **{key: [1.0, 1.0] for key in NAMES}, **change}
    bars = {name: column for name, column in bars.items() if column is not None}
    with pytest.raises(error, match=text):
        cache.put_many([("GOOD", "1D", days(5)), ("BAD", "1D", bars)])
    assert cache.symbols() == []


@pytest.mark.parametrize(
    ("act", "name"),
    [
        (lambda c: c.get("", "1D"), "symbol"),
        (lambda c: c.get("A", "1Y"), "timeframe"),
        (lambda c: c.get("A", "1D", 5, 4), "start"),
        (lambda c: c.get("A", "1D", "soon"), "start"),
        (lambda c: c.get("A", "1D", None, float("inf")), "end"),
        (lambda c: list(c.batches("A", "1D", size=0)), "size"),
        (lambda c: c.get_or_fetch("A", "1D", 0, 1, 5), "source"),
        (lambda c: c.prefetch(["A"], "1D", 0, 1, tvf.sources.Sample(), fetchers=0), "fetchers"),
        (lambda _: Retry(tries=0), "tries"),
        (lambda _: tvf.sources.Http("localhost"), "base"),
        (lambda _: tvf.sources.Http(per_second=0), "per_second"),
        (lambda _: tvf.sources.Http(timeout=0), "timeout"),
        (lambda c: tvf.Cache(c.path + "2", ttl={"hourly": 5}), "ttl"),
        (lambda c: tvf.Cache(c.path + "2", timeout=-1), "timeout"),
    ],
)
def test_arguments_out_of_bounds_are_named(cache, act, name):
    with pytest.raises(tvf.ParamError) as told:
        act(cache)
    assert told.value.name == name
    assert told.value.bound


def test_gaps_tell_what_was_never_asked_for(cache):
    cache.put("X", "1D", pl.concat([days(3), days(3, first=10)]))
    hole = Gap(T0 + 2 * DAY + 1, T0 + 10 * DAY - 1, False)
    assert cache.gaps("X", "1D") == [hole]
    before = Gap(T0 - 5 * DAY, T0 - 1, True)
    assert cache.gaps("X", "1D", T0 - 5 * DAY) == [before, hole]
    assert cache.gaps("NONE", "1D") == []


def test_removed_series_are_gone_and_the_file_shrinks(cache):
    for symbol in ("A", "B"):
        cache.put(symbol, "1D", days(20_000))
        cache.put(symbol, "1W", days(10))
    assert cache.symbols() == ["A", "B"]
    assert cache.symbols("1w") == ["A", "B"]
    assert (cache.remove("A"), cache.remove("A"), cache.remove("B", "1W")) == (2, 0, 1)
    assert [(i.symbol, i.timeframe) for i in cache.series()] == [("B", "1D")]
    before, after = cache.compact()
    assert after < before
    assert_frame_equal(cache.get("B", "1D"), days(20_000))


def test_one_fetches_for_many_and_the_rest_comes_from_the_store(cache):
    asked = []

    def source(symbol, timeframe, start, end):
        asked.append((symbol, timeframe, start, end))
        time.sleep(0.05)
        return days(1000).filter(pl.col("time").dt.epoch("ms").is_between(start, end))

    found = []
    read = lambda: found.append(cache.get_or_fetch("X", "1D", T0, T0 + 99 * DAY, source))  # noqa: E731
    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    for frame in found:
        assert_frame_equal(frame, days(1000)[:100])
    assert asked == [("X", "1D", T0, T0 + 99 * DAY)]
    more = cache.get_or_fetch("X", "1D", T0, T0 + 199 * DAY, source)
    assert_frame_equal(more, days(1000)[:200])
    assert len(asked) == 2
    assert asked[1][2] > T0 + 99 * DAY
    assert "source" in cache.info("X", "1D").source


def test_what_a_source_raises_is_the_cause(cache):
    def broken(*_):
        raise KeyError("X")

    with pytest.raises(tvf.FetchError, match="broken gave no bars of X:1D: KeyError: 'X'") as told:
        cache.get_or_fetch("X", "1D", T0, None, broken)
    assert isinstance(told.value.__cause__, KeyError)
    with pytest.raises(tvf.FetchError, match="bars need the column time"):
        cache.get_or_fetch("X", "1D", T0, None, lambda *_: {"close": [1.0]})
    with pytest.raises(tvf.FetchError, match="which is not after"):
        cache.get_or_fetch("X", "1D", T0, None, lambda *_: days(5).reverse())
    assert cache.symbols() == []


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (ConnectionError("refused"), 3),
        (tvf.FetchError("busy", again=0), 3),
        (tvf.FetchError("no such symbol"), 1),
        (tvf.FetchError("busy", again=60), 1),
        (ValueError("wrong"), 1),
    ],
)
def test_what_may_pass_is_tried_again(cache, error, tries):
    asked = []

    class Source:
        name = "flaky"

        def fetch(self, *series):
            asked.append(series)
            raise error

    with pytest.raises(tvf.FetchError):
        cache.get_or_fetch("X", "1D", T0, None, Source(), retry=Retry(tries=3, first=0.001, most=1))
    assert len(asked) == tries


def test_old_bars_are_given_at_once_and_renewed_behind(tmp_path):
    now = [T0 + 100 * DAY]
    options = {"clock": lambda: now[0], "ttl": {"daily": 60}, "stale_while_revalidate": True}
    with tvf.Cache(tmp_path / "bars.redb", **options) as cache:
        held = threading.Event()
        held.set()

        def source(*_):
            assert held.wait(10)
            return days((now[0] - T0) // DAY)

        assert len(cache.get_or_fetch("X", "1D", T0, None, source)) == 100
        assert cache.need("X", "1D", T0) == ([], None)
        now[0] += 2 * DAY
        held.clear()
        assert cache.need("X", "1D", T0).stale is not None
        assert len(cache.get_or_fetch("X", "1D", T0, None, source)) == 100
        held.set()
        until = time.monotonic() + 10
        while len(cache.get("X", "1D")) < 102 and time.monotonic() < until:
            time.sleep(0.005)
        assert len(cache.get("X", "1D")) == 102


def test_lists_are_loaded_while_the_cache_is_read(cache, capfd):
    def source(symbol, *_):
        if symbol == "S7":
            raise ValueError("no such symbol")
        return days(500)

    symbols = [f"S{i}" for i in range(40)]
    with cache.prefetch(symbols, "1D", T0, None, source) as loader:
        while not loader.progress.ended:
            assert len(cache.get("S0", "1D")) in (0, 500)
        far = loader.wait(progress=True)
    assert (far.total, far.done, far.bars, far.cancelled) == (40, 39, 39 * 500, False)
    assert "no such symbol" in str(far.failed["S7", "1D"])
    assert "39 of 40 series, 1 failed" in repr(loader)
    assert "19,500 bars, 1 failed" in capfd.readouterr().err
    assert len(cache.symbols()) == 39


def test_a_loader_stops_when_it_is_told_to_or_an_exception_comes(cache):
    def source(*_):
        time.sleep(0.01)
        return days(5)

    def interrupted(loader):
        loader.wait(0.05)
        raise KeyboardInterrupt

    with (
        pytest.raises(KeyboardInterrupt),
        cache.prefetch(map(str, range(5000)), "1D", T0, None, source) as loader,
    ):
        interrupted(loader)
    assert loader.progress.cancelled
    assert loader.progress.ended
    assert loader.progress.done < 1000


class Router(http.server.BaseHTTPRequestHandler):
    """Answers like the router, or not at all well."""

    def do_GET(self):
        self.server.asked.append(self.path)
        self.server.held.wait()
        busy = len(self.server.asked) <= self.server.busy
        rows = [[int(t.timestamp() * 1000), *rest] for t, *rest in days(10).rows()]
        body = b"busy" if busy else json.dumps({"bars": rows}).encode()
        self.send_response(503 if busy else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def router():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Router) as server:
        server.asked, server.busy, server.held = [], 0, threading.Event()
        server.held.set()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_server_is_asked_until_it_answers(cache, router):
    router.busy = 2
    base = f"http://127.0.0.1:{router.server_port}"
    source = tvf.sources.Http(base)
    got = cache.get_or_fetch("A/B", "1D", T0, T0 + 9 * DAY, source, retry=Retry(first=0.001))
    assert_frame_equal(got, days(10))
    path = f"/api/v1/bars?symbol=A%2FB&timeframe=1D&start={T0}&end={T0 + 9 * DAY}"
    assert router.asked == [path] * 3
    assert (cache.info("A/B", "1D").source, source.name) == (base, base)
    assert_frame_equal(source.fetch("A", "1D"), days(10))
    router.busy = 10**6
    with pytest.raises(tvf.FetchError, match="503 Service Unavailable: busy") as told:
        source.fetch("A", "1D")
    assert told.value.value == "503"


def ctrl_c():
    signal.raise_signal(signal.SIGINT)


@pytest.fixture
def hears_ctrl_c():
    """As a program that somebody started; one in the background may have been told not to hear it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("hears_ctrl_c")
def test_ctrl_c_leaves_a_server_that_does_not_answer(cache, router):
    answered = router.held = threading.Event()
    late = threading.Timer(30, answered.set)
    late.start()
    source = tvf.sources.Http(f"http://127.0.0.1:{router.server_port}", timeout=120)
    for ask in (lambda: source.fetch("A", "1D"), lambda: cache.get_or_fetch("A", "1D", T0, T0 + DAY, source)):
        threading.Timer(0.3, ctrl_c).start()
        with pytest.raises(KeyboardInterrupt):
            ask()
        assert not answered.is_set()
    late.cancel()
    answered.set()
    # What was left goes on, and what it brings is kept.
    for _ in range(3000):
        if cache.symbols():
            break
        time.sleep(0.01)
    assert_frame_equal(cache.get("A", "1D"), days(10))


def test_ctrl_c_in_a_function_is_no_failed_fetch(cache):
    tries = []

    def source(*_):
        tries.append(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.get_or_fetch("A", "1D", T0, T0 + DAY, source)
    assert len(tries) == 1


def test_folders_and_the_sample_are_sources(cache, tmp_path):
    (tmp_path / "1D").mkdir()
    days(30).write_parquet(tmp_path / "AAPL_1D.parquet")
    days(30, seed=2).with_columns(symbol=pl.lit("MSFT")).write_parquet(tmp_path / "1D" / "all.parquet")
    days(30, seed=3).with_columns(pl.col("time").dt.epoch("ms")).write_csv(tmp_path / "1D" / "GOOG.csv")
    folder = tvf.sources.Folder(tmp_path)
    for seed, symbol in enumerate(["AAPL", "MSFT", "GOOG"], 1):
        assert_frame_equal(cache.get_or_fetch(symbol, "1D", T0, T0 + 29 * DAY, folder), days(30, seed=seed))
    with pytest.raises(tvf.FetchError, match="no file with bars of X:1D"):
        folder.fetch("X", "1D")
    with pytest.raises(tvf.ParamError, match="nowhere"):
        tvf.sources.Folder(tmp_path / "nowhere")
    sample = tvf.sources.Sample()
    hours = cache.get_or_fetch("DEMO", "1h", "2024-01-01", "2024-01-31", sample)
    assert len(hours) == 30 * 24 + 1
    assert_frame_equal(hours[24:48], sample.fetch("DEMO", "1h", "2024-01-02", "2024-01-02T23:00"))


def test_a_second_writer_is_refused_and_readers_see_each_commit(cache):
    with pytest.raises(tvf.CacheError, match="held by another writer") as told:
        tvf.Cache(cache.path)
    assert told.value.code == "cache_locked"
    began = time.monotonic()
    with pytest.raises(tvf.CacheError):
        tvf.Cache(cache.path, timeout=0.2)
    assert time.monotonic() - began >= 0.2
    with tvf.Cache(cache.path, read_only=True) as reader:
        assert reader.symbols() == []
        cache.put("X", "1D", days(5))
        assert len(reader.get("X", "1D")) == 5
        with pytest.raises(tvf.CacheError, match="only for reading") as told:
            reader.put("X", "1D", days(5))
        assert told.value.code == "cache_read_only"
        more = reader.get_or_fetch("X", "1D", T0, T0 + 99 * DAY, lambda *_: days(100))
        assert (len(more), len(cache.get("X", "1D"))) == (100, 5)


def test_after_close_everything_is_an_error(tmp_path):
    cache = tvf.Cache(tmp_path / "bars.redb")
    cache.close()
    for act in (
        cache.stats,
        cache.series,
        lambda: cache.get("A", "1D"),
        lambda: cache.put("A", "1D", days(1)),
    ):
        with pytest.raises(tvf.CacheError, match="is closed"):
            act()
    tvf.Cache(tmp_path / "bars.redb").close()
    with pytest.raises(tvf.CacheError):
        tvf.Cache(tmp_path / "none" / "bars.redb")
    with pytest.raises(tvf.CacheError):
        tvf.Cache(tmp_path / "other.redb", read_only=True)
    (tmp_path / "text").write_text("no store" * 1000)
    with pytest.raises(tvf.CacheError, match="the file of a cache"):
        tvf.Cache(tmp_path / "text")


def test_damage_is_named_and_a_new_fetch_heals(tmp_path):
    path = tmp_path / "bars.redb"
    frame = days(20_000)
    with tvf.Cache(path, clock=lambda: T0 + 30_000 * DAY) as cache:
        cache.put("AAPL", "1D", frame)
        cache.put("MSFT", "1D", frame)
    content = path.read_bytes()
    chunk, first = damaged(path, content)
    symbol = chunk.split(":")[0]
    with tvf.Cache(path, clock=lambda: T0 + 30_000 * DAY) as cache:
        with pytest.raises(tvf.CacheError, match=f"chunk {chunk}") as told:
            cache.get(symbol, "1D")
        assert told.value.code == "cache_damaged"
        # The rest can be read.
        assert_frame_equal(cache.get({"AAPL": "MSFT", "MSFT": "AAPL"}[symbol], "1D"), frame)
        assert len(cache.get(symbol, "1D", None, first - 1)) > 0
        assert cache.heal() == 1
        assert len(cache.get(symbol, "1D")) < len(frame)
        asked = []

        def source(_, __, start, end):
            asked.append((start, end))
            return frame.filter(pl.col("time").dt.epoch("ms").is_between(start, end))

        assert_frame_equal(cache.get_or_fetch(symbol, "1D", T0, T0 + 19_999 * DAY, source), frame)
        assert len(asked) == 1
        assert asked[0][0] == first
        assert cache.verify() == []


def damaged(path, content):
    """Flips a bit within a chunk that is not the first of its series; its name, and its first bar's time."""
    for place in range(len(content) // 3, len(content), 997):
        changed = bytearray(content)
        changed[place] ^= 0x10
        path.write_bytes(changed)
        try:
            with tvf.Cache(path, read_only=True) as cache:
                found = cache.verify()
        except tvf.CacheError:
            continue  # a page of the tree: whoever opens it is told
        named = [re.fullmatch(r"(\w+:1D from (\d+))", name) for name, _ in found]
        if len(named) == 1 and named[0] and int(named[0][2]) > T0:
            return named[0][1], int(named[0][2])
    raise AssertionError("no bit of a chunk was found")


WRITER = """
import sys, numpy as np, tvf
cache = tvf.Cache(sys.argv[1])
day = 0
while True:
    times = (np.arange(200) + day) * 86_400_000
    bars = {"time": times, **dict.fromkeys(["open", "high", "low", "close", "volume"], times / 1e6)}
    cache.put("X", "1D", bars)
    day += 200
    print(day, flush=True)
    if day % 2000 == 0:
        cache.compact()
"""


@pytest.mark.parametrize("round", range(6))
def test_what_was_put_outlives_a_kill(tmp_path, round):  # noqa: A002
    path = tmp_path / "bars.redb"
    child = subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, text=True)
    told = 0
    for _ in range(3 + 5 * round):
        told = int(child.stdout.readline())
    child.send_signal(signal.SIGKILL)
    told = max([told, *map(int, child.stdout.read().split())])
    child.wait()
    with tvf.Cache(path) as cache:
        assert cache.verify() == []
        times = cache.get("X", "1D")["time"].dt.epoch("ms").to_numpy()
        assert len(times) >= told
        assert (times == np.arange(len(times)) * DAY).all()


def test_without_polars_the_line_says_what_to_install(tmp_path):
    script = (
        "import sys\n"
        "class Without:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name.split('.')[0] == 'polars': raise ImportError('there is no polars')\n"
        "sys.meta_path.insert(0, Without())\n"
        "import tvf\n"
        "cache = tvf.Cache(sys.argv[1]); cache.put('A', '1D', {n: [1.0] for n in "
        "('time', 'open', 'high', 'low', 'close')})\n"
        "print(cache.symbols())\n"
        "cache.get('A', '1D')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "b.redb"], capture_output=True, text=True, check=False
    )
    assert ran.stdout == "['A']\n"
    assert "pip install 'tvf[cache]'" in ran.stderr
