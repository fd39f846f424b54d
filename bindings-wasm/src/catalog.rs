//! The catalog as data: one JSON text, which the TypeScript side reads once.

use tvf_core::{
    ALL, Arg, Entry, Fallback, Input, Param, ParamKind, Params, Profile, ResultKind, Spec,
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::json::Json;

/// Every indicator with its parameters and results; the texts about them are the package's.
#[wasm_bindgen]
#[must_use]
pub fn catalog() -> String {
    let mut json = Json::default();
    json.array(|json| ALL.iter().for_each(|e| entry(json, e)));
    json.into_text()
}

fn entry(json: &mut Json, Entry { spec, .. }: &'static Entry) {
    let defaults = Params::positional(spec, Profile::default(), &[]).ok();
    let warmup = |output| defaults.map_or(0, |p| (spec.warmup)(&p, output)) as f64;
    json.object(|json| {
        json.key("id").text(spec.id);
        json.key("kind")
            .text(if spec.is_table() { "table" } else { "series" });
        json.key("title").text(spec.title);
        inputs(json.key("inputs"), spec.inputs);
        parameters(json.key("params"), spec.params);
        json.key("outputs")
            .array(|json| outputs(json, spec, defaults.as_ref(), &warmup));
        json.key("numbers").array(|json| {
            for number in spec.summary() {
                json.object(|json| {
                    json.key("name").text(number.name);
                });
            }
        });
        if spec.is_table() {
            json.key("rows").text(spec.rows().as_str());
        }
        let last = (0..spec.series().len().max(1)).map(&warmup);
        json.key("warmup")
            .number(last.fold(0.0, |a, b| if b > a { b } else { a }));
        let converged = defaults.and_then(|params| spec.converged_from(&params));
        bar(json.key("convergedFrom"), converged);
        json.key("missing").text(spec.missing.as_str());
        json.key("chart").object(|json| {
            json.key("overlay").flag(spec.chart.overlay);
            let styles: Vec<&str> = spec.chart.styles.iter().map(|s| s.as_str()).collect();
            json.key("styles").texts(&styles);
            json.key("levels")
                .array(|json| spec.chart.levels.iter().for_each(|l| json.number(*l)));
        });
    });
}

/// The columns that something reads.
pub fn inputs(json: &mut Json, inputs: &[Input]) {
    json.array(|json| {
        for input in inputs {
            json.object(|json| {
                json.key("name").text(input.name);
                json.key("optional").flag(input.optional);
            });
        }
    });
}

/// The parameters that something takes.
pub fn parameters(json: &mut Json, params: &[Param]) {
    json.array(|json| params.iter().for_each(|p| param(json, p)));
}

fn outputs(
    json: &mut Json,
    spec: &Spec,
    defaults: Option<&Params>,
    warmup: &impl Fn(usize) -> f64,
) {
    match spec.result {
        ResultKind::Series(outputs) => {
            for (i, output) in outputs.iter().enumerate() {
                json.object(|json| {
                    json.key("name").text(output.name);
                    json.key("kind").text("value");
                    json.key("gaps").flag(output.gaps);
                    if let Some((shift, params)) = output.shift.zip(defaults) {
                        json.key("shift").number(shift(params) as f64);
                    }
                    json.key("warmup").number(warmup(i));
                    let converged = defaults.and_then(|params| (spec.converged)(params, i));
                    bar(json.key("convergedFrom"), converged);
                });
            }
        }
        ResultKind::Table(columns) | ResultKind::Report { columns, .. } => {
            for column in columns {
                json.object(|json| {
                    json.key("name").text(column.name);
                    json.key("kind").text(column.kind.as_str());
                });
            }
        }
    }
}

/// A bar's number, or null.
fn bar(json: &mut Json, bar: Option<usize>) {
    match bar {
        Some(bar) => json.number(bar as f64),
        None => json.null(),
    }
}

fn param(json: &mut Json, param: &Param) {
    json.object(|json| {
        json.key("name").text(param.name);
        let (kind, bounds, choices) = match param.kind {
            ParamKind::Int { min, max } => ("int", Some((min as f64, max as f64)), None),
            ParamKind::Float { min, max } => ("float", Some((min, max)), None),
            ParamKind::Choice { choices } => ("choice", None, Some(choices)),
            ParamKind::ChoiceOrInt { choices, min, max } => (
                "choice_or_int",
                Some((min as f64, max as f64)),
                Some(choices),
            ),
        };
        json.key("type").text(kind);
        fallback(json.key("default"), param.default);
        if let Some(talib) = param.talib {
            fallback(json.key("talib"), talib);
        }
        if let Fallback::SameAs(other) = param.default {
            json.key("sameAs").text(other);
        }
        if let Some((min, max)) = bounds {
            json.key("min").number(min);
            json.key("max").number(max);
        }
        if let Some(choices) = choices {
            json.key("choices").texts(choices);
        }
    });
}

/// A default as its value; null where it is that of another parameter.
fn fallback(json: &mut Json, fallback: Fallback) {
    match fallback {
        Fallback::Number(x) => json.number(x),
        Fallback::Text(word) => json.text(word),
        Fallback::SameAs(_) => json.null(),
    }
}

/// Parameters as an object of names and values.
pub fn params(params: &Params) -> String {
    let mut json = Json::default();
    json.object(|json| {
        for (i, param) in params.signature().params.iter().enumerate() {
            match params.arg(i) {
                Arg::Number(x) => json.key(param.name).number(x),
                Arg::Text(word) => json.key(param.name).text(word),
            }
        }
    });
    json.into_text()
}
