// Takes the place of wasm-bindgen-rayon's own JavaScript; see scripts/build_wasm. What starts the workers is the
// package (npm/src/threads.ts): here the module only hands over what they need.
export async function startWorkers(module, memory, builder) {
  return { module, memory, builder };
}
