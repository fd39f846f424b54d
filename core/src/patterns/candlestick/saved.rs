//! A detector's state as bytes that any build of any host can resume.
//!
//! ```text
//! "TVFC" | version u16 | body length u32 | body | CRC-32 of all before u32
//! body: penetration f64, NaN if none | partial | trend, 0 if none | replaceable | patterns | ids
//!       | bars | the rows that later bars look back at | sums and means | confirmations
//! ```
//! Ids are a length u8 and UTF-8; all else are numbers of eight bytes, little-endian.

use super::candlesticks::Candlesticks;
use super::list::ALL;
use super::options::Options;
use crate::codec::Codec;
use crate::error::Error;
use crate::snapshot::{Body, Magic, header, open, sealed, text};

const MAGIC: Magic = *b"TVFC";
const VERSION: u16 = 1;
/// Most patterns that are sought at once, repetitions included.
const MOST: u64 = 16 * ALL.len() as u64;

/// What stands before the ids.
struct Head {
    penetration: f64,
    partial: u64,
    trend: u64,
    replaceable: u64,
    patterns: u64,
}

impl Head {
    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.penetration)?;
        codec.bounded(&mut self.partial, 1)?;
        codec.bounded(&mut self.trend, Options::LONGEST_TREND as u64)?;
        codec.bounded(&mut self.replaceable, 1)?;
        codec.bounded(&mut self.patterns, MOST)
    }
}

impl Candlesticks {
    /// The whole state as bytes.
    ///
    /// # Errors
    /// [`Code::OutOfMemory`](crate::Code::OutOfMemory).
    pub fn snapshot(&mut self) -> Result<Vec<u8>, Error> {
        let options = *self.options();
        let mut head = Head {
            penetration: options.penetration.unwrap_or(f64::NAN),
            partial: u64::from(options.partial),
            trend: options.trend.unwrap_or(0) as u64,
            replaceable: u64::from(self.is_replaceable()),
            patterns: self.patterns().len() as u64,
        };
        let mut codec = Codec::Write(Vec::new());
        head.code(&mut codec)?;
        if let Codec::Write(bytes) = &mut codec {
            self.patterns().for_each(|pattern| text(bytes, pattern.id));
        }
        self.code(&mut codec)?;
        let Codec::Write(body) = codec else {
            return Err(Error::damaged("its state was not written"));
        };
        let mut bytes = header(MAGIC, VERSION, body.len() as u64)?;
        bytes.extend_from_slice(&body);
        Ok(sealed(bytes))
    }

    /// The detector that [`Candlesticks::snapshot`] was taken of.
    ///
    /// # Errors
    /// As those of [`Stream::restore`](crate::Stream::restore).
    pub fn restore(bytes: &[u8]) -> Result<Self, Error> {
        let (_, body) = open(bytes, MAGIC, VERSION)?;
        let mut head = Head {
            penetration: 0.0,
            partial: 0,
            trend: 0,
            replaceable: 0,
            patterns: 0,
        };
        let mut codec = Codec::Read(body);
        head.code(&mut codec)?;
        let Codec::Read(rest) = codec else {
            return Err(Error::damaged("it is cut short"));
        };
        let mut body = Body(rest);
        let ids: Vec<&str> = (0..head.patterns)
            .map(|_| body.text())
            .collect::<Result<_, _>>()?;
        let options = Options {
            penetration: (!head.penetration.is_nan()).then_some(head.penetration),
            partial: head.partial == 1,
            trend: usize::try_from(head.trend).ok().filter(|&bars| bars > 0),
        };
        let mut detector = Self::new(ids, options)?;
        let mut codec = Codec::Read(body.0);
        detector.code(&mut codec)?;
        if !matches!(codec, Codec::Read([])) {
            return Err(Error::damaged("its state is too long"));
        }
        detector.resume(head.replaceable == 1)?;
        Ok(detector)
    }
}
