"""Times the wheel, the wasm builds and JavaScript on the same bars; believes no time without parity."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue
from typing import Any

import numpy as np

from tvf_harness.artifacts import Package, check_pair, wheel_about
from tvf_harness.browser import Tab, launch, open_tab
from tvf_harness.cases import Entry, Options
from tvf_harness.compare import differing
from tvf_harness.datasets import COLUMNS, MINUTE, Bars, random_walk
from tvf_harness.errors import HarnessError
from tvf_harness.frame import Floats, pack, unpack
from tvf_harness.machine import machine, versions
from tvf_harness.parity import BUILDS, PAGE, chosen
from tvf_harness.progress import Progress, silent
from tvf_harness.server import Endpoint, Reply, Server
from tvf_harness.wheel import columns_of, load, outputs_of

DEFAULT_BARS = 100_000
DEFAULT_ROUNDS = 15
SAMPLE_MS = 4.0
"""Each sample lasts at least this long: runs too short for the clock are timed together."""
TOLERANCE = 1e-9
"""How far JavaScript may be from the wheel, relative to the values' size."""
APP_ROUNDS = 5
JAVASCRIPT = ("plain", "tuned", "app")

VARIANTS: dict[str, list[Options]] = {
    "vwap": [{}, {"anchor": "none"}],
    "rvol": [{}, {"by": "time_of_day"}],
}
"""Entries that are timed with more than the default parameters."""


@dataclass(frozen=True)
class Job:
    """One entry with one set of parameters."""

    name: str
    entry: Entry
    options: Options

    def as_json(self) -> dict[str, Any]:
        """Its form for the page: the member for wasm, every parameter by name for JavaScript."""
        defaults = {p.name: p.default for p in self.entry.params}
        return {
            "name": self.name,
            "id": self.entry.id,
            "table": self.entry.kind == "table",
            "outputs": [str(output) for output in self.entry.outputs],
            "params": {**defaults, **self.options},
            "member": {"id": self.entry.id, **self.options},
        }


@dataclass
class Timing:
    """All samples of one contender for one job, in milliseconds a run."""

    samples: list[float] = field(default_factory=list)

    def as_json(self, bars: int) -> dict[str, Any]:
        """Median and spread in nanoseconds a bar, and the raw samples."""
        per_bar = np.array(self.samples) * 1e6 / bars
        low, middle, high = np.percentile(per_bar, (25, 50, 75))
        return {
            "median": round(float(middle), 3),
            "min": round(float(per_bar.min()), 3),
            "p25": round(float(low), 3),
            "p75": round(float(high), 3),
            "samples_ms": [round(s, 4) for s in self.samples],
        }


@dataclass
class SpeedResult:
    """What was measured; times are nanoseconds a bar."""

    bars: int
    rounds: int
    timings: dict[tuple[str, str], Timing]
    """By job and contender."""
    moves: dict[str, Timing]
    """Copying in (all columns) and out (one column), by build."""
    about: dict[str, Any]
    seconds: float = 0.0

    def median(self, job: str, contender: str) -> float | None:
        """Nanoseconds a bar, if the contender took part."""
        timing = self.timings.get((job, contender))
        return None if timing is None else float(np.median(timing.samples)) * 1e6 / self.bars

    def as_json(self) -> dict[str, Any]:
        """The report, as `reports/speed.json` has it."""
        jobs: dict[str, dict[str, Any]] = {}
        for (job, contender), timing in self.timings.items():
            jobs.setdefault(job, {})[contender] = timing.as_json(self.bars)
        return {
            "bars": self.bars,
            "rounds": self.rounds,
            "unit": "nanoseconds per bar",
            "entries": [
                {"name": name, "contenders": found, "ratios": ratios(found)} for name, found in jobs.items()
            ],
            "copies": {name: timing.as_json(self.bars) for name, timing in self.moves.items()},
            "seconds": round(self.seconds, 1),
            **self.about,
        }


