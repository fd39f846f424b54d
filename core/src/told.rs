//! Definitions as a build carries them: with the texts that people read, or without. A page that only
//! computes need not be sent them; what shows them has them from elsewhere.

use core::marker::PhantomData;

use crate::indicator::Indicator;
use crate::spec::{Column, MAX_COLUMNS, MAX_OUTPUTS, MAX_PARAMS, Output, Param, ResultKind, Spec};

/// A text as a build carries it.
pub(crate) const fn told(text: &'static str) -> &'static str {
    if cfg!(feature = "texts") { text } else { "" }
}

/// The definition of an indicator for [`ALL`](crate::ALL).
pub(crate) struct Told<T>(PhantomData<T>);

impl<T: Indicator> Told<T> {
    pub(crate) const SPEC: Spec = if cfg!(feature = "texts") {
        T::SPEC
    } else {
        Spec {
            summary: "",
            formula: "",
            edges: &[],
            source: "",
            params: first(&Self::PARAMS, T::SPEC.params.len()),
            result: Self::RESULT,
            ..T::SPEC
        }
    };

    const RESULT: ResultKind = match T::SPEC.result {
        ResultKind::Series(outputs) => ResultKind::Series(first(&Self::OUTPUTS, outputs.len())),
        ResultKind::Table(columns) => ResultKind::Table(first(&Self::COLUMNS, columns.len())),
        ResultKind::Report {
            columns,
            rows,
            summary,
        } => ResultKind::Report {
            columns: first(&Self::COLUMNS, columns.len()),
            rows,
            summary: first(&Self::SUMMARY, summary.len()),
        },
    };

    const PARAMS: [Param; MAX_PARAMS] = untold_params(T::SPEC.params);
    const OUTPUTS: [Output; MAX_OUTPUTS] = untold_outputs(T::SPEC.series());
    const SUMMARY: [Output; MAX_OUTPUTS] = untold_outputs(T::SPEC.summary());
    const COLUMNS: [Column; MAX_COLUMNS] = untold_columns(T::SPEC.table());
}

pub(crate) const fn first<T>(all: &'static [T], n: usize) -> &'static [T] {
    all.split_at(n).0
}

pub(crate) const fn untold_params(told: &[Param]) -> [Param; MAX_PARAMS] {
    let mut params = [Param::period("", 0, 0, ""); MAX_PARAMS];
    let mut i = 0;
    while i < told.len() {
        params[i] = Param { doc: "", ..told[i] };
        i += 1;
    }
    params
}

const fn untold_outputs(told: &[Output]) -> [Output; MAX_OUTPUTS] {
    let mut outputs = [Output::new("", ""); MAX_OUTPUTS];
    let mut i = 0;
    while i < told.len() {
        outputs[i] = Output { doc: "", ..told[i] };
        i += 1;
    }
    outputs
}

pub(crate) const fn untold_columns(told: &[Column]) -> [Column; MAX_COLUMNS] {
    use crate::spec::ColumnKind;
    let mut columns = [Column {
        name: "",
        doc: "",
        kind: ColumnKind::Value,
    }; MAX_COLUMNS];
    let mut i = 0;
    while i < told.len() {
        columns[i] = Column { doc: "", ..told[i] };
        i += 1;
    }
    columns
}
