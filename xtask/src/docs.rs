//! Generates `docs/indicators.md`: the catalog as a reference to read.

pub mod families;
mod signals;
pub mod transforms;

use std::fmt::Write as _;

use tvf_core::{
    ALL, Chart, Column, ColumnKind, Entry, Fallback, Input, Missing, Output, Param, ParamKind,
    Params, Profile, ResultKind, Rows, Spec, Style,
};

use crate::File;
use crate::words::{camel, converged};

/// Adds a line; writing to a text cannot fail.
macro_rules! line {
    ($text:expr, $($arg:tt)*) => { let _ = writeln!($text, $($arg)*); };
}
use line;

const HEAD: &str = "\
<!-- Written by `cargo xtask gen` from the definitions in core/src/indicators: change those. -->

# Indicators

Each indicator is a function, a stream and a member of sets, in Python and in TypeScript, and gives the same bits in both.

![Eight averages of the same bars on the example page](pictures/chart-averages.png)
";

const READING: &str = "
## How to read this page

- Columns run from the oldest bar to the newest, and a result is as long as its input. Values that do not exist yet are
  NaN: \"missing at the start\" counts them for the default parameters.
- `source` stands for any column of numbers; sets take the column `close` unless told otherwise. `time` is milliseconds
  since 1970 UTC; NumPy's, Polars' and pandas' times and JavaScript's Dates are taken as well.
- In formulas `x[1]` is the value of `x` one bar earlier. *highest*, *lowest*, *sma*, *ema* and *wilder* are taken over
  the bars that end with the present one.
- `compat=\"talib\"` (Python) or `compat: \"talib\"` (TypeScript) follows TA-Lib where it differs from TradingView, whose
  definitions are the default. It does nothing but choose the values in the column *talib*, and each of them can be given
  by itself as well. [Conventions](conventions.md) has both side by side, and whose numbers they agree with.
- NaN and infinite numbers in the input count as missing values, and each indicator says what one of them does. Missing
  values before the first finite one are skipped: the warm-up begins behind them.
- The start of the data no longer matters where the same bars behind any other history give values that differ by less
  than 1e-6 of the scale of what is averaged: prices, ranges or movements. `tvf.converged_from(\"rsi\", period=14)` (Python)
  or `convergedFrom({ id: \"rsi\", period: 14 })` (TypeScript) tells that bar, counted from 0, for any parameters.
";

/// The files.
pub fn files() -> Vec<File> {
    let mut text = String::from(HEAD);
    contents(&mut text);
    text.push_str(READING);
    for entry in ALL {
        section(&mut text, entry);
    }
    vec![File {
        path: "docs/indicators.md".into(),
        text,
    }]
}

fn contents(text: &mut String) {
    let head = ["indicator", "", "reads", "gives", "pane"];
    let rows = ALL.iter().map(|entry| {
        let spec = &entry.spec;
        let gives: Vec<&str> = spec.output_names().collect();
        let inputs: Vec<&str> = spec.inputs.iter().map(|i| i.name).collect();
        let mut gives = gives.join(", ");
        if spec.is_table() {
            gives = format!("table: {gives}");
        }
        vec![
            format!("[`{0}`](#{0})", spec.id),
            spec.title.to_string(),
            inputs.join(", "),
            gives,
            pane(&spec.chart).to_string(),
        ]
    });
    table(text, &head, rows);
}

fn section(text: &mut String, entry: &'static Entry) {
    let spec = &entry.spec;
    line!(text, "\n## {}\n", spec.id);
    line!(text, "**{}.** {}\n", spec.title, spec.summary);
    line!(text, "```text");
    for statement in spec.formula.split("; ") {
        text.push_str(&wrap(statement, "    "));
    }
    line!(text, "```\n");
    let picture = format!("pictures/{}.svg", spec.id);
    if crate::root().join("docs").join(&picture).exists() {
        line!(text, "![{} on example bars]({picture})\n", spec.title);
    }
    line!(text, "```python\n{}\n```\n", python_call(spec));
    line!(text, "```ts\n{}\n```\n", typescript_call(spec));
    line!(text, "Reads {}.\n", inputs(entry));
    parameters(text, spec);
    results(text, spec);
    // What it does to a state, its edges say.
    if spec.rows() == Rows::Events {
        line!(text, "- {}", missing(spec.missing));
    }
    for edge in spec.edges {
        line!(text, "- {edge}");
    }
    line!(text, "- {}", converged(spec));
    line!(text, "- {}", chart(&spec.chart));
    line!(
        text,
        "\nSource: {}. Code: [`{1}.rs`](../core/src/indicators/{1}.rs).",
        spec.source.trim_end_matches('.'),
        spec.id
    );
}

