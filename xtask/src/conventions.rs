//! Generates `docs/conventions.md`: what each profile means for each entry, and which references
//! that agrees with.

use std::fmt::Write as _;

use tvf_core::{ALL, Arg, Fallback, Param, Params, Profile, Rows, Spec};

use crate::File;
use crate::agreement::{self, Row};
use crate::docs::{code, defaults, list, missing, table};

const HEAD: &str = "\
<!-- Written by `cargo xtask gen` from the definitions in core/src/indicators and from docs/agreement.json: change those. -->

# Conventions

Programs that name an indicator alike may seed it in other ways, begin on other bars, or answer a flat market otherwise.
This page says for each entry which way both profiles go, and how far their numbers agree with those of others.

## How to read this page

- A profile, `compat`, chooses nothing but the values of parameters, and each can be given by itself as well. The tables
  show those that a profile chooses and those that are usually left alone; the others are in
  [the reference](indicators.md).
- Bars are counted from 0, and bar numbers are those of the default parameters.
- *Independent of the start* is the bar from which on the same bars behind any other history give values that differ by
  less than 1e-6 of the scale of what is averaged; *never* where no number of bars assures that.
- *Drawn* is how many bars to the right of its own a chart draws a value, negative to the left.
- *Digits* are those of the scale in which the worst of the values agrees: of the largest number in the column compared,
  and with TA-Lib of the prices or volumes, or of 100 for a share of 100. Outputs with gaps have them on the same bars.
- TradingView's numbers are exports of its `ta` functions. Those of Stock Indicators, a library for .NET, are its
  baseline, which is in [`parity_tests/data/skender`](../parity_tests/data/skender). TA-Lib is its official port to Rust,
  run over ten markets with a hundred random sets of parameters.
";

/// The files.
pub fn files() -> Result<Vec<File>, String> {
    let rows = agreement::rows()?;
    let mut text = String::from(HEAD);
    for spec in ALL.iter().map(|entry| &entry.spec) {
        let [Some(own), Some(talib)] =
            [Profile::TradingView, Profile::TaLib].map(|p| defaults(spec, p))
        else {
            return Err(format!("{} has no defaults", spec.id));
        };
        section(&mut text, spec, [&own, &talib]);
        let compared: Vec<&Row> = rows.iter().filter(|row| row.entry == spec.id).collect();
        references(&mut text, &compared);
    }
    Ok(vec![File {
        path: "docs/conventions.md".into(),
        text,
    }])
}

/// Adds a line; writing to a text cannot fail.
macro_rules! line {
    ($text:expr, $($arg:tt)*) => { let _ = writeln!($text, $($arg)*); };
}

fn section(text: &mut String, spec: &'static Spec, profiles: [&Params; 2]) {
    line!(
        text,
        "\n## {}\n\n[{}](indicators.md#{0})",
        spec.id,
        spec.title
    );
    let mut rows = Vec::new();
    let mut row = |what: String, each: &dyn Fn(&Params) -> String, about: String| {
        let [own, talib] = profiles.map(each);
        rows.push(vec![what, own, talib, about]);
    };
    for (i, param) in spec.params.iter().enumerate() {
        if param.quiet || param.is_option() {
            row(
                code(param.name),
                &|params| value(params, i, param),
                param.doc.into(),
            );
        }
    }
    row(
        "First value".into(),
        &|params| {
            by_output(spec, |output| {
                format!("bar {}", (spec.warmup)(params, output))
            })
        },
        "The first bar that may have one".into(),
    );
    row(
        "Independent of the start".into(),
        &|params| {
            by_output(spec, |output| {
                (spec.converged)(params, output)
                    .map_or("never".into(), |bar| format!("from bar {bar}"))
            })
        },
        "The bar from which on what came before changes values by less than 1e-6".into(),
    );
    if spec.series().iter().any(|output| output.shift.is_some()) {
        row(
            "Drawn".into(),
            &|params| {
                by_output(spec, |output| {
                    let shift = spec.series()[output].shift;
                    shift.map_or(0, |shift| shift(params)).to_string()
                })
            },
            "Bars to the right of its own on a chart".into(),
        );
    }
    table(
        text,
        &["", "tradingview", "talib", "what it is"],
        rows.into_iter(),
    );
    line!(text, "");
    // What it does to a state, its edges say.
    if spec.rows() == Rows::Events {
        line!(text, "- {}", missing(spec.missing));
    }
    for edge in spec.edges {
        line!(text, "- {edge}");
    }
}

/// A parameter's value as a table shows it.
fn value(params: &Params, i: usize, param: &Param) -> String {
    match (param.default, params.arg(i)) {
        (Fallback::SameAs(other), _) => format!("as `{other}`"),
        (_, Arg::Number(x)) => format!("{x}"),
        (_, Arg::Text(word)) => format!("`\"{word}\"`"),
    }
}

/// What holds for each output; once, where it holds for all.
fn by_output(spec: &Spec, each: impl Fn(usize) -> String) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for output in 0..spec.series().len().max(1) {
        let (words, name) = (
            each(output),
            spec.series().get(output).map(|o| code(o.name)),
        );
        match groups.iter_mut().find(|(known, _)| *known == words) {
            Some((_, names)) => names.extend(name),
            None => groups.push((words, name.into_iter().collect())),
        }
    }
    if let [(words, _)] = &groups[..] {
        return words.clone();
    }
    let groups: Vec<String> = groups
        .iter()
        .map(|(words, names)| format!("{words} ({})", list(names)))
        .collect();
    groups.join(", ")
}

fn references(text: &mut String, rows: &[&Row]) {
    if rows.is_empty() {
        line!(text, "\nThere are no outside numbers to compare with.");
        return;
    }
    let lines = rows.iter().map(|row| {
        let digits = match row.digits {
            17.. => "all".to_string(),
            n => n.to_string(),
        };
        vec![
            row.reference.clone(),
            row.profile.clone(),
            list(&row.settings.iter().map(|s| code(s)).collect::<Vec<_>>()),
            list(&row.outputs.iter().map(|o| code(o)).collect::<Vec<_>>()),
            row.values.to_string(),
            digits,
            scientific(row.worst),
        ]
    });
    let head = [
        "agrees with",
        "profile",
        "and with",
        "outputs",
        "values",
        "digits",
        "worst distance",
    ];
    table(text, &head, lines);
    let apart = rows
        .iter()
        .flat_map(|row| row.apart.iter().map(|why| (&row.reference, why)));
    for (i, (reference, why)) in apart.enumerate() {
        if i == 0 {
            line!(text, "\nWhat stays different:\n");
        }
        line!(text, "- {reference}: {why}");
    }
}

fn scientific(x: f64) -> String {
    if x == 0.0 {
        "0".into()
    } else {
        format!("{x:e}")
    }
}
