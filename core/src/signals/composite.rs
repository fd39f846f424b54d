//! Many opinions as one: every source in a job of its own, then one sum.
//!
//! With the weight `w` and the vote `v` of each source that can speak,
//!
//! - `score = Σ w · v / Σ w`, from −1 to 1; the direction is its sign, or none if its size, which is the
//!   `strength`, is below `neutral`;
//! - `confidence = agreement · coverage`: how much of what was said points the same way,
//!   `|Σ w · v| / Σ w · |v|`, times the share of the weight that said anything, `Σ_{v ≠ 0} w / Σ w`.

use super::indicators::indicators;
use super::request::{Columns, Request};
use super::rules::{Rule, within};
use super::source::Kind;
use super::votes::{Said, candlesticks, family, fibonacci};
use crate::error::{Code, Error};
use crate::patterns::Direction;
use crate::plan::Job;

/// Why a source did not vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A column that it reads is not there.
    Column(&'static str),
    /// It has no value at the last bar: too few bars, or prices that are missing.
    NoValue,
}

/// A source that did not vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silent {
    /// The source's place among [`Request::sources`].
    pub source: usize,
    /// The reason.
    pub why: Why,
}

/// What a source said, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason {
    /// The source's place among [`Request::sources`].
    pub source: usize,
    /// What was said.
    pub said: Said,
    /// The source's weight.
    pub weight: f64,
    /// How much of the score it is; the contributions add up to the score.
    pub contribution: f64,
}

/// The signal at the last bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Composite {
    /// The last bar's position; nothing without bars.
    pub bar: Option<u64>,
    /// Its time; NaN where there is none.
    pub time: f64,
    /// Where price is expected to go.
    pub direction: Direction,
    /// The weighted mean of the votes, −1 to 1.
    pub score: f64,
    /// Its size.
    pub strength: f64,
    /// How much the sources agree, and how many of them spoke, 0 to 1.
    pub confidence: f64,
    /// What was said, the greatest contributions first.
    pub reasons: Vec<Reason>,
    /// Those that could not speak.
    pub silent: Vec<Silent>,
}

/// What a job finds out: for each of its sources what was said, nothing if it could not speak.
type Told = Result<Vec<(usize, Option<Vec<Said>>)>, Error>;

/// Asks every source about the last bar. The jobs go to `run`, which does them all, on whichever
/// threads; the result is the same.
///
/// # Errors
/// Those of the sources for columns that they refuse, and [`Code::InputCount`] for a source that was
/// asked for by name and lacks a column.
pub fn composite(
    request: &Request,
    columns: &Columns<'_>,
    run: impl FnOnce(Vec<Job<'_>>),
) -> Result<Composite, Error> {
    let mut silent = Vec::new();
    let mut alone: Vec<(usize, Kind)> = Vec::new();
    let mut rules: Vec<(usize, &'static Rule)> = Vec::new();
    for (place, source) in request.sources.iter().enumerate() {
        if request.weights[place] == 0.0 {
            continue;
        }
        if columns.bars() == 0 {
            let why = Why::NoValue;
            silent.push(Silent { source: place, why });
            continue;
        }
        let missing = source
            .inputs()
            .into_iter()
            .find(|name| columns.get(name).is_empty());
        if let Some(column) = missing {
            if request.named[place] {
                let why = format!("source {} reads {column}, which is not there", source.id);
                return Err(Error::new(Code::InputCount, column, "", source.id, why));
            }
            let why = Why::Column(column);
            silent.push(Silent { source: place, why });
            continue;
        }
        match source.kind {
            Kind::Rule(rule) => rules.push((place, rule)),
            kind => alone.push((place, kind)),
        }
    }
    let mut told: Vec<Told> = (0..=alone.len()).map(|_| Ok(Vec::new())).collect();
    let half_life = request.half_life;
    let mut jobs: Vec<Job<'_>> = Vec::with_capacity(told.len());
    let mut slots = told.iter_mut();
    for ((place, kind), slot) in alone.into_iter().zip(slots.by_ref()) {
        jobs.push(Box::new(move || {
            let said = match kind {
                Kind::Family(entry) => family(entry, columns, half_life),
                Kind::Candlesticks => candlesticks(columns, half_life),
                Kind::Fibonacci | Kind::Rule(_) => fibonacci(columns),
            };
            *slot = said.map(|said| vec![(place, Some(said))]);
        }));
    }
    if let Some(slot) = slots.next().filter(|_| !rules.is_empty()) {
        let rules = &rules;
        jobs.push(Box::new(move || {
            let asked: Vec<&'static Rule> = rules.iter().map(|(_, rule)| *rule).collect();
            let said = indicators(&asked, columns);
            *slot = said.map(|said| {
                let places = rules.iter().map(|(place, _)| *place);
                places
                    .zip(said.into_iter().map(|said| said.map(|said| vec![said])))
                    .collect()
            });
        }));
    }
    run(jobs);
    let mut all = Vec::new();
    for told in told {
        all.extend(told?);
    }
    all.sort_by_key(|(place, _)| *place);
    Ok(blend(request, columns, all, silent))
}

/// The one sum.
fn blend(
    request: &Request,
    columns: &Columns<'_>,
    told: Vec<(usize, Option<Vec<Said>>)>,
    mut silent: Vec<Silent>,
) -> Composite {
    let (mut whole, mut sum, mut size, mut spoke) = (0.0, 0.0, 0.0, 0.0);
    let mut reasons = Vec::new();
    for (source, said) in told {
        let Some(said) = said else {
            let why = Why::NoValue;
            silent.push(Silent { source, why });
            continue;
        };
        let weight = request.weights[source];
        let total = said.iter().fold(0.0, |sum, said| sum + said.vote);
        let vote = within(total);
        whole += weight;
        sum += weight * vote;
        size += weight * vote.abs();
        spoke += if vote == 0.0 { 0.0 } else { weight };
        // Where a source said more than it may, each of its reasons counts so much less.
        let scale = if total == 0.0 { 1.0 } else { vote / total };
        reasons.extend(said.into_iter().map(|said| Reason {
            source,
            said,
            weight,
            contribution: weight * said.vote * scale,
        }));
    }
    let share = |part: f64, whole: f64| if whole == 0.0 { 0.0 } else { part / whole };
    for reason in &mut reasons {
        reason.contribution = share(reason.contribution, whole);
    }
    // Stable: equal ones stay in the order of the sources.
    reasons.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
    silent.sort_by_key(|silent| silent.source);
    let score = share(sum, whole);
    let strength = score.abs();
    let direction = if strength < request.neutral {
        Direction::Neutral
    } else {
        Direction::of(score)
    };
    Composite {
        bar: (columns.bars() as u64).checked_sub(1),
        time: columns.get("time").last().copied().unwrap_or(f64::NAN),
        direction,
        score,
        strength,
        confidence: share(sum.abs(), size) * share(spoke, whole),
        reasons,
        silent,
    }
}
