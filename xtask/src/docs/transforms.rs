//! Fills the generated parts of pages that are written by hand around them.

use std::fmt::Write as _;

use tvf_core::patterns::fibonacci::FIBONACCI;
use tvf_core::transforms::{COLUMNS, KINDS, Kind};
use tvf_core::{Column, Param};

use super::{code, fallback, kind, line, list, table};
use crate::File;

const END: &str = "<!-- end -->";

/// The pages, each written by hand around its generated part.
pub fn files() -> Result<Vec<File>, String> {
    Ok(vec![
        filled("docs/transforms.md", "transforms", &transforms())?,
        filled("docs/patterns/fibonacci.md", "fibonacci", &fibonacci())?,
        filled("docs/composite.md", "sources", &super::signals::part())?,
    ])
}

fn filled(path: &str, name: &str, part: &str) -> Result<File, String> {
    let wrong = |why: &str| format!("{path}: {why}");
    let old = std::fs::read_to_string(crate::root().join(path));
    let old = old.map_err(|e| wrong(&e.to_string()))?;
    let mark = format!("<!-- generated: {name} -->");
    let parts = old.split_once(&mark).and_then(|(head, rest)| {
        let (_, tail) = rest.split_once(END)?;
        Some((head, tail))
    });
    let (head, tail) =
        parts.ok_or_else(|| wrong(&format!("there are no lines {mark} and {END}")))?;
    Ok(File {
        path: path.into(),
        text: format!("{head}{mark}\n{part}\n{END}{tail}"),
    })
}

fn transforms() -> String {
    let mut text = String::new();
    columns(&mut text, "column of every kind", COLUMNS);
    for entry in KINDS {
        section(&mut text, &entry.kind);
    }
    text
}

fn section(text: &mut String, kind: &Kind) {
    line!(text, "\n## {}: `{}`\n", kind.title, kind.id);
    line!(text, "{}.", kind.summary);
    let inputs = kind.inputs.iter().map(|input| {
        let optional = if input.optional { " (optional)" } else { "" };
        format!("{}{optional}", code(input.name))
    });
    line!(text, "\nReads {}.", list(&inputs.collect::<Vec<_>>()));
    params(text, kind.params);
    columns(text, "column", kind.columns);
    rules(text, kind.rules, kind.source);
}

fn fibonacci() -> String {
    let mut text = String::new();
    let rows = FIBONACCI.figures.iter().map(|figure| {
        let ratios = figure.ratios.iter().map(f64::to_string);
        let ratios = ratios.collect::<Vec<_>>().join(", ");
        vec![
            code(figure.name),
            figure.doc.into(),
            figure.formula.into(),
            ratios,
        ]
    });
    let head = ["kind", "what it is", "formula", "ratios"];
    table(&mut text, &head, rows);
    params(&mut text, FIBONACCI.params);
    rules(&mut text, FIBONACCI.rules, FIBONACCI.source);
    text
}

fn params(text: &mut String, params: &[Param]) {
    if params.is_empty() {
        return;
    }
    let rows = params.iter().map(|param| {
        let (kind, values) = kind(param);
        let default = fallback(param.default);
        vec![
            code(param.name),
            kind.into(),
            default,
            values,
            param.doc.into(),
        ]
    });
    let head = ["parameter", "type", "default", "values", "what it does"];
    table(text, &head, rows);
}

fn columns(text: &mut String, what: &str, columns: &[Column]) {
    if columns.is_empty() {
        return;
    }
    let rows = columns.iter();
    let rows = rows.map(|column| vec![code(column.name), column.doc.into()]);
    table(text, &[what, "meaning"], rows);
}

fn rules(text: &mut String, rules: &[&str], source: &str) {
    line!(text, "");
    for rule in rules {
        line!(text, "- {rule}");
    }
    line!(text, "\nSource: {}.", source.trim_end_matches('.'));
}
