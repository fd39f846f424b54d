import re
from collections import Counter
from typing import Literal

import numpy as np
import pytest
from playwright.sync_api import ViewportSize

from tvf_harness.browser import Tab, launch
from tvf_harness.compare import compare
from tvf_harness.datasets import random_walk
from tvf_harness.records import PATHS
from tvf_harness.report import write_report
from tvf_harness.result import Build, ParityResult, Place, columns_as_json

ENTRIES = [
    "sma",
    "cloud",
    "psar",
    "sma_cross",
    "support_resistance",
    "heartbeat",
    "volume_profile",
    "rsi",
    "macd",
]
SCREENS: list[tuple[Literal["light", "dark"], int]] = [("light", 1280), ("dark", 360)]

TIMES = {
    "simd in": 0.5,
    "simd compute": 1.0,
    "simd out": 0.5,
    "baseline compute": 1.5,
    "plain": 2.0,
    "app": 80.0,
}
SPEED = {
    "rounds": 3,
    "browser": "chromium 1",
    "sizes": [
        {
            "bars": bars,
            "entries": [
                {
                    "name": "sma",
                    "contenders": {
                        name: {"median": t, "min": t, "p25": t, "p75": t} for name, t in TIMES.items()
                    },
                    "ratios": {name: 2.0 / t for name, t in TIMES.items()},
                }
            ],
        }
        for bars in (100, 1000)
    ],
}


def pictures(bars):
    """An entry for each way to draw one, and what it computed."""
    close, high, low = (bars[name] for name in ("close", "high", "low"))
    two, sign = np.array([10.0, 40.0]), np.array([1.0, -1.0])
    profile = {
        "low": close[:2] - 0.1,
        "high": close[:2] + 0.1,
        "volume": two,
        "buy": two / 2,
        "sell": two / 2,
    }
    profile |= dict.fromkeys(("poc", "value_low", "value_high"), close[:1])
    rows = {"index": two, "direction": sign, "fast": close[[10, 40]]}
    known = {
        "sma": (True, ["line"], [], {"value": np.r_[[np.nan] * 9, close[9:]]}),
        "cloud": (True, ["band", "band"], [], {"span_a": high, "span_b": low[::-1]}),
        "psar": (True, ["marker", "hidden"], [], {"value": low, "trend": np.where(close > 100, 1.0, -1.0)}),
        "sma_cross": (True, ["marker"], [], rows),
        "support_resistance": (True, ["line"], [], {"price": close[:2], "first": two, "role": sign}),
        "heartbeat": (True, ["marker"], [], {"pivot": two, "price": close[[10, 40]]}),
        "volume_profile": (True, ["histogram"], [], profile),
        "rsi": (False, ["line"], [30.0, 70.0], {"value": close}),
        "macd": (False, ["line", "line", "histogram"], [0.0], {"macd": close, "signal": high, "hist": low}),
    }
    entries = [
        {
            "id": name,
            "title": name,
            "kind": "series" if all(len(c) == len(close) for c in columns.values()) else "table",
            "overlay": overlay,
            "outputs": list(columns),
            "styles": styles,
            "levels": levels,
            "shifts": {"span_a": 5, "span_b": 5} if name == "cloud" else {},
        }
        for name, (overlay, styles, levels, columns) in known.items()
    ]
    lines = {f"{name}.{output}": c for name, (*_, each) in known.items() for output, c in each.items()}
    return entries, lines


@pytest.fixture(params=["equal", "broken"])
def page(request, tmp_path):
    result = ParityResult({"simd": Build("1.0")})
    result.cases_of = Counter(sma=3)
    result.titles = {"sma": "Simple Moving Average"}
    for path in PATHS:
        place = Place("sma", {"period": 3}, "walk", path, "part", "value")
        other = np.array([1.0, 2.0 if request.param == "equal" else np.nextafter(2.0, 3)])
        result.compared("simd", place, compare(np.array([1.0, 2.0]), other))
    bars = random_walk(60).columns
    entries, lines = pictures(bars)
    result.chart = {"dataset": "walk", "start": 0, "bars": columns_as_json(bars), "entries": entries}
    result.chart |= {"wheel": columns_as_json(lines), "simd": columns_as_json(lines)}
    result.datasets = [{"name": "walk", "about": "random walk", "bars": 60}]
    artifact = {"version": "1.0", "file": "f", "tarball": "t.tgz", "sha256": "0" * 64}
    machine = {"cpu": "c", "cores": 1, "system": "s", "arch": "a"}
    result.about = {"browser": "chromium 1", "wheel": artifact, "package": artifact, "machine": machine}
    result.about |= {"versions": {"python": "3"}, "finished": "2026-01-01T00:00:00+00:00"}
    path = tmp_path / "report.html"
    write_report(path, result.as_json(), SPEED)
    return path, request.param


def test_the_page_shows_everything_on_any_screen(page):
    path, outcome = page
    with launch() as browser:
        for scheme, width in SCREENS:
            size = ViewportSize(width=width, height=800)
            tab = Tab(browser.new_context(viewport=size, color_scheme=scheme).new_page())
            tab.page.goto(path.as_uri())
            for section in ("chart", "speed", "entries", "about"):
                assert tab.page.locator(f"#{section}").is_visible(), section
            assert tab.page.locator("#trouble").is_visible() == (outcome == "broken")
            for entry in ENTRIES:
                tab.page.click(f"[data-entry={entry}]")
                drawn = f"[data-picture={entry}]"
                for side in ("wheel", "wasm"):
                    assert tab.page.locator(f"{drawn} .{side}").count() > 0, (entry, side)
                assert not {"NaN", "undefined"} & set(re.findall(r"\w+", tab.page.inner_html(drawn))), entry
                reading = tab.page.inner_text("#reading")
                assert entry in reading
                assert "differ" not in reading
            tab.page.click("[data-entry=sma]")
            assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert tab.page.evaluate("document.documentElement.dataset.theme") == scheme
            tab.page.click("#theme")
            assert tab.page.evaluate("document.documentElement.dataset.theme") != scheme
            tab.page.hover("#plot")
            assert "in both" in tab.page.inner_text("#reading")
            tab.check()
