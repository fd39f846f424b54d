//! Entries and parameters by position, so that a new entry is covered without a change here.

use arbitrary::Arbitrary;
use tvf_core::{ALL, Arg, Entry, MAX_PARAMS, Param, ParamKind, Params, Profile, Signature};

/// One line of the catalog.
#[derive(Arbitrary, Debug, Clone, Copy)]
pub struct Pick(u8);

impl Pick {
    /// The entry.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        &ALL[usize::from(self.0) % ALL.len()]
    }
}

/// What a parameter is set to; always something it may be.
#[derive(Arbitrary, Debug, Clone, Copy)]
pub enum Knob {
    /// Its default.
    Default,
    /// A length up to 64, or the like.
    Small(u8),
    /// A length up to some hundreds: beyond what is taken abreast.
    Large(u16),
    /// A word where there is one, a number otherwise.
    Word(u8),
}

impl Knob {
    fn arg(self, param: &Param) -> Option<Arg<'static>> {
        let number = match self {
            Self::Default => return None,
            Self::Small(n) | Self::Word(n) => u16::from(n % 64),
            Self::Large(n) => n % 700,
        };
        let whole = |min: i64, max: i64| {
            let number = i64::from(number) % (max - min + 1);
            Arg::Number((min + number) as f64)
        };
        let word =
            |choices: &[&'static str]| Arg::Text(choices[usize::from(number) % choices.len()]);
        Some(match (param.kind, self) {
            (ParamKind::Choice { choices }, _)
            | (ParamKind::ChoiceOrInt { choices, .. }, Self::Word(_)) => word(choices),
            (ParamKind::Int { min, max } | ParamKind::ChoiceOrInt { min, max, .. }, _) => {
                whole(min, max)
            }
            (ParamKind::Float { min, max }, _) => {
                let wanted = min + f64::from(number) / 8.0;
                Arg::Number(if wanted > max { max } else { wanted })
            }
        })
    }
}

/// Parameters that an entry most likely accepts.
#[derive(Arbitrary, Debug, Clone, Copy)]
pub struct Settings {
    profile: u8,
    /// One of its own for each parameter that an entry can have.
    knobs: [Knob; MAX_PARAMS],
}

impl Settings {
    /// The profile.
    #[must_use]
    pub fn profile(&self) -> Profile {
        Profile::ALL[usize::from(self.profile) % Profile::ALL.len()]
    }

    /// Each parameter's value in the order of the definition, `None` for its default.
    #[must_use]
    pub fn args(&self, params: &[Param]) -> Vec<Option<Arg<'static>>> {
        let params = params.iter().zip(&self.knobs);
        params.map(|(param, knob)| knob.arg(param)).collect()
    }

    /// The parameters, if what they are for accepts them.
    #[must_use]
    pub fn params(&self, of: impl Into<Signature>) -> Option<Params> {
        let of = of.into();
        Params::positional(of, self.profile(), &self.args(of.params)).ok()
    }
}
