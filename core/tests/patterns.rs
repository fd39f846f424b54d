//! Laws that hold for every family of patterns.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::{Bars, Random};
use tvf_core::patterns::{
    FAMILIES, FamilyEntry, Findings, Flat, Forming, Pattern, Watch, Word, find,
};
use tvf_core::{Arg, Code, ParamKind, Params, Profile};

/// Bars enough for every family to find something.
const BARS: usize = 3000;

fn defaults(entry: &'static FamilyEntry) -> Params {
    Params::positional(&entry.family, Profile::default(), &[]).unwrap()
}

/// The defaults, the least and the greatest of every number, and some in between.
fn settings(entry: &'static FamilyEntry) -> Vec<Params> {
    let mut all = vec![defaults(entry)];
    let mut random = Random(7);
    for _ in 0..12 {
        let args = entry.family.params.iter().map(|param| {
            let u = random.unit();
            Some(match param.kind {
                _ if random.below(2) == 0 => return None,
                ParamKind::Int { min, max } => {
                    Arg::Number((min as f64 + u * (max.min(50) - min) as f64).round())
                }
                ParamKind::Float { min, max } => Arg::Number(
                    [
                        min,
                        max,
                        min + u * (if max > 5.0 { 5.0 } else { max } - min),
                    ][random.below(3)],
                ),
                ParamKind::Choice { choices } | ParamKind::ChoiceOrInt { choices, .. } => {
                    Arg::Text(choices[random.below(choices.len())])
                }
            })
        });
        let args: Vec<_> = args.collect();
        all.push(Params::positional(&entry.family, Profile::default(), &args).unwrap());
    }
    all
}

fn inputs<'a>(entry: &FamilyEntry, bars: &'a Bars) -> Vec<&'a [f64]> {
    bars.inputs(entry.family.inputs)
}

fn part<'a>(inputs: &[&'a [f64]], from: usize, to: usize) -> Vec<&'a [f64]> {
    inputs.iter().map(|column| &column[from..to]).collect()
}

fn whole(entry: &'static FamilyEntry, params: &Params, bars: &Bars) -> (Findings, Vec<Forming>) {
    let mut watch = Watch::new(entry, *params);
    let mut found = Findings::with_misses();
    watch.extend(&inputs(entry, bars), &mut found).unwrap();
    (found, watch.forming())
}

/// What is compared: every digit, and a missing number is equal to a missing number.
fn digits(what: &impl core::fmt::Debug) -> String {
    format!("{what:?}")
}

fn assert_known(words: &[Word], name: &str) {
    assert!(words.iter().any(|w| w.name == name), "{name} is not listed");
}

fn assert_sound(entry: &FamilyEntry, pattern: &Pattern, bars: u64) {
    let family = &entry.family;
    let what = format!("{} {pattern:?}", family.id);
    assert_known(family.shapes, pattern.shape);
    assert!((0.0..=1.0).contains(&pattern.score), "{what}");
    for part in &pattern.parts {
        assert_known(family.parts, part.name);
        assert!((0.0..=1.0).contains(&part.value), "{what}");
    }
    for target in &pattern.targets {
        assert_known(family.targets, target.name);
        assert!(target.value.is_finite(), "{what}");
    }
    assert!(!pattern.points.is_empty(), "{what}");
    for point in &pattern.points {
        assert_known(family.roles, point.role);
        assert!(point.bar <= pattern.detected, "{what}");
        assert!(point.price.is_finite(), "{what}");
    }
    assert!(pattern.points.is_sorted_by_key(|p| p.bar), "{what}");
    assert!(pattern.detected < bars, "{what}");
    if let Some(confirmed) = pattern.confirmed {
        assert!((pattern.detected..bars).contains(&confirmed), "{what}");
    }
    let [low, high] = pattern.zone;
    assert!(low <= high || (low.is_nan() && high.is_nan()), "{what}");
}

