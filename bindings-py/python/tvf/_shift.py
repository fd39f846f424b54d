"""Results as a chart draws them: some columns beside the bars that they are known from."""

from __future__ import annotations

from typing import Any

from tvf import _core
from tvf._columns import read
from tvf.errors import ParamError


def shifted(result: Any, id: str, compat: Any, params: dict[str, Any], nulls: bool) -> Any:  # noqa: A002
    """The columns of a result, each moved to where a chart draws it; what leaves the bars is lost."""
    given = {name: value for name, value in params.items() if value is not None}
    shifts = _core.shifts(id, compat, given)
    if len(shifts) == 1:
        return _moved(result, shifts[0], nulls)
    moves = zip(result, shifts, strict=True)
    return type(result)(*(_moved(column, bars, nulls) for column, bars in moves))


def checked(given: Any) -> bool:
    """Whether columns are to be moved: nothing but a truth value says so."""
    if isinstance(given, bool):
        return given
    got = type(given).__name__
    raise ParamError(
        f"shifted is of type {got}, not True or False", "param_type", "shifted", got, "True or False"
    )


def _moved(column: Any, bars: int, nulls: bool) -> Any:
    if bars == 0:
        return column
    own = read(column, "source")
    moved = own.joined().copy()
    _core.displace(moved, bars)
    return own.present(moved, nulls)
