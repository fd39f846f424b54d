//! What a builder is told when it is made.

use super::hours::Hours;
use super::timeframe::Timeframe;
use crate::clock;
use crate::error::{Code, Error};

/// What a caller says, in the words that all hosts share.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// How long bars are, such as `"5m"`.
    pub timeframe: &'a str,
    /// The name of the zone that openings are in. The core cannot read it: see
    /// [`BarBuilder::tell`](super::BarBuilder::tell).
    pub zone: &'a str,
    /// The session's opening in minutes after local midnight, 0 if not said.
    pub open: Option<f64>,
    /// Opening and closing, such as `"09:30-16:00"`, in the place of `open`.
    pub session: Option<&'a str>,
    /// A word of [`Outside::CHOICES`].
    pub outside: &'a str,
    /// A word of [`Late::CHOICES`].
    pub late: &'a str,
    /// A word of [`FILLS`].
    pub fill: &'a str,
    /// The most bars that a gap is filled with.
    pub limit: f64,
}

impl Default for Setup<'_> {
    fn default() -> Self {
        Self {
            timeframe: "1m",
            zone: "UTC",
            open: None,
            session: None,
            outside: "drop",
            late: "drop",
            fill: "none",
            limit: LIMIT,
        }
    }
}

/// The most bars that a gap is filled with if a caller does not say: a day of minutes.
pub const LIMIT: f64 = 1440.0;
/// The most that a caller may say: a day of seconds.
const MOST: f64 = 86_400.0;

/// What empty buckets become: nothing, or flat bars at the close before them.
pub const FILLS: &[&str] = &["none", "previous"];

/// What becomes of ticks and bars between a closing and the next opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// They are dropped, and counted.
    Drop,
    /// They count with the session that opened last.
    Keep,
}

impl Outside {
    /// The words for it.
    pub const CHOICES: &'static [&'static str] = &["drop", "keep"];
}

/// What becomes of a tick that lies before the latest one, but still in the forming bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// It is dropped, and counted.
    Drop,
    /// The bar takes its price into high and low, and its size; its price as the open if it is earlier
    /// than all others.
    Merge,
    /// It is an error, as is whatever lies before the forming bar.
    Error,
}

impl Late {
    /// The words for it.
    pub const CHOICES: &'static [&'static str] = &["drop", "merge", "error"];
}

/// What a [`Setup`] comes to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rules {
    pub timeframe: Timeframe,
    pub zone: String,
    pub hours: Hours,
    pub outside: Outside,
    pub late: Late,
    /// The most bars that a gap is filled with; nothing where gaps stay.
    pub fill: Option<u32>,
}

impl Rules {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked"
    )]
    pub fn of(setup: &Setup<'_>) -> Result<Self, Error> {
        let timeframe = Timeframe::parse(setup.timeframe)?;
        clock::check_zone(setup.zone)?;
        let hours = match (setup.open, setup.session) {
            (Some(_), Some(session)) => {
                let why = "open and session both say when the market opens; give one";
                let bound = "one of open and session";
                return Err(Error::new(Code::Session, "session", session, bound, why));
            }
            (open, None) => Hours::from(open.unwrap_or(0.0))?,
            (None, Some(session)) => Hours::parse(session)?,
        };
        let outside = match choice("outside", setup.outside, Outside::CHOICES)? {
            0 => Outside::Drop,
            _ => Outside::Keep,
        };
        let late = match choice("late", setup.late, Late::CHOICES)? {
            0 => Late::Drop,
            1 => Late::Merge,
            _ => Late::Error,
        };
        let fills = choice("fill", setup.fill, FILLS)? == 1;
        let limit = setup.limit;
        if limit.fract() != 0.0 || !(1.0..=MOST).contains(&limit) {
            let bound = format!("a whole number from 1 to {MOST}");
            let why = format!("limit {limit} is not {bound}");
            let value = limit.to_string();
            return Err(Error::new(Code::ParamRange, "limit", value, bound, why));
        }
        Ok(Self {
            timeframe,
            zone: setup.zone.into(),
            hours,
            outside,
            late,
            fill: fills.then_some(limit as u32),
        })
    }
}

/// Which of the choices a word is.
fn choice(name: &str, word: &str, choices: &[&str]) -> Result<usize, Error> {
    choices.iter().position(|c| *c == word).ok_or_else(|| {
        // A text may be long; its beginning tells which it is.
        let shown: String = word.chars().take(40).collect();
        let quoted = choices.iter().map(|c| format!("{c:?}"));
        let bound = quoted.collect::<Vec<_>>().join(", ");
        let why = format!("{name} {shown:?} is none of {bound}");
        Error::new(Code::ParamChoice, name, shown, bound, why)
    })
}
