//! Reading through the store, and loading in the background.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use tvf_core::cache::{
    Bars, Cache, Failure, Fetching, Loader, Loading, Options, Retry, Series, Source, Span, Wanted,
};
use tvf_core::{Code, Error};

use super::common::{ALL, Folder, bars, options, put, same, series};

const MINUTE: i64 = 60_000;
/// Minutes that the sources have.
const HAS: usize = 500;
/// The time after the last of them.
const END: i64 = 500 * MINUTE;

type Answer = Box<dyn Fn(u64, &Series, Span) -> Result<Bars, Failure> + Send + Sync>;

/// A source that counts what it is asked.
struct Told {
    asked: Mutex<Vec<(String, Span)>>,
    answer: Answer,
}

impl Source for Told {
    fn name(&self) -> &'static str {
        "told"
    }

    fn fetch(&self, series: &Series, span: Span) -> Result<Bars, Failure> {
        let count = {
            let mut asked = self.asked.lock().unwrap();
            asked.push((series.to_string(), span));
            asked.len() as u64
        };
        (self.answer)(count, series, span)
    }
}

fn told(
    answer: impl Fn(u64, &Series, Span) -> Result<Bars, Failure> + Send + Sync + 'static,
) -> Arc<Told> {
    Arc::new(Told {
        asked: Mutex::default(),
        answer: Box::new(answer),
    })
}

/// The minutes of a series that are within a span.
fn has(series: &Series, span: Span) -> Bars {
    let seed = series.symbol().len() as u64;
    let times = (0..END).step_by(60_000);
    bars(times.filter(|&t| span.start <= t && t <= span.end), seed)
}

fn gone() -> Error {
    Error::new(Code::FetchFailed, "status", "503", "200", "told is busy")
}

fn quick() -> Fetching {
    Fetching {
        retry: Retry {
            tries: 3,
            first: Duration::from_millis(1),
            most: Duration::from_millis(20),
        },
        stale_while_revalidate: false,
    }
}

fn open(folder: &Folder, options: Options) -> Arc<Cache> {
    Arc::new(Cache::open(folder.file(), options).unwrap())
}

fn source(told: &Arc<Told>) -> Arc<dyn Source> {
    Arc::clone(told) as Arc<dyn Source>
}

#[test]
fn only_what_is_not_there_is_asked_for() {
    let folder = Folder::new();
    let cache = open(&folder, options());
    let (x, told) = (
        series("X", "1m"),
        told(|_, series, span| Ok(has(series, span))),
    );
    let span = |from: i64, to: i64| Span {
        start: from * MINUTE,
        end: to * MINUTE,
    };
    for (wanted, asked) in [
        (span(100, 199), vec![span(100, 199)]),
        (span(120, 150), vec![]),
        (
            span(50, 249),
            vec![
                Span {
                    start: 50 * MINUTE,
                    end: 100 * MINUTE - 1,
                },
                Span {
                    start: 199 * MINUTE + 1,
                    end: 249 * MINUTE,
                },
            ],
        ),
    ] {
        let before = told.asked.lock().unwrap().len();
        let got = cache
            .get_or_fetch(&x, wanted, &source(&told), quick())
            .unwrap();
        assert!(same(&got, &has(&x, wanted)));
        let all: Vec<Span> = told.asked.lock().unwrap()[before..]
            .iter()
            .map(|a| a.1)
            .collect();
        let ends = |spans: &[Span]| spans.iter().map(|s| (s.start, s.end)).collect::<Vec<_>>();
        // The time that the last bar stands for may count as known.
        assert_eq!(all.len(), asked.len(), "{:?}", ends(&all));
        for (a, b) in all.iter().zip(&asked) {
            assert!((a.start - b.start).abs() < MINUTE && (a.end - b.end).abs() < MINUTE);
        }
    }
    assert_eq!(cache.about(&x).unwrap().unwrap().source, "told");
}

#[test]
fn one_fetches_for_all_who_wait() {
    let folder = Folder::new();
    let cache = open(&folder, options());
    let told = told(|_, series, span| {
        thread::sleep(Duration::from_millis(50));
        Ok(has(series, span))
    });
    let x = series("X", "1m");
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                let got = cache
                    .get_or_fetch(&x, ALL, &source(&told), quick())
                    .unwrap();
                assert!(same(&got, &has(&x, ALL)));
            });
        }
    });
    assert_eq!(told.asked.lock().unwrap().len(), 1);
}

