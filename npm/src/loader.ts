import * as simdGlue from "../wasm/simd/tvf.js";
import { core, type Glue, run } from "./core.js";
import { hasMemory64, hasSimd, hasThreads, isPage, processors } from "./engine.js";
import { kindOf, shown, TvfError } from "./errors.js";

/**
 * A build of the module; all give the same bits. `simd` computes several bars at a time, `baseline` runs everywhere,
 * `threads` shares sets out among the processors, `memory64` holds more than 4 GiB.
 */
export type Build = "baseline" | "simd" | "threads" | "memory64";

/** Where the wasm module comes from. */
export type ModuleSource = WebAssembly.Module | BufferSource | Response;

/** How {@link init} finds the wasm module. */
export interface InitOptions {
  /**
   * Which build to load. `auto`, the default, takes the fastest that runs: `threads` in a worker of a page that is
   * cross-origin isolated, else `simd`, else `baseline`. A build that the engine cannot run gives way to `simd` or
   * `baseline`; {@link build} tells which one runs.
   */
  build?: "auto" | Build;
  /** Where the module is, if not beside this package: for bundlers that emit no assets, and for CDNs. */
  url?: string | URL;
  /** The module itself: bytes, a compiled module, a response, or a promise of one. */
  module?: ModuleSource | PromiseLike<ModuleSource>;
  /** How many threads the build `threads` starts; as many as the machine has processors, if not said. */
  threads?: number;
}

let starting: Promise<void> | undefined;

/**
 * Loads the wasm module. Await it once before anything else; the first call decides, later ones wait for the same
 * module. Nothing happens at import, so that importing is safe on a server.
 */
export default function init(options: InitOptions = {}): Promise<void> {
  starting ??= start(options).catch((error: unknown) => {
    starting = undefined;
    throw error;
  });
  return starting;
}

/** Which build runs. */
export function build(): Build {
  return core().glue.build() as Build;
}

/** On how many threads sets are computed: 1, but for the build `threads`. */
export function threads(): number {
  return core().glue.threads();
}

/** The version of the package. */
export function version(): string {
  return core().glue.version();
}

async function start(options: InitOptions): Promise<void> {
  const chosen = choose(options);
  try {
    await launch(chosen, options);
  } catch (error) {
    // What keeps threads from starting, such as a policy that forbids workers, cannot all be asked for beforehand.
    if (chosen !== "threads" || named(options) !== "auto") throw error;
    await launch(plain(), options);
  }
}

async function launch(build: Build, { url, module, threads }: InitOptions): Promise<void> {
  const source = (await module) ?? (await load(url === undefined ? place(build) : resolve(url)));
  const { glue, memory } = await instantiate(build, await compile(source), threads ?? processors());
  run({ glue, memory, exchange: new glue.Exchange() });
}

/** The build to load for what was asked. */
export function choose(options: InitOptions): Build {
  const build = named(options);
  const count = countOf(options.threads);
  if (options.url !== undefined || options.module !== undefined) return given(build);
  switch (build) {
    case "auto":
      return !isPage() && count > 1 && hasThreads() ? "threads" : plain();
    case "threads":
      if (isPage()) throw onPage();
      return hasThreads() ? build : plain();
    case "memory64":
      return hasMemory64() ? build : plain();
    case "simd":
      return plain();
    case "baseline":
      return build;
  }
}

/** The fastest of the builds that need nothing of a page. */
function plain(): Build {
  return hasSimd() ? "simd" : "baseline";
}

/** The caller's own module has to be of the build that is named: nothing else can take its place. */
function given(build: "auto" | Build): Build {
  const runs = build === "threads" ? hasThreads() : build === "memory64" ? hasMemory64() : true;
  if (build === "threads" && isPage()) throw onPage();
  if (runs) return build === "auto" ? "simd" : build;
  const bound = '"auto", "baseline", "simd"';
  throw new TvfError("param_choice", `the build "${build}" does not run here; use ${bound}`, "build", build, bound);
}

const CHOICES: readonly ("auto" | Build)[] = ["auto", "baseline", "simd", "threads", "memory64"];

function named({ build = "auto" }: InitOptions): "auto" | Build {
  if (CHOICES.includes(build)) return build;
  const bound = CHOICES.map(shown).join(", ");
  throw new TvfError("param_choice", `build ${shown(build)} is none of ${bound}`, "build", String(build), bound);
}

const MOST_THREADS = 256;

function countOf(threads: unknown): number {
  if (threads === undefined) return processors();
  const bound = `a whole number from 1 to ${MOST_THREADS}`;
  const refuse = (code: "param_type" | "param_range", why: string) =>
    new TvfError(code, `threads ${shown(threads)} ${why}`, "threads", String(threads), bound);
  if (typeof threads !== "number") {
    throw new TvfError("param_type", `threads must be ${bound}, not ${kindOf(threads)}`, "threads", "", bound);
  }
  if (!Number.isInteger(threads)) throw refuse("param_type", "is not a whole number");
  if (threads < 1) throw refuse("param_range", "is below 1");
  if (threads > MOST_THREADS) throw refuse("param_range", `is above ${MOST_THREADS}`);
  return threads;
}

function onPage(): TvfError {
  const bound = "a worker";
  const why = `the build "threads" waits for its threads, which a page must not do; init it in ${bound}, or use tvf/worker`;
  return new TvfError("param_choice", why, "build", "threads", bound);
}

/** One glue serves `simd` and `baseline`; those of the other builds come when they are asked for. */
async function instantiate(build: Build, module: WebAssembly.Module, threads: number) {
  if (build === "threads") return (await import("./threads.js")).start(module, threads);
  const glue: Glue = build === "memory64" ? await import("../wasm/memory64/tvf.js") : simdGlue;
  const { memory } = await glue.default({ module_or_path: module });
  return { glue, memory };
}

/** Written out for each build: bundlers find the files by this very form. */
function place(build: Build): URL {
  switch (build) {
    case "simd":
      return new URL("../wasm/simd/tvf_bg.wasm", import.meta.url);
    case "threads":
      return new URL("../wasm/threads/tvf_bg.wasm", import.meta.url);
    case "memory64":
      return new URL("../wasm/memory64/tvf_bg.wasm", import.meta.url);
    case "baseline":
      return new URL("../wasm/baseline/tvf_bg.wasm", import.meta.url);
  }
}

function resolve(url: string | URL): URL {
  return new URL(url, globalThis.location?.href);
}

async function load(url: URL): Promise<ModuleSource> {
  if (url.protocol === "file:" && "process" in globalThis) {
    // Bundlers for browsers must not look for it.
    const name = "node:fs/promises";
    const { readFile } = await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ name);
    return readFile(url);
  }
  return fetch(url);
}

async function compile(source: ModuleSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof Response === "undefined" || !(source instanceof Response)) {
    return WebAssembly.compile(source as BufferSource);
  }
  if (!source.ok) throw new Error(`tvf cannot load ${source.url}: ${source.status} ${source.statusText}`);
  const streams = source.headers.get("content-type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(source) : WebAssembly.compile(await source.arrayBuffer());
}
