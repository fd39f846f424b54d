"""Members of sets as JSON writes them: `"rsi"`, or `{"id": "rsi", "period": 14, "source": {"id": "ema"}}`."""

from __future__ import annotations

from typing import Any

from tvf.service.problems import ProblemError

__all__ = ["MEMBER", "member"]

MEMBER = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"id": {"type": "string"}},
            "required": ["id"],
            "additionalProperties": True,
        },
    ],
    "description": "An id of the catalog, or an object with the id, parameters, compat, and a source: the "
    "name of a column, or another member with the output that is read",
}

_DEEPEST = 16


def member(given: Any, place: str, depth: int = 0) -> Any:
    """A member as `tvf.compute` takes it."""
    if isinstance(given, str):
        return given
    if depth > _DEEPEST:
        why = f"{place}: sources nest deeper than {_DEEPEST}"
        raise ProblemError(422, "source", why, field=place, bound=str(_DEEPEST))
    if not isinstance(given, dict) or not isinstance(given.get("id"), str):
        why = f'{place} is no member: an id, or an object such as {{"id": "rsi", "period": 14}}'
        raise ProblemError(422, "param_type", why, field=place, value=given)
    options = {name: value for name, value in given.items() if name not in ("id", "output")}
    for name, value in options.items():
        if isinstance(value, dict):
            options[name] = _source(value, f"{place}.{name}", depth + 1)
    return (given["id"], options)


def _source(given: dict[str, Any], place: str, depth: int) -> Any:
    found = member(given, place, depth)
    output = given.get("output")
    if output is None:
        return found
    if not isinstance(output, str):
        why = f"{place}.output is no name"
        raise ProblemError(422, "param_type", why, field=f"{place}.output", value=output)
    return (*found, output)
