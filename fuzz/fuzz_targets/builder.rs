//! Any settings, offsets, ticks and bars: refused without a trace, or the same bars in every cut of calls, in the order of time.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use tvf_core::Code;
use tvf_core::builder::{
    Bar, BarBuilder, Event, FILLS, Late, Offsets, Outside, Setup, Tick, Ticks,
};
use tvf_fuzz::Number;

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    timeframe: Frame<'a>,
    session: Hours<'a>,
    outside: u8,
    late: u8,
    fill: bool,
    limit: Number,
    zoned: bool,
    /// Minutes between changes, and offsets in quarters of an hour.
    changes: Vec<(u16, i8)>,
    acts: Vec<Act>,
}

#[derive(Arbitrary, Debug)]
enum Frame<'a> {
    Known(u8),
    Text(&'a str),
}

#[derive(Arbitrary, Debug)]
enum Hours<'a> {
    None,
    Open(Number),
    Known(u8),
    Text(&'a str),
}

#[derive(Arbitrary, Debug)]
enum Act {
    Ticks(Vec<Given>),
    Bar(Moment, [Number; 5]),
    Begin(Moment, [Number; 5]),
    Close(Option<Moment>),
}

#[derive(Arbitrary, Debug)]
struct Given {
    time: Moment,
    price: Number,
    size: Number,
    id: Option<Number>,
}

#[derive(Arbitrary, Debug, Clone, Copy)]
enum Moment {
    /// Seconds after the one before.
    After(u16),
    /// Seconds before it.
    Before(u8),
    /// Days after it.
    Days(u8),
    Any(Number),
}

const FRAMES: [&str; 10] = [
    "1s", "30s", "5m", "45m", "1h", "24h", "1d", "2w", "1M", "12M",
];
const HOURS: [&str; 5] = [
    "09:30-16:00",
    "18:00-17:00",
    "02:30-02:30",
    "00:00-23:59",
    "23:59-00:01",
];
const START: f64 = 1_704_067_200_000.0;

struct Clock(f64);

impl Clock {
    fn at(&mut self, moment: Moment) -> f64 {
        let time = match moment {
            Moment::After(seconds) => self.0 + f64::from(seconds) * 1000.0,
            Moment::Before(seconds) => self.0 - f64::from(seconds) * 1000.0,
            Moment::Days(days) => self.0 + f64::from(days) * 86_400_000.0,
            Moment::Any(number) => return number.get(),
        };
        self.0 = time;
        time
    }
}

