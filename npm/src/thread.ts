/** A thread of the build that has them: a worker that waits for work inside the module, and never comes back. */
import init, { wbg_rayon_start_worker } from "../wasm/threads/tvf.js";
import type { ThreadAnswer, ThreadMessage } from "./threads.js";

const answer = (what: ThreadAnswer) => postMessage(what);

addEventListener(
  "message",
  async ({ data: { init: options, receiver } }: MessageEvent<ThreadMessage>) => {
    try {
      await init(options);
    } catch (error) {
      answer({ failed: String(error) });
      return;
    }
    answer("ready");
    wbg_rayon_start_worker(receiver);
  },
  { once: true },
);
