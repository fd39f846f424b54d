"""The example page: what it shows is what the wheel computes, and what it mounts it gives back."""

import json
import struct
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
import tvf

from tvf_harness.browser import BROWSERS, Tab, launch
from tvf_harness.server import Server

ROOT = Path(__file__).parents[1]
DIST = ROOT / "examples" / "chart" / "dist"
SOON, LATE = 100, 1_000
NAMES = ("time", "open", "high", "low", "close", "volume")

# The instance is caught when the package starts: only its exports tell how many references are alive.
CATCH = """
for (const name of ["instantiate", "instantiateStreaming"]) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (...args) => {
    const made = await original(...args);
    globalThis.caught = (made.instance ?? made).exports;
    return made;
  };
}
"""
COUNT = """
() => ({
  bytes: caught.memory.buffer.byteLength,
  references: Object.values(caught)
    .filter((one) => one instanceof WebAssembly.Table)
    .map((table) => table.length),
  canvases: document.querySelectorAll("canvas").length,
})
"""
# Doubles as bytes, so that nothing is lost on the way.
COLUMNS = """
() => Object.values(example.bars.window()).map((column) =>
  Array.from(new Uint32Array(column.buffer)).join())
"""
# The last value of every output that the chart draws as a series: in the legend, in the chart, and where.
SHOWN = """
() => example.live.indicators.flatMap((one) => one.series.map((series, i) => {
  const { name } = one.values()[i];
  const places = [...document.querySelectorAll(`[data-id="${one.id}"].line [data-output="${name}"]`)];
  const points = series.data();
  const last = points.findLast(({ value }) => value !== undefined);
  const { value = null, time = null } = last ?? {};
  return { id: one.id, name, legend: places.at(-1)?.dataset.value, value, time };
}))
"""

FOUND = """
() => Object.fromEntries(
  [...example.found.families].map(([id, { patterns, forming }]) => [id, { patterns, forming }]))
"""
# What the size of each style is called; the page chooses one that suits the bars.
STYLES = {
    "heikin_ashi": None,
    "renko": "brick",
    "kagi": "reversal",
    "point_and_figure": "box",
    "line_break": "lines",
    "range_bars": "size",
    "volume_bars": "size",
}


@pytest.fixture(scope="module")
def url():
    subprocess.run([ROOT / "scripts" / "example", "build"], check=True)
    with Server({"/": DIST}) as server:
        yield server.url


@pytest.fixture(scope="module", params=sorted(BROWSERS))
def site(request, url):
    with launch(request.param) as browser:
        yield browser, url


def open_page(site, path="index.html", width=1280, height=800, scheme="dark", script=None):
    browser, url = site
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    if script is not None:
        page.add_init_script(script)
    tab = Tab(page)
    page.goto(f"{url}/{path}")
    tab.ready("!!globalThis.example?.live || !!globalThis.cycle")
    return tab


@pytest.fixture
def tab(site):
    tab = open_page(site)
    yield tab
    tab.check()
    tab.page.context.close()


def some_frames(page):
    """Lets the page and its chart draw: a chart that shows other bars needs some frames for that."""
    frames = "async () => { for (let i = 0; i < 8; i++) await new Promise(requestAnimationFrame); }"
    page.evaluate(frames)


def columns_of(page):
    """The bars that the page has, to the bit."""
    texts = page.evaluate(COLUMNS)
    arrays = [np.array(text.split(","), dtype=np.uint32).view(np.float64) for text in texts]
    return dict(zip(NAMES, arrays, strict=True))


def as_double(text):
    """What JavaScript wrote of a number, as it was: it writes as many digits as a double needs."""
    return float("nan") if text in ("NaN", None) else float(text)


def same(one, other):
    return struct.pack("<d", one) == struct.pack("<d", other) or (np.isnan(one) and np.isnan(other))


def expected(columns):
    """What the wheel gives for every series of the catalog."""
    found = {}
    for entry in tvf.catalog():
        if entry.kind != "series":
            continue
        inputs = [columns["close" if name == "source" else name] for name in entry.inputs]
        result = getattr(tvf, entry.id)(*inputs)
        parts = [result] if len(entry.outputs) == 1 else list(result)
        shifts = entry.shifts_for()
        for output, column in zip(entry.outputs, parts, strict=True):
            found[entry.id, str(output)] = (np.asarray(column), shifts.get(str(output), 0))
    return found


