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

SCREENS: list[tuple[Literal["light", "dark"], int]] = [("light", 1280), ("dark", 360)]

SPEED = {
    "bars": 1000,
    "rounds": 3,
    "browser": "chromium 1",
    "entries": [
        {
            "name": "sma",
            "contenders": {
                name: {"median": t, "min": t, "p25": t, "p75": t}
                for name, t in {"simd resident": 1.0, "plain": 2.0, "app": 80.0}.items()
            },
            "ratios": {"simd resident": 2.0, "plain": 1.0, "app": 0.025},
        }
    ],
    "copies": {"simd load": {"median": 2.0}, "simd take": {"median": 0.5}},
}


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
    lines = columns_as_json({"sma.value": np.r_[[np.nan] * 9, bars["close"][9:]], "rsi.value": bars["close"]})
    result.chart = {"dataset": "walk", "bars": columns_as_json(bars), "wheel": lines, "simd": lines}
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
            assert tab.page.locator("#plot path").count() == 4
            assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert tab.page.evaluate("document.documentElement.dataset.theme") == scheme
            tab.page.click("#theme")
            assert tab.page.evaluate("document.documentElement.dataset.theme") != scheme
            tab.page.hover("#plot")
            assert "in both" in tab.page.inner_text("#reading")
            tab.check()
