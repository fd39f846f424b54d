//! Fills the generated part of `docs/composite.md`.

use std::fmt::Write as _;

use tvf_core::signals::sources;

use super::{code, line, list, table};

/// The table of sources.
pub fn part() -> String {
    let mut text = String::new();
    line!(text, "## Sources");
    let head = [
        "source",
        "what it is",
        "group",
        "weight",
        "vote",
        "reads",
        "published by",
    ];
    let rows = sources().into_iter().map(|source| {
        let reads: Vec<String> = source.inputs().into_iter().map(code).collect();
        let mut row = vec![
            code(source.id),
            source.title.into(),
            source.group.as_str().into(),
        ];
        row.extend([source.weight.to_string(), source.rule.to_string()]);
        row.extend([list(&reads), source.published().into()]);
        row
    });
    table(&mut text, &head, rows);
    text
}
