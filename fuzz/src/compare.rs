//! Results in one shape, and what it means that two are equal.

use tvf_core::{Entry, Error, Params, Sink, Table, batch};

/// The columns of a series or of a table.
pub type Values = Vec<Vec<f64>>;

/// Runs something that writes to a sink for `n` bars.
pub fn collect(entry: &Entry, n: usize, run: impl FnOnce(Sink<'_>)) -> Values {
    if entry.spec.is_table() {
        let mut table = Table::of(&entry.spec);
        run(Sink::Table(&mut table));
        return table.into_columns();
    }
    // What is not written stays recognisable.
    let mut series = vec![vec![12345.678; n]; entry.spec.series().len()];
    run(Sink::series(series.iter_mut().map(Vec::as_mut_slice)));
    series
}

/// The whole series at once.
///
/// # Errors
/// Those of [`batch`].
pub fn run_batch(
    entry: &'static Entry,
    params: &Params,
    inputs: &[&[f64]],
) -> Result<Values, Error> {
    let n = inputs.first().map_or(0, |column| column.len());
    let mut result = Ok(());
    let values = collect(entry, n, |mut sink| {
        result = batch(entry, params, inputs, &mut sink);
    });
    result.map(|()| values)
}

/// Equal bits, any NaN being equal to any NaN.
#[must_use]
pub fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

/// Panics at the first number that differs.
#[track_caller]
pub fn assert_same(a: &Values, b: &Values, what: &str) {
    assert_eq!(a.len(), b.len(), "{what}: outputs");
    for (output, (a, b)) in a.iter().zip(b).enumerate() {
        assert_eq!(a.len(), b.len(), "{what}: length of output {output}");
        if let Some(row) = a.iter().zip(b).position(|(a, b)| !same(*a, *b)) {
            panic!(
                "{what}: output {output}, row {row}: {:e} is not {:e}",
                a[row], b[row]
            );
        }
    }
}
