//! How an auction's rows of volume are read: where most was traded, and how far around it the bulk lies.

use core::ops::RangeInclusive;

/// The fullest row; of several the one nearest the middle, of those the lower. 0 if there are none.
#[must_use]
pub fn fullest(rows: &[f64]) -> usize {
    // In halves of a row.
    let off_centre = |row: usize| (2 * row + 1).abs_diff(rows.len());
    let mut best = 0;
    for (row, volume) in rows.iter().enumerate() {
        let nearer = *volume == rows[best] && off_centre(row) < off_centre(best);
        if *volume > rows[best] || nearer {
            best = row;
        }
    }
    best
}

/// The rows around a row that hold a share of all: it takes in the two rows above or the two below,
/// whichever hold more together, of two equal pairs the upper one. Where only one row is left on a
/// side, it stands for the pair.
#[must_use]
pub fn value_area(rows: &[f64], around: usize, share: f64) -> RangeInclusive<usize> {
    let total: f64 = rows.iter().fold(0.0, |a, b| a + b);
    let sum = |rows: &[f64]| rows.iter().fold(0.0, |a, b| a + b);
    let (mut low, mut high) = (around, around);
    let mut held = rows.get(around).copied().unwrap_or(0.0);
    while held < share * total {
        let above = rows.get(high + 1..rows.len().min(high + 3)).unwrap_or(&[]);
        let below = &rows[low.saturating_sub(2)..low];
        if above.is_empty() && below.is_empty() {
            break;
        }
        if below.is_empty() || (!above.is_empty() && sum(above) >= sum(below)) {
            high += above.len();
            held += sum(above);
        } else {
            low -= below.len();
            held += sum(below);
        }
    }
    low..=high
}

/// +1 for each row of a peak above the mean row, −1 for each of a valley below it, 0 otherwise. A
/// peak or valley is a run of equal rows whose neighbours are all lower, or all higher. Beyond the
/// ends there is no volume: a run at an end may be a peak and is no valley, and a run over all rows
/// is neither.
pub fn nodes(rows: &[f64], mut mark: impl FnMut(usize, f64)) {
    let mean = rows.iter().fold(0.0, |a, b| a + b) / rows.len() as f64;
    let mut from = 0;
    for run in rows.chunk_by(|a, b| a == b) {
        let to = from + run.len();
        let volume = run[0];
        let before = from.checked_sub(1).map(|row| rows[row]);
        let after = rows.get(to).copied();
        let node = match (before, after) {
            (None, None) => 0.0,
            _ if volume > mean
                && before.is_none_or(|b| b < volume)
                && after.is_none_or(|a| a < volume) =>
            {
                1.0
            }
            (Some(before), Some(after)) if volume < mean && before > volume && after > volume => {
                -1.0
            }
            _ => 0.0,
        };
        for row in from..to {
            mark(row, node);
        }
        from = to;
    }
}
