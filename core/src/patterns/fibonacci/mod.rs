//! Fibonacci: levels that share a swing in fixed ratios, and prices where several swings agree.
//!
//! The swings are given, or those that [`Turns`](super::Turns) finds; only turns that are certain
//! count, so no level moves once it is there.

mod axis;
mod clusters;
mod flat;
mod levels;
mod study;
mod swings;

pub use clusters::{Cluster, Part};
pub use flat::Flat;
pub use levels::{Anchor, Level};
pub use study::{FIBONACCI, Figure, INPUTS, Study};

use crate::error::{Code, Error};
use crate::params::{Params, show};
use axis::Axis;

/// The most points and ratios of a call.
const MOST_POINTS: usize = 1000;
const MOST_RATIOS: usize = 64;
/// The greatest ratio.
const MOST: f64 = 1000.0;

/// What a call asks for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Names of [`Study::figures`], at least one.
    pub kinds: &'a [&'a str],
    /// Ratios for all of them, in the place of their own.
    pub ratios: Option<&'a [f64]>,
    /// The parameters of [`FIBONACCI`].
    pub params: &'a Params,
}

/// Levels, and where they meet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fibonacci {
    /// The points of the swings, oldest first.
    pub points: Vec<Anchor>,
    /// The levels: kind by kind, swing by swing, in the order of the ratios.
    pub levels: Vec<Level>,
    /// Prices where levels of several swings meet, lowest first.
    pub clusters: Vec<Cluster>,
}

impl Fibonacci {
    /// The levels of swings between given points: every two (three for a projection) in a row are one.
    ///
    /// # Errors
    /// [`Code::InputLength`] for too few or too many points, [`Code::InputRange`] for bars that do not
    /// rise, numbers that are missing, and prices that are not above 0 on a log scale;
    /// [`Code::ParamChoice`] and [`Code::ParamRange`] for kinds and ratios.
    pub fn of_points(points: &[Anchor], request: &Request<'_>) -> Result<Self, Error> {
        let figures = study::figures(request.kinds)?;
        let needed = figures
            .iter()
            .map(|figure| figure.points)
            .max()
            .unwrap_or(2);
        let n = points.len();
        if n < needed || n > MOST_POINTS {
            let bound = format!("{needed} to {MOST_POINTS}");
            let why = format!("there are {n} points; it takes {bound}");
            return Err(Error::new(
                Code::InputLength,
                "points",
                n.to_string(),
                bound,
                why,
            ));
        }
        levels::check_points(points)?;
        Self::of(points.to_vec(), &figures, usize::MAX, request)
    }

    /// The levels of the last swings of a series: high, low, and if there are any close and time.
    /// There are none before two turns are certain.
    ///
    /// # Errors
    /// Columns of different lengths, times that go back or are not milliseconds, and those of
    /// [`Fibonacci::of_points`] for prices, kinds and ratios.
    pub fn of_bars(inputs: &[&[f64]], request: &Request<'_>) -> Result<Self, Error> {
        let figures = study::figures(request.kinds)?;
        let most = request.params.period("swings");
        let points = swings::points(inputs, most + 2, request.params)?;
        Self::of(points, &figures, most, request)
    }

    fn of(
        points: Vec<Anchor>,
        figures: &[&'static Figure],
        most: usize,
        request: &Request<'_>,
    ) -> Result<Self, Error> {
        if let Some(ratios) = request.ratios {
            check_ratios(ratios)?;
        }
        let axis = Axis::of(request.params);
        axis.check(&points)?;
        let mut levels = Vec::new();
        for figure in figures {
            let ratios = request.ratios.unwrap_or(figure.ratios);
            let swings: Vec<&[Anchor]> = points.windows(figure.points).collect();
            let first = swings.len().saturating_sub(most);
            for (number, swing) in swings.iter().enumerate().skip(first) {
                let unit = request.params.number("unit");
                let drawing = levels::Drawing { axis, unit, number };
                levels.extend(
                    ratios
                        .iter()
                        .map(|&ratio| drawing.level(figure, swing, ratio)),
                );
            }
        }
        let clusters = clusters::find(&levels, request.params.number("tolerance") / 100.0);
        Ok(Self {
            points,
            levels,
            clusters,
        })
    }
}

fn check_ratios(ratios: &[f64]) -> Result<(), Error> {
    let n = ratios.len();
    if n == 0 || n > MOST_RATIOS {
        let bound = format!("1 to {MOST_RATIOS} numbers");
        let why = format!("ratios are {n} numbers, not {bound}");
        return Err(Error::new(
            Code::ParamRange,
            "ratios",
            n.to_string(),
            bound,
            why,
        ));
    }
    match ratios
        .iter()
        .find(|ratio| ratio.is_nan() || ratio.abs() > MOST)
    {
        None => Ok(()),
        Some(&ratio) => {
            let bound = format!("-{MOST} to {MOST}");
            let why = format!("ratio {} is not within {bound}", show(ratio));
            Err(Error::new(
                Code::ParamRange,
                "ratios",
                show(ratio),
                bound,
                why,
            ))
        }
    }
}
