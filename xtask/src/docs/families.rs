//! Fills the generated part of `docs/patterns/<family>.md`: what the definition says of it.

use std::fmt::Write as _;

use tvf_core::patterns::{FAMILIES, Family, Word};

use super::{code, fallback, kind, line, list, table};
use crate::File;

const BEGIN: &str = "<!-- generated: family";
const END: &str = "<!-- end -->";

/// The pages, each written by hand around its generated part.
pub fn files() -> Result<Vec<File>, String> {
    FAMILIES.iter().map(|entry| page(&entry.family)).collect()
}

fn page(family: &Family) -> Result<File, String> {
    let path = format!("docs/patterns/{}.md", family.id);
    let wrong = |why: &str| format!("{path}: {why}");
    let old = std::fs::read_to_string(crate::root().join(&path))
        .map_err(|e| wrong(&format!("{e}; every family has a page")))?;
    let mark = format!("{BEGIN} {} -->", family.id);
    let (head, rest) = old
        .split_once(&mark)
        .ok_or_else(|| wrong(&format!("there is no line {mark}")))?;
    let (_, tail) = rest
        .split_once(END)
        .ok_or_else(|| wrong(&format!("there is no line {END}")))?;
    let text = format!("{head}{mark}\n{}\n{END}{tail}", definition(family));
    Ok(File { path, text })
}

fn definition(family: &Family) -> String {
    let mut text = String::new();
    let inputs = family.inputs.iter();
    let inputs: Vec<String> = inputs
        .map(|input| {
            let optional = if input.optional { " (optional)" } else { "" };
            format!("{}{optional}", code(input.name))
        })
        .collect();
    line!(text, "\nReads {}.", list(&inputs));
    let params = family.params.iter().map(|param| {
        let (kind, values) = kind(param);
        let doc = param.doc.to_string();
        vec![
            code(param.name),
            kind.to_string(),
            fallback(param.default),
            values,
            doc,
        ]
    });
    let head = ["parameter", "type", "default", "values", "what it does"];
    table(&mut text, &head, params);
    words(&mut text, "pattern", family.shapes);
    words(&mut text, "point", family.roles);
    words(&mut text, "part of the score", family.parts);
    words(&mut text, "target", family.targets);
    words(&mut text, "condition of near misses", family.conditions);
    line!(text, "");
    for rule in family.rules {
        line!(text, "- {rule}");
    }
    line!(text, "\nSource: {}.", family.source.trim_end_matches('.'));
    text
}

fn words(text: &mut String, what: &str, words: &[Word]) {
    if words.is_empty() {
        return;
    }
    let rows = words.iter();
    let rows = rows.map(|Word { name, doc }| vec![code(name), (*doc).to_string()]);
    table(text, &[what, "meaning"], rows);
}