fuzz_target!(|input: Input| {
    let (open, session) = match input.session {
        Hours::None => (None, None),
        Hours::Open(open) => (Some(open.get()), None),
        Hours::Known(i) => (None, Some(HOURS[usize::from(i) % HOURS.len()])),
        Hours::Text(text) => (None, Some(text)),
    };
    let setup = Setup {
        timeframe: match input.timeframe {
            Frame::Known(i) => FRAMES[usize::from(i) % FRAMES.len()],
            Frame::Text(text) => text,
        },
        zone: if input.zoned { "Some/Where" } else { "UTC" },
        open,
        session,
        outside: Outside::CHOICES[usize::from(input.outside) % 2],
        late: Late::CHOICES[usize::from(input.late) % 3],
        fill: FILLS[usize::from(input.fill)],
        limit: input.limit.get(),
    };
    let mut builder = match BarBuilder::new(&setup) {
        Ok(builder) => builder,
        Err(error) => return assert!(!error.message().is_empty()),
    };
    let mut moment = START - 1e9;
    let changes = [(0, 0)]
        .iter()
        .chain(&input.changes)
        .map(|&(minutes, quarters)| {
            moment += f64::from(minutes) * 60_000.0 + 1.0;
            (moment, f64::from(quarters) * 900_000.0)
        });
    let (from, to) = (f64::NEG_INFINITY, f64::INFINITY);
    let offsets = Offsets::new(changes.collect(), from, to).expect("ascending, within 32 hours");
    builder.tell(offsets.clone());
    let mut clock = Clock(START);
    let mut list: Vec<Bar> = Vec::new();
    let mut begun = false;
    for act in &input.acts {
        let before = builder.snapshot().expect("a small state");
        let done = match act {
            Act::Ticks(given) => {
                let ticks: Vec<Tick> = given.iter().map(|g| tick(g, &mut clock)).collect();
                columns(&mut builder, &ticks, &offsets)
            }
            Act::Bar(time, values) => {
                let bar = bar(clock.at(*time), values);
                builder.bar(bar).map(|_| ())
            }
            Act::Begin(time, values) => {
                let bar = bar(clock.at(*time), values);
                builder.begin(bar).inspect(|()| begun = true)
            }
            Act::Close(now) => builder.close(now.map(|now| clock.at(now))),
        };
        if let Err(error) = done {
            let known = [
                Code::InputRange,
                Code::TimeUnit,
                Code::TimeOrder,
                Code::MixedFeed,
            ];
            assert!(known.contains(&error.code), "{error}");
            let after = builder.snapshot().expect("a small state");
            assert!(before == after, "an error changed the state: {error}");
            assert_eq!(builder.changes().count(), 0);
            continue;
        }
        if begun && list.is_empty() {
            list.extend(builder.forming());
        }
        for (event, bar) in builder.changes() {
            if event == Event::Replace {
                list.pop().expect("a bar to replace");
            }
            let last = list.last().map_or(f64::NEG_INFINITY, |last| last.time);
            assert!(last < bar.time, "{bar:?} does not come after {last}");
            list.push(bar);
        }
        if let Some(forming) = builder.forming() {
            let last = list.last().expect("the forming bar");
            assert!(same(last, &forming), "{last:?} and {forming:?}");
        }
    }
});

fn tick(given: &Given, clock: &mut Clock) -> Tick {
    Tick {
        time: clock.at(given.time),
        price: given.price.get(),
        size: given.size.get(),
        id: given.id.map_or(f64::NAN, Number::get),
    }
}

fn bar(time: f64, [open, high, low, close, volume]: &[Number; 5]) -> Bar {
    Bar {
        time,
        open: open.get(),
        high: high.get(),
        low: low.get(),
        close: close.get(),
        volume: volume.get(),
    }
}

/// Takes ticks at once, and asks a copy that goes through bytes to take them one by one.
fn columns(
    builder: &mut BarBuilder,
    ticks: &[Tick],
    offsets: &Offsets,
) -> Result<(), tvf_core::Error> {
    let bytes = builder.snapshot().expect("a small state");
    let mut twin = BarBuilder::restore(&bytes).expect("its own bytes");
    twin.tell(offsets.clone());
    let column = |get: fn(&Tick) -> f64| ticks.iter().map(get).collect::<Vec<_>>();
    let (size, id) = (column(|t| t.size), column(|t| t.id));
    builder.ticks(&Ticks {
        time: &column(|t| t.time),
        price: &column(|t| t.price),
        size: Some(&size),
        id: Some(&id),
    })?;
    let mut closed = Vec::new();
    for tick in ticks {
        // A column is judged by its first time, a tick by that of the builder.
        if twin.tick(*tick).is_err_and(|e| e.code == Code::TimeUnit) {
            return Ok(());
        }
        closed.extend_from_slice(twin.closed());
    }
    assert_eq!(closed.len(), builder.closed().len());
    let alike = closed.iter().zip(builder.closed()).all(|(a, b)| same(a, b));
    assert!(alike, "{closed:?} and {:?}", builder.closed());
    assert!(
        builder.snapshot() == twin.snapshot(),
        "the states have parted"
    );
    Ok(())
}

fn same(a: &Bar, b: &Bar) -> bool {
    let bits = |bar: &Bar| {
        let values = [bar.time, bar.open, bar.high, bar.low, bar.close, bar.volume];
        values.map(f64::to_bits)
    };
    bits(a) == bits(b)
}
