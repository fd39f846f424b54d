// The page itself, and a worker for each build that is asked for there.
import { work } from "./work.js";

let worker;

const inWorker = (options) =>
  new Promise((resolve) => {
    worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => resolve(data) || worker.terminate();
    worker.onerror = ({ message }) => resolve({ error: `the worker failed: ${message}` });
    worker.postMessage(options);
  });

export async function page() {
  const found = { page: await work() };
  for (const build of ["auto", "threads", "memory64"]) found[build] = await inWorker({ build, threads: 2 });
  return found;
}
