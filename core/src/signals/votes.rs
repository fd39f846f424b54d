//! The votes of patterns: what was certain by the last bar, the less the longer it was ago.

use super::request::Columns;
use super::rules::within;
use crate::error::Error;
use crate::params::{Arg, Params, Profile};
use crate::patterns::candlestick::{ALL, Candlesticks, Kind, Options};
use crate::patterns::fibonacci::{FIBONACCI, Fibonacci, Request as Levels};
use crate::patterns::{Direction, FamilyEntry, Findings, Pattern, Watch};

/// Half-lives after which a pattern is forgotten: it would count less than a sixtieth.
const FORGOTTEN: f64 = 6.0;

/// How much faster candlesticks fade than other patterns, which take many bars.
const CANDLES_FADE: f64 = 3.0;

/// Bars of the mean that tells the trend of candlesticks.
const TREND: usize = 20;

/// The retracement that counts fully, and how far from it one still counts.
const GOLDEN: (f64, f64) = (0.618, 0.236);

/// One thing that a source says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Said {
    /// Its name, as a place among the source's names.
    pub name: usize,
    /// −1 to 1.
    pub vote: f64,
    /// The bar that made it certain.
    pub bar: u64,
    /// What it rests on: a pattern's score, a candlestick's value, an indicator's first value, a
    /// swing's retracement.
    pub measured: f64,
}

fn faded(age: u64, half_life: f64) -> f64 {
    libm::exp2(-(age as f64) / half_life)
}

/// What a family's patterns say.
pub(super) fn family(
    entry: &'static FamilyEntry,
    columns: &Columns<'_>,
    half_life: f64,
) -> Result<Vec<Said>, Error> {
    let family = &entry.family;
    let inputs: Vec<&[f64]> = family.inputs.iter().map(|i| columns.get(i.name)).collect();
    let params = Params::named(
        family,
        Profile::default(),
        core::iter::empty::<(&str, Arg<'_>)>(),
    )?;
    let mut found = Findings::default();
    Watch::new(entry, params).extend(&inputs, &mut found)?;
    let last = columns.bars().saturating_sub(1) as u64;
    let mut said = Vec::new();
    for pattern in &found.patterns {
        let Some(bar) = pattern.confirmed else {
            continue;
        };
        let age = last.saturating_sub(bar);
        let forgotten = age as f64 > FORGOTTEN * half_life;
        if forgotten || pattern.direction == Direction::Neutral || is_over(pattern, bar, columns) {
            continue;
        }
        let name = family
            .shapes
            .iter()
            .position(|word| word.name == pattern.shape);
        said.extend(name.map(|name| Said {
            name,
            vote: pattern.direction.sign() * within(pattern.score) * faded(age, half_life),
            bar,
            measured: pattern.score,
        }));
    }
    Ok(said)
}

/// Whether price has since passed what invalidates a pattern, or its farthest target.
fn is_over(pattern: &Pattern, bar: u64, columns: &Columns<'_>) -> bool {
    let Ok(from) = usize::try_from(bar + 1) else {
        return true;
    };
    let since = |name: &str| columns.get(name).get(from..).unwrap_or_default();
    let target = pattern
        .targets
        .last()
        .map_or(f64::NAN, |target| target.value);
    let (up, down) = match pattern.direction {
        Direction::Bullish => (target, pattern.invalidation),
        _ => (pattern.invalidation, target),
    };
    since("high").iter().any(|&high| high > up) || since("low").iter().any(|&low| low < down)
}

/// What candlesticks say.
pub(super) fn candlesticks(columns: &Columns<'_>, half_life: f64) -> Result<Vec<Said>, Error> {
    let half_life = half_life / CANDLES_FADE;
    let options = Options {
        trend: Some(TREND),
        ..Options::default()
    };
    let mut detector = Candlesticks::new(ALL.iter().map(|pattern| pattern.id), options)?;
    let prices = ["open", "high", "low", "close"].map(|name| columns.get(name));
    let bars = columns.bars();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 60,000 bars"
    )]
    let kept = (FORGOTTEN * half_life) as usize + 1;
    let mut said = Vec::new();
    // What is forgotten anyway goes through in pieces, whose results are dropped.
    let recent = bars.saturating_sub(kept);
    let mut from = 0;
    while from < bars {
        let to = if from < recent {
            recent.min(from + PIECE)
        } else {
            bars.min(from + PIECE)
        };
        let part = prices.map(|column| &column[from..to]);
        let mut values = vec![vec![0; to - from]; ALL.len()];
        let mut out: Vec<&mut [i32]> = values.iter_mut().map(Vec::as_mut_slice).collect();
        detector.process(part, &mut out)?;
        if from >= recent {
            for (name, column) in values.iter().enumerate() {
                if ALL[name].kind == Kind::Indecision {
                    continue;
                }
                let there = column.iter().enumerate().filter(|(_, value)| **value != 0);
                said.extend(there.map(|(row, &value)| {
                    let bar = from + row;
                    let age = (bars - 1 - bar) as u64;
                    Said {
                        name,
                        vote: within(f64::from(value) / 100.0) * faded(age, half_life),
                        bar: bar as u64,
                        measured: f64::from(value),
                    }
                }));
            }
        }
        from = to;
    }
    said.sort_by_key(|said| (said.bar, said.name));
    Ok(said)
}

/// Bars that candlesticks take at once.
const PIECE: usize = 4096;

/// What the last certain swing says: a retracement near the golden one is expected to end.
pub(super) fn fibonacci(columns: &Columns<'_>) -> Result<Vec<Said>, Error> {
    let none = core::iter::empty::<(&str, Arg<'_>)>();
    let params = Params::named(&FIBONACCI, Profile::default(), none)?;
    let request = Levels {
        kinds: &["retracement"],
        ratios: None,
        params: &params,
    };
    let inputs = ["high", "low", "close", "time"].map(|name| columns.get(name));
    let found = Fibonacci::of_bars(&inputs, &request)?;
    let [.., a, b] = found.points[..] else {
        return Ok(Vec::new());
    };
    let close = columns.get("close").last().copied().unwrap_or(f64::NAN);
    let retraced = (b.price - close) / (b.price - a.price);
    let near = 1.0 - (retraced - GOLDEN.0).abs() / GOLDEN.1;
    if near.is_nan() {
        return Ok(Vec::new());
    }
    let near = if near > 0.0 { near } else { 0.0 };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positions of bars"
    )]
    let bar = b.bar as u64;
    Ok(vec![Said {
        name: 0,
        vote: Direction::of(b.price - a.price).sign() * near,
        bar,
        measured: retraced,
    }])
}
