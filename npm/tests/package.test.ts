// What users get: the packed tarball, unpacked into a project that has nothing else.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "tvf-package-"));
let files: string[];

beforeAll(() => {
  if (!existsSync(join(root, "dist/index.js"))) throw new Error("there is no npm/dist: run `npm run build` first");
  const options = ["pack", "--json", "--ignore-scripts", "--pack-destination", project];
  const [packed] = JSON.parse(execFileSync("npm", options, { cwd: root, encoding: "utf8" })) as [Packed];
  files = packed.files.map(({ path }) => path);
  const target = join(project, "node_modules/tvf");
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-xzf", join(project, packed.filename), "-C", target, "--strip-components=1"]);
});
afterAll(() => rmSync(project, { recursive: true }));

interface Packed {
  filename: string;
  files: { path: string }[];
}

/** Runs a module in the project and gives what it prints. */
function run(code: string): string {
  const file = join(project, "main.mjs");
  writeFileSync(file, code);
  return execFileSync(process.execPath, [file], { cwd: project, encoding: "utf8" }).trim();
}

test("the tarball holds every build, the types and nothing foreign", () => {
  const wanted = [
    "README.md",
    "package.json",
    "dist/index.js",
    "dist/index.d.ts",
    "dist/base64.js",
    "dist/base64.d.ts",
    "dist/worker/index.js",
    "dist/worker/index.d.ts",
    "dist/worker/host.js",
    "dist/chart/index.js",
    "dist/chart/index.d.ts",
    "dist/lightweight-charts/index.js",
    "dist/lightweight-charts/index.d.ts",
    "dist/react/index.js",
    "dist/react/index.d.ts",
    "dist/inline/simd.js",
    "dist/inline/baseline.js",
    "wasm/simd/tvf.js",
    "wasm/simd/tvf.d.ts",
    "wasm/simd/tvf_bg.wasm",
    "wasm/baseline/tvf_bg.wasm",
    "wasm/threads/tvf.js",
    "wasm/threads/tvf.d.ts",
    "wasm/threads/tvf_bg.wasm",
    "dist/thread.js",
    "wasm/memory64/tvf.js",
    "wasm/memory64/tvf.d.ts",
    "wasm/memory64/tvf_bg.wasm",
  ];
  expect(files).toEqual(expect.arrayContaining([...wanted, "LICENSE-APACHE", "LICENSE-MIT"]));
  const foreign = files.filter((path) => !/^(dist|wasm)\/.*\.(js|d\.ts|wasm)$|^(README\.md|package\.json|LICENSE-\w+)$/.test(path));
  expect(foreign).toEqual([]);
  // What the glue of the threads imports.
  expect(files.filter((path) => path.startsWith("wasm/threads/snippets/"))).toEqual([
    expect.stringMatching(/^wasm\/threads\/snippets\/wasm-bindgen-rayon-\w+\/src\/workerHelpers\.js$/),
  ]);
});

test("simd and baseline have one glue", () => {
  const glue = (build: string) => readFileSync(join(root, `wasm/${build}/tvf.js`), "utf8");
  expect(glue("baseline")).toBe(glue("simd"));
});

test("the version is that of the module", () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  expect(run(`import init, { version } from "tvf"; await init(); console.log(version());`)).toBe(version);
});

test.each(["tvf", "tvf/base64"])("%s runs in both builds", (entry) => {
  for (const build of ["simd", "baseline"]) {
    const code = `import init, { build, sma } from "${entry}"; await init({ build: "${build}" }); console.log(build(), sma([1, 2, 3], { period: 2 }).join());`;
    expect(run(code)).toBe(`${build} NaN,1.5,2.5`);
  }
});

test("tvf/worker starts a worker, and ends with it", () => {
  const code = `import { startWorker } from "tvf/worker"; const worker = await startWorker({ build: "baseline" });
    console.log(worker.build(), (await worker.call("sma", [[1, 2, 3]], { period: 2 })).join());
    const open = worker.call("sma", [[1]]).catch((error) => console.log(error.code)); worker.terminate(); await open;
    await startWorker({ url: "file:///nowhere.wasm" }).catch((error) => console.log(error.message));`;
  expect(run(code).split("\n")).toEqual(["baseline NaN,1.5,2.5", "freed", expect.stringContaining("ENOENT")]);
});

test("tvf/base64 has neither threads nor 64-bit memory, and does without", () => {
  for (const wanted of ["threads", "memory64"]) {
    const code = `
      Object.assign(globalThis, { crossOriginIsolated: true, Worker: class {} });
      const { default: init, build } = await import("tvf/base64");
      await init({ build: "${wanted}", threads: 2 });
      console.log(build());`;
    expect(run(code)).toBe("simd");
  }
});

test("importing touches nothing: no file, no network, no wasm", () => {
  const code = `
    for (const name of ["fetch", "WebAssembly", "document", "location", "Worker", "MessageChannel"]) {
      Object.defineProperty(globalThis, name, { get() { throw new Error("touched " + name); } });
    }
    const { sma } = await import("tvf");
    await import("tvf/base64");
    await import("tvf/worker");
    await import("tvf/worker/host");
    await import("tvf/chart");
    try { sma([1]); } catch (error) { console.log(error.code); }`;
  expect(run(code)).toBe("not_ready");
});

