import pytest
import tvf
from bars import bars


def pytest_generate_tests(metafunc):
    if "entry" in metafunc.fixturenames:
        entries = tvf.catalog()
        metafunc.parametrize("entry", entries, ids=[e.id for e in entries])


@pytest.fixture(scope="session")
def data():
    return bars(700)