def agree(page):
    """Compares all that the page shows with the wheel."""
    some_frames(page)
    columns = columns_of(page)
    known = expected(columns)
    shown = page.evaluate(SHOWN)
    last = len(columns["close"]) - 1
    for one in shown:
        column, shift = known[one["id"], one["name"]]
        # At the last bar a legend has the value that is drawn there.
        at = column[last - shift] if 0 <= last - shift <= last else np.nan
        assert same(as_double(one["legend"]), at), one
        final = column[np.isfinite(column)][-1]
        assert same(one["value"], final), one
        if shift <= 0:
            place = np.flatnonzero(np.isfinite(column))[-1] + shift
            assert one["time"] * 1000 == columns["time"][place], one
        else:
            assert one["time"] * 1000 > columns["time"][last], one
    return {one["id"] for one in shown}


def switch_on_all(page):
    page.get_by_role("button", name="Clear", exact=True).click()
    for button in page.locator("button[data-id]").all():
        button.click()
    assert page.locator("button[data-id][aria-pressed=true]").count() == len(tvf.catalog())


def test_the_whole_catalog_shows_what_the_wheel_computes(tab):
    page = tab.page
    switch_on_all(page)
    assert agree(page) == {entry.id for entry in tvf.catalog() if entry.kind == "series"}
    daily = json.loads((DIST / "bars.json").read_text())
    for name, column in columns_of(page).items():
        assert np.array_equal(column, np.array(daily[name], dtype=np.float64))


@pytest.mark.parametrize(
    ("bars", "rule"),
    [
        ("1D", {"timeframe": "1d"}),
        ("15m", {"timeframe": "15m", "zone": "America/New_York", "session": "09:30-16:00"}),
    ],
    ids=["1D", "15m"],
)
def test_ticks_are_followed_to_the_bit(tab, bars, rule):
    page = tab.page
    page.get_by_role("button", name=f"AAPL {bars}").click()
    page.get_by_role("button", name="16 at once").click()
    tab.ready("example.live?.indicators.length === 16")
    before = page.evaluate("example.bars.length")
    for ticks in (1, 7, 700, 350):
        page.evaluate("(ticks) => example.feed.ticks(ticks)", ticks)
        agree(page)
        tab.check()
        assert page.evaluate("example.live.seen().to === example.bars.length")
    columns = columns_of(page)
    made = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)][before:]
    assert len(made) > 5
    for bar in made:
        # Refuses what does not begin where a bar of the rule does.
        tvf.BarBuilder(**rule).begin(**bar)


def plain(pattern):
    """A pattern of the wheel, as the package writes it."""
    zone = None if np.isnan(pattern.zone_low) else [pattern.zone_low, pattern.zone_high]
    names = ("role", "bar", "time", "price")
    points = [{name: getattr(one, name) for name in names} for one in pattern.points]
    return {
        "name": pattern.name,
        "direction": pattern.direction,
        "detected": pattern.detected,
        "confirmed": pattern.confirmed,
        "score": pattern.score,
        "invalidation": None if np.isnan(pattern.invalidation) else pattern.invalidation,
        "zone": zone,
        "points": points,
        "parts": dict(pattern.parts),
        "targets": dict(pattern.targets),
    }


def found_by_the_wheel(family, columns, forming=False):
    """What a family finds in columns."""
    inputs = next(one.inputs for one in tvf.families() if one.id == family)
    optional = [name for name in ("volume", "time", "open") if name in inputs]
    needed = [columns[name] for name in inputs if name not in optional]
    named = {name: columns[name] for name in optional}
    return [plain(one) for one in getattr(tvf, family)(*needed, **named, forming=forming)]


def test_patterns_are_those_of_the_wheel_and_the_last_bar_is_not_closed(tab):
    page = tab.page
    page.get_by_role("tab", name="Patterns").click()
    families = [one.id for one in tvf.families()]
    for family in families:
        page.locator(f"[data-family={family}]").click()
    page.locator("[data-family=candlesticks]").click()
    tab.ready(f"example.found.families.size === {len(families)} && !!example.found.candlesticks")
    for ticks in (0, 1, 900):
        page.evaluate("(ticks) => example.feed.ticks(ticks)", ticks)
        some_frames(page)
        columns = columns_of(page)
        closed = {name: column[:-1] for name, column in columns.items()}
        for family, shown in page.evaluate(FOUND).items():
            certain = found_by_the_wheel(family, closed)
            assert shown["patterns"] == certain, family
            alone = found_by_the_wheel(family, columns)[len(certain) :]
            forming = found_by_the_wheel(family, closed, forming=True)
            assert shown["forming"] == forming + [{**one, "confirmed": None} for one in alone], family
            count = page.locator(f"[data-count={family}]").inner_text()
            assert count.startswith(f"{len(certain):,} found")
        marks = page.evaluate("example.found.candlesticks.marks")
        names = page.evaluate("example.found.candlesticks.patterns")
        prices = [closed[name] for name in ("open", "high", "low", "close")]
        expected = [
            {"bar": int(bar), "pattern": name, "value": int(column[bar])}
            for name in names
            for column in [tvf.candlestick(*prices, pattern=name)]
            for bar in np.flatnonzero(column)
        ]
        assert marks == sorted(expected, key=lambda mark: mark["bar"])


