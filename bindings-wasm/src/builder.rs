//! Bars from ticks, and longer bars from shorter ones, for a list of bars or on their own.

use tvf_core::Error;
use tvf_core::builder::{
    Bar, BarBuilder, BarColumns, Event, FILLS, Late, Offsets, Outside, Setup, Tick, Ticks,
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::bars::Bars;
use crate::exchange::Exchange;
use crate::memory;
use crate::output::Output;

/// A builder. What became of a tick or a bar is told as a number: 0 an error, 1 push, 2 replace, 3 dropped.
#[wasm_bindgen]
pub struct Builder {
    core: BarBuilder,
}

#[wasm_bindgen]
impl Builder {
    /// A builder of settings; NaN and nothing stand for an opening and hours that are not said.
    #[expect(clippy::too_many_arguments, reason = "settings")]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "wasm-bindgen has no optional reference to a text"
    )]
    pub fn open(
        exchange: &mut Exchange,
        timeframe: &str,
        zone: &str,
        open: f64,
        session: Option<String>,
        outside: &str,
        late: &str,
        fill: &str,
        limit: f64,
    ) -> Option<Self> {
        exchange.attempt(|_| {
            let core = BarBuilder::new(&Setup {
                timeframe,
                zone,
                open: (!open.is_nan()).then_some(open),
                session: session.as_deref(),
                outside,
                late,
                fill,
                limit,
            })?;
            Ok(Self { core })
        })
    }

    /// The builder whose snapshot lies in the exchange.
    pub fn restore(exchange: &mut Exchange) -> Option<Self> {
        exchange.attempt(|exchange| {
            let core = BarBuilder::restore(&exchange.bytes)?;
            Ok(Self { core })
        })
    }

    /// The whole state as bytes.
    pub fn snapshot(&self, exchange: &mut Exchange) -> Option<Vec<u8>> {
        exchange.attempt(|_| self.core.snapshot())
    }

    /// The first moment for which the zone's offsets must be told to know what lies from another on.
    #[must_use]
    pub fn wants_from(&self, from: f64) -> f64 {
        self.core.wants(from, from).0
    }

    /// The last one, to know what lies up to another.
    #[must_use]
    pub fn wants_to(&self, to: f64) -> f64 {
        self.core.wants(to, to).1
    }

    /// Whether enough is told of the zone for a moment.
    #[must_use]
    pub fn covers(&self, time: f64) -> bool {
        self.core.covers(time)
    }

    /// Tells the zone's offsets between two moments: the columns in the exchange are the moments at which they
    /// change, and the offsets from each on.
    pub fn tell(&mut self, exchange: &mut Exchange, from: f64, to: f64) -> bool {
        exchange
            .attempt(|exchange| {
                let [moments, offsets] = exchange.inputs() else {
                    return Ok(());
                };
                let changes = moments.iter().copied().zip(offsets.iter().copied());
                self.core.tell(Offsets::new(changes.collect(), from, to)?);
                Ok(())
            })
            .is_some()
    }

    /// Takes a tick; NaN stands for no id.
    pub fn tick(
        &mut self,
        exchange: &mut Exchange,
        time: f64,
        price: f64,
        size: f64,
        id: f64,
    ) -> u32 {
        let tick = Tick {
            time,
            price,
            size,
            id,
        };
        code(exchange.attempt(|_| self.core.tick(tick)))
    }

    /// Takes a tick, and has bars and what is attached to them follow. Answers with 4 for each bar that was pushed
    /// beside the number of [`Builder::tick`].
    pub fn tick_into(
        &mut self,
        exchange: &mut Exchange,
        bars: &mut Bars,
        time: f64,
        price: f64,
        size: f64,
        id: f64,
    ) -> u32 {
        let event = self.tick(exchange, time, price, size, id);
        match self.drive(exchange, bars) {
            Some(pushed) if event > 0 => 4 * pushed + event,
            _ => 0,
        }
    }

    /// Takes a bar.
    #[expect(clippy::too_many_arguments, reason = "a bar")]
    pub fn bar(
        &mut self,
        exchange: &mut Exchange,
        time: f64,
        open: f64,
        high: f64,
        low: f64,
        close: f64,
        volume: f64,
    ) -> u32 {
        let bar = Bar {
            time,
            open,
            high,
            low,
            close,
            volume,
        };
        code(exchange.attempt(|_| self.core.bar(bar)))
    }

    /// Begins with a bar.
    #[expect(clippy::too_many_arguments, reason = "a bar")]
    pub fn begin(
        &mut self,
        exchange: &mut Exchange,
        time: f64,
        open: f64,
        high: f64,
        low: f64,
        close: f64,
        volume: f64,
    ) -> bool {
        let bar = Bar {
            time,
            open,
            high,
            low,
            close,
            volume,
        };
        exchange.attempt(|_| self.core.begin(bar)).is_some()
    }

    /// Takes the ticks whose columns were laid into the exchange: time, price, size and id, as far as they are given.
    pub fn ticks(&mut self, exchange: &mut Exchange, sized: bool, numbered: bool) -> bool {
        exchange
            .attempt(|exchange| {
                let mut columns = exchange.inputs().iter().map(Vec::as_slice);
                let mut next = |given: bool| given.then(|| columns.next()).flatten();
                let [time, price] = [next(true), next(true)].map(Option::unwrap_or_default);
                let (size, id) = (next(sized), next(numbered));
                self.core.ticks(&Ticks {
                    time,
                    price,
                    size,
                    id,
                })
            })
            .is_some()
    }

    /// Takes the bars whose columns were laid into the exchange: time, open, high, low, close, and volume if it is given.
    pub fn bars(&mut self, exchange: &mut Exchange) -> bool {
        exchange
            .attempt(|exchange| {
                let columns = exchange.inputs();
                let at = |i: usize| columns.get(i).map(Vec::as_slice);
                let [time, open, high, low, close] =
                    [0, 1, 2, 3, 4].map(|i| at(i).unwrap_or_default());
                self.core.bars(&BarColumns {
                    time,
                    open,
                    high,
                    low,
                    close,
                    volume: at(5),
                })
            })
            .is_some()
    }

    /// Closes the forming bar if it has ended at a moment; NaN closes it in any case.
    pub fn close(&mut self, exchange: &mut Exchange, now: f64) -> bool {
        let now = (!now.is_nan()).then_some(now);
        exchange.attempt(|_| self.core.close(now)).is_some()
    }

    /// Has bars, and what is attached to them, follow the last call. Answers with how many were pushed, nothing if that
    /// failed. A bar that has the time of the last one takes its place.
    pub fn drive(&mut self, exchange: &mut Exchange, bars: &mut Bars) -> Option<u32> {
        // What the call before left behind stays to be read.
        if exchange.failed() {
            return None;
        }
        self.core.changes().try_fold(0, |pushed, (event, bar)| {
            let new = follow(exchange, bars, &bar, event == Event::Push)?;
            Some(pushed + new)
        })
    }

    /// Gives bars that join later the bar that is forming.
    pub fn join(&mut self, exchange: &mut Exchange, bars: &mut Bars) -> Option<u32> {
        let Some(bar) = self.core.forming() else {
            return Some(0);
        };
        follow(exchange, bars, &bar, true)
    }

    /// Whether nothing was taken yet.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.core.is_new()
    }

    /// A value of the forming bar, in the order of a bar; NaN if there is none.
    #[must_use]
    pub fn forming(&self, field: usize) -> f64 {
        self.core
            .forming()
            .map_or(f64::NAN, |bar| value(&bar, field))
    }

    /// How many bars the last call closed.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn closed(&self) -> usize {
        self.core.closed().len()
    }

    /// A value of one of them.
    #[must_use]
    pub fn cell(&self, row: usize, field: usize) -> f64 {
        let bar = self.core.closed().get(row);
        bar.map_or(f64::NAN, |bar| value(bar, field))
    }

    /// Answers with their columns.
    pub fn columns(&self, exchange: &mut Exchange) -> bool {
        exchange
            .attempt(|exchange| {
                let closed = self.core.closed();
                let columns = [0, 1, 2, 3, 4, 5].map(|field| {
                    let mut column = memory::zeros(closed.len())?;
                    for (cell, bar) in column.iter_mut().zip(closed) {
                        *cell = value(bar, field);
                    }
                    Ok(column)
                });
                let columns = columns.into_iter().collect::<Result<Vec<_>, Error>>()?;
                exchange.answer(vec![Output::Series(columns)], &[0]);
                Ok(())
            })
            .is_some()
    }

    /// How many changes the last call was to a list of bars.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn changes(&self) -> usize {
        self.core.changes().count()
    }

    /// A value of a change, in the order of a bar; behind them the number of its kind.
    #[must_use]
    pub fn change(&self, place: usize, field: usize) -> f64 {
        let change = self.core.change(place);
        change.map_or(f64::NAN, |(event, bar)| match field {
            6 => f64::from(number(event)),
            _ => value(&bar, field),
        })
    }

    /// How much was not used: late, duplicate, outside, missing; behind them the gaps that were left open.
    #[must_use]
    pub fn count(&self, what: usize) -> f64 {
        let dropped = self.core.dropped();
        let counts = [
            dropped.late,
            dropped.duplicate,
            dropped.outside,
            dropped.missing,
            self.core.gaps(),
        ];
        counts.get(what).map_or(f64::NAN, |count| *count as f64)
    }

    /// The zone.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn zone(&self) -> String {
        self.core.zone().into()
    }

    /// The settings, a line each: timeframe, hours, outside, late, fill, limit.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn settings(&self) -> String {
        let core = &self.core;
        let outside = Outside::CHOICES[usize::from(core.outside() == Outside::Keep)];
        let late = match core.late() {
            Late::Drop => Late::CHOICES[0],
            Late::Merge => Late::CHOICES[1],
            Late::Error => Late::CHOICES[2],
        };
        let fill = FILLS[usize::from(core.fill().is_some())];
        let limit = core.fill().map_or(String::new(), |limit| limit.to_string());
        let (timeframe, hours) = (core.timeframe().to_string(), core.hours().to_string());
        [&timeframe, &hours, outside, late, fill, &limit].join("\n")
    }
}

/// Lays a bar behind the last one, or in its place if it has the same time or is no new one. Answers with how many
/// were pushed.
fn follow(exchange: &mut Exchange, bars: &mut Bars, bar: &Bar, is_new: bool) -> Option<u32> {
    let is_new = is_new && bars.last_time() != Some(bar.time);
    bars.lay(bar);
    let done = if is_new {
        bars.push(exchange)
    } else {
        bars.replace(exchange)
    };
    done.then_some(is_new.into())
}

/// What became of something, as a number.
const fn number(event: Event) -> u32 {
    match event {
        Event::Push => 1,
        Event::Replace => 2,
        Event::Dropped => 3,
    }
}

fn code(event: Option<Event>) -> u32 {
    event.map_or(0, number)
}

fn value(bar: &Bar, field: usize) -> f64 {
    let values = [bar.time, bar.open, bar.high, bar.low, bar.close, bar.volume];
    values.get(field).copied().unwrap_or(f64::NAN)
}
