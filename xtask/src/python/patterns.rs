//! `tvf.patterns`: a function per family of patterns.

use tvf_core::Input;
use tvf_core::patterns::{FAMILIES, Family};

use super::{all, call, header, input_doc, param_doc, signature, stop, wrap};

const FORMING_DOC: &str = "Whether to give the patterns that the last bar leaves unfinished, in the place of those that are certain: later bars may move them, or end them.";
const MISSES_DOC: &str =
    "Whether to give the near misses instead: which conditions they met, and which not.";
const RETURNS: &str = "The patterns in the order of their confirmation, or those that form, or the near misses, as columns and rows; a data frame for Polars, pandas and Arrow inputs.";

/// What results are made of; by `tvf.patterns.` alone, as the names are common.
const CLASSES: [&str; 7] = [
    "Condition",
    "Family",
    "Miss",
    "Misses",
    "Pattern",
    "Patterns",
    "Point",
];

fn families() -> impl Iterator<Item = &'static Family> {
    FAMILIES.iter().map(|entry| &entry.family)
}

/// The module.
pub fn module() -> String {
    let mut inputs = families().flat_map(|family| family.inputs);
    let reads_open = inputs.any(|input| input.name == "open");
    let mut text = header(
        "Patterns: a function for each family, from columns to a table of what was found.",
        if reads_open { "A002" } else { "" },
    );
    text.push_str("from __future__ import annotations\n\n");
    if families().any(|family| family.params.iter().any(super::is_choice)) {
        text.push_str("from typing import Literal\n\n");
    }
    for name in CLASSES {
        // Where ruff sorts it.
        if name == "Point" {
            text.push_str("from tvf._patterns import PatternWatch, families\n");
        }
        text.push_str(&format!("from tvf._patterns import {name} as {name}\n"));
    }
    text.push_str("from tvf._patterns import find as _find\n");
    text.push_str("from tvf._types import Column, Frame\n\n");
    let own = families().map(|family| family.id);
    let more = ["PatternWatch", "families"];
    text.push_str(&all(own.chain(more).map(String::from).collect()));
    for family in families() {
        text.push_str("\n\n");
        text.push_str(&function(family));
    }
    text
}

fn function(family: &Family) -> String {
    let mut arguments = Vec::new();
    let mut docs = Vec::new();
    // What may be left out is named: families differ in it, and a time would pass for a volume.
    let (needed, optional): (Vec<&Input>, Vec<_>) =
        family.inputs.iter().partition(|input| !input.optional);
    for input in needed {
        arguments.push(format!("{}: Column", input.name));
        docs.push((input.name, input_doc(input.name).to_string()));
    }
    arguments.push("*".into());
    for input in optional {
        arguments.push(format!("{}: Column | None = None", input.name));
        docs.push((input.name, input_doc(input.name).to_string()));
    }
    for param in family.params {
        arguments.push(signature(param));
        docs.push((param.name, param_doc(param)));
    }
    for (name, doc) in [("forming", FORMING_DOC), ("misses", MISSES_DOC)] {
        arguments.push(format!("{name}: bool = False"));
        docs.push((name, doc.into()));
    }
    let arguments: String = arguments.iter().map(|a| format!("    {a},\n")).collect();
    let mut text = format!(
        "def {}(\n{arguments}) -> Patterns | Misses | Frame:\n",
        family.id
    );
    text.push_str(&docstring(family, &docs));
    let inputs: Vec<&str> = family.inputs.iter().map(|input| input.name).collect();
    let params = family.params.iter().map(|p| format!("{0:?}: {0}", p.name));
    let params: Vec<String> = params.collect();
    text.push_str(&call("    ", "params = {", &params, "}"));
    text.push_str(&format!(
        "    return _find({:?}, {}, params, forming, misses)\n",
        family.id,
        super::tuple(&inputs)
    ));
    text
}

fn docstring(family: &Family, arguments: &[(&str, String)]) -> String {
    let indent = "    ";
    let shapes: Vec<&str> = family.shapes.iter().map(|shape| shape.name).collect();
    let mut doc = wrap(
        &format!("{indent}\"\"\"{}", stop(family.summary)),
        "",
        indent,
    );
    doc.push('\n');
    doc.push_str(&wrap(
        &format!("{}: {}.", family.title, shapes.join(", ")),
        indent,
        "",
    ));
    doc.push_str("\n    Args:\n");
    for (name, text) in arguments {
        let line = format!("{name}: {}", stop(text));
        doc.push_str(&wrap(&line, "        ", "    "));
    }
    doc.push_str("\n    Returns:\n");
    doc.push_str(&wrap(RETURNS, "        ", ""));
    doc.push_str("\n    Notes:\n");
    for rule in family.rules {
        doc.push_str(&wrap(&format!("- {}", stop(rule)), "        ", "  "));
    }
    doc.push_str("\n    Source:\n");
    doc.push_str(&wrap(&stop(family.source), "        ", ""));
    doc.push_str("    \"\"\"\n");
    doc
}
