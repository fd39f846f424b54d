/** A thread of the build that has them: a worker that waits for work inside the module, and never comes back. */
import init, { wbg_rayon_start_worker } from "../wasm/threads/tvf.js";
import type { ThreadAnswer, ThreadMessage } from "./threads.js";

const answer = (what: ThreadAnswer) => postMessage(what);

addEventListener("message", async ({ data }: MessageEvent<ThreadMessage>) => {
  if ("receiver" in data) {
    answer("ready");
    wbg_rayon_start_worker(data.receiver);
    return;
  }
  try {
    await init(data);
    answer("ready");
  } catch (error) {
    answer({ failed: String(error) });
  }
});
