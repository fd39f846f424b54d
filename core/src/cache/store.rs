//! The file: opening it, its tables, and what runs when it fails.

use core::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use redb::{
    Builder, ConcurrencyMode, Database, ReadOnlyDatabase, ReadTransaction, ReadableDatabase,
    StorageBackend, TableDefinition, WriteTransaction,
};

use super::fault::{Fault, guarded};
use super::flights::Flights;
use super::freshness::Lifetimes;
use crate::error::{Code, Error};

/// What is known of a series, by its name.
pub(super) const SERIES: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("series");

/// Chunks by the number of their series and the time of their first bar.
pub(super) const CHUNKS: TableDefinition<'_, (u64, i64), &[u8]> = TableDefinition::new("chunks");

/// Single numbers: [`LAYOUT`] and [`NEXT_ID`].
pub(super) const NUMBERS: TableDefinition<'_, &str, u64> = TableDefinition::new("numbers");

/// The name of the number of the tables' layout.
const LAYOUT: &str = "layout";

/// The name of the number that the next series gets.
pub(super) const NEXT_ID: &str = "next_id";

/// The layout of the tables that is written.
pub const LAYOUT_VERSION: u64 = 1;

/// The clock of a store: milliseconds since 1970 UTC.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// How a store is opened.
#[derive(Clone)]
pub struct Options {
    /// Only to read; a writer may be at work in another process meanwhile.
    pub read_only: bool,
    /// How long to wait for another writer to go.
    pub wait: Duration,
    /// The most memory for pages that were read, in bytes.
    pub memory: usize,
    /// How long bars are believed.
    pub lifetimes: Lifetimes,
    /// What tells the time.
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            read_only: false,
            wait: Duration::ZERO,
            memory: 64 << 20,
            lifetimes: Lifetimes::default(),
            clock: Arc::new(|| {
                let since = SystemTime::now().duration_since(UNIX_EPOCH);
                since.map_or(0, |t| i64::try_from(t.as_millis()).unwrap_or(i64::MAX))
            }),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("read_only", &self.read_only)
            .field("wait", &self.wait)
            .field("memory", &self.memory)
            .field("lifetimes", &self.lifetimes)
            .finish_non_exhaustive()
    }
}

/// A database, to write or only to read.
enum Handle {
    Writer(Database),
    Reader(ReadOnlyDatabase),
    /// Closed, or failed and not yet opened again.
    Gone,
}

/// A store of bars on disk; every method may be called from several threads.
pub struct Cache {
    path: PathBuf,
    options: Options,
    handle: RwLock<Handle>,
    /// Whether the path is only a name, since somebody else brought what bytes are kept in.
    backed: bool,
    pub(super) flights: Arc<Flights>,
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        self.close();
    }
}

/// Closes a file. What is in it was committed; that a damaged one cannot be closed in good order changes
/// nothing.
fn shut(handle: &mut Handle) {
    let open = core::mem::replace(handle, Handle::Gone);
    drop(guarded(|| {
        drop(open);
        Ok(())
    }));
}

impl Cache {
    /// Opens a store, or makes one where there is no file yet.
    ///
    /// One process may write; any number may have it open to read meanwhile, and see each commit.
    ///
    /// # Errors
    /// [`Code::CacheLocked`] if another writer does not go in time, [`Code::CacheDamaged`],
    /// [`Code::CacheVersion`], [`Code::CacheReadOnly`], [`Code::CacheFull`], [`Code::CacheStorage`].
    pub fn open(path: impl AsRef<Path>, options: Options) -> Result<Self, Error> {
        let path = path.as_ref().to_path_buf();
        let handle = open_file(&path, &options);
        let handle = handle.map_err(|fault| fault.into_error(&path.display().to_string()))?;
        Ok(Self {
            path,
            options,
            handle: RwLock::new(handle),
            backed: false,
            flights: Arc::default(),
        })
    }

