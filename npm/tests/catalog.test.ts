import { beforeAll, expect, test } from "vitest";
import * as tvf from "../src/index.js";
import init, { catalog } from "../src/index.js";

beforeAll(() => init());

const camel = (id: string) => id.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

test("every entry is whole, and has its function", () => {
  for (const entry of catalog()) {
    expect(entry).toMatchObject({ title: expect.any(String) as string, warmup: expect.any(Number) as number });
    expect(entry.inputs.length).toBeGreaterThan(0);
    expect(entry.outputs.length).toBeGreaterThan(0);
    expect(entry.chart.styles.length).toBeGreaterThan(0);
    expect((tvf as unknown as Record<string, unknown>)[camel(entry.id)]).toBeTypeOf("function");
  }
});

test("parameters tell type, default and bounds", () => {
  const params = Object.fromEntries(catalog().map((entry) => [entry.id, entry.params]));
  expect(params["rsi"]![0]).toEqual({
    name: "period",
    doc: "Changes in the seed; the newest change weighs 1 / period",
    type: "int",
    default: 14,
    min: 1,
    max: 1_000_000,
  });
  expect(params["adx"]![1]).toMatchObject({ name: "di_period", default: null, sameAs: "period" });
  expect(params["atr"]![1]).toMatchObject({ type: "choice", default: "range", talib: "skip", choices: ["range", "skip"] });
  expect(params["vwap"]![0]).toMatchObject({ type: "choice_or_int", default: "session", min: 1 });
  expect(params["vwap"]![1]).toMatchObject({ type: "float", default: 1, min: 0, max: 1000 });
});

test("nobody can change it for others", () => {
  const [first] = catalog() as unknown as { title: string; params: { name: string }[] }[];
  expect(() => (first!.title = "mine")).toThrow(TypeError);
  expect(() => first!.params.pop()).toThrow(TypeError);
  expect(catalog()).toBe(catalog());
});

test("the start of the data matters up to a bar, or for ever", () => {
  expect(tvf.convergedFrom({ id: "rsi" })).toBe(201);
  expect(tvf.convergedFrom({ id: "rsi", period: 2 })).toBe(22);
  expect(tvf.convergedFrom({ id: "obv" })).toBeNull();
  expect(() => tvf.convergedFrom({ id: "rsi", period: 0 })).toThrow(tvf.TvfError);
  expect(() => tvf.convergedFrom({ id: "nope" } as never)).toThrow(tvf.TvfError);
  for (const { id, kind, outputs, convergedFrom } of catalog()) {
    expect([id, tvf.convergedFrom({ id } as tvf.Spec)]).toEqual([id, convergedFrom]);
    const each = outputs.map((output) => output.convergedFrom ?? null);
    if (kind === "series") expect(convergedFrom).toBe(each.includes(null) ? null : Math.max(...(each as number[])));
  }
});

test("warm-up is where values begin", () => {
  const column = Float64Array.from({ length: 300 }, (_, i) => 100 + Math.sin(i));
  const bars = tvf.Bars.from({ time: column.map((_, i) => i * 60_000), open: column, high: column.map((x) => x + 1), low: column.map((x) => x - 1), close: column, volume: column });
  for (const { id, kind, outputs } of catalog()) {
    // Levels of pivots wait for the end of a session.
    if (kind === "table" || id === "pivot_points") continue;
    const [result] = bars.compute([{ id } as tvf.Member]);
    outputs.forEach(({ name, warmup }) => {
      const values = result instanceof Float64Array ? result : (result as unknown as Record<string, Float64Array>)[name]!;
      expect([id, name, values.findIndex((x) => !Number.isNaN(x))]).toEqual([id, name, warmup]);
    });
  }
});
