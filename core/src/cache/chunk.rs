//! A run of bars as bytes: what one value of the store holds.
//!
//! Everything is little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 1 | format, [`FORMAT`] |
//! | 1 | digits of prices after the point, or `RAW` |
//! | 1 | digits of volumes after the point, or `RAW` |
//! | 1 | 0 |
//! | 4 | number of bars |
//! | 8 | time of the first bar |
//! | 8 | the step of which all distances of times are multiples |
//! | 8 | the first opening price as a whole number; 0 for raw prices |
//! | 6 × 4 | lengths of the parts: times, open, high, low, close, volume |
//! | .. | the parts: a byte for how, and the numbers |
//! | 4 | CRC-32 of all before |
//!
//! Decimals are stored as whole numbers and as distances that stay small: the open from the close
//! before, the high above and the low below both, the close from the open, in `packed`
//! blocks. Whatever is no decimal (adjusted prices, missing values) is stored as it is, by `pco`; either
//! way the bits come back.

use pco::data_types::Number;
use pco::standalone::{DecompressorItem, FileDecompressor, simple_compress_into};
use pco::{ChunkConfig, DeltaSpec};

use super::bars::{Bars, View};
use super::decimal::{decimal, digits, power, whole};
use super::packed::{pack, unpack};
use crate::checksum::crc32;

/// The format that is written.
pub const FORMAT: u8 = 1;

/// In the place of digits: the numbers are no decimals and are stored as doubles.
const RAW: u8 = 255;

/// The most bars of a chunk, so that a hostile number asks for little memory.
pub const MOST_BARS: usize = 1 << 16;

const PARTS: usize = 6;
/// Where the head has the lengths of the parts.
const LENGTHS: usize = 32;
const HEAD: usize = LENGTHS + 4 * PARTS;
const CHECKSUM: usize = 4;

/// How hard the compressor tries: beyond it the size gains a hundredth and the time doubles.
pub const LEVEL: usize = 6;

/// Turns bars into bytes; what it needs on the way is kept for the next chunk.
#[derive(Debug, Default)]
pub struct Encoder {
    whole: [Vec<i64>; 5],
    distances: Vec<i64>,
}

