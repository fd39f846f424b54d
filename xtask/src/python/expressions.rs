//! `tvf.expr`: the indicators as Polars expressions.

use tvf_core::Spec;

use super::{NULLS_DOC, all, anchored, docstring, header, input_doc, parameters, specs, tuple};

/// The module.
pub fn module() -> String {
    let mut text = header(
        "The indicators as Polars expressions over one or several columns.\n\n\
         Columns are named or given as expressions. Several outputs come as the fields of a struct.\n\
         Tables have no expression, as they have no row per bar.\n",
        "A002",
    );
    text.push_str("from __future__ import annotations\n\nfrom typing import Literal\n\n");
    text.push_str("import polars as pl\n\n");
    text.push_str("from tvf._polars import Input, expression\n");
    text.push_str("from tvf._sessions import Opening\nfrom tvf._types import Compat\n\n");
    text.push_str(&all(series().map(|spec| spec.id.to_string()).collect()));
    for spec in series() {
        text.push_str("\n\n");
        text.push_str(&function(spec));
    }
    text
}

fn series() -> impl Iterator<Item = &'static Spec> {
    specs().filter(|spec| !spec.is_table())
}

fn function(spec: &'static Spec) -> String {
    let clock = anchored(spec);
    let mut arguments = Vec::new();
    let mut docs = Vec::new();
    for input in spec.inputs {
        let column = if input.name == "source" {
            "close"
        } else {
            input.name
        };
        arguments.push(if input.optional {
            // A clock is needed with the default anchor.
            let column = if clock { "\"time\"" } else { "None" };
            format!("{}: Input | None = {column}", input.name)
        } else {
            format!("{}: Input = \"{column}\"", input.name)
        });
        docs.push((input.name.to_string(), input_doc(input.name).to_string()));
    }
    let (named, described) = parameters(spec);
    arguments.extend(named);
    docs.extend(described);
    arguments.push("nulls: bool = False".into());
    docs.push(("nulls".into(), NULLS_DOC.into()));
    let lines: String = arguments.iter().map(|a| format!("    {a},\n")).collect();
    let mut text = format!("def {}(\n{lines}) -> pl.Expr:\n", spec.id);
    let returns = if spec.series().len() == 1 {
        "A column of float64".to_string()
    } else {
        let names: Vec<&str> = spec.output_names().collect();
        format!("A struct of float64: {}", names.join(", "))
    };
    text.push_str(&docstring(spec, "    ", &docs, &returns));
    let inputs: Vec<&str> = spec.inputs.iter().map(|i| i.name).collect();
    text.push_str("    return expression(\n");
    text.push_str(&format!(
        "        \"{}\",\n        {},\n",
        spec.id,
        tuple(&inputs)
    ));
    let named = spec
        .params
        .iter()
        .map(|p| p.name)
        .chain(clock.then_some("zone"));
    for name in named.chain(["compat", "nulls"]) {
        text.push_str(&format!("        {name}={name},\n"));
    }
    text.push_str("    )\n");
    text
}
