// The package in a worker, here over a channel within one thread: what is asked, answered, sent and left behind.
import { afterEach, beforeAll, describe, expect, expectTypeOf, test, vi } from "vitest";
import init, { Bars, catalog, convergedFrom, type Macd, type Member, sessions, shifts, type SmaCrossTable } from "../src/index.js";
import * as tvf from "../src/index.js";
import { Bars as Loaded } from "../src/bars.js";
import { startWorker, TvfError, type TvfWorker, type WorkerBars, type WorkerLike } from "../src/worker/index.js";
import { PART } from "../src/worker/parts.js";
import { portOf } from "../src/worker/port.js";
import { Host } from "../src/worker/serve.js";
import { barAt, bits, errorOf, slice, walk } from "./support.js";

beforeAll(() => init());

const data = walk(1000);
const MEMBERS = [
  { id: "ema", period: 9, source: { id: "rsi", period: 14 } },
  { id: "macd" },
  { id: "sma_cross", fast: 5, slow: 20 },
  { id: "vwap", zone: "America/New_York", open: "09:30" },
  { id: "volume_profile" },
  { id: "heartbeat" },
  { id: "ichimoku" },
  { id: "psar" },
] as const satisfies readonly Member[];

interface Message {
  tvf: string;
  what?: string;
  value?: unknown;
}

/** A worker over a channel, with all that goes through it. */
function channel() {
  const { port1, port2 } = new MessageChannel();
  const sent: { message: Message; transfer: readonly Transferable[] }[] = [];
  const spied = (port: MessagePort): WorkerLike => ({
    postMessage(message: unknown, transfer: Transferable[]) {
      sent.push({ message: message as Message, transfer });
      port.postMessage(message, transfer);
    },
    addEventListener: (type: string, listener: (event: Event) => void) => port.addEventListener(type, listener),
    start: () => port.start(),
    close: () => port.close(),
  });
  new Host(portOf(spied(port2)));
  return { worker: spied(port1), sent, close: () => port2.close() };
}

const opened: { close(): void }[] = [];
afterEach(() => opened.splice(0).forEach((one) => one.close()));

async function start() {
  const { worker, sent, close } = channel();
  opened.push({ close });
  const started = await startWorker({ worker });
  sent.length = 0;
  return { tvf: started, sent };
}

async function rejected(promise: Promise<unknown>): Promise<TvfError> {
  const error = await promise.then(
    () => new Error("nothing was rejected"),
    (reason: unknown) => reason,
  );
  return errorOf(() => {
    throw error;
  });
}

/** The same mistake on both sides has the same words. */
async function expectAlike(there: () => Promise<unknown>, here: () => unknown): Promise<void> {
  const [{ ...found }, { ...expected }] = [await rejected(there()), errorOf(here)];
  expect(found).toEqual(expected);
  expect((await rejected(there())).message).toBe(errorOf(here).message);
}

