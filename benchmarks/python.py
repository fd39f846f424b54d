"""Times the installed wheel against TA-Lib's wheel, kand, vector-ta, tulipy and polars-talib, in one process.

    python benchmarks/python.py [--json PATH] [--rounds N] [--only sma,ema]

Values are compared before times are taken. Rivals that are not installed are reported as skipped.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import gc
import json
import sys
import timeit
from pathlib import Path
from typing import Any

import numpy as np
from cases import BATCHES, LIBRARIES, LIVES, Batch, Live
from libraries import TOLERANCE, assert_equal, columns, distance, load, space, versions
from sets import time_sets, time_threads
from targets import print_targets, targets
from timing import interleaved, progress, ratio, row

from tvf_harness.machine import machine

SIZES = (5_000, 50_000, 1_000_000)
HISTORY, FEED = 1_000, 1_000


class Empty:
    """What calling a method costs by itself."""

    def update(self, value: float) -> None:
        pass


def smallest(code: str, names: dict[str, Any]) -> int:
    """How few bars a library accepts."""
    long = columns(300)
    for bars in range(1, 300):
        try:
            eval(code, space(names, {name: column[:bars].copy() for name, column in long.items()}))
        except Exception:  # each library has its own
            continue
        return bars
    raise ValueError(code)


def time_batches(cases: list[Batch], libraries: dict[str, Any], rounds: int) -> list[dict[str, Any]]:
    rows = []
    for bars in SIZES:
        names = space(libraries, columns(bars))
        for case in cases:
            codes = {"tvf": case.tvf}
            for library in libraries:
                if library == "tvf" or not case.code(library):
                    continue
                assert_equal(case, library, names, bars)
                codes[library] = case.code(library)
                if case.own(library) not in codes.values():
                    codes[f"tvf, as {library}"] = case.own(library)
            timers = {name: timeit.Timer(code, globals=names) for name, code in codes.items()}
            for name, samples in interleaved(timers, rounds).items():
                rows.append(row("batch", case.id, name, codes[name], bars, samples, bars))
            progress(f"{case.id}, {bars} bars")
    return rows


def time_calls(cases: list[Batch], libraries: dict[str, Any], rounds: int) -> list[dict[str, Any]]:
    """One bar, or as few as a library takes. What kand is asked, tvf is asked, too, with the same array."""
    rows = []
    for case in cases:
        codes = {library: case.code(library) for library in libraries if case.code(library)}
        if "kand" in codes and case.id in ("sma", "ema"):
            codes["kand, period 2"] = codes["kand"].replace("20", "2")
        spaces = {}
        for name, code in list(codes.items()):
            bars = smallest(code, libraries)
            spaces[name] = bars, space(libraries, columns(bars))
            if name.startswith("kand"):
                same = name.replace("kand", "tvf, as kand")
                codes[same], spaces[same] = code.replace("kand.", "tvf."), spaces[name]
                if case.id not in ("sma", "ema"):
                    codes[same] = case.own("kand")
        timers = {name: timeit.Timer(code, globals=spaces[name][1]) for name, code in codes.items()}
        for name, samples in interleaved(timers, 3 * rounds).items():
            rows.append(row("call", case.id, name, codes[name], spaces[name][0], samples, 1))
        progress(f"{case.id}, one call")
    return rows


def time_lives(cases: list[Live], libraries: dict[str, Any], rounds: int) -> list[dict[str, Any]]:
    rows = []
    data = columns(HISTORY + FEED)
    history = {name: column[:HISTORY].copy() for name, column in data.items()}
    for case in cases:
        feed = list(zip(*(data[name][HISTORY:].tolist() for name in case.inputs), strict=True))
        bar = ", ".join(case.inputs) if len(case.inputs) > 1 else f"({case.inputs[0]},)"
        lasts, timers, codes = {}, {}, {}
        for library in libraries:
            if library not in case.step:
                continue
            # What a bar gives must be what the whole series gives there; the loop is what gets timed.
            loop = f"for {bar} in feed: {case.step[library]}"
            space = {**libraries, **history, "feed": feed, "collections": collections}
            exec(f"{case.begin[library]}\n{loop}", space)
            lasts[library] = np.atleast_1d(np.array(space["last"]))[:1]
            # Locals of a function, as in a user's own loop.
            begin = "; ".join(f"{name} = _{name}" for name in case.inputs) + f"; {case.begin[library]}"
            given = {**libraries, "collections": collections, "feed": feed}
            given |= {f"_{name}": column for name, column in history.items()}
            timers[library] = timeit.Timer(loop, begin, globals=given)
            codes[library] = case.step[library]
        if len(case.inputs) == 1:
            loop = f"for {bar} in feed: update({case.inputs[0]})"
            timers["empty"] = timeit.Timer(
                loop, "update = Empty().update", globals={"feed": feed, "Empty": Empty}
            )
            codes["empty"] = "update(close), a method of Python that does nothing"
        for library, last in lasts.items():
            if distance(lasts["tvf"], last) > TOLERANCE:
                sys.exit(f"error: {case.id}, bar by bar: {library} gives {last}, tvf {lasts['tvf']}")
        for library, samples in interleaved(timers, rounds).items():
            rows.append(row("live", case.id, library, codes[library], 1, samples, FEED))
        progress(f"{case.id}, bar by bar")
    return rows


# --- Report --------------------------------------------------------------------------------------


def number(x: float) -> str:
    return f"{x:.2f}" if x < 10 else f"{x:.1f}" if x < 100 else f"{x:.0f}"


def print_table(title: str, rows: list[dict[str, Any]], names: list[str]) -> None:
    """Median (fastest), and how many times as long a rival takes as tvf with its definition."""
    print(f"\n{title}\n")
    rivals = [name for name in names if name != "tvf"]
    heads = [*names, *(f"{name}/tvf" for name in rivals)]
    print("  " + f"{'':<16}" + "".join(f"{head:>17}" for head in heads))
    for case in dict.fromkeys(r["case"] for r in rows):
        cells = {r["library"]: r for r in rows if r["case"] == case}
        line = f"  {case:<16}"
        for name in names:
            cell = f"{number(cells[name]['median'])} ({number(cells[name]['min'])})" if name in cells else "-"
            line += f"{cell:>17}"
        for name in rivals:
            own = cells.get(f"tvf, as {name}", cells.get("tvf"))
            line += f"{ratio(cells[name], own):>17.2f}" if name in cells and own else f"{'-':>17}"
        print(line)


def print_names(title: str, rows: list[dict[str, Any]]) -> None:
    """A line for each contender, where they are not the same for each case."""
    print(f"\n{title}\n")
    for r in rows:
        many = f", {r['threads']} of Python's threads" if "threads" in r else f", {r['members']} indicators"
        what = f"{r['library']}{many}, {r['bars']:,} bars"
        middle, fastest = (number(r[key] * r["bars"] / 1e3) for key in ("median", "min"))
        print(f"  {what:<52}{middle:>10} us ({fastest})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, help="where the samples go")
    parser.add_argument("--rounds", type=int, default=15, help="samples of each contender; default: 15")
    parser.add_argument("--only", type=lambda t: t.split(","), help="ids, such as sma,ema; default: all")
    options = parser.parse_args()

    libraries, skipped = load()
    batches = [case for case in BATCHES if not options.only or case.id in options.only]
    lives = [case for case in LIVES if not options.only or case.id in options.only]
    about = {
        "created": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "versions": {"python": sys.version.split()[0], "numpy": np.__version__} | versions(libraries),
        "skipped": skipped,
        "rounds": options.rounds,
        "notes": {case.id: case.note for case in batches if case.note},
    }
    print(", ".join(f"{k} {v}" for k, v in about["versions"].items()))
    print(", ".join(f"{k} {v}" for k, v in about["machine"].items()))
    for name, why in skipped.items():
        print(f"skipped: {name} ({why}); to have it: scripts/setup bench")

    gc.disable()
    rows = time_calls(batches, libraries, options.rounds)
    rows += time_lives(lives, libraries, options.rounds)
    rows += time_batches(batches, libraries, options.rounds)
    if not options.only:
        rows += time_sets(libraries, options.rounds)
        rows += time_threads(libraries, options.rounds)
    progress("")
    shown = [name for name in LIBRARIES if name in libraries]
    for bars in SIZES:
        some = [r for r in rows if r["kind"] == "batch" and r["bars"] == bars]
        print_table(f"{bars:,} bars: ns per bar, median (fastest)", some, shown)
    lived = [r for r in rows if r["kind"] == "live"]
    print_table("Bar by bar: ns per update, median (fastest)", lived, [*shown[:4], "empty"])
    called = [r for r in rows if r["kind"] == "call"]
    print_table(
        "A call with one bar, or as few as a library takes: ns per call, median (fastest)", called, shown
    )
    for kind, title in (
        ("set", "Sixteen indicators"),
        ("threads", "The set for 8 instruments, a set's time"),
    ):
        print_names(f"{title}: median (fastest)", [r for r in rows if r["kind"] == kind])
    for case, note in about["notes"].items():
        print(f"  {case}: {note}")
    found = targets(rows)
    print_targets(found)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(about | {"targets": found, "results": rows}, indent=1) + "\n")
        print(f"\nsee {options.json}")


if __name__ == "__main__":
    main()
