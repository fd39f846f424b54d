"""Times the wheel, the wasm builds and JavaScript on the same bars; believes no time without parity.

Each entry of the catalog, and a chart's sixteen indicators in one call; for wasm getting the data in,
computing, and getting the results out, each by itself.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
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
from tvf_harness.race import PEERS
from tvf_harness.server import Endpoint, Reply, Server
from tvf_harness.sets import computed
from tvf_harness.wheel import columns_of, load, outputs_of

DEFAULT_BARS = (5_000, 50_000, 500_000)
DEFAULT_ROUNDS = 5
SAMPLE_MS = 4.0
"""Each sample lasts at least this long: runs too short for the clock are timed together."""
TOLERANCE = 1e-9
"""How far JavaScript may be from the wheel, relative to the values' size."""
COMPARED = 50_000
"""The most bars whose values are compared: longer series go through the same code."""
LONG_MS, LONGEST_MS = 100.0, 3_000.0
"""A contender that takes longer is timed once; one that would take longer still is not timed."""
GAIN = 1.3
"""How many times faster the set is to be with wide registers."""
JAVASCRIPT = ("plain", "tuned", "app")
PARTS = ("in", "compute", "out", "copied")
"""What is timed of the first build: the data in, computing, the results out, the last two in one call."""

VARIANTS: dict[str, list[Options]] = {
    "vwap": [{}, {"anchor": "none"}],
    "rvol": [{}, {"by": "time_of_day"}],
}
"""Entries that are timed with more than the default parameters."""


@dataclass(frozen=True)
class Job:
    """Entries, each with a set of parameters: one, or a chart's."""

    name: str
    members: tuple[tuple[Entry, Options], ...]

    @classmethod
    def of(cls, name: str, entry: Entry, options: Options) -> "Job":
        """One entry."""
        return cls(name, ((entry, options),))

    @property
    def single(self) -> bool:
        """Whether it is one entry by itself."""
        return len(self.members) == 1

    def as_json(self) -> dict[str, Any]:
        """Its form for the page: members for wasm, every parameter by name for JavaScript."""
        inputs = {
            "close" if name == "source" else str(name) for entry, _ in self.members for name in entry.inputs
        }
        return {
            "name": self.name,
            "inputs": sorted(inputs),
            "members": [
                {
                    "id": entry.id,
                    "table": entry.kind == "table",
                    "outputs": [str(output) for output in entry.outputs],
                    "params": {**{p.name: p.default for p in entry.params}, **options},
                    "member": {"id": entry.id, **options},
                }
                for entry, options in self.members
            ],
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

    rounds: int
    sizes: dict[int, dict[tuple[str, str], Timing]]
    """By bars, then by job and contender."""
    about: dict[str, Any]
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The report, as `reports/speed.json` has it."""
        sizes = [{"bars": bars, "entries": _entries(bars, found)} for bars, found in self.sizes.items()]
        return {
            "rounds": self.rounds,
            "unit": "nanoseconds per bar",
            "sizes": sizes,
            "targets": [_gain_of_simd(size) for size in sizes],
            "seconds": round(self.seconds, 1),
            **self.about,
        }


def _entries(bars: int, timings: dict[tuple[str, str], Timing]) -> list[dict[str, Any]]:
    jobs: dict[str, dict[str, Any]] = {}
    for (job, contender), timing in timings.items():
        jobs.setdefault(job, {})[contender] = timing.as_json(bars)
    return [{"name": name, "contenders": found, "ratios": ratios(found)} for name, found in jobs.items()]


def _gain_of_simd(size: dict[str, Any]) -> dict[str, Any]:
    """What the project wants of the build with wide registers."""
    sets = [entry["contenders"] for entry in size["entries"] if entry["name"].startswith("set of ")]
    least = {name: found["min"] for name, found in (sets[0] if sets else {}).items()}
    simd, baseline = least.get("simd compute"), least.get("baseline compute")
    value = baseline / simd if simd and baseline else None
    return {
        "what": f"set, {size['bars']:,} bars, computing: the baseline build's time / simd's",
        "unit": "x",
        "bound": GAIN,
        "value": value,
        "reached": None if value is None else value >= GAIN,
        "at_least": True,
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
        Job.of(" ".join([entry.id, *map(str, options.values())]), entry, options)
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

    @property
    def first(self) -> str:
        """The build whose page has JavaScript, too."""
        return next(iter(self.tabs))

    def chart(self) -> Job:
        """A chart's indicators, as page/race.js has them."""
        members = self.tabs[self.first].page.evaluate("import('/page/race.js').then((m) => m.SET)")
        catalog = {entry.id: entry for entry in self.tvf.catalog()}
        pairs = [(catalog[member.pop("id")], member) for member in members]
        return Job(f"set of {len(pairs)}", tuple(pairs))

    def packages(self) -> list[str]:
        """The packages of npm that take part."""
        return self.tabs[self.first].page.evaluate("speed.packages()")

    def forget(self) -> None:
        """Frees what the pages keep of the last job."""
        for tab in self.tabs.values():
            tab.page.evaluate("speed.forget()")

    def wheel(self, job: Job) -> Callable[[], Any]:
        """The wheel's part of a job."""
        if not job.single:
            members = [(entry.id, options) for entry, options in job.members]
            return lambda: self.tvf.compute(self.bars.columns, members, threads=1)
        [(entry, options)] = job.members
        compute, columns = getattr(self.tvf, entry.id), columns_of(entry, self.bars)
        return lambda: compute(*columns, **options)

    def expected(self, job: Job) -> list[Floats]:
        """What the wheel computes: every output, without the numbers beside a table."""
        if not job.single:
            members = [(entry.id, options) for entry, options in job.members]
            entries = [entry for entry, _ in job.members]
            return [c for found in computed(self.tvf, self.bars, members, entries, threads=1) for c in found]
        [(entry, _)] = job.members
        return outputs_of(entry, self.wheel(job)())[: len(entry.outputs)]

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
    peers: Path = PEERS,
) -> Iterator[Arena]:
    """Starts a browser with a page for each build, and puts the bars into them.

    The first page gets JavaScript's contenders, and packages of npm if they are in `peers`."""
    tvf = load()
    check_pair(tvf, package)
    frame = pack({"bars": len(bars), "columns": list(COLUMNS)}, [bars.columns[name] for name in COLUMNS])
    shown: dict[str, Queue[bytes]] = {build: Queue() for build in builds}
    endpoints: dict[str, Endpoint] = {"/api/bars": lambda _: Reply(frame)}
    for build, queue in shown.items():
        endpoints[f"/api/shown/{build}"] = lambda body, queue=queue: Reply(queue.put(body) or b"")
    folders = {"/pkg/": package.folder, "/page/": PAGE}
    if has_peers := (peers / "dist/peers.js").is_file():
        folders["/peers/"] = peers / "dist"
    with Server(folders, endpoints) as server, launch(browser, browser_path) as running:
        tabs = {}
        for number, build in enumerate(builds):
            query = f"build={build}{'&peers' if has_peers and number == 0 else ''}"
            tabs[build] = open_tab(running, f"{server.url}/page/speed.html?{query}")
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
    for job in jobs:
        expected = arena.expected(job)
        outputs = [f"{job.name}.{entry.id}.{output}" for entry, _ in job.members for output in entry.outputs]
        for build in arena.tabs:
            for output, own, other in zip(outputs, expected, arena.show(build, "copied", job), strict=True):
                if len(own) != len(other) or len(differing(own, other)):
                    raise HarnessError(
                        f"{output}: {build} differs from the wheel", "see `python -m tvf_harness parity`"
                    )
        for contender in contenders:
            if not arena.has(arena.first, contender, job):
                continue
            found = arena.show(arena.first, contender, job)
            for output, own, other in zip(outputs, expected, found, strict=True):
                if not close(own, other):
                    raise HarnessError(
                        f"{output}: {contender} JavaScript computes something else than the wheel",
                        f"see page/{contender}.js",
                    )
        arena.forget()


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
    bars: Sequence[int] = DEFAULT_BARS,
    builds: Sequence[str] = BUILDS,
    rounds: int = DEFAULT_ROUNDS,
    peers: Path = PEERS,
    progress: Progress = silent,
) -> SpeedResult:
    """Times every entry over random walks of minute bars, from few `bars` to many.

    All contenders take turns. Unless `indicators` are named, a chart's set is timed, too."""
    began = time.monotonic()
    sizes: dict[int, dict[tuple[str, str], Timing]] = {}
    about: dict[str, Any] = {}
    for number, count in enumerate(sorted(bars)):
        walk = random_walk(count, seed=7, step=MINUTE)
        with open_arena(package, walk, builds, browser, browser_path, peers) as arena:
            jobs = jobs_of(chosen(arena.tvf, indicators))
            if indicators is None:
                jobs.append(arena.chart())
            predicted = _predicted(sizes, count)
            sizes[count] = {}
            for done, job in enumerate(jobs):
                progress(number * len(jobs) + done, len(bars) * len(jobs), f"{job.name}, {count:,} bars")
                if count <= COMPARED:
                    assert_parity(arena, [job], JAVASCRIPT)
                for contender, timing in _rounds(arena, job, rounds, predicted).items():
                    sizes[count][job.name, contender] = timing
            about = {
                "browser": arena.browser,
                "wheel": wheel_about(arena.tvf),
                "package": {"version": package.version, "tarball": package.tarball, "sha256": package.sha256},
                "machine": machine(),
                "versions": versions(),
            }
    progress(1, 1, "done")
    return SpeedResult(rounds, sizes, about, time.monotonic() - began)


