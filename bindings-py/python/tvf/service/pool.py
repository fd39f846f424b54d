"""Where requests are computed: a bounded number of threads, and a bounded number that wait for them.

The core gives up the interpreter while it computes, so threads run side by side.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from fastapi import Request

from tvf.service.metrics import Metrics
from tvf.service.problems import ProblemError
from tvf.service.settings import Settings

__all__ = ["ClientLeftError", "Pool"]

T = TypeVar("T")


class ClientLeftError(Exception):
    """Nobody waits for the answer any more."""


class Pool:
    """Threads that compute requests."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._settings = settings
        self._metrics = metrics
        self._inside = 0
        self.open()

    def open(self) -> None:
        """Has threads to come when there is something to do."""
        self._executor = ThreadPoolExecutor(self._settings.threads, thread_name_prefix="tvf-service")

    @property
    def inside(self) -> int:
        """How many requests wait or are computed."""
        return self._inside

    async def run(self, request: Request, work: Callable[[], T]) -> T:
        """Computes something for a request, unless there is no room, its time is over, or its client leaves.

        What still waits then is dropped. A computation that has begun ends, as none can be stopped in the
        middle, and is thrown away: the limits of bars and of bodies keep it short.
        """
        room = self._settings.threads + self._settings.queue
        if self._inside >= room:
            self._metrics.rejected.inc()
            why = f"{self._inside} requests are waiting or being computed; try again later"
            raise ProblemError(
                503,
                "busy",
                why,
                field="queue",
                value=self._inside,
                bound=f"{room}",
                headers={"Retry-After": "1"},
            )
        future = self._executor.submit(work)
        self._enter(future)
        mine: asyncio.Future[T] = asyncio.wrap_future(future)
        leaving = asyncio.ensure_future(_left(request))
        try:
            either: set[asyncio.Future[Any]] = {mine, leaving}
            done, _ = await asyncio.wait(
                either, timeout=self._settings.deadline, return_when=asyncio.FIRST_COMPLETED
            )
            if mine in done:
                return mine.result()
            if leaving in done:
                self._metrics.left.inc()
                raise ClientLeftError
            self._metrics.late.inc()
            seconds = f"{self._settings.deadline:g}"
            why = f"the request waited and computed for more than {seconds} seconds"
            raise ProblemError(504, "deadline", why, field="deadline", value=seconds, bound=seconds)
        finally:
            leaving.cancel()
            if not mine.done():
                # A future of asyncio that nobody looks at would complain of its error.
                mine.add_done_callback(lambda f: f.cancelled() or f.exception())
                future.cancel()

    def _enter(self, future: Future[Any]) -> None:
        self._inside += 1
        self._metrics.inside.set(self._inside)
        loop = asyncio.get_running_loop()

        def leave() -> None:
            self._inside -= 1
            self._metrics.inside.set(self._inside)

        def done(_: Future[Any]) -> None:
            # The loop may be gone when the process ends.
            if not loop.is_closed():
                loop.call_soon_threadsafe(leave)

        future.add_done_callback(done)

    def close(self) -> None:
        """Drops what waits, and lets what is computed end."""
        self._executor.shutdown(wait=True, cancel_futures=True)


async def _left(request: Request) -> None:
    """Returns when the client has gone."""
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            return
