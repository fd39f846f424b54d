"""Fixtures for projects whose CI gates on parity: `pytest -p tvf_harness.pytest_plugin`.

def test_parity(tvf_parity):
    assert tvf_parity.ok, tvf_parity.problems
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tvf_harness.artifacts import Package, packed
from tvf_harness.parity import BUILDS, run_parity
from tvf_harness.result import ParityResult


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options of the fixtures."""
    group = parser.getgroup("tvf", "parity of the tvf wheel and the tvf npm package")
    group.addoption("--tvf-package", type=Path, default=None, help="npm tarball or package folder of tvf")
    group.addoption(
        "--tvf-browser", default="chromium", help="the browser, or several with commas; default: chromium"
    )
    group.addoption("--tvf-browser-path", default=None, help="its executable")
    group.addoption(
        "--tvf-builds", default=",".join(BUILDS), help=f"wasm builds; default: {','.join(BUILDS)}"
    )
    group.addoption("--tvf-indicators", default=None, help="ids of the catalog; default: all")
    group.addoption("--tvf-bars", type=int, default=None, help="at most so many bars of each dataset")


@pytest.fixture(scope="session")
def tvf_package(pytestconfig: pytest.Config) -> Iterator[Package]:
    """The npm package under test, unpacked from its tarball."""
    with packed(pytestconfig.option.tvf_package) as package:
        yield package


@pytest.fixture(scope="session")
def tvf_parity(pytestconfig: pytest.Config, tvf_package: Package) -> ParityResult:
    """The outcome of one parity run, made once a session."""
    indicators = pytestconfig.option.tvf_indicators
    return run_parity(
        tvf_package,
        browser=pytestconfig.option.tvf_browser.split(","),
        browser_path=pytestconfig.option.tvf_browser_path,
        builds=pytestconfig.option.tvf_builds.split(","),
        indicators=indicators.split(",") if indicators else None,
        bars=pytestconfig.option.tvf_bars,
    )
