//! What a tick or a bar does: it joins the forming bar, or closes it and begins the next one.

use super::bar::{Bar, Tick};
use super::schedule::Place;
use super::setup::Late;
use super::state::{Forming, Settled, State};
use super::{BarBuilder, Event};
use crate::error::{Code, Error};

impl BarBuilder {
    /// Takes a tick that lies in the forming bar, as most do.
    #[inline]
    pub(super) fn within(&mut self, tick: &Tick) -> Result<Option<Event>, Error> {
        let state = &mut self.state;
        if tick.id <= state.id {
            state.dropped.duplicate += 1;
            return Ok(Some(Event::Dropped));
        }
        let latest = state.latest;
        let Some(forming) = &mut state.forming else {
            return Ok(None);
        };
        if !forming.holds(tick.time) {
            return Ok(None);
        }
        if tick.time >= latest {
            forming.bar.take(tick.price, tick.size);
            state.latest = tick.time;
        } else if self.rules.late == Late::Merge {
            forming.bar.stretch(tick.price, tick.price, tick.size);
            if tick.time < forming.first {
                forming.bar.open = tick.price;
                forming.first = tick.time;
            }
        } else {
            let late = state.late(self.rules.late, tick.time, tick.id);
            return late.map(Some);
        }
        state.note(tick.id);
        self.call.revised |= self.call.closed.is_empty();
        Ok(Some(Event::Replace))
    }

    /// Takes a tick of which [`BarBuilder::within`] has found that it does not lie where the last one did.
    #[inline(never)]
    pub(super) fn beyond(&mut self, tick: &Tick) -> Result<Event, Error> {
        if tick.time < self.state.bound() {
            return self.state.late(self.rules.late, tick.time, tick.id);
        }
        let bar = Bar {
            volume: tick.size,
            ..Bar::flat(tick.time, tick.price)
        };
        match self.reach(bar)? {
            Reached::Next => {
                self.state.note(tick.id);
                Ok(Event::Push)
            }
            Reached::Same => Ok(self.within(tick)?.unwrap_or(Event::Dropped)),
            Reached::Outside => {
                self.state.note(tick.id);
                self.state.dropped.outside += 1;
                Ok(Event::Dropped)
            }
        }
    }

    #[inline(never)]
    pub(super) fn take_bar(&mut self, bar: Bar) -> Result<Event, Error> {
        if bar.is_missing() {
            self.state.dropped.missing += 1;
            return Ok(Event::Dropped);
        }
        let bar = with_volume(bar);
        let state = &mut self.state;
        let is_new = state.latest.is_nan() || bar.time > state.latest;
        let is_again = bar.time == state.latest && state.forming.is_some();
        if bar.time < state.bound() || !(is_new || is_again) {
            return state.late(self.rules.late, bar.time, f64::NAN);
        }
        let held = |state: &State| state.forming.is_some_and(|f| f.holds(bar.time));
        if !held(state) {
            match self.reach(bar)? {
                Reached::Next => return Ok(Event::Push),
                Reached::Same => {}
                Reached::Outside => {
                    self.state.dropped.outside += 1;
                    return Ok(Event::Dropped);
                }
            }
        }
        if let Some(forming) = &mut self.state.forming {
            if is_new {
                forming.base = Some(forming.bar);
            }
            let start = forming.place.bucket.start;
            forming.bar = joined(start, forming.base, bar);
            self.state.latest = bar.time;
            self.call.revised |= self.call.closed.is_empty();
        }
        Ok(Event::Replace)
    }

    /// Where a moment belongs.
    pub(super) fn place(&self, time: f64) -> Result<Option<Place>, Error> {
        if !self.covers(time) {
            let zone = &self.rules.zone;
            let why = format!("the offset of zone {zone:?} from UTC at {time} is not told");
            return Err(Error::new(Code::Session, "zone", zone, "", why));
        }
        Ok(self.schedule.place(time, &self.offsets))
    }

    /// Goes to where a bar or tick belongs, which does not lie before the forming bar; if that is a later
    /// bar, closes the forming one, fills the gap and begins with the one given.
    #[inline(never)]
    fn reach(&mut self, bar: Bar) -> Result<Reached, Error> {
        let Some(place) = self.place(bar.time)? else {
            return Ok(Reached::Outside);
        };
        if let Some(forming) = &mut self.state.forming
            && forming.place.bucket.start == place.bucket.start
        {
            forming.place = place;
            return Ok(Reached::Same);
        }
        self.settle()?;
        self.fill_until(place.bucket.start)?;
        let state = &mut self.state;
        state.flats = 0;
        state.latest = bar.time;
        state.forming = Some(Forming {
            place,
            bar: joined(place.bucket.start, None, bar),
            first: bar.time,
            base: None,
        });
        Ok(Reached::Next)
    }

    /// Closes the forming bar, if there is one.
    #[inline(never)]
    pub(super) fn settle(&mut self) -> Result<(), Error> {
        let Some(forming) = self.state.forming else {
            return Ok(());
        };
        self.keep(forming.bar)?;
        self.state.forming = None;
        self.state.settled = Some(Settled {
            bucket: forming.place.bucket,
            close: forming.bar.close,
        });
        Ok(())
    }

    /// Adds flat bars for the buckets that have ended at a moment, as far as the market did not close.
    #[inline(never)]
    pub(super) fn fill_until(&mut self, moment: f64) -> Result<(), Error> {
        let Some(limit) = self.rules.fill else {
            return Ok(());
        };
        while let Some(Settled { bucket, close }) = self.state.settled {
            if bucket.next.is_nan() || bucket.next >= moment {
                break;
            }
            let place = self.place(bucket.next)?;
            let Some(bucket) = place.map(|p| p.bucket).filter(|b| b.end <= moment) else {
                break;
            };
            if self.state.flats >= limit {
                if self.state.flats == limit {
                    self.state.flats = limit + 1;
                    self.state.gaps += 1;
                }
                break;
            }
            self.keep(Bar::flat(bucket.start, close))?;
            self.state.flats += 1;
            self.state.settled = Some(Settled { bucket, close });
        }
        Ok(())
    }

    /// Adds a bar to those that this call closes.
    fn keep(&mut self, bar: Bar) -> Result<(), Error> {
        let closed = &mut self.call.closed;
        let room = closed.try_reserve(1);
        room.map_err(|_| Error::out_of_memory(1, "bars"))?;
        closed.push(bar);
        Ok(())
    }
}

enum Reached {
    /// The bar that is forming.
    Same,
    /// A later one, which now is forming.
    Next,
    /// The market is closed.
    Outside,
}

impl Forming {
    /// Whether a moment surely lies in it.
    fn holds(&self, time: f64) -> bool {
        self.place.from <= time && time < self.place.to
    }
}

/// A bar of what came before its latest part, and that part.
fn joined(start: f64, base: Option<Bar>, part: Bar) -> Bar {
    match base {
        None => Bar {
            time: start,
            // A negative zero is a zero, as it is in any sum.
            volume: 0.0 + part.volume,
            ..part
        },
        Some(mut bar) => {
            bar.stretch(part.high, part.low, part.volume);
            bar.close = part.close;
            bar
        }
    }
}

/// A bar whose missing volume adds nothing.
pub(super) fn with_volume(bar: Bar) -> Bar {
    let volume = if bar.volume.is_nan() { 0.0 } else { bar.volume };
    Bar { volume, ..bar }
}
