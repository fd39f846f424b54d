# Written by `cargo xtask gen`: change the definitions in core/, not this.
# ruff: noqa: A002
"""Patterns: a function for each family, from columns to a table of what was found."""

from __future__ import annotations

from tvf._patterns import Condition as Condition
from tvf._patterns import Family as Family
from tvf._patterns import Miss as Miss
from tvf._patterns import Misses as Misses
from tvf._patterns import Pattern as Pattern
from tvf._patterns import Patterns as Patterns
from tvf._patterns import Point as Point
from tvf._patterns import PatternWatch, families
from tvf._patterns import find as _find
from tvf._types import Column, Frame

__all__ = [
    "PatternWatch",
    "families",
]
