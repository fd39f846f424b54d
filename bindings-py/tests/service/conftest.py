import numpy as np
import pytest
from starlette.testclient import TestClient
from tvf.service.app import create_app
from tvf.service.settings import Settings


def bars(count=400, seed=0):
    random = np.random.Generator(np.random.PCG64(seed))
    close = 100 * np.exp(np.cumsum(random.normal(0, 0.01, count)))
    open_ = np.concatenate([[100.0], close[:-1]])
    return {
        "time": 1_700_000_000_000 + 60_000.0 * np.arange(count),
        "open": open_,
        "high": np.maximum(open_, close) * 1.003,
        "low": np.minimum(open_, close) * 0.997,
        "close": close,
        "volume": np.round(1000 * random.random(count)),
    }


def plain(columns):
    """Columns as JSON has them."""
    return {name: [None if x != x else x for x in column.tolist()] for name, column in columns.items()}


def make(**settings):
    return TestClient(create_app(Settings(log_level="error", **settings)))


@pytest.fixture(scope="session")
def client():
    with make() as client:
        yield client


@pytest.fixture
def ask(client):
    def ask(path, body, status=200, **options):
        answer = client.post(f"/api/v1/{path}", json=body, **options)
        assert answer.status_code == status, answer.text
        return answer.json()

    return ask
