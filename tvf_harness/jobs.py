"""The pieces of a parity run: what the page gets, what the wheel says, and how the two are judged."""

from abc import ABC, abstractmethod
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Generic, Protocol, Self, TypeVar

import numpy as np

from tvf_harness.cases import Case, Entry
from tvf_harness.compare import compare
from tvf_harness.digest import Name, digest
from tvf_harness.frame import Floats
from tvf_harness.mistakes import BARS, Mistake, answers
from tvf_harness.records import Key, Report
from tvf_harness.result import ParityResult, Place
from tvf_harness.sets import SetCase, run_sets
from tvf_harness.wheel import Wheel, is_last, resumes_at


@dataclass(frozen=True)
class Flip:
    """A bit that a page changes in what it computed; only for proving that a change is seen."""

    build: str
    params: Any
    dataset: str
    path: str
    part: str
    index: int
    """The value of the first output whose lowest bit changes; of a snapshot, the byte."""


def entry_as_json(entry: Entry) -> dict[str, Any]:
    """What the page has to know of an entry."""
    lists = {"inputs": [str(i) for i in entry.inputs], "outputs": [str(o) for o in entry.outputs]}
    lists["numbers"] = [str(n) for n in entry.numbers]
    return {"id": entry.id, "kind": entry.kind, "rows": entry.rows, **lists}


class Job(Protocol):
    """One piece of work that both hosts do."""

    name: str

    @property
    def cases(self) -> int:
        """How many cases it has."""
        ...

    def message(self, build: str, flip: Flip | None) -> dict[str, Any]:
        """What the page of a build gets."""
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
    ) -> "ColumnsJob[Any] | None":
        """Compares what a build's page sent with what the wheel said; gives what has to be asked again."""
        ...


C = TypeVar("C", Case, SetCase)
LAW_PARTS = ("threads", "single")
"""Parts that only the wheel has."""


def judge_columns(
    build: str,
    wheel: Report,
    page: Report,
    result: ParityResult,
    place: Callable[[Key], Place],
) -> None:
    """Compares every column that both sides have; one that a side owes and does not have is a failure."""
    for key, text in page.failures.items():
        result.fail(f"{build}: {_where(place(key))}: {text}", place(key).entry)
    for key, column in page.columns.items():
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
class ColumnsJob(ABC, Generic[C]):
    """Cases whose columns are compared: by one hash of each case, and value by value where that differs."""

    name: str
    case_list: Sequence[C]
    wheel: Wheel
    values: bool = field(default=False, kw_only=True)
    """Whether the page sends the values themselves."""

    @property
    def cases(self) -> int:
        """How many there are."""
        return len(self.case_list)

    @abstractmethod
    def message(self, build: str, flip: Flip | None) -> dict[str, Any]:
        """What the page of a build gets."""

    @abstractmethod
    def run(self) -> Report:
        """What the wheel says, sealed."""

    @abstractmethod
    def laws(self, wheel: Report, result: ParityResult) -> None:
        """Compares the wheel with itself."""

    @abstractmethod
    def place(self, key: Key) -> Place:
        """Where a column was computed."""

    @abstractmethod
    def options(self, case: C) -> Any:
        """What the case computes."""

    def asked(self, build: str, flip: Flip | None) -> dict[str, Any]:
        """The part of the page's message that says what to answer."""
        found = [
            {"case": case.index, "path": flip.path, "part": flip.part, "index": flip.index}
            for case in self.case_list
            if flip and (flip.build, flip.dataset, flip.params) == (build, case.dataset, self.options(case))
        ]
        return {"values": self.values, "flip": found[0] if found else None}

    def sealed(self, report: Report) -> Report:
        """The wheel's report with a hash of each case, and with how many values that stands for."""
        columns: dict[int, dict[Name, Floats]] = {case.index: {} for case in self.case_list}
        report.sizes = {case.index: Counter() for case in self.case_list}
        for key, column in report.columns.items():
            if key.part not in LAW_PARTS:
                columns[key.case][key.path, key.part, key.output] = column
                report.sizes[key.case][self.place(key).entry, key.path] += len(column)
        for case in report.snapshots:  # one value, however long
            report.sizes[case][self.name, "snapshot"] += 1
        threw = {key.case for key in report.failures}
        report.digests = {
            case: digest(found, report.snapshots.get(case))
            for case, found in columns.items()
            if case not in threw
        }
        return report

    def judge(
        self, build: str, wheel: Report, header: dict[str, Any], numbers: Floats, result: ParityResult
    ) -> "Self | None":
        """Compares hashes, or values where they were asked for; gives the cases whose hashes differ."""
        if self.values:
            self.judge_values(build, wheel, Report.from_page(header, numbers), result)
            return None
        found = dict(header["digests"])
        differ = []
        for case in self.case_list:
            own = wheel.digests.get(case.index)
            if own is not None and own == found.get(case.index):
                result.equal(build, wheel.sizes[case.index])
            else:
                differ.append(case)
        if not differ:
            return None
        again = [replace(case, index=i) for i, case in enumerate(differ)]
        return replace(self, case_list=again, values=True)

    def judge_values(self, build: str, wheel: Report, page: Report, result: ParityResult) -> None:
        """Compares the columns."""
        judge_columns(build, wheel, page, result, self.place)


