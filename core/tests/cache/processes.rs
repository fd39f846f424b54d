//! Several processes at one file: one writes, the others read.

use std::process::{Child, Command, Stdio};
use std::sync::Barrier;
use std::time::{Duration, Instant};

use tvf_core::Code;
use tvf_core::cache::{Bars, Cache, Options};

use super::common::{ALL, Folder, minutes, options, put, same, series};

/// Runs a test of this file that is ignored, in a process of its own, on a store.
pub fn child(test: &str, folder: &Folder) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env("TVF_CACHE_TEST", folder.file())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

pub fn path() -> Option<std::path::PathBuf> {
    std::env::var_os("TVF_CACHE_TEST").map(Into::into)
}

#[test]
#[ignore = "a part of another test"]
fn reads_until_it_sees_all() {
    let Some(path) = path() else { return };
    let cache = Cache::open(
        path,
        Options {
            read_only: true,
            ..options()
        },
    )
    .unwrap();
    let series = series("X", "1m");
    let began = Instant::now();
    let mut before = 0;
    loop {
        let bars = cache.get(&series, ALL).unwrap();
        // Every state that is seen is one that was committed.
        assert_eq!(bars.len() % 100, 0);
        assert!(bars.len() >= before);
        before = bars.len();
        assert!(same(
            &bars,
            &minutes(0, i64::try_from(bars.len()).unwrap(), 0)
        ));
        if bars.len() == 2000 {
            return;
        }
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "saw only {} bars",
            bars.len()
        );
    }
}

#[test]
fn readers_in_other_processes_see_every_commit_and_nothing_else() {
    let folder = Folder::new();
    let cache = Cache::open(folder.file(), options()).unwrap();
    let series = series("X", "1m");
    put(&cache, &series, &minutes(0, 100, 0));
    let readers: Vec<Child> = (0..3)
        .map(|_| child("processes::reads_until_it_sees_all", &folder))
        .collect();
    for minute in (100..2000).step_by(100) {
        put(&cache, &series, &minutes(minute, 100, 0));
        std::thread::sleep(Duration::from_millis(5));
    }
    for reader in readers {
        let done = reader.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success() && said.contains("1 passed"), "{said}");
    }
}

#[test]
#[ignore = "a part of another test"]
fn holds_the_file_until_it_is_told_to_go() {
    let Some(path) = path() else { return };
    let cache = Cache::open(&path, options()).unwrap();
    put(&cache, &series("X", "1m"), &minutes(0, 100, 0));
    std::fs::write(path.with_extension("held"), "").unwrap();
    while !path.with_extension("go").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_second_writer_is_told_or_waits() {
    let folder = Folder::new();
    let mut holder = child("processes::holds_the_file_until_it_is_told_to_go", &folder);
    while !folder.file().with_extension("held").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let error = Cache::open(folder.file(), options()).unwrap_err();
    assert_eq!(error.code, Code::CacheLocked);
    assert!(error.message().contains("another writer"), "{error}");
    let short = Options {
        wait: Duration::from_millis(60),
        ..options()
    };
    assert_eq!(
        Cache::open(folder.file(), short).unwrap_err().code,
        Code::CacheLocked
    );
    // A reader is not in the way.
    let reader = Cache::open(
        folder.file(),
        Options {
            read_only: true,
            ..options()
        },
    )
    .unwrap();
    assert_eq!(reader.get(&series("X", "1m"), ALL).unwrap().len(), 100);

    let go = folder.file().with_extension("go");
    let telling = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        std::fs::write(go, "").unwrap();
    });
    let long = Options {
        wait: Duration::from_secs(60),
        ..options()
    };
    let cache = Cache::open(folder.file(), long).unwrap();
    put(&cache, &series("X", "1m"), &minutes(100, 100, 0));
    telling.join().unwrap();
    assert!(holder.wait().unwrap().success());
    assert_eq!(reader.get(&series("X", "1m"), ALL).unwrap().len(), 200);
}

#[test]
fn of_several_who_open_a_new_file_at_once_one_writes_and_the_others_read() {
    let reading = Options {
        read_only: true,
        ..options()
    };
    for _ in 0..60 {
        let folder = Folder::new();
        let (start, end) = (Barrier::new(4), Barrier::new(4));
        let open = || {
            start.wait();
            let opened = match Cache::open(folder.file(), options()) {
                Err(error) if error.code == Code::CacheLocked => {
                    Cache::open(folder.file(), reading.clone())
                }
                other => other,
            };
            // Nobody goes before all are there: the file would have no writer then.
            end.wait();
            let cache = opened.unwrap();
            assert_eq!(cache.get(&series("X", "1m"), ALL).unwrap(), Bars::default());
            cache.options().read_only
        };
        let readers = std::thread::scope(|scope| {
            let all: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
            let all = all.into_iter().map(|thread| thread.join().unwrap());
            all.filter(|&reader| reader).count()
        });
        assert_eq!(readers, 3);
    }
}

#[test]
fn a_file_that_nobody_makes_a_store_of_cannot_be_read() {
    let folder = Folder::new();
    drop(redb::Database::create(folder.file()).unwrap());
    let reading = Options {
        read_only: true,
        ..options()
    };
    let error = Cache::open(folder.file(), reading).unwrap_err();
    assert_eq!(error.code, Code::CacheDamaged);
    assert!(error.message().contains("no tables of bars"), "{error}");
}
