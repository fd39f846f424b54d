//! What the store below can say, in the project's words.

use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};

use redb::{
    CommitError, CompactionError, DatabaseError, StorageError, TableError, TransactionError,
};

use super::chunk;
use super::series::Series;
use crate::error::{Code, Error};

/// An error of the store on the way to an [`Error`].
#[derive(Debug)]
pub(super) enum Fault {
    /// Of ours, ready.
    Said(Error),
    /// The file is held by another writer.
    Held,
    /// Its writer did not close it; whoever writes next puts it in order.
    Unclosed,
    /// It has no tables; a writer may be about to make them.
    Unmade,
    /// Storage failed; it cannot be used until it is opened again.
    Storage(StorageError),
    /// The file is not what was written.
    Damaged(String),
}

macro_rules! faults {
    ($($kind:ident($storage:path),)+) => {
        $(impl From<$kind> for Fault {
            fn from(error: $kind) -> Self {
                match error {
                    $storage(storage) => Self::from(storage),
                    other => Self::Damaged(other.to_string()),
                }
            }
        })+
    };
}

faults! {
    TransactionError(TransactionError::Storage),
    TableError(TableError::Storage),
    CommitError(CommitError::Storage),
    CompactionError(CompactionError::Storage),
}

impl From<StorageError> for Fault {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Corrupted(what) => Self::Damaged(what),
            other => Self::Storage(other),
        }
    }
}

impl From<DatabaseError> for Fault {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch => Self::Held,
            DatabaseError::RepairAborted => Self::Unclosed,
            DatabaseError::Storage(storage) => Self::from(storage),
            other => Self::Damaged(other.to_string()),
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Said(error)
    }
}

impl Fault {
    /// A chunk that cannot be read.
    pub(super) fn chunk(series: &Series, first: i64, fault: chunk::Fault) -> Self {
        let code = match fault {
            chunk::Fault::Newer(_) => Code::CacheVersion,
            _ => Code::CacheDamaged,
        };
        let name = chunk_name(series, first);
        let bound = "fetch the bars again, or remove them";
        let why = format!("chunk {name} is damaged: {fault}; to mend it: {bound}");
        Self::Said(Error::new(code, "chunk", name, bound, why))
    }

    /// Whether the store has to be opened again before it does anything more.
    pub(super) const fn ends_it(&self) -> bool {
        matches!(self, Self::Storage(_))
    }

    /// The error that a caller sees.
    pub(super) fn into_error(self, path: &str) -> Error {
        match self {
            Self::Said(error) => error,
            Self::Held => {
                let bound = "one writer; open it read-only, or wait longer";
                let why = format!("cache {path} is held by another writer: there can be {bound}");
                Error::new(Code::CacheLocked, "path", path, bound, why)
            }
            Self::Unclosed => {
                let bound = "a writer that opens it once";
                let why =
                    format!("cache {path} was not closed by its writer; to read it takes {bound}");
                Error::new(Code::CacheReadOnly, "path", path, bound, why)
            }
            Self::Unmade => Self::Damaged("it has no tables of bars".into()).into_error(path),
            Self::Storage(StorageError::Io(error)) => of_io(&error, path),
            Self::Storage(other) => {
                let why = format!("cache {path} cannot be read or written: {other}");
                Error::new(Code::CacheStorage, "path", path, "", why)
            }
            Self::Damaged(what) => {
                let bound = "verify it, or remove the file and fetch anew";
                let why = format!("cache {path} is damaged: {what}; to mend it: {bound}");
                Error::new(Code::CacheDamaged, "path", path, bound, why)
            }
        }
    }
}

fn of_io(error: &std::io::Error, path: &str) -> Error {
    let (code, bound) = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => (
            Code::CacheFull,
            "free some room; what was stored before is there",
        ),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => (
            Code::CacheReadOnly,
            "open it read-only, or change the file's permissions",
        ),
        ErrorKind::InvalidData => (Code::CacheDamaged, "the file of a cache"),
        ErrorKind::NotFound => (
            Code::CacheStorage,
            "an existing folder, and for reading an existing file",
        ),
        _ => (Code::CacheStorage, ""),
    };
    let mend = if bound.is_empty() {
        String::new()
    } else {
        format!("; it wants: {bound}")
    };
    Error::new(
        code,
        "path",
        path,
        bound,
        format!("cache {path}: {error}{mend}"),
    )
}

/// What a chunk is called.
pub(super) fn chunk_name(series: &Series, first: i64) -> String {
    format!("{series} from {first}")
}

/// Runs something of the store; a file that was altered by others can make it panic.
pub(super) fn guarded<T>(run: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(Fault::Damaged(
            said.unwrap_or("its pages contradict each other").to_owned(),
        ))
    })
}
