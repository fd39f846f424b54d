"""What evaluations have in common: metrics as attributes, and as a mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any


class Evaluation(Mapping[str, float]):
    """Metrics by name: attributes, and items of a mapping. NaN stands for what is not defined.

    It is of a whole series; there is no form bar by bar.
    """

    def to_dict(self) -> dict[str, float]:
        """The metrics by name, as a dict of its own."""
        return dict(self)

    def __getitem__(self, name: str) -> float:
        if name not in _names(self):
            raise KeyError(name)
        return getattr(self, name)

    def __iter__(self) -> Iterator[str]:
        return iter(_names(self))

    def __len__(self) -> int:
        return len(_names(self))

    def __repr__(self) -> str:
        width = max(map(len, self))
        lines = [f"{name:<{width}}  {value: .6g}" for name, value in self.items()]
        return "\n  ".join([f"<{type(self).__name__}", *lines]) + ">"


def _names(evaluation: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(evaluation))
