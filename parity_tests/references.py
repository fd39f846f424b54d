"""Numbers that others made, and how each is computed here: TradingView's exports and Skender's baselines.

The baselines are in ``data/skender``. The exports stay outside; they are found through ``TVF_REFERENCES`` or
beside the repository in ``../shared/references``. A row of a manifest runs under the profile or the
parameters that mean the same; bars on which no parameters of ours match are listed with the reason.
"""

import csv
import json
import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import tvf

ROOT = Path(__file__).resolve().parents[1]
SKENDER = ROOT / "parity_tests" / "data" / "skender"
OUTSIDE = Path(os.environ.get("TVF_REFERENCES", ROOT.parent / "shared" / "references"))
MISSING = f"TradingView's exports are neither at TVF_REFERENCES nor in {OUTSIDE}"

NAMES = {"pine": "TradingView", "skender": "Stock Indicators"}
"""What the makers of a manifest's conventions are called."""


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
SUPERTREND = {"n": "period", "mult": "mult"}
PSAR = {"start": "start", "step": "step", "max": "max"}

RULES: dict[tuple[str, str], Rule] = {
    **{
        (c, i): Rule(i, params=RENAMED)
        for c in ("pine", "skender")
        for i in ("sma", "ema", "wma", "rsi", "hma", "vwma", "rma", "swma")
    },
    **{
        (c, "alma"): Rule("alma", params={**RENAMED, "offset": "offset", "sigma": "sigma"})
        for c in ("pine", "skender")
    },
    # Only the first average begins with a mean; T3 has none that does.
    **{("skender", i): Rule(i, params=RENAMED, settings={"stages": "first"}) for i in ("dema", "tema")},
    ("skender", "t3"): Rule("t3", params={"n": "period", "v": "factor"}, settings={"stages": "first"}),
    ("skender", "kama"): Rule("kama", params={"er": "period", "fast": "fast", "slow": "slow"}),
    ("skender", "mama"): Rule("mama", {"mama": "mama", "fama": "fama"}, {"fast": "fast", "slow": "slow"}),
    ("skender", "epma_lsma"): Rule("lsma", params=RENAMED),
    ("skender", "mcginley"): Rule(
        "mcginley", params={"n": "period", "k": "factor"}, settings={"seed": "first"}
    ),
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
    # Shows its spans ahead, and the close behind.
    ("skender", "ichimoku"): Rule(
        "ichimoku",
        {
            "tenkanSen": "conversion",
            "kijunSen": "base",
            "senkouSpanA": "span_a",
            "senkouSpanB": "span_b",
            "chikouSpan": "lagging",
        },
        {"tenkan": "conversion", "kijun": "base", "senkouB": "span", "shift": "displacement"},
        {"counted": "without_current", "shifted": True},
    ),
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
    ("pine", "supertrend"): Rule(
        "supertrend", {"up": "rising", "down": "falling"}, RENAMED | {"mult": "mult"}
    ),
    ("skender", "supertrend"): Rule(
        "supertrend",
        {"superTrend": "value", "upperBand": "falling", "lowerBand": "rising"},
        SUPERTREND,
        {"first_bar": "skip", "first": "up"},
    ),
    # Leaves the current bar out, so that a close can break the channel.
    ("skender", "donchian"): Rule(
        "donchian",
        {"upperBand": "upper", "centerline": "middle", "lowerBand": "lower"},
        RENAMED,
        {"counted": "without_current"},
    ),
    **{
        ("skender", theirs): Rule(ours, "value", RENAMED)
        for theirs, ours in (
            ("cci", "cci"),
            ("willr", "williams_r"),
            ("roc", "roc"),
            ("cmo", "cmo"),
            ("adl", "adl"),
            ("chaikin_osc", "chaikin_oscillator"),
            ("ao", "awesome"),
            ("stddev", "stddev"),
        )
    },
    # The export's source is the close alone.
    ("pine", "mfi"): Rule("mfi", "value", RENAMED),
    ("skender", "mfi"): Rule("mfi", "value", RENAMED, {"first_bar": "skip"}),
    ("skender", "aroon"): Rule(
        "aroon", {"aroonUp": "up", "aroonDown": "down", "oscillator": "oscillator"}, RENAMED
    ),
    ("skender", "stochrsi"): Rule(
        "stoch_rsi",
        {"stochRsi": "k", "signal": "d"},
        {"rsi": "period", "stoch": "range", "smooth": "k", "signal": "d"},
    ),
    # The same on volumes.
    ("skender", "pvo"): Rule("ppo", {"pvo": "ppo", "signal": "signal"}, RENAMED),
    ("skender", "trix"): Rule("trix", "value", RENAMED, {"seed": "value"}),
    ("skender", "tsi"): Rule(
        "tsi",
        {"tsi": "tsi", "signal": "signal"},
        {"long": "long", "short": "short", "signal": "signal"},
        {"scale": 100},
    ),
    ("skender", "linreg"): Rule("linear_regression", {"slope": "slope", "rSquared": "r_squared"}, RENAMED),
    ("skender", "vortex"): Rule("vortex", {"pvi": "plus", "nvi": "minus"}, RENAMED),
    # Shows an older price less the mean of later bars, at the bar of the price.
    ("skender", "dpo"): Rule("dpo", "value", RENAMED, {"older": "price", "shifted": True}),
    ("skender", "ultimate"): Rule("ultimate", "value", {"a": "short", "b": "medium", "c": "long"}),
    ("skender", "pivot_points"): Rule(
        "pivot_points",
        {"pp": "pivot"} | {level: level for level in ("r1", "s1", "r2", "s2", "r3", "s3")},
        {"window": "span"},
    ),
    ("skender", "psar"): Rule("psar", "value", PSAR, {"turn": "touch", "first": "down"}, hides_start=True),
}

