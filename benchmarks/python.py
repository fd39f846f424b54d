"""Times the installed wheel against TA-Lib's wheel, kand and vector-ta, in one process on one machine.

    python benchmarks/python.py [--json PATH] [--rounds N] [--only sma,ema]

Values are compared before times are taken. Rivals that are not installed are reported as skipped.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import gc
import importlib
import importlib.metadata
import json
import sys
import timeit
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from cases import BATCHES, LIBRARIES, LIVES, Batch, Live

sys.path.insert(0, str(Path(__file__).parents[1]))
from tvf_harness.datasets import random_walk
from tvf_harness.machine import machine

SIZES = (5_000, 50_000, 1_000_000)
HISTORY, FEED = 1_000, 1_000
TOLERANCE = 1e-9
"""Of the largest value compared."""
SAMPLE = 4e-3
"""Seconds that a sample takes at least, so that the clock's own cost vanishes."""
DISTRIBUTIONS = {"tvf": "tvf", "talib": "TA-Lib", "kand": "kand", "vector_ta": "vector-ta"}


def load() -> tuple[dict[str, Any], dict[str, str]]:
    """The libraries that are there, and why the others are not."""
    found, skipped = {}, {}
    for name in LIBRARIES:
        try:
            found[name] = importlib.import_module(name)
        except ImportError as error:
            skipped[name] = str(error)
    if "tvf" in skipped:
        sys.exit(f"error: the wheel is not installed ({skipped['tvf']}); to mend it: make wheel")
    if "talib" in found:
        importlib.import_module("talib.stream")
    return found, skipped


def columns(bars: int) -> dict[str, np.ndarray]:
    return {name: column for name, column in random_walk(bars).columns.items() if name != "time"}


# --- Parity --------------------------------------------------------------------------------------


def as_columns(result: Any) -> list[np.ndarray]:
    return list(result) if isinstance(result, tuple) else [result]


def distance(ours: np.ndarray, theirs: np.ndarray) -> float:
    """The largest difference as a share of the largest value; infinite if different bars have values."""
    if not np.array_equal(np.isnan(ours), np.isnan(theirs)):
        return float("inf")
    if np.isnan(ours).all():
        return 0.0
    return float(np.nanmax(np.abs(ours - theirs)) / np.nanmax(np.abs(ours)))


def assert_equal(case: Batch, library: str, names: dict[str, Any], bars: int) -> None:
    """Stops the run if the values are not those expected."""
    ours = as_columns(eval(case.judge.get(library, case.tvf), names))
    theirs = as_columns(eval(case.code(library), names))[case.first.get(library, 0) :]
    begin = case.settled.get(library, 0)
    pairs = zip(ours[: case.outputs], theirs, strict=False)
    far = max(distance(a[begin:], b[begin:]) for a, b in pairs)
    if far > TOLERANCE:
        sys.exit(
            f"error: {case.id}, {bars} bars: {library} and tvf are apart by {far:.1e}: no time is believed"
        )


# --- Time ----------------------------------------------------------------------------------------


def interleaved(timers: dict[str, timeit.Timer], rounds: int) -> dict[str, list[float]]:
    """Seconds per call: the contenders take turns, in another order each round."""
    calls = {}
    for name, timer in timers.items():
        timer.timeit(1)
        once = min(timer.repeat(3, 1))
        calls[name] = max(1, round(SAMPLE / max(once, 1e-9)))
    samples: dict[str, list[float]] = {name: [] for name in timers}
    names = list(timers)
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            samples[name].append(timers[name].timeit(calls[name]) / calls[name])
    return samples


def row(
    kind: str, case: str, library: str, code: str, bars: int, samples: list[float], per: int
) -> dict[str, Any]:
    scaled = [1e9 * s / per for s in samples]
    return {
        "kind": kind,
        "case": case,
        "library": library,
        "code": code,
        "bars": bars,
        "unit": "ns per call" if kind == "call" else "ns per bar",
        "median": median(scaled),
        "min": min(scaled),
        "max": max(scaled),
        "samples": scaled,
    }


def smallest(code: str, names: dict[str, Any]) -> int:
    """How few bars a library accepts."""
    long = columns(300)
    for bars in range(1, 300):
        try:
            eval(code, {**names, **{name: column[:bars].copy() for name, column in long.items()}})
        except Exception:  # each library has its own
            continue
        return bars
    raise ValueError(code)


def time_batches(cases: list[Batch], libraries: dict[str, Any], rounds: int) -> list[dict[str, Any]]:
    rows = []
    for bars in SIZES:
        data = columns(bars)
        for case in cases:
            names = {**libraries, **data}
            timers = {}
            for library in libraries:
                if not case.code(library):
                    continue
                if library != "tvf":
                    assert_equal(case, library, names, bars)
                timers[library] = timeit.Timer(case.code(library), globals=names)
            for library, samples in interleaved(timers, rounds).items():
                rows.append(row("batch", case.id, library, case.code(library), bars, samples, bars))
            progress(f"{case.id}, {bars} bars")
    return rows


