"""What a host reports for a case: columns of numbers under a key that is the same on both hosts."""

import base64
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from tvf_harness.frame import Floats

PATHS = ("batch", "split", "stream", "peek", "replace", "set", "snapshot")


class Key(NamedTuple):
    """Where a column comes from: the case of the job, the path, the part of that path, and the output."""

    case: int
    path: str
    part: str
    output: str


@dataclass
class Report:
    """All that one host says about one job."""

    columns: dict[Key, Floats] = field(default_factory=dict)
    failures: dict[Key, str] = field(default_factory=dict)
    """What was thrown where a value was due."""
    snapshots: dict[int, bytes] = field(default_factory=dict)
    """The bytes each case's stream gave, by case."""
    digests: dict[int, str] = field(default_factory=dict)
    """The hash of all that was said about a case, by case."""
    sizes: dict[int, Counter[tuple[str, str]]] = field(default_factory=dict)
    """How many values that were, by case, then by entry and path."""

    def add(self, case: int, path: str, part: str, outputs: tuple[str, ...], columns: Any) -> None:
        """Keeps the columns of one part, in the order of the outputs."""
        for output, column in zip(outputs, columns, strict=True):
            self.columns[Key(case, path, part, output)] = np.ascontiguousarray(column, np.float64)

    @contextmanager
    def attempt(self, case: int, path: str, part: str) -> Iterator[None]:
        """Runs one part; what it throws is reported, and the next part still runs."""
        try:
            yield
        except Exception as error:
            self.failures[Key(case, path, part, "")] = f"{type(error).__name__}: {error}"

    def failed(self, key: Key) -> bool:
        """Whether the column is missing because something was thrown."""
        return any(f.case == key.case and f.path == key.path for f in self.failures)

    @classmethod
    def from_page(cls, header: dict[str, Any], numbers: Floats) -> "Report":
        """Reads what `page/job.js` packed."""
        report = cls()
        start = 0
        for case, path, part, output, length in header["columns"]:
            report.columns[Key(case, path, part, output)] = numbers[start : start + length]
            start += length
        for case, path, part, message in header["failures"]:
            report.failures[Key(case, path, part, "")] = message
        for case, text in header["snapshots"]:
            report.snapshots[case] = base64.b64decode(text)
        return report
