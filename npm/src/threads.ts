import * as glue from "../wasm/threads/tvf.js";

/** What a thread is told. */
export interface ThreadMessage {
  readonly init: { readonly module_or_path: WebAssembly.Module; readonly memory: WebAssembly.Memory };
  readonly receiver: number;
}

/** What a thread answers: that it is ready, or why it is not. */
export type ThreadAnswer = "ready" | { readonly failed: string };

/** What the module hands over for its threads. */
interface Pool {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly builder: glue.wbg_rayon_PoolBuilder;
}

/** Workers that nothing points at are collected by Firefox, even while they run. */
const running: Worker[] = [];

/** Starts the build with threads: the module here, and a worker for each thread with the same module and memory. */
export async function start(module: WebAssembly.Module, threads: number) {
  const { memory } = await glue.default({ module_or_path: module });
  const pool = (await glue.initThreadPool(threads)) as Pool;
  const workers: Worker[] = [];
  try {
    await Promise.all(Array.from({ length: threads }, () => startThread(pool, workers)));
    pool.builder.build();
  } catch (error) {
    for (const worker of workers) worker.terminate();
    throw error;
  }
  running.push(...workers);
  return { glue, memory };
}

function startThread({ module, memory, builder }: Pool, workers: Worker[]): Promise<void> {
  const worker = new Worker(new URL("./thread.js", import.meta.url), { type: "module", name: "tvf thread" });
  workers.push(worker);
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`tvf cannot start a thread: ${why}`));
    worker.onmessage = ({ data }: MessageEvent<ThreadAnswer>) => (data === "ready" ? resolve() : fail(data.failed));
    worker.onerror = ({ message }) => fail(message ?? "its script cannot be loaded");
    const message: ThreadMessage = { init: { module_or_path: module, memory }, receiver: builder.receiver() };
    worker.postMessage(message);
  });
}
