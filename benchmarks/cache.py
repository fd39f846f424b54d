"""The store of bars in figures: reads beside HTTP, Parquet and SQLite, size, import, readers and a writer.

    python benchmarks/cache.py [--symbols 10000] [--years 5] [--cli target/release/tvf]

Everything is made in a temporary folder and printed as tables. Run it with nothing else running.
"""

from __future__ import annotations

import argparse
import http.server
import io
import os
import sqlite3
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import polars as pl
import tvf

T0 = 1_577_836_800_000
DAY = 86_400_000
MINUTE = 60_000
NAMES = ("open", "high", "low", "close", "volume")


def prices(seed: int, count: int, step: int) -> pl.DataFrame:
    """Prices in cents that walk as stocks do, with whole volumes."""
    rng = np.random.default_rng(seed)
    close = np.round(50 * np.exp(np.cumsum(rng.normal(0, 0.02 if step == DAY else 0.0007, count))) + 1, 2)
    opening = np.round(np.roll(close, 1) * (1 + rng.normal(0, 0.002, count)), 2)
    reach = np.round(close * np.abs(rng.normal(0, 0.008 if step == DAY else 0.0004, count)), 2)
    frame = {
        "time": T0 + np.arange(count) * step,
        "open": opening,
        "high": np.round(np.maximum(opening, close) + reach, 2),
        "low": np.round(np.minimum(opening, close) - reach, 2),
        "close": close,
        "volume": np.round(rng.lognormal(13, 0.6, count)),
    }
    return tvf.data.check(pl.DataFrame(frame))


def timed(act: Callable[[], object], runs: int) -> tuple[float, float]:
    """The median and the 99th percentile of some runs, in microseconds."""
    for _ in range(20):
        act()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1e6)
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.99)]


@contextmanager
def served(body: bytes, kind: str) -> Iterator[str]:
    """A server of this machine that answers every request so."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def reading(folder: Path, runs: int) -> None:
    """5,000 bars of a series of 100,000, from every place where they may be."""
    frame = prices(1, 100_000, MINUTE)
    start, end = (int(frame["time"].dt.epoch("ms")[row]) for row in (50_000, 54_999))
    part = frame[50_000:55_000]
    rows = []

    def add(name: str, act: Callable[[], pl.DataFrame], count: int = runs) -> None:
        found = act()
        assert len(found) == 5000, (name, len(found))
        assert found["close"].equals(part["close"]), name
        rows.append((name, *timed(act, count)))

    path = folder / "read.redb"
    with tvf.Cache(path) as cache:
        cache.put("X", "1m", frame)
        add("cache", lambda: cache.get("X", "1m", start, end))
        with tvf.Cache(path, read_only=True) as reader:
            add("cache, a second process's handle", lambda: reader.get("X", "1m", start, end))
    frame.write_parquet(folder / "all.parquet", compression="zstd")
    part.write_parquet(folder / "part.parquet", compression="zstd")
    between = pl.col("time").dt.epoch("ms").is_between(start, end)
    add("Parquet, these 5,000 bars alone", lambda: pl.read_parquet(folder / "part.parquet"), runs // 4)
    add(
        "Parquet, out of 100,000",
        lambda: pl.scan_parquet(folder / "all.parquet").filter(between).collect(),
        runs // 10,
    )
    with sqlite3.connect(folder / "read.sqlite") as db:
        db.execute(
            "create table bars (time integer primary key, " + ", ".join(f"{n} real" for n in NAMES) + ")"
        )
        db.executemany(
            "insert into bars values (?,?,?,?,?,?)", frame.with_columns(pl.col("time").dt.epoch("ms")).rows()
        )
        db.commit()
        ask = "select * from bars where time between ? and ? order by time"
        add(
            "SQLite, a row a bar",
            lambda: pl.DataFrame(db.execute(ask, (start, end)).fetchall(), ["time", *NAMES], orient="row"),
            runs // 20,
        )
    columns = part.with_columns(pl.col("time").dt.epoch("ms"))
    stream = io.BytesIO()
    columns.write_ipc_stream(stream, compat_level=pl.CompatLevel.oldest())
    arrow = "application/vnd.apache.arrow.stream"
    text = "{" + ",".join(f'"{name}":{columns[name].to_list()}' for name in columns.columns) + "}"
    for name, body, kind in (
        ("HTTP on this machine, Arrow", stream.getvalue(), arrow),
        ("HTTP on this machine, JSON", text.encode(), "application/json"),
    ):
        with served(body, kind) as base:
            source = tvf.sources.Http(base)
            add(name, lambda source=source: source.fetch("X", "1m", start, end), runs // 20)
    print("\n| 5,000 bars into a Polars frame | median, µs | p99, µs |\n|---|---|---|")
    for name, median, p99 in rows:
        print(f"| {name} | {median:,.0f} | {p99:,.0f} |")


def size(folder: Path, symbols: int, years: int) -> None:
    """The file of many symbols beside Parquet."""
    count = 252 * years
    names = [f"S{i:05}" for i in range(symbols)]
    path = folder / "many.redb"
    parquet = folder / "parquet"
    parquet.mkdir()
    whole = []
    began = time.perf_counter()
    with tvf.Cache(path) as cache:
        for first in range(0, symbols, 500):
            batch = [
                (name, prices(first + i, count, DAY)) for i, name in enumerate(names[first : first + 500])
            ]
            cache.put_many([(name, "1D", frame) for name, frame in batch])
            for name, frame in batch:
                frame.write_parquet(parquet / f"{name}_1D.parquet", compression="zstd")
            whole.append(pl.concat([frame.with_columns(symbol=pl.lit(name)) for name, frame in batch]))
        stats = cache.stats()
        cache.compact()
    pl.concat(whole).write_parquet(folder / "one.parquet", compression="zstd")
    each = sum(file.stat().st_size for file in parquet.iterdir())
    took = time.perf_counter() - began
    print(f"\n{symbols:,} symbols, {years} years of daily bars, {stats.bars:,} bars ({took:.0f} s):\n")
    print("| | MB | bytes a bar |\n|---|---|---|")
    for name, length in (
        ("cache, its chunks", stats.payload),
        ("cache, its file", stats.file),
        ("cache, compacted", path.stat().st_size),
        ("Parquet with zstd, a file each", each),
        ("Parquet with zstd, one file", (folder / "one.parquet").stat().st_size),
    ):
        print(f"| {name} | {length / 1e6:,.1f} | {length / stats.bars:.2f} |")


def importing(folder: Path, cli: Path) -> None:
    """The command line's import, on one core."""
    source = folder / "one.parquet"
    command = [
        str(cli),
        "cache",
        "import",
        "--path",
        str(folder / "import.redb"),
        "-t",
        "1D",
        "--json",
        str(source),
    ]
    pinned = ["taskset", "-c", "0", *command] if Path("/usr/bin/taskset").exists() else command
    began = time.perf_counter()
    subprocess.run(pinned, check=True, capture_output=True)
    took = time.perf_counter() - began
    bars = pl.scan_parquet(source).select(pl.len()).collect().item()
    print(
        f"\nImport of {bars:,} bars from Parquet on one core: {took:.2f} s, {bars / took / 1e6:.2f} M bars/s"
    )


