"""Calls that must fail, and must fail with the same code and the same words on both hosts."""

import math
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tvf_harness.cases import Entry, Options, Param
from tvf_harness.datasets import random_walk
from tvf_harness.wheel import columns_of

BARS = random_walk(50).renamed("mistakes", "what the wrong calls are made with")

NO_ERROR = ("", "no error")


@dataclass(frozen=True)
class Mistake:
    """One wrong call; `page/mistakes.js` makes the same."""

    call: str
    """`stream`, `function`, `set`, `restore`, or `replace` (of a bar that was never there)."""
    id: str
    options: Options = field(default_factory=dict)
    cut: dict[str, int] = field(default_factory=dict)
    """Inputs that are shorter than the others."""
    bytes: str = ""
    """A snapshot in base64."""

    def as_json(self) -> dict[str, Any]:
        """Its form for the page: numbers that JSON does not have become text in a list."""
        options = {name: [repr(v)] if _unusual(v) else v for name, v in self.options.items()}
        return {**asdict(self), "options": options}

    def __str__(self) -> str:
        parts = [f"{k}={v!r}" for k, v in self.options.items()] + [
            f"{k}: {n} bars" for k, n in self.cut.items()
        ]
        if self.bytes:
            parts.append(f"{len(b64decode(self.bytes))} bytes")
        return f"{self.call} {self.id}({', '.join(parts)})"


def _unusual(value: Any) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _bad_values(param: Param) -> Iterator[Any]:
    yield from ("abc", "", math.nan, math.inf, -math.inf, -1, 1e300)
    if param.min is not None:
        yield param.min - 1
        yield 0.1 + param.min
    if param.max is not None:
        yield param.max + 1
    yield from (0, 1.5, -0.0, 1e-9)


def parameter_mistakes(entry: Entry) -> Iterator[Mistake]:
    """Wrong values of each parameter, and names that are no parameter."""
    for param in entry.params:
        for value in _bad_values(param):
            yield Mistake("stream", entry.id, {param.name: value})
        for value in ("abc", -1, math.nan):
            yield Mistake("function", entry.id, {param.name: value})
            yield Mistake("set", entry.id, {param.name: value})
    for call in ("stream", "function", "set"):
        yield Mistake(call, entry.id, {"compat": "excel"})
    # Not of the function, whose signature Python itself guards.
    for call in ("stream", "set"):
        yield Mistake(call, entry.id, {"nonsense": 1})
    yield Mistake("replace", entry.id)


def input_mistakes(entry: Entry) -> Iterator[Mistake]:
    """Inputs that differ in length."""
    if len(entry.inputs) > 1:
        for name in entry.inputs:
            yield Mistake("function", entry.id, cut={name: len(BARS) - 3})


def snapshot_mistakes(tvf: Any, entry: Entry) -> Iterator[Mistake]:
    """Snapshots that are cut, foreign, newer, or altered in one bit."""
    stream = tvf.Stream(entry.id)
    stream.extend(*columns_of(entry, BARS))
    good = bytes(stream.snapshot())
    bad = [
        b"",
        b"tvf",
        b"\x89PNG\r\n\x1a\n" + good[8:],
        good + b"\0",
        *(good[:n] for n in (4, 8, 16, len(good) - 1)),
    ]
    for place in (0, 4, 5, 6, 8, 12, len(good) // 2, len(good) - 1):
        altered = bytearray(good)
        altered[place] ^= 0x40
        bad.append(bytes(altered))
    yield from (Mistake("restore", entry.id, bytes=b64encode(b).decode()) for b in bad)


def mistakes_of(tvf: Any, entries: Sequence[Entry]) -> list[Mistake]:
    """All of them."""
    found = [Mistake(call, name) for call in ("stream", "set") for name in ("", "nonsense", "SMA")]
    for entry in entries:
        found += [*parameter_mistakes(entry), *input_mistakes(entry), *snapshot_mistakes(tvf, entry)]
    return found


def answers(tvf: Any, entries: Sequence[Entry], mistakes: Sequence[Mistake]) -> list[tuple[str, str]]:
    """The code and the message that the wheel gives for each."""
    known = {e.id: e for e in entries}
    return [_answer(tvf, lambda m=m: _call(tvf, known, m)) for m in mistakes]


def _answer(tvf: Any, call: Callable[[], Any]) -> tuple[str, str]:
    try:
        call()
    except tvf.Error as error:
        return error.code, str(error)
    except Exception as error:  # what is not the library's own is a finding of its own
        return type(error).__name__, str(error)
    return NO_ERROR


def _call(tvf: Any, known: dict[str, Entry], mistake: Mistake) -> None:
    entry = known.get(mistake.id)
    if mistake.call == "stream":
        tvf.Stream(mistake.id, **mistake.options)
    elif mistake.call == "set":
        tvf.compute(BARS.columns, [(mistake.id, mistake.options)])
    elif mistake.call == "restore":
        tvf.Stream.restore(b64decode(mistake.bytes))
    elif entry is not None and mistake.call == "replace":
        tvf.Stream(mistake.id).replace(*(c[0].item() for c in columns_of(entry, BARS)))
    elif entry is not None and mistake.call == "function":
        columns = [
            c[: mistake.cut.get(name)] for name, c in zip(entry.inputs, columns_of(entry, BARS), strict=True)
        ]
        getattr(tvf, entry.id)(*columns, **mistake.options)
    else:
        raise ValueError(f"{mistake} cannot be made")
