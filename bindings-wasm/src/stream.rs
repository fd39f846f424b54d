//! One indicator, bar by bar.

use tvf_core::clock::Clock;
use tvf_core::session::Anchor;
use tvf_core::{Error, MAX_INPUTS, Stream as Core, find};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::catalog;
use crate::exchange::Exchange;
use crate::memory::{self, Grant};
use crate::output::Output;

/// One indicator that takes bars. The values of a bar are written to [`Stream::bar`] first.
#[wasm_bindgen]
pub struct Stream {
    core: Core,
    bar: [f64; MAX_INPUTS],
    /// For how many bars in all there is memory.
    room: u64,
    _granted: Grant,
}

#[wasm_bindgen]
impl Stream {
    /// The one member described in the exchange.
    pub fn open(exchange: &mut Exchange) -> Option<Self> {
        exchange.attempt(|exchange| {
            let params = exchange.single()?;
            let granted = memory::afford([&params])?;
            let core = Core::new(find(params.signature().id)?, params);
            Ok(Self::of(core, granted))
        })
    }

    /// The stream whose snapshot lies in the exchange.
    pub fn restore(exchange: &mut Exchange) -> Option<Self> {
        exchange.attempt(|exchange| {
            let core = Core::restore(&exchange.bytes)?;
            let granted = memory::afford([core.params()])?;
            Ok(Self::of(core, granted))
        })
    }

    /// Says by whose clock the numbers of sessions are made; the arguments are those of `sessions`.
    pub fn follow(
        &mut self,
        exchange: &mut Exchange,
        zone: &str,
        anchor: &str,
        minutes: f64,
        open: f64,
    ) -> bool {
        let clock = exchange.attempt(|_| Clock::new(zone, open, Anchor::of(anchor, minutes)));
        let clock = clock.map(|clock| self.core.follow(clock));
        clock.is_some()
    }

    /// Checks by whose clock a restored stream goes on; no `zone` stands for none.
    pub fn resume(
        &self,
        exchange: &mut Exchange,
        zone: Option<String>,
        anchor: &str,
        minutes: f64,
        open: f64,
    ) -> bool {
        let checked = exchange.attempt(|_| {
            let clock = zone.map(|zone| Clock::new(&zone, open, Anchor::of(anchor, minutes)));
            self.core.resume(clock.transpose()?.as_ref())
        });
        checked.is_some()
    }

    /// Tells the times of the bars that come next, whose sessions' numbers are in their place: the first
    /// of them, the last before the last bar, and that of the last bar; NaN where there is none.
    pub fn tell(&mut self, first: f64, before: f64, last: f64) {
        let times = [first, before, last];
        let from = times.iter().position(|time| time.is_finite()).unwrap_or(2);
        self.core.tell_times(&times[from..]);
    }

    /// The whole state as bytes.
    pub fn snapshot(&mut self, exchange: &mut Exchange) -> Option<Vec<u8>> {
        exchange.attempt(|_| self.core.snapshot())
    }

    /// Where the values of a bar are to be written.
    pub fn bar(&mut self) -> *mut f64 {
        self.bar.as_mut_ptr()
    }

    /// Takes the bar. Answers with the first output, for a table with the number of its new rows,
    /// and with NaN if it failed.
    pub fn update(&mut self, exchange: &mut Exchange, inputs: usize) -> f64 {
        self.one(exchange, inputs, Core::update)
    }

    /// Tells what the bar would give.
    pub fn peek(&mut self, exchange: &mut Exchange, inputs: usize) -> f64 {
        self.one(exchange, inputs, Core::peek)
    }

    /// Puts the bar in the place of the last one.
    pub fn replace(&mut self, exchange: &mut Exchange, inputs: usize) -> f64 {
        self.one(exchange, inputs, Core::replace)
    }

    /// An output of the last bar.
    #[must_use]
    pub fn value(&self, output: usize) -> f64 {
        self.core.values().get(output).copied().unwrap_or(f64::NAN)
    }

    /// A value of a row that the last bar gave.
    pub fn cell(&mut self, row: usize, column: usize) -> f64 {
        let column = self.core.rows().columns().get(column);
        column.and_then(|c| c.get(row)).copied().unwrap_or(f64::NAN)
    }

    /// A number beside the rows, as of the last bar taken.
    pub fn summary(&mut self, number: usize) -> f64 {
        let summary = self.core.summary();
        summary.get(number).copied().unwrap_or(f64::NAN)
    }

    /// Takes the bars laid into the exchange, column by column.
    pub fn extend(&mut self, exchange: &mut Exchange) -> bool {
        exchange
            .attempt(|exchange| {
                let inputs: Vec<&[f64]> = exchange.inputs().iter().map(Vec::as_slice).collect();
                let entry = self.core.entry();
                let n = tvf_core::check_inputs(entry, self.core.params(), &inputs)?;
                // SAFETY: the core fills every value, or fails, and then nobody reads them.
                let mut output = unsafe { Output::unwritten(&entry.spec, n)? };
                self.make_room(n)?;
                self.core.extend(&inputs, output.sink(0, n))?;
                exchange.answer(vec![output], &[0]);
                Ok(())
            })
            .is_some()
    }

    /// The indicator's id.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn id(&self) -> String {
        self.core.entry().spec.id.into()
    }

    /// The profile.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn compat(&self) -> String {
        self.core.params().profile().as_str().into()
    }

    /// The parameters as JSON.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn params(&self) -> String {
        catalog::params(self.core.params())
    }

    /// Bars taken so far.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn bars(&self) -> f64 {
        self.core.bars() as f64
    }
}

impl Stream {
    fn of(core: Core, granted: Grant) -> Self {
        Self {
            core,
            bar: [f64::NAN; MAX_INPUTS],
            room: 0,
            _granted: granted,
        }
    }

    /// Room for `n` more bars, with as much again for those that will follow.
    #[expect(clippy::cast_possible_truncation, reason = "bars that were in memory")]
    fn make_room(&mut self, n: usize) -> Result<(), Error> {
        let bars = self.core.bars();
        if bars + n as u64 <= self.room {
            return Ok(());
        }
        let mut more = n.max(bars as usize).max(64);
        self.core.reserve(more).or_else(|_| {
            more = n;
            self.core.reserve(more)
        })?;
        memory::leave_some()?;
        self.room = bars + more as u64;
        Ok(())
    }

    fn one(
        &mut self,
        exchange: &mut Exchange,
        inputs: usize,
        act: impl FnOnce(&mut Core, &[f64]) -> Result<(), Error>,
    ) -> f64 {
        let done = exchange.attempt(|_| {
            let entry = self.core.entry();
            entry.check_count(self.core.params(), inputs)?;
            self.make_room(1)?;
            act(&mut self.core, self.bar.get(..inputs).unwrap_or(&self.bar))?;
            Ok(if entry.spec.is_table() {
                self.core.rows().len() as f64
            } else {
                self.value(0)
            })
        });
        done.unwrap_or(f64::NAN)
    }
}