describe("what is computed", () => {
  test("sets are those of the page, to the bit", async () => {
    const { tvf } = await start();
    const bars = await tvf.bars(data);
    const own = Bars.from(data);
    expect([bars.length, bars.columns]).toEqual([1000, own.columns]);
    for (const options of [{}, { from: 250, to: 700 }, { from: -200 }, { shifted: true }]) {
      const found = await bars.compute(MEMBERS, options);
      expect(bits(found)).toEqual(bits(own.compute(MEMBERS, options)));
    }
    const named = { fast: { id: "ema", period: 12 }, trend: { id: "macd" } } as const;
    const found = await bars.compute(named);
    expect(bits(found)).toEqual(bits(own.compute(named)));
    expectTypeOf(found.trend).toEqualTypeOf<Macd<Float64Array>>();
    const [, , crosses] = await bars.compute(MEMBERS);
    expectTypeOf(crosses).toEqualTypeOf<SmaCrossTable>();
    expect([...crosses]).toEqual([...own.compute(MEMBERS)[2]]);
    expect(crosses.at(-1)).toEqual(own.compute(MEMBERS)[2].at(-1));
    expect(await bars.compute([])).toEqual([]);
  });

  test("each result comes in a message of its own, ahead of the answer", async () => {
    const { tvf, sent } = await start();
    const bars = await tvf.bars(data);
    sent.length = 0;
    await bars.compute(MEMBERS);
    const kinds = sent.map(({ message }) => message.tvf);
    expect(kinds).toEqual(["ask", ...MEMBERS.map(() => "result"), "answer"]);
    const results = sent.filter(({ message }) => message.tvf === "result");
    const counts = MEMBERS.map(({ id }) => catalog().find((entry) => entry.id === id)!.outputs.length);
    expect(results.map(({ transfer }) => transfer.length)).toEqual(counts);
  });

  test("results that are kept are those of compute, and the page's own where memory is not shared", async () => {
    const { tvf } = await start();
    const bars = await tvf.bars(data);
    using kept = await bars.keep(MEMBERS, { from: -300 });
    expect(kept.isShared).toBe(false);
    expect(bits(kept.view())).toEqual(bits(await bars.compute(MEMBERS, { from: -300 })));
    const named = await bars.keep({ trend: { id: "macd" } });
    expectTypeOf(named.view().trend).toEqualTypeOf<Macd<Float64Array>>();
    named.free();
    named.free();
    expect(named.isFreed).toBe(true);
    expect(errorOf(() => named.view()).code).toBe("freed");
    const own = Bars.from(data);
    await expectAlike(() => bars.keep([{ id: "rsi", period: 0 }]), () => own.keep([{ id: "rsi", period: 0 }]));
    const into = await rejected(bars.keep([{ id: "rsi" }], { into: [] } as never));
    expect(into.message).toBe("keep in a worker has no option into; it has from, to, shifted, signal, onProgress");
    await expect(bars.keep(MEMBERS, { signal: AbortSignal.abort() })).rejects.toThrow("abort");
  });

  test("and so are functions, shifts, sessions and the catalog", async () => {
    const { tvf: there } = await start();
    const { time, high, low, close, volume } = data;
    expect(bits(await there.call("rsi", [close], { period: 7 }))).toEqual(bits(tvf.rsi(close, { period: 7 })));
    expect(bits(await there.call("atr", [[...high], low, close]))).toEqual(bits(tvf.atr(high, low, close)));
    expect(bits(await there.call("rvol", [volume]))).toEqual(bits(tvf.rvol(volume)));
    expect(bits(await there.call("ichimoku", [high, low, close], { shifted: true }))).toEqual(
      bits(tvf.ichimoku(high, low, close, { shifted: true })),
    );
    const zone = { zone: "America/New_York" };
    expect(bits(await there.call("vwap", [high, low, close, volume, time], zone))).toEqual(
      bits(tvf.vwap(high, low, close, volume, time, zone)),
    );
    expect(bits(await there.sessions(time, zone))).toEqual(bits(sessions(time, zone)));
    expect(await there.shifts({ id: "ichimoku" })).toEqual(shifts({ id: "ichimoku" }));
    expect(await there.convergedFrom({ id: "rsi" })).toBe(convergedFrom({ id: "rsi" }));
    expect(there.catalog()).toEqual(catalog());
    expect(Object.isFrozen(there.catalog()[0])).toBe(true);
    expect([there.build(), there.version()]).toEqual([tvf.build(), tvf.version()]);
  });

  test("bars come in every form", async () => {
    const { tvf } = await start();
    const rows = Array.from({ length: 300 }, (_, i) => ({ ...barAt(data, i), time: new Date(data.time[i]!) }));
    const forms = [
      slice(data, 0, 300),
      rows,
      { ...slice(data, 0, 300), time: BigInt64Array.from(data.time.subarray(0, 300), BigInt) },
      Object.fromEntries(Object.entries(slice(data, 0, 300)).map(([name, column]) => [name, [...column]])),
    ];
    const own = Bars.from(slice(data, 0, 300)).compute(MEMBERS);
    for (const form of forms) {
      const bars = await tvf.bars(form);
      expect(bars.length).toBe(300);
      expect(bits(await bars.compute(MEMBERS))).toEqual(bits(own));
      bars.free();
    }
    const holes = { close: [1, null, undefined, 4], mine: Float32Array.of(1, 2, 3, 4) };
    const bars = await tvf.bars(holes);
    const members = [{ id: "sma", period: 1 }, { id: "sma", period: 2, source: "mine" }] as const;
    expect(bits(await bars.compute(members))).toEqual(bits(Bars.from(holes).compute(members)));
    expect((await tvf.bars({ close: [] })).length).toBe(0);
    expect((await tvf.bars([])).columns).toEqual(Bars.from([]).columns);
  });

  test("a column of many parts arrives whole, whatever comes behind it", async () => {
    const { tvf } = await start();
    const long = walk(3 * PART + 5);
    const bars = await tvf.bars(slice(long, 0, 10));
    const calls = [
      bars.append(slice(long, 10, long.time.length - 1)),
      bars.push(barAt(long, long.time.length - 1)),
      bars.compute(MEMBERS),
    ] as const;
    const [, , found] = await Promise.all(calls);
    expect(bars.length).toBe(long.time.length);
    expect(bits(found)).toEqual(bits(Bars.from(long).compute(MEMBERS)));
  });
});

