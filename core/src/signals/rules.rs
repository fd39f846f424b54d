//! Indicators that have a vote: each rule turns what an indicator says of the last bar into a number
//! from −1, price is expected to fall, to +1, it is expected to rise.

use super::source::Group;

/// A value that a rule reads: an output of an indicator of the catalog.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub id: &'static str,
    pub output: &'static str,
    pub params: &'static [(&'static str, f64)],
    /// Another indicator, whose first output it is computed from in the place of the close.
    pub of: Option<&'static str>,
}

/// How an indicator votes.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name among the sources.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What kind of opinion it is.
    pub group: Group,
    /// The vote as a formula.
    pub rule: &'static str,
    /// Who published the reading.
    pub source: &'static str,
    /// Columns it reads.
    pub inputs: &'static [&'static str],
    pub(super) parts: &'static [Part],
    /// The vote of the close and the parts' values, all of them there.
    pub(super) vote: fn(close: f64, parts: &[f64]) -> f64,
}

const HLC: &[&str] = &["high", "low", "close"];
const CLOSE: &[&str] = &["close"];
const HLCV: &[&str] = &["high", "low", "close", "volume"];

const fn part(id: &'static str, output: &'static str) -> Part {
    Part {
        id,
        output,
        params: &[],
        of: None,
    }
}

const ATR: Part = part("atr", "value");

/// −1 to 1; what is missing stays so.
#[expect(clippy::manual_clamp, reason = "clamp is not the same on every target")]
pub(super) fn within(vote: f64) -> f64 {
    if vote > 1.0 {
        1.0
    } else if vote < -1.0 {
        -1.0
    } else {
        vote
    }
}

