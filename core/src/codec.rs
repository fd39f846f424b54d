//! One walk over a state's fields serves both directions: writing a snapshot and reading one, and
//! measuring it before.

use crate::error::Error;

/// The bits every NaN is written as.
const CANONICAL_NAN: u64 = 0x7ff8_0000_0000_0000;

/// No series has more: positions of bars are doubles in tables.
const MOST_BARS: u64 = 1 << f64::MANTISSA_DIGITS;

/// Writes fields to bytes, or fills them from bytes. Little-endian, 8 bytes a field.
#[derive(Debug)]
pub enum Codec<'a> {
    /// Counts the bytes that would be written.
    Measure(u64),
    /// Collects bytes.
    Write(Vec<u8>),
    /// Takes bytes from the front.
    Read(&'a [u8]),
}

impl Codec<'_> {
    /// A number; every NaN is written alike.
    ///
    /// # Errors
    /// The bytes end too early.
    pub fn f64(&mut self, x: &mut f64) -> Result<(), Error> {
        let mut bits = if x.is_nan() {
            CANONICAL_NAN
        } else {
            x.to_bits()
        };
        self.u64(&mut bits)?;
        *x = f64::from_bits(bits);
        Ok(())
    }

    /// A count or position.
    ///
    /// # Errors
    /// The bytes end too early.
    pub fn u64(&mut self, x: &mut u64) -> Result<(), Error> {
        match self {
            Self::Measure(bytes) => *bytes += size_of::<u64>() as u64,
            Self::Write(bytes) => bytes.extend_from_slice(&x.to_le_bytes()),
            Self::Read(bytes) => {
                let (head, tail) = bytes.split_first_chunk().ok_or_else(too_short)?;
                *x = u64::from_le_bytes(*head);
                *bytes = tail;
            }
        }
        Ok(())
    }

    /// A count of bars or of runs of bars: far from overflowing, however long it goes on.
    ///
    /// # Errors
    /// The bytes end too early, or hold more than any series has.
    pub fn count(&mut self, x: &mut u64) -> Result<(), Error> {
        self.bounded(x, MOST_BARS)
    }

    /// A count that must stay within a bound, so that hostile bytes cannot lead outside a buffer.
    ///
    /// # Errors
    /// The bytes end too early, or the count is above `max`.
    pub fn bounded(&mut self, x: &mut u64, max: u64) -> Result<(), Error> {
        self.u64(x)?;
        if *x > max {
            return Err(Error::damaged(&format!("position {x} is above {max}")));
        }
        Ok(())
    }

    /// The length of a list whose items take `bytes` each: one that the bytes left cannot hold is
    /// refused before memory is taken for it.
    ///
    /// # Errors
    /// The bytes end too early.
    pub fn length(&mut self, len: usize, bytes: usize) -> Result<usize, Error> {
        let mut coded = len as u64;
        self.u64(&mut coded)?;
        match self {
            Self::Measure(_) | Self::Write(_) => Ok(len),
            Self::Read(left) => {
                let fits = (left.len() / bytes) as u64;
                let len = usize::try_from(coded).map_err(|_| too_short())?;
                if coded > fits {
                    return Err(too_short());
                }
                Ok(len)
            }
        }
    }
}

fn too_short() -> Error {
    Error::damaged("its state is cut short")
}

/// A value that can go through a [`Codec`].
pub trait Fields {
    /// Passes every field, always in the same order.
    ///
    /// # Errors
    /// The bytes end too early, or a field is out of bounds.
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error>;
}

impl Fields for f64 {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(self)
    }
}

impl Fields for u64 {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.u64(self)
    }
}

impl<T: Fields, const N: usize> Fields for [T; N] {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.iter_mut().try_for_each(|x| x.fields(codec))
    }
}
