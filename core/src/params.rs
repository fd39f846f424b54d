//! Parameters: what a caller gave, checked against the definition and made complete.

use crate::error::{Code, Error};
use crate::spec::{Fallback, MAX_PARAMS, Param, ParamKind, Spec};

/// Whose definition is followed where the market disagrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Profile {
    /// TradingView's built-ins.
    #[default]
    TradingView,
    /// TA-Lib.
    TaLib,
}

impl Profile {
    /// Every profile; the first is the default.
    pub const ALL: &'static [Self] = &[Self::TradingView, Self::TaLib];

    /// The word that callers give as `compat`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TradingView => "tradingview",
            Self::TaLib => "talib",
        }
    }

    /// Reads the word that callers give as `compat`.
    ///
    /// # Errors
    /// [`Code::UnknownProfile`] for any other word.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::ALL
            .iter()
            .copied()
            .find(|p| p.as_str() == text)
            .ok_or_else(|| {
                Error::new(
                    Code::UnknownProfile,
                    "compat",
                    text,
                    "\"tradingview\" or \"talib\"",
                    format!("compat {text:?} is none of \"tradingview\", \"talib\""),
                )
            })
    }
}

/// A parameter as a caller gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arg<'a> {
    /// A number.
    Number(f64),
    /// A word.
    Text(&'a str),
}

/// What takes parameters: an indicator, or a family of patterns.
#[derive(Debug, Clone, Copy)]
pub struct Signature {
    /// Its name in code.
    pub id: &'static str,
    /// Parameters, in the order of the positional arguments.
    pub params: &'static [Param],
}

impl Signature {
    fn index(&self, name: &str) -> Option<usize> {
        self.params.iter().position(|p| p.name == name)
    }
}

impl From<&'static Spec> for Signature {
    fn from(spec: &'static Spec) -> Self {
        Self {
            id: spec.id,
            params: spec.params,
        }
    }
}

/// A complete, valid set of parameters.
#[derive(Debug, Clone, Copy)]
pub struct Params {
    signature: Signature,
    profile: Profile,
    /// Numbers as they are; the choice at position i as −1 − i.
    values: [f64; MAX_PARAMS],
}

impl PartialEq for Params {
    fn eq(&self, other: &Self) -> bool {
        self.signature.id == other.signature.id && self.values == other.values
    }
}

