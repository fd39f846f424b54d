"""Many indicators over the columns of one frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tvf import _core
from tvf._columns import Floats, Read, check_indexes, number, read
from tvf._frames import INDEX, kind_of, refuse
from tvf._sessions import anchored, has_sessions, is_plain, minutes, time_of_day
from tvf._shift import checked
from tvf._table import Table
from tvf.errors import ParamError, UnknownNameError

NAMES = ("open", "high", "low", "close", "volume", "time")
TIMES = ("time", "date", "timestamp", "datetime")
"""What the column of times may be called."""


def compute(
    frame: Any,
    members: Iterable[Any] | Mapping[str, Any],
    *,
    threads: int | None = None,
    nulls: bool = False,
    shifted: bool = False,
) -> Any:
    """Computes a set of indicators in one call: what they share is computed once, what they do not
    share at the same time.

    A member is an id, or an id with options: parameters, `compat`, and where an input comes from
    if not from the column of its name. The source of `"source"` is the column "close" unless said:

        tvf.compute(frame, [
            "obv",
            ("rsi", {"period": 14}),
            ("ema", {"period": 9, "source": ("rsi", {"period": 14})}),
            ("sma", {"period": 5, "source": ("macd", {}, "signal")}),
            ("sma", {"source": "volume"}),
        ])

    A dict of members names their columns. This gives `fast`, and `trend.macd`, `trend.signal` and
    `trend.hist`:

        tvf.compute(frame, {"fast": ("ema", {"period": 12}), "trend": "macd"})

    Args:
        frame: Columns by name: a dict, or a Polars, pandas or Arrow frame. The columns open, high,
            low, close, volume and time are found in any case; time may be called date, timestamp or
            datetime, or be the index of a pandas frame. A lazy frame is collected.
        members: What to compute: a list, in which asking for the same twice gives it once, or a dict,
            in which each name gets its result. A column of the frame that has such a name is replaced.
        threads: The most threads to use; as many as there are cores if not given.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.
        shifted: Whether columns that a chart draws beside their bars, such as the spans of
            `ichimoku`, are moved there; all others stay. A member that reads another reads it
            unmoved. Moved to the left, a column tells at a bar what was only known later: for
            charts, never for tests of a strategy.

    Returns:
        For a dict, a dict of the results by name or label: `rsi_14`, `macd_12_26_9.signal`. For a
        frame, the same kind of frame with the results as more columns. Tables have no place in a frame:
        if a member gives one, what comes back is the frame and a dict of the tables by label.
    """
    moves = checked(shifted)
    found = _frame(frame)
    aliases, members = _members(members)
    extra: dict[str, Read] = {}
    names, keys = found.names()
    plain = [_member(member, found, extra) for member in members]
    plan = _core.Plan(plain, [*names, *extra])
    columns: dict[str, Read | None] = {
        name: found.read(key, name) if used else None
        for name, key, used in zip(names, keys, plan.used, strict=False)
    }
    used = [(name, column) for name, column in columns.items() if column is not None]
    clocks = [("anchor" if label.startswith("anchor") else "time", column) for label, column in extra.items()]
    check_indexes([*used, *clocks])
    columns |= extra
    arrays = [None if column is None else column.joined() for column in columns.values()]
    results = plan.run(arrays, _threads(threads), moves)
    if aliases is None:
        return found.present(dict(zip((label for label, _ in plan.results), results, strict=True)), nulls)
    named = {name: results[place] for name, place in zip(aliases, plan.members, strict=True)}
    columns_of = [label for name, result in named.items() for label, _ in _fields(name, result)]
    seen: set[str] = set()
    for name in columns_of:
        if name in seen:
            why = f'two members give the column "{name}": name one of them otherwise'
            raise ParamError(why, "param_choice", "members", name, "names that differ")
        seen.add(name)
    return found.present(named, nulls)


def _members(members: Any) -> tuple[list[str] | None, list[Any]]:
    """The names that members are given, if they are, and the members."""
    if isinstance(members, Mapping):
        for name in members:
            if not isinstance(name, str) or not name:
                why, bound = f"the name {name!r} of a member is not a text", "a text"
                raise ParamError(why, "param_type", "members", str(name), bound)
        return list(members), list(members.values())
    # A text would be read letter by letter.
    if isinstance(members, str) or not isinstance(members, Iterable):
        got, bound = type(members).__name__, 'a list of members such as ["obv", ("rsi", {"period": 14})]'
        raise ParamError(f"members is of type {got}, not {bound}", "param_type", "members", got, bound)
    return None, list(members)


def _threads(threads: Any) -> int:
    if threads is None:
        return 0
    found = number(threads)
    if found is None or found != found // 1 or not 1 <= found <= 1024:
        bound = "a whole number from 1 to 1024"
        raise ParamError(f"threads {threads!r} is not {bound}", "param_range", "threads", str(threads), bound)
    return int(found)


class _Columns:
    """A dict of columns."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame
        self._read: dict[Any, Read] = {}

    def keys(self) -> list[Any]:
        """The names that the columns have."""
        return list(self.frame)

    def column(self, key: Any) -> Any:
        """A column by the name it has."""
        return self.frame[key]

    def names(self) -> tuple[list[str], list[Any]]:
        """The names by which members know the columns, and those that the columns have."""
        keys = {str(key): key for key in self.keys()}
        folded = {name.lower(): key for name, key in reversed(keys.items())}
        for name in NAMES:
            for alias in TIMES if name == "time" else (name,):
                if name not in keys and alias in folded:
                    keys[name] = folded[alias]
        return list(keys), list(keys.values())

    def read(self, key: Any, name: str) -> Read:
        """A column as plain pieces."""
        column = self._read.get((key, name == "time"))
        if column is None:
            column = read(self.column(key), name)
            self._read[key, name == "time"] = column
        return column

    def time(self) -> Any:
        """The column of times, as numbers that belong to the same bars."""
        names, keys = self.names()
        if "time" not in names:
            known = ", ".join(names)
            why = f'a zone needs the column "time"; there are {known}'
            raise UnknownNameError(why, "unknown_column", "time", "", known)
        column = self.read(keys[names.index("time")], "time")
        return column.instead(column.joined())

    def present(self, results: dict[str, Any], nulls: bool) -> Any:
        """The results in the kind of the frame."""
        # Times may be of a kind of their own, and the numbers of their sessions come first.
        kind = next((column for (_, is_time), column in self._read.items() if not is_time), None)
        found = {}
        for label, result in results.items():
            for name, part in _fields(label, result):
                found[name] = part if kind is None else kind.present(part, nulls)
        return found


