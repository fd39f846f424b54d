"""How long the families of patterns take on 5,000 bars, in the core and in plain Python.

python benchmarks/pattern_speed.py [price_patterns ..]
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
import tvf

from benchmarks.patterns.compare import walk

BARS = 5_000
GOAL = 50


def best(run: Callable[[], object], times: int) -> float:
    """The shortest of some runs, in milliseconds."""
    spans = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        spans.append(time.perf_counter() - start)
    return 1e3 * min(spans)


def main() -> None:
    """Times the families that are named, or all that have a plain version."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    known = [family.id for family in tvf.families()]
    parser.add_argument("families", nargs="*", metavar="family", help=f"any of {', '.join(known)}")
    families = parser.parse_args().families or known
    if unknown := set(families) - set(known):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    bars = walk(BARS, 1)
    columns = [bars[name] for name in ("high", "low", "close")]
    print(f"{BARS:,} bars{'core':>24}{'plain':>12}{'times':>10}")
    for name in families:
        core = getattr(tvf, name)
        plain = getattr(importlib.import_module(f"benchmarks.patterns.{name}"), name)
        fast = best(lambda core=core: core(*columns), 50)
        slow = best(lambda plain=plain: plain(*columns), 3)
        verdict = "" if slow > GOAL * fast else f"   not {GOAL}"
        print(f"{name:20}{fast:12.3f} ms{slow:9.1f} ms{slow / fast:10.0f}{verdict}")


if __name__ == "__main__":
    main()
