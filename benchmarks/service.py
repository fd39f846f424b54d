"""How fast the service answers: many clients at once, Arrow against JSON, and the composite signal.

python benchmarks/service.py [--seconds 8]     starts the service here; the clients take a core of the machine
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

import numpy as np
import pyarrow as pa

ARROW = "application/vnd.apache.arrow.stream"
Columns = dict[str, Any]


def walk(count: int) -> Columns:
    """Bars with prices in cents, as most are."""
    random = np.random.default_rng(1)
    close = np.round(100 * np.cumprod(1 + 0.002 * random.standard_normal(count)), 2)
    open_ = np.concatenate([close[:1], close[:-1]])
    return {
        "time": 1_700_000_000_000 + 60_000 * np.arange(count),
        "open": open_,
        "high": np.maximum(open_, close) + 0.05,
        "low": np.minimum(open_, close) - 0.05,
        "close": close,
        "volume": np.round(1000 * random.random(count)),
    }


def plain(columns: Columns) -> dict[str, list[float]]:
    """Columns as JSON has them."""
    return {name: column.tolist() for name, column in columns.items()}


def stream(columns: Columns) -> bytes:
    """Columns as an Arrow stream."""
    table = pa.table(columns)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


@contextmanager
def service() -> Iterator[int]:
    """The service on a free port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    settings = {"TVF_SERVICE_PORT": str(port), "TVF_SERVICE_LOG_LEVEL": "error"}
    process = subprocess.Popen([sys.executable, "-m", "tvf.service"], env={**os.environ, **settings})
    try:
        while True:
            try:
                HTTPConnection("127.0.0.1", port, timeout=2).request("GET", "/health")
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def caller(port: int, path: str, body: bytes, kind: str, accept: str) -> Callable[[], bytes]:
    """A client that keeps its connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"content-type": kind, "accept": accept}

    def call() -> bytes:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {content[:200]!r}")
        return content

    return call


def alone(call: Callable[[], bytes], times: int) -> float:
    """The median of calls one after the other, in milliseconds."""
    spans = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        spans.append(time.perf_counter() - start)
    return 1e3 * statistics.median(spans[times // 10 :])


def together(make: Callable[[], Callable[[], bytes]], clients: int, seconds: float) -> tuple[float, ...]:
    """Answers a second, median and 99th percentile in milliseconds, and errors, of clients side by side."""
    spans: list[float] = []
    errors = 0
    ends = time.perf_counter() + seconds

    def run() -> None:
        nonlocal errors
        call = make()
        while time.perf_counter() < ends:
            start = time.perf_counter()
            try:
                call()
            except (OSError, RuntimeError):
                errors += 1
                continue
            spans.append(time.perf_counter() - start)

    threads = [threading.Thread(target=run) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spans.sort()
    return len(spans) / seconds, 1e3 * spans[len(spans) // 2], 1e3 * spans[int(0.99 * len(spans))], errors


def main() -> None:
    """Prints three tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=8.0, help="of each run with many clients")
    seconds = parser.parse_args().seconds
    print(f"{os.cpu_count()} cores, which service and clients share\n")
    with service() as port:
        compute = "/api/v1/indicators/compute"
        small, large = walk(5_000), walk(50_000)
        close = json.dumps({"bars": {"close": plain(small)["close"]}, "members": ["rsi"]}).encode()
        print("| RSI on 5,000 bars, JSON | answers/s | median | p99 | errors |\n|---|---|---|---|---|")
        for clients in (1, 16, 64):
            rate, middle, late, errors = together(
                lambda: caller(port, compute, close, "application/json", "application/json"), clients, seconds
            )
            print(f"| {clients} clients | {rate:.0f} | {middle:.1f} ms | {late:.1f} ms | {errors:.0f} |")
        options = {"members": ["rsi"], "include_bars": True}
        text = json.dumps({"bars": plain(large), **options}).encode()
        query = "?options=" + json.dumps(options).replace(" ", "").replace('"', "%22")
        as_json = caller(port, compute, text, "application/json", "application/json")
        as_arrow = caller(port, compute + query, stream(large), ARROW, ARROW)
        slow, fast = alone(as_json, 40), alone(as_arrow, 40)
        print(
            "\n| 50,000 full bars in and out, with RSI | median | bytes in | bytes out |\n|---|---|---|---|"
        )
        print(f"| JSON | {slow:.1f} ms | {len(text):,} | {len(as_json()):,} |")
        times = f"{fast:.1f} ms ({slow / fast:.1f} times)"
        print(f"| Arrow | {times} | {len(stream(large)):,} | {len(as_arrow()):,} |")
        body = json.dumps({"bars": plain(small)}).encode()
        signal = caller(port, "/api/v1/signals/composite", body, "application/json", "application/json")
        parts = {n: small[n] for n in ("time", "open", "high", "low", "close", "volume")}
        arrow = caller(port, "/api/v1/signals/composite", stream(parts), ARROW, "application/json")
        print("\n| composite on 5,000 bars, all sources, one client | median |\n|---|---|")
        print(f"| JSON | {alone(signal, 100):.1f} ms |\n| Arrow | {alone(arrow, 100):.1f} ms |")


if __name__ == "__main__":
    main()