describe("beside the libraries that they are for", () => {
  beforeAll(() => {
    mkdirSync(join(project, "node_modules/@types"));
    for (const name of ["react", "lightweight-charts", "@types/react"]) {
      symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name), "dir");
    }
  });

  test("the parts for charts and React can be imported where there is no page, and need no module for that", () => {
    const code = `
      for (const name of ["fetch", "WebAssembly", "document", "location"]) {
        Object.defineProperty(globalThis, name, { get() { throw new Error("touched " + name); } });
      }
      const names = ["tvf/react", "tvf/lightweight-charts"];
      const found = await Promise.all(names.map((name) => import(name)));
      console.log(found.flatMap(Object.keys).join());`;
    expect(run(code)).toBe("TvfProvider,useBars,useIndicators,useTvf,useWorkerBars,ChartBars,ChartCandlesticks,ChartIndicator,ChartPatterns,DARK,LIGHT,addIndicator,chartBars,zoneOptions");
    // What is for the browser alone says so to frameworks that divide.
    expect(readFileSync(join(project, "node_modules/tvf/dist/react/index.js"), "utf8")).toMatch(/^"use client";/);
  });

  test("their types stand on their own too, with every library check on", () => {
    const code = `
      import type { IChartApi } from "lightweight-charts";
      import { Bars, type Attached } from "tvf";
      import { addIndicator, chartBars, type ChartIndicator } from "tvf/lightweight-charts";
      import { useBars, useIndicators } from "tvf/react";
      export function draw(chart: IChartApi, bars: Bars): ChartIndicator<"macd"> {
        chartBars(chart, bars, { page: 2000 }).add("rsi", { colours: ["#ff0000"] }).remove();
        return addIndicator(chart, bars, { id: "macd", fast: 5 });
      }
      export function useBoth(close: Float64Array): [Attached<"rsi"> | undefined, number | undefined] {
        const bars = useBars({ close });
        const [rsi] = useIndicators(bars, [{ id: "rsi", period: 5 }]);
        const { bands } = useIndicators(bars, { bands: { id: "bbands" } }, { live: true });
        return [rsi, bands?.last().upper];
      }
      // @ts-expect-error there is no such parameter
      export const wrong = (chart: IChartApi, bars: Bars) => addIndicator(chart, bars, { id: "rsi", length: 5 });`;
    writeFileSync(join(project, "charts.mts"), code);
    const tsc = join(root, "node_modules/.bin/tsc");
    for (const resolution of ["NodeNext", "Preserve"]) {
      const options = ["--noEmit", "--strict", "--target", "ES2022", "--module", resolution, "--types", ""];
      const compiled = spawnSync(tsc, [...options, "--skipLibCheck", "false", "charts.mts"], { cwd: project, encoding: "utf8" });
      expect(compiled.stdout).toBe("");
    }
  });
});

test("the wasm files can be named", () => {
  const code = `import { readFileSync } from "node:fs"; import { fileURLToPath } from "node:url"; import init, { build } from "tvf";
    await init({ module: readFileSync(fileURLToPath(import.meta.resolve("tvf/wasm/baseline/tvf_bg.wasm"))) }); console.log(build());`;
  expect(run(code)).toBe("baseline");
});

test("the types stand on their own, with every library check on", () => {
  writeFileSync(
    join(project, "main.mts"),
    `import init, { Bars, Stream, catalog, rsi, TvfError } from "tvf";
     import inlined from "tvf/base64";
     import { startWorker, type WorkerBars } from "tvf/worker";
     import "tvf/worker/host";
     import { Line, Scale, View, type Candles } from "tvf/chart";
     await init(); await inlined({ build: "auto" });
     const [r, m] = Bars.from({ close: [1, 2, 3] }).compute([{ id: "rsi", period: 14 }, { id: "macd" }]);
     const numbers: Float64Array[] = [r, m.hist, rsi([1])];
     const one: number = new Stream({ id: "rsi" }).update(1);
     const worker = await startWorker();
     const away: WorkerBars = await worker.bars({ close: [1, 2, 3] });
     numbers.push((await away.compute([{ id: "macd" }], { from: 1 }))[0].hist, await worker.call("rsi", [[1]]));
     const code: string = new TvfError("freed", "").code;
     const bars = Bars.from({ close: [1, 2, 3] });
     const candles: Candles = new View(bars).candles({ from: -2 }, 9);
     const y: number = new Scale("linear", { low: 0, high: 1 }, { height: 9 }).y(candles.high[0] ?? 0);
     new Line(bars.attach([{ id: "macd" }])[0], "signal").range()?.low;
     console.log(numbers, one, code, catalog()[0]?.id, y);`,
  );
  const tsc = join(root, "node_modules/.bin/tsc");
  for (const resolution of ["NodeNext", "Preserve"]) {
    const options = ["--noEmit", "--strict", "--target", "ES2022", "--module", resolution, "--types", ""];
    const compiled = spawnSync(tsc, [...options, "--skipLibCheck", "false", "main.mts"], { cwd: project, encoding: "utf8" });
    expect(compiled.stdout).toBe("");
  }
});