# Columns of theirs that are no outputs here, with what they are.
DERIVED = {
    "percentB": "a ratio of the bands",
    "zScore": "a ratio of the bands",
    "width": "a ratio of the bands",
    "dx": "the step before adx",
    "adxr": "a mean of two adx",
    "tr": "the true range itself",
    "er": "a step before kama",
    "atrp": "atr in percent of the close",
    "j": "3k - 2d",
    "mean": "sma",
    "linreg.stdDev": "the deviation from the mean",
    "momentum": "momentum itself",
    "ema3": "the average before its rate of change",
}

EARLIEST = "Of equal highs or lows it counts the earliest."

# Bars of a row that no parameters of ours match, with the reason; the others are compared.
APART: dict[str, tuple[tuple[int, ...], str]] = {
    "skender_baseline:psar:sar:psar": (
        (*range(14, 21), 250),
        "It takes the market to rise and the first bar's high as the extreme, and so is a step of "
        "acceleration ahead until it has turned twice; on a turn it shows the old extreme, even inside the "
        "last two bars.",
    ),
    "skender_baseline:obv:obv:obv": (
        (0,),
        "It shows 0 at the first bar, where TradingView shows nothing.",
    ),
    "skender_baseline:kama:kama:kama": (
        (9,),
        "It shows the source that the line begins from.",
    ),
    "skender_baseline:mcginley:dynamic:dynamic": (
        (*range(1, 13),),
        "It shows the line from the second bar on, rather than from the period's last.",
    ),
    "skender_baseline:aroon:aroonUp:aroon": ((193,), EARLIEST),
    "skender_baseline:aroon:aroonDown:aroon": ((232,), EARLIEST),
    "skender_baseline:aroon:oscillator:aroon": ((193, 232), EARLIEST),
    "tradingview:supertrend:ta.supertrend(3, 10).down:supertrend": (
        (0,),
        "The 0 at the first bar is one of the plot.",
    ),
}


def cases() -> list[dict[str, Any]]:
    """The rows whose indicator has a rule: ours, and those outside that we do not have."""
    found: dict[str, dict[str, Any]] = {}
    for root in (SKENDER, OUTSIDE):
        manifest = root / "manifest.json"
        for case in json.loads(manifest.read_text())["cases"] if manifest.exists() else ():
            known = (case["convention"], case["indicator"]) in RULES
            columns = {case["column"], f"{case['indicator']}.{case['column']}"}
            if known and columns.isdisjoint(DERIVED) and case["id"] not in found:
                found[case["id"]] = {**case, "root": root}
    return list(found.values())


@cache
def table(path: Path) -> tuple[list[str], list[list[str]]]:
    """A file's headers and rows."""
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def column(path: Path, header: str) -> np.ndarray:
    """A file's column."""
    headers, rows = table(path)
    position = [h.lower() for h in headers].index(header.lower())
    return np.array([float(row[position]) if row[position] else np.nan for row in rows])


def inputs(case: dict[str, Any], entry: tvf.Entry) -> list[np.ndarray]:
    """The columns of the case's bars in the order of the entry."""
    file = case["file"] if case["inputs"] == "in file" else case["inputs"]
    bars = {name: column(case["root"] / file, name) for name in ("open", "high", "low", "close", "volume")}
    source = case["params"].get("src", "close")
    names = {
        "hl2": ("high", "low"),
        "hlc3": ("high", "low", "close"),
        "hlcc4": ("high", "low", "close", "close"),
        "ohlc4": ("open", "high", "low", "close"),
    }
    parts = names.get(source, (source,))
    bars["source"] = np.mean([bars[name] for name in parts], axis=0)
    if case["indicator"] == "pvo":
        bars["source"] = bars["volume"]
    if entry.id == "pivot_points":
        days = [row[0] for row in table(case["root"] / file)[1]]
        bars["time"] = np.array(days, "datetime64[ms]").astype(float)
    if case["convention"] == "pine":
        bars["time"] = column(case["root"] / file, "time") * 1000
    typical = entry.id in ("vwap", "mfi") and case["convention"] == "pine"
    if (typical and "src" in case["params"]) or case["indicator"] == "vwap_bands":
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


def both(case: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Our column and theirs, which is made ours on the bars that are listed as apart."""
    rule = RULES[case["convention"], case["indicator"]]
    entry = next(e for e in tvf.catalog() if e.id == rule.id)
    result = getattr(tvf, rule.id)(*inputs(case, entry), **settings(case, rule))
    output = output_of(case, rule)
    if output == "width":
        ours = (result.upper - result.lower) / result.middle
    elif output in ("rising", "falling"):
        ours = np.where((result.trend > 0) == (output == "rising"), result.value, np.nan)
    else:
        ours = getattr(result, output) if isinstance(result, tuple) else result
    theirs = column(case["root"] / case["file"], case["column"])
    assert len(ours) == len(theirs) == case["rows"]
    if rule.hides_start:
        ours = np.where(np.arange(len(ours)) < case["first_valid"], np.nan, ours)
    bars, _ = APART.get(case["id"], ((), ""))
    assert not any(abs(ours[i] - theirs[i]) <= 1e-3 for i in bars), "it agrees where it is said not to"
    ours[list(bars)] = theirs[list(bars)]
    return ours, theirs
