//! Greatest and least of the last bars.
//!
//! The order of comparisons cannot change the result: a NaN anywhere gives NaN, and −0 counts as
//! +0, so that ties have one answer.

use super::Fold;

macro_rules! extremum {
    ($(#[$doc:meta])* $name:ident, $keeps:tt) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl $name {
            /// The one comparison under everything here.
            #[inline]
            fn pick(a: f64, b: f64) -> f64 {
                if a $keeps b || a.is_nan() { a } else { b }
            }
        }

        impl Fold for $name {
            type Part = f64;

            #[inline]
            fn one(x: f64) -> f64 {
                x + 0.0
            }

            #[inline]
            fn push(part: f64, x: f64, _: f64) -> f64 {
                Self::pick(part, x + 0.0)
            }

            #[inline]
            fn prepend(x: f64, part: f64) -> f64 {
                Self::pick(part, x + 0.0)
            }

            #[inline]
            fn join(older: f64, _: f64, newer: f64, _: f64) -> f64 {
                Self::pick(older, newer)
            }

            #[inline]
            fn whole(part: f64, _: f64) -> f64 {
                part
            }
        }
    };
}

extremum!(
    /// Greatest of the last bars.
    Highest, >=
);
extremum!(
    /// Least of the last bars.
    Lowest, <=
);
