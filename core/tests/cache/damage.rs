//! Files that somebody else altered: whatever can be read is right, and the rest says what it is.

use tvf_core::Code;
use tvf_core::cache::{Bars, Cache, Note, Series, Span};

use super::common::{ALL, Folder, minutes, options, put, same, series};

const SYMBOLS: [&str; 3] = ["A", "B", "C"];

fn made(folder: &Folder) -> Vec<(Series, Bars)> {
    let cache = Cache::open(folder.file(), options()).unwrap();
    let all = SYMBOLS.iter().zip(0..).map(|(symbol, seed)| {
        let (series, bars) = (series(symbol, "1m"), minutes(0, 6000, seed));
        put(&cache, &series, &bars);
        (series, bars)
    });
    all.collect()
}

/// Whether what can be read of an altered file is what was written.
fn right_or_refused(folder: &Folder, all: &[(Series, Bars)]) -> bool {
    let Ok(cache) = Cache::open(folder.file(), options()) else {
        return false;
    };
    let mut fine = cache.verify().is_ok_and(|damages| damages.is_empty());
    for (series, bars) in all {
        match cache.get(series, ALL) {
            Ok(found) => assert!(
                same(&found, bars) || !fine,
                "{series} is another, and nothing says so"
            ),
            Err(error) => {
                assert!(
                    matches!(
                        error.code,
                        Code::CacheDamaged | Code::CacheStorage | Code::CacheVersion
                    ),
                    "{error}"
                );
                fine = false;
            }
        }
    }
    fine
}

#[test]
fn any_flipped_bit_is_harmless_or_noticed() {
    let folder = Folder::new();
    let all = made(&folder);
    let bytes = std::fs::read(folder.file()).unwrap();
    let mut place: u64 = 12_345;
    let mut noticed = 0;
    for _ in 0..150 {
        place = place
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let at = usize::try_from((place >> 16) % bytes.len() as u64).unwrap();
        let mut altered = bytes.clone();
        altered[at] ^= 1 << (place & 7);
        std::fs::write(folder.file(), &altered).unwrap();
        noticed += u32::from(!right_or_refused(&folder, &all));
    }
    assert!(noticed > 0, "no bit was in use");
}

#[test]
fn a_file_that_is_cut_short_is_refused_or_right() {
    let folder = Folder::new();
    let all = made(&folder);
    let bytes = std::fs::read(folder.file()).unwrap();
    for part in 0..24 {
        std::fs::write(folder.file(), &bytes[..bytes.len() * part / 24]).unwrap();
        if part == 0 {
            // An empty file is a new store.
            assert!(
                Cache::open(folder.file(), options())
                    .unwrap()
                    .all()
                    .unwrap()
                    .is_empty()
            );
            continue;
        }
        right_or_refused(&folder, &all);
    }
}

/// Where in the file the bytes of a chunk are, by the head that it must have.
fn place_of_chunk(bytes: &[u8], bars: &Bars, from: usize) -> usize {
    let first = bars.time[from].to_le_bytes();
    let step = 60_000_i64.to_le_bytes();
    let base = {
        #[expect(clippy::cast_possible_truncation, reason = "cents")]
        let cents = (bars.open[from] * 100.0).round() as i64;
        cents.to_le_bytes()
    };
    let head = [first, step, base].concat();
    let at = bytes.windows(head.len()).position(|part| part == head);
    at.unwrap()
}

fn alter(folder: &Folder, bytes: &[u8], at: usize) {
    let mut altered = bytes.to_vec();
    for byte in &mut altered[at..at + 8] {
        *byte = !*byte;
    }
    std::fs::write(folder.file(), altered).unwrap();
}

#[test]
fn a_damaged_chunk_is_named_the_rest_is_readable_and_fetching_again_heals() {
    let folder = Folder::new();
    let all = made(&folder);
    let (hurt, bars) = &all[1];
    let (start, next) = {
        let cache = Cache::open(folder.file(), options()).unwrap();
        let chunks = cache.chunk_sizes(hurt).unwrap();
        (chunks[1].0, chunks[2].0)
    };
    let from = bars.time.binary_search(&start).unwrap();
    let bytes = std::fs::read(folder.file()).unwrap();
    let at = place_of_chunk(&bytes, bars, from);
    alter(&folder, &bytes, at + 200);

    let cache = Cache::open(folder.file(), options()).unwrap();
    let name = format!("B:1m from {start}");
    let error = cache.get(hurt, ALL).unwrap_err();
    assert_eq!(
        (error.code, error.value.as_str()),
        (Code::CacheDamaged, name.as_str())
    );
    assert!(error.message().contains("checksum"), "{error}");
    let damages = cache.verify().unwrap();
    assert_eq!(
        damages.iter().map(|d| d.name.as_str()).collect::<Vec<_>>(),
        [name.as_str()]
    );
    // The rest of this series and the others.
    let before = cache
        .get(
            hurt,
            Span {
                start: 0,
                end: start - 1,
            },
        )
        .unwrap();
    assert!(same(&before, &minutes(0, i64::try_from(from).unwrap(), 1)));
    let after = cache
        .get(
            hurt,
            Span {
                start: next,
                end: i64::MAX,
            },
        )
        .unwrap();
    assert_eq!(after.time.last(), bars.time.last());
    for (series, bars) in [&all[0], &all[2]] {
        assert!(same(&cache.get(series, ALL).unwrap(), bars));
    }

    // Bars put over it heal what they cover, and what they do not is missing, not wrong.
    let one = minutes(start / 60_000 + 5, 1, 1);
    cache.put(hurt, one.view(), Note::default()).unwrap();
    assert_eq!(cache.verify().unwrap(), []);
    let span = Span {
        start: 0,
        end: bars.time[bars.len() - 1],
    };
    let need = cache.need(hurt, span).unwrap();
    let missing: Vec<_> = need.missing.iter().map(|s| (s.start, s.end)).collect();
    let healed = one.time[0];
    assert_eq!(missing, [(start, healed - 1), (healed + 60_000, next - 1)]);
    put(&cache, hurt, bars);
    assert!(same(&cache.get(hurt, ALL).unwrap(), bars));
    assert!(cache.need(hurt, span).unwrap().missing.is_empty());
    assert_eq!(cache.about(hurt).unwrap().unwrap().bars, bars.len() as u64);
}

#[test]
fn healing_takes_out_what_cannot_be_read() {
    let folder = Folder::new();
    let all = made(&folder);
    let (hurt, bars) = &all[0];
    let start = {
        let cache = Cache::open(folder.file(), options()).unwrap();
        cache.chunk_sizes(hurt).unwrap()[2].0
    };
    let from = bars.time.binary_search(&start).unwrap();
    let bytes = std::fs::read(folder.file()).unwrap();
    let at = place_of_chunk(&bytes, bars, from);
    alter(&folder, &bytes, at + 100);

    let cache = Cache::open(folder.file(), options()).unwrap();
    assert_eq!(cache.heal().unwrap(), 1);
    assert_eq!(cache.verify().unwrap(), []);
    assert_eq!(cache.heal().unwrap(), 0);
    let found = cache.get(hurt, ALL).unwrap();
    assert!(found.len() < bars.len() && found.len() > bars.len() / 2);
    let need = cache
        .need(
            hurt,
            Span {
                start: 0,
                end: bars.time[bars.len() - 1],
            },
        )
        .unwrap();
    assert_eq!(need.missing.first().map(|s| s.start), Some(start));
}
