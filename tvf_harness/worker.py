"""How long a page is held up while indicators are computed in a worker."""

import datetime as dt
from statistics import median
from typing import Any

from tvf_harness.artifacts import Package
from tvf_harness.browser import launch, open_tab
from tvf_harness.machine import machine
from tvf_harness.parity import PAGE
from tvf_harness.server import Reply, Server

HELD = 8.0
"""Milliseconds that a page may be held."""
ON_THE_PAGE = "20 indicators on the page itself"
"""What is measured for comparison, without a worker."""

EMPTY = b"<!doctype html><title>tvf: a worker</title><link rel='icon' href='data:,'>"


def run_worker(
    package: Package,
    *,
    bars: int = 500_000,
    rounds: int = 5,
    build: str = "auto",
    browser: str = "chromium",
    browser_path: str | None = None,
) -> dict[str, Any]:
    """Runs page/worker.js, each round in a page of its own, and returns the gaps between pings."""
    folders = {"/pkg/": package.folder, "/page/": PAGE}
    rows: dict[str, list[dict[str, float]]] = {}
    running = ""
    with (
        Server(folders, {"/": lambda _: Reply(EMPTY, "text/html")}) as server,
        launch(browser, browser_path) as started,
    ):
        for _ in range(rounds):
            tab = open_tab(started, f"{server.url}/")
            found = tab.page.evaluate(
                "async ([bars, build]) => (await import('/page/worker.js')).round(bars, build)", [bars, build]
            )
            tab.check()
            tab.page.context.close()
            running = found["build"]
            for row in found["rows"]:
                rows.setdefault(row["name"], []).append(row)
        host = f"{browser} {started.version}"
    results = [_row(name, samples) for name, samples in rows.items()]
    return {
        "created": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "host": host,
        "machine": machine(),
        "tvf": package.version,
        "build": running,
        "bars": bars,
        "rounds": rounds,
        "worst": max(row["held_max"] for row in results if row["name"] != ON_THE_PAGE),
        "results": results,
    }


def _row(name: str, samples: list[dict[str, float]]) -> dict[str, Any]:
    held = [sample["gap"] for sample in samples]
    return {
        "name": name,
        "held_max": max(held),
        "held_median": median(held),
        "held": held,
        "took_median": median(sample["took"] for sample in samples),
        "pings": min(sample["pings"] for sample in samples),
    }
