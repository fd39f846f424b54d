"""Results as a chart draws them: some columns beside the bars that they are known from."""

from __future__ import annotations

from typing import Any

import numpy as np

from tvf import _core
from tvf._columns import read


def shifted(result: Any, id: str, compat: Any, params: dict[str, Any], nulls: bool) -> Any:  # noqa: A002
    """The columns of a result, each moved to where a chart draws it; what leaves the bars is lost."""
    given = {name: value for name, value in params.items() if value is not None}
    moves = zip(result, _core.shifts(id, compat, given), strict=True)
    return type(result)(*(_moved(column, bars, nulls) for column, bars in moves))


def _moved(column: Any, bars: int, nulls: bool) -> Any:
    if bars == 0:
        return column
    own = read(column, "source")
    values = own.joined()
    moved = np.full_like(values, np.nan)
    if bars > 0:
        moved[bars:] = values[: -bars or None][: len(moved[bars:])]
    else:
        moved[:bars] = values[-bars:]
    return own.present(moved, nulls)