def _predicted(sizes: dict[int, dict[tuple[str, str], Timing]], bars: int) -> dict[tuple[str, str], float]:
    """Milliseconds that each contender will take at least, from what it took on fewer bars."""
    if not sizes:
        return {}
    most = max(sizes)
    return {key: min(timing.samples) * bars / most for key, timing in sizes[most].items()}


def _rounds(
    arena: Arena, job: Job, rounds: int, predicted: dict[tuple[str, str], float]
) -> dict[str, Timing]:
    """One sample of each contender a round. The first warms up and is kept only of who takes long."""
    run = arena.wheel(job)
    repeats = max(1, round(SAMPLE_MS / max(_wheel_sample(run, 3), 1e-4)))
    pages = [(f"{arena.first} {part}", arena.first, part) for part in PARTS]
    for build in list(arena.tabs)[1:]:
        pages += [(f"{build} {part}", build, part) for part in (PARTS if not job.single else ("compute",))]
    pages += [(kind, arena.first, kind) for kind in (*JAVASCRIPT, *arena.packages())]
    pages = [
        page
        for page in pages
        if predicted.get((job.name, page[0]), 0.0) < LONGEST_MS and arena.has(page[1], page[2], job)
    ]
    timings = {"wheel": Timing(), **{name: Timing() for name, _, _ in pages}}
    for turn in range(rounds + 1):
        sample = _wheel_sample(run, repeats)
        if turn > 0:
            timings["wheel"].samples.append(sample)
        for name, build, kind in pages:
            samples = timings[name].samples
            if samples and samples[0] > LONG_MS:
                continue
            sample = arena.sample(build, kind, job)
            if turn > 0 or sample > LONG_MS:
                samples.append(sample)
    arena.forget()
    return timings
