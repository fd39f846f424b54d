"""Sets and chains: several members in one call, compared member by member."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tvf_harness.cases import PROFILES, Entry
from tvf_harness.datasets import Bars
from tvf_harness.frame import Floats
from tvf_harness.records import Report
from tvf_harness.wheel import columns_of, names_of, outputs_of

Member = dict[str, Any]
"""An id, its parameters, perhaps `compat` and a `source`: a column's name or another member."""

SESSIONS = (
    ("America/New_York", "17:00", "session"),
    ("Europe/London", "08:00", "week"),
    ("Asia/Kolkata", "09:15", "session"),
    ("Australia/Lord_Howe", "00:00", "month"),
)
"""Zones whose sessions each host finds with its own zone data, half an hour of summer time included."""


@dataclass(frozen=True)
class SetCase:
    """Members over one dataset."""

    index: int
    members: list[Member]
    dataset: str


def sets_of(entries: Sequence[Entry]) -> list[list[Member]]:
    """All entries in both profiles, other columns as source, shared work, chains, and sessions."""
    known = {e.id for e in entries}
    single = [e.id for e in entries if e.kind == "series" and list(e.inputs) == ["source"]]
    found: list[list[Member]] = [[{"id": e.id, "compat": profile} for e in entries] for profile in PROFILES]
    found.append([{"id": i, "source": column} for i in single for column in ("high", "volume")])
    found.append([{"id": i, "period": period} for period in (3, 14, 7) for i in ("atr", "adx") if i in known])
    chains: list[Member] = [
        {"id": outer, "source": {"id": inner, "period": 7}}
        for outer in single
        for inner in ("sma", "rsi", "atr")
        if inner in known
    ]
    if {"ema", "sma", "rsi"} <= known:
        middle = {"id": "ema", "period": 3, "source": {"id": "rsi", "period": 9}}
        chains.append({"id": "sma", "period": 4, "source": middle})
    found.append(chains)
    if "vwap" in known:
        found.append(
            [{"id": "vwap", "zone": zone, "open": at, "anchor": anchor} for zone, at, anchor in SESSIONS]
        )
    return [members for members in found if members]


def as_tuple(member: Member) -> tuple[str, dict[str, Any]]:
    """A member in Python's form."""
    options = {name: value for name, value in member.items() if name != "id"}
    if isinstance(options.get("source"), dict):
        options["source"] = as_tuple(options["source"])
    return member["id"], options


def run_sets(
    tvf: Any, entries: Sequence[Entry], datasets: Sequence[Bars], cases: Sequence[SetCase]
) -> Report:
    """`tvf.compute` for every set, with one thread and with two, and plain members by their functions."""
    report = Report()
    known = {e.id: e for e in entries}
    bars_of = {bars.name: bars for bars in datasets}
    for case in cases:
        bars = bars_of[case.dataset]
        with report.attempt(case.index, "set", "compute"):
            run_set(tvf, known, bars, case, report)
    return report


def run_set(tvf: Any, known: dict[str, Entry], bars: Bars, case: SetCase, report: Report) -> None:
    """All parts of one set."""
    members = [as_tuple(member) for member in case.members]
    chosen = [known[name] for name, _ in members]
    together = computed(tvf, bars, members, chosen, threads=1)
    threaded = computed(tvf, bars, members, chosen, threads=2)
    others = {
        "shifted": computed(tvf, bars, members, chosen, threads=1, shifted=True),
        "range": computed(
            tvf, bars.cut(len(bars) // 4, len(bars) - len(bars) // 8), members, chosen, threads=1
        ),
    }
    for position, (entry, (name, options)) in enumerate(zip(chosen, members, strict=True)):
        outputs = tuple(f"{position}.{name}" for name in names_of(entry))
        for part in ("compute", "live", "append"):
            report.add(case.index, "set", part, outputs, together[position])
        for part, columns in others.items():
            report.add(case.index, "set", part, outputs, columns[position])
        live = second_half(entry, together[position], len(bars))
        report.add(case.index, "set", "peeked", outputs[: len(live)], live)
        report.add(case.index, "set", "threads", outputs, threaded[position])
        if "source" not in options:
            single = getattr(tvf, name)(*columns_of(entry, bars), **options)
            report.add(case.index, "set", "single", outputs, outputs_of(entry, single))


def computed(
    tvf: Any,
    bars: Bars,
    members: Sequence[tuple[str, dict[str, Any]]],
    entries: Sequence[Entry],
    threads: int,
    shifted: bool = False,
) -> list[list[Floats]]:
    """The outputs of each member, out of the columns that `tvf.compute` names in the order of the members."""
    found = iter(tvf.compute(bars.columns, members, threads=threads, shifted=shifted).values())
    results = []
    for entry in entries:
        if entry.kind == "table":
            results.append(outputs_of(entry, next(found)))
        else:
            results.append([np.asarray(next(found), np.float64) for _ in entry.outputs])
    if next(found, None) is not None:
        raise ValueError(f"tvf.compute gave more columns than {members} has outputs")
    return results


def second_half(entry: Entry, columns: list[Floats], bars: int) -> list[Floats]:
    """What belongs to the bars that the page gets live."""
    if entry.kind == "series":
        return [column[bars // 2 :] for column in columns]
    if entry.rows == "state":
        return []  # the rows of earlier bars are not in those of the last one
    live = columns[list(entry.outputs).index("index")] >= bars // 2
    return [column[live] for column in columns[: len(entry.outputs)]]
