"""A page that makes and frees for a long time has the memory and the handles that it had soon."""

from tvf_harness.browser import launch, open_tab
from tvf_harness.server import Server

SOON, LATE = 100, 10_000

# Bars, handles of a set, streams, snapshots and errors: whatever a page makes. The instance is caught when
# the package starts, as only its exports tell how many references to objects of JavaScript are alive.
CYCLES = """
async ({ soon, late }) => {
  let exports;
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await original(...args);
      exports = (made.instance ?? made).exports;
      return made;
    };
  }
  const { default: init, Bars, Stream } = await import("/package/dist/index.js");
  await init();
  const n = 60;
  const close = Float64Array.from({ length: n }, (_, i) => 100 + Math.sin(i));
  const time = close.map((_, i) => 1.7e12 + i * 60_000);
  const data = { time, open: close, high: close, low: close, close, volume: close };
  const crosses = { id: "sma_cross", fast: 2, slow: 5 };
  const members = [{ id: "rsi" }, { id: "macd" }, crosses, { id: "volume_profile" }];
  const cycle = () => {
    const bars = Bars.from(data);
    const [rsi, ...others] = bars.attach(members);
    bars.compute(members);
    bars.push({ time: 1.8e12, open: 1, high: 1, low: 1, close: 1, volume: 1 });
    rsi.view();
    rsi.free();
    try {
      bars.attach([{ id: "rsi", period: 0 }]);
    } catch {}
    const stream = new Stream({ id: "heartbeat" });
    stream.update(3, 1, 2);
    const resumed = Stream.restore(stream.snapshot());
    for (const one of [...others, bars, stream, resumed]) one.free();
  };
  const tables = Object.values(exports).filter((one) => one instanceof WebAssembly.Table);
  const count = () => ({
    bytes: exports.memory.buffer.byteLength,
    references: tables.map((table) => table.length),
  });
  for (let i = 0; i < soon; i++) cycle();
  const first = count();
  for (let i = soon; i < late; i++) cycle();
  const after = count();
  for (let i = 0; i < 2_000; i++) new Stream({ id: "sma", period: 50 }).update(1);
  return { first, after, leaked: count() };
}
"""


def test_memory_and_handles_are_those_of_soon(tvf_package):
    with Server({"/package/": tvf_package.folder}) as server, launch() as browser:
        tab = open_tab(browser, f"{server.url}/package/package.json")
        found = tab.page.evaluate(CYCLES, {"soon": SOON, "late": LATE})
    assert found["first"]["bytes"] > 0
    assert found["first"]["references"]
    assert found["after"] == found["first"]
    # What is not freed is seen.
    assert found["leaked"]["bytes"] > found["after"]["bytes"]
