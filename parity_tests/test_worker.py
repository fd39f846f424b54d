"""The package in a real worker: the page's numbers, its errors, and nothing left behind."""

from collections.abc import Iterator
from typing import Any

import pytest

from tvf_harness.browser import Tab, launch, open_tab
from tvf_harness.parity import PAGE
from tvf_harness.server import Reply, Server

SOON, LATE = 100, 1_000

# A worker of one's own, as bundlers without workers need it. The instance is caught when the package starts,
# as only its exports tell how many references are alive; it answers a message that is not the package's.
OWN_WORKER = b"""
import "/caught.js";
import "/package/dist/worker/host.js";
"""
CAUGHT = b"""
let exports;
for (const name of ["instantiate", "instantiateStreaming"]) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (...args) => {
    const made = await original(...args);
    exports = (made.instance ?? made).exports;
    return made;
  };
}
addEventListener("message", ({ data }) => {
  if (data !== "count") return;
  const tables = Object.values(exports).filter((one) => one instanceof WebAssembly.Table);
  postMessage({ bytes: exports.memory.buffer.byteLength, references: tables.map((table) => table.length) });
});
"""
# A page whose policy allows no workers.
STRICT = b"""<!doctype html><title>strict</title>
<meta http-equiv="Content-Security-Policy" content="worker-src 'none'">"""

PRELUDE = """
const { default: init, Bars, catalog } = await import("/package/dist/index.js");
const { startWorker, TvfError } = await import("/package/dist/worker/index.js");
const { walk } = await import("/page/walk.js");
const rejected = (promise) => promise.then(() => "fulfilled", (error) => error);
const described = ({ name, message, code, parameter, value, bound }) =>
  ({ name, message, code, parameter, value, bound });
"""


@pytest.fixture(scope="module")
def tab(tvf_package) -> Iterator[Tab]:
    folders = {"/package/": tvf_package.folder, "/page/": PAGE}
    endpoints = {
        "/own.js": lambda _: Reply(OWN_WORKER, "text/javascript"),
        "/caught.js": lambda _: Reply(CAUGHT, "text/javascript"),
        "/broken.js": lambda _: Reply(b"import '/nowhere.js';", "text/javascript"),
        "/strict": lambda _: Reply(STRICT, "text/html"),
    }
    with Server(folders, endpoints) as server, launch() as browser:
        yield open_tab(browser, f"{server.url}/package/package.json")


def run(tab: Tab, code: str, argument: Any = None) -> Any:
    return tab.page.evaluate(f"async (given) => {{ {PRELUDE} {code} }}", argument)


@pytest.mark.parametrize("build", ["auto", "baseline"])
def test_every_entry_has_the_bits_of_the_page(tab, build):
    found = run(
        tab,
        """
        await init();
        const tvf = await startWorker({ build: given });
        const columns = walk(30_000);
        const members = catalog().map(({ id }) => ({ id }));
        members.push({ id: "ema", source: { id: "rsi" } });
        members.push({ id: "vwap", zone: "America/New_York", open: "09:30" });
        const own = Bars.from(columns).compute(members);
        const bars = await tvf.bars(columns, { transfer: true });
        const theirs = await bars.compute(members);
        let values = 0;
        const parts = (result) => (ArrayBuffer.isView(result) ? { result } : { ...result });
        const same = (a, b) => {
          if (!ArrayBuffer.isView(a)) return Object.is(a, b);
          values += a.length;
          if (a.constructor !== b.constructor || a.length !== b.length) return false;
          return a.every((x, i) => Object.is(x, b[i]));
        };
        const differ = members.filter((_, i) => {
          const [here, there] = [parts(own[i]), parts(theirs[i])];
          return !Object.keys({ ...here, ...there }).every((name) => same(here[name], there[name]));
        });
        const emptied = Object.values(columns).every((column) => column.length === 0);
        tvf.terminate();
        return { differ, values, emptied, members: members.length, build: tvf.build() };
        """,
        build,
    )
    assert found["differ"] == []
    assert found["members"] > 20
    assert found["values"] > 30_000 * 30
    assert found["emptied"]
    assert (found["build"] == "baseline") == (build == "baseline")


