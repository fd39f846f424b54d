"""One hash for all that a host says about a case, so that a page need not send what is equal.

A case is put into a frame (`frame.py`): names and lengths of its columns in a fixed order and its snapshot as
the header, then the numbers, every NaN as the same one. The hash is the frame's SHA-256. The page
makes it in `page/report.js`.
"""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256

import numpy as np

from tvf_harness.frame import Floats, pack

Name = tuple[str, str, str]
"""Path, part and output."""


def digest(columns: Mapping[Name, Floats], snapshot: bytes | None) -> str:
    """The hash of one case."""
    names = sorted(columns, key="/".join)
    header = {
        "columns": [[*name, len(columns[name])] for name in names],
        "snapshot": None if snapshot is None else b64encode(snapshot).decode(),
        "failures": [],
    }
    return sha256(pack(header, [alike(columns[name]) for name in names])).hexdigest()


def alike(column: Floats) -> Floats:
    """The column with one NaN for all, since engines may change a NaN's payload; 0 and -0 stay apart."""
    missing = np.isnan(column)
    return np.where(missing, np.nan, column) if missing.any() else column
