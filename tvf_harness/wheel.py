"""Runs the cases on the wheel; `page/job.js` does the same in the browser."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tvf_harness.cases import Case, Entry
from tvf_harness.datasets import Bars
from tvf_harness.errors import HarnessError
from tvf_harness.frame import Floats
from tvf_harness.records import Report

Columns = list[NDArray]
Bar = tuple[Any, ...]


def load() -> Any:
    """The installed `tvf`."""
    try:
        return importlib.import_module("tvf")
    except ImportError as error:
        raise HarnessError(
            f"the wheel is not installed in this Python ({error})",
            "run `make build` and start the harness with .venv/bin/python, or pip install dist/tvf-*.whl",
        ) from error


def columns_of(entry: Entry, bars: Bars) -> Columns:
    """The entry's inputs, in its order."""
    return [bars.columns["close" if name == "source" else name] for name in entry.inputs]


def others_of(entry: Entry, columns: Columns) -> Columns:
    """Another bar for each bar, with the same time: what a forming bar may look like before it closes."""
    count = len(columns[0])
    shuffled = (np.arange(count) * 7 + 3) % max(count, 1)
    return [c if name == "time" else c[shuffled] for name, c in zip(entry.inputs, columns, strict=True)]


def rows_of(columns: Columns, start: int, stop: int) -> list[Bar]:
    """Columns as bars of Python numbers."""
    return list(zip(*(column[start:stop].tolist() for column in columns), strict=True))


def names_of(entry: Entry) -> tuple[str, ...]:
    """The columns of a batch result: the outputs, then the numbers beside a table's rows."""
    return (*map(str, entry.outputs), *map(str, entry.numbers))


def outputs_of(entry: Entry, result: Any) -> list[Floats]:
    """A batch result as float64 columns, of which those of numbers have one value."""
    single = entry.kind == "series" and len(entry.outputs) == 1
    columns = [result] if single else [getattr(result, name) for name in names_of(entry)]
    return [np.atleast_1d(np.asarray(column, np.float64)) for column in columns]


def is_last(entry: Entry, name: str) -> bool:
    """Whether a column tells of the last bar alone, so that later bars put another in its place."""
    return entry.rows == "state" or name in entry.numbers


def collected(entry: Entry, results: Iterable[Any]) -> list[Floats]:
    """What one call per bar gave, as columns."""
    if entry.kind == "table":
        rows: list[Any] = [row for found in results for row in found]
    else:
        rows = [(value,) for value in results] if len(entry.outputs) == 1 else list(results)
    table = np.array(rows, np.float64).reshape(len(rows), len(entry.outputs))
    return list(table.T)


def extended(entry: Entry, stream: Any, columns: Columns, cuts: Iterable[int]) -> list[Floats]:
    """What a stream gives for pieces of the columns, joined."""
    names = names_of(entry)
    found: list[list[Floats]] = [[np.full(int(name in entry.numbers), np.nan)] for name in names]
    start = 0
    for length in cuts:
        piece = stream.extend(*(c[start : start + length] for c in columns))
        for name, parts, part in zip(names, found, outputs_of(entry, piece), strict=True):
            if is_last(entry, name):
                parts.clear()
            parts.append(part)
        start += length
    return [np.concatenate(parts) for parts in found]


def peeks(stream: Any, bars: Sequence[Bar], others: Sequence[Bar]) -> tuple[list[Any], list[Any]]:
    """What peeks at another bar and at the next bar give, before the next bar closes."""
    peeked, own = [], []
    for bar, other in zip(bars, others, strict=True):
        peeked.append(stream.peek(*other))
        own.append(stream.peek(*bar))
        stream.update(*bar)
    return peeked, own


def revisions(stream: Any, bars: Sequence[Bar], others: Sequence[Bar]) -> tuple[list[Any], list[Any]]:
    """What a wrong bar and its revision give; a peek or another revision comes between some of them."""
    wrong, right = [], []
    for i, (bar, other) in enumerate(zip(bars, others, strict=True)):
        wrong.append(stream.update(*other))
        if i % 3 == 1:
            stream.peek(*bar)
        elif i % 3 == 2:
            stream.replace(*other)
        right.append(stream.replace(*bar))
    return wrong, right


