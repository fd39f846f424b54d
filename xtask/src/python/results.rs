//! `tvf.results`: the types of results that are more than one column.

use tvf_core::{ColumnKind, Spec};

use super::{all, header, specs, stop, tuple};
use crate::words::pascal;

/// The module.
pub fn module() -> String {
    let mut text = header("What indicators with several outputs give.", "");
    text.push_str("from __future__ import annotations\n\n");
    text.push_str("from dataclasses import dataclass\nfrom typing import Generic, NamedTuple\n\n");
    text.push_str("import numpy as np\nfrom numpy.typing import NDArray\n\n");
    text.push_str("from tvf._table import Table\nfrom tvf._types import T\n\n");
    let mut names = vec!["Table".to_string()];
    for spec in specs() {
        match spec.series() {
            [] => names.extend([pascal(spec.id), format!("{}Row", pascal(spec.id))]),
            [_] => {}
            _ => names.push(pascal(spec.id)),
        }
    }
    text.push_str(&all(names));
    for spec in specs().filter(|spec| spec.series().len() != 1) {
        text.push_str("\n\n");
        text.push_str(&if spec.is_table() {
            table(spec)
        } else {
            outputs(spec)
        });
    }
    text
}

fn outputs(spec: &Spec) -> String {
    let mut text = format!("class {}(NamedTuple, Generic[T]):\n", pascal(spec.id));
    text.push_str(&format!("    \"\"\"{}.\"\"\"\n\n", spec.title));
    for output in spec.series() {
        text.push_str(&format!(
            "    {}: T\n    \"\"\"{}\"\"\"\n",
            output.name,
            stop(output.doc)
        ));
    }
    text
}

fn table(spec: &Spec) -> String {
    let class = pascal(spec.id);
    let title = spec.title;
    let mut row = format!("class {class}Row(NamedTuple):\n    \"\"\"A row of {title}.\"\"\"\n\n");
    let mut table = format!(
        "@dataclass(frozen=True, eq=False, repr=False)\nclass {class}(Table[{class}Row]):\n"
    );
    let times = spec.table().iter();
    let times: Vec<String> = times
        .filter(|column| column.kind == ColumnKind::Time)
        .map(|column| format!("{:?}", column.name))
        .collect();
    let times = tuple(&times.iter().map(String::as_str).collect::<Vec<_>>());
    table.push_str(&format!("    \"\"\"{title}, column by column.\"\"\"\n\n"));
    table.push_str(&format!("    _row = {class}Row\n    _times = {times}\n"));
    if !spec.summary().is_empty() {
        let names = spec.summary().iter().map(|o| format!("{:?}", o.name));
        let names: Vec<String> = names.collect();
        let names = tuple(&names.iter().map(String::as_str).collect::<Vec<_>>());
        table.push_str(&format!("    _numbers = {names}\n"));
    }
    table.push('\n');
    for column in spec.table() {
        let (cell, array) = match column.kind {
            ColumnKind::Index | ColumnKind::Sign => ("int", column.kind),
            ColumnKind::Time => ("int | None", column.kind),
            ColumnKind::Value => ("float", column.kind),
        };
        let array = match array {
            ColumnKind::Index | ColumnKind::Time => "np.int64",
            ColumnKind::Sign => "np.int8",
            ColumnKind::Value => "np.float64",
        };
        // A tuple has a method of this name, which a row gives up for its column.
        let ignore = if matches!(column.name, "index" | "count") {
            "  # type: ignore[assignment]"
        } else {
            ""
        };
        let doc = stop(column.doc);
        row.push_str(&format!(
            "    {}: {cell}{ignore}\n    \"\"\"{doc}\"\"\"\n",
            column.name
        ));
        let unit = if column.kind == ColumnKind::Time {
            " Milliseconds since 1970 UTC, the least integer where missing."
        } else {
            ""
        };
        table.push_str(&format!("    {}: NDArray[{array}]\n", column.name));
        table.push_str(&format!("    \"\"\"{doc}{unit}\"\"\"\n"));
    }
    for number in spec.summary() {
        table.push_str(&format!(
            "    {}: float\n    \"\"\"{}\"\"\"\n",
            number.name,
            stop(number.doc)
        ));
    }
    format!("{row}\n\n{table}")
}
