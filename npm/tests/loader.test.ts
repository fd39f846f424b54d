import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { hasMemory64 } from "../src/engine.js";
import type * as Package from "../src/index.js";
import { choose, type InitOptions } from "../src/loader.js";
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

const HAS_64 = hasMemory64();

/** A worker of a page that is isolated from other origins, on a machine with so many processors. */
function inWorker(Thread: unknown, processors = 4): void {
  vi.stubGlobal("crossOriginIsolated", true);
  vi.stubGlobal("Worker", Thread);
  vi.stubGlobal("navigator", { hardwareConcurrency: processors });
}

describe("what is chosen", () => {
  const chosen = (options: InitOptions = {}) => choose(options);

  test("on a server or a page that is not isolated: no threads", () => {
    expect(chosen()).toBe("simd");
    expect(chosen({ build: "threads" })).toBe("simd");
    expect(chosen({ build: "memory64" })).toBe(HAS_64 ? "memory64" : "simd");
    expect(chosen({ build: "baseline" })).toBe("baseline");
  });

  test("in an isolated worker: threads, where there is something to share the work with", () => {
    inWorker(class {});
    expect(chosen()).toBe("threads");
    expect(chosen({ threads: 1 })).toBe("simd");
    expect(chosen({ build: "threads", threads: 1 })).toBe("threads");
    expect(chosen({ build: "simd" })).toBe("simd");
    // A module of the caller's own is one of those that need no other glue, if nothing else is said.
    expect(chosen({ url: "x" })).toBe("simd");
    expect(chosen({ url: "x", build: "threads" })).toBe("threads");
    inWorker(class {}, 1);
    expect(chosen()).toBe("simd");
    inWorker(undefined);
    expect(chosen({ build: "threads" })).toBe("simd");
  });

  test("an engine without any of it gets the baseline", () => {
    inWorker(class {});
    vi.stubGlobal("WebAssembly", Object.assign(Object.create(WebAssembly), { validate: () => false }));
    for (const build of ["auto", "baseline", "simd", "threads", "memory64"] as const) {
      expect(chosen({ build })).toBe("baseline");
    }
  });

  test("a page never waits for threads: auto takes none, and to name them is refused", () => {
    inWorker(class {});
    vi.stubGlobal("document", {});
    expect(chosen()).toBe("simd");
    const refused = expect.objectContaining({ code: "param_choice", parameter: "build", value: "threads", bound: "a worker" });
    expect(() => chosen({ build: "threads" })).toThrowError(refused as Error);
    expect(() => chosen({ build: "threads", url: "x" })).toThrowError(refused as Error);
  });

  test("a file of the caller's own cannot give way to another build", () => {
    vi.stubGlobal("WebAssembly", Object.assign(Object.create(WebAssembly), { validate: () => false }));
    for (const build of ["threads", "memory64"] as const) {
      const refused = expect.objectContaining({ code: "param_choice", value: build });
      expect(() => chosen({ build, url: "x" })).toThrowError(refused as Error);
      expect(() => chosen({ build, module: new Uint8Array() })).toThrowError(refused as Error);
    }
    expect(chosen({ url: "x" })).toBe("simd");
  });

  test.each([
    [0, "param_range", "threads 0 is below 1"],
    [257, "param_range", "threads 257 is above 256"],
    [1.5, "param_type", "threads 1.5 is not a whole number"],
    [NaN, "param_type", "threads NaN is not a whole number"],
    [Infinity, "param_type", "threads Infinity is not a whole number"],
    ["2", "param_type", "threads must be a whole number from 1 to 256, not a text"],
    [null, "param_type", "threads must be a whole number from 1 to 256, not null"],
  ])("threads: %s is refused", async (threads, code, message) => {
    await expect(tvf.default({ threads: threads as number })).rejects.toMatchObject({ code, message, parameter: "threads" });
    await tvf.default({ threads: 2 });
    expect([tvf.build(), tvf.threads()]).toEqual(["simd", 1]);
  });
});

describe("threads that do not start", () => {
  /** A worker as a browser makes it where its script is missing or forbidden. */
  class Forbidden {
    static ended = 0;
    onerror?: (event: { message?: string }) => void;
    postMessage() {
      queueMicrotask(() => this.onerror?.({}));
    }
    terminate() {
      Forbidden.ended++;
    }
  }

  test("auto does without", async () => {
    inWorker(Forbidden, 3);
    await tvf.default();
    expect([tvf.build(), tvf.threads(), Forbidden.ended]).toEqual(["simd", 1, 3]);
    expect(tvf.sma([1, 2, 3], { period: 2 })).toEqual(Float64Array.of(NaN, 1.5, 2.5));
  });

  test("asked for by name, that is an error", async () => {
    inWorker(Forbidden);
    await expect(tvf.default({ build: "threads" })).rejects.toThrow("tvf cannot start a thread: its script cannot be loaded");
    class Failing extends Forbidden {
      onmessage?: (event: { data: unknown }) => void;
      override postMessage() {
        queueMicrotask(() => this.onmessage?.({ data: { failed: "RangeError: no memory" } }));
      }
    }
    inWorker(Failing);
    await expect(tvf.default({ build: "threads" })).rejects.toThrow("tvf cannot start a thread: RangeError: no memory");
  });
});

test("64-bit memory where the engine has it", async () => {
  await tvf.default({ build: "memory64" });
  expect(tvf.build()).toBe(HAS_64 ? "memory64" : "simd");
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
