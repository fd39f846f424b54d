"""Indicators inside Polars: the namespace `.tvf` and the expressions of `tvf.expr`."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeAlias

import polars as pl

from tvf import indicators
from tvf._catalog import entry
from tvf._columns import refuse

Input: TypeAlias = str | pl.Expr
"""A column's name, or an expression."""


def expression(id: str, inputs: tuple[Input | None, ...], **options: Any) -> pl.Expr:  # noqa: A002
    """An indicator over columns as one expression, whose type is known before it runs."""
    definition = entry(id)
    for name, given in zip(definition.inputs, inputs, strict=True):
        if not (isinstance(given, str | pl.Expr) or (given is None and name.optional)):
            refuse(str(name), f"of type {type(given).__name__}", "a column's name or a Polars expression")
    columns = [pl.col(i) if isinstance(i, str) else i for i in inputs if i is not None]
    outputs = [str(output) for output in definition.outputs]
    function = getattr(indicators, id)
    dtype: Any = pl.Float64 if len(outputs) == 1 else pl.Struct(dict.fromkeys(outputs, pl.Float64))

    def compute(series: Any) -> pl.Series:
        result = function(*series, **options)
        if len(outputs) == 1:
            return result
        return pl.DataFrame(list(result)).to_struct(series[0].name)

    if len(columns) == 1:
        return columns[0].map_batches(lambda one: compute([one]), return_dtype=dtype)
    return pl.map_batches(columns, compute, return_dtype=dtype)


class ExprNamespace:
    """`pl.col("close").tvf`: the functions of `tvf.expr`, with the expression as the first input."""

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def __getattr__(self, name: str) -> Any:
        from tvf import expr

        if name not in expr.__all__:
            raise AttributeError(f"tvf has no expression {name!r}; it has {', '.join(expr.__all__)}")
        return partial(getattr(expr, name), self._expr)

    def __dir__(self) -> list[str]:
        from tvf import expr

        return [*super().__dir__(), *expr.__all__]


class SeriesNamespace:
    """`series.tvf`: the functions of `tvf`, with the series as the first input."""

    def __init__(self, series: pl.Series) -> None:
        self._series = series

    def __getattr__(self, name: str) -> Any:
        if name not in indicators.__all__:
            raise AttributeError(f"tvf has no indicator {name!r}; it has {', '.join(indicators.__all__)}")
        return partial(getattr(indicators, name), self._series)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *indicators.__all__]


# Unless another copy of the package has done so.
if not hasattr(pl.Expr, "tvf"):
    pl.api.register_expr_namespace("tvf")(ExprNamespace)
    pl.api.register_series_namespace("tvf")(SeriesNamespace)
