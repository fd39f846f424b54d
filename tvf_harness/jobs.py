"""The pieces of a parity run: what the page gets, what the wheel says, and how the two are judged."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

import numpy as np

from tvf_harness.cases import Case, Entry
from tvf_harness.compare import compare
from tvf_harness.frame import Floats
from tvf_harness.mistakes import BARS, Mistake, answers
from tvf_harness.records import Key, Report
from tvf_harness.result import ParityResult, Place
from tvf_harness.sets import SetCase, run_sets
from tvf_harness.wheel import Wheel, is_last, resumes_at

Tamper = Callable[[str, Place, Floats], None]
"""Changes what a build sent before it is compared; only for proving that a change is seen."""


def entry_as_json(entry: Entry) -> dict[str, Any]:
    """What the page has to know of an entry."""
    lists = {"inputs": [str(i) for i in entry.inputs], "outputs": [str(o) for o in entry.outputs]}
    lists["numbers"] = [str(n) for n in entry.numbers]
    return {"id": entry.id, "kind": entry.kind, "rows": entry.rows, **lists}


class Job(Protocol):
    """One piece of work that both hosts do."""

    name: str
    cases: int

    def message(self) -> dict[str, Any]:
        """What the page gets."""
        ...

    def run(self) -> Any:
        """What the wheel says."""
        ...

    def laws(self, wheel: Any, result: ParityResult) -> None:
        """Compares the wheel with itself."""
        ...

    def judge(
        self,
        build: str,
        wheel: Any,
        header: dict[str, Any],
        numbers: Floats,
        result: ParityResult,
        tamper: Tamper | None,
    ) -> None:
        """Compares what a build's page sent with what the wheel said."""
        ...


LAW_PARTS = ("threads", "single")
"""Parts that only the wheel has."""


def judge_columns(
    build: str,
    wheel: Report,
    page: Report,
    result: ParityResult,
    place: Callable[[Key], Place],
    tamper: Tamper | None,
) -> None:
    """Compares every column that both sides have; one that a side owes and does not have is a failure."""
    for key, text in page.failures.items():
        result.fail(f"{build}: {_where(place(key))}: {text}", place(key).entry)
    for key, column in page.columns.items():
        if tamper is not None:
            tamper(build, place(key), column)
        if key in wheel.columns:
            found = compare(wheel.columns[key], column)
            if key.part == "bytes":  # a snapshot is one value, however long
                found = replace(found, values=max(1, found.mismatches))
            result.compared(build, place(key), found)
    for key in wheel.columns.keys() ^ page.columns.keys():
        if key.part not in LAW_PARTS and not wheel.failed(key) and not page.failed(key):
            side = "the wheel" if key in page.columns else build
            result.fail(f"{side}: {_where(place(key))}: no {key.output}", place(key).entry)


def judge_laws(
    wheel: Report,
    result: ParityResult,
    place: Callable[[Key], Place],
    expected: Callable[[Key], Floats | None],
) -> None:
    """Compares the wheel's columns with those that a law wants; what the wheel threw is a failure."""
    for key, text in wheel.failures.items():
        result.fail(f"wheel: {_where(place(key))}: {text}", place(key).entry)
    for key, column in wheel.columns.items():
        wanted = expected(key)
        if wanted is not None:
            result.held(place(key), compare(wanted, column))


def _where(place: Place) -> str:
    return f"{place.entry} {place.params} over {place.dataset}, {place.path}/{place.part}"


def words(data: bytes) -> Floats:
    """Bytes as numbers that are equal if the bytes are: four in each, so that none is a NaN."""
    return np.frombuffer(data + bytes(-len(data) % 4), "<u4").astype(np.float64)


