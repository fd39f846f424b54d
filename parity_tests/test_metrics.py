"""Metrics of strategies against the cases and the code of others."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tvf

DATA = json.loads((Path(__file__).parent / "data" / "empyrical" / "cases.json").read_text())
SERIES = {
    name: np.array([np.nan if x is None else x for x in series]) for name, series in DATA["series"].items()
}
SERIES["simple_benchmark_df"] = SERIES["simple_benchmark"]

METRICS = {
    "test_alpha": "alpha",
    "test_alpha_beta": ("alpha", "beta"),
    "test_annual_ret": "annual_return",
    "test_annual_volatility": "volatility",
    "test_beta": "beta",
    "test_cagr": "cagr",
    "test_calmar": "calmar",
    "test_capture_ratio": "capture",
    "test_cum_returns_final": "total_return",
    "test_down_capture": "down_capture",
    "test_downside_risk": "downside_deviation",
    "test_excess_sharpe": "information_ratio",
    "test_max_drawdown": "max_drawdown",
    "test_omega": "omega",
    "test_sharpe_ratio": "sharpe",
    "test_sortino": "sortino",
    "test_up_alpha_beta": ("alpha", "beta"),
    "test_up_capture": "up_capture",
    "test_up_down_capture": "capture_ratio",
}
"""The tests that ask for a metric of ours."""

OTHERS = {
    "test_aggregate_returns": "returns of longer periods are no metric",
    "test_cum_returns": "a series",
    "test_gpd_risk_estimates": "extreme values are not ours",
    "test_roll_alpha_beta": "a series",
    "test_roll_down_capture": "a series",
    "test_roll_max_drawdown": "a series",
    "test_roll_sharpe_ratio": "a series",
    "test_roll_up_capture": "a series",
    "test_roll_up_down_capture": "a series",
    "test_simple_returns": "a series",
    "test_stability_of_timeseries": "not ours",
    "test_tail_ratio": "not ours",
}
"""Those that do not, and why."""

FRAMES = ("df_simple", "df_week", "df_month")
"""Frames of which the data has no numbers."""


def usable(case):
    return case["test"] in METRICS and case["returns"] not in FRAMES


def series(text):
    """A series by its name, or by what the tests write beside it; a number stands for itself."""
    if text.startswith("-"):
        return -SERIES[text[1:]]
    if text.startswith("2 * "):
        return 2 * SERIES[text[4:]]
    if text.endswith("[1:]"):
        return SERIES[text[:-4]][1:]
    return SERIES[text] if text in SERIES else float(text)


def arguments(case):
    own: Any = series(case["returns"])
    found: dict[str, Any] = {"periods": DATA["periods_per_year"][case.get("period", "daily")]}
    for name, argument in (
        ("benchmark", "benchmark"),
        ("factor_returns", "benchmark"),
        ("risk_free", "risk_free"),
        ("required_return", "required_return"),
    ):
        if name in case:
            value = case[name]
            found[argument] = series(value) if isinstance(value, str) else value
    other = found.get("benchmark")
    if isinstance(other, np.ndarray) and len(other) != len(own):
        # The tests join by date: what is shorter lacks the first days, or has none at all.
        n = min(len(own), len(other))
        own, found["benchmark"] = own[len(own) - n :], other[len(other) - n :]
    if case["test"] == "test_up_alpha_beta":
        # Those of the days on which the benchmark rose.
        rose = found["benchmark"] > 0
        own, found["benchmark"] = own[rose], found["benchmark"][rose]
    return {"returns": own, **found}


def test_every_case_is_known():
    assert {case["test"] for case in DATA["cases"]} == METRICS.keys() | OTHERS.keys()
    assert sum(map(usable, DATA["cases"])) == 58


@pytest.mark.parametrize(
    "case", list(filter(usable, DATA["cases"])), ids=lambda c: f"{c['test']}-{c['returns']}"
)
def test_a_case_of_empyrical(case):
    evaluation = tvf.evaluate(**arguments(case))
    names = METRICS[case["test"]]
    names = (names,) if isinstance(names, str) else names
    found = [evaluation[name] for name in names]
    expected = [float(x) for x in np.atleast_1d(case["expected"])]
    places = int(case.get("decimal_places", DATA["decimal_places"]))
    np.testing.assert_allclose(found, expected, rtol=0, atol=10.0**-places)


def returns(seed):
    """A year or more of days with fat tails and days of rest, and a market beside them."""
    random = np.random.Generator(np.random.PCG64(seed))
    market = random.standard_t(4, 400) / 150
    own = 0.6 * market + random.standard_t(4, 400) / 200 + 0.0004
    own[random.random(400) < 0.1] = 0
    return own, market


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("risk_free", [0.0, 0.0002])
def test_equal_to_empyrical(seed, risk_free):
    empyrical = pytest.importorskip("empyrical")
    own, market = returns(seed)
    found = tvf.evaluate(own, market, risk_free=risk_free, required_return=risk_free, confidence=0.9)
    expected = {
        "total_return": empyrical.cum_returns_final(own),
        "annual_return": empyrical.annual_return(own),
        "cagr": empyrical.cagr(own),
        "volatility": empyrical.annual_volatility(own),
        "sharpe": empyrical.sharpe_ratio(own, risk_free),
        "sortino": empyrical.sortino_ratio(own, risk_free),
        "downside_deviation": empyrical.downside_risk(own, risk_free),
        "calmar": empyrical.calmar_ratio(own),
        "omega": empyrical.omega_ratio(own, risk_free, (1 + risk_free) ** 252 - 1),
        "max_drawdown": empyrical.max_drawdown(own),
        "var_historical": empyrical.value_at_risk(own, 0.1),
        "cvar_historical": empyrical.conditional_value_at_risk(own, 0.1),
        "alpha": empyrical.alpha(own, market, risk_free),
        "beta": empyrical.beta(own, market, risk_free),
        "information_ratio": empyrical.excess_sharpe(own, market),
        "capture": empyrical.capture(own, market),
        "up_capture": empyrical.up_capture(own, market),
        "down_capture": empyrical.down_capture(own, market),
        "capture_ratio": empyrical.up_down_capture(own, market),
    }
    np.testing.assert_allclose([found[name] for name in expected], list(expected.values()), rtol=1e-10)


@pytest.fixture(scope="module")
def quantstats():
    pytest.importorskip("quantstats")
    from quantstats import stats

    return stats


@pytest.mark.parametrize("seed", range(8))
def test_equal_to_quantstats(seed, quantstats):
    pandas = pytest.importorskip("pandas")
    own, market = returns(seed)
    days = pandas.bdate_range("2020-01-01", periods=len(own))
    own, market = pandas.Series(own, days), pandas.Series(market, days)
    found = tvf.evaluate(own, market)
    n = len(own)
    # The last number of each row is what makes theirs ours, and why is said in docs/evaluation.md.
    expected = {
        "total_return": (quantstats.comp(own), 1),
        "volatility": (quantstats.volatility(own), 1),
        "sharpe": (quantstats.sharpe(own), 1),
        "sortino": (quantstats.sortino(own), 1),
        "calmar": (quantstats.calmar(own), 1),
        "omega": (quantstats.omega(own), 1),
        "max_drawdown": (quantstats.max_drawdown(own), 1),
        "var_normal": (quantstats.value_at_risk(own, confidence=0.95), 1),
        "ulcer_index": (quantstats.ulcer_index(own), ((n - 1) / n) ** 0.5),
        "win_rate": (quantstats.win_rate(own), 1),
        "average_win": (quantstats.avg_win(own), 1),
        "average_loss": (quantstats.avg_loss(own), 1),
        "payoff": (quantstats.payoff_ratio(own), 1),
        "profit_factor": (quantstats.profit_factor(own), 1),
        "beta": (quantstats.greeks(own, market)["beta"], 1),
        "information_ratio": (quantstats.information_ratio(own, market), 1),
        "skewness": (quantstats.skew(own), (n - 2) / (n * (n - 1)) ** 0.5),
    }
    theirs = [value * factor for value, factor in expected.values()]
    np.testing.assert_allclose([found[name] for name in expected], theirs, rtol=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_tails_by_integration(seed):
    """VaR and CVaR of Cornish and Fisher, and both tests of Sharpe, by other means than their formulas."""
    stats = pytest.importorskip("scipy.stats")
    integrate = pytest.importorskip("scipy.integrate")
    own, _ = returns(seed)
    found = tvf.evaluate(own, trials=40, trials_deviation=0.5, target_sharpe=0.3, confidence=0.99)
    mean, deviation = own.mean(), own.std(ddof=1)
    skewness, kurtosis = stats.skew(own), stats.kurtosis(own)

    def bent(z):
        own_terms = (z**2 - 1) * skewness / 6 + (z**3 - 3 * z) * kurtosis / 24
        return mean + deviation * (z + own_terms - (2 * z**3 - 5 * z) * skewness**2 / 36)

    tail = stats.norm.ppf(0.01)
    below = integrate.quad(lambda z: bent(z) * stats.norm.pdf(z), -np.inf, tail)[0] / 0.01
    assert found.var_cornish_fisher == pytest.approx(bent(tail), rel=1e-12)
    assert found.cvar_cornish_fisher == pytest.approx(below, rel=1e-7)
    normal = integrate.quad(lambda z: (mean + deviation * z) * stats.norm.pdf(z), -np.inf, tail)[0] / 0.01
    assert found.cvar_normal == pytest.approx(normal, rel=1e-7)
    sharpe = mean / deviation
    spread = np.sqrt((1 - skewness * sharpe + (kurtosis + 2) / 4 * sharpe**2) / (len(own) - 1))
    against = lambda other: stats.norm.cdf((sharpe - other / 252**0.5) / spread)  # noqa: E731
    assert found.probabilistic_sharpe == pytest.approx(against(0.3), rel=1e-12)
    quantiles = stats.norm.ppf([1 - 1 / 40, 1 - 1 / (40 * np.e)])
    best = 0.5 * np.dot([1 - np.euler_gamma, np.euler_gamma], quantiles)
    assert found.deflated_sharpe == pytest.approx(against(best), rel=1e-12)
