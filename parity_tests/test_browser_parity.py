"""The installed wheel against the packed npm package, in a real browser; `make parity` is the long form."""

import json

import pytest

from tvf_harness import HarnessError, run_parity
from tvf_harness import __main__ as command
from tvf_harness.browser import BROWSERS
from tvf_harness.jobs import Flip
from tvf_harness.parity import BUILDS
from tvf_harness.records import PATHS

tvf = pytest.importorskip("tvf")

BARS = 300
FEW = 60
SOME = ["sma", "macd", "psar"]
"""Bars and entries where all builds and browsers take part; `make parity` has all."""


@pytest.fixture(scope="module")
def result(tvf_package):
    return run_parity(tvf_package, bars=BARS, builds=["simd", "memory64"])


@pytest.fixture(scope="module")
def everywhere(tvf_package):
    return run_parity(tvf_package, bars=FEW, indicators=SOME, browser=list(BROWSERS))


def test_every_bit_is_equal_in_every_build_and_browser(everywhere):
    assert everywhere.ok, [*everywhere.problems, *everywhere.first, *everywhere.failures]
    browsers = [name for name in BROWSERS if not any(name in line for line in everywhere.skipped)]
    assert browsers[0] == "chromium"
    names = (f"{browser} {build}" if len(browsers) > 1 else build for browser in browsers for build in BUILDS)
    assert list(everywhere.builds) == list(names)
    values = {build.count.values for build in everywhere.builds.values()}
    assert len(values) == 1
    assert values.pop() > 10_000


def test_a_browser_that_does_not_start_is_left_out_and_told(tvf_package, monkeypatch):
    monkeypatch.setitem(BROWSERS, "firefox", lambda playwright, _: BROWSERS["chromium"](playwright, "/none"))
    found = run_parity(
        tvf_package, indicators=["sma"], bars=20, builds=["simd"], browser=["chromium", "firefox"]
    )
    assert found.ok
    assert list(found.builds) == ["simd"]
    (line,) = found.skipped
    assert line.startswith("firefox does not start (")
    assert "to mend it: install it (Debian: apt-get install firefox-esr)" in line


def test_every_bit_is_equal(result):
    assert result.ok, [*result.problems, *result.first, *result.first_errors, *result.failures]


def test_all_entries_builds_and_paths_take_part(result):
    assert set(result.cases_of) == {entry.id for entry in tvf.catalog()}
    for build in ("simd", "memory64"):
        for entry in result.cases_of:
            for path in PATHS:
                assert result.counts[entry, path, build].values > 0, (entry, path, build)
    assert result.values > 1_000_000
    assert result.errors.values > 100
    assert result.laws.values > 100_000


def flip(path, part, index=57):
    """One bit of what the page computes with default parameters over a dataset."""
    return Flip("simd", {"compat": "tradingview"}, "aapl", path, part, index)


@pytest.mark.parametrize(
    ("path", "part", "index"),
    [
        ("batch", "resident", 57),
        ("split", "extend", 57),
        ("stream", "update", 57),
        ("peek", "own", 57),
        ("replace", "right", 57),
        ("snapshot", "resumed", 1),
    ],
)
def test_one_planted_bit_is_reported(tvf_package, path, part, index):
    planted = flip(path, part, index)
    found = run_parity(tvf_package, indicators=["sma"], bars=BARS, builds=["simd"], flip=planted)
    assert not found.ok
    assert (found.mismatches, found.laws.mismatches, found.failed) == (1, 0, 0)
    (first,) = found.as_json()["first_mismatches"]
    assert (first["entry"], first["path"], first["part"], first["index"]) == ("sma", path, part, index)
    assert int(first["browser_bits"], 16) ^ int(first["wheel_bits"], 16) == 1
    assert first["ulp"] == found.max_ulp == 1


def test_one_planted_bit_of_a_snapshot_is_reported(tvf_package):
    found = run_parity(
        tvf_package, indicators=["sma"], bars=BARS, builds=["simd"], flip=flip("snapshot", "bytes")
    )
    (first,) = found.as_json()["first_mismatches"]
    assert (first["path"], first["part"], first["index"]) == ("snapshot", "bytes", 57 // 4)
    # The wheel does not resume it.
    assert (found.mismatches, found.failed) == (1, 1)
    assert "snapshot/returned" in found.failures[0]


def test_equal_values_count_as_much_by_hash_as_one_by_one(tvf_package):
    def count(**options):
        found = run_parity(tvf_package, indicators=["sma_cross"], bars=BARS, builds=["simd"], **options)
        return {path: found.counts["sma_cross", path, "simd"].values for path in PATHS}

    by_hash = count()
    one_by_one = count(values=True)
    # Value by value the wheel resumes the page's snapshots, too.
    resumed = one_by_one.pop("snapshot") - by_hash.pop("snapshot")
    assert one_by_one == by_hash
    assert resumed > 0


def test_the_command_exits_with_one_if_a_bit_differs(tvf_package, tmp_path, monkeypatch, capsys):
    def tampered(package, **options):
        return run_parity(package, **options, flip=flip("stream", "update"))

    monkeypatch.setattr(command, "run_parity", tampered)
    report, page = tmp_path / "parity.json", tmp_path / "parity.html"
    arguments = ["--indicators", "sma", "--bars", str(BARS), "--builds", "simd"]
    arguments += ["--package", str(tvf_package.folder), "--json", str(report), "--html", str(page)]
    assert command.main(["parity", *arguments]) == command.UNEQUAL
    assert json.loads(report.read_text())["mismatches"] == 1
    assert page.stat().st_size > 10_000
    assert "values that differ between wheel and browser: 1" in capsys.readouterr().out


def test_a_build_that_is_not_there_is_told(tvf_package):
    with pytest.raises(HarnessError, match="fast"):
        run_parity(tvf_package, indicators=["sma"], bars=5, builds=["fast"])


def test_an_unknown_indicator_is_told(tvf_package):
    with pytest.raises(HarnessError, match=r"the catalog has no nonsense; to mend it: choose among"):
        run_parity(tvf_package, indicators=["nonsense"])
