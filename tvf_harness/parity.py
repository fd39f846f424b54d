"""Runs wheel and browser builds over the same cases and compares every bit."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from typing import Any, TypeVar

from tvf_harness.artifacts import Package, check_pair, wheel_about
from tvf_harness.browser import Tab, driver, open_tab, start
from tvf_harness.cases import Entry, cases_of
from tvf_harness.datasets import COLUMNS, WALK, Bars, datasets
from tvf_harness.errors import HarnessError
from tvf_harness.frame import Floats, pack, unpack
from tvf_harness.jobs import ColumnsJob, EntryJob, Flip, Job, MistakesJob, SetsJob
from tvf_harness.machine import machine, versions
from tvf_harness.mistakes import BARS, mistakes_of
from tvf_harness.progress import Progress, silent
from tvf_harness.records import Report
from tvf_harness.result import Build, ParityResult, columns_as_json
from tvf_harness.server import Endpoint, Reply, Server
from tvf_harness.sets import SetCase, sets_of
from tvf_harness.wheel import Wheel, load

T = TypeVar("T")
PAGE = Path(__file__).parent / "page"
BUILDS = ("simd", "baseline", "threads", "memory64")
PATIENCE = 600.0
"""Seconds that a page may take for one job."""
CHART_BARS = 260


@dataclass
class Channel:
    """What one page is told, and what it tells."""

    jobs: "Queue[bytes]" = field(default_factory=Queue)
    hello: "Queue[dict[str, Any]]" = field(default_factory=Queue)
    results: "Queue[bytes]" = field(default_factory=Queue)

    def endpoints(self, lane: int) -> dict[str, Endpoint]:
        """The paths under which the page finds it."""

        def keep(queue: "Queue[Any]", read: Callable[[bytes], Any]) -> Endpoint:
            def endpoint(body: bytes) -> Reply:
                queue.put(read(body))
                return Reply()

            return endpoint

        return {
            f"/api/{lane}/job": lambda _: Reply(self.jobs.get()),
            f"/api/{lane}/hello": keep(self.hello, json.loads),
            f"/api/{lane}/result": keep(self.results, bytearray),
        }


def datasets_frame(bars: Sequence[Bars]) -> bytes:
    """All columns in one frame."""
    header = [[b.name, len(b), list(COLUMNS)] for b in bars]
    return pack(header, [b.columns[name] for b in bars for name in COLUMNS])


def chosen(tvf: Any, indicators: Sequence[str] | None) -> list[Entry]:
    """The catalog's entries of these ids, all of them for None."""
    catalog = {entry.id: entry for entry in tvf.catalog()}
    unknown = [name for name in indicators or () if name not in catalog]
    if unknown:
        raise HarnessError(f"the catalog has no {', '.join(unknown)}", f"choose among {', '.join(catalog)}")
    return [catalog[name] for name in indicators or catalog]


@dataclass(frozen=True)
class Lane:
    """A build in a browser: it has a page of its own."""

    build: str
    browser: str
    name: str
    """The build, and the browser where there are several."""


def lanes_of(builds: Sequence[str], browsers: Sequence[str]) -> list[Lane]:
    """Every build in every browser."""
    several = len(browsers) > 1
    return [
        Lane(build, browser, f"{browser} {build}" if several else build)
        for browser in browsers
        for build in builds
    ]