class _Polars(_Columns):
    """A frame of Polars."""

    def column(self, key: Any) -> Any:
        return self.frame.get_column(key)

    def keys(self) -> list[Any]:
        return self.frame.columns

    def present(self, results: dict[str, Any], nulls: bool) -> Any:
        import polars as pl

        flat, tables = _flat(results)
        frame = self.frame.with_columns([pl.Series(n, a, nan_to_null=nulls) for n, a in flat.items()])
        return _beside(frame, tables, Table.to_polars)


class _Lazy(_Polars):
    """A lazy frame of Polars."""

    def __init__(self, frame: Any) -> None:
        super().__init__(frame.collect())

    def present(self, results: dict[str, Any], nulls: bool) -> Any:
        found = super().present(results, nulls)
        return (found[0].lazy(), found[1]) if isinstance(found, tuple) else found.lazy()


class _Pandas(_Columns):
    """A frame of pandas."""

    def keys(self) -> list[Any]:
        import pandas as pd

        index = self.frame.index
        times = isinstance(index, pd.DatetimeIndex)
        return [*self.frame.columns, *([INDEX] if times else [])]

    def names(self) -> tuple[list[str], list[Any]]:
        names, keys = super().names()
        if INDEX in keys and "time" not in names:
            names[keys.index(INDEX)] = "time"
        return names, keys

    def column(self, key: Any) -> Any:
        return self.frame.index if key is INDEX else self.frame[key]

    def present(self, results: dict[str, Any], nulls: bool) -> Any:  # noqa: ARG002
        flat, tables = _flat(results)
        frame = self.frame.assign(**flat)
        return _beside(frame, tables, Table.to_pandas)


