//! `tvf.indicators`: a function per indicator.

use tvf_core::{Param, Spec};

use super::{
    ANCHOR_DOC, CODE_WIDTH, COMPAT_DOC, NULLS_DOC, OPEN_DOC, ZONE_DOC, all, anchored, call,
    docstring, header, input_doc, param_doc, returns, signature, specs, split,
};
use crate::words::pascal;

const SHIFTED_DOC: &str = "Whether columns that a chart draws beside their bars are moved there. Moved to the left, \
    a column tells at a bar what was only known later: for charts, never for tests of a strategy.";

/// The module.
pub fn module() -> String {
    let mut text = header(
        "The indicators: a function each, from columns to columns.",
        "A001, A002",
    );
    text.push_str("from __future__ import annotations\n\nfrom typing import Literal\n\n");
    text.push_str("from tvf import _core, results\n");
    text.push_str("from tvf._sessions import Opening, anchored\n");
    text.push_str(
        "from tvf._shift import checked as _checked\nfrom tvf._shift import shifted as _shifted\n",
    );
    text.push_str("from tvf._types import A, Column, Compat, Frame\n\n");
    text.push_str(&all(specs().map(|spec| spec.id.to_string()).collect()));
    text.push('\n');
    for spec in specs() {
        let class = pascal(spec.id);
        let classes = match spec.series() {
            [] => format!(", results.{class}, results.{class}Row"),
            [_] => String::new(),
            _ => format!(", results.{class}"),
        };
        let (head, arguments) = (
            format!("_{} = _core.register(", spec.id),
            format!("\"{}\"{classes}", spec.id),
        );
        let line = format!("{head}{arguments}).batch\n");
        if line.chars().count() <= CODE_WIDTH + 1 {
            text.push_str(&line);
        } else {
            text.push_str(&format!("{head}\n    {arguments}\n).batch\n"));
        }
    }
    for spec in specs() {
        text.push_str("\n\n");
        text.push_str(&function(spec));
    }
    text
}

fn function(spec: &'static Spec) -> String {
    let clock = anchored(spec);
    let (own, options) = split(spec);
    let mut arguments = Vec::new();
    let mut docs = Vec::new();
    for (i, input) in spec.inputs.iter().enumerate() {
        arguments.push(match (i, input.optional) {
            (0, _) => format!("{}: A", input.name),
            (_, false) => format!("{}: Column", input.name),
            (_, true) => format!("{}: Column | None = None", input.name),
        });
        docs.push((input.name.to_string(), input_doc(input.name).to_string()));
    }
    let mut add = |param: &Param| {
        let (mut argument, mut doc) = (signature(param), param_doc(param));
        if clock && param.name == "anchor" {
            argument = argument.replacen(" = ", " | Column = ", 1);
            doc.push_str(ANCHOR_DOC);
        } else if clock && param.name == "open" {
            argument = argument.replacen("int", "Opening", 1);
            doc.push_str(OPEN_DOC);
        }
        docs.push((param.name.to_string(), doc));
        argument
    };
    arguments.extend(own.iter().map(|param| add(param)));
    // Details could be keyword-only, if CPython did not look up each of their defaults in a dict:
    // 12 to 18 ns a piece, where a short call takes 250.
    arguments.extend(options.iter().map(|param| add(param)));
    if clock {
        arguments.push("zone: str | None = None".into());
        docs.push(("zone".into(), ZONE_DOC.into()));
    }
    arguments.push("compat: Compat = \"tradingview\"".into());
    docs.push(("compat".into(), COMPAT_DOC.into()));
    arguments.push("nulls: bool = False".into());
    docs.push(("nulls".into(), NULLS_DOC.into()));
    let shifts = spec.series().iter().any(|output| output.shift.is_some());
    if shifts {
        arguments.push("shifted: bool = False".into());
        docs.push(("shifted".into(), SHIFTED_DOC.into()));
    }

    let result = match spec.series() {
        [] => format!("results.{} | Frame", pascal(spec.id)),
        [_] => "A".into(),
        _ => format!("results.{}[A]", pascal(spec.id)),
    };
    let arguments: String = arguments.iter().map(|a| format!("    {a},\n")).collect();
    let mut text = format!("def {}(\n{arguments}) -> {result}:\n", spec.id);
    text.push_str(&docstring(spec, "    ", &docs, &returns(spec)));
    if clock {
        text.push_str(
            "    time, anchor, utc_offset, open = anchored(time, anchor, utc_offset, open, zone)\n",
        );
    }
    let names = spec.inputs.iter().map(|i| i.name);
    let names = names.chain(spec.params.iter().map(|p| p.name));
    let passed: Vec<String> = names.chain(["compat", "nulls"]).map(String::from).collect();
    let keep = if shifts { "result =" } else { "return" };
    text.push_str(&call(
        "    ",
        &format!("{keep} _{}(", spec.id),
        &passed,
        ")",
    ));
    if shifts {
        let names = spec.params.iter().map(|p| format!("{0:?}: {0}", p.name));
        let names: Vec<String> = names.collect();
        text.push_str("    if not _checked(shifted):\n        return result\n");
        text.push_str(&call("    ", "params = {", &names, "}"));
        text.push_str(&format!(
            "    return _shifted(result, {:?}, compat, params, nulls)\n",
            spec.id
        ));
    }
    text
}
