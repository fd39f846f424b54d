"""The service as its users meet it: a process, many clients, kills."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import tvf

from .conftest import bars, plain
from .server import Service

BODY = {"bars": plain(bars(500)), "members": ["rsi", "atr"]}
CLIENTS = 300
ROOT = Path(__file__).parents[3]


async def load(url, seconds, clients=CLIENTS):
    """Many clients for some seconds: how many answers of each status there were, and why others got none."""
    ends = asyncio.get_running_loop().time() + seconds
    statuses, lost = {}, []
    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)

    async def one(client):
        while asyncio.get_running_loop().time() < ends:
            try:
                answer = await client.post(f"{url}/api/v1/indicators/compute", json=BODY)
            except httpx.HTTPError as error:
                lost.append(repr(error))
                continue
            statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
            if answer.status_code == 200:
                assert len(answer.json()["columns"]["rsi_14"]) == 500
            else:
                assert answer.headers["retry-after"] == "1"
                await asyncio.sleep(0.05)

    async with httpx.AsyncClient(limits=limits, timeout=60) as client:
        await asyncio.gather(*(one(client) for _ in range(clients)))
    return statuses, lost


def under_load(seconds):
    with Service(queue=2000) as service:
        warm, _ = asyncio.run(load(service.url, 1.0))
        before = service.memory()
        statuses, lost = asyncio.run(load(service.url, seconds))
        after = service.memory()
    assert lost == []
    assert set(statuses) == {200}, (warm, statuses)
    assert statuses[200] > CLIENTS
    if before is not None and after is not None:
        assert after < before + 100, f"from {before:.0f} to {after:.0f} MB"


def test_hundreds_of_clients_get_their_answers_in_bounded_memory():
    under_load(8)


@pytest.mark.soak
def test_hundreds_of_clients_for_minutes():
    under_load(180)


def test_with_little_room_the_rest_is_told_to_come_back_and_none_is_lost():
    with Service(queue=5, threads=1) as service:
        statuses, lost = asyncio.run(load(service.url, 3, 100))
    assert lost == []
    assert set(statuses) <= {200, 503}
    assert statuses[200] > 0
    assert statuses[503] > 0


def test_after_a_kill_it_starts_again_at_once():
    port = None
    for _ in range(3):
        with Service(port or 0) as service:
            port = service.port
            answer = httpx.post(f"{service.url}/api/v1/indicators/compute", json=BODY)
            assert answer.status_code == 200
            service.process.send_signal(signal.SIGKILL)
            service.process.wait(30)


@pytest.mark.skipif(os.name == "nt", reason="a process is ended otherwise there")
def test_told_to_stop_it_answers_what_it_has_begun():
    async def run(service):
        async with httpx.AsyncClient(timeout=60) as client:
            large = {"bars": plain(bars(60_000)), "members": ["rsi", "atr", "bbands", "macd"]}
            asking = asyncio.create_task(client.post(f"{service.url}/api/v1/indicators/compute", json=large))
            await asyncio.sleep(0.3)
            service.process.send_signal(signal.SIGTERM)
            answer = await asking
            assert answer.status_code == 200
            assert answer.json()["bars"] == 60_000

    with Service() as service:
        asyncio.run(run(service))
        assert service.process.wait(30) in (0, -signal.SIGTERM)


def test_help_names_every_setting():
    shown = subprocess.run(
        [sys.executable, "-m", "tvf.service", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for name in (
        "PORT",
        "HOST",
        "API_KEY",
        "MAX_BODY",
        "MAX_BARS",
        "DEADLINE",
        "QUEUE",
        "THREADS",
        "CORS_ORIGINS",
    ):
        assert f"TVF_SERVICE_{name}" in shown
    assert "8092" in shown
    assert "127.0.0.1" in shown


def test_a_setting_that_is_wrong_is_one_clear_line():
    done = subprocess.run(
        [sys.executable, "-m", "tvf.service"],
        env={**os.environ, "TVF_SERVICE_PORT": "ninety"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert re.fullmatch(r"error: TVF_SERVICE_PORT is 'ninety': .*\n", done.stderr)


def test_the_package_does_not_need_the_service():
    code = "import sys, tvf; assert not {'fastapi', 'pydantic', 'uvicorn'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
    hidden = (
        "import runpy, sys; sys.modules['uvicorn'] = None; "
        "runpy.run_module('tvf.service', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "error: uvicorn is missing; to mend it: pip install 'tvf[service]'\n"


def test_the_version():
    shown = subprocess.run(
        [sys.executable, "-m", "tvf.service", "--version"], capture_output=True, text=True, check=True
    ).stdout
    assert shown.strip() == tvf.__version__
