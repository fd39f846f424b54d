import numpy as np
import pytest

from tvf_harness.frame import pack, unpack


@pytest.mark.parametrize("header", [{}, [1, 2], {"name": "é", "n": 7}])
def test_a_frame_comes_back(header):
    columns = [np.array([1.5, -0.0, np.nan]), np.empty(0), np.array([2.0])]
    found, numbers = unpack(pack(header, columns))
    assert found == header
    np.testing.assert_array_equal(numbers.view(np.uint64), np.concatenate(columns).view(np.uint64))


def test_numbers_start_at_a_multiple_of_eight():
    for length in range(20):
        data = pack("x" * length, [np.ones(1)])
        assert (len(data) - 8) % 8 == 0


@pytest.mark.parametrize("data", [b"", b"abc", (999).to_bytes(4, "little"), pack({}, [np.ones(2)])[:-3]])
def test_a_damaged_frame_is_refused(data):
    with pytest.raises(ValueError, match="frame"):
        unpack(data)