def ratios(contenders: dict[str, dict[str, Any]]) -> dict[str, float]:
    """How many times faster than plain JavaScript each contender is."""
    if "plain" not in contenders:
        return {}
    base = contenders["plain"]["median"]
    return {name: round(base / found["median"], 3) for name, found in contenders.items() if found["median"]}


def jobs_of(entries: Sequence[Entry]) -> list[Job]:
    """What gets timed."""
    return [
        Job(" ".join([entry.id, *map(str, options.values())]), entry, options)
        for entry in entries
        for options in VARIANTS.get(entry.id, [{}])
    ]


@dataclass
class Arena:
    """The wheel and the pages with the bars in them."""

    tvf: Any
    bars: Bars
    tabs: dict[str, Tab]
    shown: "dict[str, Queue[bytes]]"
    browser: str

    def wheel(self, job: Job) -> Callable[[], Any]:
        """The wheel's part of a job."""
        compute, columns = getattr(self.tvf, job.entry.id), columns_of(job.entry, self.bars)
        return lambda: compute(*columns, **job.options)

    def show(self, build: str, contender: str, job: Job) -> list[Floats]:
        """What a contender in a page computes."""
        self.tabs[build].page.evaluate("([c, j]) => speed.show(c, j)", [contender, job.as_json()])
        header, numbers = unpack(self.tabs[build].take(self.shown[build], 60, "result"))
        return np.split(numbers, np.cumsum(header["lengths"])[:-1])

    def sample(self, build: str, contender: str, job: Job) -> float:
        """One sample of a contender in a page."""
        arguments = [contender, job.as_json(), SAMPLE_MS]
        return self.tabs[build].page.evaluate("([c, j, ms]) => speed.sample(c, j, ms)", arguments)

    def has(self, build: str, contender: str, job: Job) -> bool:
        """Whether a contender knows the job."""
        return self.tabs[build].page.evaluate("([c, j]) => speed.has(c, j)", [contender, job.as_json()])


@contextmanager
def open_arena(
    package: Package,
    bars: Bars,
    builds: Sequence[str] = BUILDS,
    browser: str = "chromium",
    browser_path: str | None = None,
) -> Iterator[Arena]:
    """Starts a browser with a page for each build, and puts the bars into them."""
    tvf = load()
    check_pair(tvf, package)
    frame = pack({"bars": len(bars), "columns": list(COLUMNS)}, [bars.columns[name] for name in COLUMNS])
    shown: dict[str, Queue[bytes]] = {build: Queue() for build in builds}
    endpoints: dict[str, Endpoint] = {"/api/bars": lambda _: Reply(frame)}
    for build, queue in shown.items():
        endpoints[f"/api/shown/{build}"] = lambda body, queue=queue: Reply(queue.put(body) or b"")
    with (
        Server({"/pkg/": package.folder, "/page/": PAGE}, endpoints) as server,
        launch(browser, browser_path) as running,
    ):
        tabs = {build: open_tab(running, f"{server.url}/page/speed.html?build={build}") for build in builds}
        for tab in tabs.values():
            tab.ready("globalThis.speed !== undefined")
        yield Arena(tvf, bars, tabs, shown, f"{browser} {running.version}")


