// The hooks, as an application uses them: run with React 18 and with React 19.
import { act, Component, createElement, type ReactNode, StrictMode, version } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import init, { type Attached, Bars, rsi, type TvfError } from "../../src/index.js";
import { TvfProvider, type TvfState, useBars, useIndicators, useTvf, useWorkerBars } from "../../src/react/index.js";
import { startWorker, type WorkerAttached, WorkerBars } from "../../src/worker/index.js";
import { portOf } from "../../src/worker/port.js";
import { Host } from "../../src/worker/serve.js";
import { barAt, bits, walk, wasm } from "../support.js";

const data = walk(300);
const { time, open, high, low, close, volume } = data;
const columns = { time, open, high, low, close, volume };

let root: Root;
let place: HTMLElement;

beforeAll(async () => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  await init({ module: wasm() });
});
beforeEach(() => {
  place = document.createElement("div");
  root = createRoot(place);
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.restoreAllMocks();
});

/** Renders and lets effects, the module's promise among them, come to rest. */
async function render(node: ReactNode): Promise<void> {
  await act(async () => root.render(createElement(TvfProvider, null, node)));
}

async function frame(): Promise<void> {
  await act(async () => new Promise((resolve) => setTimeout(resolve, 40)));
}

/** All bars that are made. */
function watchBars(): Bars[] {
  const made: Bars[] = [];
  const from = Bars.from;
  vi.spyOn(Bars, "from").mockImplementation((source) => {
    const bars = from.call(Bars, source);
    made.push(bars);
    return bars;
  });
  return made;
}

class Boundary extends Component<{ onError: (error: unknown) => void; children?: ReactNode }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override componentDidCatch(error: unknown) {
    this.props.onError(error);
  }
  override render() {
    return this.state.failed ? "failed" : this.props.children;
  }
}

test("this is the React that is meant", ({ task }) => {
  expect(`react ${version.split(".")[0]}`).toBe(task.file.projectName);
});

describe("the provider", () => {
  test("shows what is to be shown until the module runs, then the children", async () => {
    let resolve = () => {};
    const load = () => new Promise<void>((done) => (resolve = done));
    const app = createElement(TvfProvider, { load, fallback: "waiting", children: "there" });
    await act(async () => root.render(app));
    expect(place.textContent).toBe("waiting");
    await act(async () => resolve());
    expect(place.textContent).toBe("there");
  });

  test("tells how it stands, and why it failed", async () => {
    const states: TvfState[] = [];
    const Show = () => {
      states.push(useTvf());
      return null;
    };
    await render(createElement(Show));
    expect(states.map(({ status }) => status)).toEqual(["loading", "ready"]);
    expect(states.at(-1)!.build).toBe("simd");

    const load = () => Promise.reject(new Error("no network"));
    await act(async () => root.render(createElement(TvfProvider, { load, key: "other" }, createElement(Show))));
    expect(states.at(-1)).toMatchObject({ status: "failed", ready: false, error: { message: "no network" } });
  });

  test("without one the hooks say what is missing", async () => {
    const errors: unknown[] = [];
    vi.spyOn(console, "error").mockImplementation(() => {});
    const Show = () => useTvf().status;
    await act(async () => root.render(createElement(Boundary, { onError: (e) => errors.push(e) }, createElement(Show))));
    expect(String(errors[0])).toContain("<TvfProvider>");
  });
});

describe.each([
  ["strict", true],
  ["plain", false],
])("bars and indicators, %s mode", (_, strict) => {
  const wrapped = (node: ReactNode) => (strict ? createElement(StrictMode, null, node) : node);

  test("a component gets values that are right, and all is freed when it goes", async () => {
    const made = watchBars();
    let shown: Attached<"rsi"> | undefined;
    const Chart = () => {
      const bars = useBars(columns);
      const [handle, macd] = useIndicators(bars, [{ id: "rsi", period: 14 }, { id: "macd" }]);
      shown = handle;
      return `${bars?.length ?? "none"} ${macd?.last().hist.toFixed(3) ?? ""}`;
    };
    await render(wrapped(createElement(Chart)));
    expect(place.textContent).toMatch(/^300 -?\d/);
    expect(bits(shown!.copy())).toEqual(bits(rsi(close, { period: 14 })));
    expect(made.filter((bars) => !bars.isFreed)).toHaveLength(1);
    // Mounted when the module runs already, strict mode has all effects twice.
    await render(wrapped(createElement(Chart, { key: "again" })));
    expect(made.map((bars) => bars.isFreed)).toEqual(strict ? [true, true, false] : [true, false]);
    expect(bits(shown!.copy())).toEqual(bits(rsi(close, { period: 14 })));
    await act(async () => root.unmount());
    expect(made.every((bars) => bars.isFreed)).toBe(true);
    expect(shown!.isFreed).toBe(true);
    root = createRoot(place);
  });

  test("a component never sees bars that are gone, when the source changes or it is rendered again", async () => {
    const made = watchBars();
    const seen: boolean[] = [];
    const other = walk(200, 7);
    const Chart = ({ source }: { source: object }) => {
      const bars = useBars(source);
      const { trend } = useIndicators(bars, { trend: { id: "ema", period: 20 } });
      seen.push(bars?.isFreed ?? false, (trend && bars && trend.isFreed) ?? false);
      return `${bars?.length ?? "none"} ${trend === undefined ? "" : "trend"}`;
    };
    for (const source of [columns, { ...columns }, other, columns]) {
      await render(wrapped(createElement(Chart, { source })));
    }
    expect(place.textContent).toBe("300 trend");
    expect(seen.filter(Boolean)).toEqual([]);
    // The same columns in another object are the same bars.
    expect(made).toHaveLength(3);
    expect(made.filter((bars) => !bars.isFreed)).toHaveLength(1);
  });

  test("members are compared by what they say", async () => {
    const handles = new Set<unknown>();
    const Chart = ({ period }: { period: number }) => {
      const bars = useBars(columns);
      const [handle] = useIndicators(bars, [{ id: "sma", period }]);
      if (handle) handles.add(handle);
      return String(handle?.last());
    };
    for (const period of [5, 5, 5, 9]) await render(wrapped(createElement(Chart, { period })));
    expect(handles.size).toBe(2);
    expect([...handles].map((handle) => (handle as Attached).isFreed)).toEqual([true, false]);
  });

  test("a tick renders nothing, or once a frame if asked", async () => {
    const made = watchBars();
    const renders = { still: 0, live: 0 };
    const Line = ({ bars, live }: { bars: Bars | undefined; live: boolean }) => {
      const [handle] = useIndicators(bars, [{ id: "ema", period: 3 }], { live });
      renders[live ? "live" : "still"]++;
      return ` ${handle?.last().toFixed(6)}`;
    };
    const Chart = () => {
      const bars = useBars(columns);
      return [false, true].map((live) => createElement(Line, { bars, live, key: String(live) }));
    };
    await render(wrapped(createElement(Chart)));
    const before = { ...renders };
    const bars = made.at(-1)!;
    for (let i = 0; i < 50; i++) bars.replace({ ...barAt(data, 299), close: 200 + i });
    await frame();
    expect(renders.still).toBe(before.still);
    expect(renders.live - before.live).toBe(strict ? 2 : 1);
    const [still, live] = place.textContent!.trim().split(" ");
    expect(live).not.toBe(still);
  });
});

