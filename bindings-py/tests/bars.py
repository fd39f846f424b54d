"""Bars that the tests share, and ways to call any entry of the catalog."""

import numpy as np
import tvf

MINUTE = 60_000
START = 1_704_067_200_000
"""2024-01-01 00:00 UTC."""


def bars(n, seed=7):
    """A random walk with all columns."""
    random = np.random.Generator(np.random.PCG64(seed))
    close = 100 + np.cumsum(random.normal(size=n))
    spread = random.uniform(0.1, 2, size=(2, n))
    return {
        "open": close + random.normal(size=n) / 10,
        "high": close + spread[0],
        "low": close - spread[1],
        "close": close,
        "volume": random.uniform(1, 1000, n),
        "time": START + MINUTE * np.arange(n, dtype=np.float64),
    }


def columns(entry, data):
    """The inputs of an entry, in its order."""
    return [data["close" if name == "source" else name] for name in entry.inputs]


def function(entry):
    """The function of an entry."""
    return getattr(tvf, entry.id)


def arrays(entry, result):
    """A result as a list of float64 arrays."""
    if entry.kind == "table":
        found = [np.asarray(result[str(name)]) for name in entry.outputs]
        return [c.astype(np.float64) for c in found]
    return [np.asarray(c, np.float64) for c in (result if len(entry.outputs) > 1 else [result])]


def same(a, b):
    """Whether two lists of arrays have the same bits; any NaN equals any NaN."""
    return len(a) == len(b) and all(
        x.shape == y.shape
        and bool(np.all((x.view(np.int64) == y.view(np.int64)) | (np.isnan(x) & np.isnan(y))))
        for x, y in zip(map(np.ascontiguousarray, a), map(np.ascontiguousarray, b), strict=True)
    )


def rows(entry, found):
    """What one call per bar gave, as arrays."""
    if entry.kind == "table":
        if entry.rows == "state":
            # Each bar puts other rows in the place of those before.
            found = found[-1:]
        flat = [row for row_list in found for row in row_list]
        # A missing time is None in a row, and the least integer in a column.
        flat = [tuple(np.iinfo(np.int64).min if cell is None else cell for cell in row) for row in flat]
    else:
        flat = [(value,) for value in found] if len(entry.outputs) == 1 else list(found)
    return list(np.array(flat, np.float64).reshape(len(flat), len(entry.outputs)).T)
