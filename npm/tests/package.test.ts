// What users get: the packed tarball, unpacked into a project that has nothing else.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

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
    for (const name of ["fetch", "WebAssembly", "document", "location"]) {
      Object.defineProperty(globalThis, name, { get() { throw new Error("touched " + name); } });
    }
    const { sma } = await import("tvf");
    await import("tvf/base64");
    try { sma([1]); } catch (error) { console.log(error.code); }`;
  expect(run(code)).toBe("not_ready");
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
     await init(); await inlined({ build: "auto" });
     const [r, m] = Bars.from({ close: [1, 2, 3] }).compute([{ id: "rsi", period: 14 }, { id: "macd" }]);
     const numbers: Float64Array[] = [r, m.hist, rsi([1])];
     const one: number = new Stream({ id: "rsi" }).update(1);
     const code: string = new TvfError("freed", "").code;
     console.log(numbers, one, code, catalog()[0]?.id);`,
  );
  const tsc = join(root, "node_modules/.bin/tsc");
  for (const resolution of ["NodeNext", "Preserve"]) {
    const options = ["--noEmit", "--strict", "--target", "ES2022", "--module", resolution, "--types", ""];
    const compiled = spawnSync(tsc, [...options, "--skipLibCheck", "false", "main.mts"], { cwd: project, encoding: "utf8" });
    expect(compiled.stdout).toBe("");
  }
});