def _wheel_sample(run: Callable[[], Any], repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        run()
    return (time.perf_counter() - start) * 1e3 / repeats


def assert_parity(arena: Arena, jobs: Sequence[Job], contenders: Sequence[str]) -> None:
    """Stops unless wasm equals the wheel to the bit, and JavaScript within the tolerance."""
    first = next(iter(arena.tabs))
    for job in jobs:
        # The numbers beside a table are compared by the parity of both builds.
        expected = outputs_of(job.entry, arena.wheel(job)())[: len(job.entry.outputs)]
        for build in arena.tabs:
            for output, own, other in zip(
                job.entry.outputs, expected, arena.show(build, "copied", job), strict=True
            ):
                if len(own) != len(other) or len(differing(own, other)):
                    raise HarnessError(
                        f"{job.name}.{output}: {build} differs from the wheel",
                        "see `python -m tvf_harness parity`",
                    )
        for contender in contenders:
            if not arena.has(first, contender, job):
                continue
            for output, own, other in zip(
                job.entry.outputs, expected, arena.show(first, contender, job), strict=True
            ):
                if not close(own, other):
                    raise HarnessError(
                        f"{job.name}.{output}: {contender} JavaScript computes something else than the wheel",
                        f"see page/{contender}.js",
                    )


def close(expected: Floats, found: Floats, tolerance: float = TOLERANCE) -> bool:
    """Whether two columns have NaN at the same places and are within the tolerance times their size."""
    if len(expected) != len(found) or not np.array_equal(np.isnan(expected), np.isnan(found)):
        return False
    finite = ~np.isnan(expected)
    if not finite.any():
        return True
    size = np.abs(expected[finite]).max()
    return bool((np.abs(expected[finite] - found[finite]) <= tolerance * size).all())


def run_speed(
    package: Package,
    *,
    browser: str = "chromium",
    browser_path: str | None = None,
    indicators: Sequence[str] | None = None,
    bars: int = DEFAULT_BARS,
    builds: Sequence[str] = BUILDS,
    rounds: int = DEFAULT_ROUNDS,
    progress: Progress = silent,
) -> SpeedResult:
    """Times every entry (all for None) over a random walk of minute bars, in rounds of all contenders."""
    began = time.monotonic()
    walk = random_walk(bars, seed=7, step=MINUTE)
    with open_arena(package, walk, builds, browser, browser_path) as arena:
        jobs = jobs_of(chosen(arena.tvf, indicators))
        progress(0, rounds + 1, "comparing values first")
        assert_parity(arena, jobs, JAVASCRIPT)
        timings, moves = _rounds(arena, jobs, rounds, progress)
    about = {
        "browser": arena.browser,
        "wheel": wheel_about(arena.tvf),
        "package": {"version": package.version, "tarball": package.tarball, "sha256": package.sha256},
        "machine": machine(),
        "versions": versions(),
    }
    progress(rounds + 1, rounds + 1, "done")
    return SpeedResult(bars, rounds, timings, moves, about, time.monotonic() - began)


def _rounds(
    arena: Arena, jobs: Sequence[Job], rounds: int, progress: Progress
) -> tuple[dict[tuple[str, str], Timing], dict[str, Timing]]:
    """One sample of everything a round. The first round warms up and is not kept."""
    first = next(iter(arena.tabs))
    timings: dict[tuple[str, str], Timing] = {}
    moves: dict[str, Timing] = {}
    wheel = {job.name: arena.wheel(job) for job in jobs}
    repeats = {
        name: max(1, round(SAMPLE_MS / max(_wheel_sample(run, 3), 1e-4))) for name, run in wheel.items()
    }
    pages = [(f"{build} {kind}", build, kind) for build in arena.tabs for kind in ("resident", "copied")]
    pages += [(kind, first, kind) for kind in JAVASCRIPT]
    for turn in range(rounds + 1):
        progress(turn, rounds + 1, f"round {turn} of {rounds}")
        kept = turn > 0
        for job in jobs:
            sample = _wheel_sample(wheel[job.name], repeats[job.name])
            if kept:
                timings.setdefault((job.name, "wheel"), Timing()).samples.append(sample)
            for name, build, kind in pages:
                if (kind == "app" and turn > APP_ROUNDS) or not arena.has(build, kind, job):
                    continue
                sample = arena.sample(build, kind, job)
                if kept:
                    timings.setdefault((job.name, name), Timing()).samples.append(sample)
        for build in arena.tabs:
            for kind in ("load", "take"):
                sample = arena.sample(build, kind, jobs[0])
                if kept:
                    moves.setdefault(f"{build} {kind}", Timing()).samples.append(sample)
    return timings, moves
