"""What gets compared: the installed wheel, and the npm package as its packed tarball holds it."""

import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tvf_harness.errors import HarnessError

REPOSITORY = Path(__file__).parents[1]


@dataclass(frozen=True)
class Package:
    """The contents of an npm tarball, unpacked."""

    folder: Path
    version: str
    tarball: str
    sha256: str


def build(repository: Path = REPOSITORY) -> None:
    """Builds wheel and npm package where something changed; says what it does."""
    if not (repository / "Makefile").is_file():
        raise HarnessError("there is no repository to build from", "give the npm package with --package")
    if subprocess.run(["make", "build"], cwd=repository, check=False).returncode:
        raise HarnessError("the build failed", "see its words above, or give built artifacts with --package")


@contextmanager
def packed(source: Path | None = None) -> Iterator[Package]:
    """The package that a tarball or a package folder holds; the repository's `npm` folder for None."""
    source = source or REPOSITORY / "npm"
    with TemporaryDirectory(prefix="tvf-harness-") as temporary:
        folder = Path(temporary)
        tarball = source if source.is_file() else _pack(source, folder)
        yield _unpack(tarball, folder)


def _pack(source: Path, into: Path) -> Path:
    if not (source / "package.json").is_file():
        raise HarnessError(
            f"{source} is neither an npm tarball nor a package", "run `make build`, or name another"
        )
    npm = shutil.which("npm")
    if npm is None:
        raise HarnessError(
            "npm is not installed", "install Node.js 20 or newer, or give a tarball with --package"
        )
    command = [
        npm,
        "pack",
        "--json",
        "--ignore-scripts",
        "--pack-destination",
        str(into),
        str(source.resolve()),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=into)
    tarballs = list(into.glob("*.tgz"))
    if done.returncode or len(tarballs) != 1:
        raise HarnessError(f"npm pack failed: {done.stderr.strip()}", f"see what is wrong in {source}")
    return tarballs[0]


def _unpack(tarball: Path, into: Path) -> Package:
    try:
        with tarfile.open(tarball) as archive:
            archive.extractall(into, filter="data")
        folder = into / "package"
        about = json.loads((folder / "package.json").read_text())
    except (tarfile.TarError, OSError, ValueError) as error:
        raise HarnessError(
            f"{tarball.name} is not an npm tarball ({error})", "make one with `npm pack`"
        ) from error
    if not (folder / "dist" / "index.js").is_file():
        raise HarnessError(f"{tarball.name} has no dist/index.js", "run `make build`, then pack again")
    digest = hashlib.sha256(tarball.read_bytes()).hexdigest()
    return Package(folder, about["version"], tarball.name, digest)


def wheel_about(tvf: Any) -> dict[str, str]:
    """The installed wheel: its version, and the hash of its compiled part."""
    compiled = Path(tvf._core.__file__)
    return {
        "version": tvf.__version__,
        "file": compiled.name,
        "sha256": hashlib.sha256(compiled.read_bytes()).hexdigest(),
    }


def check_pair(tvf: Any, package: Package) -> None:
    """Refuses a wheel and a package of different versions."""
    if tvf.__version__ != package.version:
        raise HarnessError(
            f"the wheel is {tvf.__version__} and the npm package {package.version}",
            "run `make build`, or install the wheel that belongs to the package",
        )
