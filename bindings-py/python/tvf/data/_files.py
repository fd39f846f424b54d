"""Files of bars: CSV, Parquet and Arrow, as lazy frames and in streams, so that they may be larger than
memory."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import polars as pl

from tvf.data._schema import Unit, conform
from tvf.errors import InputTypeError, InputValueError, ParamError

KINDS = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".arrow": "arrow",
    ".ipc": "arrow",
    ".feather": "arrow",
    ".zip": "zip",
}
"""What endings of files say."""

HEADLESS = ("time", "open", "high", "low", "close", "volume")


def scan(
    path: str | os.PathLike[str], *, columns: Mapping[str, str] | None = None, unit: Unit = "ms"
) -> pl.LazyFrame:
    """A file of bars as a lazy frame of the schema, which is read in pieces when it is collected or written.

    The ending says what it is: .parquet, .csv (also .tsv, .txt), .arrow (also .ipc, .feather), .zip of
    texts. Commas,
    semicolons and tabs are told apart. Text without names has time, open, high, low, close and volume.

    Args:
        path: The file.
        columns: Names that are not found by themselves; see `conform`.
        unit: What numbers in the column of times count, since 1970 UTC.
    """
    file = _file(path)
    kind = _kind(file)
    if kind == "parquet":
        frame = pl.scan_parquet(file)
    elif kind == "arrow":
        frame = pl.scan_ipc(file)
    elif kind == "zip":
        frame = _zipped(file)
    else:
        frame = _csv(file)
    try:
        return conform(frame, columns=columns, unit=unit)
    except InputTypeError as error:
        raise InputTypeError(f"{file}: {error}", error.code, error.name, error.value, error.bound) from None
    except pl.exceptions.PolarsError as error:
        why = f"{file} cannot be read as {kind}: {str(error).splitlines()[0]}"
        raise InputValueError(why, "input_type", "path", str(file), kind) from None


def read(
    path: str | os.PathLike[str], *, columns: Mapping[str, str] | None = None, unit: Unit = "ms"
) -> pl.DataFrame:
    """A file of bars as a frame; see `scan`."""
    return scan(path, columns=columns, unit=unit).collect(engine="streaming")


def write(frame: pl.DataFrame | pl.LazyFrame, path: str | os.PathLike[str]) -> None:
    """Writes a frame as the ending of the file says; a lazy one in pieces, as it comes.

    In CSV times are milliseconds since 1970 UTC, which `scan` reads again. A file that was there is replaced
    when the new one is whole.
    """
    file = Path(path)
    kind = _kind(file)
    if kind == "zip":
        bound = "such as bars.parquet or bars.csv"
        raise ParamError(f"zip files are not written; {bound} are", "param_choice", "path", str(file), bound)
    partial = file.with_name(f".{file.name}.partial")
    lazy = frame.lazy()
    try:
        if kind == "parquet":
            lazy.sink_parquet(partial, compression="zstd")
        elif kind == "arrow":
            lazy.sink_ipc(partial)
        else:
            times = pl.selectors.temporal().dt.epoch("ms")
            lazy.with_columns(times).sink_csv(partial, separator="\t" if file.suffix == ".tsv" else ",")
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def _csv(file: Path) -> pl.LazyFrame:
    with file.open("rb") as text:
        return pl.scan_csv(file, **_dialect(text.readline()))


def _zipped(file: Path) -> pl.LazyFrame:
    """The texts of an archive, which are taken out of it in memory."""
    try:
        with ZipFile(file) as archive:
            texts = [archive.read(name) for name in archive.namelist() if not name.endswith("/")]
    except BadZipFile as error:
        raise InputValueError(f"{file}: {error}", "input_type", "path", str(file), "a zip file") from None
    return pl.concat([pl.read_csv(text, **_dialect(text.split(b"\n", 1)[0])) for text in texts]).lazy()


def _dialect(line: bytes) -> dict[str, Any]:
    """How a text is written, by its first line."""
    first = line.decode("utf-8-sig", "replace").strip()
    separator = max(",;\t", key=first.count)
    cells = first.split(separator)
    has_names = not all(_is_number(cell) for cell in cells[1:])
    nulls = ["", "NA", "NaN", "nan", "null", "None", "n/a"]
    options: dict[str, Any] = {"separator": separator, "has_header": has_names, "null_values": nulls}
    if not has_names:
        more = (f"column_{i}" for i in range(len(HEADLESS) + 1, len(cells) + 1))
        options["new_columns"] = [*HEADLESS, *more][: len(cells)]
    return options


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _file(path: str | os.PathLike[str]) -> Path:
    file = Path(path)
    if not file.is_file():
        bound = "a file that is there"
        raise InputValueError(f"{file} is not {bound}", "input_type", "path", str(file), bound)
    return file


def _kind(file: Path) -> str:
    kind = KINDS.get(file.suffix.lower())
    if kind is None:
        bound = ", ".join(KINDS)
        why = f"files that end with {file.suffix!r} are not known; known are {bound}"
        raise ParamError(why, "param_choice", "path", str(file), bound)
    return kind
