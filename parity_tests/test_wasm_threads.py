"""The build with threads, in a worker of an isolated page: any number of threads gives the same bits."""

from collections.abc import Iterator
from typing import Any

import pytest

from parity_tests.asked import TRIES
from tvf_harness import HarnessError
from tvf_harness.browser import Tab, launch, open_tab
from tvf_harness.inside import in_worker
from tvf_harness.server import Server


class Page:
    """A page of a browser, and how often a worker may be started anew in it."""

    def __init__(self, tab: Tab, tries: int):
        self.tab, self.tries = tab, tries

    def in_worker(self, code: str, given: object = None) -> Any:
        return in_worker(self.tab, code, given, self.tries)


# Sets above and below the size from which threads share them, with chains, tables and shared columns.
SETS = """
async (tvf, { build, threads }) => {
  await tvf.default({ build, threads });
  const n = 20_000;
  const wave = (a, b) => Float64Array.from({ length: n }, (_, i) => 100 + ((i * a) % b) / 8);
  const close = wave(7919, 1000);
  const columns = {
    time: close.map((_, i) => 1.7e12 + 60_000 * i),
    open: wave(104729, 1000),
    high: close.map((x) => x + 2),
    low: close.map((x) => x - 2),
    close,
    volume: wave(1299709, 997),
  };
  const ids = tvf.catalog().map(({ id }) => id);
  const members = [
    ...ids.map((id) => ({ id })),
    ...Array.from({ length: 20 }, (_, i) => ({ id: "ema", period: 5 + i })),
    { id: "sma", source: { id: "rsi" } },
    { id: "ema", source: { id: "macd", output: "signal" } },
  ];
  let hash = 0n;
  let shared = false;
  const mix = (numbers) => {
    const plain = numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);
    const isShared = plain.buffer instanceof SharedArrayBuffer;
    if (isShared !== shared) throw new Error(`a result's memory: ${plain.buffer}`);
    for (const bits of new BigUint64Array(plain.map((x) => (Number.isNaN(x) ? NaN : x)).buffer)) {
      hash = (hash * 31n + bits) & 0xffffffffffffffffn;
    }
  };
  const take = (result) => {
    if (ArrayBuffer.isView(result)) return mix(result);
    for (const one of Object.values(result)) typeof one === "number" ? mix([one]) : mix(one);
  };
  const bars = tvf.Bars.from(columns);
  for (const range of [{}, {}, { from: -1_500 }, { from: 10, to: 30 }]) {
    bars.compute(members, range).forEach(take);
  }
  // Into arrays that are there, which hold something else, and where the module has them.
  const kinds = new Map(tvf.catalog().map(({ id, kind }) => [id, kind]));
  const series = members.filter(({ id }) => kinds.get(id) === "series");
  const into = bars.compute(series);
  const columnsOf = (result) => (ArrayBuffer.isView(result) ? [result] : Object.values(result));
  into.flatMap(columnsOf).forEach((column) => column.fill(7));
  bars.compute(series, { into }).forEach(take);
  const kept = bars.keep(series);
  bars.compute(members);
  shared = kept.isShared;
  kept.view().forEach(take);
  shared = false;
  kept.copy().forEach(take);
  kept.free();
  return { build: tvf.build(), threads: tvf.threads(), hash: String(hash) };
}
"""

# Memory that grows under views, and is asked for in vain; threads work in between.
LIVE = """
async (tvf) => {
  await tvf.default({ build: "threads", threads: 2 });
  const { Bars, Stream, TvfError } = tvf;
  const n = 30_000;
  const close = Float64Array.from({ length: n }, (_, i) => 100 + ((i * 7919) % 1000) / 8);
  const members = [{ id: "ema" }, { id: "sma", period: 900 }, { id: "bbands" }, { id: "macd" }];
  const bars = Bars.from({ close: close.subarray(0, 100) });
  const handles = bars.attach(members);
  const old = handles[0].view();
  for (let i = 100; i < n; i++) bars.push({ close: close[i] });
  const whole = bars.compute(members);
  const same = (a, b) => a.length === b.length && a.every((x, i) => Object.is(x, b[i]));
  const columns = (result) => (ArrayBuffer.isView(result) ? [result] : Object.values(result));
  const isShared = (buffer) => buffer instanceof SharedArrayBuffer;
  const agree = (one, other) => columns(one).every((column, i) => same(column, columns(other)[i]));
  const view = handles[0].view();
  let refused;
  try {
    bars.reserve(1e12);
  } catch (error) {
    refused = error instanceof TvfError && error.code;
  }
  // What lies in the module's memory may be given to it.
  const fed = [view, view.slice()].map((column) => tvf.sma(column, { period: 3 }));
  const stream = new Stream({ id: "ema" });
  stream.extend(close);
  const resumed = Stream.restore(stream.snapshot());
  return {
    grown: view.buffer !== old.buffer,
    shared: isShared(view.buffer),
    live: handles.every((handle, i) => agree(handle.view(), whole[i])),
    copied: handles.flatMap((handle) => columns(handle.copy())).every(({ buffer }) => !isShared(buffer)),
    refused,
    fed: same(...fed) && fed[0].length === n,
    resumed: Object.is(resumed.peek(7), stream.peek(7)),
  };
}
"""

