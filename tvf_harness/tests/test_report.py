import json
import re
from collections import Counter

import numpy as np
import pytest

from tvf_harness.compare import compare
from tvf_harness.errors import HarnessError
from tvf_harness.files import read_json, write_json
from tvf_harness.records import PATHS
from tvf_harness.report import render
from tvf_harness.result import Build, ParityResult, Place


def place(path):
    return Place("sma", {"period": 3}, "walk", path, "part", "value")


@pytest.fixture
def result():
    found = ParityResult({"simd": Build(), "baseline": Build()})
    found.cases_of = Counter(sma=2)
    for path in PATHS:
        for build in found.builds:
            found.compared(build, place(path), compare(np.ones(10), np.ones(10)))
    return found


def test_equal_values_on_all_paths_are_ok(result):
    assert result.ok
    report = result.as_json()
    assert (report["values"], report["mismatches"], report["max_ulp"]) == (140, 0, 0)
    assert report["paths"] == dict.fromkeys(PATHS, 20)
    assert report["builds"]["simd"]["values"] == 70


def test_a_path_without_values_is_a_problem():
    found = ParityResult({"simd": Build()})
    assert not found.ok
    assert "batch, split, stream, peek, replace, set, snapshot" in found.problems[0]


def test_an_entry_without_values_on_a_path_is_a_problem(result):
    result.cases_of["ema"] = 1
    for path in PATHS:
        for build in result.builds:
            if (path, build) != ("peek", "baseline"):
                result.counts["ema", path, build].add(5, 0)
    result.counts["ema", "peek", "baseline"].add(0, 0)
    assert result.problems == ["entries of which nothing was compared: ema by peek in baseline"]
    result.counts["ema", "peek", "baseline"].add(1, 0)
    assert result.ok


def test_a_mismatch_is_kept_with_its_bits(result):
    result.compared("simd", place("peek"), compare(np.array([1.0]), np.array([1.0 + 2**-52])))
    assert not result.ok
    (first,) = result.as_json()["first_mismatches"]
    assert first["index"] == 0
    assert (first["wheel_bits"], first["browser_bits"]) == ("0x3ff0000000000000", "0x3ff0000000000001")
    assert (first["ulp"], first["build"], first["entry"], first["path"]) == (1, "simd", "sma", "peek")
    assert result.as_json()["builds"]["simd"]["mismatches"] == 1


def test_broken_laws_errors_and_failures_are_problems(result):
    result.held(place("split"), compare(np.ones(2), np.zeros(2)))
    result.answered("simd", "sma()", ("a", "x"), ("a", "x"))
    assert len(result.problems) == 1
    result.answered("simd", "sma()", ("a", "x"), ("a", "y"))
    result.fail("it threw")
    assert len(result.problems) == 3


def test_the_page_needs_nothing_else(result):
    page = render({**result.as_json(), "note": "</script><b>{{style}}"})
    assert not re.search(r"""(src|href)=["'](?!data:)""", page)
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/)", page)
    assert "{{data}}" not in page
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert json.loads(data)["parity"]["note"] == "</script><b>{{style}}"


def test_json_comes_back(tmp_path, result):
    path = tmp_path / "deep" / "report.json"
    report = {**result.as_json(), "numbers": [1, 2.5, None], "empty": [], "nested": [[1], {"a": "é"}]}
    write_json(path, report)
    assert read_json(path, "") == report
    assert '"numbers": [1, 2.5, null]' in path.read_text("utf-8")


def test_a_missing_report_says_how_to_get_it(tmp_path):
    with pytest.raises(HarnessError, match="to mend it: run parity first"):
        read_json(tmp_path / "none.json", "run parity first")
