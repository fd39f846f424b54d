//! Bars from ticks, and longer bars from shorter ones.
//!
//! A [`BarBuilder`] is told ticks or bars, one by one or in columns, and keeps the bar that is forming. Each call says
//! what became of what it was given: a new bar began, the forming one changed, or it was dropped, and why is counted.
//! A series cut into calls in any way gives the same bars. `docs/bars.md` states the whole behaviour.

mod bar;
mod hours;
mod offsets;
mod saved;
mod schedule;
mod setup;
mod state;
mod steps;
mod timeframe;

pub use bar::{Bar, Tick};
pub use hours::Hours;
pub use offsets::Offsets;
pub use setup::{FILLS, LIMIT, Late, Outside, Setup};
pub use timeframe::{Timeframe, Unit};

use crate::error::{Code, Error};
use crate::session;
use schedule::Schedule;
use setup::Rules;
use state::{Call, Feed, Forming, State};
use steps::with_volume;

/// What became of a tick or a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A new bar began with it.
    Push,
    /// It changed the forming bar.
    Replace,
    /// It was not used; [`BarBuilder::dropped`] counts why.
    Dropped,
}

impl Event {
    /// The word that the hosts show.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Replace => "replace",
            Self::Dropped => "dropped",
        }
    }
}

/// How much was not used, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dropped {
    /// It came after its bar had closed, or behind a later one.
    pub late: u64,
    /// Its id was not above that of the one before.
    pub duplicate: u64,
    /// The market was closed.
    pub outside: u64,
    /// A bar without prices or without a time.
    pub missing: u64,
}

/// Ticks, column by column.
#[derive(Debug, Clone, Copy)]
pub struct Ticks<'a> {
    /// Milliseconds since 1970 UTC.
    pub time: &'a [f64],
    /// Prices.
    pub price: &'a [f64],
    /// Sizes; each tick counts as 1 without them.
    pub size: Option<&'a [f64]>,
    /// Ids, NaN for none.
    pub id: Option<&'a [f64]>,
}

/// Bars, column by column.
#[derive(Debug, Clone, Copy)]
pub struct BarColumns<'a> {
    /// Opening times, milliseconds since 1970 UTC.
    pub time: &'a [f64],
    /// First prices.
    pub open: &'a [f64],
    /// Highest prices.
    pub high: &'a [f64],
    /// Lowest prices.
    pub low: &'a [f64],
    /// Last prices.
    pub close: &'a [f64],
    /// Volumes; NaN adds nothing.
    pub volume: Option<&'a [f64]>,
}

/// Makes bars of ticks, or of shorter bars.
#[derive(Debug, Clone)]
pub struct BarBuilder {
    rules: Rules,
    schedule: Schedule,
    offsets: Offsets,
    state: State,
    call: Call,
}

impl BarBuilder {
    /// Begins before the first tick or bar. The offsets of a zone other than UTC are to be told before
    /// they are needed: see [`BarBuilder::covers`].
    ///
    /// # Errors
    /// [`Code::ParamChoice`] and [`Code::ParamRange`] for words and numbers out of their bounds,
    /// [`Code::Session`] for hours and names that no zone has.
    pub fn new(setup: &Setup<'_>) -> Result<Self, Error> {
        Rules::of(setup).map(Self::with)
    }

    fn with(rules: Rules) -> Self {
        let schedule = Schedule {
            timeframe: rules.timeframe,
            hours: rules.hours,
            keeps: rules.outside == Outside::Keep,
        };
        let is_utc = rules.zone.eq_ignore_ascii_case("UTC");
        Self {
            rules,
            schedule,
            offsets: if is_utc {
                Offsets::utc()
            } else {
                Offsets::unknown()
            },
            state: State::NEW,
            call: Call::default(),
        }
    }

    /// How long bars are.
    #[must_use]
    pub const fn timeframe(&self) -> Timeframe {
        self.rules.timeframe
    }

    /// The zone as it was given.
    #[must_use]
    pub fn zone(&self) -> &str {
        &self.rules.zone
    }

    /// When the market is open.
    #[must_use]
    pub const fn hours(&self) -> Hours {
        self.rules.hours
    }

    /// What becomes of what lies outside those hours.
    #[must_use]
    pub const fn outside(&self) -> Outside {
        self.rules.outside
    }

    /// What becomes of late ticks.
    #[must_use]
    pub const fn late(&self) -> Late {
        self.rules.late
    }

    /// The most flat bars that a gap is filled with, if gaps are filled.
    #[must_use]
    pub const fn fill(&self) -> Option<u32> {
        self.rules.fill
    }

    /// Whether what is told of the zone is enough for a moment.
    #[must_use]
    pub fn covers(&self, time: f64) -> bool {
        let reach = Schedule::reach();
        self.offsets.cover(time - reach, time + reach)
    }