def test_live_bars_follow(tab):
    found = run(
        tab,
        """
        await init();
        const tvf = await startWorker({ build: "baseline" });
        const columns = walk(2_000);
        const names = Object.keys(columns);
        const some = (from, to) =>
          Object.fromEntries(names.map((name) => [name, columns[name].subarray(from, to)]));
        const members = [{ id: "rsi" }, { id: "macd" }, { id: "sma_cross", fast: 2, slow: 5 }];
        const [own, bars] = [Bars.from(some(0, 1_900)), await tvf.bars(some(0, 1_900))];
        const [twins, handles] = [own.attach(members), await bars.attach(members)];
        const told = (all) => JSON.stringify(all.map((handle) => handle.last()));
        let apart = 0;
        for (let i = 1_900; i < 2_000; i++) {
          const bar = Object.fromEntries(names.map((name) => [name, columns[name][i]]));
          own.push(bar);
          await bars.push(bar);
          if (told(twins) !== told(handles)) apart++;
        }
        const [a, b] = [twins[1].copy().signal.slice(-300), (await handles[1].window(-300)).signal];
        tvf.terminate();
        const window = a.length === b.length && a.every((x, i) => Object.is(x, b[i]));
        return { apart, window, length: bars.length };
        """,
    )
    assert found == {"apart": 0, "window": True, "length": 2_000}


@pytest.mark.parametrize("build", ["threads", "simd"])
def test_what_is_kept_is_seen_from_the_page(tab, build):
    found = run(
        tab,
        """
        await init();
        const tvf = await startWorker({ build: given, threads: 2 });
        const columns = walk(40_000);
        const bars = await tvf.bars(columns);
        const members = catalog().map(({ id }) => ({ id }));
        const own = Bars.from(columns).compute(members);
        const kept = await bars.keep(members);
        const seen = kept.view();
        // Memory grows, and is used for others, while it is seen.
        await bars.reserve(4_000_000);
        await bars.compute(members);
        await bars.push({ time: 1.9e12, open: 1, high: 1, low: 1, close: 1, volume: 1 });
        const parts = (result) => (ArrayBuffer.isView(result) ? { result } : { ...result });
        const alike = (a, b) => a.length === b.length && a.every((x, i) => Object.is(x, b[i]));
        const same = (a, b) => (ArrayBuffer.isView(a) ? alike(a, b) : Object.is(a, b));
        const agrees = (results) => members.every((_, i) => {
          const [here, there] = [parts(own[i]), parts(results[i])];
          return Object.keys(here).every((name) => same(here[name], there[name]));
        });
        const shares = seen[members.findIndex(({ id }) => id === "ema")].buffer instanceof SharedArrayBuffer;
        const first = agrees(seen);
        kept.free();
        // What is aborted, and what nobody sees any more, gives its memory back.
        const sizes = [];
        const size = async () => (await bars.keep([{ id: "ema" }])).view()[0].buffer.byteLength;
        for (let i = 0; i < 30; i++) {
          const abort = new AbortController();
          const aborted = bars.keep(members, { signal: abort.signal });
          if (i % 2) abort.abort();
          await aborted.then((one) => one.free(), () => {});
          if (i % 10 === 9) sizes.push(await size());
        }
        const last = await bars.keep(members, { to: 40_000 });
        const again = agrees(last.view());
        tvf.terminate();
        return { first, again, shares, isShared: kept.isShared, flat: new Set(sizes).size === 1 };
        """,
        build,
    )
    shared = build == "threads"
    assert found == {"first": True, "again": True, "shares": shared, "isShared": shared, "flat": True}


def test_an_abort_is_heard_between_pieces(tab):
    found = run(
        tab,
        """
        const tvf = await startWorker();
        const bars = await tvf.bars(walk(500_000));
        const many = Array.from({ length: 100 }, (_, i) => ({ id: "ema", period: i + 1 }));
        const abort = new AbortController();
        const progress = [];
        const running = bars.compute(many, {
          signal: abort.signal,
          onProgress: (now) => {
            progress.push(now.done);
            abort.abort();
          },
        });
        const next = bars.compute([{ id: "rsi" }]);
        const { name } = await rejected(running);
        const [rsi] = await next;
        // What was aborted must not come late.
        const [again] = await bars.compute([{ id: "rsi" }], { onProgress: (now) => progress.push(now) });
        tvf.terminate();
        return { name, progress, same: rsi.every((x, i) => Object.is(x, again[i])) };
        """,
    )
    assert found["name"] == "AbortError"
    first, last = found["progress"]
    assert 0 < first < 100
    assert last == {"done": 1, "total": 1}
    assert found["same"]


