"""The catalog against numbers that others made: TradingView's exports and Skender's baselines.

The files are found through ``TVF_REFERENCES`` or beside the repository in ``../shared/references``.
A row of the manifest runs under the profile or the parameters that mean the same; rows that no
parameters of ours match are listed with the reason.
"""

import csv
import json
import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tvf

ROOT = Path(__file__).resolve().parents[1]
REFERENCES = Path(os.environ.get("TVF_REFERENCES", ROOT.parent / "shared" / "references"))
MANIFEST = REFERENCES / "manifest.json"


@dataclass(frozen=True)
class Rule:
    """How rows of an indicator in the manifest are computed here."""

    id: str
    output: dict[str, str] | str = ""
    """The output for each column; for a single name, the same for all."""
    params: dict[str, str] = field(default_factory=dict)
    """Our parameter for each of the manifest's."""
    settings: dict[str, Any] = field(default_factory=dict)
    """What else must be set for the definitions to be the same."""
    hides_start: bool = False
    """Whether the reference leaves out values at the start that exist here."""


RENAMED = {"n": "period", "k": "mult", "fast": "fast", "slow": "slow", "signal": "signal"}
KELTNER = {"n": "period", "mult": "mult", "atr": "atr_period"}
PSAR = {"start": "start", "step": "step", "max": "max"}

RULES: dict[tuple[str, str], Rule] = {
    **{
        (c, i): Rule(i, params=RENAMED)
        for c in ("pine", "skender")
        for i in ("sma", "ema", "wma", "rsi", "hma", "vwma")
    },
    **{
        (c, "macd"): Rule(
            "macd",
            {"macd": "macd", "signal": "signal", "histogram": "hist", "hist": "hist"},
            RENAMED,
        )
        for c in ("pine", "skender")
    },
    ("pine", "bbands"): Rule("bbands", {"base": "middle", "upper": "upper", "lower": "lower"}, RENAMED),
    ("skender", "bbands"): Rule(
        "bbands", {"sma": "middle", "upperBand": "upper", "lowerBand": "lower"}, RENAMED
    ),
    ("pine", "atr"): Rule("atr", "value", RENAMED),
    # Seeded as TA-Lib seeds it: the first bar has no true range.
    ("skender", "atr"): Rule("atr", {"atr": "value"}, RENAMED, {"first_bar": "skip"}),
    ("pine", "adx"): Rule(
        "adx",
        {"dip": "plus_di", "dim": "minus_di", "adx": "adx"},
        {"di": "di_period", "adx": "period"},
    ),
    ("skender", "adx"): Rule("adx", {"pdi": "plus_di", "mdi": "minus_di", "adx": "adx"}, RENAMED),
    ("skender", "stoch"): Rule("stoch", {"k": "k", "d": "d"}, {"n": "period", "k": "k", "d": "d"}),
    ("pine", "stoch_raw_k"): Rule("stoch", "k", RENAMED),
    ("skender", "vwap_cum"): Rule("vwap", "vwap", settings={"anchor": "none"}),
    # The symbol's sessions open at 17:00 in New York.
    ("pine", "vwap_session"): Rule("vwap", "vwap"),
    ("pine", "vwap_bands"): Rule("vwap", {"vwap": "vwap", "upper": "upper", "lower": "lower"}),
    ("skender", "obv"): Rule("obv", "value"),
    ("skender", "cmf"): Rule("cmf", params=RENAMED),
    ("pine", "keltner"): Rule(
        "keltner", {"base": "middle", "upper": "upper", "lower": "lower"}, KELTNER, {"band": "tr"}
    ),
    # The width is that of the bands over the middle line.
    ("pine", "keltner_width"): Rule("keltner", "width", KELTNER, {"band": "range"}),
    ("skender", "keltner"): Rule(
        "keltner",
        {"upperBand": "upper", "centerline": "middle", "lowerBand": "lower"},
        KELTNER,
        {"first_bar": "skip"},
    ),
    ("pine", "psar"): Rule("psar", "value", PSAR),
    ("skender", "psar"): Rule("psar", "value", PSAR, {"turn": "touch", "first": "down"}, hides_start=True),
}

# Columns of ours whose rows mean something else, with what they are.
DERIVED = {
    "percentB": "a ratio of the bands",
    "zScore": "a ratio of the bands",
    "width": "a ratio of the bands",
    "dx": "the step before adx",
    "adxr": "a mean of two adx",
    "tr": "the true range itself",
    "atrp": "atr in percent of the close",
    "j": "3k - 2d",
}

# Bars of a row that no parameters of ours match, with the reason; the others are compared.
APART = {
    "skender_baseline:psar:sar:psar": (
        (*range(14, 21), 250),
        "takes the market to rise and the first bar's high as the extreme, and so is a step of acceleration "
        "ahead until it has turned twice; on a turn it shows the old extreme, even inside the last two bars",
    ),
}