    /// The span of time for which the zone's offsets are to be told so that everything between two
    /// moments is covered, with what the builder itself still needs.
    #[must_use]
    pub fn wants(&self, from: f64, to: f64) -> (f64, f64) {
        let reach = Schedule::reach();
        let held = self.state.forming.map(|f| f.place.bucket.start);
        let held = held.or(self.state.settled.map(|s| s.bucket.start));
        let from = match held {
            Some(held) if held < from => held,
            _ => from,
        };
        (from - reach, to + reach)
    }

    /// Tells the zone's offsets, in the place of what was told before.
    pub fn tell(&mut self, offsets: Offsets) {
        if !self.rules.zone.eq_ignore_ascii_case("UTC") {
            self.offsets = offsets;
        }
    }

    /// The bar that is forming.
    #[must_use]
    pub fn forming(&self) -> Option<Bar> {
        self.state.forming.map(|forming| forming.bar)
    }

    /// The bars that the last call closed, with the flat ones that it filled gaps with.
    #[must_use]
    pub fn closed(&self) -> &[Bar] {
        &self.call.closed
    }

    /// What the last call means to a list of bars that has seen the calls before: which to push, and
    /// which to put in the place of the last one.
    pub fn changes(&self) -> impl Iterator<Item = (Event, Bar)> {
        (0..).map_while(|place| self.change(place))
    }

    /// One of the [`BarBuilder::changes`].
    #[inline(never)]
    #[must_use]
    pub fn change(&self, place: usize) -> Option<(Event, Bar)> {
        let Call {
            closed,
            had,
            revised,
        } = &self.call;
        // All bars that the call has touched; the first was forming before, if one was.
        let place = place + usize::from(*had && !*revised);
        let bar = match closed.get(place) {
            Some(bar) => *bar,
            None if place == closed.len() => self.forming()?,
            None => return None,
        };
        let event = if *had && place == 0 {
            Event::Replace
        } else {
            Event::Push
        };
        Some((event, bar))
    }

    /// How much was not used so far.
    #[must_use]
    pub const fn dropped(&self) -> Dropped {
        self.state.dropped
    }

    /// How many gaps were longer than the limit of flat bars, and left open from there.
    #[must_use]
    pub const fn gaps(&self) -> u64 {
        self.state.gaps
    }