describe("live bars", () => {
  test("handles follow, and are read", async () => {
    const { tvf } = await start();
    const bars = await tvf.bars(slice(data, 0, 900));
    const own = Bars.from(slice(data, 0, 900));
    const handles = await bars.attach(MEMBERS);
    const twins = own.attach(MEMBERS);
    const expectFollowed = () =>
      handles.forEach((handle, i) => {
        const isState = handle.id === "volume_profile";
        expect(handle.last()).toEqual(isState ? undefined : twins[i]!.last());
      });
    expectFollowed();
    await bars.reserve(1000);
    for (let i = 900; i < 990; i++) {
      await bars.push(barAt(data, i));
      own.push(barAt(data, i));
      expectFollowed();
    }
    await bars.replace({ ...barAt(data, 989), close: 1 });
    own.replace({ ...barAt(data, 989), close: 1 });
    expectFollowed();
    await bars.append(slice(data, 990, 995));
    own.append(slice(data, 990, 995));
    expectFollowed();
    expect([bars.length, own.length]).toEqual([995, 995]);
    const bar = barAt(data, 995);
    expect(await bars.peek(bar, handles)).toEqual(own.peek(bar, twins));
    for (const [i, handle] of handles.entries()) expect(bits(await handle.copy())).toEqual(bits(twins[i]!.copy()));
    const whole = twins[1].copy();
    expect(bits(await handles[1].window(-200, -50))).toEqual(
      bits(Object.fromEntries(Object.entries(whole).map(([name, column]) => [name, column.slice(-200, -50)]))),
    );
    expect(bits(await handles[0].window(5))).toEqual(bits(twins[0].copy().slice(5)));
    const rows = [...twins[2].copy()].filter(({ index }) => index >= 300 && index < 600);
    expect(rows.length).toBeGreaterThan(0);
    expect([...(await handles[2].window(300, 600))]).toEqual(rows);
    expect([...(await handles[2].window(600, 300))]).toEqual([]);
    expect(bits(await handles[4].window(5))).toEqual(bits(twins[4].copy()));
    expect((await rejected(handles[0].window(0.5))).message).toBe("from must be the number of a bar, not 0.5");
    expectTypeOf(handles[0].last()).toEqualTypeOf<number>();
    expectTypeOf(await handles[1].copy()).toEqualTypeOf<Macd<Float64Array>>();
    own.free();
  });

  test("bars are read in parts, and tell of their changes", async () => {
    const { tvf } = await start();
    const bars = await tvf.bars(slice(data, 0, 900));
    const own = Bars.from(slice(data, 0, 900));
    const [rsi] = await bars.attach([{ id: "rsi" }]);
    const told: unknown[] = [];
    const leave = bars.subscribe((change) => told.push([change, bars.length, rsi.last()]));
    const [twin] = own.attach([{ id: "rsi" }]);
    const expected: unknown[] = [];
    const leaveOwn = own.subscribe((change) => expected.push([change, own.length, twin.last()]));
    await bars.reserve(1000);
    for (const one of [bars, own]) {
      await one.push(barAt(data, 900));
      await one.replace({ ...barAt(data, 900), close: 1 });
      await one.append(slice(data, 901, 950));
    }
    expect(told).toEqual(expected);
    expect(told.length).toBe(3);
    for (const range of [[], [-5], [10, 20], [20, 10], [940, 2000]] as const) {
      expect(bits(await bars.window(...range))).toEqual(bits(own.window(...range)));
    }
    expect((await rejected(bars.window(0.5))).message).toBe("from must be the number of a bar, not 0.5");
    leave();
    leaveOwn();
    await bars.push(barAt(data, 950));
    expect(told.length).toBe(3);
    bars.subscribe((change) => told.push(change));
    const late = bars.push(barAt(data, 951));
    bars.free();
    await late;
    expect(told.slice(3)).toEqual(["free"]);
    expect(bars.isFreed).toBe(true);
    expect((await rejected(bars.window())).code).toBe("freed");
    own.free();
  });

  test("what is freed is gone, and the rest stays", async () => {
    const { tvf } = await start();
    const bars = await tvf.bars(data);
    const others = await tvf.bars(data);
    const [rsi, macd] = await bars.attach([{ id: "rsi" }, { id: "macd" }]);
    const [foreign] = await others.attach([{ id: "rsi" }]);
    expect((await rejected(bars.peek(barAt(data, 0), [foreign]))).code).toBe("source");
    rsi.free();
    rsi.free();
    expect((await rejected(rsi.copy())).code).toBe("freed");
    expect(errorOf(() => rsi.last()).code).toBe("freed");
    expect((await macd.copy()).hist.length).toBe(1000);
    bars.free();
    bars.free();
    for (const use of [() => bars.compute([]), () => macd.copy(), () => bars.push(barAt(data, 0)), () => bars.append(data)]) {
      expect((await rejected(use())).code).toBe("freed");
    }
    expect((await others.compute([{ id: "rsi" }]))[0].length).toBe(1000);
  });
});