/// A formula's statement in lines of at most 116 characters, cut between words.
fn wrap(statement: &str, hang: &str) -> String {
    let mut lines = String::new();
    let mut line = String::new();
    for word in statement.split(' ') {
        if line.trim().is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() > 116 {
            lines.push_str(&line);
            lines.push('\n');
            line = format!("{hang}{word}");
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines + &line + "\n"
}

/// A table in Markdown.
pub fn table(text: &mut String, head: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    line!(text, "\n| {} |", head.join(" | "));
    line!(text, "|{}", "---|".repeat(head.len()));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|c| c.replace('|', "\\|")).collect();
        line!(text, "| {} |", cells.join(" | "));
    }
}

fn pane(chart: &Chart) -> &'static str {
    if chart.overlay { "prices" } else { "own" }
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

pub fn code(name: &str) -> String {
    format!("`{name}`")
}

pub fn defaults(spec: &'static Spec, profile: Profile) -> Option<Params> {
    Params::positional(spec, profile, &[]).ok()
}

/// The inputs in words, and when some of them may be left out.
fn inputs(entry: &'static Entry) -> String {
    let spec = &entry.spec;
    let names: Vec<String> = spec.inputs.iter().map(|i| code(i.name)).collect();
    let mut text = list(&names);
    let left_out: Vec<String> = spec
        .inputs
        .iter()
        .filter(|i| i.optional)
        .map(|i| code(i.name))
        .collect();
    if left_out.is_empty() {
        return text;
    }
    let optional = list(&left_out);
    let _ = match without_optional(entry) {
        None => write!(text, "; {optional} may be left out"),
        Some((param, words)) => write!(
            text,
            "; {optional} may be left out only with `{param}` {}",
            list(&words)
        ),
    };
    text
}

/// The parameter and its words under which the optional inputs are really optional; `None` where
/// they always are.
fn without_optional(entry: &'static Entry) -> Option<(&'static str, Vec<String>)> {
    let spec = &entry.spec;
    let free = |params: &Params| entry.check_count(params, spec.required_inputs()).is_ok();
    if defaults(spec, Profile::default()).is_some_and(|p| free(&p)) {
        return None;
    }
    spec.params.iter().find_map(|param| {
        let (ParamKind::Choice { choices } | ParamKind::ChoiceOrInt { choices, .. }) = param.kind
        else {
            return None;
        };
        let words: Vec<String> = choices
            .iter()
            .filter(|word| {
                let arg = [(param.name, tvf_core::Arg::Text(word))];
                Params::named(spec, Profile::default(), arg).is_ok_and(|p| free(&p))
            })
            .map(|word| format!("`\"{word}\"`"))
            .collect();
        (!words.is_empty()).then_some((param.name, words))
    })
}

fn parameters(text: &mut String, spec: &'static Spec) {
    if spec.params.is_empty() {
        return;
    }
    // Most indicators have no such column.
    let differs = spec.params.iter().any(Param::is_option);
    let mut head = vec!["parameter", "type", "default"];
    if differs {
        head.push("talib");
    }
    head.extend(["values", "what it does"]);
    let rows = spec.params.iter().map(|param| {
        let (kind, values) = kind(param);
        let mut row = vec![code(param.name), kind.to_string(), fallback(param.default)];
        if differs {
            row.push(param.talib.map_or_else(|| "same".to_string(), fallback));
        }
        row.extend([values, param.doc.to_string()]);
        row
    });
    // The sentence before has left an empty line.
    text.truncate(text.trim_end_matches('\n').len() + 1);
    table(text, &head, rows);
    if anchored(spec) {
        line!(
            text,
            "\n`anchor` also takes a column with a number per bar, and `open` a time of day such as `\"09:30\"`. `zone` names an IANA\n\
             time zone such as `\"America/New_York\"`: `open` is then that zone's time, and sessions follow its clock changes."
        );
    }
    line!(text, "");
}

/// Whether the hosts turn a zone, or a number per bar, into the column of times.
fn anchored(spec: &Spec) -> bool {
    spec.param_index("anchor").is_some() && spec.input_index("time").is_some()
}

