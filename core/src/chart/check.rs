//! What the chart's functions ask of their arguments.

use crate::error::{Code, Error};

/// A number that is one.
pub fn finite(name: &str, x: f64) -> Result<f64, Error> {
    if x.is_finite() {
        return Ok(x);
    }
    refuse(name, x, "a finite number", "not finite")
}

/// The least and the greatest of a range.
pub fn ascending(low: f64, high: f64) -> Result<(), Error> {
    finite("low", low)?;
    finite("high", high)?;
    if low > high {
        return refuse(
            "low",
            low,
            &format!("at most {high}"),
            &format!("above high {high}"),
        );
    }
    if !(high - low).is_finite() {
        let bound = "a range whose width is a number";
        return refuse("high", high, bound, &format!("too far above low {low}"));
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
pub fn count(name: &str, n: f64, least: u32) -> Result<usize, Error> {
    if n.is_nan() || n < f64::from(least) {
        return refuse(
            name,
            n,
            &format!("at least {least}"),
            &format!("below {least}"),
        );
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

pub fn refuse<T>(name: &str, x: f64, bound: &str, why: &str) -> Result<T, Error> {
    let message = format!("{name} {x} is {why}");
    Err(Error::new(
        Code::ParamRange,
        name,
        x.to_string(),
        bound,
        message,
    ))
}
