"""A chart that is dragged and zoomed in a page: how long a frame's computation takes."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from tvf_harness.artifacts import Package
from tvf_harness.browser import launch, open_tab
from tvf_harness.machine import machine
from tvf_harness.parity import PAGE
from tvf_harness.server import Server

BARS, CANDLES, STEPS = 1_000_000, 2_000, 1_000
SEEN = (300, 2_000, 20_000, 200_000, 1_000_000)
"""How many bars are seen while the chart is dragged."""


def run_pan(
    package: Package,
    *,
    browser: str = "chromium",
    browser_path: str | None = None,
    build: str = "simd",
    bars: int = BARS,
    candles: int = CANDLES,
    seen: Sequence[int] = SEEN,
    steps: int = STEPS,
) -> dict[str, Any]:
    """Drags and zooms in a browser, after the page has found the answers right, and returns microseconds
    of the steps: culling by time, the ends of the axis, and the candles, into arrays that are there."""
    with (
        Server({"/pkg/": package.folder, "/page/": PAGE}) as server,
        launch(browser, browser_path) as running,
    ):
        tab = open_tab(running, f"{server.url}/page/pan.html?build={build}")
        tab.ready("globalThis.pan !== undefined")

        def ask(code: str, *arguments: Any) -> Any:
            return tab.page.evaluate(f"(a) => pan.{code}(...a)", list(arguments))

        ask("open", bars, candles)
        built = tab.page.evaluate("pan.built")
        rows = [{"kind": "drag", "seen": n, **_spread(ask("drag", n, steps))} for n in seen if n <= bars]
        rows.append({"kind": "zoom, a tick before each step", "seen": bars, **_spread(ask("zoom", steps))})
        ask("shut")
        host = f"{browser} {running.version}"
    return {
        "host": host,
        "machine": machine(),
        "versions": {"tvf": package.version},
        "build": build,
        "bars": bars,
        "candles": candles,
        "built": built,
        "rows": rows,
    }


def _spread(samples: list[float]) -> dict[str, float]:
    ordered = sorted(samples)
    return {
        "median": median(ordered),
        "p95": ordered[int(len(ordered) * 0.95)],
        "max": ordered[-1],
    }
