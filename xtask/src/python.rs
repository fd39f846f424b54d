//! The generated modules of the Python package: functions, result types, streams, expressions.
#![expect(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "text that is written once reads best as it will look"
)]

mod evaluation;
mod expressions;
mod functions;
mod patterns;
mod results;
mod streams;

use tvf_core::{ALL, Fallback, Param, ParamKind, Params, Profile, Spec};

use crate::File;
use crate::words::converged;

/// The files.
pub fn files() -> Vec<File> {
    let file = |path: &str, text| File {
        path: path.into(),
        text,
    };
    vec![
        file("bindings-py/python/tvf/indicators.py", functions::module()),
        file("bindings-py/python/tvf/patterns.py", patterns::module()),
        file("bindings-py/python/tvf/evaluation.py", evaluation::module()),
        file("bindings-py/python/tvf/results.py", results::module()),
        file("bindings-py/python/tvf/stream.py", streams::module()),
        file("bindings-py/python/tvf/expr.py", expressions::module()),
    ]
}

/// Where a docstring's line ends at the latest.
const WIDTH: usize = 100;
/// Where a line of code ends at the latest.
const CODE_WIDTH: usize = 110;

/// The definitions, in the order of the catalog.
fn specs() -> impl Iterator<Item = &'static Spec> {
    ALL.iter().map(|entry| &entry.spec)
}

/// The first lines of a module.
fn header(doc: &str, noqa: &str) -> String {
    let mut text =
        "# Written by `cargo xtask gen`: change the definitions in core/, not this.\n".to_string();
    if !noqa.is_empty() {
        text.push_str(&format!("# ruff: noqa: {noqa}\n"));
    }
    format!("{text}\"\"\"{doc}\"\"\"\n\n")
}

/// `__all__`, sorted as ruff wants it.
fn all(mut names: Vec<String>) -> String {
    // Constants, as which names in capitals alone count, classes, then the rest.
    names.sort_by_key(|name| {
        let constant = !name.contains(|c: char| c.is_lowercase());
        (
            !constant,
            name.starts_with(|c: char| c.is_lowercase()),
            name.clone(),
        )
    });
    let lines: String = names
        .iter()
        .map(|name| format!("    \"{name}\",\n"))
        .collect();
    format!("__all__ = [\n{lines}]\n")
}

