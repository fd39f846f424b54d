#!/usr/bin/env python3
"""Takes the pictures of the example page that are kept in docs/pictures.

scripts/example build && .venv/bin/python scripts/pictures_example.py
"""

import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page  # noqa: E402

from tvf_harness.browser import Tab, launch  # noqa: E402
from tvf_harness.server import Server  # noqa: E402

DIST = ROOT / "examples" / "chart" / "dist"
PICTURES = ROOT / "docs" / "pictures"


def patterns(page: Page) -> None:
    """Price patterns and harmonic ones, one of them chosen."""
    page.get_by_role("tab", name="Patterns").click()
    for family in ("price_patterns", "harmonic"):
        page.locator(f"[data-family={family}]").click()
    page.locator(".pattern", has_text="Rising wedge").first.click()


def candlesticks(page: Page) -> None:
    """The patterns that most traders know, as marks."""
    page.get_by_role("tab", name="Patterns").click()
    page.locator("[data-family=candlesticks]").click()
    page.evaluate("example.live.seeLast(60)")


def signal(page: Page) -> None:
    """What all of them say together, beside counted bars."""
    page.get_by_role("tab", name="Patterns").click()
    page.locator("[data-family=td]").click()
    page.get_by_role("tab", name="Signal").click()


def style(page: Page, kind: str) -> None:
    """What a transform makes of the bars."""
    page.get_by_label("Style").select_option(kind)


def main() -> None:
    """Takes them: states of the page, two themes, two sizes."""
    with Server({"/": DIST}) as server, launch() as browser:

        def show(
            name: str,
            scheme: str,
            size: tuple[int, int],
            *ids: str,
            ticks: int = 0,
            act: Callable[[Page], None] | None = None,
        ) -> None:
            viewport = {"width": size[0], "height": size[1]}
            context = browser.new_context(viewport=viewport, color_scheme=scheme)
            tab = Tab(context.new_page())
            page = tab.page
            page.goto(f"{server.url}/index.html")
            tab.ready("!!globalThis.example?.live")
            if ids == ("16",):
                page.get_by_role("button", name="AAPL 15m").click()
                page.get_by_role("button", name="16 at once").click()
                tab.ready("example.live?.indicators.length === 16 && example.bars.length === 50000")
            elif ids:
                page.get_by_role("button", name="Clear", exact=True).click()
                for one in ids:
                    page.locator(f"button[data-id={one}]").click()
                # The cloud is drawn ahead of the last bar.
                page.evaluate("example.live.chart.timeScale().scrollToPosition(28, false)")
                page.locator("aside").evaluate("(one) => one.scrollTo(0, 0)")
            page.evaluate("(ticks) => example.feed.ticks(ticks)", ticks)
            if act is not None:
                act(page)
            page.mouse.move(0, 0)
            page.wait_for_timeout(1500)
            tab.check()
            page.screenshot(path=PICTURES / f"{name}.png")
            context.close()

        wide, phone = (1280, 800), (390, 780)
        show("chart-dark", "dark", wide)
        tables = ("ichimoku", "sma_cross", "support_resistance", "volume_profile", "heartbeat")
        show("chart-light", "light", wide, *tables)
        show("chart-sixteen", "dark", wide, "16", ticks=900)
        show("chart-phone", "dark", phone)
        show("chart-patterns", "dark", wide, "ema", act=patterns)
        averages = ("wma", "hma", "t3", "alma", "kama", "frama", "jma", "mama")
        show(
            "chart-averages",
            "dark",
            wide,
            *averages,
            act=lambda page: page.evaluate("example.live.seeLast(120)"),
        )
        show("chart-candlesticks", "light", wide, "volume_profile", act=candlesticks)
        show("chart-signal", "light", wide, "supertrend", "rsi", act=signal)
        show("chart-renko", "dark", wide, "ema", "macd", act=lambda page: style(page, "renko"))
        show("chart-point-and-figure", "light", wide, "ema", act=lambda page: style(page, "point_and_figure"))


if __name__ == "__main__":
    main()
