"""Bars and columns by name, for what follows a series: pattern watches and chart transforms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from tvf._columns import Floats, Read, read_all, scalar
from tvf.errors import InputTypeError, ParamError


class Definition(Protocol):
    """What a family or a kind says of its columns: its name, those it reads, and those that must be there."""

    @property
    def id(self) -> str: ...

    @property
    def inputs(self) -> Sequence[str]: ...

    @property
    def required(self) -> Sequence[str]: ...


def named(what: str, value: Any, known: Iterable[str]) -> str:
    """The name of a family or a kind; what is no text is refused."""
    if isinstance(value, str):
        return value
    got, bound = type(value).__name__, ", ".join(known)
    raise ParamError(f"{what} is of type {got}, not a text", "param_type", what, got, bound)


def bar(definition: Definition, values: Mapping[str, Any]) -> tuple[Floats | None, ...]:
    """The values of a bar as columns of one value each."""
    given = _given(definition, values)
    known = {name: np.array([scalar(value, name)]) for name, value in given.items()}
    return tuple(known.get(name) for name in definition.inputs)


def columns(
    definition: Definition, values: Mapping[str, Any]
) -> tuple[tuple[Floats | None, ...], dict[str, Read]]:
    """Columns as plain ones in the order of the inputs, and what was read."""
    given = _given(definition, values)
    return read_all({name: given.get(name) for name in definition.inputs})


def _given(definition: Definition, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is not None, in the order of the inputs."""
    for name, value in values.items():
        if name not in definition.inputs:
            bound = ", ".join(definition.inputs)
            why = f"{definition.id} reads no {name}; it reads {bound}"
            raise ParamError(why, "unknown_param", name, str(value)[:40], bound)
    for name in definition.required:
        if values.get(name) is None:
            bound = ", ".join(definition.required)
            why = f"{definition.id} needs {bound}; there is no {name}"
            raise InputTypeError(why, "input_count", name, "", bound)
    named = ((name, values.get(name)) for name in definition.inputs)
    return {name: value for name, value in named if value is not None}
