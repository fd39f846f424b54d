"""A chart's indicators in one call and live, in a page: against JavaScript and, if there, packages of npm."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tvf_harness.artifacts import REPOSITORY, Package
from tvf_harness.browser import Tab, launch, open_tab
from tvf_harness.machine import machine
from tvf_harness.parity import PAGE
from tvf_harness.progress import Progress, silent
from tvf_harness.server import Server

PEERS = REPOSITORY / "benchmarks/js"
"""Where packages of npm are; its `dist/peers.js` has them in one module."""
SIZES = (5_000, 50_000, 500_000)
LIVE_SIZES = (1_000, 1_000_000)
LIVE_ROUNDS, PEER_ROUNDS = 5, 3

TARGETS = (
    (
        "set, 50,000 bars, into arrays that are there: plain JavaScript's time / tvf's",
        "x",
        3.0,
        ("set", "plain", 50_000),
        "tvf, into the same arrays",
    ),
    (
        "set, 50,000 bars, into new arrays: plain JavaScript's time / tvf's",
        "x",
        3.0,
        ("set", "plain, new arrays", 50_000),
        "tvf",
    ),
    (
        "set, 50,000 bars: technicalindicators' time / tvf's on its members",
        "x",
        40.0,
        ("set", "technicalindicators", 50_000),
        "tvf, as technicalindicators",
    ),
)
TICK = 600.0
"""Nanoseconds that a live bar of the set may take."""
CONSTANT = 1.25
"""How much longer it may take after a thousand times as many bars, caches being what they are."""


def run_race(
    package: Package,
    *,
    browser: str = "chromium",
    browser_path: str | None = None,
    build: str = "simd",
    peers: Path = PEERS,
    rounds: int = 15,
    sizes: Sequence[int] = SIZES,
    live_sizes: Sequence[int] = LIVE_SIZES,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Runs page/race.js in a browser and returns its samples, with what the project wants of them."""
    folders = {"/pkg/": package.folder, "/page/": PAGE}
    has_peers = (peers / "dist/peers.js").is_file()
    if has_peers:
        folders["/peers/"] = peers / "dist"
    with Server(folders) as server, launch(browser, browser_path) as running:
        query = f"build={build}{'&peers' if has_peers else ''}"
        tab = open_tab(running, f"{server.url}/page/race.html?{query}")
        tab.ready("globalThis.race !== undefined")
        _run(tab, rounds, sizes, live_sizes, progress)
        rows = tab.page.evaluate("race.rows")
        lacks = tab.page.evaluate("race.lacks")
        host = f"{browser} {running.version}"
    return {
        "created": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "host": host,
        "machine": machine(),
        "versions": {"tvf": package.version, **(_versions(peers) if has_peers else {})},
        "skipped": {}
        if has_peers
        else {"packages of npm": f"{peers / 'dist'} is not there: scripts/setup bench"},
        "rounds": rounds,
        "lacks": lacks,
        "targets": targets(rows),
        "results": rows,
    }


def _run(tab: Tab, rounds: int, sizes: Sequence[int], live_sizes: Sequence[int], progress: Progress) -> None:
    total = len(sizes) * (rounds + 1) + len(live_sizes) + 1
    done = 0

    def step(name: str, code: str, *arguments: int) -> None:
        nonlocal done
        progress(done, total, name)
        tab.page.evaluate(f"(a) => {code}(...a)", list(arguments))
        done += 1

    for bars in sizes:
        step(f"values of {bars:,} bars", "race.open", bars)
        for turn in range(rounds):
            step(f"the set over {bars:,} bars, round {turn + 1} of {rounds}", "race.round")
        tab.page.evaluate("race.shut()")
    for bars in live_sizes:
        step(f"live after {bars:,} bars", "race.live", bars, min(rounds, LIVE_ROUNDS))
    step("packages of npm, live", "race.livePeers", min(rounds, PEER_ROUNDS))
    progress(total, total, "done")


def _versions(peers: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((peers / "package.json").read_text("utf-8"))["devDependencies"]
    return {name: version for name, version in found.items() if name != "esbuild"}


def targets(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The figures that the project wants of a page, by the fastest samples."""
    fastest = {(row["kind"], row["name"], row["bars"]): row["min"] for row in rows}
    found = []

    def judge(what: str, unit: str, bound: float, value: float | None, *, at_least: bool) -> None:
        reached = None if value is None else value >= bound if at_least else value <= bound
        found.append(
            {
                "what": what,
                "unit": unit,
                "bound": bound,
                "value": value,
                "reached": reached,
                "at_least": at_least,
            }
        )

    for what, unit, bound, (kind, rival, bars), own in TARGETS:
        theirs, ours = fastest.get((kind, rival, bars)), fastest.get((kind, own, bars))
        judge(what, unit, bound, theirs / ours if theirs and ours else None, at_least=True)
    for kind in ("push", "replace"):
        few, many = (fastest.get((kind, "tvf", bars)) for bars in LIVE_SIZES)
        for bars, value in zip(LIVE_SIZES, (few, many), strict=True):
            judge(f"live {kind} of the set after {bars:,} bars", "ns", TICK, value, at_least=False)
        growth = many / few if few and many else None
        judge(f"live {kind}: after 1,000,000 bars / after 1,000", "x", CONSTANT, growth, at_least=False)
    return found
