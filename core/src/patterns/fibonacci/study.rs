//! The definition as plain data.

use crate::error::{Code, Error};
use crate::params::Signature;
use crate::patterns::Turns;
use crate::spec::{CLOSE, Fallback, HIGH, Input, LOW, Param, ParamKind, TIME};
use crate::told::told;

/// A way to draw levels.
#[derive(Debug)]
pub struct Figure {
    /// Its name.
    pub name: &'static str,
    /// What it is, one sentence.
    pub doc: &'static str,
    /// The formula.
    pub formula: &'static str,
    /// How many points a swing of it has.
    pub points: usize,
    /// The ratios that are drawn unless told otherwise.
    pub ratios: &'static [f64],
}

/// What the study is.
#[derive(Debug)]
pub struct Study {
    /// Its name in code.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it tells a trader, one sentence.
    pub summary: &'static str,
    /// How it is done, one sentence a rule.
    pub rules: &'static [&'static str],
    /// Who published it.
    pub source: &'static str,
    /// Parameters.
    pub params: &'static [Param],
    /// The figures.
    pub figures: &'static [Figure],
}

impl From<&'static Study> for Signature {
    fn from(study: &'static Study) -> Self {
        Self {
            id: study.id,
            params: study.params,
        }
    }
}

/// The columns that swings are found in.
pub const INPUTS: &[Input] = &[
    HIGH,
    LOW,
    Input {
        optional: true,
        ..CLOSE
    },
    TIME,
];

/// The definition.
pub static FIBONACCI: Study = Study {
    id: "fibonacci",
    title: "Fibonacci",
    summary: told(
        "Levels that share a swing in fixed ratios, and prices where levels of several swings meet",
    ),
    rules: &[
        "Swings are those between the points given, or the last ones of the series; a swing of the series counts once both of its turns are certain, so no level moves afterwards",
        "A swing goes from A to B; a projection also has C, the turn after B",
        "On a log scale all formulas are about the logarithms of prices",
        "Without a column close the true range that pivots by atr need takes the middle of high and low for it",
        "Retracements, extensions and projections that lie within the tolerance of each other and come from at least two swings are a cluster; a level belongs to one at most, to that with levels of more swings, the narrower if as many",
        "A cluster's score is the mean of two parts: the share of the swings that it has levels of, and how much of the tolerance it leaves unused",
    ],
    source: told(
        "R. Fischer, Fibonacci Applications and Strategies for Traders, 1993; C. Boroden, Fibonacci Trading, 2008",
    ),
    params: &[
        Param {
            name: "scale",
            doc: told("Whether ratios share prices or their logarithms"),
            kind: ParamKind::Choice {
                choices: &["linear", "log"],
            },
            default: Fallback::Text("linear"),
            talib: None,
            quiet: true,
        },
        Param {
            name: "swings",
            doc: told("How many of the last swings of the series are drawn"),
            kind: ParamKind::Int { min: 1, max: 100 },
            default: Fallback::Number(1.0),
            talib: None,
            quiet: false,
        },
        Turns::PIVOTS,
        Turns::REVERSAL,
        Param::float(
            "tolerance",
            0.5,
            (0.0, 100.0),
            told("How far apart the levels of a cluster may be, in percent of the lowest"),
        ),
        Param::float(
            "unit",
            0.0,
            (0.0, 1e15),
            told(
                "How much price is drawn as wide as a bar, which gives arcs their shape; 0 draws each swing at 45 degrees",
            ),
        ),
    ],
    figures: &[
        Figure {
            name: "retracement",
            doc: told("How far price comes back"),
            formula: told("price = B − ratio · (B − A)"),
            points: 2,
            ratios: &[0.0, 0.236, 0.382, 0.5, 0.618, 0.786, 1.0],
        },
        Figure {
            name: "extension",
            doc: told("How far price goes beyond the swing"),
            formula: told("price = A + ratio · (B − A)"),
            points: 2,
            ratios: &[1.272, 1.414, 1.618, 2.0, 2.618, 4.236],
        },
        Figure {
            name: "projection",
            doc: told("How far a next swing goes that is like the first"),
            formula: told("price = C + ratio · (B − A)"),
            points: 3,
            ratios: &[0.618, 1.0, 1.272, 1.618, 2.618],
        },
        Figure {
            name: "fan",
            doc: told("Lines from A through the retracements at B's bar"),
            formula: told(
                "price at B's bar = B − ratio · (B − A); slope = (that − A) / bars from A to B",
            ),
            points: 2,
            ratios: &[0.382, 0.5, 0.618],
        },
        Figure {
            name: "arcs",
            doc: told("Arcs around B whose radius is a ratio of the swing's length"),
            formula: told(
                "radius = ratio · √((B − A)² + (unit · bars)²) in prices; price is the arc's at B's bar, bar is where it is at B's price again",
            ),
            points: 2,
            ratios: &[0.382, 0.5, 0.618],
        },
        Figure {
            name: "time_zones",
            doc: told("Bars whose distances are those of the Fibonacci numbers"),
            formula: told("bar = A's + ratio · bars from A to B"),
            points: 2,
            ratios: &[1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0, 55.0, 89.0],
        },
    ],
};

/// The figures of the names, each once.
pub(super) fn figures(names: &[&str]) -> Result<Vec<&'static Figure>, Error> {
    let all = FIBONACCI.figures;
    let mut found: Vec<&'static Figure> = Vec::new();
    let refuse = |shown: String| {
        let bound = all.iter().map(|figure| figure.name);
        let bound = bound.collect::<Vec<_>>().join(", ");
        let why = format!("kind {shown:?} is none of {bound}");
        Error::new(Code::ParamChoice, "kind", shown, bound, why)
    };
    if names.is_empty() {
        return Err(refuse(String::new()));
    }
    for name in names {
        let figure = all.iter().find(|figure| figure.name == *name);
        let figure = figure.ok_or_else(|| refuse(name.chars().take(40).collect()))?;
        if !found.iter().any(|known| known.name == figure.name) {
            found.push(figure);
        }
    }
    Ok(found)
}
