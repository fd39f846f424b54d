//! A map from times to bars is the judge of what a store gives.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tvf_core::Code;
use tvf_core::cache::{Bars, Cache, Note, Span, View};

use super::common::{ALL, Folder, bars, minutes, options, put, same, series};

type Model = BTreeMap<i64, [f64; 5]>;

fn told(model: &mut Model, bars: View<'_>) {
    for (row, &time) in bars.time.iter().enumerate() {
        model.insert(time, bars.values.map(|column| column[row]));
    }
}

fn bars_of<'a>(rows: impl Iterator<Item = (&'a i64, &'a [f64; 5])>) -> Bars {
    let mut bars = Bars::default();
    for (&time, row) in rows {
        bars.time.push(time);
        for (column, value) in bars.values_mut().into_iter().zip(row) {
            column.push(*value);
        }
    }
    bars
}

/// What is done to a store.
#[derive(Debug, Clone)]
enum Act {
    Put {
        from: i64,
        count: i64,
        every: i64,
        seed: u64,
    },
    Odd {
        from: i64,
        value: f64,
    },
    Get {
        from: i64,
        to: i64,
    },
    Compact,
    Reopen,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let put =
        (0_i64..6000, 1_i64..3000, 1_i64..4, 0_u64..3).prop_map(|(from, count, every, seed)| {
            Act::Put {
                from,
                count,
                every,
                seed,
            }
        });
    let odd = (
        0_i64..6000,
        prop::sample::select(vec![f64::NAN, -0.0, 1.0 / 3.0, 1e300, 123_456.789]),
    )
        .prop_map(|(from, value)| Act::Odd { from, value });
    let get = (-10_i64..20_000, -10_i64..20_000).prop_map(|(from, to)| Act::Get { from, to });
    let act =
        prop_oneof![4 => put, 2 => odd, 4 => get, 1 => Just(Act::Compact), 1 => Just(Act::Reopen)];
    prop::collection::vec(act, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 8 + 1, ..ProptestConfig::default() })]

    #[test]
    fn a_map_is_the_judge(acts in acts()) {
        let folder = Folder::new();
        let mut cache = Cache::open(folder.file(), options()).unwrap();
        let (series, other) = (series("A:B", "1m"), series("A", "1m"));
        let untouched = minutes(0, 700, 9);
        put(&cache, &other, &untouched);
        let mut model = Model::new();
        for act in acts {
            match act {
                Act::Put { from, count, every, seed } => {
                    let new = bars((from..from + count * every).step_by(usize::try_from(every).unwrap()).map(|m| m * 60_000), seed);
                    let known = new.time.iter().filter(|t| model.contains_key(t)).count() as u64;
                    let written = cache.put(&series, new.view(), Note::default()).unwrap();
                    prop_assert_eq!(written.replaced, known);
                    prop_assert_eq!(written.added, new.len() as u64 - known);
                    told(&mut model, new.view());
                }
                Act::Odd { from, value } => {
                    let mut new = minutes(from, 3, 5);
                    // Any value can be a price of its own; beside the high and the low it could not.
                    new.close[1] = value;
                    new.volume[2] = value;
                    put(&cache, &series, &new);
                    told(&mut model, new.view());
                }
                Act::Get { from, to } => {
                    let span = Span { start: from * 60_000, end: to * 60_000 };
                    let expected = if from <= to { bars_of(model.range(span.start..=span.end)) } else { Bars::default() };
                    prop_assert!(same(&cache.get(&series, span).unwrap(), &expected));
                    let mut joined = Bars::default();
                    for batch in cache.batches(&series, span, 1000) {
                        joined.extend(batch.unwrap().view()).unwrap();
                    }
                    prop_assert!(same(&joined, &expected));
                }
                Act::Compact => drop(cache.compact().unwrap()),
                Act::Reopen => {
                    drop(cache);
                    cache = Cache::open(folder.file(), options()).unwrap();
                }
            }
            let all = bars_of(model.iter());
            prop_assert!(same(&cache.get(&series, ALL).unwrap(), &all));
            let about = cache.about(&series).unwrap().unwrap_or_default();
            prop_assert_eq!(about.bars, model.len() as u64);
            let ends = model.first_key_value().zip(model.last_key_value()).map(|(a, b)| (*a.0, *b.0));
            prop_assert_eq!(about.ends, ends);
            prop_assert_eq!(cache.verify().unwrap(), []);
        }
        prop_assert!(same(&cache.get(&other, ALL).unwrap(), &untouched));
    }
}

