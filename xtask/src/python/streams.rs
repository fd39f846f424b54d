//! `tvf.stream`: a class per indicator that takes bars one by one.

use tvf_core::Spec;

use super::{NULLS_DOC, all, anchored, call, docstring, header, parameters, specs};
use crate::words::pascal;

/// The module.
pub fn module() -> String {
    let mut text = header(
        "The indicators bar by bar: `tvf.Stream` with the arguments of each spelt out.",
        "A002",
    );
    text.push_str("from __future__ import annotations\n\nfrom typing import Literal, Self\n\n");
    text.push_str("from tvf import results\nfrom tvf._core import Stream\n");
    text.push_str("from tvf._sessions import Opening\n");
    text.push_str("from tvf._types import A, Column, Compat, Frame, Moment\n\n");
    text.push_str(&all(specs().map(|spec| pascal(spec.id)).collect()));
    for spec in specs() {
        text.push_str("\n\n");
        text.push_str(&class(spec));
    }
    text
}

fn class(spec: &'static Spec) -> String {
    let class = pascal(spec.id);
    let (named, docs) = parameters(spec);
    let arguments = [vec!["cls".to_string()], named].concat();
    let mut text = format!("class {class}(Stream):\n");
    text.push_str(&docstring(spec, "    ", &docs, &gives(spec)));
    text.push_str(&format!("\n    _id = \"{}\"\n\n", spec.id));

    let names = spec.params.iter().map(|p| p.name);
    let passed: Vec<String> = [
        "cls".to_string(),
        format!("\"{}\"", spec.id),
        "compat=compat".into(),
    ]
    .into_iter()
    .chain(
        names
            .chain(anchored(spec).then_some("zone"))
            .map(|name| format!("{name}={name}")),
    )
    .collect();
    text.push_str(&call("    ", "def __new__(", &arguments, ") -> Self:"));
    text.push_str("        \"\"\"A stream before its first bar.\"\"\"\n");
    text.push_str(&call("        ", "return Stream.__new__(", &passed, ")"));
    text.push_str(&methods(spec));
    text
}

/// What takes bars, with the inputs spelt out.
fn methods(spec: &Spec) -> String {
    let class = pascal(spec.id);
    let mut text = String::new();
    let (bar, column): (Vec<String>, Vec<String>) = spec
        .inputs
        .iter()
        .enumerate()
        .map(|(i, input)| {
            let one = if input.name == "time" {
                "Moment"
            } else {
                "float"
            };
            let (whole, none) = if input.optional {
                ("Column", " | None = None")
            } else {
                ("Column", "")
            };
            let whole = if i == 0 { "A" } else { whole };
            (
                format!("{}: {one}{none}", input.name),
                format!("{}: {whole}{none}", input.name),
            )
        })
        .unzip();
    let names: Vec<String> = spec.inputs.iter().map(|i| i.name.to_string()).collect();
    let own = vec!["self".to_string()];
    let (value, columns) = match spec.series() {
        [] => (
            format!("list[results.{class}Row]"),
            format!("results.{class} | Frame"),
        ),
        [_] => ("float".into(), "A".into()),
        _ => (
            format!("results.{class}[float]"),
            format!("results.{class}[A]"),
        ),
    };
    for (name, doc) in [
        ("update", "Takes a closed bar and gives its result."),
        (
            "peek",
            "Tells what a bar would give as the next one, and keeps nothing of it.",
        ),
        (
            "replace",
            "Puts another bar in the place of the last one and gives its result.",
        ),
    ] {
        let arguments = [&own[..], &bar].concat();
        let passed = [&own[..], &names].concat();
        text.push('\n');
        text.push_str(&call(
            "    ",
            &format!("def {name}("),
            &arguments,
            &format!(") -> {value}:"),
        ));
        text.push_str(&format!("        \"\"\"{doc}\"\"\"\n"));
        text.push_str(&call(
            "        ",
            &format!("return Stream.{name}("),
            &passed,
            ")",
        ));
    }
    let arguments = [
        &own[..],
        &column,
        &["*".to_string(), "nulls: bool = False".to_string()],
    ]
    .concat();
    text.push('\n');
    text.push_str(&call(
        "    ",
        "def extend(",
        &arguments,
        &format!(") -> {columns}:"),
    ));
    text.push_str("        \"\"\"Takes any number of closed bars, column by column.\n\n");
    text.push_str("        Args:\n");
    for name in spec.inputs.iter().map(|input| input.name) {
        text.push_str(&format!(
            "            {name}: {}.\n",
            super::input_doc(name)
        ));
    }
    text.push_str(&super::wrap(
        &format!("nulls: {NULLS_DOC}."),
        "            ",
        "    ",
    ));
    text.push_str("        \"\"\"\n");
    let passed = [own, names, vec!["nulls=nulls".into()]].concat();
    text.push_str(&call("        ", "return Stream.extend(", &passed, ")"));
    text
}

/// What `update` gives, in words.
fn gives(spec: &Spec) -> String {
    match spec.series() {
        [] => "From update, peek and replace: the list of the bar's rows".into(),
        [_] => "From update, peek and replace: a float, NaN while there is no value".into(),
        _ => "From update, peek and replace: a named tuple of floats, NaN while there is no value"
            .into(),
    }
}
