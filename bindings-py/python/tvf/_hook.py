"""Adds the Polars namespaces as soon as Polars is there, without importing it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any


class _AfterPolars(MetaPathFinder):
    """Finds Polars in the usual way, and adds a step after its import."""

    def __init__(self) -> None:
        self.asks_others = False

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Leaves all modules but one to the finders that follow."""
        if fullname != "polars" or self.asks_others:
            return None
        self.asks_others = True
        try:
            spec = find_spec(fullname)
        finally:
            self.asks_others = False
        if spec is None or spec.loader is None:
            return spec
        loader: Any = spec.loader
        load = loader.exec_module

        def execute(module: ModuleType) -> None:
            load(module)
            # Not before: a look for Polars alone imports nothing.
            if self in sys.meta_path:
                sys.meta_path.remove(self)
            _register()

        loader.exec_module = execute
        return spec


def _register() -> None:
    import_module("tvf._polars")


def install() -> None:
    """Registers now if Polars is imported, or else after its import."""
    if "polars" in sys.modules:
        _register()
    elif not any(isinstance(finder, _AfterPolars) for finder in sys.meta_path):
        sys.meta_path.insert(0, _AfterPolars())