impl Encoder {
    /// The bytes of 1 to [`MOST_BARS`] bars whose times go up.
    pub fn encode(&mut self, bars: View<'_>) -> Vec<u8> {
        let prices = bars.values[..4]
            .iter()
            .try_fold(0, |least, column| digits(column, least));
        // The digits that the last column needed may be more than the first was found with.
        let prices = prices.filter(|&d| bars.values[..4].iter().all(|c| digits(c, d) == Some(d)));
        let volume = digits(bars.values[4], 0);
        let step = step(bars.time);

        let mut bytes = Vec::with_capacity(HEAD + 16 * bars.len());
        bytes.extend([FORMAT, prices.unwrap_or(RAW), volume.unwrap_or(RAW), 0]);
        #[expect(clippy::cast_possible_truncation, reason = "at most MOST_BARS")]
        bytes.extend((bars.len() as u32).to_le_bytes());
        bytes.extend(bars.time.first().copied().unwrap_or(0).to_le_bytes());
        bytes.extend(step.to_le_bytes());
        bytes.extend(0_i64.to_le_bytes());
        bytes.extend([0; 4 * PARTS]);

        self.distances.clear();
        self.distances.push(0);
        let distances = bars.time.windows(2).map(|t| t[1].wrapping_sub(t[0]) / step);
        self.distances.extend(distances);
        part(&mut bytes, 0, &self.distances);
        if let Some(digits) = prices {
            let base = self.prices(bars, digits);
            bytes[24..32].copy_from_slice(&base.to_le_bytes());
            for (place, column) in self.whole[..4].iter().enumerate() {
                part(&mut bytes, 1 + place, column);
            }
        } else {
            for (place, column) in bars.values[..4].iter().enumerate() {
                doubles(&mut bytes, 1 + place, column);
            }
        }
        if let Some(digits) = volume {
            whole(bars.values[4], digits, &mut self.whole[4]);
            part(&mut bytes, 5, &self.whole[4]);
        } else {
            doubles(&mut bytes, 5, bars.values[4]);
        }
        let sum = crc32(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }

    /// Prices as small whole numbers; the first open is told apart.
    fn prices(&mut self, bars: View<'_>, digits: u8) -> i64 {
        for (column, values) in self.whole.iter_mut().zip(&bars.values[..4]) {
            whole(values, digits, column);
        }
        let [open, high, low, close, _] = &mut self.whole;
        let base = open.first().copied().unwrap_or(0);
        let mut before = base;
        for (((o, h), l), c) in open.iter_mut().zip(high).zip(low).zip(close) {
            *h -= (*o).max(*c);
            *l = (*o).min(*c) - *l;
            let last = *c;
            *c -= *o;
            *o -= before;
            before = last;
        }
        base
    }
}

/// The largest step of which all distances are multiples; 1 for one bar.
fn step(time: &[i64]) -> i64 {
    let mut step = 0;
    for pair in time.windows(2) {
        let (mut a, mut b) = (step, pair[1].wrapping_sub(pair[0]));
        if a != 0 && b % a == 0 {
            continue;
        }
        while b != 0 {
            (a, b) = (b, a % b);
        }
        step = a;
        if step == 1 {
            break;
        }
    }
    step.max(1)
}

/// How a part is stored, its first byte.
mod how {
    /// Whole numbers in blocks of 128.
    pub const PACKED: u8 = 0;
    /// Whole numbers that spread too wide for that, by `pco`.
    pub const WIDE: u8 = 1;
    /// Doubles, by `pco`.
    pub const DOUBLES: u8 = 2;
}

fn part(bytes: &mut Vec<u8>, place: usize, numbers: &[i64]) {
    let from = bytes.len();
    bytes.push(how::PACKED);
    if pack(numbers, bytes).is_none() {
        bytes[from] = how::WIDE;
        compress(bytes, numbers, DeltaSpec::NoOp);
    }
    close(bytes, place, from);
}

fn doubles(bytes: &mut Vec<u8>, place: usize, numbers: &[f64]) {
    let from = bytes.len();
    bytes.push(how::DOUBLES);
    compress(bytes, numbers, DeltaSpec::TryConsecutive(1));
    close(bytes, place, from);
}

fn compress<T: Number>(bytes: &mut Vec<u8>, numbers: &[T], delta: DeltaSpec) {
    let how = ChunkConfig::default()
        .with_compression_level(LEVEL)
        .with_delta_spec(delta);
    let done = simple_compress_into(numbers, &how, bytes);
    debug_assert!(done.is_ok(), "a column of a chunk: {:?}", done.err());
}

/// Writes the length of a part that began there into the head.
fn close(bytes: &mut [u8], place: usize, from: usize) {
    #[expect(clippy::cast_possible_truncation, reason = "at most MOST_BARS numbers")]
    let len = (bytes.len() - from) as u32;
    let at = LENGTHS + 4 * place;
    bytes[at..at + 4].copy_from_slice(&len.to_le_bytes());
}

/// Why bytes are no chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Written by a newer version.
    Newer(u8),
    /// Cut short, or a part is.
    Short,
    /// The checksum is another.
    Checksum,
    /// A field of the head is outside its bounds.
    Head(&'static str),
    /// A part cannot be read.
    Part(&'static str),
}

impl core::fmt::Display for Fault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Newer(format) => write!(
                f,
                "its format is {format}, and this version reads up to {FORMAT}"
            ),
            Self::Short => f.write_str("it is cut short"),
            Self::Checksum => f.write_str("its checksum is another"),
            Self::Head(field) => write!(f, "its {field} cannot be"),
            Self::Part(column) => write!(f, "its {column} cannot be read"),
        }
    }
}

const COLUMNS: [&str; PARTS] = ["time", "open", "high", "low", "close", "volume"];

/// What the head of a chunk says.
#[derive(Debug, Clone, Copy)]
struct Head {
    prices: u8,
    volume: u8,
    bars: usize,
    first: i64,
    step: i64,
    base: i64,
    parts: [usize; PARTS],
}