/// A parameter's type and the values it may have.
fn kind(param: &Param) -> (&'static str, String) {
    let words = |choices: &[&str]| {
        let words: Vec<String> = choices.iter().map(|c| format!("`\"{c}\"`")).collect();
        words.join(", ")
    };
    let range = |min: i64, max: i64| format!("{} to {}", grouped(min), grouped(max));
    match param.kind {
        ParamKind::Int { min, max } => ("integer", range(min, max)),
        ParamKind::Float { min, max } => ("number", format!("{min} to {max}")),
        ParamKind::Choice { choices } => ("word", words(choices)),
        ParamKind::ChoiceOrInt { choices, min, max } => (
            "word or integer",
            format!("{}; {}", words(choices), range(min, max)),
        ),
    }
}

/// Digits in groups of three, from five digits on.
fn grouped(x: i64) -> String {
    let digits = x.abs().to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && digits.len() > 4 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if x < 0 { format!("−{text}") } else { text }
}

fn fallback(fallback: Fallback) -> String {
    match fallback {
        Fallback::Number(x) => format!("{x}"),
        Fallback::Text(word) => format!("`\"{word}\"`"),
        Fallback::SameAs(other) => format!("as `{other}`"),
    }
}

fn results(text: &mut String, spec: &'static Spec) {
    text.truncate(text.trim_end_matches('\n').len() + 1);
    match spec.result {
        ResultKind::Series(outputs) => series(text, spec, outputs),
        ResultKind::Table(columns) | ResultKind::Report { columns, .. } => {
            rows(text, spec, columns);
        }
    }
}

fn series(text: &mut String, spec: &'static Spec, outputs: &[Output]) {
    let head = ["output", "what it is", "missing at the start", "drawn as"];
    let lines = outputs.iter().enumerate().map(|(i, output)| {
        let mut about = output.doc.to_string();
        if output.gaps {
            about.push_str("; may have gaps");
        }
        if let Some(moved) = shift(spec, output) {
            about.push_str(&moved);
        }
        let style = spec.chart.styles.get(i).map_or("", |s| style(*s));
        vec![code(output.name), about, warmup(spec, i), style.to_string()]
    });
    table(text, &head, lines);
    line!(text, "");
}

/// By how many bars a chart moves an output at the default parameters, in both profiles.
fn shift(spec: &'static Spec, output: &Output) -> Option<String> {
    let bars = |profile| Some((output.shift?)(&defaults(spec, profile)?));
    let (own, talib) = (bars(Profile::TradingView)?, bars(Profile::TaLib)?);
    let side = if own < 0 { "left" } else { "right" };
    let (own, talib) = (own.abs(), talib.abs());
    Some(format!(
        "; {own} bars (talib: {talib}) to the {side} on a chart"
    ))
}

/// Leading bars without a value at the default parameters, in both profiles.
fn warmup(spec: &'static Spec, output: usize) -> String {
    let bars = |profile| defaults(spec, profile).map_or(0, |params| (spec.warmup)(&params, output));
    let words = |n: usize| match n {
        0 => "none".to_string(),
        1 => "1 bar".to_string(),
        n => format!("{n} bars"),
    };
    let (own, talib) = (bars(Profile::TradingView), bars(Profile::TaLib));
    if own == talib {
        words(own)
    } else {
        format!("{}; talib: {}", words(own), words(talib))
    }
}

fn rows(text: &mut String, spec: &'static Spec, columns: &[Column]) {
    let lines = columns.iter().map(|column| {
        let kind = match column.kind {
            ColumnKind::Index => "bar number",
            ColumnKind::Time => "time",
            ColumnKind::Sign => "+1, 0 or −1",
            ColumnKind::Value => "number",
        };
        vec![code(column.name), kind.into(), column.doc.into()]
    });
    table(text, &["column", "type", "what it is"], lines);
    let warmup = warmup(spec, 0);
    match spec.rows() {
        Rows::Events => {
            line!(
                text,
                "\nThe result is a table: a row per event rather than a value per bar. No row belongs to the bars of the warm-up ({warmup})."
            );
        }
        Rows::State => {
            line!(
                text,
                "\nThe result is a table whose rows describe the market as the last bar left it: each bar puts others in their place.\n\
                 Bars at the start that leave no rows: {warmup}."
            );
        }
    }
    if !spec.summary().is_empty() {
        line!(text, "\nBeside the rows stand numbers, as of the last bar:");
        let lines = spec.summary().iter();
        let lines = lines.map(|number| vec![code(number.name), number.doc.to_string()]);
        table(text, &["number", "what it is"], lines);
    }
    line!(text, "");
}