# Little memory, taken bit by bit: at each step a set is computed, or refused, and no thread is left without.
FULL = """
async (tvf) => {
  const { Memory } = WebAssembly;
  WebAssembly.Memory = function (given) {
    return new Memory({ ...given, maximum: 640 });
  };
  WebAssembly.Memory.prototype = Memory.prototype;
  await tvf.default({ build: "threads", threads: 2 });
  const { Bars, TvfError } = tvf;
  const close = Float64Array.from({ length: 5_000 }, (_, i) => 100 + ((i * 7919) % 1000) / 8);
  const bars = Bars.from({ close });
  const source = (i) => ({ id: "rsi", period: i + 2 });
  const members = Array.from({ length: 16 }, (_, i) => ({ id: "sma", period: 50 + i, source: source(i) }));
  const isFull = (act) => {
    try {
      act();
      return false;
    } catch (error) {
      if (error instanceof TvfError && error.code === "out_of_memory") return true;
      throw error;
    }
  };
  const first = bars.compute(members);
  const ballast = [];
  let [computed, refused] = [0, 0];
  while (!isFull(() => ballast.push(Bars.from({ close: close.subarray(0, 4_000) })))) {
    if (isFull(() => bars.compute(members))) refused++;
    else computed++;
  }
  ballast.forEach((one) => one.free());
  const again = bars.compute(members);
  const same = again.every((column, i) => column.every((x, j) => Object.is(x, first[i][j])));
  return { computed: computed > 0, refused: refused > 0, same };
}
"""

REFUSED = """
async () => {
  const { default: init, build } = await import("/package/dist/index.js");
  const error = await init({ build: "threads" }).catch((error) => error);
  await init();
  return [error.code, error.message, build()];
}
"""


@pytest.fixture(scope="module", params=list(TRIES))
def page(request, tvf_package) -> Iterator[Page]:
    with Server({"/package/": tvf_package.folder}) as server:
        try:
            with launch(request.param) as browser:
                tab = open_tab(browser, f"{server.url}/package/package.json")
                yield Page(tab, TRIES[request.param])
        except HarnessError as error:
            if request.param == "chromium":
                raise
            pytest.skip(str(error))


def test_any_number_of_threads_gives_the_same_bits(page):
    one = page.in_worker(SETS, {"build": "simd"})
    assert (one["build"], one["threads"]) == ("simd", 1)
    for threads in (1, 2, 3):
        found = page.in_worker(SETS, {"build": "threads", "threads": threads})
        assert found == {"build": "threads", "threads": threads, "hash": one["hash"]}


def test_auto_takes_threads_in_a_worker_and_memory64_when_asked(page):
    processors = page.in_worker("async () => navigator.hardwareConcurrency")
    expected = ("threads", processors) if processors > 1 else ("simd", 1)
    report = "async (tvf, build) => (await tvf.default({ build }), [tvf.build(), tvf.threads()])"
    assert tuple(page.in_worker(report, "auto")) == expected
    assert page.in_worker(report, "memory64") == ["memory64", 1]


def test_memory_grows_under_views(page):
    assert page.in_worker(LIVE) == {
        "grown": True,
        "shared": True,
        "live": True,
        "copied": True,
        "refused": "out_of_memory",
        "fed": True,
        "resumed": True,
    }


def test_threads_without_memory_are_an_error(page):
    assert page.in_worker(FULL) == {"computed": True, "refused": True, "same": True}


def test_a_page_is_refused_threads(page):
    code, message, build = page.tab.page.evaluate(REFUSED)
    assert (code, build) == ("param_choice", "simd")
    assert "init it in a worker" in message
