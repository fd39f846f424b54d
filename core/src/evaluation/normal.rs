//! The normal distribution: its density, its distribution function and its quantiles.

use core::f64::consts::{FRAC_1_SQRT_2, PI};

/// The density of the standard normal distribution.
#[inline(never)]
pub(super) fn density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt()
}

/// How likely a standard normal number is below another.
#[inline(never)]
pub(super) fn distribution(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// The number below which a standard normal one lies with some probability, to about 16 digits: infinite for 0 and 1.
///
/// Rational approximations, one for the middle and two for the tails: M. J. Wichura, "Algorithm AS 241: The Percentage
/// Points of the Normal Distribution", Applied Statistics 37, 1988 (PPND16).
#[inline(never)]
pub(super) fn quantile(p: f64) -> f64 {
    let middle = p - 0.5;
    if middle.abs() <= 0.425 {
        let r = 0.425 * 0.425 - middle * middle;
        return middle * polynomial(&MIDDLE.0, r) / polynomial(&MIDDLE.1, r);
    }
    let tail = if middle < 0.0 { p } else { 1.0 - p };
    if tail == 0.0 {
        return f64::INFINITY.copysign(middle);
    }
    let r = (-libm::log(tail)).sqrt();
    let (above, (numerator, denominator)) = if r <= 5.0 {
        (r - 1.6, &NEAR)
    } else {
        (r - 5.0, &FAR)
    };
    let size = polynomial(numerator, above) / polynomial(denominator, above);
    size.copysign(middle)
}

/// By Horner's rule; the coefficients begin with that of the highest power.
#[inline(never)]
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, c| sum * x + c)
}

type Ratio = ([f64; 8], [f64; 8]);

/// The numerator and the denominator for probabilities from 0.075 to 0.925.
#[expect(clippy::unreadable_literal, reason = "as published")]
const MIDDLE: Ratio = (
    [
        2509.0809287301227,
        33430.57558358813,
        67265.7709270087,
        45921.95393154987,
        13731.69376550946,
        1971.5909503065513,
        133.14166789178438,
        3.3871328727963665,
    ],
    [
        5226.495278852854,
        28729.085735721943,
        39307.89580009271,
        21213.794301586597,
        5394.196021424751,
        687.1870074920579,
        42.31333070160091,
        1.0,
    ],
);

/// The same for tails down to e^-25.
#[expect(clippy::unreadable_literal, reason = "as published")]
const NEAR: Ratio = (
    [
        0.0007745450142783414,
        0.022723844989269184,
        0.2417807251774506,
        1.2704582524523684,
        3.6478483247632045,
        5.769497221460691,
        4.630337846156546,
        1.4234371107496835,
    ],
    [
        1.0507500716444169e-09,
        0.0005475938084995345,
        0.015198666563616457,
        0.14810397642748008,
        0.6897673349851,
        1.6763848301838038,
        2.053191626637759,
        1.0,
    ],
);

/// The same for tails beyond.
#[expect(clippy::unreadable_literal, reason = "as published")]
const FAR: Ratio = (
    [
        2.0103343992922881e-07,
        2.7115555687434876e-05,
        0.0012426609473880784,
        0.026532189526576124,
        0.29656057182850487,
        1.7848265399172913,
        5.463784911164114,
        6.657904643501103,
    ],
    [
        2.0442631033899397e-15,
        1.421511758316446e-07,
        1.8463183175100548e-05,
        0.0007868691311456133,
        0.014875361290850615,
        0.1369298809227358,
        0.599832206555888,
        1.0,
    ],
);

#[cfg(test)]
mod tests {
    use super::{distribution, quantile};

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // Wichura's own checks, and what every table has.
        let known = [
            (0.25, -0.674_489_750_196_081_7),
            (0.001, -3.090_232_306_167_813),
            (1e-20, -9.262_340_089_798_408),
            (0.05, -1.644_853_626_951_472_7),
            (0.5, 0.0),
        ];
        for (p, z) in known {
            let found = quantile(p);
            assert!((found - z).abs() <= 1e-15 * z.abs(), "{p}: {found}");
        }
        assert_eq!([0.0, 1.0].map(quantile), [f64::NEG_INFINITY, f64::INFINITY]);
        assert!(quantile(-0.1).is_nan() && quantile(f64::NAN).is_nan());
    }

    #[test]
    fn the_distribution_leads_back() {
        // Of these, what is left to 1 is exact.
        for i in 1..1024 {
            let p = f64::from(i) / 1024.0;
            assert!((distribution(quantile(p)) - p).abs() < 1e-15, "{p}");
            assert_eq!(quantile(p).to_bits() << 1, quantile(1.0 - p).to_bits() << 1);
        }
    }
}
