/**
 * The script of the worker. Nothing but to be started by `startWorker`, or to be imported by a worker of one's own:
 * `import "tvf/worker/host"`.
 */
import { portOf, threads } from "./port.js";
import { Host } from "./serve.js";

if (typeof WorkerGlobalScope !== "undefined" && globalThis instanceof WorkerGlobalScope) {
  new Host(portOf(globalThis as unknown as Parameters<typeof portOf>[0]));
} else {
  void threads().then((node) => node?.parentPort && new Host(portOf(node.parentPort)));
}

declare const WorkerGlobalScope: (new () => object) | undefined;