SKIPPED_ROWS = {
    "skender_baseline:obv:obv:obv": "shows 0 at the first bar, where TradingView shows nothing",
}


def cases() -> list[dict[str, Any]]:
    """The rows of the manifest whose indicator has a rule."""
    if not MANIFEST.exists():
        return []
    manifest = json.loads(MANIFEST.read_text())
    return [c for c in manifest["cases"] if (c["convention"], c["indicator"]) in RULES]


@cache
def table(name: str) -> tuple[list[str], list[list[str]]]:
    with (REFERENCES / name).open(newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def column(name: str, header: str) -> np.ndarray:
    headers, rows = table(name)
    position = [h.lower() for h in headers].index(header.lower())
    return np.array([float(row[position]) if row[position] else np.nan for row in rows])


def test_references_are_there() -> None:
    if not MANIFEST.exists():
        pytest.skip(f"no reference data at TVF_REFERENCES or in {REFERENCES.name}/ beside the repository")
    assert len(cases()) > 30


def inputs(case: dict[str, Any], entry: tvf.Entry) -> list[np.ndarray]:
    """The columns of the case's bars in the order of the entry."""
    file = case["file"] if case["inputs"] == "in file" else case["inputs"]
    bars = {name: column(file, name) for name in ("open", "high", "low", "close", "volume")}
    source = case["params"].get("src", "close")
    names = {
        "hl2": ("high", "low"),
        "hlc3": ("high", "low", "close"),
        "ohlc4": ("open", "high", "low", "close"),
    }
    parts = names.get(source, (source,))
    bars["source"] = np.mean([bars[name] for name in parts], axis=0)
    if case["convention"] == "pine":
        bars["time"] = column(file, "time") * 1000
    if (entry.id == "vwap" and "src" in case["params"]) or case["indicator"] == "vwap_bands":
        # The export's source is the close alone.
        bars["high"] = bars["low"] = bars["close"]
    return [bars[name] for name in entry.inputs if name in bars]


def settings(case: dict[str, Any], rule: Rule) -> dict[str, Any]:
    """The parameters of the case in our words."""
    given = {ours: case["params"][theirs] for theirs, ours in rule.params.items() if theirs in case["params"]}
    given |= rule.settings
    if case["indicator"] in ("vwap_session", "vwap_bands"):
        anchor = case["params"]["anchor"]
        given |= {"zone": "America/New_York", "open": "17:00", "anchor": "session"}
        if anchor.isdigit():
            # Minutes count from the session's opening, in New York's summer.
            del given["zone"]
            given |= {"anchor": int(anchor), "utc_offset": -240, "open": 17 * 60}
        if "k" in case["params"]:
            given["mult"] = case["params"]["k"]
    return given


def output_of(case: dict[str, Any], rule: Rule) -> str:
    """The output that the case's column shows."""
    if isinstance(rule.output, str):
        return rule.output
    key = case["column"].rsplit(".", 1)[-1].removesuffix("_band")
    return rule.output[key]


@pytest.mark.parametrize("case", cases(), ids=lambda c: c["id"])
def test_equal_to_the_reference(case: dict[str, Any]) -> None:
    if case["id"] in SKIPPED_ROWS:
        pytest.skip(SKIPPED_ROWS[case["id"]])
    if case["column"] in DERIVED:
        pytest.skip(f"not an output here: {DERIVED[case['column']]}")
    rule = RULES[case["convention"], case["indicator"]]
    entry = next(e for e in tvf.catalog() if e.id == rule.id)
    result = getattr(tvf, rule.id)(*inputs(case, entry), **settings(case, rule))
    output = output_of(case, rule)
    if output == "width":
        ours = (result.upper - result.lower) / result.middle
    else:
        ours = getattr(result, output) if isinstance(result, tuple) else result
    theirs = column(case["file"], case["column"])
    assert len(ours) == len(theirs) == case["rows"]
    if rule.hides_start:
        ours = np.where(np.arange(len(ours)) < case["first_valid"], np.nan, ours)
    first = int(np.flatnonzero(~np.isnan(ours))[0])
    assert first == case["first_valid"], "the first value is on another bar"
    bars, _ = APART.get(case["id"], ((), ""))
    assert all(abs(ours[i] - theirs[i]) > 1e-3 for i in bars), "it agrees where it is said not to"
    ours[list(bars)] = theirs[list(bars)]
    valid = ~np.isnan(theirs)
    np.testing.assert_array_equal(np.isnan(ours), ~valid)
    apart = np.abs(ours - theirs)[valid]
    allowed = case["abs_tol"] + case["rel_tol"] * np.abs(theirs[valid])
    worst = int(np.argmax(apart - allowed))
    assert apart[worst] <= allowed[worst], f"off by {apart[worst]:e} at value {worst}; last {apart[-1]:e}"
