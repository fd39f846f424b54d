//! What is usual at a time of day: the mean of the last values that came at the same second.
//!
//! Each second of the day at which a bar has come has a slot with a window of its own, found by
//! halving a sorted list. So there are 86400 slots at most, and as a window takes memory only as
//! its values come, all together take no more than a few numbers per bar.

use super::{Divisor, Kernel, Sum, Window, steps};
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// Seconds of a day.
const SECONDS: u64 = 86_400;

/// The kernel: the mean of the `period` values before each one at the same second of the day;
/// missing (NaN) until there are that many. A value that is missing, or whose time is, is passed
/// over.
#[derive(Debug, Clone)]
pub struct Slots {
    period: usize,
    divisor: Divisor,
    /// In the order of their first values.
    list: Vec<Slot>,
    /// Positions in `list`, in the order of their seconds.
    order: Vec<usize>,
    /// Where in `order` the last value went: the next one is often its neighbour.
    place: usize,
    last: Last,
    parked: Last,
}

#[derive(Debug, Clone)]
struct Slot {
    second: u64,
    sum: Window<Sum>,
    /// The mean as the last value left it.
    mean: f64,
}

/// What takes the last value back.
#[derive(Debug, Clone, Copy)]
struct Last {
    /// The slot that took it; `NOWHERE` if it was passed over.
    slot: u64,
    /// Whether it was that slot's first.
    created: u64,
    /// The slot's mean before it.
    mean: f64,
}

const NOWHERE: u64 = u64::MAX;

impl Last {
    const NONE: Self = Self {
        slot: NOWHERE,
        created: 0,
        mean: f64::NAN,
    };
}

impl Fields for Last {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.u64(&mut self.slot)?;
        codec.bounded(&mut self.created, 1)?;
        codec.f64(&mut self.mean)
    }
}

impl Slots {
    /// Means of `period` values, at least one.
    #[must_use]
    pub fn new(period: usize) -> Self {
        Self {
            period,
            divisor: Divisor::new(period as u64),
            list: Vec::new(),
            order: Vec::new(),
            place: 0,
            last: Last::NONE,
            parked: Last::NONE,
        }
    }

    /// Takes the next values, at least one, with the second of the day of each, and writes the
    /// mean before each.
    pub fn process(&mut self, second: &[f64], x: &[f64], out: &mut [f64]) {
        steps::kernel(x.len());
        for ((out, &second), &x) in out.iter_mut().zip(second).zip(x) {
            *out = self.step(second, x);
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a second of the day"
    )]
    fn step(&mut self, second: f64, x: f64) -> f64 {
        self.last = Last::NONE;
        if !(x.is_finite() && second >= 0.0 && second < SECONDS as f64) {
            return f64::NAN;
        }
        let (at, created) = self.slot(second as u64);
        let slot = &mut self.list[at];
        self.last = Last {
            slot: at as u64,
            created: u64::from(created),
            mean: slot.mean,
        };
        let mut mean = [0.0];
        slot.sum.process_with(&[x], self.divisor, &mut mean);
        core::mem::replace(&mut slot.mean, mean[0])
    }

    /// The slot of a second, and whether it is new.
    fn slot(&mut self, second: u64) -> (usize, bool) {
        let next = if self.place + 1 < self.order.len() {
            self.place + 1
        } else {
            0
        };
        if let Some(&at) = self.order.get(next)
            && self.list[at].second == second
        {
            self.place = next;
            return (at, false);
        }
        match self.find(second) {
            Ok(place) => {
                self.place = place;
                (self.order[place], false)
            }
            Err(place) => {
                self.place = place;
                (self.create(place, second), true)
            }
        }
    }

    fn find(&self, second: u64) -> Result<usize, usize> {
        self.order
            .binary_search_by_key(&second, |&at| self.list[at].second)
    }

    fn create(&mut self, place: usize, second: u64) -> usize {
        let at = self.list.len();
        self.list.push(Slot {
            second,
            sum: Window::new(self.period),
            mean: f64::NAN,
        });
        self.order.insert(place, at);
        at
    }

    /// The slot that took the last value.
    fn last_slot(&mut self) -> Option<&mut Slot> {
        let at = usize::try_from(self.last.slot).ok()?;
        self.list.get_mut(at)
    }
}

impl Kernel for Slots {
    fn undo(&mut self) {
        let Last { created, mean, .. } = self.last;
        if let Some(slot) = self.last_slot() {
            if created == 0 {
                slot.mean = mean;
                slot.sum.undo();
            } else {
                let second = slot.second;
                if let Ok(place) = self.find(second) {
                    self.order.remove(place);
                }
                self.list.pop();
            }
        }
        self.last = Last::NONE;
    }

    fn park(&mut self) {
        self.parked = self.last;
        if let Some(slot) = self.last_slot() {
            slot.sum.park();
        }
    }

    fn unpark(&mut self) {
        self.last = self.parked;
        if let Some(slot) = self.last_slot() {
            slot.sum.unpark();
        }
    }

    fn reserve(&mut self, bars: usize) -> Result<(), Error> {
        // Minute bars have as many times of day in all; whoever has more is asked again with more bars.
        const STEP: usize = 1_440;
        #[expect(clippy::cast_possible_truncation, reason = "a small number")]
        let more = bars.min(SECONDS as usize - self.list.len()).min(STEP);
        let list = self.list.try_reserve(more);
        let room = list.and_then(|()| self.order.try_reserve(more));
        room.map_err(|_| Error::out_of_memory(bars, "bars"))
    }

    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        let mut count = self.list.len() as u64;
        codec.bounded(&mut count, SECONDS)?;
        let reading = matches!(codec, Codec::Read(_));
        if reading {
            *self = Self::new(self.period);
        }
        self.last.fields(codec)?;
        for i in 0..usize::try_from(count).unwrap_or(0) {
            let mut second = self.list.get(i).map_or(0, |slot| slot.second);
            codec.bounded(&mut second, SECONDS - 1)?;
            if reading {
                let Err(place) = self.find(second) else {
                    return Err(Error::damaged("two slots have the same time of day"));
                };
                self.create(place, second);
            }
            let slot = &mut self.list[i];
            if i as u64 != self.last.slot {
                // What no undo will reach is no state: a peek may have left something there.
                slot.sum.settle();
            }
            codec.f64(&mut slot.mean)?;
            slot.sum.code(codec)?;
        }
        let newest = self.last.slot == NOWHERE || self.last.slot + 1 == count;
        let known = self.last.slot == NOWHERE || self.last.slot < count;
        if !known || (self.last.created == 1 && !newest) {
            return Err(Error::damaged("the last bar lies in no slot"));
        }
        Ok(())
    }
}
