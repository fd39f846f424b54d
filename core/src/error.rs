//! What can go wrong, said once for every host.

use core::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// The kind of an error: the same word in Rust, Python, JavaScript and HTTP.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $name,)+
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The word that the hosts show as `.code`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

codes! {
    /// No indicator has this id.
    UnknownIndicator = "unknown_indicator",
    /// No pattern has this name.
    UnknownPattern = "unknown_pattern",
    /// The indicator has no parameter of this name.
    UnknownParam = "unknown_param",
    /// A parameter has the wrong type: text for a number, or a fraction for a whole number.
    ParamType = "param_type",
    /// A number is outside its bounds, or not finite.
    ParamRange = "param_range",
    /// A text is none of the choices.
    ParamChoice = "param_choice",
    /// `compat` names no profile.
    UnknownProfile = "unknown_profile",
    /// Too few or too many inputs.
    InputCount = "input_count",
    /// An input cannot be read as numbers.
    InputType = "input_type",
    /// A value of an input is outside its bounds, or not finite where it must be.
    InputRange = "input_range",
    /// Inputs of one call differ in length.
    InputLength = "input_length",
    /// Inputs of one call have labels that differ, so that their bars do not belong together.
    InputIndex = "input_index",
    /// Times look like seconds, or are beyond what a double holds exactly.
    TimeUnit = "time_unit",
    /// A time lies before that of an earlier bar.
    TimeOrder = "time_order",
    /// A time zone or an opening time that cannot be read, or another than a snapshot's.
    Session = "session",
    /// No family of patterns has this id.
    UnknownFamily = "unknown_family",
    /// No kind of transform has this id.
    UnknownTransform = "unknown_transform",
    /// A set names a column that is not there.
    UnknownColumn = "unknown_column",
    /// A set's member uses a source that gives no series.
    Source = "source",
    /// A bar builder was fed with ticks and with bars.
    MixedFeed = "mixed_feed",
    /// There is no closed bar to replace.
    NothingToReplace = "nothing_to_replace",
    /// The bytes are no snapshot.
    SnapshotFormat = "snapshot_format",
    /// The snapshot was written by a newer version.
    SnapshotVersion = "snapshot_version",
    /// The snapshot is cut short or was altered.
    SnapshotDamaged = "snapshot_damaged",
    /// The state is larger than a snapshot can be.
    SnapshotSize = "snapshot_size",
    /// A cache, or a chunk of it, is not what was written.
    CacheDamaged = "cache_damaged",
    /// A cache was written by a newer version.
    CacheVersion = "cache_version",
    /// A cache has another writer.
    CacheLocked = "cache_locked",
    /// A cache cannot be written.
    CacheReadOnly = "cache_read_only",
    /// There is no room for a cache.
    CacheFull = "cache_full",
    /// A cache's file cannot be read or written.
    CacheStorage = "cache_storage",
    /// A source of bars gave none, or what it gave are none.
    FetchFailed = "fetch_failed",
    /// It was cancelled before it was done.
    Cancelled = "cancelled",
    /// An object was used after it was freed.
    Freed = "freed",
    /// The package was used before `init` had finished.
    NotReady = "not_ready",
    /// Memory could not be had.
    OutOfMemory = "out_of_memory",
}

/// An error with what a caller needs to mend it: which argument, what it was, what it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The kind.
    pub code: Code,
    /// The parameter, input or id at fault.
    pub name: String,
    /// What was given.
    pub value: String,
    /// What would have been right.
    pub bound: String,
    message: String,
}

impl Error {
    /// Builds an error; `message` is lower case and without a full stop.
    pub fn new(
        code: Code,
        name: impl Into<String>,
        value: impl Into<String>,
        bound: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            name: name.into(),
            value: value.into(),
            bound: bound.into(),
            message: message.into(),
        }
    }

    /// The sentence shown to people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The same error of a member of a set: which one, the name of a parameter alone does not tell.
    #[must_use]
    pub(crate) fn of_member(mut self, id: &str) -> Self {
        if !self.message.starts_with(id) {
            self.message = format!("{id}: {}", self.message);
        }
        self
    }

    /// An input that is not as long as the first one.
    #[must_use]
    pub fn input_length(name: &str, len: usize, first: &str, expected: usize) -> Self {
        Self::new(
            Code::InputLength,
            name,
            len.to_string(),
            expected.to_string(),
            format!("input {name} has {len} bars but {first} has {expected}"),
        )
    }

    /// Memory for so many more of something could not be had.
    #[must_use]
    pub fn out_of_memory(n: impl fmt::Display, what: &str) -> Self {
        let message = format!("there is no memory for {n} more {what}");
        Self::new(Code::OutOfMemory, "memory", n.to_string(), "", message)
    }

    pub(crate) fn damaged(what: &str) -> Self {
        Self::new(
            Code::SnapshotDamaged,
            "snapshot",
            "",
            "",
            format!("snapshot is damaged: {what}"),
        )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for Error {}