class _Arrow(_Columns):
    """A table of PyArrow."""

    def keys(self) -> list[Any]:
        return self.frame.column_names

    def present(self, results: dict[str, Any], nulls: bool) -> Any:
        import pyarrow as pa

        flat, tables = _flat(results)
        table = self.frame if isinstance(self.frame, pa.Table) else pa.Table.from_batches([self.frame])
        for label, array in flat.items():
            column = pa.array(array, from_pandas=nulls)
            if label in table.column_names:
                table = table.set_column(table.column_names.index(label), label, column)
            else:
                table = table.append_column(label, column)
        return _beside(table, tables, Table.to_arrow)


def _frame(frame: Any) -> _Columns:
    if isinstance(frame, Mapping):
        return _Columns(frame)
    kind = kind_of(frame, polars=_Polars, lazy=_Lazy, pandas=_Pandas, arrow=_Arrow)
    if kind is None:
        refuse(frame, "a dict of columns, or a frame of Polars, pandas or PyArrow")
    return kind(frame)


def read_frame(frame: Any, wanted: Iterable[str]) -> dict[str, Any]:
    """Those of some columns that a frame of any kind has, by the names that members know them by."""
    found = _frame(frame)
    names = dict(zip(*found.names(), strict=True))
    return {name: found.column(names[name]) for name in wanted if name in names}


def _fields(label: str, result: Any) -> list[tuple[str, Any]]:
    """A result's columns with their labels; a table stays whole."""
    if isinstance(result, tuple):
        names: Sequence[str] = type(result)._fields  # type: ignore[attr-defined]
        return [(f"{label}.{name}", array) for name, array in zip(names, result, strict=True)]
    return [(label, result)]


def _flat(results: dict[str, Any]) -> tuple[dict[str, Floats], dict[str, Table[Any]]]:
    """The series, a column each, and the tables."""
    tables = {label: result for label, result in results.items() if isinstance(result, Table)}
    series = {label: result for label, result in results.items() if label not in tables}
    return dict(field for label, result in series.items() for field in _fields(label, result)), tables


def _beside(frame: Any, tables: dict[str, Table[Any]], to_frame: Callable[[Table[Any]], Any]) -> Any:
    if not tables:
        return frame
    # A frame has no place for the numbers beside the rows.
    return frame, {label: table if table._numbers else to_frame(table) for label, table in tables.items()}


def _member(member: Any, found: _Columns, extra: dict[str, Read]) -> Any:
    """A member as the core knows it: a zone, or a column as the anchor, becomes a column of numbers."""
    if not (isinstance(member, tuple | list) and len(member) > 1 and isinstance(member[1], dict)):
        return member
    options = dict(member[1])
    for name, value in options.items():
        if isinstance(value, tuple | list) and value and isinstance(value[0], str):
            options[name] = _member(value, found, extra)
    if not has_sessions(member[0]):
        return (member[0], options, *member[2:])
    if "zone" in options or not is_plain(options.get("anchor")):
        zone, anchor = options.pop("zone", None), options.get("anchor", "session")
        opening = options.pop("open", 0)
        hour, minute = divmod(minutes(opening), 60)
        label = "anchor" if zone is None else f"{anchor} {zone} {hour:02}:{minute:02}"
        time = None if zone is None else found.time()
        numbers, *_ = anchored(time, anchor, options.pop("utc_offset", 0), opening, zone)
        while label in extra:
            label += "'"
        extra[label] = read(numbers, "anchor")
        options.update(anchor="number", time=label)
    elif "open" in options:
        options["open"] = time_of_day(options["open"])
    return (member[0], options, *member[2:])
