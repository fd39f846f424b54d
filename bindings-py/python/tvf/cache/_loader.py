"""Lists of series that are loaded in the background."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from tvf import _core
from tvf.errors import Error

SLICE = dt.timedelta(milliseconds=100)
"""How long a wait lasts before Python may look for signals."""


@dataclass(frozen=True, slots=True)
class LoadProgress:
    """How far a loader is."""

    total: int
    """How many series are wanted."""
    done: int
    """How many are done: those that were fetched and kept, and those that needed nothing."""
    fresh: int
    """Of these, how many needed nothing."""
    bars: int
    """Bars that were kept."""
    failed: dict[tuple[str, str], Error]
    """Symbol and timeframe of what could not be loaded, with why."""
    cancelled: bool
    """Whether it was told to stop."""
    ended: bool
    """Whether nothing more will happen."""

    @classmethod
    def of(cls, far: tuple[Any, ...]) -> Self:
        """What the core says."""
        total, done, fresh, bars, failed, cancelled, ended = far
        named = {(symbol, timeframe): error for symbol, timeframe, error in failed}
        return cls(total, done, fresh, bars, named, cancelled, ended)


class Loader:
    """Series that are loaded in the background, while the cache can be read.

    As a context it waits at the end, and is cancelled by an exception.
    """

    def __init__(self, core: _core.Loader) -> None:
        self._core = core

    def __repr__(self) -> str:
        far = self.progress
        state = "cancelled" if far.cancelled else "ended" if far.ended else "loading"
        return f"<Loader: {state}, {far.done} of {far.total} series, {len(far.failed)} failed>"

    @property
    def progress(self) -> LoadProgress:
        """How far it is."""
        return LoadProgress.of(self._core.progress())

    def cancel(self) -> None:
        """Tells it to stop: what was fetched is still kept, nothing more is asked for."""
        self._core.cancel()

    def wait(self, timeout: float | None = None, *, progress: bool = False) -> LoadProgress:
        """Waits until it has ended, or so many seconds.

        Args:
            timeout: The most seconds to wait; as long as it takes if not given.
            progress: Whether to show a bar on standard error; needs `rich`.
        """
        left = dt.timedelta.max if timeout is None else dt.timedelta(seconds=max(timeout, 0.0))
        with _shown(self.progress.total) if progress else nullcontext(lambda _: None) as show:
            while True:
                far = LoadProgress.of(self._core.wait(min(left, SLICE)))
                show(far)
                left -= min(left, SLICE)
                if far.ended or not left:
                    return far

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.cancel()
        self.wait()


@contextmanager
def _shown(total: int) -> Iterator[Callable[[LoadProgress], None]]:
    """A bar on standard error."""
    try:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    except ImportError:
        why = "a progress bar needs rich: pip install 'tvf[cache]'"
        raise ModuleNotFoundError(why, name="rich") from None
    told = TextColumn("{task.fields[bars]:,} bars, {task.fields[failed]} failed")
    columns = (BarColumn(), MofNCompleteColumn(), told, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("", total=total, bars=0, failed=0)

        def show(far: LoadProgress) -> None:
            failed = len(far.failed)
            shown.update(task, completed=far.done + failed, bars=far.bars, failed=failed)

        yield show
