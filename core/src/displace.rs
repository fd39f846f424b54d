//! Results where a chart draws them: some beside the bars that they are known from.

use crate::batch::Sink;
use crate::params::Params;
use crate::spec::Spec;

/// Moves values so many bars to the right, to the left if negative. What leaves the column is lost,
/// and what it leaves behind is missing.
pub fn displace(column: &mut [f64], bars: i64) {
    let n = column.len();
    let away = usize::try_from(bars.unsigned_abs()).map_or(n, |away| away.min(n));
    if bars > 0 {
        column.copy_within(..n - away, away);
        column[..away].fill(f64::NAN);
    } else {
        column.copy_within(away.., 0);
        column[n - away..].fill(f64::NAN);
    }
}

impl Sink<'_> {
    /// Moves each series of an indicator to where a chart draws it. Tables have no such form.
    pub fn displace(&mut self, spec: &Spec, params: &Params) {
        let Self::Series(series) = self else { return };
        for (column, output) in series.iter_mut().zip(spec.series()) {
            if let Some(shift) = output.shift {
                displace(column, shift(params));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::displace;

    #[test]
    fn values_move_and_leave_nothing_behind() {
        let moved = |bars| {
            let mut column = [1.0, 2.0, 3.0];
            displace(&mut column, bars);
            column.map(|x| if x.is_nan() { 0.0 } else { x })
        };
        assert_eq!(moved(0), [1.0, 2.0, 3.0]);
        assert_eq!(moved(1), [0.0, 1.0, 2.0]);
        assert_eq!(moved(-2), [3.0, 0.0, 0.0]);
        for bars in [3, 4, i64::MAX, -3, -4, i64::MIN] {
            assert_eq!(moved(bars), [0.0; 3], "{bars}");
        }
        displace(&mut [], 1);
    }
}
