import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { TvfError } from "../src/index.js";
import type { Code } from "../src/indicators.js";

export const BUILDS = ["simd", "baseline"] as const;

// By a name: what stands in `new URL` itself is taken for an asset of the page where tests have a page.
const here = import.meta.url;

export function wasm(build: "simd" | "baseline" = "simd"): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../wasm/${build}/tvf_bg.wasm`, here)));
}

/** The error that something throws; a test fails if it throws none, or one that is not the package's. */
export function errorOf(act: () => unknown): TvfError {
  try {
    act();
  } catch (error) {
    if (error instanceof TvfError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

export function expectCode(act: () => unknown, code: Code): TvfError {
  const error = errorOf(act);
  expect([error.code, error.message]).toEqual([code, error.message]);
  expect(error.message).not.toBe("");
  return error;
}

/** Minute bars of a random walk that is always the same. */
export function walk(n: number, seed = 1) {
  let state = seed;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const column = () => new Float64Array(n);
  const bars = { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  let price = 100;
  for (let i = 0; i < n; i++) {
    const open = price;
    price *= 1 + (random() - 0.5) / 50;
    bars.time[i] = 1_700_000_000_000 + i * 60_000;
    bars.open[i] = open;
    bars.close[i] = price;
    bars.high[i] = Math.max(open, price) * (1 + random() / 100);
    bars.low[i] = Math.min(open, price) * (1 - random() / 100);
    bars.volume[i] = Math.floor(random() * 1000);
  }
  return bars;
}

type Walk = ReturnType<typeof walk>;

export function slice(bars: Walk, from: number, to: number): Walk {
  const entries = Object.entries(bars).map(([name, column]) => [name, column.subarray(from, to)]);
  return Object.fromEntries(entries) as Walk;
}

export function barAt(bars: Walk, i: number) {
  const { time, open, high, low, close, volume } = bars;
  return {
    time: time[i]!,
    open: open[i]!,
    high: high[i]!,
    low: low[i]!,
    close: close[i]!,
    volume: volume[i]!,
  };
}

/** A result as bit patterns, any NaN alike. */
export function bits(result: unknown): unknown {
  if (typeof result === "number") return bits(Float64Array.of(result));
  if (result instanceof Float64Array) {
    return new BigUint64Array(result.map((x) => (Number.isNaN(x) ? NaN : x)).buffer).join(" ");
  }
  if (result instanceof Int8Array) return result.join(" ");
  if (Array.isArray(result)) return result.map(bits);
  return Object.fromEntries(Object.entries(result as object).map(([name, value]) => [name, bits(value)]));
}