def test_the_end_rejects_what_is_open(tab):
    found = run(
        tab,
        """
        const tvf = await startWorker();
        const bars = await tvf.bars(walk(200_000));
        const open = [
          bars.compute(Array.from({ length: 200 }, () => ({ id: "adx" }))),
          bars.push({ time: 1.8e12, open: 1, high: 1, low: 1, close: 1, volume: 1 }),
          tvf.bars(walk(200_000)),
        ];
        await new Promise((resolve) => setTimeout(resolve, 20));
        tvf.terminate();
        const errors = await Promise.all(open.map(rejected));
        errors.push(await rejected(tvf.call("rsi", [[1, 2, 3]])));
        return errors.map((error) => [error instanceof TvfError, error.code]);
        """,
    )
    assert found == [[True, "freed"]] * 4


def test_errors_are_those_of_the_page(tab):
    found = run(
        tab,
        """
        await init();
        const tvf = await startWorker();
        const columns = walk(100);
        const [own, bars] = [Bars.from(columns), await tvf.bars(columns)];
        const pairs = [];
        for (const member of [{ id: "rsi", period: 0 }, { id: "nope" }, { id: "ema", source: "mine" }]) {
          let here;
          try {
            own.compute([member]);
          } catch (error) {
            here = error;
          }
          const there = await rejected(bars.compute([member]));
          pairs.push([here, there].map(described));
        }
        const starts = {};
        starts.build = described(await rejected(startWorker({ build: "fast" })));
        starts.url = described(await rejected(startWorker({ url: "/nowhere.wasm" })));
        const broken = new Worker("/broken.js", { type: "module" });
        starts.script = described(await rejected(startWorker({ worker: broken })));
        tvf.terminate();
        return { pairs, starts };
        """,
    )
    for here, there in found["pairs"]:
        assert here == there
        assert here["name"] == "TvfError"
    starts = found["starts"]
    assert starts["build"]["code"] == "param_choice"
    assert "404" in starts["url"]["message"]
    assert starts["script"]["code"] == "not_ready"
    assert "worker-src" in starts["script"]["message"]


def test_a_page_that_allows_no_workers_is_told(tab):
    page = tab.page.context.new_page()
    try:
        page.goto(tab.page.url.replace("/package/package.json", "/strict"))
        error = page.evaluate(
            f"async () => {{ {PRELUDE} return described(await rejected(startWorker())); }}",
        )
    finally:
        page.close()
    assert error["code"] == "not_ready"


def test_memory_and_handles_are_those_of_soon(tab):
    found = run(
        tab,
        """
        const worker = new Worker("/own.js", { type: "module" });
        const tvf = await startWorker({ worker, build: "simd" });
        const count = () => new Promise((resolve) => {
          const hear = ({ data }) => {
            if (!("bytes" in data)) return;
            worker.removeEventListener("message", hear);
            resolve(data);
          };
          worker.addEventListener("message", hear);
          worker.postMessage("count");
        });
        const data = walk(60);
        const members = [{ id: "rsi" }, { id: "macd" }, { id: "volume_profile" }];
        members.push({ id: "vwap", zone: "Asia/Tokyo" });
        const cycle = async () => {
          const bars = await tvf.bars(data);
          const [rsi, ...others] = await bars.attach(members);
          await bars.compute(members);
          await bars.push({ time: 1.8e12, open: 1, high: 1, low: 1, close: 1, volume: 1 });
          await rsi.copy();
          rsi.free();
          await rejected(bars.attach([{ id: "rsi", period: 0 }]));
          const late = new AbortController();
          const { signal } = late;
          const aborted = [bars.compute(members, { signal }), tvf.bars(data, { signal })];
          late.abort();
          await Promise.all(aborted.map(rejected));
          await tvf.call("sma", [data.close]);
          for (const one of [...others, bars]) one.free();
        };
        for (let i = 0; i < given.soon; i++) await cycle();
        const first = await count();
        for (let i = given.soon; i < given.late; i++) await cycle();
        const after = await count();
        const kept = [];
        for (let i = 0; i < 1_000; i++) kept.push(await tvf.bars(data));
        const leaked = await count();
        tvf.terminate();
        return { first, after, leaked };
        """,
        {"soon": SOON, "late": LATE},
    )
    assert found["first"]["bytes"] > 0
    assert found["first"]["references"]
    assert found["after"] == found["first"]
    # What is not freed is seen.
    assert found["leaked"]["bytes"] > found["after"]["bytes"]
