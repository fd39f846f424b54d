"""The one form in which columns travel between Python and the page.

A frame is a little-endian u32 (length of the header), the header as JSON padded with spaces so that the
numbers start at a multiple of eight bytes, and the numbers: float64, little-endian, one column after the
other. `page/frame.js` is the same in JavaScript.
"""

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def pack(header: Any, columns: Iterable[Floats] = ()) -> bytes:
    """Joins a header and columns into one frame."""
    text = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
    text += b" " * (-(4 + len(text)) % 8)
    numbers = (np.ascontiguousarray(c, "<f8").tobytes() for c in columns)
    return b"".join([len(text).to_bytes(4, "little"), text, *numbers])


def unpack(data: bytes) -> tuple[Any, Floats]:
    """Takes a frame apart; the numbers are a view of `data`."""
    if len(data) < 4:
        raise ValueError(f"a frame of {len(data)} bytes has no header")
    start = 4 + int.from_bytes(data[:4], "little")
    if start > len(data) or start % 8 or (len(data) - start) % 8:
        raise ValueError(f"a frame of {len(data)} bytes cannot have a header of {start - 4}")
    return json.loads(data[4:start]), np.frombuffer(data, "<f8", offset=start)