def test_a_pattern_that_is_chosen_is_shown_with_what_follows_from_it(tab):
    page = tab.page
    page.get_by_role("tab", name="Patterns").click()
    page.locator("[data-family=harmonic]").click()
    tab.ready("example.found.families.has('harmonic')")
    row = page.locator(".pattern", has_text="20").first
    row.click()
    assert row.get_attribute("aria-pressed") == "true"
    some_frames(page)
    chosen = page.evaluate("example.found.families.get('harmonic').selected")
    seen = page.evaluate("example.live.seen()")
    assert seen["from"] <= chosen["points"][0]["bar"] <= chosen["confirmed"] < seen["to"]
    details = page.locator(".details").inner_text()
    for price in chosen["targets"].values():
        assert f"{price:.2f}" in details
    assert f"{chosen['invalidation']:.2f}" in details
    row.click()
    assert page.evaluate("example.found.families.get('harmonic').selected === undefined")


def test_the_signal_and_its_reasons_are_those_of_the_wheel(tab):
    page = tab.page
    page.get_by_role("tab", name="Signal").click()
    for ticks in (0, 500):
        page.evaluate("(ticks) => example.feed.ticks(ticks)", ticks)
        columns = {name: column[-2000:] for name, column in columns_of(page).items()}
        prices = [columns[name] for name in ("open", "high", "low", "close")]
        signal = tvf.composite(*prices, volume=columns["volume"], time=columns["time"])
        tab.ready(f"Number(document.querySelector('[data-stat=score]')?.dataset.value) === {signal.score!r}")
        words = {1: "Rise", -1: "Fall", 0: "No direction"}
        assert page.locator("[data-stat=direction]").inner_text() == words[signal.direction]
        sources = page.locator("[data-source]").evaluate_all("(all) => all.map((one) => one.dataset.source)")
        assert sources == [reason.source for reason in signal.reasons]


@pytest.mark.parametrize("kind", STYLES)
def test_a_style_shows_the_rows_of_the_wheel(tab, kind):
    page = tab.page
    page.get_by_label("Style").select_option(kind)
    tab.ready("example.live && example.live.bars !== example.bars")
    name = STYLES[kind]
    params: dict[str, Any] = {}
    if name:
        size = float(page.locator(".style input").input_value())
        params = {name: int(size) if name == "lines" else size}
    for ticks in (0, 1, 800):
        page.evaluate("(ticks) => example.feed.ticks(ticks)", ticks)
        some_frames(page)
        closed = {name: column[:-1] for name, column in columns_of(page).items()}
        rows = tvf.transform(kind, pl.DataFrame(closed), **params)
        shown = page.evaluate("() => example.live.bars.window(0, -1)")
        for column in ("open", "high", "low", "close", "volume"):
            found = np.array(shown[column], dtype=float)
            expected = rows[column].to_numpy()
            assert np.array_equal(found, expected, equal_nan=True), column
        some_frames(page)
        assert page.evaluate("example.live.seen().to === example.live.bars.length")
    if name:
        page.locator(".style input").fill("0")
        assert "0" in page.get_by_role("alert").inner_text()
        page.locator(".style input").fill(str(next(iter(params.values()))))
        tab.ready("example.live && example.live.bars !== example.bars")


def test_series_hold_a_page_of_the_bars_and_the_rest_comes_into_sight(tab):
    page = tab.page
    page.get_by_role("button", name="AAPL 15m").click()
    tab.ready("example.bars?.length === 50000 && !!example.live")
    some_frames(page)
    sizes = "example.live.indicators.flatMap(({ series }) => series.map((one) => one.data().length))"
    assert max(page.evaluate(sizes)) <= 5_000
    page.get_by_role("application").focus()
    page.keyboard.press("Home")
    some_frames(page)
    assert page.evaluate("example.live.seen().from") == 0
    for _ in range(60):
        page.keyboard.press("ArrowRight")
        some_frames(page)
    seen = page.evaluate("example.live.seen()")
    held = page.evaluate("({ from: example.live.page.from, to: example.live.page.to })")
    assert seen["from"] > 800
    assert held["from"] <= seen["from"] < seen["to"] <= held["to"]
    page.keyboard.press("End")
    some_frames(page)
    assert page.evaluate("example.live.seen().to") == 50_000
    agree(page)