describe("errors", () => {
  let bars: WorkerBars;
  let there: TvfWorker;
  const own = () => Bars.from(data);
  const wrong = <T>(value: unknown) => value as T;

  const opening = async () => {
    ({ tvf: there } = await start());
    bars = await there.bars(data);
  };

  test("of members and options are those of the page", async () => {
    await opening();
    const members: unknown[] = [
      [{ id: "rsi", period: 0 }],
      [{ id: "rsi" }, { id: "nope" }],
      [{ id: "rsi", period: "14" }],
      [{ id: "rsi", period: () => 14 }],
      [{ id: "rsi", period: Symbol("a") }],
      [() => 1],
      [null],
      [{ id: "ema", source: { id: "rsi", period: -1 } }],
      [{ id: "ema", source: "mine" }],
      [{ id: "vwap", zone: "Mars/Olympus" }],
      [{ id: "vwap", anchor: [1, 2] }],
      5,
      { id: "rsi" },
    ];
    for (const some of members) {
      await expectAlike(() => bars.compute(wrong<Member[]>(some)), () => own().compute(wrong<Member[]>(some)));
      await expectAlike(() => bars.attach(wrong<Member[]>(some)), () => own().attach(wrong<Member[]>(some)));
    }
    for (const options of [{ from: 0.5 }, { to: "a" }, { shifted: 1 }, { form: 1 }, [], null, 3]) {
      await expectAlike(
        () => bars.compute([{ id: "rsi" }], wrong<object>(options)),
        () => own().compute([{ id: "rsi" }], wrong<object>(options)),
      );
    }
    const anchored = wrong<Member[]>([{ id: "vwap", anchor: [...data.time.subarray(1), "x"] }]);
    await expectAlike(() => bars.compute(anchored), () => own().compute(anchored));
    const circle: Record<string, unknown> = { id: "ema" };
    circle["source"] = circle;
    await expectAlike(() => bars.compute(wrong<Member[]>([circle])), () => own().compute(wrong<Member[]>([circle])));
    expect((await rejected(bars.compute([{ id: "rsi" }], wrong<object>({ into: [] })))).code).toBe("unknown_param");
    expect((await rejected(bars.compute([{ id: "rsi" }], wrong<object>({ signal: 5 })))).parameter).toBe("signal");
    expect((await rejected(bars.compute([{ id: "rsi" }], wrong<object>({ onProgress: 5 })))).parameter).toBe("onProgress");
  });

  test("of columns and bars are, too", async () => {
    await opening();
    const sources: unknown[] = [
      5,
      null,
      new Float64Array(3),
      { close: 5 },
      { close: null },
      { close: [1, "2"] },
      { close: [1, 2], high: [1] },
      [{ close: 1 }, { close: "x" }],
      [{ close: 1 }, 5],
      { close: [...new Array<number>(PART + 3).fill(1), "x"] },
      Array.from({ length: PART + 3 }, (_, i) => ({ close: i === PART + 1 ? "x" : 1 })),
    ];
    for (const source of sources) {
      await expectAlike(() => there.bars(wrong<[]>(source)), () => Bars.from(wrong<[]>(source)));
    }
    await expectAlike(() => bars.append({ close: [1] }), () => own().append({ close: [1] }));
    for (const bar of [5, {}, { ...barAt(data, 0), close: "x" }]) {
      await expectAlike(() => bars.push(wrong<object>(bar)), () => own().push(wrong<object>(bar)));
    }
    for (const room of [-1, NaN, 1e30, "x"]) {
      await expectAlike(() => bars.reserve(wrong<number>(room)), () => own().reserve(wrong<number>(room)));
    }
    await expectAlike(() => bars.peek(barAt(data, 0), wrong<[]>(5)), () => own().peek(barAt(data, 0), wrong<[]>(5)));
    await expectAlike(() => bars.peek(barAt(data, 0), wrong<[]>([5])), () => own().peek(barAt(data, 0), wrong<[]>([5])));
    // Nothing of them has changed anything.
    expect(bits(await bars.compute(MEMBERS))).toEqual(bits(own().compute(MEMBERS)));
  });

  test("of functions", async () => {
    await opening();
    const { close, high } = data;
    await expectAlike(() => there.call("rsi", [close], { period: 0 }), () => tvf.rsi(close, { period: 0 }));
    await expectAlike(() => there.call("rsi", wrong<[[]]>([5])), () => tvf.rsi(wrong<[]>(5)));
    await expectAlike(() => there.call("rsi", wrong<[[]]>([["x"]])), () => tvf.rsi(wrong<[]>(["x"])));
    await expectAlike(() => there.call("obv", [close, high.subarray(1)]), () => tvf.obv(close, high.subarray(1)));
    await expectAlike(() => there.call("atr", wrong<[[], [], []]>([close])), () => tvf.atr(close, wrong<[]>(undefined), wrong<[]>(undefined)));
    await expectAlike(() => there.call(wrong<"rsi">("rsj"), [close]), () => own().compute(wrong<[]>([{ id: "rsj" }])));
    await expectAlike(() => there.sessions(data.time, { zone: "x" }), () => sessions(data.time, { zone: "x" }));
    expect((await rejected(there.call("rsi", wrong<[[]]>(close)))).parameter).toBe("columns");
    expect((await rejected(there.bars(data, wrong<object>(5)))).parameter).toBe("options");
  });
});

