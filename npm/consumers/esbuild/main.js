// esbuild emits no assets: the module is copied beside the bundle and named.
import { work } from "./work.js";

const url = "/tvf_bg.wasm";

async function main() {
  const worker = new Worker("/worker.js", { type: "module" });
  const auto = new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
  worker.postMessage({ url });
  return { page: await work({ url }), auto: await auto };
}

main().then((found) => (globalThis.found = found));
