//! A process that is killed at any moment: what it had committed is there, bit for bit.

use std::io::{BufRead, BufReader, Write};
use std::time::Duration;

use tvf_core::cache::{Bars, Cache, Options, Span};

use super::common::{ALL, Folder, bars, minutes, options, put, same, series};
use super::processes::{child, path};

/// Kills in one run; `make soak` asks for more by `TVF_CACHE_KILLS`.
const KILLS: u64 = 24;

/// Step by step, what a store has after so many steps.
fn after(steps: i64) -> Bars {
    let mut all = Bars::default();
    for step in 0..steps {
        all.extend(minutes(step * 400, 400, 0).view()).unwrap();
    }
    // Each third step puts other bars over some that are there.
    for step in (0..steps).filter(|step| step % 3 == 2) {
        let over = over(step);
        for (row, time) in over.time.iter().enumerate() {
            let at = all.time.binary_search(time).unwrap();
            for (column, new) in all.values_mut().into_iter().zip(over.values()) {
                column[at] = new[row];
            }
        }
    }
    all
}

fn over(step: i64) -> Bars {
    bars(
        (0..200).map(|bar| (step * 150 + 2 * bar) * 60_000),
        step.cast_unsigned() + 1,
    )
}

#[test]
#[ignore = "a part of another test"]
fn writes_until_it_is_killed() {
    let Some(path) = path() else { return };
    let cache = Cache::open(path, options()).unwrap();
    let series = series("X", "1m");
    let had = cache.get(&series, ALL).unwrap().len();
    let mut step = i64::try_from(had).unwrap() / 400;
    loop {
        put(&cache, &series, &minutes(step * 400, 400, 0));
        if step % 3 == 2 {
            put(&cache, &series, &over(step));
        }
        if step % 7 == 6 {
            cache.compact().unwrap();
        }
        step += 1;
        // Said only after the commit: whoever reads it may count on it.
        let mut out = std::io::stdout().lock();
        writeln!(out, "done {step}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn nothing_that_was_committed_is_lost_by_a_kill() {
    let kills = std::env::var("TVF_CACHE_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(KILLS);
    let folder = Folder::new();
    let series = series("X", "1m");
    let mut random: u64 = 99;
    let mut had = 0;
    for kill in 0..kills {
        if kill % 40 == 39 {
            std::fs::remove_file(folder.file()).unwrap();
            had = 0;
        }
        let mut writer = child("kill::writes_until_it_is_killed", &folder);
        let out = writer.stdout.take().unwrap();
        let telling = std::thread::spawn(move || {
            let mut done = 0;
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if let Some((_, number)) = line.rsplit_once("done ") {
                    done = number.parse().unwrap_or(done);
                }
            }
            done
        });
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis(15 + (random >> 33) % 120));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let done: i64 = telling.join().unwrap();

        if had > 0 && kill % 2 == 1 {
            // Who only reads may be the first to come.
            let reading = Options {
                read_only: true,
                ..options()
            };
            let reader = Cache::open(folder.file(), reading).unwrap();
            assert!(reader.get(&series, ALL).unwrap().len() >= had);
        }
        let cache = Cache::open(folder.file(), options()).unwrap();
        assert_eq!(cache.verify().unwrap(), [], "after kill {kill}");
        let found = cache.get(&series, ALL).unwrap();
        had = found.len();
        let whole = i64::try_from(had).unwrap();
        assert_eq!(whole % 400, 0, "half of a put is there after kill {kill}");
        let steps = whole / 400;
        assert!(
            steps >= done,
            "kill {kill}: {done} steps were committed, {steps} are there"
        );
        // The last step has two commits, of which the second may be missing.
        let mut without = after(steps);
        if steps > 0 && (steps - 1) % 3 == 2 {
            let mut less = after(steps - 1);
            less.extend(minutes((steps - 1) * 400, 400, 0).view())
                .unwrap();
            if steps > done && same(&found, &less) {
                without = less;
                put(&cache, &series, &over(steps - 1));
            }
        }
        assert!(
            same(&found, &without),
            "kill {kill}: bars differ after {steps} steps"
        );
        let about = cache.about(&series).unwrap().unwrap_or_default();
        assert_eq!(about.bars, found.len() as u64);
        let span = Span {
            start: 0,
            end: about.ends.map_or(0, |(_, last)| last),
        };
        assert!(cache.need(&series, span).unwrap().missing.is_empty() || found.is_empty());
    }
}
