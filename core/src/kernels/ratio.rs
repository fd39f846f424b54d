//! Shares of one column in another, and what they are made of, bar by bar.

use super::{elementwise, nothing};

/// Divides each number by one of the other column; `empty` where that is 0, and missing where the
/// quotient is infinite.
pub fn divide(x: &mut [f64], by: &[f64], empty: f64) {
    elementwise(by.len(), || divide_plain(x, by, empty));
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

/// What of each bar's volume came in: all of it on a close at the high, minus all at the low,
/// nothing on a bar without range.
pub fn money_flow(prices: [&[f64]; 3], volume: &[f64], out: &mut [f64]) {
    elementwise(volume.len(), || money_flow_plain(prices, volume, out));
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

#[cfg(test)]
mod tests {
    use super::{divide, divide_plain, money_flow, money_flow_plain};

    const ODD: [f64; 9] = [
        0.0,
        -0.0,
        1.0,
        -2.5,
        3.0,
        f64::NAN,
        f64::INFINITY,
        5e-324,
        1e308,
    ];

    fn bits(x: &[f64]) -> Vec<u64> {
        let one = |x: &f64| if x.is_nan() { f64::NAN } else { *x }.to_bits();
        x.iter().map(one).collect()
    }

    /// Columns in which every two of the numbers meet.
    fn column(every: usize) -> Vec<f64> {
        (0..6_561).map(|i| ODD[i / every % ODD.len()]).collect()
    }

    #[test]
    fn wide_quotients_are_those_of_the_plain_loop() {
        let by = column(9);
        for empty in [0.0, f64::NAN] {
            let (mut wide, mut plain) = (column(1), column(1));
            divide(&mut wide, &by, empty);
            divide_plain(&mut plain, &by, empty);
            assert_eq!(bits(&wide), bits(&plain));
            assert_eq!(wide[2 * 9 + 3].to_bits(), (-2.5_f64).to_bits());
            assert_eq!(wide[4].to_bits(), empty.to_bits());
            assert!(wide[9 * 7 + 8].is_nan(), "a quotient beyond all numbers");
        }
    }

    #[test]
    fn wide_money_flow_is_that_of_the_plain_loop() {
        let prices = [column(1), column(9), column(81)];
        let prices = prices.each_ref().map(Vec::as_slice);
        let volume = column(729);
        let (mut wide, mut plain) = (vec![0.0; volume.len()], vec![0.0; volume.len()]);
        money_flow(prices, &volume, &mut wide);
        money_flow_plain(prices, &volume, &mut plain);
        assert_eq!(bits(&wide), bits(&plain));
        // High 3, low 1, close 1, volume 3: all of it went out.
        assert_eq!(
            wide[4 + 9 * 2 + 81 * 2 + 729 * 4].to_bits(),
            (-3.0_f64).to_bits()
        );
    }
}
