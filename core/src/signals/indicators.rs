//! The votes of indicators: all of them in one plan, of which only the last bar is kept.

use super::request::COLUMNS;
use super::request::Columns;
use super::rules::{Part, Rule, within};
use super::votes::Said;
use crate::batch::Sink;
use crate::error::Error;
use crate::plan::{Member, Plan, Setting, Source};
use crate::set::Set;

/// Bars that the plan takes at once.
const PIECE: usize = 2048;

fn member(part: &Part) -> Member {
    let settings = part.params.iter();
    let settings = settings.map(|(name, value)| ((*name).to_string(), Setting::Number(*value)));
    let of = part.of.map(|id| Member {
        id: id.to_string(),
        ..Member::default()
    });
    Member {
        id: part.id.to_string(),
        settings: settings.collect(),
        sources: of
            .map(|of| ("source".to_string(), Source::Member(Box::new(of), None)))
            .into_iter()
            .collect(),
        ..Member::default()
    }
}

/// What each rule says of the last bar; nothing where a value is not there yet.
pub(super) fn indicators(
    rules: &[&'static Rule],
    columns: &Columns<'_>,
) -> Result<Vec<Option<Said>>, Error> {
    let members: Vec<Member> = rules
        .iter()
        .flat_map(|rule| rule.parts.iter().map(member))
        .collect();
    let given: Vec<(&str, &[f64])> = COLUMNS
        .into_iter()
        .zip(columns.all())
        .filter(|(_, column)| !column.is_empty())
        .collect();
    let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
    let plan = Plan::new(&members, &names)?;
    let inputs: Vec<&[f64]> = given.iter().map(|(_, column)| *column).collect();
    plan.check(&inputs)?;
    let bars = columns.bars();
    let mut set = Set::new(&plan);
    set.reserve(bars)?;
    let widths = plan
        .sinks()
        .iter()
        .map(|sink| sink.entry.spec.series().len());
    let mut room: Vec<Vec<Vec<f64>>> = widths
        .map(|width| vec![vec![0.0; PIECE.min(bars)]; width])
        .collect();
    let mut last = 0;
    for from in (0..bars).step_by(PIECE) {
        let to = bars.min(from + PIECE);
        let part: Vec<&[f64]> = inputs.iter().map(|column| &column[from..to]).collect();
        let sinks = room.iter_mut();
        let sinks =
            sinks.map(|series| Sink::series(series.iter_mut().map(|s| &mut s[..to - from])));
        set.process(&plan, &part, &mut sinks.collect::<Vec<_>>());
        last = to - from;
    }
    let mut sinks = plan.members().iter();
    let close = columns.get("close").last().copied().unwrap_or(f64::NAN);
    let said = rules.iter().map(|rule| {
        let values: Vec<f64> = rule
            .parts
            .iter()
            .zip(sinks.by_ref())
            .map(|(part, &sink)| {
                let outputs = plan.sinks()[sink].entry.spec.series();
                let output = outputs.iter().position(|output| output.name == part.output);
                let column = output.and_then(|output| room[sink].get(output));
                let at = last.checked_sub(1);
                at.and_then(|at| column?.get(at).copied())
                    .unwrap_or(f64::NAN)
            })
            .collect();
        let whole = close.is_finite() && values.iter().all(|value| value.is_finite());
        whole.then(|| Said {
            name: 0,
            vote: within((rule.vote)(close, &values)),
            bar: bars.saturating_sub(1) as u64,
            measured: values[0],
        })
    });
    Ok(said.collect())
}