/// Text cut into lines that begin with `indent`, all but the first of them also with `hang`.
fn wrap(text: &str, indent: &str, hang: &str) -> String {
    let mut lines = String::new();
    let mut line = indent.to_string();
    let mut empty = true;
    for word in text.split(' ') {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push_str(&line);
            lines.push('\n');
            line = format!("{indent}{hang}");
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines + &line + "\n"
}

/// A sentence's full stop, where it lacks one.
fn stop(text: &str) -> String {
    let end = if text.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{text}{end}")
}

/// The docstring's body that functions, streams and expressions share: what it is, its formula, the
/// arguments, what comes back, the stated answers and the source.
fn docstring(
    spec: &'static Spec,
    indent: &str,
    arguments: &[(String, String)],
    returns: &str,
) -> String {
    let first = wrap(&format!("{indent}\"\"\"{}", spec.summary), "", indent);
    let mut doc = first;
    doc.push('\n');
    doc.push_str(&wrap(
        &stop(&format!("{}: {}", spec.title, spec.formula)),
        indent,
        "",
    ));
    doc.push_str(&format!("\n{indent}Args:\n"));
    for (name, text) in arguments {
        doc.push_str(&wrap(
            &format!("{name}: {}", stop(text)),
            &format!("{indent}    "),
            "    ",
        ));
    }
    doc.push_str(&format!("\n{indent}Returns:\n"));
    doc.push_str(&wrap(&stop(returns), &format!("{indent}    "), ""));
    doc.push_str(&format!("\n{indent}Notes:\n"));
    for edge in spec
        .edges
        .iter()
        .map(|e| (*e).to_string())
        .chain([warmup(spec), converged(spec)])
    {
        doc.push_str(&wrap(
            &format!("- {}", stop(&edge)),
            &format!("{indent}    "),
            "  ",
        ));
    }
    doc.push_str(&format!("\n{indent}Source:\n"));
    doc.push_str(&wrap(&stop(spec.source), &format!("{indent}    "), ""));
    doc.push_str(&format!("{indent}\"\"\"\n"));
    doc
}

/// The warm-up with the default parameters, in words.
fn warmup(spec: &'static Spec) -> String {
    let Ok(params) = Params::positional(spec, Profile::default(), &[]) else {
        return String::new();
    };
    if spec.is_table() {
        let bars = (spec.warmup)(&params, 0);
        return format!(
            "With the default parameters no row belongs to one of the first {bars} bars"
        );
    }
    let bars: Vec<usize> = (0..spec.series().len())
        .map(|o| (spec.warmup)(&params, o))
        .collect();
    if bars.iter().all(|b| *b == 0) {
        return "There is no warm-up: values begin with the first bar".into();
    }
    let names = spec.output_names();
    let each: Vec<String> = if bars.iter().all(|b| *b == bars[0]) {
        vec![bars[0].to_string()]
    } else {
        names
            .zip(&bars)
            .map(|(name, bars)| format!("{bars} ({name})"))
            .collect()
    };
    let last = each.len() - 1;
    let list = if last == 0 {
        each[0].clone()
    } else {
        format!("{} and {}", each[..last].join(", "), each[last])
    };
    let plural = if list == "1" { "bar has" } else { "bars have" };
    format!("With the default parameters the first {list} {plural} no value")
}

/// What the result is, in words.
fn returns(spec: &Spec) -> String {
    match spec.series() {
        [] if spec.summary().is_empty() => {
            "The rows, as columns; a data frame for Polars, pandas and Arrow inputs".into()
        }
        [] => {
            let numbers = spec.summary().iter().map(|number| number.name);
            let numbers: Vec<&str> = numbers.collect();
            format!(
                "The rows, as columns, and as attributes beside them {}",
                numbers.join(", ")
            )
        }
        [output] => format!(
            "{}; of the same kind and length as the first input",
            output.doc
        ),
        outputs => {
            let named: Vec<String> = outputs
                .iter()
                .map(|o| {
                    let mut doc = o.doc.to_string();
                    if let Some(first) = doc.get_mut(..1) {
                        first.make_ascii_lowercase();
                    }
                    format!("{} ({doc})", o.name)
                })
                .collect();
            format!(
                "{}; each of the same kind and length as the first input",
                named.join(", ")
            )
        }
    }
}

/// What an input is, in words.
fn input_doc(name: &str) -> &'static str {
    match name {
        "source" => "Prices, or any other series of numbers",
        "open" => "Opening prices",
        "high" => "Highest prices",
        "low" => "Lowest prices",
        "close" => "Closing prices",
        "volume" => "Traded volumes",
        "time" => "Opening times: milliseconds since 1970 UTC, or dates and times",
        _ => "Numbers, one per bar",
    }
}

/// What a parameter is, in words.
fn param_doc(param: &Param) -> String {
    let mut doc = param.doc.to_string();
    match param.kind {
        ParamKind::Int { min, max } => doc.push_str(&format!(" ({min} to {max})")),
        ParamKind::Float { min, max } => doc.push_str(&format!(" ({min} to {max})")),
        ParamKind::Choice { .. } | ParamKind::ChoiceOrInt { .. } => {}
    }
    match (param.default, param.talib) {
        (Fallback::SameAs(other), _) => doc.push_str(&format!("; None means the same as {other}")),
        (own, Some(talib)) => {
            let (own, talib) = (literal(own, param.kind), literal(talib, param.kind));
            doc.push_str(&format!(
                "; None means {own}, or {talib} with compat=\"talib\""
            ));
        }
        _ => {}
    }
    doc
}

const COMPAT_DOC: &str = "Whose definition is followed where the market disagrees";
const ANCHOR_DOC: &str = ", or a column with a number per bar";
const OPEN_DOC: &str = "; or a text such as \"09:30\"";
const ZONE_DOC: &str = "IANA name of the zone that the opening is in, such as \"America/New_York\"; its clock changes are followed";
const NULLS_DOC: &str =
    "Whether missing values leave as null rather than NaN, where the kind of column has both";

