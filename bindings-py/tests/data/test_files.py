"""Files of bars in and out."""

import subprocess
import sys
import zipfile

import polars as pl
import pytest
import tvf
from polars.testing import assert_frame_equal
from tvf import data

BARS = data.sample("DEMO", "1h", "2024-01-01", "2024-03-01")


@pytest.mark.parametrize("name", ["b.parquet", "b.csv", "b.tsv", "b.arrow"])
def test_what_is_written_is_read_again(tmp_path, name):
    for frame in (BARS, BARS.lazy()):
        data.write(frame, tmp_path / name)
        assert_frame_equal(data.read(tmp_path / name), BARS)
    scanned = data.scan(tmp_path / name)
    assert isinstance(scanned, pl.LazyFrame)
    assert_frame_equal(scanned.filter(pl.col("close") > 100).collect(), BARS.filter(pl.col("close") > 100))
    assert [file.name for file in tmp_path.iterdir()] == [name]


ROW = "2024-01-02T00:00:00Z", "1", "2", "0.5", "1.5", "10"


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("time,open,high,low,close,volume\n" + ",".join(ROW) + "\n", {}),
        ("\ufeffDate;Open;High;Low;Close;Volume\r\n" + ";".join(ROW) + "\r\n", {}),
        ("1704153600000\t1\t2\t0.5\t1.5\t10\n", {}),
        ("1704153600000,1,2,0.5,1.5,10,1704239999999,99\n", {}),
        ("time,open,high,low,close,volume\n1704153600,1,2,0.5,1.5,10\n", {"unit": "s"}),
        ("when,open,high,low,last,volume\n" + ",".join(ROW), {"columns": {"time": "when", "close": "last"}}),
    ],
)
def test_texts_in_every_dialect(tmp_path, text, options):
    file = tmp_path / "b.csv"
    file.write_text(text, encoding="utf-8")
    (row,) = data.read(file, **options).select(list(data.SCHEMA)).rows()
    assert (int(row[0].timestamp()), row[1:]) == (1_704_153_600, (1.0, 2.0, 0.5, 1.5, 10.0))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.write(file, "b.csv")
    (again,) = data.read(tmp_path / "b.zip", **options).select(list(data.SCHEMA)).rows()
    assert again == row


def test_what_cannot_be_read_is_told(tmp_path):
    (tmp_path / "b.parquet").write_text("no parquet")
    (tmp_path / "b.csv").write_text("a,b\n1,2\n")
    (tmp_path / "b.zip").write_text("no zip")
    for name, error, text in [
        ("b.parquet", tvf.InputValueError, "cannot be read as parquet"),
        ("b.csv", tvf.InputTypeError, "b.csv: bars need the column time; there are a, b"),
        ("b.zip", tvf.InputValueError, "zip"),
        ("none.csv", tvf.InputValueError, "a file that is there"),
    ]:
        with pytest.raises(error, match=text):
            data.read(tmp_path / name)
    (tmp_path / "b.doc").write_text("")
    for act in (lambda: data.read(tmp_path / "b.doc"), lambda: data.write(BARS, tmp_path / "c.zip")):
        with pytest.raises(tvf.ParamError):
            act()
    assert not (tmp_path / "c.zip").exists()


BIG = """
import resource, sys
import polars as pl, tvf
from tvf import data
rows, path, limit = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
part = data.sample("DEMO", "1m", "2020-01-01", "2020-03-01")
step = pl.duration(days=61)
parts = [part.lazy().with_columns(pl.col("time") + i * step) for i in range(rows // len(part) + 1)]
data.write(pl.concat(parts), path)
size = tvf.data.scan(path).select(pl.len()).collect().item()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
data.write(data.scan(path).filter(pl.col("close") > 0), path + ".out.parquet")
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert data.scan(path + ".out.parquet").select(pl.len()).collect().item() == size
print(size, before, after)
assert after - before < limit, (before, after)
"""


@pytest.mark.parametrize(
    ("rows", "megabytes"),
    [(4_000_000, 160), pytest.param(60_000_000, 400, marks=pytest.mark.soak)],
)
def test_files_larger_than_the_memory_that_is_used_go_through(tmp_path, rows, megabytes):
    """Rows are 48 bytes each in memory: 192 MB here, 2.9 GB in the long form."""
    command = [sys.executable, "-c", BIG, str(rows), str(tmp_path / "big.parquet"), str(megabytes * 1024)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]


def test_samples_are_the_same_for_everybody():
    again = data.sample("DEMO", "1h", "2024-01-15", "2024-01-31")
    assert_frame_equal(again, BARS.filter(pl.col("time").is_between(again["time"][0], again["time"][-1])))
    assert data.faults(BARS) == []
    assert not data.sample("OTHER", "1h", "2024-01-15", "2024-01-31").equals(again)
