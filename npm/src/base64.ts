/**
 * The same package with the wasm module inside: for bundlers that emit no assets, and for single files. It is a third
 * larger that way.
 */
import initialise, { choose, type InitOptions } from "./loader.js";

export * from "./index.js";

/** Loads the module that is inside this package; see `init` of the package's root. */
export default function init(options: InitOptions = {}): Promise<void> {
  if (options.module !== undefined || options.url !== undefined) return initialise(options);
  return initialise({ module: inlined(options) });
}

/** Threads and 64-bit memory need files beside the code, which is what is spared here. */
async function inlined(options: InitOptions): Promise<Uint8Array<ArrayBuffer>> {
  const simd = choose(options) !== "baseline";
  const { default: text } = simd ? await import("./inline/simd.js") : await import("./inline/baseline.js");
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
