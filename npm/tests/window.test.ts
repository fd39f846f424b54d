// What a chart needs of bars: single bars, windows of them and of results, and to be told of changes.
import { beforeAll, describe, expect, test } from "vitest";
import init, { Bars, type Change } from "../src/index.js";
import { barAt, bits, expectCode, walk } from "./support.js";

beforeAll(() => init());

const data = walk(500);
const RANGES = [
  [undefined, undefined, 0, 500],
  [100, 200, 100, 200],
  [-50, undefined, 450, 500],
  [-50, -10, 450, 490],
  [490, 9000, 490, 500],
  [300, 200, 300, 300],
] as const;

describe("windows", () => {
  test("bars are read by their numbers, from the end too", () => {
    const bars = Bars.from(data);
    for (const i of [0, 7, 499]) expect(bars.at(i)).toEqual(barAt(data, i));
    expect(bars.at(-1)).toEqual(barAt(data, 499));
    for (const none of [500, -501, Infinity]) expect(bars.at(none)).toBeUndefined();
    expect(bars.at(NaN)).toEqual(bars.at(0));
    bars.push({ ...barAt(data, 499), time: data.time[499]! + 60_000, close: 7 });
    expect(bars.at(-1)!["close"]).toBe(7);
    bars.free();
    expectCode(() => bars.at(0), "freed");
  });

  test("columns of bars are read as slice counts", () => {
    const bars = Bars.from(data);
    for (const [from, to, first, end] of RANGES) {
      const window = bars.window(from, to);
      expect(Object.keys(window)).toEqual(Object.keys(data));
      expect(bits(window["close"])).toEqual(bits(data.close.slice(first, end)));
    }
    const [window, before] = [bars.window(10, 20), data.close[10]];
    window["close"]![0] = 5;
    expect(bars.at(10)!["close"]).toBe(before);
    expectCode(() => bars.window(1.5), "param_type");
    expectCode(() => bars.window("1" as never), "param_type");
  });

  test("results are read as slice counts, into arrays that are there too", () => {
    const bars = Bars.from(data);
    const [sma, macd] = bars.attach([{ id: "sma" }, { id: "macd" }]);
    const [all, { hist }] = [sma.copy(), macd.copy()];
    for (const [from, to, first, end] of RANGES) {
      expect(bits(sma.window(from, to))).toEqual(bits(all.slice(first, end)));
      expect(bits(macd.window(from, to).hist)).toEqual(bits(hist.slice(first, end)));
    }
    const [room, rooms] = [new Float64Array(10), macd.window(0, 10)];
    expect(sma.window(30, 40, room)).toBe(room);
    expect(bits(room)).toEqual(bits(all.slice(30, 40)));
    expect(macd.window(40, 50, rooms).hist).toBe(rooms.hist);
    expectCode(() => sma.window(0, 11, room), "input_length");
    expectCode(() => sma.window(NaN), "param_type");
    sma.free();
    expectCode(() => sma.window(0, 1), "freed");
  });

  test("of events those of the bars are read, of a state all", () => {
    const bars = Bars.from(data);
    const [turns, levels] = bars.attach([{ id: "heartbeat" }, { id: "support_resistance" }]);
    const all = [...turns.copy()];
    expect(all.length).toBeGreaterThan(5);
    for (const [from, to, first, end] of RANGES) {
      const wanted = all.filter(({ index }) => index >= first && index < end);
      expect([...turns.window(from, to)]).toEqual(wanted);
    }
    expect([...levels.window(0, 10)]).toEqual([...levels.copy()]);
  });
});

describe("changes", () => {
  test("are told in order, to all who listen, until they no longer do", () => {
    const bars = Bars.from(data);
    const heard: string[] = [];
    const listen = (name: string) => (change: Change) => void heard.push(`${name} ${change} ${bars.length}`);
    const same = listen("b");
    const [a, b, c] = [bars.subscribe(listen("a")), bars.subscribe(same), bars.subscribe(same)];
    const next = { ...barAt(data, 499), time: data.time[499]! + 60_000 };
    bars.push(next);
    b();
    bars.replace(next);
    a();
    a();
    bars.append([{ ...next, time: next.time + 60_000 }]);
    bars.free();
    bars.free();
    c();
    expect(heard).toEqual(
      ["a push 501", "b push 501", "b push 501", "a replace 501", "b replace 501", "b append 502", "b free 502"],
    );
  });

  test("what was refused is no change", () => {
    const bars = Bars.from(data);
    let heard = 0;
    bars.subscribe(() => heard++);
    expectCode(() => bars.push(barAt(data, 0)), "time_order");
    expectCode(() => bars.append([barAt(data, 0)]), "time_order");
    expect([heard, bars.length]).toEqual([0, 500]);
  });

  test("it is known whether bars and handles are there", () => {
    const bars = Bars.from(data);
    const [a, b] = bars.attach([{ id: "sma" }, { id: "ema" }]);
    a.free();
    expect([bars.isFreed, a.isFreed, b.isFreed]).toEqual([false, true, false]);
    bars.free();
    expect([bars.isFreed, b.isFreed]).toEqual([true, true]);
  });
});
