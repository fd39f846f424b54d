//! The metrics of probabilities of classes, such as buy, sell and hold.

use super::columns::room;
use super::metric::{About, CHANCE, Metric, SHARE, formulas};
use super::moments::{mean, sum};
use crate::error::{Code, Error};
use crate::params::show;

/// How far the probabilities of a row may be from 1 together: what is left of them in single precision.
const SLACK: f64 = 1e-6;

/// What each row says of what came.
pub(super) struct Rows {
    /// The probability of the class that came.
    likely: Vec<f64>,
    /// Whether that was the greatest one: 1 or 0.
    hits: Vec<f64>,
    /// The squares of all errors, summed.
    errors: Vec<f64>,
}

impl Rows {
    fn new(classes: &[&[f64]], outcomes: &[f64]) -> Result<Self, Error> {
        let n = outcomes.len();
        let (mut likely, mut hits, mut errors) = (room(n)?, room(n)?, room(n)?);
        for (class, column) in classes.iter().enumerate() {
            if column.len() != n {
                let name = format!("probabilities[{class}]");
                return Err(Error::input_length(&name, column.len(), "outcomes", n));
            }
        }
        for (row, outcome) in outcomes.iter().enumerate() {
            let chances = || classes.iter().filter_map(|column| column.get(row).copied());
            if !outcome.is_finite() || !chances().all(f64::is_finite) {
                continue;
            }
            check(row, chances())?;
            let came = place(row, *outcome, classes.len())?;
            let (mut best, mut squares) = ((0, f64::NEG_INFINITY), 0.0);
            for (class, chance) in chances().enumerate() {
                if chance > best.1 {
                    best = (class, chance);
                }
                let error = chance - f64::from(u8::from(class == came));
                squares += error * error;
            }
            likely.extend(chances().nth(came));
            hits.push(f64::from(u8::from(best.0 == came)));
            errors.push(squares);
        }
        Ok(Self {
            likely,
            hits,
            errors,
        })
    }

    fn cross_entropy(&self) -> f64 {
        let nats = self.likely.iter().map(|chance| -libm::log(*chance));
        sum(nats) / self.likely.len() as f64
    }
}

/// Refuses what are no probabilities.
fn check(row: usize, chances: impl Iterator<Item = f64>) -> Result<(), Error> {
    let mut sum = 0.0;
    for chance in chances {
        if !(0.0..=1.0).contains(&chance) {
            let value = show(chance);
            let message = format!("probability {value} of row {row} is not between 0 and 1");
            return Err(error("probabilities", value, "0 to 1", message));
        }
        sum += chance;
    }
    if (sum - 1.0).abs() > SLACK {
        let value = show(sum);
        let message = format!("probabilities of row {row} are {value} together, not 1");
        return Err(error("probabilities", value, "1 together", message));
    }
    Ok(())
}

/// The number of the class that came.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked"
)]
fn place(row: usize, outcome: f64, classes: usize) -> Result<usize, Error> {
    if outcome >= 0.0 && outcome < classes as f64 && outcome.fract() == 0.0 {
        return Ok(outcome as usize);
    }
    let (value, last) = (show(outcome), classes - 1);
    let message = format!("outcome {value} of row {row} is no class from 0 to {last}");
    Err(error("outcomes", value, &format!("0 to {last}"), message))
}

#[cold]
fn error(name: &str, value: String, bound: &str, message: String) -> Error {
    Error::new(Code::InputRange, name, value, bound, message)
}

const CROSS_ENTROPY: Metric<Rows> = Metric {
    about: About {
        id: "cross_entropy",
        title: "Cross-entropy",
        formula: "mean(−ln p), p the probability that was given to the class that came",
        unit: "nats: 0 for certainty, ln 3 for three equal chances",
        edge: "Infinite where something came that was given no chance, NaN without a row.",
        source: "I. J. Good, Rational Decisions, 1952",
    },
    compute: Rows::cross_entropy,
};

const CONFIDENCE: Metric<Rows> = Metric {
    about: About {
        id: "confidence",
        title: "Confidence score",
        formula: "e^(−cross_entropy): the geometric mean of the probabilities of what came",
        unit: CHANCE,
        edge: "0 where something came that was given no chance, NaN without a row.",
        source: "I. J. Good, Rational Decisions, 1952",
    },
    compute: |it| libm::exp(-it.cross_entropy()),
};

const ACCURACY: Metric<Rows> = Metric {
    about: About {
        id: "accuracy",
        title: "Accuracy",
        formula: "share of the rows whose greatest probability, the first of equal ones, is that of the class that came",
        unit: SHARE,
        edge: "NaN without a row.",
        source: "common",
    },
    compute: |it| mean(&it.hits),
};

const BRIER: Metric<Rows> = Metric {
    about: About {
        id: "brier",
        title: "Brier score",
        formula: "mean over rows of Σ(p − o)², o 1 for the class that came and 0 for others",
        unit: "0 for certainty to 2",
        edge: "NaN without a row.",
        source: "G. W. Brier, 1950",
    },
    compute: |it| mean(&it.errors),
};

pub(super) const METRICS: &[Metric<Rows>] = &[CROSS_ENTROPY, CONFIDENCE, ACCURACY, BRIER];

static FORMULAS: [fn(&Rows) -> f64; METRICS.len()] = formulas(METRICS);

/// The metrics of probabilities, a column per class, beside the numbers of the classes that came, in the order of their
/// definitions. A row with a missing value is passed over.
///
/// # Errors
/// [`InputCount`](Code::InputCount) below two classes, [`InputLength`](Code::InputLength) for columns that differ in
/// length, [`InputRange`](Code::InputRange) for what is no probability, rows that are not 1 together, and outcomes that
/// are no class.
pub fn probabilities(classes: &[&[f64]], outcomes: &[f64]) -> Result<Vec<f64>, Error> {
    if classes.len() < 2 {
        let (value, bound) = (classes.len().to_string(), "at least 2 classes");
        let message = format!("probabilities have {value} columns, and classes are at least 2");
        return Err(Error::new(
            Code::InputCount,
            "probabilities",
            value,
            bound,
            message,
        ));
    }
    let it = Rows::new(classes, outcomes)?;
    Ok(FORMULAS.iter().map(|compute| compute(&it)).collect())
}
