"""What threads gain in the browser: many parameters over the same bars, on one thread and on more.

.venv/bin/python benchmarks/threads.py [--bars 50000] [--rounds 5] [--threads N] [--json FILE]
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tvf_harness.artifacts import packed
from tvf_harness.browser import BROWSERS, launch, open_tab
from tvf_harness.errors import HarnessError
from tvf_harness.files import write_json
from tvf_harness.inside import in_worker
from tvf_harness.server import Server

WANTED = 1.6

# What becomes of the results: a copy costs a browser as much as computing does, a new array more.
WAYS = {
    "into": "copied into arrays that are there",
    "kept": "kept in the module, where a page sees them",
    "new": "copied into new arrays",
}

# Sixteen periods of four indicators, in each of the ways in turn.
SWEEP = """
async (tvf, { build, threads, bars: n, samples }) => {
  await tvf.default(build === "threads" ? { build, threads } : { build });
  let seed = 1;
  const random = () => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff;
  const close = new Float64Array(n);
  for (let i = 0, price = 100; i < n; i++) close[i] = price *= 1 + (random() - 0.5) / 50;
  const bars = tvf.Bars.from({ close });
  const ids = ["ema", "rsi", "wma", "bbands"];
  const members = Array.from({ length: 64 }, (_, i) => ({ id: ids[i % 4], period: 5 + 3 * (i >> 2) }));
  const into = bars.compute(members);
  const ways = {
    into: () => bars.compute(members, { into }),
    kept: () => bars.keep(members),
    new: () => bars.compute(members),
  };
  const parts = (result) => (ArrayBuffer.isView(result) ? [result] : Object.values(result));
  const same = (kept) => kept.view().every((result, i) => parts(result).every((column, j) =>
    column.every((x, k) => Object.is(x, parts(into[i])[j][k]))));
  const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (const [way, act] of Object.entries(ways)) {
    for (let i = 0; i < samples; i++) {
      const began = performance.now();
      const found = act();
      times[way].push(performance.now() - began);
      if (way !== "kept") continue;
      if (i === 0 && !same(found)) throw new Error("what is kept is not what is copied: no time is believed");
      found.free();
    }
  }
  return { build: tvf.build(), threads: tvf.threads(), times };
}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bars", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5, help="workers of each kind, in turns")
    parser.add_argument("--samples", type=int, default=20, help="sets that each computes")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--browser", default="chromium", choices=list(BROWSERS))
    parser.add_argument("--json", type=Path, default=None, help="where to keep the figures")
    options = parser.parse_args()
    kinds = {"simd": 1, "threads, one": 1, f"threads, {options.threads}": options.threads}
    times: dict[str, dict[str, list[float]]] = {way: {name: [] for name in kinds} for way in WAYS}
    try:
        with (
            packed() as package,
            Server({"/package/": package.folder}) as server,
            launch(options.browser) as browser,
        ):
            tab = open_tab(browser, f"{server.url}/package/package.json")
            for _ in range(options.rounds):
                for name, threads in kinds.items():
                    given = {"build": name.split(",")[0], "threads": threads}
                    given |= {"bars": options.bars, "samples": options.samples}
                    found = in_worker(tab, SWEEP, given, tries=6)
                    if (found["build"], found["threads"]) != (given["build"], threads):
                        raise HarnessError(
                            f"{found['build']} with {found['threads']} threads runs, not {name}",
                            "use a browser that can run it",
                        )
                    for way, samples in found["times"].items():
                        times[way][name] += samples
    except HarnessError as error:
        sys.exit(str(error))
    print(f"{options.browser}, 64 indicators over {options.bars:,} bars; ms")
    for way, found in times.items():
        show(way, found)
    if options.json:
        write_json(options.json, report(options.bars, times))


def report(bars: int, times: dict[str, dict[str, list[float]]]) -> dict[str, Any]:
    """All samples, and what the project wants of them."""
    results = [
        {
            "way": WAYS[way],
            "gain": gain(found),
            "times": {
                name: {"min": min(samples), "median": median(samples), "samples": samples}
                for name, samples in found.items()
            },
        }
        for way, found in times.items()
    ]
    targets = [
        {
            "what": f"64 indicators over {bars:,} bars, {row['way']}: one thread's time / all threads'",
            "unit": "x",
            "bound": WANTED,
            "value": row["gain"],
            "reached": row["gain"] >= WANTED,
            "at_least": True,
        }
        for row in results
    ]
    return {"bars": bars, "results": results, "targets": targets}


def gain(times: dict[str, list[float]]) -> float:
    """How many times faster all threads are than the single thread of simd, by the fastest samples."""
    single, *_, several = times.values()
    return min(single) / min(several)


def show(way: str, times: dict[str, list[float]]) -> None:
    print(f"\n{WAYS[way]:46}{'fastest':>10}{'median':>10}")
    for name, samples in times.items():
        print(f"  {name:44}{min(samples):10.1f}{median(samples):10.1f}")
    single, *_, several = times.values()
    found, usual = gain(times), median(single) / median(several)
    print(f"  {found:.2f} times the single thread of simd, {usual:.2f} by the medians;", end=" ")
    print(f"wanted: {WANTED}", "ok" if found >= WANTED else "missed")


if __name__ == "__main__":
    main()