impl Params {
    /// Checks arguments by name and fills in what is missing.
    ///
    /// # Errors
    /// One that names the parameter, its value and its bound.
    pub fn named<'a>(
        signature: impl Into<Signature>,
        profile: Profile,
        args: impl IntoIterator<Item = (&'a str, Arg<'a>)>,
    ) -> Result<Self, Error> {
        let signature = signature.into();
        let mut given = [None; MAX_PARAMS];
        for (name, arg) in args {
            let i = signature.index(name);
            let i = i.ok_or_else(|| unknown(signature, name))?;
            given[i] = Some(arg);
        }
        Self::positional(signature, profile, &given[..signature.params.len()])
    }

    /// Checks arguments in the order of the definition; `None` and what is left out take the default.
    ///
    /// # Errors
    /// One that names the parameter, its value and its bound.
    pub fn positional(
        signature: impl Into<Signature>,
        profile: Profile,
        args: &[Option<Arg<'_>>],
    ) -> Result<Self, Error> {
        Self::complete(signature.into(), profile, args)
    }

    fn complete(
        signature: Signature,
        profile: Profile,
        args: &[Option<Arg<'_>>],
    ) -> Result<Self, Error> {
        let mut params = Self {
            signature,
            profile,
            values: [0.0; MAX_PARAMS],
        };
        for (i, param) in signature.params.iter().enumerate() {
            params.values[i] = match args.get(i) {
                Some(Some(arg)) => match (arg, param.kind) {
                    (&Arg::Number(x), ParamKind::Int { min, max })
                        if x >= min as f64 && x <= max as f64 && x.fract() == 0.0 =>
                    {
                        x + 0.0
                    }
                    _ => check(param, *arg)?,
                },
                _ => params.fallback(param),
            };
        }
        Ok(params)
    }

    fn fallback(&self, param: &Param) -> f64 {
        let fallback = match self.profile {
            Profile::TaLib => param.talib.unwrap_or(param.default),
            Profile::TradingView => param.default,
        };
        match fallback {
            Fallback::Number(x) => x,
            Fallback::Text(t) => choice(param.kind, t).unwrap_or(f64::NAN),
            Fallback::SameAs(other) => self.number(other),
        }
    }

    /// What they belong to.
    #[must_use]
    pub const fn signature(&self) -> Signature {
        self.signature
    }

    /// The profile they were resolved under.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// The values as they are stored: the choice at position i as −1 − i.
    #[must_use]
    pub fn raw(&self) -> &[f64] {
        &self.values[..self.signature.params.len()]
    }

    /// A number. NaN if there is no such parameter, which the laws would find.
    #[must_use]
    pub fn number(&self, name: &str) -> f64 {
        self.signature
            .index(name)
            .map_or(f64::NAN, |i| self.values[i])
    }

    /// A whole number that is not negative.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked whole"
    )]
    pub fn period(&self, name: &str) -> usize {
        self.number(name) as usize
    }

    /// What [`Param::empty`] has stand where there is nothing to divide by.
    #[must_use]
    pub fn empty(&self) -> f64 {
        if self.is("empty", "zero") {
            0.0
        } else {
            f64::NAN
        }
    }

    /// Whether a choice is the given word.
    #[must_use]
    pub fn is(&self, name: &str, word: &str) -> bool {
        self.text(name) == Some(word)
    }

    /// The word chosen, if the parameter is a choice and no number was given.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&'static str> {
        let i = self.signature.index(name)?;
        self.text_at(i)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position"
    )]
    fn text_at(&self, i: usize) -> Option<&'static str> {
        let (ParamKind::Choice { choices } | ParamKind::ChoiceOrInt { choices, .. }) =
            self.signature.params[i].kind
        else {
            return None;
        };
        let value = self.values[i];
        if value < 0.0 {
            choices.get((-1.0 - value) as usize).copied()
        } else {
            None
        }
    }

    /// A parameter as a caller would give it.
    #[must_use]
    pub fn arg(&self, i: usize) -> Arg<'static> {
        self.text_at(i)
            .map_or(Arg::Number(self.values[i]), Arg::Text)
    }

    /// Name with the parameters that matter, such as `macd_12_26_9`.
    #[must_use]
    pub fn label(&self) -> String {
        let defaults = Self::complete(self.signature, self.profile, &[]).ok();
        let mut label = self.signature.id.to_string();
        for (i, param) in self.signature.params.iter().enumerate() {
            let same = match param.default {
                Fallback::SameAs(other) => self.values[i] == self.number(other),
                _ => defaults.is_some_and(|d| d.values[i] == self.values[i]),
            };
            match self.arg(i) {
                Arg::Number(x) if !(param.quiet && same) => label = format!("{label}_{x}"),
                Arg::Text(t) if !same => label = format!("{label}_{t}"),
                _ => {}
            }
        }
        if self.profile != Profile::default() && self.signature.params.iter().any(Param::is_option)
        {
            label.push('_');
            label.push_str(self.profile.as_str());
        }
        label
    }
}

fn unknown(signature: Signature, name: &str) -> Error {
    let known: Vec<&str> = signature.params.iter().map(|p| p.name).collect();
    let bound = if known.is_empty() {
        "no parameters".to_string()
    } else {
        known.join(", ")
    };
    Error::new(
        Code::UnknownParam,
        name,
        "",
        bound.clone(),
        format!("{} has no parameter {name:?}; it has {bound}", signature.id),
    )
}

