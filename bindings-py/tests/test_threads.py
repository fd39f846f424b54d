"""Threads and processes: other threads run during long calls, streams may be shared, forks work."""

import os
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import tvf
from bars import bars


class Ticks:
    """A thread that notes the time whenever it can run."""

    def __enter__(self):
        self.ticks, self.stop = [], False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        while not self.ticks:
            time.sleep(0.001)
        return self

    def run(self):
        while not self.stop:
            self.ticks.append(time.perf_counter_ns())

    def __exit__(self, *_):
        self.stop = True
        self.thread.join()

    def within(self, start, end):
        """Ticks in the middle half of a span: none, if the call held the interpreter."""
        quarter = (end - start) // 4
        return sum(start + quarter < tick < end - quarter for tick in self.ticks)


LONG = bars(3_000_000)


@pytest.mark.parametrize(
    "call",
    [
        lambda: tvf.adx(LONG["high"], LONG["low"], LONG["close"]),
        lambda: tvf.Stream("adx").extend(LONG["high"], LONG["low"], LONG["close"]),
        lambda: tvf.compute(LONG, ["adx", "stoch", "bbands"], threads=2),
        lambda: tvf.compute(LONG, ["adx", "stoch", "bbands"], threads=1),
    ],
    ids=["function", "extend", "compute in two threads", "compute in one"],
)
def test_other_threads_run_during_a_long_call(call):
    for _ in range(5):
        with Ticks() as other:
            start = time.perf_counter_ns()
            call()
            end = time.perf_counter_ns()
        if other.within(start, end):
            return
    pytest.fail("no other thread ran while the call did")


def test_the_proof_can_fail():
    blob = b"x" * 30_000_000
    with Ticks() as other:
        start = time.perf_counter_ns()
        blob.count(b"xy")  # bytes.count holds the interpreter
        end = time.perf_counter_ns()
    assert other.within(start, end) == 0


def test_sets_use_threads_of_their_own():
    tvf.compute(LONG, ["adx", "stoch", "bbands"], threads=2)
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        pytest.skip("needs /proc")
    names = {(task / "comm").read_text().strip() for task in tasks.iterdir()}
    assert {"tvf-0", "tvf-1"} <= names


def in_threads(count, work):
    failures = []

    def run(i):
        try:
            work(i)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(i,), daemon=True) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), "deadlock"
    assert failures == []


def test_one_stream_in_many_threads():
    stream = tvf.Stream("sma", period=10)
    part = np.full(5000, 42.0)

    def work(i):
        for n in range(200):
            if i % 2:
                stream.update(42.0)
                stream.peek(1.0)
                stream.snapshot()
            elif n % 20 == 0:
                stream.extend(part)
            assert stream.id == "sma"

    in_threads(8, work)
    assert stream.bars == 4 * 200 + 4 * 10 * 5000
    assert stream.update(42.0) == 42.0


def test_many_computations_at_once():
    data = bars(20_000)
    expected = tvf.compute(data, ["adx", "macd", "vwap"], threads=1)

    def work(i):
        for _ in range(5):
            found = tvf.compute(data, ["adx", "macd", "vwap"], threads=1 + i % 3)
            assert all(np.array_equal(found[k], v, equal_nan=True) for k, v in expected.items())

    in_threads(6, work)


FORK = """
    import os, sys, time
    import numpy as np
    import tvf

    close = 100 + np.cumsum(np.random.default_rng(1).normal(size=50_000))
    data = {"high": close + 1, "low": close - 1, "close": close, "volume": close}
    members = ["adx", "macd", "bbands", "obv", ("ema", {"source": "volume"})]
    stream = tvf.Stream("ema")
    stream.extend(close)

    def result():
        found = tvf.compute(data, members, threads=2) | {"sma": tvf.sma(close)}
        return b"".join(column.tobytes() for column in found.values())

    before = result()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            again = os.fork()
            if again == 0:
                os._exit(0 if result() == before else 4)
            _, status = os.waitpid(again, 0)
            code = status >> 8 or (0 if result() == before and stream.update(1.0) else 3)
        finally:
            os._exit(code)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            assert result() == before
            sys.exit(status >> 8)
        time.sleep(0.01)
    os.kill(child, 9)
    sys.exit("the child hangs")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_computes():
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FORK)],
        timeout=120,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


POOL = """
    import multiprocessing, numpy as np, tvf
    close = np.arange(50_000.0)

    def work(threads):
        return tvf.compute({"close": close}, ["sma", "ema", "rsi"], threads=threads)["ema_20"][-1]

    if __name__ == "__main__":
        own = work(2)
        with multiprocessing.get_context("fork").Pool(3) as pool:
            assert set(pool.map_async(work, [2, 3, None, 2, 2]).get(60)) == {own}
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_pool_of_processes_computes(tmp_path):
    script = tmp_path / "pool.py"
    script.write_text(textwrap.dedent(POOL))
    done = subprocess.run([sys.executable, script], timeout=120, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
