//! The last turns of a series.

use super::levels::Anchor;
use super::study::INPUTS;
use crate::error::Error;
use crate::order::Order;
use crate::params::Params;
use crate::patterns::{Bar, Read, Turn, Turns};
use crate::session;

/// The last turns that are certain, oldest first.
pub(super) fn points(
    inputs: &[&[f64]],
    most: usize,
    params: &Params,
) -> Result<Vec<Anchor>, Error> {
    let columns = Read::new(INPUTS, inputs)?;
    session::check_time("time", columns.time())?;
    Order::NOWHERE.after(0, columns.time())?;
    let mut search = Turns::new(params);
    let whole = (0..columns.len()).filter(|&i| columns.whole(i));
    let turns = whole.filter_map(|i| search.next(&with_close(columns.bar(i, i as u64))));
    let turns: Vec<Turn> = turns.collect();
    let first = turns.len().saturating_sub(most);
    Ok(turns[first..].iter().map(anchor).collect())
}

fn with_close(bar: Bar) -> Bar {
    let close = if bar.close.is_finite() {
        bar.close
    } else {
        0.5 * (bar.high + bar.low)
    };
    Bar { close, ..bar }
}

fn anchor(turn: &Turn) -> Anchor {
    Anchor {
        bar: turn.bar as f64,
        time: turn.time,
        price: turn.price,
    }
}