#[test]
fn what_is_found_is_sound_and_named_in_the_definition() {
    for entry in FAMILIES {
        let bars = Bars::walk(BARS, 11);
        for params in settings(entry) {
            let (found, forming) = whole(entry, &params, &bars);
            for pattern in &found.patterns {
                assert_sound(entry, pattern, BARS as u64);
                assert!(pattern.confirmed.is_some(), "{pattern:?}");
            }
            let confirmed = found.patterns.iter().map(|p| p.confirmed);
            assert!(confirmed.is_sorted(), "{}", entry.family.id);
            for Forming(pattern) in &forming {
                assert_sound(entry, pattern, BARS as u64);
                assert_eq!(pattern.confirmed, None);
            }
            for miss in found.misses() {
                assert_known(entry.family.shapes, miss.shape);
                assert!(miss.conditions.iter().any(|c| !c.met()), "{miss:?}");
                for condition in &miss.conditions {
                    assert_known(entry.family.conditions, condition.name);
                }
            }
        }
        let (found, _) = whole(entry, &defaults(entry), &bars);
        assert!(
            !found.patterns.is_empty(),
            "{} finds nothing",
            entry.family.id
        );
    }
}

#[test]
fn what_was_confirmed_stays_whatever_comes() {
    for entry in FAMILIES {
        let bars = Bars::walk(BARS, 5);
        for params in settings(entry) {
            let (all, _) = whole(entry, &params, &bars);
            let mut watch = Watch::new(entry, params);
            let mut found = Findings::default();
            let mut so_far = 0;
            for i in 0..BARS {
                let bar = part(&inputs(entry, &bars), i, i + 1);
                watch.extend(&bar, &mut found).unwrap();
                let new = so_far..found.patterns.len();
                so_far = new.end;
                let told = digits(&&found.patterns[new.clone()]);
                assert_eq!(told, digits(&&all.patterns[new]), "bar {i}");
                let newest = found.patterns.last().and_then(|p| p.confirmed);
                assert!(newest.is_none_or(|bar| bar <= i as u64));
                let next = all.patterns.get(so_far).and_then(|p| p.confirmed);
                assert!(next.is_none_or(|bar| bar > i as u64), "told late at {i}");
            }
            assert_eq!(found.patterns.len(), all.patterns.len());
        }
    }
}

#[test]
fn the_last_bar_can_be_replaced() {
    for entry in FAMILIES {
        let bars = Bars::walk(400, 3);
        let other = Bars::walk(400, 4);
        let params = defaults(entry);
        let mut straight = Watch::new(entry, params);
        let mut revised = Watch::new(entry, params);
        for i in 0..bars.len() {
            let mut wrong = part(&inputs(entry, &other), i, i + 1);
            let right = part(&inputs(entry, &bars), i, i + 1);
            // Times do not go back, whatever the prices are.
            for (column, input) in wrong.iter_mut().zip(entry.family.inputs) {
                if input.name == "time" {
                    *column = &bars.time[i..=i];
                }
            }
            let [mut a, mut b] = [Findings::default(), Findings::default()];
            straight.update(&right, &mut a).unwrap();
            let [mut seen, mut taken] = [Findings::default(), Findings::default()];
            revised.peek(&wrong, &mut seen).unwrap();
            revised.update(&wrong, &mut taken).unwrap();
            assert_eq!(digits(&seen.patterns), digits(&taken.patterns));
            revised.replace(&wrong, &mut Findings::default()).unwrap();
            revised.replace(&right, &mut b).unwrap();
            let what = format!("{} bar {i}", entry.family.id);
            assert_eq!(digits(&a.patterns), digits(&b.patterns), "{what}");
            assert_eq!(digits(&straight.forming()), digits(&revised.forming()));
        }
    }
}

#[test]
fn missing_prices_are_passed_over() {
    for entry in FAMILIES {
        let params = defaults(entry);
        let mut bars = Bars::walk(BARS, 9);
        for i in (0..BARS).step_by(7) {
            for column in bars.prices() {
                column[i] = f64::NAN;
            }
        }
        let (found, _) = whole(entry, &params, &bars);
        let mut kept = bars.clone();
        let there: Vec<usize> = (0..BARS).filter(|i| i % 7 != 0).collect();
        for column in kept.columns() {
            *column = there.iter().map(|&i| column[i]).collect();
        }
        let (without, _) = whole(entry, &params, &kept);
        assert_eq!(found.patterns.len(), without.patterns.len());
        for (a, b) in found.patterns.iter().zip(&without.patterns) {
            assert_eq!((a.shape, a.score), (b.shape, b.score));
            for (a, b) in a.points.iter().zip(&b.points) {
                assert_eq!(a.bar, there[usize::try_from(b.bar).unwrap()] as u64);
            }
        }
    }
}

