"""What stands between a run and its page; needs no rival and no run."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

sys.path.insert(0, str(Path(__file__).parents[1]))

import charts
import report
import rust
import tables
import targets

DIVAN = """\
catalog        fastest       │ slowest       │ median        │ mean          │ samples │ iters
├─ batches                   │               │               │               │         │
│  ├─ 1000                   │               │               │               │         │
│  │  ├─ rsi   2.413 µs      │ 27.11 µs      │ 2.999 µs      │ 3.247 µs      │ 100     │ 100
│  │  │        414.2 Mitem/s │ 36.88 Mitem/s │ 333.4 Mitem/s │ 307.8 Mitem/s │         │
│  ╰─ 1000000                │               │               │               │         │
│     ╰─ rsi   2.567 ms      │ 20.59 ms      │ 2.895 ms      │ 5.496 ms      │ 91      │ 91
╰─ updates                   │               │               │               │         │
   ╰─ wma      32.05 µs      │ 4.096 ms      │ 32.32 µs      │ 74.28 µs      │ 100     │ 100
"""


def batch(library, least, code="", case="rsi", bars=5_000):
    return {"kind": "batch", "case": case, "library": library, "bars": bars, "min": least, "code": code}


def test_the_core_s_tree_is_read_by_bench_size_and_entry():
    found = {(row["kind"], row["bars"], row["case"]): row["min"] for row in rust.read(DIVAN.splitlines())}
    assert found == {
        ("batches", 1_000, "rsi"): 2.413,
        ("batches", 1_000_000, "rsi"): 2.567,
        ("updates", 1_000, "wma"): 32.05,
    }


def test_a_rival_is_compared_with_its_own_definition():
    rows = [batch("tvf", 2.0), batch("talib", 4.0), batch("vector_ta", 4.0), batch("tvf, as vector_ta", 5.0)]
    last = tables.libraries(rows).splitlines()[-1]
    assert last == "| `rsi` | 2.00 | 4.00 (2.00× ▲) | 4.00 (0.80× ▼) |"
    assert targets.against(rows, "rsi", 5_000, "vector_ta") == 0.8


def test_a_target_is_judged_by_the_rival_that_is_fastest():
    found = targets.targets([batch("tvf", 2.0), batch("talib", 1.0), batch("kand", 3.0)])
    rsi = next(target for target in found if target["what"].startswith("rsi, 5,000"))
    assert "talib" in rsi["what"]
    assert (rsi["value"], rsi["reached"]) == (2.0, False)


def test_kept_figures_have_quartiles_instead_of_samples():
    kept = report.trimmed({"rows": [{"min": 1.234567, "samples": [1.0, 2.0, 3.0]}]})
    assert kept == {"rows": [{"min": 1.2346, "p25": 1.0, "p75": 3.0}]}


def test_a_chart_is_a_picture_for_light_and_dark_pages():
    text = charts.chart("a < b", "note", [("sma", [("own", 2.0, "2×"), ("other", 0.5, "half")])], 1.0)
    root = ET.fromstring(text)
    bars = list(root.iter("{http://www.w3.org/2000/svg}rect"))
    assert len(bars) == 2
    assert float(bars[0].get("x", "")) > float(bars[1].get("x", ""))
    assert "prefers-color-scheme: dark" in text


def test_figures_of_every_host_that_are_not_reached_are_named():
    def host(name, *reached):
        return {"targets": [{"what": f"{name} {i}", "reached": x} for i, x in enumerate(reached)]}

    reports = {"rust": {}, "python": host("a", True, False), "chromium": host("b", False, None)}
    assert report.missed(reports) == ["not reached, python: a 1", "not reached, chromium: b 0"]


def speed_report():
    times = {"wheel": 1.0, "plain": 4.0, "app": 90.0, "a-package": 8.0}
    for build in ("simd", "baseline"):
        times |= {f"{build} in": 0.5, f"{build} compute": 1.0, f"{build} out": 0.5, f"{build} copied": 2.0}
    contenders = {name: {"min": time} for name, time in times.items()}
    entries = [{"name": name, "contenders": contenders} for name in ("sma", "set of 16")]
    return {"sizes": [{"bars": bars, "entries": entries} for bars in (5_000, 500_000)]}


def test_an_entry_s_parts_stand_beside_its_rivals():
    text = tables.entries(speed_report())
    assert text.count("| `sma` | 1.00 | 0.50 | 1.00 | 0.50 | 2.00 | 1.00 | 4.00 (2.00× ▲) | – |") == 2
    assert "8.00 (4.00× ▲)" in text
    assert "set of 16" not in text


def test_a_chart_s_set_has_a_line_for_each_build():
    text = tables.builds(speed_report())
    assert "| simd | 2.50 | 5.00 | 2.50 | 10.0 |" in text
    assert "| baseline | 250 | 500 | 250 | 1,000 |" in text
    assert "| plain |  | 20.0 |  | 20.0 (2.00× ▲) |" in text
    assert "sma" not in text
