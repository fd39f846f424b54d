//! Projected gradient descent with a line search, which goes the same steps everywhere.

use super::knobs::clip;
use super::loss::Loss;
use super::request::Request;
use super::surface::{APART, Surface};
use crate::error::{Code, Error};
use crate::params::Params;

/// The longest step, as a part of the way between the bounds.
const LONGEST: f64 = 0.25;
/// How much of the promised gain a step must bring (Armijo, 1966).
const ENOUGH: f64 = 1e-4;
/// How often a step is halved before there is none.
const HALVINGS: u32 = 30;
/// A step that gains less than this part of the loss is the last.
const LITTLE: f64 = 1e-9;

/// Why a descent ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// No step goes down any more, or by too little to count.
    Converged,
    /// There is nothing to descend: the loss does not change with any knob.
    Flat,
    /// The most steps were made.
    Limit,
}

impl End {
    /// Every end.
    pub const ALL: [Self; 3] = [Self::Converged, Self::Flat, Self::Limit];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Converged => "converged",
            Self::Flat => "flat",
            Self::Limit => "limit",
        }
    }
}

/// Where the descent was.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The loss there.
    pub loss: f64,
    /// The values of the knobs; whole numbers lie between two of them.
    pub values: Vec<f64>,
}

/// What came of tuning.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuned {
    /// The parameters, those that were not tuned as they were.
    pub params: Params,
    /// The knobs, in the order of the values of [`Step`].
    pub knobs: Vec<&'static str>,
    /// The loss where the descent began.
    pub before: f64,
    /// The loss of the parameters; never above the one before.
    pub after: f64,
    /// The loss curve: where it began, and every step.
    pub steps: Vec<Step>,
    /// Why it ended.
    pub end: End,
    /// How often the average was computed.
    pub evaluations: usize,
}

/// Tunes an average to the bars `window.0..window.1` of a series. Nothing after them is read.
///
/// # Errors
/// Those of [`Loss::new`]; no memory.
pub fn tune(request: &Request, series: &[f64], window: (usize, usize)) -> Result<Tuned, Error> {
    let loss = Loss::new(series, window, request.horizon, request.smoothness)?;
    let mut surface = Surface::new(request, loss);
    let mut at = surface.start();
    let mut level = surface.level(&at)?;
    if !level.is_finite() {
        let (value, id) = (
            format!("{} to {}", window.0, window.1),
            request.entry.spec.id,
        );
        let bound =
            format!("one of which {id} has a value for at least half of the bars where it begins");
        let why = format!("window {value} is not {bound}");
        return Err(Error::new(Code::ParamRange, "window", value, bound, why));
    }
    let first = surface.nearest(&at)?;
    let mut steps = vec![Step {
        loss: level,
        values: surface.values(&at),
    }];
    let mut size = f64::INFINITY;
    let mut end = End::Limit;
    for _ in 0..request.iterations {
        let gradient = surface.gradient(&at)?;
        // Only what leads into the bounds counts.
        let steepest = largest(gradient.iter().zip(&at).map(|(slope, place)| {
            if clip(place - slope.signum() * APART) == *place {
                0.0
            } else {
                slope.abs()
            }
        }));
        if steepest == 0.0 || !steepest.is_finite() {
            end = if steps.len() == 1 {
                End::Flat
            } else {
                End::Converged
            };
            break;
        }
        let longest = LONGEST / steepest;
        let step = if size * 2.0 < longest {
            size * 2.0
        } else {
            longest
        };
        let Some((next, there, step)) = search(&mut surface, &at, level, &gradient, step)? else {
            end = End::Converged;
            break;
        };
        let gain = level - there;
        (at, level, size) = (next, there, step);
        steps.push(Step {
            loss: level,
            values: surface.values(&at),
        });
        if gain <= LITTLE * level {
            end = End::Converged;
            break;
        }
    }
    let last = surface.nearest(&at)?;
    // Between whole numbers the loss may promise more than any of them keeps.
    let (params, after) = if last.1 < first.1 { last } else { first };
    Ok(Tuned {
        params,
        knobs: request.knobs.iter().map(|knob| knob.name).collect(),
        before: first.1,
        after,
        steps,
        end,
        evaluations: surface.evaluations(),
    })
}

/// The first step of a length that is halved again and again which brings enough: where it leads, the loss
/// there, and its length.
fn search(
    surface: &mut Surface<'_>,
    at: &[f64],
    level: f64,
    gradient: &[f64],
    mut step: f64,
) -> Result<Option<(Vec<f64>, f64, f64)>, Error> {
    for _ in 0..HALVINGS {
        let moved = at
            .iter()
            .zip(gradient)
            .map(|(place, slope)| clip(place - step * slope));
        let next: Vec<f64> = moved.collect();
        let ways = at.iter().zip(&next).map(|(from, to)| from - to);
        let promised: f64 = ways.zip(gradient).map(|(way, slope)| way * slope).sum();
        let there = surface.level(&next)?;
        if there <= level - ENOUGH * promised && there < level {
            return Ok(Some((next, there, step)));
        }
        step *= 0.5;
    }
    Ok(None)
}

fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, |most, value| if value > most { value } else { most })
}