class Wheel:
    """The wheel as a host of cases."""

    def __init__(self, tvf: Any, datasets: Sequence[Bars]) -> None:
        self.tvf = tvf
        self.datasets = {bars.name: bars for bars in datasets}

    def snapshots(self, entry: Entry, cases: Sequence[Case]) -> dict[int, bytes]:
        """Each case's stream at its pause."""
        found: dict[int, bytes] = {}
        for case in cases:
            columns = columns_of(entry, self.datasets[case.dataset])
            stream = self.tvf.Stream(entry.id, **case.options)
            stream.extend(*(c[: case.pause] for c in columns))
            found[case.index] = bytes(stream.snapshot())
        return found

    def run(self, entry: Entry, cases: Sequence[Case], snapshots: dict[int, bytes]) -> Report:
        """Every path of every case."""
        report = Report(snapshots=snapshots)
        for case in cases:
            self._run(entry, case, snapshots[case.index], report)
        return report

    def _run(self, entry: Entry, case: Case, snapshot: bytes, report: Report) -> None:
        names = names_of(entry)
        columns = columns_of(entry, self.datasets[case.dataset])
        bars = rows_of(columns, 0, case.walk)
        others = rows_of(others_of(entry, [c[: case.walk] for c in columns]), 0, case.walk)

        def add(path: str, part: str, columns: list[Floats]) -> None:
            report.add(case.index, path, part, names[: len(columns)], columns)

        def stream() -> Any:
            return self.tvf.Stream(entry.id, **case.options)

        with report.attempt(case.index, "batch", "function"):
            compute = getattr(self.tvf, entry.id)
            whole = outputs_of(entry, compute(*columns, **case.options))
            add("batch", "function", whole)
            add("batch", "resident", whole)
            if any(is_last(entry, name) for name in names_of(entry)):
                # What a stream says at its last bar is held to this.
                walked = compute(*(c[: case.walk] for c in columns), **case.options)
                add("batch", "prefix", outputs_of(entry, walked))
        with report.attempt(case.index, "split", "extend"):
            add("split", "extend", extended(entry, stream(), columns, case.cuts))
        with report.attempt(case.index, "stream", "update"):
            live = stream()
            update = live.update
            results = [update(*bar) for bar in bars]
            add("stream", "update", collected(entry, results))
            if any(is_last(entry, name) for name in names_of(entry)):
                numbers = [np.array([live.summary[str(name)]]) for name in entry.numbers]
                add("stream", "final", [*collected(entry, results[-1:]), *numbers])
        with report.attempt(case.index, "peek", "own"):
            peeked, own = peeks(stream(), bars, others)
            add("peek", "other", collected(entry, peeked))
            add("peek", "own", collected(entry, own))
        with report.attempt(case.index, "replace", "right"):
            wrong, right = revisions(stream(), bars, others)
            add("replace", "wrong", collected(entry, wrong))
            add("replace", "right", collected(entry, right))
        with report.attempt(case.index, "snapshot", "resumed"):
            add("snapshot", "resumed", self.resume(entry, case, snapshot))

    def resume(self, entry: Entry, case: Case, snapshot: bytes) -> list[Floats]:
        """Restores a snapshot taken at the pause, revises the last bar, and goes on to the walk's end."""
        columns = columns_of(entry, self.datasets[case.dataset])
        stream = self.tvf.Stream.restore(snapshot)
        start = resumes_at(case)
        bars = rows_of(columns, start, case.walk)
        results = []
        if case.pause:
            others = others_of(entry, [c[: case.walk] for c in columns])
            stream.replace(*rows_of(others, start, start + 1)[0])
            results.append(stream.replace(*bars.pop(0)))
        return collected(entry, [*results, *(stream.update(*bar) for bar in bars)])


def resumes_at(case: Case) -> int:
    """The first bar whose value a resumed stream gives: the last one before the pause, which it revises."""
    return max(case.pause - 1, 0)