#[expect(clippy::cast_precision_loss, reason = "a handful of choices")]
fn choice(kind: ParamKind, text: &str) -> Option<f64> {
    let (ParamKind::Choice { choices } | ParamKind::ChoiceOrInt { choices, .. }) = kind else {
        return None;
    };
    choices
        .iter()
        .position(|c| *c == text)
        .map(|i| -1.0 - i as f64)
}

/// A number the way each host would write it, so that messages are equal everywhere.
pub(crate) fn show(x: f64) -> String {
    if x.is_nan() {
        "NaN".into()
    } else if x.is_infinite() {
        if x > 0.0 {
            "infinity".into()
        } else {
            "-infinity".into()
        }
    } else if x != 0.0 && (x.abs() < 1e-6 || x.abs() >= 1e16) {
        format!("{x:e}")
    } else {
        format!("{x}")
    }
}

fn quoted(choices: &[&str]) -> String {
    choices
        .iter()
        .map(|c| format!("{c:?}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn in_range(name: &str, x: f64, min: f64, max: f64) -> Result<f64, Error> {
    if x >= min && x <= max {
        return Ok(x);
    }
    let bound = format!("{} to {}", show(min), show(max));
    let value = show(x);
    let problem = if x < min {
        format!("is below {}", show(min))
    } else {
        format!("is above {}", show(max))
    };
    let message = format!("{name} {value} {problem}");
    Err(Error::new(Code::ParamRange, name, value, bound, message))
}

fn check(param: &Param, arg: Arg<'_>) -> Result<f64, Error> {
    let name = param.name;
    let wrong = |code, value: String, bound: String, why: String| {
        Err(Error::new(code, name, value, bound, why))
    };
    let whole = |x: f64, min: i64, max: i64, words: &str| {
        if x.is_finite() && x.fract() == 0.0 {
            return in_range(name, x + 0.0, min as f64, max as f64);
        }
        let bound = format!("{words}a whole number from {min} to {max}");
        let (code, why) = if x.is_finite() {
            (Code::ParamType, "is not a whole number")
        } else {
            (Code::ParamRange, "is not finite")
        };
        wrong(code, show(x), bound, format!("{name} {} {why}", show(x)))
    };
    match (param.kind, arg) {
        (ParamKind::Int { min, max }, Arg::Number(x)) => whole(x, min, max, ""),
        (ParamKind::Float { min, max }, Arg::Number(x)) => {
            if x.is_finite() {
                // −0 would reach the arithmetic; it is 0 to any caller.
                return in_range(name, x + 0.0, min, max);
            }
            let bound = format!("{} to {}", show(min), show(max));
            wrong(
                Code::ParamRange,
                show(x),
                bound,
                format!("{name} {} is not finite", show(x)),
            )
        }
        (ParamKind::Int { .. } | ParamKind::Float { .. }, Arg::Text(t)) => wrong(
            Code::ParamType,
            t.to_string(),
            "a number".into(),
            format!("{name} {t:?} is not a number"),
        ),
        (ParamKind::ChoiceOrInt { min, max, choices }, Arg::Number(x)) => {
            whole(x, min, max, &format!("{}, or ", quoted(choices)))
        }
        (ParamKind::Choice { choices }, Arg::Number(x)) => wrong(
            Code::ParamType,
            show(x),
            quoted(choices),
            format!("{name} {} is none of {}", show(x), quoted(choices)),
        ),
        (
            kind @ (ParamKind::Choice { choices } | ParamKind::ChoiceOrInt { choices, .. }),
            Arg::Text(t),
        ) => choice(kind, t).map_or_else(
            || {
                let mut bound = quoted(choices);
                if let ParamKind::ChoiceOrInt { min, max, .. } = kind {
                    bound = format!("{bound}, or a whole number from {min} to {max}");
                }
                let why = format!("{name} {t:?} is none of {bound}");
                wrong(Code::ParamChoice, t.to_string(), bound, why)
            },
            Ok,
        ),
    }
}
