import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type * as Package from "../src/index.js";
import { BUILDS, wasm } from "./support.js";

/** The package as if it had just been imported. */
async function fresh(): Promise<typeof Package> {
  vi.resetModules();
  return import("../src/index.js");
}

let tvf: typeof Package;
beforeEach(async () => {
  tvf = await fresh();
});
afterEach(() => vi.unstubAllGlobals());

test("importing loads nothing: everything but init says so", () => {
  const early = [
    () => tvf.build(),
    () => tvf.version(),
    () => tvf.catalog(),
    () => tvf.rsi([1, 2, 3]),
    () => tvf.Bars.from({ close: [1] }),
    () => new tvf.Stream({ id: "rsi" }),
    () => tvf.Stream.restore(new Uint8Array(8)),
    () => tvf.sessions([1]),
  ];
  for (const act of early) expect(act).toThrowError(expect.objectContaining({ code: "not_ready" }) as Error);
});

test("init takes the fastest build that runs", async () => {
  await tvf.default();
  expect(tvf.build()).toBe("simd");
  expect(tvf.version()).toMatch(/^\d+\.\d+\.\d+$/);
});

test("init falls back where the engine has no vectors", async () => {
  vi.stubGlobal("WebAssembly", Object.assign(Object.create(WebAssembly), { validate: () => false }));
  await tvf.default();
  expect(tvf.build()).toBe("baseline");
});

describe.each(BUILDS)("build %s", (build) => {
  test("by name", async () => {
    await tvf.default({ build });
    expect(tvf.build()).toBe(build);
  });

  test.each([
    ["bytes", () => wasm(build)],
    ["a buffer", () => wasm(build).buffer],
    ["a module", () => new WebAssembly.Module(wasm(build))],
    ["a promise", () => Promise.resolve(wasm(build))],
    ["a response", () => new Response(wasm(build), { headers: { "content-type": "application/wasm" } })],
    ["a response of another type", () => new Response(wasm(build), { headers: { "content-type": "text/plain" } })],
  ])("as %s", async (_, module) => {
    await tvf.default({ module: module() });
    expect(tvf.build()).toBe(build);
    expect(tvf.sma([1, 2, 3], { period: 2 })).toEqual(Float64Array.of(NaN, 1.5, 2.5));
  });

  test("by URL", async () => {
    const url = new URL(`../wasm/${build}/tvf_bg.wasm`, import.meta.url);
    await tvf.default({ url: build === "simd" ? url : url.href });
    expect(tvf.build()).toBe(build);
  });
});

test("init is idempotent, also while it runs", async () => {
  const fetching = vi.fn(() => Promise.resolve(new Response(wasm(), { headers: { "content-type": "application/wasm" } })));
  vi.stubGlobal("fetch", fetching);
  const url = "https://example.com/tvf_bg.wasm";
  await Promise.all([tvf.default({ url }), tvf.default({ url }), tvf.default()]);
  await tvf.default({ build: "baseline" });
  expect(fetching).toHaveBeenCalledTimes(1);
  expect(tvf.build()).toBe("simd");
});

test("init can be tried again after a failure", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status: 404, statusText: "Not Found" })));
  await expect(tvf.default({ url: "https://example.com/tvf.wasm" })).rejects.toThrow("404 Not Found");
  await expect(tvf.default({ module: Uint8Array.of(1, 2, 3) })).rejects.toThrow(WebAssembly.CompileError);
  await tvf.default();
  expect(tvf.build()).toBe("simd");
});

test("a build that does not exist is refused, with those that do", async () => {
  const inlined = await import("../src/base64.js");
  for (const init of [tvf.default, inlined.default]) {
    for (const [build, shown] of [
      ["fast", '"fast"'],
      [3, "3"],
      [null, "null"],
    ]) {
      const error: unknown = await init({ build: build as "simd" }).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(inlined.TvfError);
      const message = `build ${shown} is none of "auto", "baseline", "simd", "threads", "memory64"`;
      expect(error).toMatchObject({ code: "param_choice", parameter: "build", value: String(build), message });
    }
  }
  await tvf.default();
});