@dataclass
class EntryJob(ColumnsJob[Case]):
    """All cases of one entry."""

    entry: Entry

    def __post_init__(self) -> None:
        self.snapshots = self.wheel.snapshots(self.entry, self.case_list)

    def place(self, key: Key) -> Place:
        """Where a column was computed."""
        case = self.case_list[key.case]
        return Place(self.name, case.options, case.dataset, key.path, key.part, key.output)

    def options(self, case: Case) -> Any:
        """The parameters."""
        return case.options

    def message(self, build: str, flip: Flip | None) -> dict[str, Any]:
        """The cases, each with the wheel's snapshot."""
        cases = [
            {**asdict(case), "snapshot": b64encode(self.snapshots[case.index]).decode()}
            for case in self.case_list
        ]
        asked = self.asked(build, flip)
        return {"kind": "entry", "entry": entry_as_json(self.entry), "cases": cases, **asked}

    def run(self) -> Report:
        """All paths on the wheel."""
        return self.sealed(self.wheel.run(self.entry, self.case_list, self.snapshots))

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

    def judge_values(self, build: str, wheel: Report, page: Report, result: ParityResult) -> None:
        """Compares the columns, and resumes the page's snapshots in Python."""
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
        judge_columns(build, wheel, page, result, self.place)


@dataclass
class SetsJob(ColumnsJob[SetCase]):
    """One set of members over some datasets."""

    entries: Sequence[Entry]

    def place(self, key: Key) -> Place:
        """Where a column was computed; its entry is the member's."""
        case = self.case_list[key.case]
        position, _, output = key.output.partition(".")
        if not position.isdecimal():
            return Place(self.name, case.members, case.dataset, key.path, key.part, key.output)
        member = case.members[int(position)]
        params = {name: value for name, value in member.items() if name != "id"}
        return Place(member["id"], params, case.dataset, key.path, key.part, output)

    def options(self, case: SetCase) -> Any:
        """The members."""
        return case.members

    def message(self, build: str, flip: Flip | None) -> dict[str, Any]:
        """The sets, and the entries they are made of."""
        entries = {entry.id: entry_as_json(entry) for entry in self.entries}
        cases = [asdict(case) for case in self.case_list]
        return {"kind": "sets", "entries": entries, "cases": cases, **self.asked(build, flip)}

    def run(self) -> Report:
        """All sets on the wheel."""
        bars = list(self.wheel.datasets.values())
        return self.sealed(run_sets(self.wheel.tvf, self.entries, bars, self.case_list))

    def laws(self, wheel: Report, result: ParityResult) -> None:
        """Two threads and single calls give what one thread gives for the set."""
        judge_laws(
            wheel,
            result,
            self.place,
            lambda key: wheel.columns.get(key._replace(part="compute")) if key.part in LAW_PARTS else None,
        )


@dataclass
class MistakesJob:
    """All wrong calls."""

    mistakes: Sequence[Mistake]
    entries: Sequence[Entry]
    tvf: Any
    name: str = "errors"

    @property
    def cases(self) -> int:
        """How many there are."""
        return len(self.mistakes)

    def message(self, build: str, flip: Flip | None) -> dict[str, Any]:
        """The calls."""
        del build, flip
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
    ) -> None:
        """Compares code and message of each."""
        del numbers
        for mistake, own, other in zip(self.mistakes, wheel, header["answers"], strict=True):
            result.answered(build, str(mistake), own, (other[0], other[1]))
