import { notStarted, threads, type WorkerLike } from "./port.js";

// In a file of its own, which the worker does not import: a script that starts itself makes a bundler go round in circles.

/** The worker's own script, in the form that bundlers look for. */
export async function ownWorker(): Promise<WorkerLike> {
  if (typeof Worker !== "undefined") {
    try {
      return new Worker(new URL("./host.js", import.meta.url), { type: "module", name: "tvf-worker" });
    } catch (error) {
      throw notStarted(error instanceof Error ? error.message : String(error));
    }
  }
  const node = await threads();
  if (!node) throw notStarted("there are no workers here; on a server, start it in the browser only");
  // Not in the form above: a bundler would add the script once more, as a file that it has not bundled.
  const script = "./host.js";
  return new node.Worker(new URL(script, import.meta.url));
}