describe("what crosses", () => {
  test("arrays stay the caller's, unless they are to be transferred", async () => {
    const { tvf, sent } = await start();
    const copy = structuredClone(data);
    await tvf.bars(copy);
    expect(bits(copy)).toEqual(bits(data));
    sent.length = 0;
    const bars = await tvf.bars(copy, { transfer: true });
    expect(Object.values(copy).map((column) => column.length)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(bits(await bars.compute(MEMBERS))).toEqual(bits(Bars.from(data).compute(MEMBERS)));
    // Columns over one buffer, columns that have to be copied, and memory that cannot leave a module.
    const both = new Float64Array(200).map((_, i) => i);
    const memory = new Float64Array(new WebAssembly.Memory({ initial: 1 }).buffer, 0, 100).fill(7);
    const mixed = { high: both.subarray(0, 100), low: both.subarray(100), close: memory, volume: Array<number>(100).fill(3) };
    const expected = Bars.from(mixed).compute([{ id: "cmf", period: 2 }]);
    const mixedBars = await tvf.bars(mixed, { transfer: true });
    expect(bits(await mixedBars.compute([{ id: "cmf", period: 2 }]))).toEqual(bits(expected));
    expect([both.length, memory.length]).toEqual([0, 100]);
    expect((await rejected(tvf.bars(copy))).message).toContain("transferred away");
  });

  test("no message carries more than a part uncloned, and results are moved", async () => {
    const { tvf, sent } = await start();
    const long = walk(5 * PART);
    const bars = await tvf.bars(long);
    await bars.append(slice(long, 0, 0));
    await tvf.call("rsi", [long.close]);
    await bars.compute(MEMBERS);
    const [handle] = await bars.attach([{ id: "macd" }]);
    await handle.copy();
    const kinds = new Set(sent.map(({ message }) => message.what ?? message.tvf));
    expect(kinds).toContain("parts");
    for (const { message, transfer } of sent) {
      const moved = new Set<unknown>(transfer);
      const carried = buffersIn(message);
      for (const buffer of carried) expect(moved.has(buffer)).toBe(true);
      if (message.tvf === "parts") {
        // After the transfer the buffers are empty here: what is left tells what was copied.
        expect(carried.every((buffer) => buffer.byteLength === 0)).toBe(true);
        expect(JSON.stringify({ ...message, parts: undefined }).length).toBeLessThan(100);
      }
    }
  });

  test("other messages in the same worker are left alone", async () => {
    const { port1, port2 } = new MessageChannel();
    new Host(portOf(port2));
    const heard: unknown[] = [];
    port1.addEventListener("message", ({ data }) => heard.push(data));
    const tvf = await startWorker({ worker: port1 });
    for (const message of [null, 5, "x", {}, { id: 1 }]) {
      port1.postMessage(message);
      port2.postMessage(message);
    }
    expect((await tvf.call("sma", [[1, 2]], { period: 1 })).length).toBe(2);
    expect(heard).toContain("x");
    tvf.terminate();
  });

  function buffersIn(value: unknown): ArrayBufferLike[] {
    if (ArrayBuffer.isView(value)) return [value.buffer];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(buffersIn) : [];
  }
});

describe("progress, aborts and the end", () => {
  const many = Array.from({ length: 40 }, (_, i) => ({ id: "sma", period: i + 1 }) as const);
  const long = walk(200_000);

  test("progress goes up to all of it", async () => {
    const { tvf } = await start();
    const loading: unknown[] = [];
    const bars = await tvf.bars(long, { onProgress: (progress) => loading.push(progress) });
    expect(loading.at(-1)).toEqual({ done: 200_000, total: 200_000 });
    const found: { done: number; total: number }[] = [];
    const results = await bars.compute(many, { onProgress: (progress) => found.push(progress) });
    expect(found.at(-1)).toEqual({ done: 40, total: 40 });
    expect(found.map(({ done }) => done)).toEqual([...new Set(found.map(({ done }) => done))].sort((a, b) => a - b));
    expect(bits(results[3])).toEqual(bits(tvf && Bars.from(long).compute([many[3]!])[0]));
    const failing = bars.compute(many, {
      onProgress() {
        throw new RangeError("mine");
      },
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect((await bars.compute([{ id: "rsi" }]))[0].length).toBe(200_000);
  });

  test("an aborted computation gives way to the next", async () => {
    const { tvf, sent } = await start();
    const bars = await tvf.bars(long);
    let computed = 0;
    const compute = Loaded.prototype.compute;
    Loaded.prototype.compute = function (this: Loaded, members: never, options: never) {
      if ((options as { to?: number } | undefined)?.to !== 0) computed += (members as unknown[]).length;
      return compute.call(this, members, options) as never;
    } as typeof compute;
    try {
      const abort = new AbortController();
      const running = bars.compute(many, { signal: abort.signal, onProgress: () => abort.abort() });
      const queued = new AbortController();
      const waiting = bars.compute(many, { signal: queued.signal });
      const next = bars.compute([{ id: "rsi" }]);
      queued.abort(new Error("enough"));
      await expect(waiting).rejects.toThrow("enough");
      await expect(running).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
      expect(bits(await next)).toEqual(bits(compute.call(Bars.from(long), [{ id: "rsi" }] as never)));
      // Some pieces of the first, nothing of the second, and the last.
      expect(computed).toBeLessThan(41);
      await expect(bars.compute(many, { signal: AbortSignal.abort() })).rejects.toThrow("abort");
      const answers = sent.filter(({ message }) => message.tvf === "answer" && message.value === undefined);
      expect(answers.length).toBe(1);
    } finally {
      Loaded.prototype.compute = compute;
    }
  });

  test("aborts are heard between requests that have piled up", async () => {
    const { tvf, sent } = await start();
    const bars = await tvf.bars(long);
    const aborts = Array.from({ length: 100 }, () => new AbortController());
    const first = bars.compute(many);
    const others = aborts.map(({ signal }) => bars.compute([{ id: "adx" }], { signal }));
    const settled = Promise.allSettled(others);
    await first;
    await others[0];
    aborts.forEach((abort) => abort.abort());
    const kept = (await settled).filter(({ status }) => status === "fulfilled").length;
    expect(kept).toBeLessThan(100);
    await bars.compute([]);
    expect(sent.filter(({ message }) => message.tvf === "answer").length).toBeLessThan(100);
  });

  test("bars whose loading is aborted are not kept", async () => {
    const { tvf, sent } = await start();
    const abort = new AbortController();
    // More than any machine copies before the page has its turn.
    const loading = tvf.bars(walk(1_000_000), { signal: abort.signal });
    abort.abort();
    await expect(loading).rejects.toThrow("abort");
    const asked = () => sent.flatMap(({ message }) => message.what ?? []);
    await vi.waitFor(() => expect(asked()).toContain("free"));
    expect(asked()).not.toContain("load");
    expect(sent.filter(({ message }) => message.tvf === "parts").length).toBeLessThan((6 * 1_000_000) / PART);
  });

  test("the end rejects what is not answered", async () => {
    const { tvf } = await start();
    const bars = await tvf.bars(data);
    const [handle] = await bars.attach([{ id: "rsi" }]);
    const open = [bars.compute(many), bars.push(barAt(data, 0)), tvf.bars(long), handle.copy(), tvf.call("rsi", [long.close])];
    tvf.terminate();
    tvf.terminate();
    for (const promise of open) expect((await rejected(promise)).message).toBe("worker cannot be used any more: freed");
    expect((await rejected(tvf.bars(data))).code).toBe("freed");
    bars.free();
    handle.free();
  });

  test("every form of it can be disposed of", async () => {
    const { tvf } = await start();
    const bars = await tvf.bars(data);
    const [handle] = await bars.attach([{ id: "rsi" }]);
    handle[Symbol.dispose]();
    bars[Symbol.dispose]();
    expect((await rejected(bars.compute([]))).code).toBe("freed");
    await tvf[Symbol.asyncDispose]();
    expect((await rejected(tvf.bars(data))).code).toBe("freed");
  });
});

test("a worker that does not start says why", async () => {
  const silent = { postMessage() {}, addEventListener: (type: string, listener: (event: Event) => void) => {
    if (type === "error") setTimeout(() => listener(new Event("error")));
  } };
  expect((await rejected(startWorker({ worker: silent }))).message).toContain("worker-src");
  const deaf = { postMessage() {}, addEventListener() {} };
  const abort = new AbortController();
  const starting = startWorker({ worker: deaf, signal: abort.signal });
  setTimeout(() => abort.abort());
  await expect(starting).rejects.toThrow("abort");
});
