//! Parameters as Python gives them.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyString};
use tvf_core::{
    Arg, Code, Entry, Error, Fallback, MAX_PARAMS, Param, ParamKind, Params, Profile, Setting,
    Signature, Spec,
};

use crate::columns::Given;
use crate::errors::{OrRaise, exception};

/// The profile that `compat` names.
#[inline]
pub fn profile(compat: &Bound<'_, PyAny>) -> PyResult<Profile> {
    let py = compat.py();
    if compat.is(intern!(py, "tradingview")) {
        return Ok(Profile::TradingView);
    }
    other_profile(py, compat)
}

fn other_profile(py: Python<'_>, compat: &Bound<'_, PyAny>) -> PyResult<Profile> {
    match compat.cast::<PyString>() {
        Ok(text) => Profile::parse(text.to_str()?).or_raise(py),
        Err(_) => Profile::parse(&shown(compat)).or_raise(py),
    }
}

/// Reads arguments in the order of the definition.
#[inline]
pub fn arguments<'a>(
    py: Python<'_>,
    spec: &Spec,
    given: &[Given<'a, '_>],
    args: &mut [Option<Arg<'a>>; MAX_PARAMS],
) -> PyResult<()> {
    for ((arg, param), value) in args.iter_mut().zip(spec.params).zip(given) {
        match value {
            Some(value) => match value.cast_exact::<PyInt>() {
                // Set in place: what is copied at once after it was written in parts stalls.
                Ok(x) => *arg = Some(Arg::Number(whole(x))),
                Err(_) => *arg = argument(param, value)?,
            },
            None if takes_none(param) => {}
            None => return Err(refused(param, py.None().bind(py))),
        }
    }
    Ok(())
}

/// Whether `None` stands for its default, because that depends on other arguments.
fn takes_none(param: &Param) -> bool {
    param.talib.is_some() || matches!(param.default, Fallback::SameAs(_))
}

/// Arguments of an indicator by name.
pub fn named(
    entry: &'static Entry,
    compat: &Bound<'_, PyAny>,
    given: Option<&Bound<'_, PyDict>>,
) -> PyResult<Params> {
    let profile = profile(compat)?;
    let Some(given) = given else {
        return Params::named(&entry.spec, profile, []).or_raise(compat.py());
    };
    by_name(&entry.spec, profile, given)
}

/// Arguments by name, of whatever takes parameters.
pub fn by_name(
    signature: impl Into<Signature>,
    profile: Profile,
    given: &Bound<'_, PyDict>,
) -> PyResult<Params> {
    let signature = signature.into();
    let settings = settings(signature, given)?;
    let args = settings.iter().map(|(name, setting)| {
        let arg = match setting {
            Setting::Number(x) => Arg::Number(*x),
            Setting::Text(text) => Arg::Text(text),
        };
        (name.as_str(), arg)
    });
    Params::named(signature, profile, args).or_raise(given.py())
}

/// Named arguments with their own texts; what stands for a default is left out. A name that is no
/// parameter is kept, for the core to refuse.
pub fn settings(
    signature: impl Into<Signature>,
    given: &Bound<'_, PyDict>,
) -> PyResult<Vec<(String, Setting)>> {
    let params = signature.into().params;
    let mut settings = Vec::with_capacity(given.len());
    for (name, value) in given {
        let name: String = name.extract()?;
        let setting = match params.iter().find(|param| param.name == name) {
            None => Setting::Number(f64::NAN),
            Some(param) => match argument(param, &value)? {
                Some(Arg::Number(x)) => Setting::Number(x),
                Some(Arg::Text(text)) => Setting::Text(text.to_string()),
                None => continue,
            },
        };
        settings.push((name, setting));
    }
    Ok(settings)
}

