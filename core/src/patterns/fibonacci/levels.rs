//! The levels of one swing.

use super::axis::Axis;
use super::study::Figure;
use crate::error::{Code, Error};
use crate::params::show;

/// A point of a swing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anchor {
    /// The bar's position; points that are given may lie between bars or beyond them.
    pub bar: f64,
    /// The bar's time; NaN where there is none.
    pub time: f64,
    /// The price.
    pub price: f64,
}

/// A level. What a kind has no number for is NaN.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// The figure's name.
    pub kind: &'static str,
    /// The ratio.
    pub ratio: f64,
    /// The price; of a fan's line that at B's bar, of an arc that at B's bar too.
    pub price: f64,
    /// The bar of a time zone; of an arc the bar at which it is at B's price again.
    pub bar: f64,
    /// How much a fan's line rises a bar, in prices, on a log scale in their logarithms.
    pub slope: f64,
    /// A.
    pub from: Anchor,
    /// B.
    pub to: Anchor,
    /// C, for a projection.
    pub then: Option<Anchor>,
    /// Which swing: equal for levels of the same points.
    pub(super) swing: (usize, usize),
}

/// How a swing is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawing {
    pub axis: Axis,
    /// How much price is as wide as a bar; 0 for the swing's own slope.
    pub unit: f64,
    /// The swing's number.
    pub number: usize,
}

impl Drawing {
    pub fn level(&self, figure: &'static Figure, swing: &[Anchor], ratio: f64) -> Level {
        let (from, to) = (swing[0], swing[1]);
        let [a, b] = [from, to].map(|point| self.axis.place(point.price));
        let (height, bars) = (b - a, to.bar - from.bar);
        let mut level = Level {
            kind: figure.name,
            ratio,
            price: f64::NAN,
            bar: f64::NAN,
            slope: f64::NAN,
            from,
            to,
            then: swing.get(2).copied(),
            swing: (figure.points, self.number),
        };
        let back = b - ratio * height;
        match (figure.name, level.then) {
            ("extension", _) => level.price = self.axis.price(a + ratio * height),
            ("projection", Some(then)) => {
                let c = self.axis.place(then.price);
                level.price = self.axis.price(c + ratio * height);
            }
            ("fan", _) => {
                level.price = self.axis.price(back);
                level.slope = (back - a) / bars;
            }
            ("arcs", _) => {
                let unit = if self.unit > 0.0 {
                    self.unit
                } else {
                    height.abs() / bars
                };
                let width = unit * bars;
                let radius = ratio * (height * height + width * width).sqrt();
                let side = if height < 0.0 { 1.0 } else { -1.0 };
                level.price = self.axis.price(b + side * radius);
                level.bar = to.bar + radius / unit;
            }
            ("time_zones", _) => level.bar = from.bar + ratio * bars,
            _ => level.price = self.axis.price(back),
        }
        level
    }
}

impl Level {
    /// Whether it is a price for all bars to come.
    pub(super) fn is_price(&self) -> bool {
        matches!(self.kind, "retracement" | "extension" | "projection")
    }
}

/// Positions up to here are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Refuses points that are no swings.
pub(super) fn check_points(points: &[Anchor]) -> Result<(), Error> {
    let refuse = |i: usize, name: &str, value: f64, bound: String| {
        let value = show(value);
        let why = format!("{name} {value} of point {i} is not {bound}");
        Err(Error::new(Code::InputRange, name, value, bound, why))
    };
    for (i, point) in points.iter().enumerate() {
        if point.bar.is_nan() || point.bar.abs() > EXACT {
            return refuse(i, "bar", point.bar, format!("within {EXACT} of 0"));
        }
        if !point.price.is_finite() {
            return refuse(i, "price", point.price, "a finite number".into());
        }
        let before = i.checked_sub(1).map(|i| points[i].bar);
        if let Some(before) = before.filter(|before| point.bar <= *before) {
            return refuse(i, "bar", point.bar, format!("after {}", show(before)));
        }
    }
    Ok(())
}
