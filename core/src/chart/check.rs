//! What the chart's functions ask of their arguments.

use crate::error::{Code, Error};
use crate::params::show;

/// A number that is one.
#[inline(never)]
pub fn finite(name: &str, x: f64) -> Result<f64, Error> {
    if x.is_finite() {
        return Ok(x);
    }
    refuse(name, x, "a finite number", "not finite")
}

/// The least and the greatest of a range, by their names.
pub fn ascending([from, to]: [&str; 2], low: f64, high: f64) -> Result<(), Error> {
    finite(from, low)?;
    finite(to, high)?;
    if low > high {
        return refuse(from, low, &beside("at most", high), &beside("above", high));
    }
    if !(high - low).is_finite() {
        let bound = "a range whose width is a number";
        return refuse(to, high, bound, &beside("too far above", low));
    }
    Ok(())
}

/// How many of something a caller asks for, as a number of any host: its whole part.
///
/// # Errors
/// [`ParamRange`](Code::ParamRange) for anything below the least.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked, and no machine holds more"
)]
#[inline(never)]
pub fn count(name: &str, n: f64, least: u32) -> Result<usize, Error> {
    if n.is_nan() || n < f64::from(least) {
        let least = f64::from(least);
        return refuse(name, n, &beside("at least", least), &beside("below", least));
    }
    Ok(n as usize)
}

/// How many steps an axis may have at most: a screen has fewer pixels.
pub fn steps(most: usize) -> Result<usize, Error> {
    const LIMIT: usize = 10_000;
    let n = count("most", most as f64, 1)?;
    if n > LIMIT {
        return refuse("most", n as f64, "1 to 10000", "above 10000");
    }
    Ok(n)
}

/// What is wrong with a number beside another.
#[cold]
#[inline(never)]
pub fn beside(why: &str, other: f64) -> String {
    format!("{why} {}", show(other))
}

pub fn refuse<T>(name: &str, x: f64, bound: &str, why: &str) -> Result<T, Error> {
    Err(error(name, x, bound, why))
}

/// Once for all, and out of the way of the calls that succeed.
#[cold]
#[inline(never)]
fn error(name: &str, x: f64, bound: &str, why: &str) -> Error {
    let value = show(x);
    let message = format!("{name} {value} is {why}");
    Error::new(Code::ParamRange, name, value, bound, message)
}
