//! Columns of the same periods. Each function is one piece of code for all metrics: in a page each copy is loaded.

use crate::error::Error;

/// A value of a column; a column of one number has it in all periods.
pub(super) fn at(column: &[f64], period: usize) -> f64 {
    let place = if column.len() == 1 { 0 } else { period };
    column.get(place).copied().unwrap_or(f64::NAN)
}

/// Room for so many values; memory that is not there is an error.
#[inline(never)]
pub(super) fn room(count: usize) -> Result<Vec<f64>, Error> {
    let mut values = Vec::new();
    values
        .try_reserve_exact(count)
        .map_err(|_| Error::out_of_memory(count, "values"))?;
    Ok(values)
}

/// One column less another, over so many periods; what is missing in either is missing.
#[inline(never)]
pub(super) fn less(count: usize, column: &[f64], other: &[f64]) -> Result<Vec<f64>, Error> {
    let mut apart = room(count)?;
    apart.extend((0..count).map(|i| at(column, i) - at(other, i)));
    Ok(apart)
}

/// The values that are not missing.
#[inline(never)]
pub(super) fn present(column: &[f64]) -> Result<Vec<f64>, Error> {
    let mut values = room(column.len())?;
    values.extend(column.iter().filter(|x| x.is_finite()));
    Ok(values)
}

/// The least first.
#[inline(never)]
pub(super) fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values
}
