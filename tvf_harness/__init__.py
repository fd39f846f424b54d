"""Proves that the `tvf` wheel and the `tvf` npm package compute the same bits, in a real browser.

    from tvf_harness import packed, run_parity

    with packed("tvf-0.1.0.tgz") as package:
        result = run_parity(package, indicators=["rsi"])
    assert result.ok, result.problems

The same from a shell: `python -m tvf_harness parity --package tvf-0.1.0.tgz`. For pytest: `-p
tvf_harness.pytest_plugin`, which has the fixtures `tvf_package` and `tvf_parity`.
"""

from tvf_harness.artifacts import Package, build, packed
from tvf_harness.errors import HarnessError
from tvf_harness.parity import run_parity
from tvf_harness.report import write_report
from tvf_harness.result import ParityResult
from tvf_harness.speed import SpeedResult, run_speed

__all__ = [
    "HarnessError",
    "Package",
    "ParityResult",
    "SpeedResult",
    "build",
    "packed",
    "run_parity",
    "run_speed",
    "write_report",
]
