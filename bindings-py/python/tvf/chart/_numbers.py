"""Numbers that a caller gave."""

from __future__ import annotations

from typing import Any

from tvf._columns import number, read
from tvf.errors import ParamError


def numeric(name: str, value: Any) -> float:
    """A number as a float; anything else is refused."""
    found = number(value)
    if found is None:
        got, bound = type(value).__name__, "a number"
        raise ParamError(f"{name} is of type {got}, not {bound}", "param_type", name, got, bound)
    return found


def plain(name: str, column: Any) -> Any:
    """A column of any kind as one plain array."""
    return read(column, name).joined()
