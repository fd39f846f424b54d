import * as glue from "../wasm/threads/tvf.js";

/** What a thread is told: first to begin, then where to wait for work. */
export type ThreadMessage =
  | { readonly module_or_path: WebAssembly.Module; readonly memory: WebAssembly.Memory }
  | { readonly receiver: number };

/** What a thread answers to each: that it is ready, or why it is not. */
export type ThreadAnswer = "ready" | { readonly failed: string };

/** What the module hands over for its threads. */
interface Pool {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly builder: glue.wbg_rayon_PoolBuilder;
}

/** Firefox collects workers that nothing but their own handlers points at, even while they load or run. */
const running = new Set<Worker>();

/** Starts the build with threads: the module here, and a worker for each thread with the same module and memory. */
export async function start(module: WebAssembly.Module, threads: number) {
  const { memory } = await glue.default({ module_or_path: module });
  const { builder, ...shared } = (await glue.initThreadPool(threads)) as Pool;
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL("./thread.js", import.meta.url), { type: "module", name: "tvf thread" }),
  );
  for (const worker of workers) running.add(worker);
  const tellAll = (message: ThreadMessage) => Promise.all(workers.map((worker) => tell(worker, message)));
  try {
    // None waits for work before all are loaded, as one that waits can do nothing else for its browser.
    await tellAll({ module_or_path: shared.module, memory: shared.memory });
    await tellAll({ receiver: builder.receiver() });
    builder.build();
  } catch (error) {
    for (const worker of workers) {
      worker.terminate();
      running.delete(worker);
    }
    throw error;
  }
  return { glue, memory };
}

function tell(worker: Worker, message: ThreadMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`tvf cannot start a thread: ${why}`));
    worker.onmessage = ({ data }: MessageEvent<ThreadAnswer>) => (data === "ready" ? resolve() : fail(data.failed));
    worker.onerror = ({ message }) => fail(message ?? "its script cannot be loaded");
    worker.postMessage(message);
  });
}
