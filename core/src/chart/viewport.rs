//! Which bars a chart shows.

use core::ops::Range;

use super::check::refuse;
use crate::error::Error;

/// The bars whose time lies from one moment to another, both included, with so many more at each end: a line runs to
/// the chart's edge only if it knows the bar beyond. Times do not go back; a missing one is passed over.
///
/// Takes steps of the logarithm of the bars; runs of missing times come on top.
///
/// # Errors
/// [`ParamRange`](crate::Code::ParamRange) for a moment that is NaN.
pub fn by_time(times: &[f64], from: f64, to: f64, margin: usize) -> Result<Range<usize>, Error> {
    moment("from", from)?;
    moment("to", to)?;
    let first = first_where(times, |time| time >= from);
    let end = first_where(times, |time| time > to).max(first);
    Ok(widened(first, end, margin, times.len()))
}

/// The bars that are seen between two places on an axis of bar numbers, on which a bar is as wide as 1 and stands in
/// the middle, with so many more at each end.
///
/// # Errors
/// [`ParamRange`](crate::Code::ParamRange) for a place that is NaN.
pub fn by_index(bars: usize, from: f64, to: f64, margin: usize) -> Result<Range<usize>, Error> {
    moment("from", from)?;
    moment("to", to)?;
    let first = place((from - 0.5).floor() + 1.0).min(bars);
    let end = place((to + 0.5).ceil()).min(bars).max(first);
    Ok(widened(first, end, margin, bars))
}

/// A range with so many more at each end, within the bars.
fn widened(first: usize, end: usize, margin: usize, bars: usize) -> Range<usize> {
    first.saturating_sub(margin)..end.saturating_add(margin).min(bars)
}

fn moment(name: &str, x: f64) -> Result<(), Error> {
    if x.is_nan() {
        return refuse(name, x, "a number", "not a number");
    }
    Ok(())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is below all bars is the first, what is above them is cut off"
)]
fn place(x: f64) -> usize {
    x as usize
}

/// The first bar whose time passes a test that all later ones pass, too.
fn first_where(times: &[f64], test: impl Fn(f64) -> bool) -> usize {
    let (mut low, mut high) = (0, times.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let known = times[middle..high].iter().position(|time| time.is_finite());
        match known {
            Some(beyond) if !test(times[middle + beyond]) => low = middle + beyond + 1,
            _ => high = middle,
        }
    }
    // A missing time before the first that passes is not one that does.
    low + times[low..]
        .iter()
        .position(|time| time.is_finite())
        .unwrap_or(times.len() - low)
}