/// A quotient; 0 where nothing can be divided by.
fn share(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

/// Above zero below the low bound, below zero above the high one, full a reach beyond them.
fn beyond(value: f64, low: f64, high: f64, reach: f64) -> f64 {
    if value < low {
        within((low - value) / reach)
    } else if value > high {
        within((high - value) / reach)
    } else {
        0.0
    }
}

/// The rules as a build carries them: with the texts that people read, or without.
const fn told(mut rules: [Rule; 15]) -> [Rule; 15] {
    let mut i = 0;
    while i < rules.len() && !cfg!(feature = "texts") {
        rules[i].rule = "";
        rules[i].source = "";
        i += 1;
    }
    rules
}

/// The rules, in the order of the documentation.
pub(super) static RULES: [Rule; 15] = told([
    Rule {
        id: "ema",
        title: "Price and its average",
        group: Group::Trend,
        rule: "(close − ema(50)) / (2 · atr(14)), from −1 to 1",
        source: "P. Kaufman, Trading Systems and Methods, 1978",
        inputs: HLC,
        parts: &[
            Part {
                params: &[("period", 50.0)],
                ..part("ema", "value")
            },
            ATR,
        ],
        vote: |close, v| within(share(close - v[0], 2.0 * v[1])),
    },
    Rule {
        id: "sma_cross",
        title: "Golden and death cross",
        group: Group::Trend,
        rule: "(sma(50) − sma(200)) / (2 · atr(14)), from −1 to 1",
        source: "R. Edwards and J. Magee, Technical Analysis of Stock Trends, 1948",
        inputs: HLC,
        parts: &[
            Part {
                params: &[("period", 50.0)],
                ..part("sma", "value")
            },
            Part {
                params: &[("period", 200.0)],
                ..part("sma", "value")
            },
            ATR,
        ],
        vote: |_, v| within(share(v[0] - v[1], 2.0 * v[2])),
    },
    Rule {
        id: "macd",
        title: "MACD",
        group: Group::Trend,
        rule: "hist / (0.25 · atr(14)), from −1 to 1",
        source: "G. Appel, The Moving Average Convergence-Divergence Trading Method, 1985",
        inputs: HLC,
        parts: &[part("macd", "hist"), ATR],
        vote: |_, v| within(share(v[0], 0.25 * v[1])),
    },
    Rule {
        id: "adx",
        title: "Directional movement",
        group: Group::Trend,
        rule: "(plus_di − minus_di) / (plus_di + minus_di) · (adx − 15) / 25, the last factor from 0 to 1",
        source: "J. W. Wilder, New Concepts in Technical Trading Systems, 1978",
        inputs: HLC,
        parts: &[
            part("adx", "adx"),
            part("adx", "plus_di"),
            part("adx", "minus_di"),
        ],
        vote: |_, v| {
            let strength = within((v[0] - 15.0) / 25.0);
            let strength = if strength < 0.0 { 0.0 } else { strength };
            within(share(v[1] - v[2], v[1] + v[2])) * strength
        },
    },
    Rule {
        id: "aroon",
        title: "Aroon",
        group: Group::Trend,
        rule: "oscillator / 100",
        source: "T. Chande, A Time Price Oscillator, 1995",
        inputs: &["high", "low"],
        parts: &[part("aroon", "oscillator")],
        vote: |_, v| within(v[0] / 100.0),
    },
    Rule {
        id: "supertrend",
        title: "Supertrend",
        group: Group::Trend,
        rule: "its trend: +1 or −1",
        source: "O. Seban, Le Supertrend, 2008",
        inputs: HLC,
        parts: &[part("supertrend", "trend")],
        vote: |_, v| within(v[0]),
    },
    Rule {
        id: "psar",
        title: "Parabolic stop and reverse",
        group: Group::Trend,
        rule: "its trend: +1 or −1",
        source: "J. W. Wilder, New Concepts in Technical Trading Systems, 1978",
        inputs: HLC,
        parts: &[part("psar", "trend")],
        vote: |_, v| within(v[0]),
    },
    Rule {
        id: "roc",
        title: "Rate of change",
        group: Group::Trend,
        rule: "roc(9) / (3 · natr(14)), from −1 to 1",
        source: "J. Murphy, Technical Analysis of the Financial Markets, 1999",
        inputs: HLC,
        parts: &[part("roc", "value"), part("natr", "value")],
        vote: |_, v| within(share(v[0], 3.0 * v[1])),
    },
    Rule {
        id: "rsi",
        title: "RSI",
        group: Group::Reversal,
        rule: "(30 − rsi) / 15 below 30, (70 − rsi) / 15 above 70, from −1 to 1; 0 between",
        source: "J. W. Wilder, New Concepts in Technical Trading Systems, 1978",
        inputs: CLOSE,
        parts: &[part("rsi", "value")],
        vote: |_, v| beyond(v[0], 30.0, 70.0, 15.0),
    },
    Rule {
        id: "stoch",
        title: "Stochastic",
        group: Group::Reversal,
        rule: "(20 − k) / 20 below 20 once k is above d, (80 − k) / 20 above 80 once k is below d; else 0",
        source: "G. Lane, Lane's Stochastics, 1984",
        inputs: HLC,
        parts: &[
            Part {
                params: &[("k", 3.0)],
                ..part("stoch", "k")
            },
            Part {
                params: &[("k", 3.0)],
                ..part("stoch", "d")
            },
        ],
        vote: |_, v| {
            let vote = beyond(v[0], 20.0, 80.0, 20.0);
            if vote * (v[0] - v[1]) > 0.0 {
                vote
            } else {
                0.0
            }
        },
    },
    Rule {
        id: "cci",
        title: "Commodity channel index",
        group: Group::Reversal,
        rule: "(−100 − cci) / 100 below −100, (100 − cci) / 100 above 100, from −1 to 1; 0 between",
        source: "D. Lambert, Commodity Channel Index, 1980",
        inputs: HLC,
        parts: &[part("cci", "value")],
        vote: |_, v| beyond(v[0], -100.0, 100.0, 100.0),
    },
    Rule {
        id: "bbands",
        title: "Bollinger bands",
        group: Group::Reversal,
        rule: "with %b = (close − lower) / (upper − lower): (0 − %b) / 0.25 below 0, (1 − %b) / 0.25 above 1, from −1 to 1; 0 between",
        source: "J. Bollinger, Bollinger on Bollinger Bands, 2001",
        inputs: CLOSE,
        parts: &[part("bbands", "lower"), part("bbands", "upper")],
        vote: |close, v| {
            let width = v[1] - v[0];
            if width > 0.0 {
                beyond((close - v[0]) / width, 0.0, 1.0, 0.25)
            } else {
                0.0
            }
        },
    },
    Rule {
        id: "mfi",
        title: "Money flow index",
        group: Group::Volume,
        rule: "(20 − mfi) / 10 below 20, (80 − mfi) / 10 above 80, from −1 to 1; 0 between",
        source: "G. Quong and A. Soudack, Volume-Weighted RSI: Money Flow, 1989",
        inputs: HLCV,
        parts: &[part("mfi", "value")],
        vote: |_, v| beyond(v[0], 20.0, 80.0, 10.0),
    },
    Rule {
        id: "cmf",
        title: "Chaikin money flow",
        group: Group::Volume,
        rule: "cmf(20) / 0.25, from −1 to 1",
        source: "M. Chaikin, 1980s",
        inputs: HLCV,
        parts: &[part("cmf", "value")],
        vote: |_, v| within(v[0] / 0.25),
    },
    Rule {
        id: "obv",
        title: "On-balance volume",
        group: Group::Volume,
        rule: "(obv − ema(20) of obv) / (2 · stddev(20) of obv), from −1 to 1",
        source: "J. Granville, New Key to Stock Market Profits, 1963",
        inputs: &["close", "volume"],
        parts: &[
            part("obv", "value"),
            Part {
                params: &[("period", 20.0)],
                of: Some("obv"),
                ..part("ema", "value")
            },
            Part {
                params: &[("period", 20.0)],
                of: Some("obv"),
                ..part("stddev", "value")
            },
        ],
        vote: |_, v| within(share(v[0] - v[1], 2.0 * v[2])),
    },
]);
