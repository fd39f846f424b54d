//! Round numbers along an axis.

use super::check::{ascending, finite, refuse, steps};
use crate::error::Error;

/// Round numbers that an axis is labelled with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ticks {
    /// Ascending.
    pub values: Vec<f64>,
    /// From each to the next; 0 where it is not the same between all, or there are not two.
    pub step: f64,
    /// How many digits after the point tell them apart.
    pub decimals: u32,
}

/// What steps begin with: in each power of ten there are three (P. Heckbert, "Nice Numbers for Graph Labels", 1990,
/// rounded up so that there never are too many).
const DIGITS: [f64; 3] = [1.0, 2.0, 5.0];
/// A step that is too small by no more than rounding is not.
const SLACK: f64 = 1e-12;

/// The multiples of the least step of 1, 2 or 5 times a power of ten that lie from `low` to `high`, where so many
/// steps are as wide as the range: at most one more than `most`. Each is the double nearest to its decimal, so that it
/// prints with `decimals` digits and no more.
///
/// With a `unit` above 0, the least change of a price, steps are such multiples of it; with 0 there is none. A range
/// without a width has the one tick, if any, that is its value.
///
/// # Errors
/// [`ParamRange`](crate::Code::ParamRange) for a range that is not finite or whose ends are exchanged, or a unit that
/// is negative or not finite; for a `most` of 0 or above 10,000.
pub fn ticks(low: f64, high: f64, most: usize, unit: f64) -> Result<Ticks, Error> {
    ascending(["low", "high"], low, high)?;
    if finite("unit", unit)? < 0.0 {
        return refuse("unit", unit, "at least 0", "below 0");
    }
    let most = steps(most)?;
    let grain = Grain::of(unit);
    let size = if high > -low { high } else { -low };
    let narrow = (high - low) / most as f64;
    // What is finer than the numbers themselves cannot be told apart.
    let least = size * 4.0 * f64::EPSILON;
    let width = if narrow > least { narrow } else { least };
    if high == low || width < 1e-290 {
        let values = if unit == 0.0 || grain.rounded(low) == low {
            vec![low]
        } else {
            Vec::new()
        };
        return Ok(Ticks {
            values,
            step: 0.0,
            decimals: grain.decimals,
        });
    }
    let units = grain.units(width);
    let (digit, power) = if unit > 0.0 && units <= 1.0 {
        (1.0, 0)
    } else {
        step(units)
    };
    let value = |i: f64| grain.value(times_ten(i * digit, power));
    let whole = |x: f64| (grain.units(x) / times_ten(digit, power)).floor();
    let (first, last) = (whole(low) - 1.0, whole(high) + 1.0);
    let mut values: Vec<f64> = Vec::new();
    // So many units that no double counts them give no ticks. Turns are counted, since a number of units
    // to which adding 1 changes nothing would go on for ever.
    let room = if first.is_finite() && last.is_finite() {
        most + 4
    } else {
        0
    };
    for i in (0..room).map(|i| first + i as f64) {
        if i > last {
            break;
        }
        let at = value(i) + 0.0;
        if at >= low && at <= high && values.last().is_none_or(|before| at > *before) {
            values.push(at);
        }
    }
    Ok(Ticks {
        step: value(1.0),
        decimals: if unit > 0.0 {
            grain.decimals
        } else {
            digits(power)
        },
        values,
    })
}