/// A parameter's default as Python writes it; `None` where it depends on others.
fn default(param: &Param) -> String {
    if param.talib.is_some() {
        "None".into()
    } else {
        literal(param.default, param.kind)
    }
}

fn literal(fallback: Fallback, kind: ParamKind) -> String {
    match (fallback, kind) {
        (Fallback::Number(x), ParamKind::Float { .. }) => format!("{x:?}"),
        (Fallback::Number(x), _) => format!("{x}"),
        (Fallback::Text(text), _) => format!("{text:?}"),
        (Fallback::SameAs(_), _) => "None".into(),
    }
}

/// Whether a parameter is one of several words.
const fn is_choice(param: &Param) -> bool {
    matches!(
        param.kind,
        ParamKind::Choice { .. } | ParamKind::ChoiceOrInt { .. }
    )
}

/// A parameter's type as Python writes it.
fn kind(param: &Param) -> String {
    let words = |choices: &[&str]| {
        let words: Vec<String> = choices.iter().map(|c| format!("{c:?}")).collect();
        format!("Literal[{}]", words.join(", "))
    };
    let mut text = match param.kind {
        ParamKind::Int { .. } => "int".to_string(),
        ParamKind::Float { .. } => "float".to_string(),
        ParamKind::Choice { choices } => words(choices),
        ParamKind::ChoiceOrInt { choices, .. } => format!("{} | int", words(choices)),
    };
    if default(param) == "None" {
        text.push_str(" | None");
    }
    text
}

/// A parameter in a signature.
fn signature(param: &Param) -> String {
    format!("{}: {} = {}", param.name, kind(param), default(param))
}

/// Parameters that callers may give by position, and those they must name: details of a definition.
fn split(spec: &Spec) -> (Vec<&'static Param>, Vec<&'static Param>) {
    spec.params.iter().partition(|param| !param.is_option())
}

/// The parameters of a call whose details must be named: as a signature has them, and what each is.
fn parameters(spec: &Spec) -> (Vec<String>, Vec<(String, String)>) {
    let clock = anchored(spec);
    let (own, options) = split(spec);
    let mut arguments = Vec::new();
    let mut docs = Vec::new();
    for (i, param) in own.iter().chain(&options).enumerate() {
        if i == own.len() {
            arguments.push("*".into());
        }
        let (mut argument, mut doc) = (signature(param), param_doc(param));
        if clock && param.name == "open" {
            argument = argument.replacen("int", "Opening", 1);
            doc.push_str(OPEN_DOC);
        }
        arguments.push(argument);
        docs.push((param.name.to_string(), doc));
    }
    if options.is_empty() {
        arguments.push("*".into());
    }
    if clock {
        arguments.push("zone: str | None = None".into());
        docs.push(("zone".into(), ZONE_DOC.into()));
    }
    arguments.push("compat: Compat = \"tradingview\"".into());
    docs.push(("compat".into(), COMPAT_DOC.into()));
    (arguments, docs)
}

/// Whether its sums begin anew at moments that a zone's clock tells.
fn anchored(spec: &Spec) -> bool {
    ["anchor", "utc_offset", "open"]
        .iter()
        .all(|name| spec.param_index(name).is_some())
        && spec.input_index("time").is_some()
}

/// A tuple as Python writes it.
fn tuple(items: &[&str]) -> String {
    match items {
        [one] => format!("({one},)"),
        items => format!("({})", items.join(", ")),
    }
}

/// A call or a signature in one line where it fits, with a line per argument where it does not.
fn call(indent: &str, head: &str, arguments: &[String], tail: &str) -> String {
    let line = format!("{indent}{head}{}{tail}\n", arguments.join(", "));
    if line.chars().count() <= CODE_WIDTH + 1 {
        return line;
    }
    let lines: String = arguments
        .iter()
        .map(|a| format!("{indent}    {a},\n"))
        .collect();
    format!("{indent}{head}\n{lines}{indent}{tail}\n")
}