def run_parity(
    package: Package,
    *,
    browser: str | Sequence[str] = "chromium",
    browser_path: str | None = None,
    indicators: Sequence[str] | None = None,
    bars: int | None = None,
    builds: Sequence[str] = BUILDS,
    seed: int = 0,
    walk: int = WALK,
    progress: Progress = silent,
    values: bool = False,
    flip: Flip | None = None,
) -> ParityResult:
    """Compares the installed wheel with the builds of an npm package in browsers.

    `browser` names one or several, which share the wheel's answers. The first must start; another that does
    not is left out, which the result's `skipped` tells. `indicators` are ids of the catalog, all for None;
    `bars` caps the length of each dataset; `seed` changes the synthetic bars, the random parameters and the
    splits; `walk` is the length of the random walk. Pages send a hash of each case, and values where that
    differs; with `values` they send all. The result says whether all is equal: see
    `ParityResult.ok` and `.problems`.
    """
    began = time.monotonic()
    browsers = [browser] if isinstance(browser, str) else list(browser)
    tvf = load()
    check_pair(tvf, package)
    entries = chosen(tvf, indicators)
    data = [b.head(bars) for b in datasets(seed, walk)]
    wheel = Wheel(tvf, data)
    endpoints: dict[str, Endpoint] = {"/api/datasets": lambda _: Reply(datasets_frame([*data, BARS]))}

    with ExitStack() as stack:
        running: dict[str, Any] = {}
        skipped: list[str] = []
        playwright = stack.enter_context(driver())
        for name in browsers:
            try:
                running[name] = stack.enter_context(start(playwright, name, browser_path))
            except HarnessError as error:
                if not running:
                    raise
                skipped.append(str(error))
        lanes = lanes_of(builds, list(running))
        channels = {lane.name: Channel() for lane in lanes}
        for number, channel in enumerate(channels.values()):
            endpoints |= channel.endpoints(number)
        server = stack.enter_context(Server({"/pkg/": package.folder, "/page/": PAGE}, endpoints))

        result = ParityResult({lane.name: Build() for lane in lanes})
        result.skipped = skipped
        result.titles = {entry.id: entry.title for entry in entries}
        result.datasets = [{"name": b.name, "about": b.about, "bars": len(b)} for b in data]
        result.about = {
            "browser": ", ".join(f"{name} {found.version}" for name, found in running.items()),
            "wheel": wheel_about(tvf),
            "package": {"version": package.version, "tarball": package.tarball, "sha256": package.sha256},
            "machine": machine(),
            "versions": versions(),
            "seed": seed,
        }
        page = f"{server.url}/page/parity.html"
        tabs = {
            lane.name: open_tab(running[lane.browser], f"{page}?build={lane.build}&lane={number}")
            for number, lane in enumerate(lanes)
        }
        for lane in lanes:
            _greet(lane, tabs[lane.name].take(channels[lane.name].hello, 120, "greeting"), tvf, result)
        _work(
            list(jobs_of(wheel, entries, data, seed, values=values)), channels, tabs, result, progress, flip
        )
        for channel in channels.values():
            channel.jobs.put(pack({"kind": "done"}))
    result.about["finished"] = datetime.now(UTC).isoformat(timespec="seconds")
    result.seconds = time.monotonic() - began
    return result


def jobs_of(
    wheel: Wheel, entries: Sequence[Entry], data: Sequence[Bars], seed: int, *, values: bool = False
) -> Iterator[Job]:
    """The work, in order."""
    length = {bars.name: len(bars) for bars in data}
    for entry in entries:
        cases = cases_of(entry, data, seed)
        width = len(entry.outputs)
        for some in _portions(cases, lambda case, width=width: length[case.dataset] * width, MOST_OF_ENTRY):
            yield EntryJob(
                entry.id, [replace(case, index=i) for i, case in enumerate(some)], wheel, entry, values=values
            )
    for number, members in enumerate(sets_of(entries)):
        drawn = data[:1] if number == 0 else []  # the report draws what both sides computed there
        parts = _portions(
            data[len(drawn) :], lambda bars, members=members: len(bars) * len(members), MOST_OF_SETS
        )
        for some in filter(None, (drawn, *parts)):
            cases = [SetCase(i, members, bars.name) for i, bars in enumerate(some)]
            yield SetsJob(f"set of {len(members)}", cases, wheel, entries, values=values or some is drawn)
    yield MistakesJob(mistakes_of(wheel.tvf, entries), entries, wheel.tvf)


# Playwright keeps what a page posts as a single text of at most 512 MB: what differs is sent value by value.
MOST_OF_ENTRY = 500_000
"""Bars times outputs in one answer about an entry, which has each of them by every path."""
MOST_OF_SETS = 150_000
"""Bars times members in one answer about sets."""


def _portions(items: Iterable[T], size: Callable[[T], int], most: int) -> Iterator[list[T]]:
    """The items, so many together that the answers of a page stay small enough."""
    together: list[T] = []
    whole = 0
    for item in items:
        if together and whole + size(item) > most:
            yield together
            together, whole = [], 0
        together.append(item)
        whole += size(item)
    if together:
        yield together


def _greet(lane: Lane, hello: dict[str, Any], tvf: Any, result: ParityResult) -> None:
    """Checks that the page runs the build that was asked for, with the wheel's catalog."""
    if hello["build"] != lane.build:
        raise HarnessError(
            f"a page of {lane.browser} runs the build {hello['build']!r} though {lane.build!r} was asked for",
            "use a browser that can run it, or choose others with --builds",
        )
    if not hello["isolated"]:
        result.fail(f"{lane.name}: the page is not cross-origin isolated")
    if lane.build == "threads" and hello["threads"] < 2:
        result.fail(f"{lane.name}: there is one thread alone")
    result.builds[lane.name].version = hello["version"]
    result.builds[lane.name].agent = hello["agent"]
    own, other = catalog_lines(tvf.catalog()), catalog_lines(hello["catalog"])
    for line in sorted(own ^ other):
        side = "wheel" if line in own else "browser"
        result.fail(f"{lane.name}: only the {side} has in its catalog: {line}")


