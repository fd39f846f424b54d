"""What a run looks like in a terminal, and in a log."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table

from tvf_harness.progress import Progress
from tvf_harness.records import PATHS
from tvf_harness.result import ParityResult
from tvf_harness.speed import SpeedResult

SHOWN = 10
"""Lines of each kind of trouble; the JSON report has more."""
LOG_EVERY = 10.0
"""Seconds between two lines of progress where there is no terminal to draw a bar in."""

console = Console(highlight=False)
if not console.is_terminal:
    console.width = 120


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """A bar in a terminal, a line now and then in a log."""
    if not console.is_terminal:
        yield _lines(title)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=None)

        def update(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{title}: {name}")

        yield update


def _lines(title: str) -> Progress:
    last = 0.0

    def update(done: int, total: int, name: str) -> None:
        nonlocal last
        if done < total and time.monotonic() - last > LOG_EVERY:
            last = time.monotonic()
            console.print(f"{title}: {done} of {total}, {name}")

    return update


def print_parity(result: ParityResult) -> None:
    """The table, and everything that is wrong."""
    table = Table(title=f"wheel against {', '.join(result.builds)} in {result.about.get('browser', '')}")
    table.add_column("entry")
    table.add_column("cases", justify="right")
    for path in PATHS:
        table.add_column(path, justify="right")
    table.add_column("equal", justify="right")
    for name in result.cases_of:
        cells, wrong = [], result.failed_of[name]
        for path in PATHS:
            counts = [c for (entry, p, _), c in result.counts.items() if (entry, p) == (name, path)]
            differ = sum(c.mismatches for c in counts)
            wrong += differ
            values = f"{sum(c.values for c in counts):,}"
            cells.append(f"[red]{differ:,} of {values}[/]" if differ else values)
        table.add_row(name, f"{result.cases_of[name]:,}", *cells, "[red]no[/]" if wrong else "[green]yes[/]")
    console.print(table)
    for line in _details(result):
        console.print(line, markup=False, style="red", soft_wrap=True)
    console.print(
        f"{result.cases:,} cases, {result.values:,} values, {result.mismatches:,} mismatches, "
        f"{result.errors.values:,} error messages, "
        f"{result.laws.values:,} values of the wheel against its own batch; {result.seconds:.0f} s"
    )
    for line in result.skipped:
        console.print(f"left out: {line}", markup=False, style="yellow", soft_wrap=True)
    for line in result.problems:
        console.print(f"✗ {line}", markup=False, style="bold red")
    if result.ok:
        console.print("✓ every bit is equal", style="bold green")


def _details(result: ParityResult) -> Iterator[str]:
    """The first of everything that is wrong, a line each."""

    def where(item: dict[str, Any]) -> str:
        place = f"{item['entry']} {item['params']} over {item['dataset']}, {item['path']}/{item['part']}"
        return f"{place}, {item['output']}[{item['index']}]"

    for item in result.first[:SHOWN]:
        own, other = (f"{item[f'{side}_bits']} ({item[side]})" for side in ("wheel", "browser"))
        yield f"{item['build']}: {where(item)}: wheel {own}, browser {other}, {item['ulp']} ulp"
    for item in result.first_broken[:SHOWN]:
        yield f"wheel: {where(item)}: batch {item['batch_bits']}, this path {item['path_bits']}"
    for item in result.first_errors[:SHOWN]:
        yield f"{item['build']}: {item['call']}: wheel {item['wheel']}, browser {item['browser']}"
    for text in result.failures[:SHOWN]:
        yield f"failed: {text}"


def print_speed(result: SpeedResult) -> None:
    """Nanoseconds a bar, and how many times faster than plain JavaScript; a table for each size."""
    for size in result.as_json()["sizes"]:
        names = list(dict.fromkeys(name for entry in size["entries"] for name in entry["contenders"]))
        table = Table(title=f"ns per bar (times faster than plain JavaScript), {size['bars']:,} bars")
        table.add_column("entry")
        for name in names:
            table.add_column(name, justify="right")
        for entry in size["entries"]:
            cells = []
            for name in names:
                found, ratio = entry["contenders"].get(name), entry["ratios"].get(name)
                text = "" if found is None else f"{found['median']:.2f}"
                cells.append(f"{text} ({ratio:.2g})" if ratio and name != "plain" else text)
            table.add_row(entry["name"], *cells)
        console.print(table)


def print_race(race: dict[str, Any]) -> None:
    """Each contender, and the figures that the project wants."""
    table = Table(title=f"a chart's indicators in {race['host']}")
    for name in ("", "contender", "indicators", "bars", "median", "fastest", ""):
        table.add_column(
            name, justify="right" if name in ("indicators", "bars", "median", "fastest") else "left"
        )
    for row in race["results"]:
        figures = (f"{row['members']}", f"{row['bars']:,}", f"{row['median']:,.0f}", f"{row['min']:,.0f}")
        table.add_row(row["kind"], row["name"], *figures, row["unit"])
    console.print(table)
    for name, why in race["skipped"].items():
        console.print(f"skipped: {name} ({why})")
    for target in race["targets"]:
        if target["value"] is None:
            console.print(f"{target['what']}: not measured")
            continue
        digits = 2 if target["unit"] == "x" else 0
        figure = f"{target['value']:.{digits}f} {target['unit']}, wanted {target['bound']:.{digits}f}"
        console.print(
            f"{target['what']:<70} {figure:<26} {'reached' if target['reached'] else 'not reached'}"
        )


def fail(text: str) -> None:
    """The one clear line."""
    Console(file=sys.stderr, highlight=False, soft_wrap=True).print(
        f"error: {text}", markup=False, style="red"
    )
