import { TvfError } from "../errors.js";

/** One end of the way between a page and its worker. */
export interface Port {
  post(message: unknown, transfer: Transferable[]): void;
  /** Whom to tell of messages, and that the other end is gone. */
  listen(heard: (message: unknown) => void, lost: (error: Error) => void): void;
  close(): void;
}

/** A worker of the browser, a port of a `MessageChannel`, or a `Worker` of Node. */
export type WorkerLike = WebWorker | NodeWorker;

interface WebWorker {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: string, listener: (event: Event) => void): void;
  /** Of a port. */
  start?(): void;
  close?(): void;
  /** Of a worker. */
  terminate?(): unknown;
}

interface NodeWorker {
  // A method, so that Node's own list of what can be transferred will do.
  postMessage(message: unknown, transfer: never[]): void;
  on(event: string, listener: (value: never) => void): unknown;
  terminate(): unknown;
}

/** Node's module, if this is Node. */
export async function threads(): Promise<NodeThreads | undefined> {
  if (!("process" in globalThis)) return undefined;
  // Bundlers for browsers must not look for it.
  const name = "node:worker_threads";
  return (await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ name)) as NodeThreads;
}

interface NodeThreads {
  readonly Worker: new (url: URL) => NodeWorker;
  readonly parentPort: WebWorker | null;
}

export function portOf(worker: WorkerLike): Port {
  return "addEventListener" in worker ? webPort(worker) : nodePort(worker);
}

function webPort(worker: WebWorker): Port {
  let isHeard = false;
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen(heard, lost) {
      worker.addEventListener("message", (event) => {
        isHeard = true;
        heard((event as MessageEvent<unknown>).data);
      });
      // Once it has answered, an error is that of other code in the same worker, and ends nothing.
      worker.addEventListener("error", (event) => {
        if (!isHeard) lost(notStarted((event as ErrorEvent).message || UNREACHABLE));
      });
      worker.start?.();
    },
    close: () => void (worker.terminate ? worker.terminate() : worker.close?.()),
  };
}

function nodePort(worker: NodeWorker): Port {
  return {
    post: (message, transfer) => worker.postMessage(message, transfer as never[]),
    listen(heard, lost) {
      worker.on("message", heard);
      worker.on("error", (error: Error) => lost(notStarted(error.message)));
      worker.on("exit", () => lost(notStarted("it has ended")));
    },
    close: () => void worker.terminate(),
  };
}

const UNREACHABLE = "its script cannot be loaded: see that it is there, and that the page's policies (worker-src) allow it";

export function notStarted(why: string): TvfError {
  return new TvfError("not_ready", `the worker does not run: ${why}`, "worker");
}