    /// A store to write in whatever keeps bytes.
    ///
    /// # Errors
    /// As [`Cache::open`].
    pub fn with_backend(backend: impl StorageBackend, options: Options) -> Result<Self, Error> {
        let path = PathBuf::from("in memory");
        let made = guarded(|| {
            let db =
                builder(&options, ConcurrencyMode::ExclusiveWriter).create_with_backend(backend)?;
            lay_out(&db)?;
            Ok(Handle::Writer(db))
        });
        let handle = made.map_err(|fault| fault.into_error(&path.display().to_string()))?;
        Ok(Self {
            path,
            options,
            handle: RwLock::new(handle),
            backed: true,
            flights: Arc::default(),
        })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How it was opened.
    #[must_use]
    pub const fn options(&self) -> &Options {
        &self.options
    }

    /// The time by its clock.
    #[must_use]
    pub fn now(&self) -> i64 {
        (self.options.clock)()
    }

    /// Closes the file; everything after that is an error.
    pub fn close(&self) {
        let mut handle = self.handle.write().unwrap_or_else(PoisonError::into_inner);
        shut(&mut handle);
    }

    /// Refuses a store that is only open to read, or closed.
    pub(super) fn check_writable(&self) -> Result<(), Error> {
        let fault = match &*self.lock() {
            Handle::Writer(_) => return Ok(()),
            Handle::Reader(_) => self.refused(),
            Handle::Gone => self.closed(),
        };
        Err(fault.into_error(&self.shown()))
    }

    fn shown(&self) -> String {
        self.path.display().to_string()
    }

    fn lock(&self) -> RwLockReadGuard<'_, Handle> {
        self.handle.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a reading transaction.
    pub(super) fn reading<T>(
        &self,
        run: impl FnOnce(&ReadTransaction) -> Result<T, Fault>,
    ) -> Result<T, Error> {
        let done = {
            let handle = self.lock();
            guarded(|| match &*handle {
                Handle::Writer(db) => run(&db.begin_read()?),
                Handle::Reader(db) => run(&db.begin_read()?),
                Handle::Gone => Err(self.closed()),
            })
        };
        self.after(done)
    }

    /// Runs a writing transaction, which is committed if nothing fails, and on disk afterwards.
    pub(super) fn writing<T>(
        &self,
        run: impl FnOnce(&WriteTransaction) -> Result<T, Fault>,
    ) -> Result<T, Error> {
        let done = {
            let handle = self.lock();
            guarded(|| {
                let transaction = match &*handle {
                    Handle::Writer(db) => db.begin_write()?,
                    Handle::Reader(_) => return Err(self.refused()),
                    Handle::Gone => return Err(self.closed()),
                };
                let done = run(&transaction);
                match done {
                    Ok(made) => {
                        transaction.commit()?;
                        Ok(made)
                    }
                    Err(fault) => {
                        // The first fault says more than one of the abort would.
                        drop(transaction.abort());
                        Err(fault)
                    }
                }
            })
        };
        self.after(done)
    }

    /// Runs something that must be alone.
    pub(super) fn alone<T>(
        &self,
        run: impl FnOnce(&mut Database) -> Result<T, Fault>,
    ) -> Result<T, Error> {
        let done = {
            let mut handle = self.handle.write().unwrap_or_else(PoisonError::into_inner);
            guarded(|| match &mut *handle {
                Handle::Writer(db) => run(db),
                Handle::Reader(_) => Err(self.refused()),
                Handle::Gone => Err(self.closed()),
            })
        };
        self.after(done)
    }

    /// After storage failed the database refuses everything: it is opened again, so that what was
    /// committed can be read.
    fn after<T>(&self, done: Result<T, Fault>) -> Result<T, Error> {
        done.map_err(|fault| {
            if fault.ends_it() && !self.backed {
                let mut handle = self.handle.write().unwrap_or_else(PoisonError::into_inner);
                if !matches!(*handle, Handle::Gone) {
                    // The old one holds the file's lock until it is dropped.
                    shut(&mut handle);
                    let again = open_file(&self.path, &self.options);
                    // With a disk that is full it may be possible only to read.
                    let only_read = || {
                        let reading = Options {
                            read_only: true,
                            ..self.options.clone()
                        };
                        open_file(&self.path, &reading)
                    };
                    if let Ok(opened) = again.or_else(|_| only_read()) {
                        *handle = opened;
                    }
                }
            }
            fault.into_error(&self.shown())
        })
    }

    fn refused(&self) -> Fault {
        let path = self.shown();
        let bound = "a cache that is open for writing";
        let why = format!("cache {path} is open only for reading; this needs {bound}");
        Fault::Said(Error::new(Code::CacheReadOnly, "path", path, bound, why))
    }

    fn closed(&self) -> Fault {
        let path = self.shown();
        let bound = "an open cache";
        let why = format!("cache {path} is closed; this needs {bound}");
        Fault::Said(Error::new(Code::Freed, "path", path, bound, why))
    }
}

fn builder(options: &Options, mode: ConcurrencyMode) -> Builder {
    let mut builder = Builder::new();
    builder
        .set_concurrency_mode(mode)
        .set_cache_size(options.memory);
    builder
}

fn open_file(path: &Path, options: &Options) -> Result<Handle, Fault> {
    const POLL: Duration = Duration::from_millis(20);
    // How long a reader waits for the writer that makes the file at this moment.
    const MAKING: Duration = Duration::from_secs(2);
    let began = Instant::now();
    loop {
        let opened = guarded(|| {
            let builder = builder(options, ConcurrencyMode::SingleWriter);
            if options.read_only {
                if std::fs::metadata(path).is_ok_and(|file| file.len() == 0) {
                    return Err(Fault::Unmade);
                }
                let db = builder.open_read_only(path)?;
                check_layout(&db)?;
                return Ok(Handle::Reader(db));
            }
            let db = builder.create(path)?;
            lay_out(&db)?;
            Ok(Handle::Writer(db))
        });
        match opened {
            Err(Fault::Held) if began.elapsed() < options.wait => std::thread::sleep(POLL),
            Err(Fault::Unmade) if began.elapsed() < options.wait.max(MAKING) => {
                std::thread::sleep(POLL);
            }
            // A writer that was killed leaves it so. What it had committed is there for the next one.
            Err(Fault::Unclosed) => {
                let mended = guarded(|| {
                    drop(builder(options, ConcurrencyMode::SingleWriter).open(path)?);
                    Ok(())
                });
                match mended {
                    Ok(()) => {}
                    Err(Fault::Held) if began.elapsed() < options.wait => std::thread::sleep(POLL),
                    Err(_) => return Err(Fault::Unclosed),
                }
            }
            other => return other,
        }
    }
}

/// Makes the tables of a new file, and checks those of an old one.
fn lay_out(db: &Database) -> Result<(), Fault> {
    if is_laid_out(&db.begin_read()?)? {
        return Ok(());
    }
    let transaction = db.begin_write()?;
    transaction.open_table(SERIES)?;
    transaction.open_table(CHUNKS)?;
    transaction
        .open_table(NUMBERS)?
        .insert(LAYOUT, LAYOUT_VERSION)?;
    transaction.commit()?;
    Ok(())
}

fn check_layout(db: &ReadOnlyDatabase) -> Result<(), Fault> {
    if is_laid_out(&db.begin_read()?)? {
        return Ok(());
    }
    Err(Fault::Unmade)
}

fn is_laid_out(transaction: &ReadTransaction) -> Result<bool, Fault> {
    let table = match transaction.open_table(NUMBERS) {
        Err(redb::TableError::TableDoesNotExist(_)) => return Ok(false),
        other => other?,
    };
    let layout = table.get(LAYOUT)?.map(|number| number.value());
    match layout {
        Some(LAYOUT_VERSION) => Ok(true),
        Some(newer) if newer > LAYOUT_VERSION => {
            let bound = LAYOUT_VERSION.to_string();
            let why = format!("the cache has layout {newer}; this version reads up to {bound}");
            Err(Fault::Said(Error::new(
                Code::CacheVersion,
                "layout",
                newer.to_string(),
                bound,
                why,
            )))
        }
        _ => Err(Fault::Damaged("its layout has no number".into())),
    }
}