def catalog_lines(catalog: Sequence[Any]) -> set[str]:
    """What both catalogs must say: what an entry reads and gives, and a line for each parameter."""

    def get(thing: Any, name: str) -> Any:
        return thing.get(name) if isinstance(thing, dict) else getattr(thing, name)

    def name_of(thing: Any) -> str:
        return thing["name"] if isinstance(thing, dict) else str(thing)

    lines: set[str] = set()
    for entry in catalog:
        head = f"{get(entry, 'id')} ({get(entry, 'kind')})"
        lines.add(f"{head}: inputs {' '.join(map(name_of, get(entry, 'inputs')))}")
        lines.add(f"{head}: outputs {' '.join(map(name_of, get(entry, 'outputs')))}")
        numbers = " ".join(map(name_of, get(entry, "numbers")))
        lines.add(f"{head}: rows {get(entry, 'rows')}, numbers {numbers}")
        lines.add(f"{head}: warm-up {get(entry, 'warmup')}")
        for param in get(entry, "params"):
            low, high, default = (
                f"{value:g}" if isinstance(value, int | float) else value
                for value in (get(param, "min"), get(param, "max"), get(param, "default"))
            )
            lines.add(f"{head}: {get(param, 'name')} {default}, from {low} to {high}")
    return lines


def _work(
    jobs: Sequence[Job],
    channels: dict[str, Channel],
    tabs: dict[str, Tab],
    result: ParityResult,
    progress: Progress,
    flip: Flip | None,
) -> None:
    """Runs the jobs in order; the pages are always one job ahead of the comparison."""

    def publish(job: Job, lanes: Iterable[str]) -> None:
        for lane in lanes:
            channels[lane].jobs.put(pack(job.message(lane, flip)))

    def answer(job: Job, lane: str) -> tuple[dict[str, Any], Floats]:
        return unpack(tabs[lane].take(channels[lane].results, PATIENCE, f"result for {job.name}"))

    again: list[tuple[str, ColumnsJob[Any]]] = []
    for job in jobs[:1]:
        publish(job, channels)
    for i, job in enumerate(jobs):
        progress(i, len(jobs), job.name)
        if i + 1 < len(jobs):
            publish(jobs[i + 1], channels)
        own = job.run()
        result.cases += job.cases
        if isinstance(job, EntryJob):
            result.cases_of[job.name] += job.cases
        job.laws(own, result)
        for lane in channels:
            header, numbers = answer(job, lane)
            differ = job.judge(lane, own, header, numbers, result)
            if differ is not None:
                again.append((lane, differ))
            result.builds[lane].cases += job.cases
            if isinstance(job, SetsJob) and job.values and not result.chart:
                result.chart = chart_of(job, own, Report.from_page(header, numbers), lane)
    for i, (lane, job) in enumerate(again):
        progress(i, len(again), f"{job.name}: values that differ")
        publish(job, [lane])
        own, before = job.run(), (result.mismatches, result.failed)
        job.judge(lane, own, *answer(job, lane), result)
        if not own.failures and (result.mismatches, result.failed) == before:
            result.fail(f"{lane}: {job.name}: a hash differs, and the values as computed again do not")
    progress(len(jobs), len(jobs), "done")


def hints_of(entry: Entry) -> dict[str, Any]:
    """What a chart is told of an entry."""
    return {
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind,
        "overlay": entry.overlay,
        "outputs": list(map(str, entry.outputs)),
        "styles": list(entry.styles),
        "levels": list(entry.levels),
        "shifts": entry.shifts_for(),
    }


def chart_of(job: SetsJob, wheel: Report, page: Report, build: str) -> dict[str, Any]:
    """The last bars of a symbol with what both sides computed for it."""
    case = job.case_list[0]
    bars = job.wheel.datasets[case.dataset]
    start = max(len(bars) - CHART_BARS, 0)
    known = {entry.id: entry for entry in job.entries}
    members = [known[member["id"]] for member in case.members]
    lines: dict[str, dict[str, Any]] = {"wheel": {}, build: {}}
    for name, report in (("wheel", wheel), (build, page)):
        for key, column in report.columns.items():
            if key.case == 0 and key.part == "compute":
                position, _, output = key.output.partition(".")
                entry = members[int(position)]
                # Rows of a table belong to no bar by their place, and are kept whole.
                lines[name][f"{entry.id}.{output}"] = column[start:] if entry.kind == "series" else column
    return {
        "dataset": case.dataset,
        "start": start,
        "bars": columns_as_json({name: column[start:] for name, column in bars.columns.items()}),
        "entries": [hints_of(entry) for entry in members],
        **{name: columns_as_json(columns) for name, columns in lines.items()},
    }
