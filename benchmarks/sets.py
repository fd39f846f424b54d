"""Sixteen indicators over the same columns: one call of tvf against one after the other, and threads."""

from __future__ import annotations

import ast
import sys
import timeit
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from os import cpu_count
from typing import Any

import numpy as np
from cases import BATCHES, LIBRARIES, Batch
from libraries import FRAMED, assert_equal, columns, space
from timing import interleaved, progress, row

SIZES = (5_000, 50_000, 1_000_000)
SYMBOLS, SYMBOL_BARS = 8, 50_000
"""What threads share out: so many instruments, a set each."""


def _members() -> list[Batch]:
    """SMA 10/20/50, EMA 12/26/50, WMA 20, RSI 7/14, STOCH, MACD, BBANDS, ATR, ADX, PSAR, OBV."""
    case = {case.id: case for case in BATCHES}

    def with_period(name: str, usual: int, period: int) -> Batch:
        codes = {lib: case[name].code(lib).replace(str(usual), str(period)) for lib in LIBRARIES}
        return replace(case[name], **codes)

    smas = [with_period("sma", 20, period) for period in (10, 20, 50)]
    emas = [with_period("ema", 20, period) for period in (12, 26, 50)]
    rsis = [with_period("rsi", 14, period) for period in (7, 14)]
    rest = [case[name] for name in ("stoch", "macd", "bbands", "atr", "adx", "psar", "obv")]
    return [*smas, *emas, case["wma"], *rsis, *rest]


MEMBERS = _members()


def member_of(code: str, catalog: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A call such as `tvf.rsi(close, 14)` as a member of a set."""
    call = ast.parse(code, mode="eval").body
    call = call.value if isinstance(call, ast.Subscript) else call
    assert isinstance(call, ast.Call)
    assert isinstance(call.func, ast.Attribute)
    values = [ast.literal_eval(arg) for arg in call.args if not isinstance(arg, ast.Name)]
    names = [param.name for param in catalog[call.func.attr].params]
    options = dict(zip(names, values, strict=False))
    options |= {str(word.arg): ast.literal_eval(word.value) for word in call.keywords}
    return call.func.attr, options


def _code(library: str, members: list[Batch]) -> str:
    """The calls of a library, which Polars takes all at once."""
    if library != FRAMED:
        return "; ".join(case.code(library) for case in members)
    whole = [case.code(library).removeprefix("table.select(").removesuffix(")") for case in members]
    return f"table.select({', '.join(f'{call}.alias(str({i}))' for i, call in enumerate(whole))})"


def contenders(libraries: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any], list[Batch]]]:
    """Code, what it needs besides the columns, and the members, by name.

    A library that lacks some, or has other definitions, is compared with a set of tvf's that is the same.
    """
    catalog = {entry.id: entry for entry in libraries["tvf"].catalog()}
    found: dict[str, tuple[str, dict[str, Any], list[Batch]]] = {}

    def add(name: str, code: str, library: str, members: list[Batch]) -> None:
        variable = f"members_{library}"
        own = [member_of(case.own(library), catalog) for case in members]
        found[name] = (code.format(variable), {variable: own}, members)

    add("tvf", "tvf.compute(frame, {})", "tvf", MEMBERS)
    add("tvf, 1 thread", "tvf.compute(frame, {}, threads=1)", "tvf", MEMBERS)
    usual = [case.tvf for case in MEMBERS]
    for library in libraries:
        if library == "tvf":
            continue
        members = [case for case in MEMBERS if case.code(library)]
        found[library] = (_code(library, members), {}, members)
        if [case.own(library) for case in members] != usual:
            add(f"tvf, as {library}", "tvf.compute(frame, {})", library, members)
    return found


def _assert_set(found: dict[str, tuple[str, dict[str, Any], list[Batch]]], names: dict[str, Any]) -> None:
    """A set gives to the bit what its members give alone."""
    for name, (code, given, members) in found.items():
        if not name.startswith("tvf"):
            continue
        library = name.removeprefix("tvf, as ") if " as " in name else "tvf"
        results = iter(eval(code, {**names, **given}).values())
        for case in members:
            alone = eval(case.own(library).removesuffix("[0]"), names)
            for column in alone if isinstance(alone, tuple) else (alone,):
                if not np.array_equal(column, next(results), equal_nan=True):
                    sys.exit(f"error: {name}: {case.id} in a set is not {case.id} alone: no time is believed")


def time_sets(libraries: dict[str, Any], rounds: int) -> list[dict[str, Any]]:
    found = contenders(libraries)
    rows = []
    for bars in SIZES:
        names = space(libraries, columns(bars))
        _assert_set(found, names)
        for library in libraries:
            for case in MEMBERS:
                if library != "tvf" and case.code(library):
                    assert_equal(case, library, names, bars)
        timers = {
            name: timeit.Timer(code, globals={**names, **given}) for name, (code, given, _) in found.items()
        }
        for name, samples in interleaved(timers, rounds).items():
            code, _, members = found[name]
            rows.append(row("set", "sixteen", name, code, bars, samples, bars) | {"members": len(members)})
        progress(f"sets, {bars} bars")
    return rows


def time_threads(libraries: dict[str, Any], rounds: int) -> list[dict[str, Any]]:
    """The set for several instruments, in one thread of Python and in as many as there are cores."""
    spaces = [
        space(
            libraries,
            {
                name: column[i : i + SYMBOL_BARS].copy()
                for name, column in columns(SYMBOL_BARS + SYMBOLS).items()
            },
        )
        for i in range(SYMBOLS)
    ]
    timers: dict[str, timeit.Timer] = {}
    codes: dict[str, str] = {}
    workers = cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        for name, (code, given, _) in contenders(libraries).items():
            if name == "tvf" or " as " in name:
                continue  # a set that starts threads of its own is timed above
            each = [_call(code, {**names, **given}) for names in spaces]
            timers[f"{name}: 1"] = timeit.Timer(lambda each=each: [call() for call in each])
            timers[f"{name}: {workers}"] = timeit.Timer(
                lambda each=each: list(pool.map(lambda call: call(), each))
            )
            codes[name] = code
        samples = interleaved(timers, rounds)
    rows = []
    for key, times in samples.items():
        name, _, threads = key.partition(": ")
        rows.append(
            row("threads", name, name, codes[name], SYMBOL_BARS, times, SYMBOLS * SYMBOL_BARS)
            | {"threads": int(threads)}
        )
    progress("threads")
    return rows


def _call(code: str, names: dict[str, Any]) -> Callable[[], None]:
    """A function that runs the code as a user's own function would."""
    made: dict[str, Any] = {}
    exec(f"def run():\n    {code}", names, made)
    return made["run"]
