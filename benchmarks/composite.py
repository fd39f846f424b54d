"""How long a composite signal takes, on one thread and on all.

python benchmarks/composite.py [bars ..]
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
import tvf

from benchmarks.patterns.compare import Floats, walk

TIMES = 60


def median(run: Callable[[], object]) -> float:
    """The middle of some runs, in milliseconds."""
    spans = []
    for _ in range(TIMES):
        start = time.perf_counter()
        run()
        spans.append(time.perf_counter() - start)
    return 1e3 * statistics.median(spans)


def traded(bars: dict[str, Floats]) -> Floats:
    """A volume that goes with the range."""
    return 1e4 * (bars["high"] - bars["low"])


def main() -> None:
    """Times all sources, and each one alone."""
    print(f"{os.cpu_count()} cores, median of {TIMES}\n")
    print(f"| {'bars':>9} | one thread | all threads | times |")
    print("|---|---|---|---|")
    for count in map(int, sys.argv[1:] or ["1000", "5000", "50000"]):
        bars = walk(count, 1)
        columns = [bars[name] for name in ("open", "high", "low", "close")]
        volume = traded(bars)
        one = median(lambda columns=columns, volume=volume: tvf.composite(*columns, volume=volume, threads=1))
        every = median(lambda columns=columns, volume=volume: tvf.composite(*columns, volume=volume))
        print(f"| {count:9,} | {one:.2f} ms | {every:.2f} ms | {one / every:.2f} |")
    bars = walk(5_000, 1)
    columns = [bars[name] for name in ("open", "high", "low", "close")]
    print("\n5,000 bars, one source alone:\n")
    for source in tvf.composite_sources():
        own = [source.id]
        took = median(lambda own=own: tvf.composite(*columns, volume=traded(bars), sources=own, threads=1))
        print(f"{source.id:16}{took:8.3f} ms")


if __name__ == "__main__":
    main()
