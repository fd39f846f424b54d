//! Numbers: mostly ones that prices are made of, so that states other than "all is missing" are reached.

use arbitrary::Arbitrary;

/// A double.
#[derive(Arbitrary, Debug, Clone, Copy)]
pub enum Number {
    /// A small whole number: many of them are equal.
    Whole(i8),
    /// A price in hundredths.
    Cents(u16),
    /// A price of a thousand million that moves by thousandths.
    Narrow(i8),
    /// One of those that arithmetic stumbles over.
    Odd(u8),
    /// Any bits.
    Bits(u64),
}

const ODD: [f64; 16] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    0.0,
    -0.0,
    5e-324,
    -5e-324,
    f64::MIN_POSITIVE,
    f64::MAX,
    f64::MIN,
    f64::EPSILON,
    1e17,
    1e-17,
    1e154,
    9_007_199_254_740_992.0,
    1.0 / 3.0,
];

impl Number {
    /// The double.
    #[must_use]
    pub fn get(self) -> f64 {
        match self {
            Self::Whole(x) => f64::from(x),
            Self::Cents(x) => f64::from(x) / 100.0,
            Self::Narrow(x) => 1e9 + f64::from(x) / 1000.0,
            Self::Odd(i) => ODD[usize::from(i) % ODD.len()],
            Self::Bits(bits) => f64::from_bits(bits),
        }
    }
}