#[test]
fn all_who_wait_hear_of_a_failure_and_the_next_tries_again() {
    let folder = Folder::new();
    let cache = open(&folder, options());
    let told = told(|count, series, span| {
        thread::sleep(Duration::from_millis(50));
        if count == 1 {
            return Err(Failure::lasting(gone()));
        }
        Ok(has(series, span))
    });
    let x = series("X", "1m");
    let failed = AtomicU64::new(0);
    let (gate, ready) = (std::sync::Barrier::new(8), &failed);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                gate.wait();
                if let Err(error) = cache.get_or_fetch(&x, ALL, &source(&told), quick()) {
                    assert_eq!(error, gone());
                    ready.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert!(failed.load(Ordering::Relaxed) >= 1);
    assert_eq!(
        cache
            .get_or_fetch(&x, ALL, &source(&told), quick())
            .unwrap()
            .len(),
        HAS
    );
}

#[test]
fn what_passes_is_tried_again_and_what_lasts_is_not() {
    let folder = Folder::new();
    let cache = open(&folder, options());
    for (failures, tries, again) in [
        (2, 3, Some(0)),
        (9, 3, Some(0)),
        (9, 1, None),
        (9, 1, Some(60_000)),
    ] {
        let name = format!("X{failures}{tries}{again:?}");
        let x = series(&name, "1m");
        let told = told(move |count, series, span| {
            let again = again.map(Duration::from_millis);
            if count <= failures {
                return Err(Failure {
                    error: gone(),
                    again,
                });
            }
            Ok(has(series, span))
        });
        let got = cache.get_or_fetch(&x, ALL, &source(&told), quick());
        assert_eq!(got.is_ok(), failures < tries);
        assert_eq!(told.asked.lock().unwrap().len() as u64, tries);
    }
}

#[test]
fn an_answer_that_is_no_bars_is_refused_by_name() {
    let folder = Folder::new();
    let cache = open(&folder, options());
    let told = told(|_, _, _| Ok(bars([5, 5], 0)));
    let error = cache
        .get_or_fetch(&series("X", "1m"), ALL, &source(&told), quick())
        .unwrap_err();
    assert_eq!(error.code, Code::FetchFailed);
    assert!(
        error.message().contains("told gave bars of X:1m"),
        "{error}"
    );
    assert!(cache.all().unwrap().is_empty());
}

#[test]
fn old_bars_are_given_at_once_and_renewed_behind() {
    let folder = Folder::new();
    let now = Arc::new(AtomicI64::new(END));
    let clock = Arc::clone(&now);
    let cache = open(
        &folder,
        Options {
            clock: Arc::new(move || clock.load(Ordering::Relaxed)),
            ..Options::default()
        },
    );
    let (let_go, go) = mpsc::channel::<()>();
    let go = Mutex::new(go);
    let told = told(move |count, series, span| {
        if count > 1 {
            go.lock().unwrap().recv().unwrap();
        }
        Ok(has(
            series,
            Span {
                end: span.end.min(END / 2 * count.cast_signed()),
                ..span
            },
        ))
    });
    let x = series("X", "1m");
    let how = Fetching {
        stale_while_revalidate: true,
        ..quick()
    };
    let first = cache
        .get_or_fetch(&x, ALL, &source(&told), how)
        .unwrap()
        .len();
    assert_eq!(first, HAS / 2 + 1);
    now.fetch_add(10 * MINUTE, Ordering::Relaxed);
    // Many ask; all get what is there, and one fetch goes on.
    for _ in 0..5 {
        assert_eq!(
            cache
                .get_or_fetch(&x, ALL, &source(&told), how)
                .unwrap()
                .len(),
            first
        );
    }
    let_go.send(()).unwrap();
    while cache.get(&x, ALL).unwrap().len() != HAS {
        thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(told.asked.lock().unwrap().len(), 2);
}

#[test]
fn a_reader_gives_what_it_fetched_and_keeps_nothing() {
    let folder = Folder::new();
    let writer = open(&folder, options());
    let x = series("X", "1m");
    put(
        &writer,
        &x,
        &has(
            &x,
            Span {
                start: 0,
                end: 99 * MINUTE,
            },
        ),
    );
    let reader = open(
        &folder,
        Options {
            read_only: true,
            ..options()
        },
    );
    let told = told(|_, series, span| Ok(has(series, span)));
    let got = reader
        .get_or_fetch(&x, ALL, &source(&told), quick())
        .unwrap();
    assert!(same(&got, &has(&x, ALL)));
    assert_eq!(writer.get(&x, ALL).unwrap().len(), 100);
    let refused = Loader::start(&reader, &source(&told), vec![], Loading::default());
    assert_eq!(refused.unwrap_err().code, Code::CacheReadOnly);
}

fn wanted(symbols: usize) -> Vec<Wanted> {
    let wanted = |i| Wanted {
        series: series(&format!("S{i}"), "1m"),
        span: ALL,
    };
    (0..symbols).map(wanted).collect()
}

fn loading(fetchers: usize, room: usize) -> Loading {
    Loading {
        fetchers,
        room,
        retry: quick().retry,
    }
}

#[test]
fn a_loader_loads_all_but_what_fails_while_readers_read() {
    let folder = Folder::new();
    let cache = open(&folder, options());
    let tries = AtomicU64::new(0);
    let told = told(move |_, series, span| match series.symbol() {
        "S7" => Err(Failure::lasting(gone())),
        "S8" if tries.fetch_add(1, Ordering::Relaxed) < 2 => Err(Failure::passing(gone())),
        _ => Ok(has(series, span)),
    });
    let all = wanted(50);
    put(&cache, &all[3].series, &has(&all[3].series, ALL));
    let loader = Loader::start(&cache, &source(&told), all.clone(), loading(3, 4)).unwrap();
    while !loader.progress().ended {
        for wanted in &all {
            // Whole answers or none.
            let len = cache.get(&wanted.series, ALL).unwrap().len();
            assert!(len == 0 || len == HAS);
        }
    }
    let end = loader.wait(Duration::MAX);
    let failed: Vec<&str> = end
        .failed
        .iter()
        .map(|(series, _)| series.symbol())
        .collect();
    assert_eq!(failed, ["S7"]);
    // One series was there before.
    let bars = 48 * HAS as u64;
    assert_eq!((end.done, end.bars, end.cancelled), (49, bars, false));
    for wanted in &all {
        let is_there = !failed.contains(&wanted.series.symbol());
        assert_eq!(
            same(
                &cache.get(&wanted.series, ALL).unwrap(),
                &has(&wanted.series, ALL)
            ),
            is_there
        );
    }
    assert!(cache.verify().unwrap().is_empty());
    // Once more: nothing is asked for but what failed.
    let before = told.asked.lock().unwrap().len();
    let again = Loader::start(&cache, &source(&told), all, loading(3, 4)).unwrap();
    assert_eq!(again.wait(Duration::MAX).fresh, 49);
    assert_eq!(told.asked.lock().unwrap().len(), before + 1);
}

#[test]
fn a_source_that_is_faster_than_the_store_has_to_wait() {
    let folder = Folder::new();
    let cache = open(&folder, options());
    let most = Arc::new(AtomicU64::new(0));
    let (ahead, store) = (Arc::clone(&most), Arc::clone(&cache));
    let told = told(move |count, series, span| {
        let there = store.stats().unwrap().series;
        ahead.fetch_max(count - there, Ordering::Relaxed);
        Ok(has(series, span))
    });
    let loader = Loader::start(&cache, &source(&told), wanted(100), loading(2, 3)).unwrap();
    let end = loader.wait(Duration::MAX);
    assert_eq!((end.done, end.failed.len()), (100, 0));
    // Two that are asked for, three that wait, and the batch that is written with one more.
    assert!(most.load(Ordering::Relaxed) <= 2 + 3 + 4 + 1, "{most:?}");
}

#[test]
fn a_loader_that_is_cancelled_keeps_what_it_had_and_asks_no_more() {
    let folder = Folder::new();
    let cache = open(&folder, options());
    let told = told(|count, series, span| {
        if count > 5 {
            // For an hour, unless it is cancelled.
            return Err(Failure {
                error: gone(),
                again: Some(Duration::from_secs(3600)),
            });
        }
        Ok(has(series, span))
    });
    let patient = Loading {
        retry: Retry {
            most: Duration::from_secs(7200),
            ..quick().retry
        },
        ..loading(2, 4)
    };
    let loader = Loader::start(&cache, &source(&told), wanted(50), patient).unwrap();
    while told.asked.lock().unwrap().len() < 7 {
        thread::sleep(Duration::from_millis(1));
    }
    loader.cancel();
    let end = loader.wait(Duration::MAX);
    assert!(end.cancelled && end.ended);
    assert_eq!((end.done, end.failed.len()), (5, 0));
    assert_eq!(cache.stats().unwrap().series, 5);
    assert_eq!(told.asked.lock().unwrap().len(), 7);
}

#[test]
fn numbers_out_of_bounds_are_refused() {
    let folder = Folder::new();
    let cache = open(&folder, options());
    let told = told(|_, series, span| Ok(has(series, span)));
    for (fetchers, room, name) in [(0, 1, "fetchers"), (257, 1, "fetchers"), (1, 0, "room")] {
        let error =
            Loader::start(&cache, &source(&told), vec![], loading(fetchers, room)).unwrap_err();
        assert_eq!((error.code, error.name.as_str()), (Code::ParamRange, name));
    }
}
