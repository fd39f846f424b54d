//! By whose clock a host numbers the sessions of a stream.

use core::fmt;

use crate::error::{Code, Error};
use crate::session::Anchor;

/// The longest name of a zone: twice what the longest has.
const LONGEST: usize = 64;

/// A zone, an opening and an anchor. The core cannot read zones; it remembers which one was
/// followed, so that a stream does not go on by another clock, whose numbers would not fit.
#[derive(Debug, Clone)]
pub struct Clock {
    zone: String,
    /// The opening and the anchor.
    rest: String,
}

impl Clock {
    /// The clock of a zone; `open` in minutes after local midnight.
    ///
    /// # Errors
    /// [`Code::Session`] for a name that no zone can have, or an opening that no day has.
    pub fn new(zone: &str, open: f64, anchor: Anchor) -> Result<Self, Error> {
        check_zone(zone)?;
        if !(0.0..1440.0).contains(&open) {
            let bound = "a time of day, 0 or more and below 1440 minutes";
            let why = format!("open {open} is not {bound}");
            return Err(Error::new(
                Code::Session,
                "open",
                open.to_string(),
                bound,
                why,
            ));
        }
        let anchor = match anchor {
            Anchor::Minutes(minutes) => minutes.to_string(),
            other => format!("{:?}", other.word()),
        };
        let rest = format!("open {open}, anchor {anchor}");
        Ok(Self::from_words(zone, &rest))
    }

    /// The clock that [`Clock::words`] tells of.
    pub(crate) fn from_words(zone: &str, rest: &str) -> Self {
        Self {
            zone: zone.into(),
            rest: rest.into(),
        }
    }

    /// The zone, and what else there is to a clock.
    pub(crate) fn words(&self) -> [&str; 2] {
        [&self.zone, &self.rest]
    }

    /// The zone as it was given.
    #[must_use]
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// Whether both tell the same sessions; some hosts read zones in any case.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        self.zone.eq_ignore_ascii_case(&other.zone) && self.rest == other.rest
    }
}

/// Refuses a name that no zone can have.
pub(crate) fn check_zone(zone: &str) -> Result<(), Error> {
    if zone.is_empty() || zone.len() > LONGEST {
        let bound = format!("a name of 1 to {LONGEST} bytes");
        let why = format!("zone {zone:?} is not {bound}");
        return Err(Error::new(Code::Session, "zone", zone, bound, why));
    }
    Ok(())
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "zone {:?}, {}", self.zone, self.rest)
    }
}