/// The ticks of a logarithmic axis: 1, 2 .. 9 times the powers of ten, or 1, 2 and 5 times, or the powers alone, or
/// every second, third .. of them; the densest of which there are at most one more than `most`. Over less than a
/// power of ten they are those of [`ticks`].
///
/// # Errors
/// Those of [`ticks`], and for a `low` that is not above 0.
pub fn log_ticks(low: f64, high: f64, most: usize) -> Result<Ticks, Error> {
    ascending(["low", "high"], low, high)?;
    if low <= 0.0 {
        return refuse(
            "low",
            low,
            "above 0",
            "not above 0, as a log scale needs it",
        );
    }
    let most = steps(most)?;
    if high / low < 10.0 {
        return ticks(low, high, most, 0.0);
    }
    let first = exponent(low);
    let last = exponent(high);
    let within = |digits: &[f64], every: i32| {
        let mut values = Vec::new();
        for power in (first..=last).filter(|power| power.rem_euclid(every) == 0) {
            values.extend(
                digits
                    .iter()
                    .map(|digit| times_ten(*digit, power))
                    .filter(|x| *x >= low && *x <= high),
            );
        }
        values
    };
    let all = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
    let dense = [(&all[..], 1), (&DIGITS[..], 1)].into_iter();
    let sparse = (1..).map(|every| (&DIGITS[..1], every));
    // Ends: with a power of ten in a thousand there is at most one.
    let values = dense
        .chain(sparse)
        .map(|(digits, every)| within(digits, every))
        .find(|values| values.len() <= most + 1)
        .unwrap_or_default();
    Ok(Ticks {
        decimals: values.first().map_or(0, |least| digits(exponent(*least))),
        values,
        step: 0.0,
    })
}

/// The least step that is at least so wide: its digit and its power of ten.
#[inline(never)]
fn step(width: f64) -> (f64, i32) {
    let power = exponent(width);
    for digit in DIGITS {
        if times_ten(digit, power) * (1.0 + SLACK) >= width {
            return (digit, power);
        }
    }
    (1.0, power + 1)
}

/// The greatest power of ten that is not above a number.
#[expect(clippy::cast_possible_truncation, reason = "bounded at once")]
#[inline(never)]
fn exponent(x: f64) -> i32 {
    // Of what is 0 or infinite by rounding, the logarithm is beyond all powers.
    let mut power = (libm::log10(x).floor() as i32).clamp(-323, 308);
    while power < 308 && times_ten(1.0, power + 1) <= x {
        power += 1;
    }
    while power > -323 && times_ten(1.0, power) > x {
        power -= 1;
    }
    power
}

const fn digits(power: i32) -> u32 {
    if power < 0 { power.unsigned_abs() } else { 0 }
}

/// A number times a power of ten: rounded once where the power or its reciprocal is a double, which are those up to 22.
#[inline(never)]
fn times_ten(x: f64, power: i32) -> f64 {
    let mut x = x;
    let mut left = power;
    while left > 22 {
        x *= 1e22;
        left -= 22;
    }
    while left < -22 {
        x /= 1e22;
        left += 22;
    }
    let of = (0..left.unsigned_abs()).fold(1.0, |product, _| product * 10.0);
    if left < 0 { x / of } else { x * of }
}

/// The least change of a price, as a quotient where it is one: a twentieth is not a double, but divided by 20 each
/// whole number gives the double nearest to what is meant.
#[derive(Clone, Copy)]
struct Grain {
    times: f64,
    over: f64,
    decimals: u32,
}

impl Grain {
    #[inline(never)]
    fn of(unit: f64) -> Self {
        if unit == 0.0 {
            return Self {
                times: 1.0,
                over: 1.0,
                decimals: 0,
            };
        }
        let shifted = |power: u32| (0..power).fold(1.0, |product, _| product * 10.0);
        let whole = |x: f64| (x + 0.5).floor();
        let places = (0..=15).find(|d| whole(unit * shifted(*d)) / shifted(*d) == unit);
        let decimals = places.unwrap_or(15);
        let (times, over) = match places {
            Some(d) => (whole(unit * shifted(d)), shifted(d)),
            None => (unit, 1.0),
        };
        Self {
            times,
            over,
            decimals,
        }
    }

    /// So many units.
    fn value(self, units: f64) -> f64 {
        units * self.times / self.over
    }

    /// A value in units.
    fn units(self, value: f64) -> f64 {
        value * self.over / self.times
    }

    fn rounded(self, value: f64) -> f64 {
        self.value((self.units(value) + 0.5).floor())
    }
}