    /// Whether nothing was taken yet.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.state.feed == Feed::Nothing
    }

    /// Begins with a bar that is forming already, such as the last one of a history; ticks go on with it.
    ///
    /// # Errors
    /// [`Code::MixedFeed`] after the first tick or bar; [`Code::InputRange`] for a bar that is none, or
    /// does not begin where one of this timeframe does; those of [`BarBuilder::tick`].
    pub fn begin(&mut self, bar: Bar) -> Result<(), Error> {
        self.renew();
        if !self.is_new() {
            let why = "begin comes before the first tick or bar";
            return Err(Error::new(Code::MixedFeed, "begin", "", "", why));
        }
        session::check_time("time", &[bar.time])?;
        bar.check(None)?;
        let place = self.place(bar.time)?;
        let place = match place {
            Some(place) if place.bucket.start == bar.time => place,
            _ => {
                let bound = place.map_or_else(
                    || "a time at which the market is open".into(),
                    |place| format!("{}, where that bar begins", place.bucket.start),
                );
                let timeframe = self.rules.timeframe;
                let why = format!("time {} of a bar of {timeframe} is not {bound}", bar.time);
                let value = bar.time.to_string();
                return Err(Error::new(Code::InputRange, "time", value, bound, why));
            }
        };
        self.call.had = true;
        self.state.feed = Feed::Ticks;
        self.state.began = bar.time;
        self.state.latest = bar.time;
        self.state.forming = Some(Forming {
            place,
            bar: with_volume(bar),
            first: bar.time,
            base: None,
        });
        Ok(())
    }

    /// Takes a tick.
    ///
    /// # Errors
    /// [`Code::InputRange`] for a time, price, size or id out of bounds, [`Code::TimeUnit`] for times
    /// that are no milliseconds, [`Code::TimeOrder`] for late ones where they are errors,
    /// [`Code::MixedFeed`] after bars, [`Code::Session`] where the zone's offsets are not told,
    /// [`Code::OutOfMemory`]. Nothing is changed then.
    pub fn tick(&mut self, tick: Tick) -> Result<Event, Error> {
        self.start(Feed::Ticks)?;
        tick.check(None)?;
        self.check_unit(&[tick.time])?;
        if let Some(event) = self.within(&tick)? {
            return Ok(event);
        }
        let event = self.whole(|own| own.beyond(&tick))?;
        self.admit(Feed::Ticks, tick.time);
        Ok(event)
    }

    /// Takes any number of ticks: all, or none if one of them is an error.
    ///
    /// # Errors
    /// Those of [`BarBuilder::tick`], with the row of a value out of bounds; [`Code::InputLength`].
    pub fn ticks(&mut self, ticks: &Ticks<'_>) -> Result<(), Error> {
        self.start(Feed::Ticks)?;
        let n = ticks.time.len();
        check_length("price", Some(ticks.price), n)?;
        check_length("size", ticks.size, n)?;
        check_length("id", ticks.id, n)?;
        let at = |i: usize| Tick {
            time: ticks.time[i],
            price: ticks.price[i],
            size: ticks.size.map_or(1.0, |size| size[i]),
            id: ticks.id.map_or(f64::NAN, |id| id[i]),
        };
        (0..n).try_for_each(|i| at(i).check(Some(i)))?;
        self.check_unit(ticks.time)?;
        self.whole(|own| {
            for i in 0..n {
                let tick = at(i);
                if own.within(&tick)?.is_none() {
                    own.beyond(&tick)?;
                }
            }
            Ok(())
        })?;
        if let Some(&first) = ticks.time.first() {
            self.admit(Feed::Ticks, first);
        }
        Ok(())
    }

    /// Takes a bar of a shorter timeframe by its opening time. One with the opening time of the latest
    /// again takes its place, as if that had never been.
    ///
    /// # Errors
    /// As [`BarBuilder::tick`].
    pub fn bar(&mut self, bar: Bar) -> Result<Event, Error> {
        self.start(Feed::Bars)?;
        bar.check_fed(None)?;
        self.check_unit(&[bar.time])?;
        let event = self.whole(|own| own.take_bar(bar))?;
        self.admit(Feed::Bars, bar.time);
        Ok(event)
    }

    /// Takes any number of bars: all, or none if one of them is an error.
    ///
    /// # Errors
    /// As [`BarBuilder::ticks`].
    pub fn bars(&mut self, bars: &BarColumns<'_>) -> Result<(), Error> {
        self.start(Feed::Bars)?;
        let n = bars.time.len();
        let columns = [
            ("open", Some(bars.open)),
            ("high", Some(bars.high)),
            ("low", Some(bars.low)),
            ("close", Some(bars.close)),
            ("volume", bars.volume),
        ];
        for (name, column) in columns {
            check_length(name, column, n)?;
        }
        let at = |i: usize| Bar {
            time: bars.time[i],
            open: bars.open[i],
            high: bars.high[i],
            low: bars.low[i],
            close: bars.close[i],
            volume: bars.volume.map_or(0.0, |volume| volume[i]),
        };
        (0..n).try_for_each(|i| at(i).check_fed(Some(i)))?;
        self.check_unit(bars.time)?;
        self.whole(|own| (0..n).try_for_each(|i| own.take_bar(at(i)).map(|_| ())))?;
        if let Some(&first) = bars.time.iter().find(|t| t.is_finite()) {
            self.admit(Feed::Bars, first);
        }
        Ok(())
    }

    /// Closes the forming bar if it ends at a moment or before, and fills what has passed since; without
    /// a moment closes it in any case. What comes for a closed bar is late.
    ///
    /// # Errors
    /// [`Code::InputRange`] for a moment that is none, [`Code::TimeUnit`], [`Code::OutOfMemory`].
    pub fn close(&mut self, now: Option<f64>) -> Result<(), Error> {
        self.renew();
        if let Some(now) = now {
            bar::check_time(now, None)?;
            self.check_unit(&[now])?;
        }
        self.whole(|own| {
            let forming = own.state.forming;
            if forming.is_some_and(|f| now.is_none_or(|now| f.place.bucket.end <= now)) {
                own.settle()?;
            }
            match now {
                Some(now) if own.state.forming.is_none() => own.fill_until(now),
                _ => Ok(()),
            }
        })
    }

    /// Begins a call: nothing has been done yet.
    fn renew(&mut self) {
        self.call.closed.clear();
        self.call.had = self.state.forming.is_some();
        self.call.revised = false;
    }

    /// Begins a call that gives something.
    fn start(&mut self, feed: Feed) -> Result<(), Error> {
        self.renew();
        if self.state.feed == feed || self.state.feed == Feed::Nothing {
            return Ok(());
        }
        let why = "a builder takes ticks or bars, not both";
        Err(Error::new(
            Code::MixedFeed,
            "feed",
            "",
            "ticks or bars",
            why,
        ))
    }

    /// What was given first says what is given from now on.
    fn admit(&mut self, feed: Feed, time: f64) {
        self.state.feed = feed;
        if self.state.began.is_nan() && time.is_finite() {
            self.state.began = time;
        }
    }

    fn check_unit(&self, time: &[f64]) -> Result<(), Error> {
        if self.state.began.is_nan() || session::is_date(self.state.began) {
            return session::check_time("time", time);
        }
        Ok(())
    }

    /// Does something as a whole, or not at all.
    fn whole<T>(&mut self, act: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        let before = self.state;
        let done = act(self);
        if done.is_err() {
            self.state = before;
            self.call.closed.clear();
            self.call.revised = false;
        }
        done
    }
}

fn check_length(name: &str, column: Option<&[f64]>, n: usize) -> Result<(), Error> {
    match column {
        Some(column) if column.len() != n => {
            Err(Error::input_length(name, column.len(), "time", n))
        }
        _ => Ok(()),
    }
}