def time_calls(cases: list[Batch], libraries: dict[str, Any], rounds: int) -> list[dict[str, Any]]:
    """One bar, or as few as a library takes."""
    rows = []
    for case in cases:
        timers, sizes = {}, {}
        codes = {library: case.code(library) for library in libraries if case.code(library)}
        if "kand" in codes and case.id in ("sma", "ema"):
            codes["kand, period 2"] = codes["kand"].replace("20", "2")
        for library, code in codes.items():
            bars = sizes[library] = smallest(code, libraries)
            timers[library] = timeit.Timer(code, globals={**libraries, **columns(bars)})
        for library, samples in interleaved(timers, 3 * rounds).items():
            rows.append(row("call", case.id, library, codes[library], sizes[library], samples, 1))
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
        for library, last in lasts.items():
            if distance(lasts["tvf"], last) > TOLERANCE:
                sys.exit(f"error: {case.id}, bar by bar: {library} gives {last}, tvf {lasts['tvf']}")
        for library, samples in interleaved(timers, rounds).items():
            rows.append(row("live", case.id, library, codes[library], 1, samples, FEED))
        progress(f"{case.id}, bar by bar")
    return rows


# --- Report --------------------------------------------------------------------------------------


def progress(what: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K    {what}", end="", file=sys.stderr, flush=True)


def find(rows: list[dict[str, Any]], **wanted: Any) -> dict[str, Any] | None:
    return next((r for r in rows if all(r[key] == value for key, value in wanted.items())), None)


def ratio(theirs: dict[str, Any], ours: dict[str, Any]) -> float:
    """How many times as long they take, by the fastest samples: other processes can only add to those."""
    return theirs["min"] / ours["min"]


def number(x: float) -> str:
    return f"{x:.2f}" if x < 10 else f"{x:.1f}" if x < 100 else f"{x:.0f}"


def print_table(title: str, rows: list[dict[str, Any]], libraries: dict[str, Any]) -> None:
    """Median (fastest), and how many times as long a rival's fastest takes as tvf's."""
    print(f"\n{title}\n")
    shown = [name for name in LIBRARIES if name in libraries]
    print(
        "  "
        + f"{'':<10}"
        + "".join(f"{name:>16}" for name in shown)
        + "".join(f"{n + '/tvf':>16}" for n in shown[1:])
    )
    for case in dict.fromkeys(r["case"] for r in rows):
        cells = {r["library"]: r for r in rows if r["case"] == case}
        line = f"  {case:<10}"
        for name in shown:
            cell = f"{number(cells[name]['median'])} ({number(cells[name]['min'])})" if name in cells else "-"
            line += f"{cell:>16}"
        for name in shown[1:]:
            times = f"{ratio(cells[name], cells['tvf']):.2f}" if name in cells else "-"
            line += f"{times:>16}"
        print(line)


def targets(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The figures that the project wants, and what this run says of them."""
    found = []

    def judge(what: str, unit: str, bound: float, value: float | None, *, at_least: bool) -> None:
        reached = None if value is None else value >= bound if at_least else value <= bound
        found.append({"what": what, "unit": unit, "bound": bound, "value": value, "reached": reached})

    for case, bound in (("ema", 2.0), ("sma", 1.7)):
        ours = find(rows, kind="batch", case=case, library="tvf", bars=1_000_000)
        theirs = find(rows, kind="batch", case=case, library="talib", bars=1_000_000)
        if ours:
            value = ratio(theirs, ours) if theirs else None
            judge(f"{case.upper()} 20 on 1M bars: TA-Lib's time / tvf's", "x", bound, value, at_least=True)
    for case in ("sma", "ema"):
        ours = find(rows, kind="call", case=case, library="tvf")
        kand = find(rows, kind="call", case=case, library="kand, period 2")
        if ours:
            judge(f"{case.upper()}, a call with one bar", "ns", 500.0, ours["min"], at_least=False)
            value = 1 / ratio(kand, ours) if kand else None
            judge(f"{case.upper()}, a call: tvf's time / kand's shortest", "x", 1.0, value, at_least=False)
    return found


def print_targets(found: list[dict[str, Any]]) -> None:
    print("\nFigures to reach, by the fastest samples\n")
    for target in found:
        if target["reached"] is None:
            print(f"  {target['what']:<55} not measured: a rival is missing")
            continue
        unit, digits = target["unit"], 2 if target["unit"] == "x" else 0
        word = "reached" if target["reached"] else "not reached"
        figure = f"{target['value']:.{digits}f} {unit}, wanted {target['bound']:.{digits}f}"
        print(f"  {target['what']:<52} {figure:<24} {word}")


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
        "versions": {"python": sys.version.split()[0], "numpy": np.__version__}
        | {name: importlib.metadata.version(DISTRIBUTIONS[name]) for name in libraries},
        "skipped": skipped,
        "rounds": options.rounds,
    }
    print(", ".join(f"{k} {v}" for k, v in about["versions"].items()))
    print(", ".join(f"{k} {v}" for k, v in about["machine"].items()))
    for name, why in skipped.items():
        print(f"skipped: {name} ({why}); to have it: scripts/setup bench")

    gc.disable()
    rows = time_calls(batches, libraries, options.rounds)
    rows += time_lives(lives, libraries, options.rounds)
    rows += time_batches(batches, libraries, options.rounds)
    progress("")
    for bars in SIZES:
        some = [r for r in rows if r["kind"] == "batch" and r["bars"] == bars]
        print_table(f"{bars:,} bars: ns per bar, median (fastest)", some, libraries)
    for kind, title in (
        ("live", "Bar by bar: ns per update, median (fastest)"),
        ("call", "A call with one bar (kand, vector_ta: as few as they take): ns per call, median (fastest)"),
    ):
        print_table(title, [r for r in rows if r["kind"] == kind], libraries)
    for case in batches:
        if case.note:
            print(f"  {case.id}: {case.note}")
    found = targets(rows)
    print_targets(found)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(about | {"targets": found, "results": rows}, indent=1) + "\n")
        print(f"\nsee {options.json}")


if __name__ == "__main__":
    main()