#[test]
fn flat_columns_keep_everything() {
    for entry in FAMILIES {
        let (found, forming) = whole(entry, &defaults(entry), &Bars::walk(BARS, 2));
        let family = &entry.family;
        let flat = Flat::of(family, &found.patterns);
        assert_eq!(flat.shape.len(), found.patterns.len());
        assert_eq!(flat.points.iter().sum::<f64>(), flat.point_bar.len() as f64);
        assert_eq!(flat.parts.iter().sum::<f64>(), flat.part_name.len() as f64);
        assert_eq!(
            flat.targets.iter().sum::<f64>(),
            flat.target_name.len() as f64
        );
        let words = [
            &flat.shape,
            &flat.point_role,
            &flat.part_name,
            &flat.target_name,
        ];
        assert!(
            words
                .iter()
                .all(|column| column.iter().all(|x| x.is_finite()))
        );
        assert_eq!(
            Flat::of_forming(family, &forming).shape.len(),
            forming.len()
        );
        let misses = Flat::of_misses(family, found.misses());
        assert_eq!(misses.part_low.len(), misses.part_name.len());
    }
}

#[test]
fn wrong_calls_are_errors() {
    let unknown = find("harmonics").unwrap_err();
    assert_eq!(unknown.code, Code::UnknownFamily);
    for entry in FAMILIES {
        let bars = Bars::walk(10, 1);
        let mut watch = Watch::new(entry, defaults(entry));
        let mut found = Findings::default();
        let nothing = watch.replace(&part(&inputs(entry, &bars), 0, 1), &mut found);
        assert_eq!(nothing.unwrap_err().code, Code::NothingToReplace);
        let mut short = inputs(entry, &bars);
        let first = short[0];
        short[0] = &first[1..];
        let uneven = watch.extend(&short, &mut found);
        assert_eq!(uneven.unwrap_err().code, Code::InputLength);
        let more = watch.replace(&inputs(entry, &bars), &mut found);
        assert_eq!(more.unwrap_err().code, Code::InputLength);
        let more = watch.update(&inputs(entry, &bars), &mut found);
        assert_eq!(more.unwrap_err().code, Code::InputLength);
        let more = watch.peek(&inputs(entry, &bars), &mut found).unwrap_err();
        assert_eq!((&*more.name, more.code), ("peek", Code::InputLength));
        assert_eq!(watch.bars(), 0);
    }
}

#[test]
fn volumes_below_0_and_a_ratio_without_volumes_are_refused() {
    let entry = find("price_patterns").unwrap();
    let mut bars = Bars::walk(10, 1);
    let mut found = Findings::default();
    let ratio = [("volume_ratio", Arg::Number(1.5))];
    let strict = Params::named(&entry.family, Profile::default(), ratio).unwrap();
    let mut without = inputs(entry, &bars);
    without[3] = &[];
    let error = Watch::new(entry, strict)
        .extend(&without, &mut found)
        .unwrap_err();
    assert_eq!(
        (error.code, &*error.name),
        (Code::ParamRange, "volume_ratio")
    );
    assert_eq!((&*error.value, &*error.bound), ("1.5", "0, or with volume"));
    Watch::new(entry, defaults(entry))
        .extend(&without, &mut found)
        .unwrap();
    Watch::new(entry, strict)
        .extend(&inputs(entry, &bars), &mut found)
        .unwrap();
    (bars.volume[2], bars.volume[7]) = (f64::NEG_INFINITY, -2.0);
    let mut watch = Watch::new(entry, defaults(entry));
    let part = part(&inputs(entry, &bars), 0, 4);
    watch.extend(&part, &mut found).unwrap();
    let rest = inputs(entry, &bars);
    let rest: Vec<&[f64]> = rest.iter().map(|column| &column[4..]).collect();
    let error = watch.extend(&rest, &mut found).unwrap_err();
    assert_eq!((error.code, watch.bars()), (Code::InputRange, 4));
    assert_eq!(error.message(), "volume -2 of bar 7 is below 0");
}
