//! A stream's state as bytes that any build of any host can resume.
//!
//! ```text
//! "TVFS" | version u16 | body length u32 | body | CRC-32 of all before u32
//! body: id | profile | parameter count u8 | (name | 0 number f64  or  1 word)… | replaceable u8
//!       | zone | opening and anchor, if there is a zone | latest time f64 | the one before f64 | state
//! ```
//! The second line is new in version 2.
//!
//! Texts are a length u8 and UTF-8; numbers are little-endian; every NaN has the same bits. The
//! state is what the kernels write, the record that takes back the last bar included. Kernels take
//! memory for bars as they read them, so that a small file cannot make a large window.

use crate::checksum::crc32;
use crate::clock::Clock;
use crate::codec::Codec;
use crate::error::{Code, Error};
use crate::indicator::find;
use crate::order::Order;
use crate::params::{Arg, Params, Profile};
use crate::stream::Stream;

const MAGIC: Magic = *b"TVFS";
const VERSION: u16 = 2;

/// What the bytes begin with.
pub(crate) type Magic = [u8; 4];
const HEADER: usize = size_of::<Magic>() + 2 + 4;
const CHECKSUM: usize = 4;

impl Stream {
    /// The whole state as bytes.
    ///
    /// # Errors
    /// [`Code::SnapshotSize`] for a state of 4 GiB and more, [`Code::OutOfMemory`].
    pub fn snapshot(&mut self) -> Result<Vec<u8>, Error> {
        let mut body = Vec::new();
        text(&mut body, self.entry.spec.id);
        text(&mut body, self.params.profile().as_str());
        let params = self.entry.spec.params;
        body.push(count(params.len()));
        for (i, param) in params.iter().enumerate() {
            text(&mut body, param.name);
            match self.params.arg(i) {
                Arg::Number(x) => {
                    body.push(0);
                    body.extend_from_slice(&x.to_le_bytes());
                }
                Arg::Text(word) => {
                    body.push(1);
                    text(&mut body, word);
                }
            }
        }
        body.push(u8::from(self.replaceable));
        match &self.clock {
            None => text(&mut body, ""),
            Some(clock) => clock.words().iter().for_each(|word| text(&mut body, word)),
        }
        for time in self.order.times() {
            let time = if time.is_nan() { f64::NAN } else { time };
            body.extend_from_slice(&time.to_le_bytes());
        }
        let mut codec = Codec::Measure(body.len() as u64);
        self.set.code(&mut codec)?;
        let Codec::Measure(whole) = codec else {
            return Err(Error::damaged("its state has no length"));
        };
        let mut bytes = header(MAGIC, VERSION, whole)?;
        bytes.extend_from_slice(&body);
        let mut codec = Codec::Write(bytes);
        self.set.code(&mut codec)?;
        let Codec::Write(bytes) = codec else {
            return Err(Error::damaged("its state was not written"));
        };
        Ok(sealed(bytes))
    }

    /// The stream that [`Stream::snapshot`] was taken of.
    ///
    /// # Errors
    /// [`Code::SnapshotFormat`] for bytes of something else, [`Code::SnapshotVersion`] for those of a
    /// newer version, and of an old one that does not say enough to go on, [`Code::SnapshotDamaged`]
    /// for cut or altered ones.
    pub fn restore(bytes: &[u8]) -> Result<Self, Error> {
        let (version, body) = open(bytes, MAGIC, VERSION)?;
        let mut body = Body(body);
        let id = body.text()?;
        let entry = find(id)?;
        let profile = Profile::parse(body.text()?)?;
        let mut args = Vec::new();
        for _ in 0..body.byte()? {
            let name = body.text()?;
            let arg = match body.byte()? {
                0 => Arg::Number(f64::from_le_bytes(*body.take()?)),
                1 => Arg::Text(body.text()?),
                kind => return Err(Error::damaged(&format!("unknown kind of parameter {kind}"))),
            };
            args.push((name, arg));
        }
        let params = Params::named(&entry.spec, profile, args)?;
        let replaceable = match body.byte()? {
            flag @ (0 | 1) => flag == 1,
            flag => return Err(Error::damaged(&format!("unknown flag {flag}"))),
        };
        let mut stream = Self::new(entry, params);
        if version > 1 {
            let zone = body.text()?;
            if !zone.is_empty() {
                if !params.is("anchor", "number") {
                    return Err(Error::damaged("a zone for what has no sessions"));
                }
                stream.follow(Clock::from_words(zone, body.text()?));
            }
            let mut time = || body.take().map(|bytes| f64::from_le_bytes(*bytes));
            stream.order = Order::from_times([time()?, time()?])
                .ok_or_else(|| Error::damaged("its latest times are none"))?;
        } else if params.is("anchor", "number") {
            let why = "snapshot of format version 1 does not tell whether a zone made its numbers of sessions";
            return refuse(Code::SnapshotVersion, "1".into(), "2", why.into());
        }
        let mut codec = Codec::Read(body.0);
        stream.set.code(&mut codec)?;
        if !matches!(codec, Codec::Read([])) {
            return Err(Error::damaged("its state is too long"));
        }
        if replaceable && stream.set.bars() == 0 {
            return Err(Error::damaged("a bar can be replaced before the first"));
        }
        stream.replaceable = replaceable;
        Ok(stream)
    }
}