/// Whether the bytes are those that were written.
///
/// # Errors
/// [`Fault`].
pub fn check(bytes: &[u8]) -> Result<(), Fault> {
    let body = bytes.len().checked_sub(CHECKSUM).ok_or(Fault::Short)?;
    let (body, sum) = bytes.split_at(body);
    match body.first() {
        None => return Err(Fault::Short),
        Some(&format) if format > FORMAT => return Err(Fault::Newer(format)),
        Some(0) => return Err(Fault::Head("format")),
        Some(_) => {}
    }
    if crc32(body).to_le_bytes() != sum {
        return Err(Fault::Checksum);
    }
    Ok(())
}

fn head(bytes: &[u8]) -> Result<Head, Fault> {
    let word = |at: usize| {
        bytes
            .get(at..at + 4)
            .and_then(|b| b.try_into().ok())
            .map(u32::from_le_bytes)
    };
    let long = |at: usize| {
        bytes
            .get(at..at + 8)
            .and_then(|b| b.try_into().ok())
            .map(i64::from_le_bytes)
    };
    let read = || {
        let mut parts = [0; PARTS];
        for (place, part) in parts.iter_mut().enumerate() {
            *part = word(LENGTHS + 4 * place)? as usize;
        }
        Some(Head {
            prices: *bytes.get(1)?,
            volume: *bytes.get(2)?,
            bars: word(4)? as usize,
            first: long(8)?,
            step: long(16)?,
            base: long(24)?,
            parts,
        })
    };
    let head = read().ok_or(Fault::Short)?;
    if head.bars == 0 || head.bars > MOST_BARS {
        return Err(Fault::Head("number of bars"));
    }
    if head.step < 1 {
        return Err(Fault::Head("step"));
    }
    for (digits, name) in [
        (head.prices, "digits of prices"),
        (head.volume, "digits of volumes"),
    ] {
        if digits != RAW && power(digits).is_none() {
            return Err(Fault::Head(name));
        }
    }
    Ok(head)
}

/// Turns bytes into bars; what it needs on the way is kept for the next chunk.
#[derive(Debug, Default)]
pub struct Decoder {
    whole: [Vec<i64>; 5],
}

impl Decoder {
    /// Adds the bars of a chunk to those that are there.
    ///
    /// # Errors
    /// [`Fault`], and nothing is added.
    pub fn decode(&mut self, bytes: &[u8], into: &mut Bars) -> Result<(), Fault> {
        check(bytes)?;
        let bytes = &bytes[..bytes.len() - CHECKSUM];
        let head = head(bytes)?;
        let mut rest = &bytes[HEAD..];
        let mut parts = [rest; PARTS];
        for (part, len) in parts.iter_mut().zip(head.parts) {
            (*part, rest) = rest.split_at_checked(len).ok_or(Fault::Short)?;
        }
        if !rest.is_empty() {
            return Err(Fault::Head("length"));
        }
        let had = into.len();
        let read = self.read(&head, &parts, into);
        if read.is_err() {
            into.time.truncate(had);
            for column in into.values_mut() {
                column.truncate(had);
            }
        }
        read
    }

    fn read(&mut self, head: &Head, parts: &[&[u8]; PARTS], into: &mut Bars) -> Result<(), Fault> {
        let n = head.bars;
        let had = into.len();
        into.reserve(n).map_err(|_| Fault::Head("number of bars"))?;

        into.time.resize(had + n, 0);
        let time = &mut into.time[had..];
        whole_numbers(parts[0], time, 0)?;
        let mut at = head.first;
        for (bar, distance) in time.iter_mut().enumerate() {
            let next = distance
                .checked_mul(head.step)
                .and_then(|d| at.checked_add(d));
            let next = next.filter(|&t| (t > at) == (bar > 0) && (bar > 0 || t == at));
            at = next.ok_or(Fault::Part(COLUMNS[0]))?;
            *distance = at;
        }
        for column in into.values_mut() {
            column.resize(had + n, 0.0);
        }
        let [open, high, low, close, volume] = into.values_mut();
        let prices = [open, high, low, close].map(|column| &mut column[had..]);
        if let Some(power) = power(head.prices) {
            self.prices(head, power, parts, prices)?;
        } else {
            for (place, column) in prices.into_iter().enumerate() {
                any_numbers(parts[1 + place], column, 1 + place)?;
            }
        }
        let volume = &mut volume[had..];
        if let Some(power) = power(head.volume) {
            let whole = &mut self.whole[4];
            whole.resize(n, 0);
            whole_numbers(parts[5], whole, 5)?;
            for (value, &whole) in volume.iter_mut().zip(&*whole) {
                *value = decimal(whole, power);
            }
            return Ok(());
        }
        any_numbers(parts[5], volume, 5)
    }

