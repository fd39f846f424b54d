"""Measures the built page in headless Chromium: frames, ticks, and the set of 16 in both engines.

scripts/example build && .venv/bin/python examples/chart/scripts/measure.py

A headless browser draws without a graphics card: frames take longer than on a screen. Beside them stands
the processor's time that the page takes for one, which other work on the machine changes little.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from tvf_harness.browser import Tab, launch
from tvf_harness.server import Server

DIST = Path(__file__).parents[1] / "dist"
SECONDS = 6


COUNT = """
() => {
  globalThis.drawn ??= 0;
  const next = () => { globalThis.drawn++; requestAnimationFrame(next); };
  next();
}
"""


def main() -> None:
    """Prints what the page's status line tells, for 16 indicators over 50,000 bars."""
    with Server({"/": DIST}) as server, launch() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        tab = Tab(context.new_page())
        page = tab.page
        page.goto(f"{server.url}/index.html")
        tab.ready("!!globalThis.example?.live")
        page.get_by_role("button", name="AAPL 15m").click()
        page.get_by_role("button", name="16 at once").click()
        tab.ready("example.live?.indicators.length === 16 && example.bars.length === 50000")
        page.wait_for_timeout(2000)
        page.evaluate(COUNT)
        session = browser.new_browser_cdp_session()

        def spent() -> tuple[float, int]:
            processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
            times = (one["cpuTime"] for one in processes if one["type"] == "renderer")
            return sum(times), page.evaluate("drawn")

        for rate in (0, 10, 100, 1000):
            page.get_by_label("Live feed").select_option(str(rate))
            before = spent()
            page.wait_for_timeout(1000 * SECONDS)
            time, frames = (after - then for after, then in zip(spent(), before, strict=True))
            frame = page.locator("[data-stat=frame]").inner_text()
            tick = page.locator("[data-stat=tick]").inner_text()
            own = f"{1000 * time / frames:.1f} ms"
            print(
                f"{rate:5} ticks a second: p95 of a frame {frame}, the page's own {own}, a tick {tick}",
                flush=True,
            )
        page.get_by_label("Live feed").select_option("0")
        for name in ("WASM", "JS"):
            page.get_by_role("button", name=name).click()
        times = [page.locator(f"[data-stat={engine}]").inner_text().strip() for engine in ("wasm", "js")]
        print(f"set of 16: WebAssembly {times[0]}, JavaScript {times[1]}")
        tab.check()


if __name__ == "__main__":
    main()
