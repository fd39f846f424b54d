"""The build with 64-bit memory holds bars, and computes, beyond the 4 GiB that 32 bits reach."""

from pathlib import Path

import numpy as np
import pytest

from tvf_harness.browser import launch, open_tab
from tvf_harness.server import Server

tvf = pytest.importorskip("tvf")

GIB = 1 << 30
CHUNK = 8_000_000
PERIOD = 20
ENDS = 1_000
"""Values that are compared at each end."""

# Columns of a gibibyte each, the last beyond 4 GiB. Only what is written takes memory of the machine.
RESERVED = """
async ({ bars: count, room, ends }) => {
  const { default: init, Bars, build } = await import("/package/dist/index.js");
  let memory;
  const original = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...args) => {
    const made = await original(...args);
    memory = (made.instance ?? made).exports.memory;
    return made;
  };
  await init({ build: "memory64" });
  const price = Float64Array.from({ length: count }, (_, i) => 100 + ((i * 7919) % 1000) / 8);
  const time = price.map((_, i) => 1.7e12 + 60_000 * i);
  const [high, low] = [price.map((x) => x + 1), price.map((x) => x - 1)];
  const all = { time, open: price, high, low, close: price, volume: price };
  const each = (of) => Object.fromEntries(Object.entries(all).map(([name, column]) => [name, of(column)]));
  const part = (from, to) => each((column) => column.subarray(from, to));
  const third = Math.floor(count / 3);
  const bars = Bars.from(part(0, third));
  bars.reserve(room);
  bars.append(part(third, count - 1));
  const members = [{ id: "sma", period: 20, source: "volume" }, { id: "vwma" }, { id: "atr" }];
  const handles = bars.attach(members);
  bars.push(each((column) => column[count - 1]));
  const views = handles.map((handle) => handle.view());
  const results = bars.compute(members);
  const same = results.every((column, i) => column.every((x, k) => Object.is(x, views[i][k])));
  return {
    build: build(),
    bytes: memory.buffer.byteLength,
    beyond: views.map((view) => view.byteOffset),
    same,
    first: results.map((column) => [...column.subarray(0, ends)]),
    last: results.map((column) => [...column.subarray(-ends)]),
  };
}
"""

# One column beyond 4 GiB, and the mean over it, which is as long.
FILLED = """
async ({ chunks, chunk, period, ends }) => {
  const { default: init, Bars, build } = await import("/package/dist/index.js");
  await init({ build: "memory64" });
  const close = Float64Array.from({ length: chunk }, (_, i) => 100 + ((i * 7919) % 1000) / 8);
  const bars = Bars.from({ close });
  bars.reserve(chunks * chunk);
  for (let i = 1; i < chunks; i++) bars.append({ close });
  const [mean] = bars.attach([{ id: "sma", period }]);
  const view = mean.view();
  const ranged = bars.compute([{ id: "sma", period }], { from: -ends })[0];
  return {
    build: build(),
    bytes: view.buffer.byteLength,
    length: view.length,
    beyond: view.byteOffset + view.byteLength,
    first: [...view.subarray(0, ends)],
    last: [...view.subarray(-ends)],
    ranged: [...ranged],
  };
}
"""


def available() -> int:
    """Bytes of memory that the machine can give; what is in caches can be given, too."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))


def in_page(package, code: str, given: dict) -> dict:
    """Runs code in a page of Chromium."""
    with Server({"/package/": package.folder}) as server, launch() as browser:
        tab = open_tab(browser, f"{server.url}/package/package.json")
        tab.page.set_default_timeout(0)
        return tab.page.evaluate(code, given)


def price(n: int) -> np.ndarray:
    return 100 + ((np.arange(n) * 7919) % 1000) / 8


def equal(page: list, wheel: np.ndarray) -> None:
    """The same bits; NaN comes as None or NaN."""
    found = np.array([np.nan if x is None else x for x in page])
    assert np.array_equal(found.view(np.uint64)[~np.isnan(found)], wheel.view(np.uint64)[~np.isnan(wheel)])
    assert np.array_equal(np.isnan(found), np.isnan(wheel))


def test_columns_beyond_four_gib_are_written_and_read(tvf_package):
    if available() < 3 * GIB:
        pytest.skip(f"{available() / GIB:.1f} GiB of memory are free, and 3 are needed")
    count = 30_000
    found = in_page(tvf_package, RESERVED, {"bars": count, "room": GIB // 8, "ends": ENDS})
    assert found["build"] == "memory64"
    assert found["bytes"] > 6 * GIB
    assert min(found["beyond"]) > 4 * GIB
    assert found["same"]
    close = price(count)
    wheel = [tvf.sma(close, 20), tvf.vwma(close, close), tvf.atr(close + 1, close - 1, close)]
    for first, last, column in zip(found["first"], found["last"], wheel, strict=True):
        equal(first, column[:ENDS])
        equal(last, column[-ENDS:])


@pytest.mark.soak
def test_more_than_four_gib_of_bars_are_computed(tvf_package):
    chunks = 4 * GIB // (8 * CHUNK) + 2
    need = 2 * 8 * chunks * CHUNK + 2 * GIB
    if available() < need:
        pytest.skip(f"{available() / GIB:.1f} GiB of memory are free, and {need / GIB:.1f} are needed")
    given = {"chunks": chunks, "chunk": CHUNK, "period": PERIOD, "ends": ENDS}
    found = in_page(tvf_package, FILLED, given)
    assert found["build"] == "memory64"
    assert found["length"] == chunks * CHUNK
    assert found["bytes"] > 8 * GIB
    assert found["beyond"] > 8 * GIB
    close, stream = price(CHUNK), tvf.Stream("sma", period=PERIOD)
    first = stream.extend(close)
    last = first
    for _ in range(1, chunks):
        last = stream.extend(close)
    equal(found["first"], first[:ENDS])
    equal(found["last"], last[-ENDS:])
    equal(found["ranged"], tvf.sma(close[-ENDS:], period=PERIOD))
