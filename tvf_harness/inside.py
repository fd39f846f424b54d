"""Runs a function with the package in a worker of a page, as the build with threads must be run."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tvf_harness.browser import Tab

IN_WORKER = """
async ([code, given, tries, patience]) => {
  const text = `
    const work = ${code};
    onmessage = async ({ data }) => {
      try {
        postMessage({ found: await work(await import("${location.origin}/package/dist/index.js"), data) });
      } catch (error) {
        postMessage({ error: String(error.stack ?? error) });
      }
    };`;
  const script = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const attempt = async () => {
    // Where nothing else points at it, Firefox collects it while it runs.
    const worker = (globalThis.worker = new Worker(script, { type: "module" }));
    const answer = await new Promise((resolve) => {
      setTimeout(() => resolve({ error: "no answer" }), patience);
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => resolve({ error: message });
      worker.postMessage(given);
    });
    worker.terminate();
    return answer;
  };
  let answer = await attempt();
  while (answer.error === "no answer" && --tries > 0) answer = await attempt();
  if (answer.error) throw new Error(answer.error);
  return answer.found;
}
"""


def in_worker(tab: "Tab", code: str, given: object = None, tries: int = 1, seconds: float = 15) -> Any:
    """What a function of the package and of something given returns, in a worker of its own.

    The server of the page has the package under `/package/`. Firefox, while it is driven from outside, at
    times never loads a worker's workers, and does for the next worker: `tries` says how many it may take,
    and `seconds` how long each of them has.
    """
    return tab.page.evaluate(IN_WORKER, [code, given, tries, 1000 * seconds])