    fn prices(
        &mut self,
        head: &Head,
        power: f64,
        parts: &[&[u8]; PARTS],
        prices: [&mut [f64]; 4],
    ) -> Result<(), Fault> {
        for (place, column) in self.whole[..4].iter_mut().enumerate() {
            column.resize(head.bars, 0);
            whole_numbers(parts[1 + place], column, 1 + place)?;
        }
        let [open, high, low, close, _] = &self.whole;
        let [to_open, to_high, to_low, to_close] = prices;
        let mut before = head.base;
        for bar in 0..head.bars {
            // Hostile numbers may be of any size.
            let o = before.wrapping_add(open[bar]);
            let c = o.wrapping_add(close[bar]);
            let (upper, lower) = if o > c { (o, c) } else { (c, o) };
            to_open[bar] = decimal(o, power);
            to_high[bar] = decimal(upper.wrapping_add(high[bar]), power);
            to_low[bar] = decimal(lower.wrapping_sub(low[bar]), power);
            to_close[bar] = decimal(c, power);
            before = c;
        }
        Ok(())
    }
}

/// Reads a part of whole numbers, of which there must be exactly as many as there is room for.
fn whole_numbers(part: &[u8], to: &mut [i64], place: usize) -> Result<(), Fault> {
    let read = match part.split_first() {
        Some((&how::PACKED, bytes)) => unpack(bytes, to),
        Some((&how::WIDE, bytes)) => decompress(bytes, to),
        _ => None,
    };
    read.ok_or(Fault::Part(COLUMNS[place]))
}

/// Reads a part of doubles.
fn any_numbers(part: &[u8], to: &mut [f64], place: usize) -> Result<(), Fault> {
    let read = match part.split_first() {
        Some((&how::DOUBLES, bytes)) => decompress(bytes, to),
        _ => None,
    };
    read.ok_or(Fault::Part(COLUMNS[place]))
}

/// Reads what `pco` wrote in one piece, as [`compress`] has it do. Whatever it never writes is refused before it is
/// read: of a dictionary `pco` takes memory for as many values as its 25 bits say, however short the bytes are.
fn decompress<T: Number>(bytes: &[u8], to: &mut [T]) -> Option<()> {
    /// Where a piece says how it was made, behind the type and the number of its values: in the low four bits.
    const MODE: usize = 4;
    const DICTIONARY: u8 = 4;

    let (file, piece) = FileDecompressor::new(bytes).ok()?;
    if piece.get(MODE)? & 15 == DICTIONARY {
        return None;
    }
    let DecompressorItem::Chunk(mut piece) = file.chunk_decompressor::<T, _>(piece).ok()? else {
        return None;
    };
    if piece.n() != to.len() {
        return None;
    }
    let read = piece.read(to).ok()?;
    let [end] = piece.into_src() else {
        return None;
    };
    (read.finished && read.n_processed == to.len() && *end == 0).then_some(())
}

/// The bars of a chunk.
///
/// # Errors
/// [`Fault`].
pub fn read_bars(bytes: &[u8]) -> Result<Bars, Fault> {
    let mut bars = Bars::default();
    Decoder::default().decode(bytes, &mut bars)?;
    Ok(bars)
}

/// How many bars a chunk says it has, without a look at them.
pub(super) fn bars(bytes: &[u8]) -> Option<u64> {
    head(bytes).ok().map(|head| head.bars as u64)
}
