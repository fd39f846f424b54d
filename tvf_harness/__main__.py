"""`python -m tvf_harness parity | speed | report | serve`."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tvf_harness import artifacts, console
from tvf_harness.artifacts import Package
from tvf_harness.browser import BROWSERS
from tvf_harness.datasets import WALK
from tvf_harness.errors import HarnessError
from tvf_harness.files import read_json, write_json
from tvf_harness.parity import BUILDS, run_parity
from tvf_harness.race import PEERS, run_race
from tvf_harness.report import write_report
from tvf_harness.serve import serve
from tvf_harness.speed import DEFAULT_BARS, DEFAULT_ROUNDS, run_speed

PARITY_JSON = Path("reports/parity.json")
SPEED_JSON = Path("reports/speed.json")
RACE_JSON = Path("reports/bench-chromium.json")
HTML = Path("reports/parity.html")

EQUAL, UNEQUAL, BROKEN = 0, 1, 2
"""Exit codes: all is equal; something differs; the harness could not do its work."""

Result = TypeVar("Result")


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _browsers(text: str) -> list[str]:
    names = _names(text)
    unknown = [name for name in names if name not in BROWSERS]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"{text!r}: choose among {', '.join(BROWSERS)}")
    return names


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} is negative")
    return value


def _counts(text: str) -> list[int]:
    return [_count(name) for name in _names(text)]


def _parser() -> argparse.ArgumentParser:
    package = argparse.ArgumentParser(add_help=False)
    package.add_argument(
        "--package",
        type=Path,
        metavar="PATH",
        help="npm tarball or package folder; without it, the repository's own",
    )
    package.add_argument(
        "--no-build", action="store_true", help="take what is built; without it, `make build` runs"
    )

    common = argparse.ArgumentParser(add_help=False, parents=[package])
    common.add_argument(
        "--browser-path", metavar="PATH", help="its executable; without it, the one that is installed"
    )
    common.add_argument(
        "--indicators", type=_names, metavar="A,B", help="ids of the catalog, such as sma,rsi; default: all"
    )
    common.add_argument(
        "--builds", type=_names, metavar="A,B", help=f"wasm builds, among {','.join(BUILDS)}; default: all"
    )

    parser = argparse.ArgumentParser(
        prog="python -m tvf_harness",
        description="Proves that the installed wheel and the npm package compute the same bits in a real "
        "browser, and measures both against JavaScript.",
        epilog=f"Exit code: {EQUAL} if all is equal, {UNEQUAL} if a bit differs, {BROKEN} if nobody knows.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    parity = commands.add_parser("parity", parents=[common], help="compare every bit")
    parity.add_argument(
        "--browser",
        type=_browsers,
        default=["chromium"],
        metavar="A,B",
        help=f"one or several of {','.join(BROWSERS)}; default: chromium",
    )
    parity.add_argument(
        "--bars", type=_count, metavar="N", help="at most so many bars of each dataset; default: all"
    )
    parity.add_argument(
        "--seed",
        type=_count,
        default=0,
        metavar="N",
        help="changes synthetic bars, random parameters and splits; default: 0",
    )
    parity.add_argument(
        "--walk", type=_count, default=WALK, metavar="N", help=f"bars of the random walk; default: {WALK}"
    )
    parity.add_argument(
        "--json", type=Path, default=PARITY_JSON, metavar="PATH", help=f"default: {PARITY_JSON}"
    )
    parity.add_argument("--html", type=Path, default=HTML, metavar="PATH", help=f"default: {HTML}")

    speed = commands.add_parser("speed", parents=[common], help="time wheel, wasm and JavaScript")
    speed.add_argument("--browser", choices=list(BROWSERS), default="chromium", help="default: chromium")
    speed.add_argument(
        "--bars",
        type=_counts,
        default=DEFAULT_BARS,
        metavar="N,N",
        help=f"sizes of the series; default: {','.join(map(str, DEFAULT_BARS))}",
    )
    speed.add_argument(
        "--rounds", type=_count, default=DEFAULT_ROUNDS, metavar="N", help="samples of each contender"
    )
    speed.add_argument("--json", type=Path, default=SPEED_JSON, metavar="PATH", help=f"default: {SPEED_JSON}")
    speed.add_argument(
        "--only", choices=["entries", "sets"], help="each entry alone, or a chart's set whole and live"
    )
    speed.add_argument(
        "--race-json",
        type=Path,
        default=RACE_JSON,
        metavar="PATH",
        help=f"where the figures of the set go; default: {RACE_JSON}",
    )
    speed.add_argument(
        "--peers", type=Path, default=PEERS, metavar="PATH", help="packages of npm; default: benchmarks/js"
    )

    report = commands.add_parser("report", help="write the page anew from the JSON reports")
    report.add_argument(
        "--json", type=Path, default=PARITY_JSON, metavar="PATH", help=f"default: {PARITY_JSON}"
    )
    report.add_argument(
        "--speed", type=Path, default=SPEED_JSON, metavar="PATH", help=f"default: {SPEED_JSON}"
    )
    report.add_argument("--html", type=Path, default=HTML, metavar="PATH", help=f"default: {HTML}")

    serving = commands.add_parser(
        "serve", parents=[package], help="serve the package and a page to try it by hand"
    )
    serving.add_argument("--port", type=_count, default=0, metavar="N", help="default: one that is free")
    return parser


@contextmanager
def _package(options: argparse.Namespace) -> Iterator[Package]:
    if options.package is None and not options.no_build:
        artifacts.build()
    with artifacts.packed(options.package) as package:
        yield package


def _run(work: Callable[..., Result], options: argparse.Namespace, **own: Any) -> Result:
    """Parity or speed of the package that was asked for, with the options that they share."""
    with _package(options) as package, console.progress(options.command) as progress:
        return work(
            package,
            browser=options.browser,
            browser_path=options.browser_path,
            indicators=options.indicators,
            bars=options.bars,
            **({"builds": options.builds} if options.builds else {}),
            progress=progress,
            **own,
        )


def _parity(options: argparse.Namespace) -> int:
    result = _run(run_parity, options, seed=options.seed, walk=options.walk)
    write_json(options.json, result.as_json())
    write_report(options.html, result.as_json(), _speed_report(SPEED_JSON))
    console.print_parity(result)
    console.console.print(f"see {options.html} and {options.json}")
    return EQUAL if result.ok else UNEQUAL


def _speed(options: argparse.Namespace) -> int:
    if options.only != "sets":
        result = _run(run_speed, options, rounds=options.rounds, peers=options.peers)
        write_json(options.json, result.as_json())
        console.print_speed(result)
        console.console.print(f"see {options.json}; `python -m tvf_harness report` puts it into {HTML}")
    if options.only != "entries" and options.indicators is None:
        with _package(options) as package, console.progress("the set") as progress:
            race = run_race(
                package,
                browser=options.browser,
                browser_path=options.browser_path,
                build=options.builds[0] if options.builds else "simd",
                peers=options.peers,
                rounds=options.rounds,
                progress=progress,
            )
        write_json(options.race_json, race)
        console.print_race(race)
        console.console.print(f"see {options.race_json}")
    return EQUAL


def _report(options: argparse.Namespace) -> int:
    parity = read_json(options.json, "run `python -m tvf_harness parity` first")
    write_report(options.html, parity, _speed_report(options.speed))
    console.console.print(f"see {options.html}")
    return EQUAL


def _speed_report(path: Path) -> dict | None:
    return read_json(path, "run `python -m tvf_harness speed`, or remove the file") if path.exists() else None


def _serve(options: argparse.Namespace) -> int:
    with _package(options) as package:
        serve(package, options.port)
    return EQUAL


COMMANDS = {"parity": _parity, "speed": _speed, "report": _report, "serve": _serve}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return COMMANDS[options.command](options)
    except HarnessError as error:
        console.fail(str(error))
        return BROKEN
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
