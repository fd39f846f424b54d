/**
 * The same package with the wasm module inside: for bundlers that emit no assets, and for single files. It is a third
 * larger that way.
 */
import initialise, { choose, type InitOptions } from "./loader.js";

export * from "./index.js";

/** Loads the module that is inside this package; see `init` of the package's root. */
export default function init(options: InitOptions = {}): Promise<void> {
  if (options.module !== undefined || options.url !== undefined) return initialise(options);
  return initialise({ ...options, module: inlined(options) });
}

async function inlined({ build = "auto" }: InitOptions): Promise<Uint8Array<ArrayBuffer>> {
  const simd = choose(build) === "simd";
  const { default: text } = simd ? await import("./inline/simd.js") : await import("./inline/baseline.js");
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
