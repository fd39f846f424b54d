/** The wasm module in base64; written by scripts/inline.mjs. */
declare const module: string;
export default module;
