//! Prices as whole numbers: most are decimals with few digits, which a double hides.
//!
//! A double that was read from such a decimal is the nearest one to `m / 10^e`. The quotient of two
//! exact doubles is rounded to the nearest too, so `m as f64 / 10^e` gives its bits back for every
//! `m` below 2⁵³ and `e` up to 22.

/// Powers of ten, all of them exact.
const POWERS: [f64; 13] = [
    1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
];

/// Whole numbers up to here are exact doubles.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The fewest digits after the point, from `least` on, with which every value is a decimal, bit for bit.
pub fn digits(values: &[f64], least: u8) -> Option<u8> {
    let mut digits = least;
    let mut from = 0;
    while let Some(power) = POWERS.get(usize::from(digits)) {
        // In blocks without a branch, so that they vectorise.
        let bad = values[from..].chunks(64).position(|block| {
            !block
                .iter()
                .fold(true, |fine, &v| fine & is_whole(v, *power))
        });
        match bad {
            // What was fine with fewer digits is fine with more, as long as it stays exact.
            Some(block) => from += block * 64,
            None if digits == least => return Some(digits),
            None => {
                let fine = values.iter().all(|&v| is_whole(v, *power));
                return fine.then_some(digits);
            }
        }
        digits += 1;
    }
    None
}

fn is_whole(value: f64, power: f64) -> bool {
    let whole = nearest(value * power);
    (whole.abs() < EXACT) & ((whole / power).to_bits() == value.to_bits())
}

/// Rounds by the addition of 1.5 · 2⁵², which is two additions instead of a call where the processor has no
/// rounding; numbers beyond 2⁵¹ come out changed and fail the test of bits, or are whole already.
fn nearest(value: f64) -> f64 {
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    if value.abs() < 2_251_799_813_685_248.0 {
        (value + SHIFT) - SHIFT
    } else {
        value
    }
}

/// The whole numbers of decimals with so many digits, which [`digits`] must have found.
pub fn whole(values: &[f64], digits: u8, out: &mut Vec<i64>) {
    let power = POWERS[usize::from(digits)];
    out.clear();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "below 2^53, as `digits` found"
    )]
    out.extend(values.iter().map(|&v| nearest(v * power) as i64));
}

/// One decimal of a whole number.
pub fn decimal(whole: i64, power: f64) -> f64 {
    whole as f64 / power
}

/// Ten to the digits; nothing for more than twelve.
pub fn power(digits: u8) -> Option<f64> {
    POWERS.get(usize::from(digits)).copied()
}
