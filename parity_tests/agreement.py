"""Measures how far the catalog agrees with every reference, into ``docs/agreement.json``.

Run it with ``make agreement`` where TradingView's exports are. A row is what was compared with one reference
under the same settings: the worst distance, as a share of the largest number in its column, and how many
digits that leaves. ``docs/conventions.md`` shows them.
"""

import json
import subprocess
import sys
from typing import Any

import numpy as np
from references import APART, MISSING, NAMES, ROOT, RULES, both, cases, output_of

FILE = ROOT / "docs" / "agreement.json"
Row = dict[str, Any]


def digits(worst: float) -> int:
    """Decimal digits of the scale that agree; 17 where all bits do."""
    return next((n for n in range(17) if worst > 10.0 ** -(n + 1)), 17)


def measured() -> list[Row]:
    """A row for each entry, reference and settings among the references that are there."""
    rows: dict[tuple[str, str, str], Row] = {}
    for case in cases():
        rule = RULES[case["convention"], case["indicator"]]
        given = [f"{name}={json.dumps(value)}" for name, value in rule.settings.items()]
        key = (rule.id, NAMES[case["convention"]], ", ".join(given))
        row = rows.setdefault(
            key,
            {
                "entry": rule.id,
                "reference": key[1],
                "profile": "tradingview",
                "settings": given,
                "outputs": [],
                "digits": 17,
                "worst": 0.0,
                "values": 0,
                "apart": [],
            },
        )
        ours, theirs = both(case)
        output = output_of(case, rule) or "value"
        if output not in row["outputs"]:
            row["outputs"].append(output)
        worst = float(np.nanmax(np.abs(ours - theirs)) / np.nanmax(np.abs(theirs)))
        row["worst"] = float(f"{max(worst, row['worst']):.1e}")
        row["digits"] = min(row["digits"], digits(worst))
        row["values"] += int(np.sum(~np.isnan(theirs)))
        if case["id"] in APART:
            bars, why = APART[case["id"]]
            row["values"] -= len(bars)
            row["apart"].append(why)
    return list(rows.values())


def judged() -> list[str]:
    """The rows of TA-Lib, as the test of the core writes them."""
    command = ["cargo", "test", "-p", "tvf-core", "--test", "talib", "equal_to_ta_lib", "--", "--nocapture"]
    # The test fails where the file is out of date, which is why it is written.
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [line.partition("agreement: ") for line in run.stdout.splitlines()]
    rows = [row for _, mark, row in lines if mark]
    if not rows:
        sys.exit(run.stderr)
    return rows


def main() -> None:
    """Writes the file."""
    rows = measured()
    if len({row["reference"] for row in rows}) < len(NAMES):
        sys.exit(MISSING)
    rows.sort(key=lambda row: list(NAMES.values()).index(row["reference"]))
    lines = [json.dumps(row) for row in rows] + judged()
    FILE.write_text("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
