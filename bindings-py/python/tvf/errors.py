"""What `tvf` raises: a tree under `Error`, each with a code and what is needed to mend the call."""

from __future__ import annotations

__all__ = [
    "CacheError",
    "Error",
    "FetchError",
    "InputError",
    "InputTypeError",
    "InputValueError",
    "OutOfMemoryError",
    "ParamError",
    "SnapshotError",
    "StateError",
    "UnknownNameError",
]


class Error(Exception):
    """An error of `tvf`. Its text names what is at fault, what it was and what it may be."""

    code: str
    """The kind: the same word in Rust, Python and JavaScript, such as `param_range`."""
    name: str
    """The parameter, input or column at fault."""
    value: str
    """What was given."""
    bound: str
    """What would have been right."""

    def __init__(
        self, message: str = "", code: str = "", name: str = "", value: str = "", bound: str = ""
    ) -> None:
        super().__init__(message)
        self.code = code
        self.name = name
        self.value = value
        self.bound = bound


class ParamError(Error, ValueError):
    """A parameter that is unknown, of the wrong type or out of its bounds."""


class InputError(Error):
    """A column or a bar that cannot be used."""


class InputTypeError(InputError, TypeError):
    """Something that is no column of numbers, or too few or too many of them."""


class InputValueError(InputError, ValueError):
    """Columns that differ in length, or times and zones that cannot be read."""


class UnknownNameError(Error, LookupError):
    """An indicator or a column that does not exist."""


class StateError(Error, RuntimeError):
    """A call that comes too early, such as replacing a bar before the first."""


class SnapshotError(Error, ValueError):
    """Bytes that are no snapshot, or a damaged or newer one."""


class CacheError(Error):
    """A cache that cannot be opened, read or written, or whose file is damaged."""


class FetchError(Error):
    """A source of bars gave none.

    A source of one's own raises it with `again`, to be tried again after so many seconds at least:
    `raise tvf.FetchError("the market's server is busy", again=5)`.
    """

    again: float | None
    """After how many seconds another try may go better; None if it would not."""

    def __init__(
        self,
        message: str = "",
        code: str = "fetch_failed",
        name: str = "source",
        value: str = "",
        bound: str = "",
        *,
        again: float | None = None,
    ) -> None:
        super().__init__(message, code, name, value, bound)
        self.again = again


class OutOfMemoryError(Error, MemoryError):
    """Memory or threads that could not be had."""
