//! Shares of one column in another, and what they are made of, bar by bar independent: plain loops
//! that the compiler turns into as wide registers as the processor has.

use super::nothing;
#[cfg(target_arch = "x86_64")]
use super::wide;

/// Compiles a loop a second time for wide registers, and asks the processor which to take.
macro_rules! widened {
    ($(#[$doc:meta])* $name:ident, $wide:ident, $plain:ident($($arg:ident: $type:ty),+)) => {
        $(#[$doc])*
        #[inline]
        pub fn $name($($arg: $type),+) {
            #[cfg(target_arch = "x86_64")]
            if wide::available() {
                // SAFETY: the processor has what the function is compiled for.
                unsafe { $wide($($arg),+) };
                return;
            }
            $plain($($arg),+);
        }

        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2")]
        fn $wide($($arg: $type),+) {
            $plain($($arg),+);
        }
    };
}

widened! {
    /// Divides each number by one of the other column; `empty` where that is 0, and missing where the
    /// quotient is infinite.
    divide, divide_wide, divide_plain(x: &mut [f64], by: &[f64], empty: f64)
}

#[inline(always)]
fn divide_plain(x: &mut [f64], by: &[f64], empty: f64) {
    for (x, &by) in x.iter_mut().zip(by) {
        let quotient = *x / by;
        *x = if by == 0.0 {
            empty + nothing(*x)
        } else {
            quotient + nothing(quotient)
        };
    }
}

widened! {
    /// What of each bar's volume came in: all of it on a close at the high, minus all at the low,
    /// nothing on a bar without range.
    money_flow, money_flow_wide, money_flow_plain(prices: [&[f64]; 3], volume: &[f64], out: &mut [f64])
}

#[inline(always)]
fn money_flow_plain([high, low, close]: [&[f64]; 3], volume: &[f64], out: &mut [f64]) {
    let n = out.len();
    let (high, low, close, volume) = (&high[..n], &low[..n], &close[..n], &volume[..n]);
    for (i, flow) in out.iter_mut().enumerate() {
        let range = high[i] - low[i];
        let share = ((close[i] - low[i]) - (high[i] - close[i])) / range;
        let none = nothing(range) + nothing(close[i]);
        *flow = volume[i] * if range > 0.0 { share } else { none };
    }
}