def readers(folder: Path, seconds: float) -> None:
    """Reads of 5,000 bars a second by threads beside a writer."""
    frame = prices(1, 100_000, MINUTE)
    with tvf.Cache(folder / "readers.redb") as cache:
        for i in range(8):
            cache.put(f"R{i}", "1m", frame)
        rates = [(threads, *_beside_a_writer(cache, frame, threads, seconds)) for threads in (1, 2, 4, 8)]
    print("\n| threads that read beside a writer | reads/s | times one | commits/s |\n|---|---|---|---|")
    for threads, rate, written in rates:
        print(f"| {threads} | {rate:,.0f} | {rate / rates[0][1]:.2f} | {written:.0f} |")


def _beside_a_writer(
    cache: tvf.Cache, frame: pl.DataFrame, threads: int, seconds: float
) -> tuple[float, float]:
    """Reads and commits a second."""
    start, end = (int(frame["time"].dt.epoch("ms")[row]) for row in (50_000, 54_999))
    stop = threading.Event()
    counts = [0] * threads
    commits = [0]

    def read(place: int) -> None:
        while not stop.is_set():
            cache._store.get(f"R{place}", "1m", (start, end))
            counts[place] += 1

    def write() -> None:
        while not stop.wait(0.02):
            cache.put("W", "1m", frame[commits[0] % 90_000 :][:100])
            commits[0] += 1

    work = [threading.Thread(target=read, args=(i,)) for i in range(threads)]
    work.append(threading.Thread(target=write))
    for thread in work:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in work:
        thread.join()
    return sum(counts) / seconds, commits[0] / seconds


def main() -> None:
    """All of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--symbols", type=int, default=10_000)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--cli", type=Path, default=Path("target/release/tvf"))
    args = parser.parse_args()
    print(f"{os.cpu_count()} cores, tvf {tvf.__version__}, Polars {pl.__version__}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reading(folder, args.runs)
        size(folder, args.symbols, args.years)
        if args.cli.exists():
            importing(folder, args.cli)
        readers(folder, args.seconds)


if __name__ == "__main__":
    main()