pub fn missing(missing: Missing) -> &'static str {
    match missing {
        Missing::Window => {
            "A missing value leaves results missing for as long as it is in the window; after that they are right again."
        }
        Missing::Reseed => {
            "A missing value ends what came before: results are missing until as many finite values as at the start have seeded it anew."
        }
        Missing::PassOver => {
            "A bar with a missing value is passed over: it has no result, and later bars go on from the bar before it."
        }
    }
}

fn style(style: Style) -> &'static str {
    match style {
        Style::Line => "line",
        Style::Histogram => "histogram",
        Style::Band => "edge of a band",
        Style::Marker => "marks",
        Style::Hidden => "not drawn",
    }
}

fn chart(chart: &Chart) -> String {
    let mut text = if chart.overlay {
        "On a chart it lies over the prices".to_string()
    } else {
        "On a chart it has a pane of its own".to_string()
    };
    if let [Style::Marker] = chart.styles {
        text.push_str(", as marks at the bars of its rows");
    }
    let levels: Vec<String> = chart.levels.iter().map(|l| format!("{l}")).collect();
    match levels.len() {
        0 => {}
        1 => {
            let _ = write!(text, ", with a line at {}", list(&levels));
        }
        _ => {
            let _ = write!(text, ", with lines at {}", list(&levels));
        }
    }
    text + "."
}

/// What a caller would name an input.
fn column(input: &Input) -> &'static str {
    if input.name == "source" {
        "close"
    } else {
        input.name
    }
}

/// The parameters that a first call would show, as each host writes them.
fn shown(
    spec: &'static Spec,
    write: impl Fn(&Param, String) -> String,
    whole: impl Fn(f64) -> String,
) -> Vec<String> {
    let told = |p: &&Param| !p.quiet || matches!(p.kind, ParamKind::ChoiceOrInt { .. });
    spec.params
        .iter()
        .filter(told)
        .filter_map(|param| {
            let value = match (param.default, param.kind) {
                (Fallback::Number(x), ParamKind::Float { .. }) => whole(x),
                (Fallback::Number(x), _) => format!("{x}"),
                (Fallback::Text(word), _) => format!("\"{word}\""),
                (Fallback::SameAs(_), _) => return None,
            };
            Some(write(param, value))
        })
        .collect()
}

fn python_call(spec: &'static Spec) -> String {
    let mut arguments: Vec<String> = spec.inputs.iter().map(|i| column(i).to_string()).collect();
    arguments.extend(shown(
        spec,
        |param, value| format!("{}={value}", param.name),
        |x| format!("{x:?}"),
    ));
    let names: Vec<&str> = spec.output_names().collect();
    let given = match spec.series() {
        [] => "table = ".to_string(),
        [_] => String::new(),
        _ => format!("{} = ", names.join(", ")),
    };
    let arguments = arguments.join(", ");
    let call = format!("{given}tvf.{}({arguments})", spec.id);
    // As ruff formats it.
    if call.chars().count() <= 110 {
        call
    } else {
        format!("{given}tvf.{}(\n    {arguments}\n)", spec.id)
    }
}

fn typescript_call(spec: &'static Spec) -> String {
    let mut arguments: Vec<String> = spec.inputs.iter().map(|i| column(i).to_string()).collect();
    let options = shown(
        spec,
        |param, value| format!("{}: {value}", param.name),
        |x| format!("{x}"),
    );
    if !options.is_empty() {
        arguments.push(format!("{{ {} }}", options.join(", ")));
    }
    let name = camel(spec.id);
    let call = format!("{name}({})", arguments.join(", "));
    let names: Vec<&str> = spec.output_names().collect();
    match spec.series() {
        [] => format!("const table = {call};"),
        [_] => format!("{call};"),
        // A constant cannot have the name of the function that gives it.
        _ if names.contains(&name.as_str()) => {
            let parts: Vec<String> = names.iter().map(|n| format!("result.{n}")).collect();
            format!("const result = {call}; // {}", parts.join(", "))
        }
        _ => format!("const {{ {} }} = {call};", names.join(", ")),
    }
}