/// One argument; `None` for the default, where that depends on other arguments.
fn argument<'a>(param: &Param, value: &'a Bound<'_, PyAny>) -> PyResult<Option<Arg<'a>>> {
    if let Ok(x) = value.cast_exact::<PyInt>() {
        return Ok(Some(Arg::Number(whole(x))));
    }
    if let Ok(x) = value.cast::<PyFloat>() {
        return Ok(Some(Arg::Number(x.value())));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Some(Arg::Text(text.to_str()?)));
    }
    if value.is_none() && takes_none(param) {
        return Ok(None);
    }
    if !value.is_none() && !value.is_instance_of::<PyBool>() {
        let number = value
            .py()
            .import("tvf._convert")?
            .call_method1("number", (value,))?;
        if let Some(x) = number.extract()? {
            return Ok(Some(Arg::Number(x)));
        }
    }
    Err(refused(param, value))
}

/// A number or a time, as a caller gave it.
#[inline]
pub fn scalar(value: &Bound<'_, PyAny>, name: &str) -> PyResult<f64> {
    if let Ok(x) = value.cast_exact::<PyFloat>() {
        return Ok(x.value());
    }
    if let Ok(x) = value.cast_exact::<PyInt>() {
        return Ok(whole(x));
    }
    let convert = value.py().import("tvf._convert")?;
    convert.call_method1("scalar", (value, name))?.extract()
}

/// An integer as a float; infinite where no float holds it, so that it is beyond any bound.
pub fn whole(value: &Bound<'_, PyInt>) -> f64 {
    match value.extract::<i32>() {
        Ok(x) => f64::from(x),
        Err(_) => value.extract().unwrap_or_else(|_| {
            if value.lt(0).unwrap_or(false) {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            }
        }),
    }
}

/// A value in a message: as it is written, or what it is if that would be long.
pub fn shown(value: &Bound<'_, PyAny>) -> String {
    const LONGEST: usize = 40;
    // A column is never written out only to be found long.
    if value.len().is_ok_and(|n| n > LONGEST) {
        return kind(value);
    }
    let written = value.repr().map_or_else(|_| kind(value), |r| r.to_string());
    if written.chars().count() > 2 * LONGEST || written.contains('\n') {
        return kind(value);
    }
    written
}

fn kind(value: &Bound<'_, PyAny>) -> String {
    let name = value.get_type().name();
    name.map_or_else(|_| "of some type".into(), |name| format!("of type {name}"))
}

fn refused(param: &Param, value: &Bound<'_, PyAny>) -> PyErr {
    let shown = shown(value);
    let (problem, bound) = match param.kind {
        ParamKind::Int { min, max } => (
            "is not a number".to_string(),
            format!("a whole number from {min} to {max}"),
        ),
        ParamKind::Float { min, max } => ("is not a number".to_string(), format!("{min} to {max}")),
        ParamKind::Choice { choices } | ParamKind::ChoiceOrInt { choices, .. } => {
            let words = choices
                .iter()
                .map(|c| format!("{c:?}"))
                .collect::<Vec<_>>()
                .join(", ");
            (format!("is none of {words}"), words)
        }
    };
    let why = format!("{} {shown} {problem}", param.name);
    exception(
        value.py(),
        &Error::new(Code::ParamType, param.name, shown, bound, why),
    )
}

/// The parameters as Python values, by name.
pub fn as_dict<'py>(py: Python<'py>, params: &Params) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (i, param) in params.signature().params.iter().enumerate() {
        dict.set_item(param.name, value(py, param.kind, params.arg(i))?)?;
    }
    Ok(dict)
}

/// A parameter as a Python value: whole numbers are `int`.
pub fn value<'py>(py: Python<'py>, kind: ParamKind, arg: Arg<'_>) -> PyResult<Bound<'py, PyAny>> {
    match (kind, arg) {
        (_, Arg::Text(text)) => Ok(PyString::new(py, text).into_any()),
        (ParamKind::Float { .. }, Arg::Number(x)) => Ok(PyFloat::new(py, x).into_any()),
        (_, Arg::Number(x)) => PyFloat::new(py, x).call_method0("__int__"),
    }
}
