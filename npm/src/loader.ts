import instantiate, * as glue from "../wasm/simd/tvf.js";
import { core, run } from "./core.js";
import { shown, TvfError } from "./errors.js";

/** A build of the module: `simd` computes several bars at a time, `baseline` runs everywhere. Both give the same bits. */
export type Build = "simd" | "baseline";

/** Where the wasm module comes from. */
export type ModuleSource = WebAssembly.Module | BufferSource | Response;

/** How {@link init} finds the wasm module. */
export interface InitOptions {
  /** Which build to load; `auto`, the default, takes `simd` where the engine has it. */
  build?: "auto" | Build;
  /** Where the module is, if not beside this package: for bundlers that emit no assets, and for CDNs. */
  url?: string | URL;
  /** The module itself: bytes, a compiled module, a response, or a promise of one. */
  module?: ModuleSource | PromiseLike<ModuleSource>;
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

/** The version of the package. */
export function version(): string {
  return core().glue.version();
}

/** Whether the engine has 128-bit vectors: it is asked to validate a function that uses one. */
function hasSimd(): boolean {
  return WebAssembly.validate(
    Uint8Array.of(
      0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
    ),
  );
}

async function start({ build = "auto", url, module }: InitOptions): Promise<void> {
  const source = (await module) ?? (await load(url === undefined ? place(choose(build)) : resolve(url)));
  const { memory } = await instantiate({ module_or_path: await compile(source) });
  run({ glue, memory, exchange: new glue.Exchange() });
}

/** The build that was asked for, or the fastest that the engine runs. */
export function choose(build: "auto" | Build): Build {
  switch (build) {
    case "simd":
    case "baseline":
      return build;
    case "auto":
      return hasSimd() ? "simd" : "baseline";
    default: {
      const bound = '"auto", "simd", "baseline"';
      throw new TvfError("param_choice", `build ${shown(build)} is none of ${bound}`, "build", String(build), bound);
    }
  }
}

/** Written out for each build: bundlers find the files by this very form. */
function place(build: Build): URL {
  return build === "simd"
    ? new URL("../wasm/simd/tvf_bg.wasm", import.meta.url)
    : new URL("../wasm/baseline/tvf_bg.wasm", import.meta.url);
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
