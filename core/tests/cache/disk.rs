//! Storage that fails: full, cut off in the middle of a write, or not writable.

use std::io::{Error as IoError, ErrorKind};
use std::sync::{Arc, Mutex};

use redb::StorageBackend;
use tvf_core::Code;
use tvf_core::cache::{Cache, Note, Options};

use super::common::{ALL, Folder, minutes, options, put, same, series};

/// Bytes in memory that fail after so many writes, and keep what was written before.
#[derive(Debug, Clone)]
struct Failing {
    bytes: Arc<Mutex<Vec<u8>>>,
    /// How many writes are left, and what the one after them says.
    left: Arc<Mutex<usize>>,
    kind: ErrorKind,
    /// What a write leaves behind that fails: its first half, as when the power goes.
    torn: bool,
}

impl Failing {
    fn new(kind: ErrorKind, torn: bool) -> Self {
        Self {
            bytes: Arc::default(),
            left: Arc::new(Mutex::new(usize::MAX)),
            kind,
            torn,
        }
    }

    fn fail_after(&self, writes: usize) {
        *self.left.lock().unwrap() = writes;
    }

    /// The same bytes, on storage that works.
    fn working(&self) -> Self {
        let bytes = Arc::new(Mutex::new(self.bytes.lock().unwrap().clone()));
        Self {
            bytes,
            left: Arc::new(Mutex::new(usize::MAX)),
            ..self.clone()
        }
    }

    fn spend(&self) -> Result<(), IoError> {
        let mut left = self.left.lock().unwrap();
        if *left == 0 {
            return Err(IoError::from(self.kind));
        }
        *left -= 1;
        Ok(())
    }
}

impl StorageBackend for Failing {
    fn len(&self) -> Result<u64, IoError> {
        Ok(self.bytes.lock().unwrap().len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), IoError> {
        let bytes = self.bytes.lock().unwrap();
        let from = usize::try_from(offset).unwrap();
        let part = bytes.get(from..from + out.len());
        out.copy_from_slice(part.ok_or(IoError::from(ErrorKind::UnexpectedEof))?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> Result<(), IoError> {
        self.spend()?;
        self.bytes
            .lock()
            .unwrap()
            .resize(usize::try_from(len).unwrap(), 0);
        Ok(())
    }

    fn sync_data(&self) -> Result<(), IoError> {
        self.spend()
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), IoError> {
        let from = usize::try_from(offset).unwrap();
        let spent = self.spend();
        let kept = if spent.is_ok() {
            data
        } else {
            &data[..data.len() / 2]
        };
        if spent.is_ok() || self.torn {
            self.bytes.lock().unwrap()[from..from + kept.len()].copy_from_slice(kept);
        }
        spent
    }
}

/// Fails at each write of a put in turn: afterwards the bars are those before it, or those after it.
fn every_write_fails(kind: ErrorKind, torn: bool, code: Code) {
    let series = series("X", "1m");
    let (before, more) = (minutes(0, 3000, 0), minutes(2000, 3000, 1));
    let mut after = minutes(0, 2000, 0);
    after.extend(more.view()).unwrap();
    let mut failed = 0;
    for writes in 0.. {
        let storage = Failing::new(kind, torn);
        let cache = Cache::with_backend(storage.clone(), options()).unwrap();
        put(&cache, &series, &before);
        storage.fail_after(writes);
        let done = cache.put(&series, more.view(), Note::default());
        drop(cache);
        let again = Cache::with_backend(storage.working(), options()).unwrap();
        let found = again.get(&series, ALL).unwrap();
        assert_eq!(again.verify().unwrap(), []);
        match done {
            Ok(_) => {
                assert!(same(&found, &after));
                break;
            }
            Err(error) => {
                assert_eq!(error.code, code, "{error}");
                assert!(
                    same(&found, &before) || same(&found, &after),
                    "after {writes} writes"
                );
                failed += 1;
            }
        }
        // What came back can be written again.
        put(&again, &series, &more);
        assert!(same(&again.get(&series, ALL).unwrap(), &after));
    }
    assert!(failed > 3, "only {failed} writes");
}

#[test]
fn a_full_disk_loses_nothing() {
    every_write_fails(ErrorKind::StorageFull, false, Code::CacheFull);
}

#[test]
fn a_write_that_is_torn_loses_nothing() {
    every_write_fails(ErrorKind::Other, true, Code::CacheStorage);
}

#[test]
fn a_file_that_cannot_be_written_can_be_read() {
    let folder = Folder::new();
    let series = series("X", "1m");
    let bars = minutes(0, 500, 0);
    let cache = Cache::open(folder.file(), options()).unwrap();
    put(&cache, &series, &bars);
    drop(cache);
    let reading = Options {
        read_only: true,
        ..options()
    };
    let cache = Cache::open(folder.file(), reading).unwrap();
    assert!(same(&cache.get(&series, ALL).unwrap(), &bars));
    let error = cache
        .put(&series, bars.view(), Note::default())
        .unwrap_err();
    assert_eq!(error.code, Code::CacheReadOnly);
    assert_eq!(cache.compact().unwrap_err().code, Code::CacheReadOnly);
    cache.close();
    assert_eq!(cache.get(&series, ALL).unwrap_err().code, Code::Freed);
}

#[test]
fn a_path_that_cannot_be_says_so() {
    let folder = Folder::new();
    let error = Cache::open(folder.0.join("no/such/folder.redb"), options()).unwrap_err();
    assert_eq!(error.code, Code::CacheStorage);
    let reading = Options {
        read_only: true,
        ..options()
    };
    let error = Cache::open(folder.0.join("none.redb"), reading).unwrap_err();
    assert_eq!(error.code, Code::CacheStorage);
    assert!(error.message().contains("none.redb"), "{error}");
}
