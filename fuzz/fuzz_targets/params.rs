//! Any ids, names, numbers and words as parameters: refused with an error, or complete, stored and labelled.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use tvf_core::{Arg, Params, Profile, Spec, Stream, find};
use tvf_fuzz::{Number, Pick};

#[derive(Arbitrary, Debug)]
enum Id<'a> {
    Known(Pick),
    Any(&'a str),
}

#[derive(Arbitrary, Debug)]
enum Name<'a> {
    Known(u8),
    Any(&'a str),
}

#[derive(Arbitrary, Debug)]
enum Value<'a> {
    Number(Number),
    Length(u32),
    Word(u8),
    Any(&'a str),
}

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    id: Id<'a>,
    profile: Option<&'a str>,
    named: Vec<(Name<'a>, Value<'a>)>,
    positional: Vec<Option<Value<'a>>>,
}

/// Windows up to this are also built.
const BUILT: f64 = 3000.0;

fuzz_target!(|input: Input<'_>| {
    let profile = match input.profile {
        Some(text) => Profile::parse(text).unwrap_or(Profile::TaLib),
        None => Profile::default(),
    };
    let entry = match input.id {
        Id::Known(pick) => pick.entry(),
        Id::Any(id) => match find(id) {
            Ok(entry) => entry,
            Err(error) => return assert!(!error.message().is_empty()),
        },
    };
    let spec = &entry.spec;
    let named = input.named.iter().map(|(name, value)| {
        let name = match name {
            Name::Known(i) => spec
                .params
                .get(usize::from(*i))
                .map_or("period", |p| p.name),
            Name::Any(text) => text,
        };
        (name, arg(value, spec, name))
    });
    check(Params::named(spec, profile, named));
    let positional = input.positional.iter().enumerate().map(|(i, value)| {
        let name = spec.params.get(i).map_or("", |p| p.name);
        value.as_ref().map(|value| arg(value, spec, name))
    });
    check(Params::positional(
        spec,
        profile,
        &positional.collect::<Vec<_>>(),
    ));
});

fn arg<'a>(value: &Value<'a>, spec: &Spec, name: &str) -> Arg<'a> {
    match *value {
        Value::Number(number) => Arg::Number(number.get()),
        Value::Length(n) => Arg::Number(f64::from(n % 2_000_000)),
        Value::Any(text) => Arg::Text(text),
        Value::Word(n) => {
            use tvf_core::ParamKind::{Choice, ChoiceOrInt};
            match spec.param_index(name).map(|i| spec.params[i].kind) {
                Some(Choice { choices } | ChoiceOrInt { choices, .. }) => {
                    Arg::Text(choices[usize::from(n) % choices.len()])
                }
                _ => Arg::Number(n.into()),
            }
        }
    }
}

fn check(params: Result<Params, tvf_core::Error>) {
    let params = match params {
        Ok(params) => params,
        Err(error) => return assert!(!error.message().is_empty() && !error.bound.is_empty()),
    };
    let entry = find(params.signature().id).expect("every definition is in the catalog");
    let spec = &entry.spec;
    let label = params.label();
    assert!(label.starts_with(spec.id), "{label}");
    let given: Vec<_> = (0..spec.params.len())
        .map(|i| Some(params.arg(i)))
        .collect();
    let again =
        Params::positional(spec, params.profile(), &given).expect("what was accepted is accepted");
    assert_eq!(again, params, "{label}");
    assert_eq!(again.label(), label);
    for output in 0..spec.series().len() {
        // Far below what a count of bars could overflow at.
        assert!((spec.warmup)(&params, output) < 1 << 30, "{label}");
    }
    if params.raw().iter().all(|x| *x <= BUILT) {
        let bytes = Stream::new(entry, params)
            .snapshot()
            .expect("a small state");
        let stored = Stream::restore(&bytes).expect("what a stream writes can be read");
        assert_eq!(*stored.params(), params, "{label}");
        assert_eq!(stored.params().label(), label);
    }
}
