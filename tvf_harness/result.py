"""What a parity run found: counted while it goes on, written as JSON at its end."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tvf_harness.compare import Comparison, bits
from tvf_harness.frame import Floats
from tvf_harness.records import PATHS

KEPT = 50
"""How many mismatches, failures and messages are kept of each kind."""


@dataclass
class Count:
    """Values compared, and how many of them differ."""

    values: int = 0
    mismatches: int = 0

    def add(self, values: int, mismatches: int) -> None:
        """Adds to both."""
        self.values += values
        self.mismatches += mismatches

    def as_json(self) -> dict[str, int]:
        """Both by name."""
        return {"values": self.values, "mismatches": self.mismatches}


@dataclass(frozen=True)
class Place:
    """Where a column was computed."""

    entry: str
    params: Any
    dataset: str
    path: str
    part: str
    output: str


@dataclass
class Build:
    """One wasm build that took part."""

    version: str = ""
    agent: str = ""
    cases: int = 0
    count: Count = field(default_factory=Count)
    max_ulp: int = 0


@dataclass
class ParityResult:
    """The outcome of a run; `ok` only if every bit was equal and every path was walked."""

    builds: dict[str, Build]
    cases: int = 0
    counts: dict[tuple[str, str, str], Count] = field(default_factory=lambda: defaultdict(Count))
    """By entry, path and build."""
    cases_of: Counter[str] = field(default_factory=Counter)
    """Cases by entry."""
    titles: dict[str, str] = field(default_factory=dict)
    first: list[dict[str, Any]] = field(default_factory=list)
    laws: Count = field(default_factory=Count)
    first_broken: list[dict[str, Any]] = field(default_factory=list)
    errors: Count = field(default_factory=Count)
    first_errors: list[dict[str, Any]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    failed: int = 0
    failed_of: Counter[str] = field(default_factory=Counter)
    """Failures by entry."""
    skipped: list[str] = field(default_factory=list)
    """Browsers that did not start."""
    datasets: list[dict[str, Any]] = field(default_factory=list)
    chart: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    """Machine, versions, artifacts."""
    seconds: float = 0.0

    def compared(self, build: str, place: Place, found: Comparison) -> None:
        """Counts one column that the wheel and a browser build computed."""
        self.counts[place.entry, place.path, build].add(found.values, found.mismatches)
        self.builds[build].count.add(found.values, found.mismatches)
        self.builds[build].max_ulp = max(self.builds[build].max_ulp, found.max_ulp)
        self.first += [
            {
                "build": build,
                **vars(place),
                "index": d.index,
                "wheel_bits": None if d.wheel is None else bits(d.wheel),
                "browser_bits": None if d.browser is None else bits(d.browser),
                "wheel": _shown(d.wheel),
                "browser": _shown(d.browser),
                "ulp": d.ulp,
            }
            for d in found.first[: KEPT - len(self.first)]
        ]

    def equal(self, build: str, sizes: Mapping[tuple[str, str], int]) -> None:
        """Counts values, by entry and path, whose hash is the wheel's."""
        for (entry, path), values in sizes.items():
            self.counts[entry, path, build].add(values, 0)
            self.builds[build].count.add(values, 0)

    def held(self, place: Place, found: Comparison) -> None:
        """Counts one column of the wheel that a law compares with the batch."""
        self.laws.add(found.values, found.mismatches)
        self.first_broken += [
            {
                **vars(place),
                "index": d.index,
                "batch_bits": None if d.wheel is None else bits(d.wheel),
                "path_bits": None if d.browser is None else bits(d.browser),
                "ulp": d.ulp,
            }
            for d in found.first[: KEPT - len(self.first_broken)]
        ]

    def answered(self, build: str, call: str, wheel: tuple[str, str], browser: tuple[str, str]) -> None:
        """Counts one wrong call and what each side said."""
        same = tuple(wheel) == tuple(browser)
        self.errors.add(1, 0 if same else 1)
        if not same and len(self.first_errors) < KEPT:
            sides = {"wheel": list(wheel), "browser": list(browser)}
            self.first_errors.append({"build": build, "call": call, **sides})

    def fail(self, text: str, entry: str = "") -> None:
        """Notes something that was thrown, or is missing."""
        self.failed += 1
        self.failed_of[entry] += 1
        if len(self.failures) < KEPT:
            self.failures.append(text)

    @property
    def values(self) -> int:
        """Values compared between the wheel and the builds."""
        return sum(build.count.values for build in self.builds.values())

    @property
    def mismatches(self) -> int:
        """Values that differ."""
        return sum(build.count.mismatches for build in self.builds.values())

    @property
    def max_ulp(self) -> int:
        """The largest distance between two numbers that differ (a NaN against a number has none)."""
        return max((build.max_ulp for build in self.builds.values()), default=0)

    @property
    def paths(self) -> dict[str, int]:
        """Values compared by each path."""
        total: Counter[str] = Counter(dict.fromkeys(PATHS, 0))
        for (_, path, _), count in self.counts.items():
            total[path] += count.values
        return dict(total)

    @property
    def problems(self) -> list[str]:
        """Everything that keeps the result from being good, a line each."""
        empty = [path for path, values in self.paths.items() if not values]
        bare = [
            f"{entry} by {path} in {build}"
            for entry in self.cases_of
            for path in PATHS
            for build in self.builds
            if path not in empty and not self.counts.get((entry, path, build), Count()).values
        ]
        laws, errors = self.laws.mismatches, self.errors.mismatches
        lines = {
            f"values that differ between wheel and browser: {self.mismatches:,}": self.mismatches,
            f"values of the wheel that differ from its own batch: {laws:,}": laws,
            f"error messages that differ: {errors}": errors,
            f"calls that failed and must work: {self.failed}": self.failed,
            f"paths by which nothing was compared: {', '.join(empty)}": empty,
            f"entries of which nothing was compared: {', '.join(bare)}": bare,
        }
        return [line for line, wrong in lines.items() if wrong]

    @property
    def ok(self) -> bool:
        """Whether all of it is equal."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """The report, as `reports/parity.json` has it."""
        return {
            "ok": self.ok,
            "problems": self.problems,
            "cases": self.cases,
            "values": self.values,
            "mismatches": self.mismatches,
            "max_ulp": self.max_ulp,
            "browser": self.about.get("browser", ""),
            "skipped": self.skipped,
            "builds": {
                name: {
                    "version": build.version,
                    "cases": build.cases,
                    **build.count.as_json(),
                    "max_ulp": build.max_ulp,
                }
                for name, build in self.builds.items()
            },
            "paths": self.paths,
            "laws": self.laws.as_json(),
            "errors": {"compared": self.errors.values, "mismatches": self.errors.mismatches},
            "first_mismatches": self.first,
            "first_broken_laws": self.first_broken,
            "first_errors": self.first_errors,
            "failures": self.failures,
            "entries": [self._entry(name) for name in self.cases_of],
            "datasets": self.datasets,
            "seconds": round(self.seconds, 1),
            **self.about,
            "chart": self.chart,
        }

    def _entry(self, name: str) -> dict[str, Any]:
        paths: dict[str, dict[str, dict[str, int]]] = {}
        for (entry, path, build), count in self.counts.items():
            if entry == name:
                paths.setdefault(path, {})[build] = count.as_json()
        return {
            "id": name,
            "title": self.titles.get(name, name),
            "cases": self.cases_of[name],
            "failed": self.failed_of[name],
            "paths": paths,
        }


def _shown(value: float | None) -> str | None:
    return None if value is None else repr(value)


def columns_as_json(columns: Mapping[str, Floats]) -> dict[str, list[float | None]]:
    """Columns for a chart; NaN becomes null."""
    return {name: [None if v != v else v for v in column.tolist()] for name, column in columns.items()}
