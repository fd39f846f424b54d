"""The packed package in throw-away projects, by the README's recipe: each is built, opened, and computes."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tvf_harness.artifacts import REPOSITORY
from tvf_harness.browser import launch, open_tab
from tvf_harness.server import Server

tvf = pytest.importorskip("tvf")

CONSUMERS = REPOSITORY / "npm" / "consumers"
BUILDS = {"page": "simd", "auto": "threads", "threads": "threads", "memory64": "memory64"}
"""What runs in the page, and in a worker that asks for a build, on pages that are isolated."""
ALONE = {"page": "simd", "auto": "simd", "threads": "simd", "memory64": "memory64"}
"""The same where they are not."""
HERE = {"npm_config_update_notifier": "false", "NEXT_TELEMETRY_DISABLED": "1"}


@pytest.fixture(scope="module")
def expected():
    """The last values of shared/work.js, by the wheel."""
    close = 100 + ((np.arange(20_000) * 7919) % 1000) / 8
    columns = [tvf.rsi(close, period=14), *(tvf.ema(close, period=10 + i) for i in range(5))]
    return [float(column[-1]) for column in columns]


@pytest.fixture(scope="module")
def tarball(tmp_path_factory):
    """The package as npm packs it."""
    folder = tmp_path_factory.mktemp("tarball")
    run(folder, "npm", "pack", str(REPOSITORY / "npm"), "--ignore-scripts", "--silent")
    (found,) = folder.glob("*.tgz")
    return found


def run(folder: Path, *command: str) -> str:
    """Runs a command and returns what it printed; its words are shown if it fails."""
    program = shutil.which(command[0])
    assert program, f"{command[0]} is not installed"
    environment = {**os.environ, **HERE}
    done = subprocess.run(
        [program, *command[1:]], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, f"{' '.join(command)}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def project(name: str, into: Path, tarball: Path) -> Path:
    """A project with the package installed, built if there is something to build."""
    for folder in ("shared", name):
        shutil.copytree(CONSUMERS / folder, into, dirs_exist_ok=True)
    shutil.copy(REPOSITORY / "npm" / ".npmrc", into)
    quiet = ("--no-fund", "--no-audit", "--prefer-offline", "--loglevel=error")
    if (into / "package-lock.json").is_file():
        run(into, "npm", "ci", *quiet)
    run(into, "npm", "install", "--no-save", "--no-package-lock", *quiet, str(tarball))
    return into


def built(name: str, into: Path, tarball: Path) -> Path:
    """The same, built."""
    folder = project(name, into, tarball)
    run(folder, "npm", "run", "build")
    return folder


def opened(folder: Path, path: str, *, isolated: bool = True) -> dict:
    """What a page of a folder found."""
    with Server({"/": folder}, isolated=isolated) as server, launch() as browser:
        tab = open_tab(browser, server.url + path)
        tab.ready("globalThis.found !== undefined")
        return tab.page.evaluate("globalThis.found")


def check(found: dict, builds: dict, expected: list) -> None:
    """Every place ran its build, and has the wheel's values."""
    assert {name: one.get("build", one.get("error")) for name, one in found.items()} == builds
    for name, one in found.items():
        assert one["last"] == expected, name
        assert one["threads"] == (2 if builds[name] == "threads" else 1)


@pytest.mark.parametrize(("name", "output"), [("vite", "dist"), ("webpack", "dist"), ("next", "out")])
def test_bundled(name, output, tmp_path, tarball, expected):
    folder = built(name, tmp_path, tarball)
    check(opened(folder / output, "/index.html"), BUILDS, expected)
    check(opened(folder / output, "/index.html", isolated=False), ALONE, expected)


def test_what_the_page_loads_at_first_has_no_threads_in_it(tmp_path, tarball):
    folder = built("vite", tmp_path, tarball) / "dist"
    (entry,) = re.findall(r'src="/(assets/[^"]+\.js)"', (folder / "index.html").read_text())
    assert "startWorkers" not in (folder / entry).read_text()
    assert "wbg_rayon" not in (folder / entry).read_text()
    assert any("wbg_rayon" in file.read_text() for file in folder.glob("assets/*.js"))


def test_esbuild_with_a_file_beside_the_bundle_or_all_inside(tmp_path, tarball, expected):
    folder = built("esbuild", tmp_path, tarball)
    check(opened(folder / "dist", "/index.html"), {"page": "simd", "auto": "simd"}, expected)
    check(opened(folder / "dist", "/inside.html"), {"page": "simd"}, expected)


def test_without_a_bundler(tmp_path, tarball, expected):
    folder = project("plain", tmp_path, tarball)
    work = folder / "work.js"
    work.write_text(work.read_text().replace('"tvf"', '"/node_modules/tvf/dist/index.js"'))
    check(opened(folder, "/index.html"), BUILDS, expected)


@pytest.mark.parametrize("build", ["auto", "baseline"])
def test_in_node(build, tmp_path, tarball, expected):
    folder = project("node", tmp_path, tarball)
    found = json.loads(run(folder, "node", "main.js", build))
    check({build: found}, {build: "simd" if build == "auto" else build}, expected)