describe.each([
  ["strict", true],
  ["plain", false],
])("bars in a worker, %s mode", (_, strict) => {
  test("come when they are loaded, follow, and are freed", async () => {
    const { port1, port2 } = new MessageChannel();
    new Host(portOf(port2));
    const worker = await startWorker({ worker: port1 });
    const made: WorkerBars[] = [];
    const load = worker.bars.bind(worker);
    vi.spyOn(worker, "bars").mockImplementation(async (source) => {
      const bars = await load(source);
      made.push(bars);
      return bars;
    });
    const handles = new Set<WorkerAttached>();
    const Line = ({ from }: { from: typeof worker | undefined }) => {
      const bars = useWorkerBars(from, columns);
      const [handle] = useIndicators(bars, [{ id: "rsi", period: 14 }], { live: true });
      if (handle) handles.add(handle);
      return `${bars?.length ?? "none"} ${handle?.last().toFixed(6) ?? ""}`;
    };
    const line = (from: typeof worker | undefined) => createElement(Line, { from });
    const show = (node: ReactNode) => render(strict ? createElement(StrictMode, null, node) : node);
    await show(line(undefined));
    expect(place.textContent).toBe("none ");
    await show(line(worker));
    // Bars come, then what is attached to them.
    await frame();
    await frame();
    expect(place.textContent).toBe(`300 ${rsi(close, { period: 14 }).at(-1)!.toFixed(6)}`);
    await act(async () => made.at(-1)!.replace({ ...barAt(data, 299), close: 1 }));
    await frame();
    const changed = Float64Array.from(close).with(299, 1);
    expect(place.textContent).toBe(`300 ${rsi(changed, { period: 14 }).at(-1)!.toFixed(6)}`);
    // One that goes before its bars have come leaves none behind.
    await show(createElement(Line, { from: worker, key: "again" }));
    await show(null);
    await frame();
    expect(made.length).toBeGreaterThanOrEqual(2);
    expect(made.every((bars) => bars.isFreed)).toBe(true);
    for (const handle of handles) expect(() => handle.last()).toThrow("freed");
    worker.terminate();
  });
});

describe("order", () => {
  test("bars that their owner frees first do no harm to those who follow them", async () => {
    const bars = Bars.from(columns);
    const Line = () => String(useIndicators(bars, [{ id: "rsi" }], { live: true })[0] !== undefined);
    await render(createElement(Line));
    expect(place.textContent).toBe("true");
    bars.free();
    await frame();
    await act(async () => root.unmount());
    root = createRoot(place);
    await render(createElement(Line));
    expect(place.textContent).toBe("false");
  });

  test("wrong parameters come to the error boundary, in the module's words", async () => {
    const errors: unknown[] = [];
    vi.spyOn(console, "error").mockImplementation(() => {});
    const Line = () => {
      useIndicators(useBars(columns), [{ id: "rsi", period: 0 }]);
      return null;
    };
    await render(createElement(Boundary, { onError: (e) => errors.push(e) }, createElement(Line)));
    expect((errors[0] as TvfError).message).toBe("rsi: period 0 is below 1");
    expect(place.textContent).toBe("failed");
  });

  test("a thousand mounts leave nothing", async () => {
    const made = watchBars();
    const handles: Attached[] = [];
    const Chart = () => {
      const bars = useBars(columns);
      for (const handle of useIndicators(bars, [{ id: "rsi" }, { id: "bbands" }])) if (handle) handles.push(handle);
      return null;
    };
    for (let i = 0; i < 1000; i++) await render(createElement(Chart, { key: i }));
    await render(null);
    expect(made).toHaveLength(1000);
    expect(made.every((bars) => bars.isFreed)).toBe(true);
    expect(handles.every((handle) => handle.isFreed)).toBe(true);
  });
});
