//! A builder as bytes that any build of any host can resume.
//!
//! The envelope is that of a stream's [snapshot](crate::snapshot), with the mark `TVFB`. The body has the settings as
//! texts (timeframe, zone, hours, outside, late) and the limit of flat bars (0: gaps stay), then the state, 8 bytes a
//! field. The zone's offsets are not in it: whoever resumes looks the zone up anew.

use super::bar::{Bar, check_time};
use super::schedule::{Bucket, Place};
use super::setup::Setup;
use super::state::{Feed, Forming, Settled, State};
use super::{BarBuilder, Late, Outside};
use crate::codec::{Codec, Fields};
use crate::error::Error;
use crate::snapshot::{self, Body};

const MAGIC: [u8; 4] = *b"TVFB";
const VERSION: u16 = 1;

impl BarBuilder {
    /// The whole state as bytes.
    ///
    /// # Errors
    /// [`Code::OutOfMemory`](crate::Code::OutOfMemory).
    pub fn snapshot(&self) -> Result<Vec<u8>, Error> {
        let mut body = Vec::new();
        let rules = &self.rules;
        let outside = match rules.outside {
            Outside::Drop => 0,
            Outside::Keep => 1,
        };
        let late = match rules.late {
            Late::Drop => 0,
            Late::Merge => 1,
            Late::Error => 2,
        };
        let texts = [
            rules.timeframe.to_string(),
            rules.zone.clone(),
            rules.hours.to_string(),
            Outside::CHOICES[outside].into(),
            Late::CHOICES[late].into(),
        ];
        for text in &texts {
            snapshot::text(&mut body, text);
        }
        let mut codec = Codec::Write(body);
        codec.u64(&mut u64::from(rules.fill.unwrap_or(0)))?;
        State::clone(&self.state).fields(&mut codec)?;
        let Codec::Write(body) = codec else {
            return Err(Error::damaged("its state was not written"));
        };
        let mut bytes = snapshot::header(MAGIC, VERSION, body.len() as u64)?;
        bytes.extend_from_slice(&body);
        Ok(snapshot::sealed(bytes))
    }

    /// The builder that [`BarBuilder::snapshot`] was taken of. The offsets of its zone are to be told
    /// again.
    ///
    /// # Errors
    /// [`Code::SnapshotFormat`](crate::Code::SnapshotFormat) for bytes of something else,
    /// [`Code::SnapshotVersion`](crate::Code::SnapshotVersion) for those of a newer version,
    /// [`Code::SnapshotDamaged`](crate::Code::SnapshotDamaged) for cut or altered ones.
    pub fn restore(bytes: &[u8]) -> Result<Self, Error> {
        let (_, body) = snapshot::open(bytes, MAGIC, VERSION)?;
        let mut body = Body(body);
        let [timeframe, zone, hours, outside, late] = [(); 5].map(|()| body.text());
        let mut codec = Codec::Read(body.0);
        let mut limit = 0;
        codec.u64(&mut limit)?;
        let setup = Setup {
            timeframe: timeframe?,
            zone: zone?,
            open: None,
            session: Some(hours?),
            outside: outside?,
            late: late?,
            fill: if limit == 0 { "none" } else { "previous" },
            limit: if limit == 0 {
                super::LIMIT
            } else {
                limit as f64
            },
        };
        let mut builder =
            Self::new(&setup).map_err(|error| Error::damaged(&format!("its settings: {error}")))?;
        builder.state.fields(&mut codec)?;
        if !matches!(codec, Codec::Read([])) {
            return Err(Error::damaged("its state is too long"));
        }
        builder.state.check()?;
        builder.call.had = builder.state.forming.is_some();
        Ok(builder)
    }
}

impl Fields for State {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        let mut feed = match self.feed {
            Feed::Nothing => 0,
            Feed::Ticks => 1,
            Feed::Bars => 2,
        };
        codec.bounded(&mut feed, 2)?;
        self.feed = match feed {
            0 => Feed::Nothing,
            1 => Feed::Ticks,
            _ => Feed::Bars,
        };
        [&mut self.began, &mut self.latest, &mut self.id]
            .into_iter()
            .try_for_each(|x| codec.f64(x))?;
        option(codec, &mut self.forming, Forming::NONE)?;
        option(codec, &mut self.settled, Settled::NONE)?;
        let mut flats = self.flats.into();
        codec.bounded(&mut flats, u32::MAX.into())?;
        self.flats = u32::try_from(flats).unwrap_or(u32::MAX);
        let dropped = &mut self.dropped;
        [
            &mut dropped.late,
            &mut dropped.duplicate,
            &mut dropped.outside,
            &mut dropped.missing,
            &mut self.gaps,
        ]
        .into_iter()
        .try_for_each(|x| codec.count(x))
    }
}

/// Something that may not be there: a flag, and its fields.
fn option<T: Fields>(codec: &mut Codec<'_>, value: &mut Option<T>, none: T) -> Result<(), Error> {
    let mut there = u64::from(value.is_some());
    codec.bounded(&mut there, 1)?;
    if there == 1 {
        value.get_or_insert(none).fields(codec)?;
    } else {
        *value = None;
    }
    Ok(())
}

impl Bucket {
    const NONE: Self = Self {
        start: f64::NAN,
        end: f64::NAN,
        next: f64::NAN,
    };
}

impl Forming {
    const NONE: Self = Self {
        place: Place {
            bucket: Bucket::NONE,
            from: f64::NAN,
            to: f64::NAN,
        },
        bar: Bar::flat(f64::NAN, f64::NAN),
        first: f64::NAN,
        base: None,
    };
}

impl Settled {
    const NONE: Self = Self {
        bucket: Bucket::NONE,
        close: f64::NAN,
    };
}

impl Fields for Bucket {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        [&mut self.start, &mut self.end, &mut self.next]
            .into_iter()
            .try_for_each(|x| codec.f64(x))
    }
}

impl Fields for Forming {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        let Place { bucket, from, to } = &mut self.place;
        bucket.fields(codec)?;
        [from, to].into_iter().try_for_each(|x| codec.f64(x))?;
        self.bar.fields(codec)?;
        codec.f64(&mut self.first)?;
        option(codec, &mut self.base, Self::NONE.bar)
    }
}

impl Fields for Settled {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.bucket.fields(codec)?;
        codec.f64(&mut self.close)
    }
}

impl State {
    /// Refuses what no ticks and bars leave: moments beyond the calendar, which would be counted to
    /// without end.
    fn check(&self) -> Result<(), Error> {
        let forming = self.forming.map(|f| f.place);
        let buckets = forming.map(|place| place.bucket).into_iter();
        let buckets = buckets.chain(self.settled.map(|settled| settled.bucket));
        let moments = buckets.flat_map(|b| {
            let next = if b.next.is_nan() { b.end } else { b.next };
            [b.start, b.end, next]
        });
        let windows = forming.into_iter().flat_map(|place| [place.from, place.to]);
        let known = [self.began, self.latest]
            .into_iter()
            .filter(|x| !x.is_nan());
        // The end of the last bar may lie a year beyond the last moment.
        let near = |x: f64| check_time(x / 2.0, None).is_ok();
        if moments.chain(windows).chain(known).all(near) {
            return Ok(());
        }
        Err(Error::damaged("its moments are none"))
    }
}
