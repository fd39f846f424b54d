//! `tvf.evaluation`: a class per group of metrics.

use tvf_core::evaluation::{About, GROUPS, Group};

use super::{all, header, stop, wrap};
use crate::words::pascal;

/// The module.
pub fn module() -> String {
    let mut text = header(
        "What `tvf.evaluate` gives: metrics by name, NaN where one is not defined.",
        "RUF001",
    );
    text.push_str("from __future__ import annotations\n\nfrom dataclasses import dataclass\n\n");
    text.push_str("from tvf._evaluation import Evaluation\n\n");
    let names = GROUPS.iter().map(class).chain(["Evaluation".to_string()]);
    text.push_str(&all(names.collect()));
    for group in GROUPS {
        text.push_str(&format!(
            "\n\n@dataclass(frozen=True, eq=False, repr=False)\nclass {}(Evaluation):\n    \"\"\"{}\"\"\"\n\n",
            class(group),
            stop(group.summary)
        ));
        for about in group.metrics {
            text.push_str(&field(about));
        }
    }
    text
}

fn class(group: &Group) -> String {
    format!("{}Evaluation", pascal(group.id))
}

fn field(about: &About) -> String {
    let About {
        id,
        title,
        formula,
        unit,
        edge,
        source,
    } = about;
    let doc = format!("    \"\"\"{title} ({unit}): {formula}. {edge} Source: {source}.\"\"\"");
    format!("    {id}: float\n{}", wrap(&doc, "", "    "))
}