/// The length of a body as its header says it.
fn length(body: u64) -> Result<u32, Error> {
    u32::try_from(body).map_err(|_| {
        let why = format!(
            "a snapshot holds at most {} bytes of state, not {body}",
            u32::MAX
        );
        let bound = u32::MAX.to_string();
        Error::new(Code::SnapshotSize, "snapshot", body.to_string(), bound, why)
    })
}

fn refuse<T>(code: Code, value: String, bound: &str, why: String) -> Result<T, Error> {
    Err(Error::new(code, "snapshot", value, bound, why))
}

/// The beginning of the bytes whose body has a length, with room for the rest.
pub(crate) fn header(magic: Magic, version: u16, body: u64) -> Result<Vec<u8>, Error> {
    let length = length(body)?;
    let size = (length as usize).saturating_add(HEADER + CHECKSUM);
    let mut bytes = Vec::new();
    let room = bytes.try_reserve_exact(size);
    room.map_err(|_| Error::out_of_memory(size, "bytes of a snapshot"))?;
    bytes.extend_from_slice(&magic);
    bytes.extend_from_slice(&version.to_le_bytes());
    bytes.extend_from_slice(&length.to_le_bytes());
    Ok(bytes)
}

/// Header and body, with the checksum behind.
pub(crate) fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.extend_from_slice(&crc32(&bytes).to_le_bytes());
    bytes
}

/// Checks the envelope and gives the version and the body.
pub(crate) fn open(bytes: &[u8], magic: Magic, newest: u16) -> Result<(u16, &[u8]), Error> {
    if !bytes.starts_with(&magic) {
        let mark = magic.escape_ascii();
        let why = format!("bytes are not a snapshot: they do not begin with \"{mark}\"");
        return refuse(Code::SnapshotFormat, String::new(), &mark.to_string(), why);
    }
    let cut = || Error::damaged("it is cut short");
    let (version, rest) = bytes[magic.len()..].split_first_chunk().ok_or_else(cut)?;
    let version = u16::from_le_bytes(*version);
    if version == 0 || version > newest {
        let why = format!("snapshot has format version {version}, this build reads up to {newest}");
        let bound = newest.to_string();
        return refuse(Code::SnapshotVersion, version.to_string(), &bound, why);
    }
    let (length, rest) = rest.split_first_chunk().ok_or_else(cut)?;
    let length = u32::from_le_bytes(*length) as usize;
    let (body, checksum) = rest.split_at_checked(length).ok_or_else(cut)?;
    let checksum = <[u8; CHECKSUM]>::try_from(checksum)
        .map_err(|_| Error::damaged("its length does not match its header"))?;
    if crc32(&bytes[..HEADER + length]) != u32::from_le_bytes(checksum) {
        return Err(Error::damaged("its checksum does not match"));
    }
    Ok((version, body))
}

/// What is left of a body.
pub(crate) struct Body<'a>(pub(crate) &'a [u8]);

impl<'a> Body<'a> {
    fn take<const N: usize>(&mut self) -> Result<&'a [u8; N], Error> {
        let (head, tail) = self
            .0
            .split_first_chunk()
            .ok_or_else(|| Error::damaged("it is cut short"))?;
        self.0 = tail;
        Ok(head)
    }

    fn byte(&mut self) -> Result<u8, Error> {
        self.take::<1>().map(|b| b[0])
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, Error> {
        let length = usize::from(self.byte()?);
        let (head, tail) = self
            .0
            .split_at_checked(length)
            .ok_or_else(|| Error::damaged("it is cut short"))?;
        self.0 = tail;
        core::str::from_utf8(head).map_err(|_| Error::damaged("a text is not UTF-8"))
    }
}

fn count(n: usize) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}

pub(crate) fn text(bytes: &mut Vec<u8>, text: &str) {
    bytes.push(count(text.len()));
    bytes.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_that_no_header_can_tell_is_refused() {
        assert_eq!(length(u64::from(u32::MAX)), Ok(u32::MAX));
        let error = length(1 << 32).map_err(|e| (e.code, e.value, e.bound));
        let told = (
            Code::SnapshotSize,
            "4294967296".to_string(),
            "4294967295".to_string(),
        );
        assert_eq!(error, Err(told));
    }
}