def test_a_parameter_is_changed_and_a_wrong_one_is_refused_in_words(tab):
    page = tab.page
    page.locator("summary", has_text="RSI 14").click()
    field = page.get_by_label("period", exact=False).last
    field.fill("5")
    tab.ready("example.live.indicators.some(({ id, member }) => id === 'rsi' && member.period === 5)")
    some_frames(page)
    columns = columns_of(page)
    shown = next(one for one in page.evaluate(SHOWN) if one["id"] == "rsi")
    assert same(shown["value"], tvf.rsi(columns["close"], 5)[-1])
    page.locator("details[open] input").first.fill("0")
    assert "below 1" in page.get_by_role("alert").inner_text()
    assert page.evaluate("example.live.indicators.some(({ member }) => member.period === 0)") is False


def test_the_feed_runs_and_speed_is_told(tab):
    page = tab.page
    page.get_by_label("Live feed").select_option("100")
    tab.ready("example.bars.length > 3270")
    tab.ready("/µs/.test(document.querySelector('[data-stat=tick]').textContent)")
    tab.ready("/ms/.test(document.querySelector('[data-stat=frame]').textContent)")
    assert page.evaluate("example.live.seen().to >= example.bars.length - 1")
    page.get_by_label("Live feed").select_option("0")
    for name in ("WASM", "JS"):
        page.get_by_role("button", name=name).click()
    assert page.locator(".ratio").inner_text().endswith("×")
    assert page.locator("[data-stat=build]").inner_text() == "simd"


def test_everything_is_reached_by_keys(tab):
    page = tab.page
    page.get_by_label("Search indicators").focus()
    page.keyboard.type("aroused")
    assert page.get_by_text("Nothing is called that.").is_visible()
    page.get_by_label("Search indicators").fill("stochastic")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab.ready("example.live.indicators.some(({ id }) => id === 'stoch')")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.get_by_role("tab", name="Indicators").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "Patterns"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab.ready("example.found.families.has('price_patterns')")
    page.get_by_role("tab", name="Patterns").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("[data-stat=direction]").is_visible()


def test_on_a_phone_the_list_is_a_drawer(site):
    tab = open_page(site, width=390, height=844, scheme="light")
    page = tab.page
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    # Nothing sticks out: all that can be pressed is on the screen.
    for button in page.locator("header :is(button, select):visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    drawer = page.locator("aside")
    assert drawer.evaluate("(one) => one.inert") is True
    menu = page.get_by_role("button", name="Side panel", exact=True)
    menu.click()
    assert drawer.evaluate("(one) => one.inert") is False
    page.locator("button[data-id=adx]").click()
    page.keyboard.press("Escape")
    assert menu.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.className") == "menu"
    tab.ready("example.live.indicators.some(({ id }) => id === 'adx')")
    tab.check()
    page.context.close()


def test_bars_in_a_worker_are_drawn_and_followed(site):
    tab = open_page(site, "worker.html")
    page = tab.page
    shown = "example.live.indicators.flatMap(({ series }) => series.map((one) => one.data().at(-1)?.value))"
    tab.ready(f"example.live.seen().to === 50_000 && {shown}.every(Number.isFinite)")
    last = page.evaluate("example.bars.last()")
    for i in range(30):
        bar = {**last, "time": last["time"] + 900_000 * (i + 1), "close": last["low"] + 0.01 * i}
        page.evaluate("(bar) => example.bars.push(bar)", bar)
    some_frames(page)
    assert page.evaluate("example.live.seen().to") == 50_030
    columns = page.evaluate("example.bars.window().then((bars) => [...bars.close])")
    close = np.array(columns)
    bands, macd = tvf.bbands(close), tvf.macd(close)
    expected = [*(column[-1] for column in (*bands, tvf.ema(close), *macd))]
    found = page.evaluate(shown)
    assert len(found) == len(expected)
    assert all(map(same, found, expected))
    tab.ready(f"Number(document.querySelector('output').textContent) === {float(tvf.rsi(close)[-1])!r}")
    # Bars of the past are fetched before they are shown.
    page.evaluate("example.live.see(20_000, 20_100)")
    tab.ready("example.live.seen().from <= 20_000 && example.live.seen().to >= 20_099")
    assert page.evaluate("example.live.page.to") < 25_000
    tab.check()
    page.context.close()


# What is counted lies in the module, whichever browser runs it.
@pytest.mark.parametrize("site", ["chromium"], indirect=True)
def test_a_thousand_mounts_leave_the_memory_as_a_hundred_do(site):
    tab = open_page(site, "cycles.html", script=CATCH)
    page = tab.page
    cycles = """
    async (count) => {
      for (let i = 0; i < count; i++) await cycle(["adapter", "chart", "neither"][i % 3]);
    }
    """
    found = []
    for count in (SOON, LATE - SOON):
        page.evaluate(cycles, count)
        tab.check()
        found.append(page.evaluate(COUNT))
    page.context.close()
    assert found[0]["bytes"] > 0
    assert found[0]["references"]
    assert found[0]["canvases"] == 0
    assert found[1] == found[0]
