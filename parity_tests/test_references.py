"""The catalog against numbers that others made."""

import json
import os
from typing import Any

import numpy as np
import pytest
from agreement import FILE, Row, measured
from references import MISSING, NAMES, both, cases


@pytest.mark.parametrize("convention", NAMES)
def test_references_are_there(convention: str) -> None:
    count = sum(case["convention"] == convention for case in cases())
    # Who says where they are expects them; without that they are compared where they happen to be.
    if convention == "pine" and count == 0 and "TVF_REFERENCES" not in os.environ:
        pytest.skip(MISSING)
    assert count > 20, MISSING if convention == "pine" else convention


@pytest.mark.parametrize("case", cases(), ids=lambda c: c["id"])
def test_equal_to_the_reference(case: dict[str, Any]) -> None:
    ours, theirs = both(case)
    first = int(np.flatnonzero(~np.isnan(ours))[0])
    assert first == case["first_valid"], "the first value is on another bar"
    valid = ~np.isnan(theirs)
    np.testing.assert_array_equal(np.isnan(ours), ~valid)
    apart = np.abs(ours - theirs)[valid]
    allowed = case["abs_tol"] + case["rel_tol"] * np.abs(theirs[valid])
    worst = int(np.argmax(apart - allowed))
    assert apart[worst] <= allowed[worst], f"off by {apart[worst]:e} at value {worst}; last {apart[-1]:e}"


def test_agreement_is_up_to_date() -> None:
    """TA-Lib's rows are looked at by the core's test of it."""
    known = {name(row): row for row in json.loads(FILE.read_text())}
    for row in measured():
        told = known.get(name(row))
        assert told is not None, f"{name(row)} is missing: run `make agreement`"
        # Below 1e-14 it is rounding, which a compiler or processor may do in another way.
        worst, before = max(row["worst"], 1e-14), max(told["worst"], 1e-14)
        assert 0.5 < worst / before < 2, f"{name(row)} is {worst}, not {before}: run `make agreement`"
        for fact in ("apart", "outputs", "values", "profile"):
            assert row[fact] == told[fact], f"{fact} of {name(row)}: run `make agreement`"


def name(row: Row) -> tuple[str, ...]:
    return row["entry"], row["reference"], *row["settings"]
