import asyncio
import threading
import time

import pytest
from tvf.service.metrics import Metrics
from tvf.service.pool import ClientLeftError, Pool
from tvf.service.problems import ProblemError
from tvf.service.settings import Settings


class Waiting:
    """A client that waits for its answer, until it is told to leave."""

    def __init__(self):
        self.gone = asyncio.Event()

    async def receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}


def pool(**settings):
    metrics = Metrics()
    return Pool(Settings(**settings), metrics), metrics


async def until(condition):
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came true")


def test_more_than_there_is_room_for_is_told_to_come_back():
    async def run():
        made, metrics = pool(threads=1, queue=2)
        gate = threading.Event()
        tasks = [asyncio.create_task(made.run(Waiting(), gate.wait)) for _ in range(3)]
        await until(lambda: made.inside == 3)
        with pytest.raises(ProblemError) as caught:
            await made.run(Waiting(), gate.wait)
        assert (caught.value.status, caught.value.headers) == (503, {"Retry-After": "1"})
        assert metrics.registry.get_sample_value("tvf_rejected_total") == 1
        gate.set()
        assert await asyncio.gather(*tasks) == [True, True, True]
        await until(lambda: made.inside == 0)
        assert await made.run(Waiting(), lambda: 7) == 7

    asyncio.run(run())


def test_what_waits_is_dropped_when_its_client_leaves():
    async def run():
        made, metrics = pool(threads=1)
        gate, ran = threading.Event(), []
        busy = asyncio.create_task(made.run(Waiting(), gate.wait))
        client = Waiting()
        leaving = asyncio.create_task(made.run(client, lambda: ran.append(1)))
        await until(lambda: made.inside == 2)
        client.gone.set()
        with pytest.raises(ClientLeftError):
            await leaving
        await until(lambda: made.inside == 1)
        gate.set()
        await busy
        await until(lambda: made.inside == 0)
        assert ran == []
        assert metrics.registry.get_sample_value("tvf_left_total") == 1

    asyncio.run(run())


def test_a_deadline_ends_waiting_and_computing():
    async def run():
        made, metrics = pool(threads=1, deadline=0.05)
        gate = threading.Event()
        began = time.monotonic()
        for work in (gate.wait, lambda: None):
            with pytest.raises(ProblemError) as caught:
                await made.run(Waiting(), work)
            assert (caught.value.status, caught.value.code) == (504, "deadline")
        assert time.monotonic() - began < 5
        # The one that began still has its thread: nobody can stop it.
        try:
            await until(lambda: made.inside == 1)
        finally:
            gate.set()
        await until(lambda: made.inside == 0)
        assert metrics.registry.get_sample_value("tvf_late_total") == 2

    asyncio.run(run())


def test_errors_of_work_come_back():
    async def run():
        made, _ = pool()
        with pytest.raises(ZeroDivisionError):
            await made.run(Waiting(), lambda: 1 / 0)
        await until(lambda: made.inside == 0)
        made.close()

    asyncio.run(run())
