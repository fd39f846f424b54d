//! What a store knows of a series besides its bars.

use super::spans::{Span, Spans};
use crate::checksum::crc32;

/// The format that is written.
const FORMAT: u8 = 1;

/// The longest name of a source that is kept, in bytes.
pub(super) const MOST_SOURCE: usize = 256;

/// What is known of a series.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Its number in the store's keys.
    pub(super) id: u64,
    /// How many bars there are.
    pub bars: u64,
    /// Times of the first and the last bar.
    pub ends: Option<(i64, i64)>,
    /// When the last bar, and the time after it, were asked for last, by the store's clock.
    pub fetched_at: i64,
    /// Where they came from.
    pub source: String,
    /// The last bar's time, if that bar was not finished when it came.
    pub forming: Option<i64>,
    /// The stretches of time that were asked for: without a bar there, there is none.
    pub covered: Spans,
}

impl About {
    /// As bytes: the format, then its fields, little-endian, and a CRC-32.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![FORMAT];
        let source = self.source.as_bytes();
        let (first, last) = self.ends.unwrap_or((0, -1));
        bytes.extend(self.id.to_le_bytes());
        bytes.extend(self.bars.to_le_bytes());
        for number in [
            first,
            last,
            self.fetched_at,
            self.forming.unwrap_or(i64::MIN),
        ] {
            bytes.extend(number.to_le_bytes());
        }
        let spans = self.covered.as_slice();
        bytes.extend((source.len() as u64).to_le_bytes());
        bytes.extend(source);
        bytes.extend((spans.len() as u64).to_le_bytes());
        for span in spans {
            bytes.extend(span.start.to_le_bytes());
            bytes.extend(span.end.to_le_bytes());
        }
        let sum = crc32(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }

    /// Reads bytes; nothing if they are not what was written.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(4)?)?;
        if crc32(body).to_le_bytes() != sum {
            return None;
        }
        let (&[FORMAT], mut rest) = body.split_first_chunk::<1>()? else {
            return None;
        };
        let rest = &mut rest;
        let (id, bars) = (number(rest)?.cast_unsigned(), number(rest)?.cast_unsigned());
        let [first, last, fetched_at, forming] =
            [number(rest)?, number(rest)?, number(rest)?, number(rest)?];
        let len = usize::try_from(number(rest)?).ok()?;
        let (source, left) = rest.split_at_checked(len)?;
        *rest = left;
        let count = usize::try_from(number(rest)?).ok()?;
        let mut spans = Vec::new();
        for _ in 0..count {
            spans.push(Span {
                start: number(rest)?,
                end: number(rest)?,
            });
        }
        rest.is_empty().then_some(())?;
        Some(Self {
            id,
            bars,
            ends: (first <= last).then_some((first, last)),
            fetched_at,
            source: String::from_utf8(source.to_vec()).ok()?,
            forming: (forming != i64::MIN).then_some(forming),
            covered: Spans::of_sorted(spans)?,
        })
    }
}

/// Takes the next number off bytes.
fn number(bytes: &mut &[u8]) -> Option<i64> {
    let (number, left) = bytes.split_first_chunk::<8>()?;
    *bytes = left;
    Some(i64::from_le_bytes(*number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> About {
        let mut covered = Spans::default();
        covered.add(Span { start: 1, end: 5 });
        covered.add(Span { start: 9, end: 9 });
        About {
            id: 7,
            bars: 3,
            ends: Some((1, 9)),
            fetched_at: 100,
            source: "köln".into(),
            forming: Some(9),
            covered,
        }
    }

    #[test]
    fn reads_what_it_writes() {
        for about in [some(), About::default()] {
            assert_eq!(About::decode(&about.encode()), Some(about));
        }
    }

    #[test]
    fn no_altered_byte_is_believed() {
        let bytes = some().encode();
        for place in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[place] ^= 16;
            assert_eq!(About::decode(&altered), None);
            assert_eq!(About::decode(&bytes[..place]), None);
        }
    }
}
