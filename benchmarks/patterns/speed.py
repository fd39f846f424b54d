"""How much faster the core finds patterns than the plain Python version of the same rules.

    python -m benchmarks.patterns.speed [BARS]

The least of several runs of each, on one random walk; what they find is compared first.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

import tvf

from .compare import differences, plain, walk
from .harmonic import harmonic
from .td import td

FAMILIES: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "harmonic": (tvf.harmonic, harmonic),
    "td": (tvf.td, td),
}
COLUMNS = ("high", "low", "close")


def least(run: Callable[[], Any], times: int) -> float:
    """Seconds of the fastest run."""
    taken = []
    for _ in range(times):
        begun = perf_counter()
        run()
        taken.append(perf_counter() - begun)
    return min(taken)


def main() -> None:
    bars = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    columns = [walk(bars, 1)[name] for name in COLUMNS]
    for name, (core, python) in FAMILIES.items():
        if wrong := differences(plain(core(*columns)), python(*columns)):
            sys.exit(f"{name}: {wrong[0]}")
        ours, theirs = least(lambda: core(*columns), 50), least(lambda: python(*columns), 5)  # noqa: B023
        print(f"{name}: {1e3 * ours:.3f} ms, plain {1e3 * theirs:.1f} ms, {theirs / ours:.0f} times")


if __name__ == "__main__":
    main()