#[test]
fn bars_that_are_none_are_refused_with_name_and_bound() {
    let folder = Folder::new();
    let cache = Cache::open(folder.file(), options()).unwrap();
    let series = series("X", "1m");
    let mut unsorted = minutes(0, 5, 0);
    unsorted.time[3] = unsorted.time[2];
    let error = cache
        .put(&series, unsorted.view(), Note::default())
        .unwrap_err();
    assert_eq!((error.code, error.name.as_str()), (Code::TimeOrder, "time"));
    let mut short = minutes(0, 5, 0);
    short.low.pop();
    let error = cache
        .put(&series, short.view(), Note::default())
        .unwrap_err();
    assert_eq!(
        (error.code, error.name.as_str()),
        (Code::InputLength, "low")
    );
    let mut endless = minutes(0, 5, 0);
    endless.close[4] = f64::INFINITY;
    let error = cache
        .put(&series, endless.view(), Note::default())
        .unwrap_err();
    assert_eq!(
        (error.code, error.name.as_str()),
        (Code::InputRange, "close")
    );
    assert!(error.message().contains("bar 4"), "{error}");
    assert_eq!(cache.about(&series).unwrap(), None);
}

#[test]
fn several_series_are_put_together_or_not_at_all() {
    use tvf_core::cache::Put;
    let folder = Folder::new();
    let cache = Cache::open(folder.file(), options()).unwrap();
    let (a, b) = (series("A", "1D"), series("B", "1D"));
    let (good, mut bad) = (minutes(0, 10, 0), minutes(0, 10, 1));
    bad.time.swap(1, 2);
    let puts = |second| {
        [(&a, &good), (&b, second)].map(|(series, bars)| Put {
            series,
            bars: Bars::view(bars),
            note: Note::default(),
        })
    };
    cache.put_many(&puts(&bad)).unwrap_err();
    assert!(cache.all().unwrap().is_empty());
    cache.put_many(&puts(&good)).unwrap();
    let names: Vec<String> = cache
        .all()
        .unwrap()
        .iter()
        .map(|(s, _)| s.to_string())
        .collect();
    assert_eq!(names, ["A:1D", "B:1D"]);
    assert!(cache.remove(&a).unwrap());
    assert!(!cache.remove(&a).unwrap());
    assert!(cache.get(&a, ALL).unwrap().is_empty());
    assert!(same(&cache.get(&b, ALL).unwrap(), &good));
    assert_eq!(cache.verify().unwrap(), []);
}

#[test]
fn chunks_fill_their_pages() {
    let folder = Folder::new();
    let cache = Cache::open(folder.file(), options()).unwrap();
    let series = series("X", "1m");
    put(&cache, &series, &minutes(0, 20_000, 0));
    let sizes = cache.chunk_sizes(&series).unwrap();
    let full = &sizes[1..sizes.len() - 1];
    assert!(full.len() > 10, "{sizes:?}");
    assert!(
        full.iter()
            .all(|&(_, bytes)| bytes > 8128 * 3 / 4 && bytes <= 8128),
        "{sizes:?}"
    );
}

#[test]
fn bar_after_bar_costs_one_chunk_and_leaves_full_ones() {
    let folder = Folder::new();
    let cache = Cache::open(folder.file(), options()).unwrap();
    let series = series("X", "1m");
    put(&cache, &series, &minutes(0, 3000, 0));
    for minute in 3000..3400 {
        let written = cache
            .put(&series, minutes(minute, 1, 0).view(), Note::default())
            .unwrap();
        assert!(written.chunks <= 2, "{written:?}");
    }
    assert!(same(
        &cache.get(&series, ALL).unwrap(),
        &minutes(0, 3400, 0)
    ));
    let before = cache.chunk_sizes(&series).unwrap().len();
    cache.compact().unwrap();
    assert!(cache.chunk_sizes(&series).unwrap().len() <= before);
    assert!(same(
        &cache.get(&series, ALL).unwrap(),
        &minutes(0, 3400, 0)
    ));
}

#[test]
fn gaps_are_what_was_never_asked_for_and_what_was_empty() {
    let folder = Folder::new();
    let cache = Cache::open(folder.file(), options()).unwrap();
    let series = series("X", "1m");
    put(&cache, &series, &minutes(0, 10, 0));
    let asked = Some(Span {
        start: 20 * 60_000,
        end: 40 * 60_000,
    });
    let bars = bars([20, 21, 30].map(|m| m * 60_000), 0);
    cache
        .put(
            &series,
            bars.view(),
            Note {
                asked,
                ..Note::default()
            },
        )
        .unwrap();
    let gaps = cache
        .gaps(
            &series,
            Span {
                start: 0,
                end: 50 * 60_000,
            },
        )
        .unwrap();
    let told: Vec<_> = gaps
        .iter()
        .map(|g| (g.span.start, g.span.end, g.unknown))
        .collect();
    let expected = [
        (10 * 60_000, 20 * 60_000 - 1, true),
        (21 * 60_000 + 1, 30 * 60_000 - 1, false),
        (40 * 60_000 + 1, 50 * 60_000, true),
    ];
    assert_eq!(told, expected);
}
