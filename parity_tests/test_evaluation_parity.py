"""What evaluations give in the wheel and in all browsers and builds: every bit, and the same errors."""

import json

import numpy as np
import pytest

from parity_tests.asked import everywhere
from parity_tests.test_chart_parity import ASK, bits, sendable

tvf = pytest.importorskip("tvf")

CAMEL = {
    "risk_free": "riskFree",
    "required_return": "requiredReturn",
    "target_sharpe": "targetSharpe",
    "trials_deviation": "trialsDeviation",
}


def returns(random, n):
    """Returns of some scale, and a few that are missing or of another."""
    own = random.standard_t(3, n) * 10.0 ** random.uniform(-6, 0)
    odd = random.random(n) < 0.05
    own[odd] = random.choice([np.nan, np.inf, 0.0, -1.0, -1.5, 1e-300, 1e300], odd.sum())
    return own


def of_returns(random):
    n = int(random.choice([0, 1, 2, 3, 30, 1000]))
    own = np.full(n, 0.01) if random.random() < 0.1 else returns(random, n)
    found = {"returns": own, "periods": float(random.choice([252, 52, 12, 1, 0.5, 365.25]))}
    for name in ("benchmark", "risk_free", "required_return"):
        if random.random() < 0.7:
            found[name] = returns(random, n) if random.random() < 0.5 else float(random.normal() / 100)
    if random.random() < 0.7:
        found["confidence"] = float(random.uniform(0, 1))
        found["target_sharpe"] = float(random.normal())
        found["trials"] = int(random.integers(1, 1000))
        found["trials_deviation"] = float(random.exponential())
    if random.random() < 0.1:
        found |= random.choice(
            [{"periods": -1.0}, {"confidence": 1.0}, {"trials": 0}, {"risk_free": np.zeros(n + 2)}]
        )
    return found


def of_trades(random):
    n = int(random.choice([0, 1, 2, 50]))
    entry = np.cumsum(random.integers(0, 5, n)).astype(float)
    found = {"profit": returns(random, n), "return": returns(random, n)}
    closed = entry + random.integers(0 if random.random() < 0.9 else -3, 9, n)
    # Now and then in the wrong order, which is refused.
    order = np.argsort(closed, kind="stable") if random.random() < 0.9 else np.arange(n)
    found |= {"entry": entry[order], "exit": closed[order]}
    for name in ("return", "entry"):
        if random.random() < 0.2:
            del found[name]
    return {"trades": found}


def of_probabilities(random):
    n, classes = int(random.integers(1, 40)), int(random.integers(2, 5))
    rows = random.dirichlet(np.full(classes, 0.3), n)
    if random.random() < 0.2:
        rows[n // 2, 0] = random.choice([np.nan, 1.5, 0.3])
    return {"probabilities": rows, "outcomes": random.integers(0, classes + (random.random() < 0.1), n)}


def of_forecast(random):
    return {"actual": returns(random, 60), "predicted": returns(random, 60 + (random.random() < 0.1))}


def answer(arguments):
    try:
        return list(tvf.evaluate(**arguments).values())
    except tvf.Error as error:
        return {"code": error.code, "message": str(error)}


def test_every_bit_is_equal(tvf_package):
    random = np.random.Generator(np.random.PCG64(1))
    kinds = (of_returns, of_returns, of_returns, of_trades, of_probabilities, of_forecast)
    arguments = [kind(random) for _ in range(150) for kind in kinds]
    own = [bits(answer(each)) for each in arguments]
    refused = sum(isinstance(found, dict) for found in own)
    assert 20 < refused < len(own) / 4
    calls = [
        ["evaluate", {CAMEL.get(name, name): value for name, value in each.items()}] for each in arguments
    ]
    columns = {name: [0.0] for name in ("time", "open", "high", "low", "close", "volume")}
    text = json.dumps(sendable({"columns": columns, "calls": calls}), allow_nan=False, default=int)
    for where, told in everywhere(tvf_package, ASK, text):
        found = json.loads(told)
        for each, wheel, page in zip(arguments, own, found, strict=True):
            assert bits(page) == wheel, (where, each)
