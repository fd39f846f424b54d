import math
import struct

import numpy as np
import pytest

from tvf_harness.compare import bits, compare, differing, ulps


def nan_with_payload(payload):
    return struct.unpack("<d", struct.pack("<Q", 0x7FF8_0000_0000_0000 | payload))[0]


def test_any_nan_equals_any_nan():
    left = np.array([math.nan, nan_with_payload(7), -math.nan])
    right = np.array([-math.nan, math.nan, nan_with_payload(1)])
    assert differing(left, right).tolist() == []


def test_zero_is_not_minus_zero():
    assert differing(np.array([0.0, 1.0]), np.array([-0.0, 1.0])).tolist() == [0]


def test_one_bit_is_seen_where_it_is():
    left = np.linspace(1, 2, 1000)
    right = left.copy()
    right.view(np.uint64)[637] ^= 1
    found = compare(left, right)
    assert (found.values, found.mismatches, found.max_ulp) == (1000, 1, 1)
    (first,) = found.first
    assert first.index == 637
    assert (first.wheel, first.browser) == (left[637], right[637])
    assert bits(left[637]) != bits(right[637])


def test_nan_against_a_number_is_a_mismatch_without_a_distance():
    found = compare(np.array([1.0, math.nan]), np.array([math.nan, 2.0]))
    assert (found.mismatches, found.max_ulp) == (2, 0)
    assert [d.ulp for d in found.first] == [None, None]


@pytest.mark.parametrize(("wheel", "browser"), [([1.0, 2.0, 3.0], [1.0]), ([1.0], [1.0, 2.0, 3.0])])
def test_values_that_only_one_side_has_are_mismatches(wheel, browser):
    found = compare(np.array(wheel), np.array(browser))
    assert (found.values, found.mismatches) == (3, 2)
    assert found.first[0].index == 1
    assert None in (found.first[0].wheel, found.first[0].browser)


def test_empty_columns_are_equal():
    assert compare(np.empty(0), np.empty(0)).mismatches == 0


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [
        (1.0, math.nextafter(1.0, 2.0), 1),
        (0.0, -0.0, 1),
        (5e-324, -5e-324, 3),
        (1.0, 1.0, 0),
        (math.inf, math.nextafter(math.inf, 0), 1),
        (math.nan, math.nan, 0),
        (math.nan, 1.0, None),
    ],
)
def test_ulps(left, right, distance):
    assert ulps(left, right) == distance
    assert ulps(right, left) == distance
