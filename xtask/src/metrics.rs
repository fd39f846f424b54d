//! Generates `docs/metrics.md`: the metrics of evaluations as a reference to read.

use std::fmt::Write as _;

use tvf_core::evaluation::GROUPS;

use crate::File;
use crate::docs::{code, table};

const HEAD: &str = "\
<!-- Written by `cargo xtask gen` from the definitions in core/src/evaluation: change those. -->

# Metrics

What [`tvf.evaluate`](evaluation.md) gives, with the same bits in Python and in npm, where names are in camel case. NaN
stands for what is not defined.
";

/// The file.
pub fn files() -> Vec<File> {
    let mut text = String::from(HEAD);
    for group in GROUPS {
        let _ = write!(text, "\n## {}\n\n{}.\n", group.title, group.summary);
        let head = [
            "metric",
            "what it is",
            "formula",
            "unit",
            "degenerate input",
            "source",
        ];
        let rows = group.metrics.iter().map(|about| {
            let words = [
                about.title,
                about.formula,
                about.unit,
                about.edge,
                about.source,
            ];
            let rest = words.map(String::from);
            [&[code(about.id)], &rest[..]].concat()
        });
        table(&mut text, &head, rows);
    }
    vec![File {
        path: "docs/metrics.md".into(),
        text,
    }]
}