@dataclass
class EntryJob:
    """All cases of one entry."""

    entry: Entry
    case_list: Sequence[Case]
    wheel: Wheel

    def __post_init__(self) -> None:
        self.name = self.entry.id
        self.cases = len(self.case_list)
        self.snapshots = self.wheel.snapshots(self.entry, self.case_list)

    def place(self, key: Key) -> Place:
        """Where a column was computed."""
        case = self.case_list[key.case]
        return Place(self.name, case.options, case.dataset, key.path, key.part, key.output)

    def message(self) -> dict[str, Any]:
        """The cases, each with the wheel's snapshot."""
        cases = [
            {**asdict(case), "snapshot": b64encode(self.snapshots[case.index]).decode()}
            for case in self.case_list
        ]
        return {"kind": "entry", "entry": entry_as_json(self.entry), "cases": cases}

    def run(self) -> Report:
        """All paths on the wheel."""
        return self.wheel.run(self.entry, self.case_list, self.snapshots)

    def laws(self, wheel: Report, result: ParityResult) -> None:
        """Every path gives what the batch gives for the same bars."""
        judge_laws(wheel, result, self.place, lambda key: self._batch(wheel, key))

    def _batch(self, wheel: Report, key: Key) -> Floats | None:
        """What the batch says about the bars that a column covers; None if it covers other bars."""
        case = self.case_list[key.case]
        if key.part == "final":
            prefix = wheel.columns.get(key._replace(path="batch", part="prefix"))
            return prefix if is_last(self.entry, key.output) else None  # only the last bar's events
        if is_last(self.entry, key.output) and key.part != "extend":
            return None  # the bars before the last are not in the batch
        if key.part == "extend":
            start, stop = 0, len(self.wheel.datasets[case.dataset])
        elif key.part in ("update", "own", "right"):
            start, stop = 0, case.walk
        elif key.part == "resumed":
            start, stop = resumes_at(case), case.walk
        else:
            return None
        whole = wheel.columns.get(key._replace(path="batch", part="function"))
        if whole is None:
            return None
        if is_last(self.entry, key.output):
            return whole
        if self.entry.kind == "table":
            bar = wheel.columns[Key(key.case, "batch", "function", "index")]
            return whole[(bar >= start) & (bar < stop)]
        return whole[start:stop]

    def judge(
        self,
        build: str,
        wheel: Report,
        header: dict[str, Any],
        numbers: Floats,
        result: ParityResult,
        tamper: Tamper | None,
    ) -> None:
        """Compares the columns, and resumes the page's snapshots in Python."""
        page = Report.from_page(header, numbers)
        for case in self.case_list:
            snapshot = page.snapshots.get(case.index)
            if snapshot is None:
                result.fail(
                    f"{build}: {self.name} {case.options} over {case.dataset}: no snapshot", self.name
                )
                continue
            for report, own in ((wheel, self.snapshots[case.index]), (page, snapshot)):
                report.columns[Key(case.index, "snapshot", "bytes", "word")] = words(own)
            outputs = tuple(self.entry.outputs)
            with page.attempt(case.index, "snapshot", "returned"):
                resumed = self.wheel.resume(self.entry, case, snapshot)
                page.add(case.index, "snapshot", "returned", outputs, resumed)
            for output in outputs:
                key = Key(case.index, "snapshot", "resumed", output)
                if key in wheel.columns:
                    wheel.columns[key._replace(part="returned")] = wheel.columns[key]
        judge_columns(build, wheel, page, result, self.place, tamper)


@dataclass
class SetsJob:
    """One set of members over all datasets."""

    name: str
    case_list: Sequence[SetCase]
    entries: Sequence[Entry]
    wheel: Wheel

    def __post_init__(self) -> None:
        self.cases = len(self.case_list)

    def place(self, key: Key) -> Place:
        """Where a column was computed; its entry is the member's."""
        case = self.case_list[key.case]
        position, _, output = key.output.partition(".")
        if not position.isdecimal():
            return Place(self.name, case.members, case.dataset, key.path, key.part, key.output)
        member = case.members[int(position)]
        params = {name: value for name, value in member.items() if name != "id"}
        return Place(member["id"], params, case.dataset, key.path, key.part, output)

    def message(self) -> dict[str, Any]:
        """The sets, and the entries they are made of."""
        entries = {entry.id: entry_as_json(entry) for entry in self.entries}
        return {"kind": "sets", "entries": entries, "cases": [asdict(case) for case in self.case_list]}

    def run(self) -> Report:
        """All sets on the wheel."""
        return run_sets(self.wheel.tvf, self.entries, list(self.wheel.datasets.values()), self.case_list)

    def laws(self, wheel: Report, result: ParityResult) -> None:
        """Two threads and single calls give what one thread gives for the set."""
        judge_laws(
            wheel,
            result,
            self.place,
            lambda key: wheel.columns.get(key._replace(part="compute")) if key.part in LAW_PARTS else None,
        )

    def judge(
        self,
        build: str,
        wheel: Report,
        header: dict[str, Any],
        numbers: Floats,
        result: ParityResult,
        tamper: Tamper | None,
    ) -> None:
        """Compares the columns."""
        judge_columns(build, wheel, Report.from_page(header, numbers), result, self.place, tamper)


@dataclass
class MistakesJob:
    """All wrong calls."""

    mistakes: Sequence[Mistake]
    entries: Sequence[Entry]
    tvf: Any
    name: str = "errors"

    def __post_init__(self) -> None:
        self.cases = len(self.mistakes)

    def message(self) -> dict[str, Any]:
        """The calls."""
        entries = {entry.id: entry_as_json(entry) for entry in self.entries}
        calls = [mistake.as_json() for mistake in self.mistakes]
        return {"kind": "mistakes", "entries": entries, "dataset": BARS.name, "mistakes": calls}

    def run(self) -> list[tuple[str, str]]:
        """What the wheel says to each."""
        return answers(self.tvf, self.entries, self.mistakes)

    def laws(self, wheel: Any, result: ParityResult) -> None:
        """None."""

    def judge(
        self,
        build: str,
        wheel: list[tuple[str, str]],
        header: dict[str, Any],
        numbers: Floats,
        result: ParityResult,
        tamper: Tamper | None,
    ) -> None:
        """Compares code and message of each."""
        del numbers, tamper
        for mistake, own, other in zip(self.mistakes, wheel, header["answers"], strict=True):
            result.answered(build, str(mistake), own, (other[0], other[1]))
