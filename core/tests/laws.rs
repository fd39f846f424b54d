//! What holds for every entry of the catalog, before anyone writes a test for it.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::*;
use tvf_core::{ALL, Arg, Entry, Fallback, Missing, ParamKind, Params, Profile, Rows, Stream};

const N: usize = 700;

fn each(count: usize, mut law: impl FnMut(&'static Entry, &Params, &str)) {
    for entry in ALL {
        for params in param_sets(entry, count) {
            law(entry, &params, &describe(&params));
        }
    }
}

/// Bars with everything that data may hold.
fn rough(n: usize, seed: u64) -> Bars {
    let mut bars = Bars::walk(n, seed);
    let mut random = Random(!seed);
    for _ in 0..n / 60 {
        let value = [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            1e17,
            -0.0,
            0.0,
            1e308,
            5e-324,
        ][random.below(8)];
        let at = random.below(n);
        match random.below(5) {
            4 => bars.volume[at] = value,
            column => bars.prices()[column][at] = value,
        }
    }
    for at in n / 2..n / 2 + n / 8 {
        for column in bars.prices() {
            column[at] = 50.0;
        }
    }
    bars
}

#[test]
fn any_split_gives_the_same_bits() {
    // Longer than what a machine is given at a time.
    let n = tvf_core::CHUNK + 300;
    each(6, |entry, params, what| {
        for (bars, kind) in [(Bars::walk(n, 3), "walk"), (rough(n, 4), "rough")] {
            let whole = run_batch(entry, params, &bars);
            let mut random = Random(11);
            for most in [1, 2, 7, 600, 2 * tvf_core::CHUNK] {
                let pieces = run_split(entry, params, &bars, || 1 + random.below(most));
                assert_same(
                    &whole,
                    &pieces,
                    &format!("{what}, {kind}, pieces to {most}"),
                );
            }
        }
    });
}

/// What processors without AVX2 compute.
#[cfg(all(target_arch = "x86_64", feature = "counters"))]
#[test]
fn narrow_registers_give_the_same_bits() {
    use tvf_core::kernels::{available, narrow};
    if !available() {
        println!("not compared: this processor has no wide registers");
        return;
    }
    let n = tvf_core::CHUNK + 300;
    each(6, |entry, params, what| {
        for (bars, kind) in [(Bars::walk(n, 3), "walk"), (rough(n, 4), "rough")] {
            let wide = run_batch(entry, params, &bars);
            narrow(true);
            let twice = run_batch(entry, params, &bars);
            narrow(false);
            assert_same(&wide, &twice, &format!("{what}, {kind}, narrow"));
        }
    });
}

/// Events are final when their bar closes: those of the first bars are the first of all.
#[test]
fn rows_of_a_prefix_stay() {
    for entry in ALL
        .iter()
        .filter(|e| e.spec.is_table() && e.spec.rows() == Rows::Events)
    {
        let mut found = 0;
        for params in param_sets(entry, 6) {
            let bars = rough(N, 18);
            let whole = run_batch(entry, &params, &bars);
            for n in (0..N).step_by(23) {
                let part = run_batch(entry, &params, &bars.slice(0, n));
                for (part, whole) in part.iter().zip(&whole).take(entry.spec.table().len()) {
                    found += part.len();
                    let kept = vec![whole[..part.len()].to_vec()];
                    assert_same(&vec![part.clone()], &kept, &describe(&params));
                }
            }
        }
        assert!(found > 0, "{}: there were no rows to keep", entry.spec.id);
    }
}

#[test]
fn update_gives_the_batch_bar_by_bar() {
    each(3, |entry, params, what| {
        let bars = rough(N, 5);
        let whole = run_batch(entry, params, &bars);
        let mut stream = Stream::new(entry, *params);
        let mut rows = Values::new();
        for i in 0..N {
            stream.update(&bars.bar(entry.spec.inputs, i)).unwrap();
            follow(entry, &mut rows, told(&mut stream));
        }
        assert_same(&whole, &rows, what);
    });
}

/// Random steps of every kind against a fresh look at the bars they leave behind.
#[test]
fn peek_replace_snapshot_and_restore_leave_what_a_batch_gives() {
    each(4, |entry, params, what| {
        let inputs = entry.spec.inputs;
        let (bars, other) = (rough(400, 6), Bars::walk(400, 8));
        let mut random = Random(13);
        let mut stream = Stream::new(entry, *params);
        let mut seen = bars.slice(0, 0);
        // Any bar at all, at the time of bar `i`: times do not go back.
        let at = |i: usize, mut bar: Vec<f64>| {
            if let Some(time) = entry.spec.input_index("time") {
                bar[time] = bars.time[i];
            }
            bar
        };
        let push = |seen: &mut Bars, from: &Bars, i: usize| {
            let columns = [
                &mut seen.open,
                &mut seen.high,
                &mut seen.low,
                &mut seen.close,
            ];
            for (to, from) in
                columns
                    .into_iter()
                    .zip([&from.open, &from.high, &from.low, &from.close])
            {
                to.push(from[i]);
            }
            seen.volume.push(from.volume[i]);
            seen.time.push(bars.time[i]);
        };
        for i in 0..bars.len() {
            let right = {
                let mut one = seen.slice(0, 0);
                push(&mut one, &bars, i);
                one
            };
            let wrong = {
                let mut one = seen.slice(0, 0);
                push(&mut one, &other, i);
                one
            };
            let (right, wrong) = (right.bar(inputs, 0), wrong.bar(inputs, 0));
            let start_wrong = random.below(2) == 0;
            stream
                .update(if start_wrong { &wrong } else { &right })
                .unwrap();
            for _ in 0..random.below(4) {
                match random.below(4) {
                    0 => {
                        let before = stream.snapshot().unwrap();
                        let any = other.bar(inputs, random.below(400));
                        stream.peek(&at(i, any)).unwrap();
                        assert_eq!(
                            before,
                            stream.snapshot().unwrap(),
                            "{what}: peek leaves a trace at bar {i}"
                        );
                    }
                    1 => stream.replace(&wrong).unwrap(),
                    2 => stream = Stream::restore(&stream.snapshot().unwrap()).unwrap(),
                    _ => stream.replace(&right).unwrap(),
                }
            }
            stream.replace(&right).unwrap();
            push(&mut seen, &bars, i);
            if i % 37 == 0 || i < 40 {
                let whole = run_batch(entry, params, &seen);
                check_last(&mut stream, entry, &whole, i, what);
                stream.peek(&wrong).unwrap();
                let summary: Values = stream.summary().iter().map(|x| vec![*x]).collect();
                let told = whole[entry.spec.output_names().count()..].to_vec();
                assert_same(&summary, &told, &format!("{what}: summary at bar {i}"));
            }
            if random.below(3) == 0 {
                // What peek shows is what update will give.
                let next = at(i, bars.bar(inputs, random.below(400)));
                stream.peek(&next).unwrap();
                let shown = last_rows(&mut stream);
                let mut twin = Stream::restore(&stream.snapshot().unwrap()).unwrap();
                twin.update(&next).unwrap();
                assert_same(
                    &shown,
                    &last_rows(&mut twin),
                    &format!("{what}: peek at bar {i}"),
                );
            }
        }
    });
}

fn check_last(stream: &mut Stream, entry: &Entry, whole: &Values, i: usize, what: &str) {
    let shown = told(stream);
    if entry.spec.rows() == Rows::State {
        assert_same(&shown, whole, &format!("{what}: state at bar {i}"));
        assert!(whole[0].len() <= tvf_core::MAX_STATE_ROWS, "{what}");
    } else if entry.spec.is_table() {
        let columns = entry.spec.table();
        let index = columns.iter().position(|c| is_index(c.kind));
        let rows = whole[index.unwrap_or(0)]
            .iter()
            .filter(|x| **x == i as f64)
            .count();
        // What hosts make room for.
        assert!(rows <= 1, "{what}: {rows} rows of bar {i}");
        let mut tail = whole.clone();
        for column in &mut tail[..columns.len()] {
            column.drain(..column.len() - rows);
        }
        assert_same(&shown, &tail, &format!("{what}: rows of bar {i}"));
    } else {
        let last: Values = whole.iter().map(|c| vec![c[i]]).collect();
        assert_same(&shown, &last, &format!("{what}: bar {i}"));
    }
}

#[test]
fn values_are_missing_during_the_warm_up_and_no_longer() {
    each(12, |entry, params, what| {
        let bars = Bars::walk(N, 9);
        let whole = run_batch(entry, params, &bars);
        for (o, output) in entry.spec.series().iter().enumerate() {
            let first = whole[o].iter().position(|x| !x.is_nan()).unwrap_or(N);
            let warmup = (entry.spec.warmup)(params, o).min(N);
            if output.gaps {
                assert!(first >= warmup, "{what}: first value of {}", output.name);
            } else {
                assert_eq!(first, warmup, "{what}: first value of {}", output.name);
                let gap = whole[o][first..].iter().position(|x| !x.is_finite());
                assert_eq!(gap, None, "{what}: gap in {} after {first}", output.name);
            }
        }
    });
}

#[test]
fn results_heal_after_missing_values() {
    for missing in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        heals(missing);
    }
}

fn heals(missing: f64) {
    each(6, |entry, params, what| {
        let clean = Bars::walk(N, 10);
        let mut bars = clean.clone();
        let gap = 200..203;
        for i in gap.clone() {
            for column in bars.prices() {
                column[i] = missing;
            }
            bars.volume[i] = missing;
        }
        let (without, whole) = (
            run_batch(entry, params, &clean),
            run_batch(entry, params, &bars),
        );
        for (o, output) in entry.spec.series().iter().enumerate() {
            let warmup = (entry.spec.warmup)(params, o);
            for i in gap.clone() {
                assert!(
                    whole[o][i].is_nan(),
                    "{what}: {} at missing bar {i}",
                    output.name
                );
            }
            if output.gaps && entry.spec.missing != Missing::PassOver {
                continue;
            }
            let healed = match entry.spec.missing {
                Missing::PassOver => gap.end,
                // A change needs the bar before: one more than the warm-up.
                Missing::Window | Missing::Reseed => gap.end + warmup + 1,
            };
            let rest = |values: &Values| {
                let rest = values[o].get(healed.max(warmup + 1)..);
                rest.unwrap_or_default().to_vec()
            };
            // A gap of another reason is there without the missing values, too.
            let gap = rest(&whole)
                .iter()
                .zip(rest(&without))
                .position(|(x, without)| !x.is_finite() && without.is_finite());
            assert_eq!(gap, None, "{what}: {} after {healed}", output.name);
        }
    });
}

#[test]
fn windows_are_right_again_after_a_spike() {
    each(6, |entry, params, what| {
        if entry.spec.missing != Missing::Window || entry.spec.is_table() {
            return;
        }
        let clean = Bars::walk(N, 12);
        let mut bars = clean.clone();
        for column in bars.prices() {
            column[200] = 1e17;
        }
        let (a, b) = (
            run_batch(entry, params, &clean),
            run_batch(entry, params, &bars),
        );
        for o in 0..a.len() {
            let from = 201 + (entry.spec.warmup)(params, o);
            if from < N {
                let (a, b) = (vec![a[o][from..].to_vec()], vec![b[o][from..].to_vec()]);
                assert_same(&a, &b, &format!("{what}: after a spike"));
            }
        }
    });
}

#[test]
fn leading_missing_values_shift_the_result() {
    each(6, |entry, params, what| {
        if entry.spec.is_table() {
            return;
        }
        let bars = Bars::walk(400, 14);
        let mut late = bars.clone();
        let lead = 17;
        for column in late.prices() {
            column.splice(0..0, vec![f64::NAN; lead]);
        }
        late.volume.splice(0..0, vec![f64::NAN; lead]);
        late.time.splice(
            0..0,
            (0..lead).map(|i| bars.time[0] - (lead - i) as f64 * 900_000.0),
        );
        let (a, b) = (
            run_batch(entry, params, &bars),
            run_batch(entry, params, &late),
        );
        for (a, b) in a.iter().zip(&b) {
            for i in 0..400 {
                let (x, y) = (a[i], b[i + lead]);
                let near = (x - y).abs() <= 1e-9 * (1.0 + x.abs());
                assert!(
                    near || (x.is_nan() && y.is_nan()),
                    "{what}: bar {i}: {x} is not {y}"
                );
            }
        }
    });
}

#[test]
fn nothing_panics_and_no_warm_up_is_too_long() {
    each(4, |entry, params, what| {
        for n in [0, 1, 2, 3, 600] {
            for value in [
                f64::NAN,
                f64::INFINITY,
                f64::NEG_INFINITY,
                0.0,
                -0.0,
                1.7e308,
                5e-324,
            ] {
                let mut bars = Bars::flat(n, value);
                bars.volume.fill(value);
                let flat = run_batch(entry, params, &bars);
                for series in flat.iter().take(entry.spec.series().len()) {
                    assert_eq!(series.len(), n, "{what}");
                }
                for i in 0..n {
                    bars.prices()[i % 4][i] = -value;
                }
                run_batch(entry, params, &bars);
            }
            run_batch(entry, params, &rough(n + 16, 15));
        }
    });
}

#[test]
fn flat_markets_have_finite_answers() {
    each(4, |entry, params, what| {
        for price in [0.0, 1.0 / 3.0, 1e9] {
            let whole = run_batch(entry, params, &Bars::flat(400, price));
            for (o, output) in entry.spec.series().iter().enumerate() {
                let warmup = (entry.spec.warmup)(params, o);
                let stuck = whole[o].iter().skip(warmup).position(|x| !x.is_finite());
                assert!(
                    output.gaps || stuck.is_none(),
                    "{what}: {} of a flat market",
                    output.name
                );
            }
        }
    });
}

/// Steps of all kernels while bars are updated, peeked past and replaced.
#[cfg(feature = "counters")]
fn steps(entry: &'static Entry, params: &Params, bars: &Bars) -> u64 {
    let inputs = entry.spec.inputs;
    let mut stream = Stream::new(entry, *params);
    let _ = tvf_core::kernels::steps::take();
    for i in 0..bars.len() {
        stream.update(&bars.bar(inputs, i)).unwrap();
        for _ in 0..3 {
            stream.peek(&bars.bar(inputs, i)).unwrap();
            stream.replace(&bars.bar(inputs, i)).unwrap();
        }
    }
    tvf_core::kernels::steps::take().0
}

#[cfg(feature = "counters")]
#[test]
fn peek_and_replace_cost_the_same_for_any_period() {
    for entry in ALL {
        let with = |period: f64| {
            let args = entry.spec.params.iter().map(|p| match p.kind {
                ParamKind::Int { max, .. } if max > 10_000 => Some(Arg::Number(period)),
                _ => None,
            });
            Params::positional(&entry.spec, Profile::default(), &args.collect::<Vec<_>>()).unwrap()
        };
        let bars = Bars::walk(2000, 16);
        // Looks at its whole window with every bar, and says so.
        if entry.spec.id == "cci" {
            continue;
        }
        let short = steps(entry, &with(5.0), &bars);
        for period in [50.0, 499.0, 1500.0] {
            let long = steps(entry, &with(period), &bars);
            assert!(
                // Folding a block's suffixes costs less than one step a bar, least for short ones.
                long as f64 <= 1.15 * short as f64,
                "{}: {long} steps with period {period}, {short} with 5",
                entry.spec.id
            );
        }
    }
}

#[test]
fn any_valid_parameters_can_be_stored() {
    for entry in ALL {
        for at in 0..entry.spec.params.len() {
            let (ParamKind::Int { max, .. } | ParamKind::ChoiceOrInt { max, .. }) =
                entry.spec.params[at].kind
            else {
                continue;
            };
            let mut args = vec![None; at];
            args.push(Some(Arg::Number(max as f64)));
            let params = Params::positional(&entry.spec, Profile::default(), &args).unwrap();
            let mut stream = Stream::new(entry, params);
            stream
                .update(&Bars::walk(1, 17).bar(entry.spec.inputs, 0))
                .unwrap();
            assert!(
                Stream::restore(&stream.snapshot().unwrap()).is_ok(),
                "{}",
                describe(&params)
            );
        }
    }
}

#[test]
fn nothing_happens_in_a_flat_market() {
    let events = |e: &&Entry| e.spec.is_table() && e.spec.rows() == Rows::Events;
    for entry in ALL.iter().filter(events) {
        for params in param_sets(entry, 8) {
            for price in [0.1, 1.0 / 3.0, 44.34, 100.07, 1e9 + 0.1] {
                let rows = run_batch(entry, &params, &Bars::flat(1000, price));
                assert!(
                    rows[0].is_empty(),
                    "{} at {price}: {rows:?}",
                    describe(&params)
                );
            }
        }
    }
}

#[test]
fn specs_are_complete() {
    let mut ids: Vec<&str> = ALL.iter().map(|e| e.spec.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), ALL.len(), "ids are unique");
    for entry in ALL {
        let spec = &entry.spec;
        let id = spec.id;
        for (text, what) in [
            (spec.title, "title"),
            (spec.summary, "summary"),
            (spec.formula, "formula"),
            (spec.source, "source"),
        ] {
            assert!(!text.is_empty(), "{id}: {what}");
        }
        assert!(spec.summary.ends_with('.'), "{id}: summary is a sentence");
        assert!(
            spec.edges.iter().all(|e| e.ends_with('.')),
            "{id}: edges are sentences"
        );
        assert!(
            spec.source.contains(|c: char| c.is_ascii_digit()),
            "{id}: source names its year"
        );
        assert!(!spec.inputs[0].optional, "{id}: the first input is needed");
        assert!(
            spec.inputs.is_sorted_by_key(|i| i.optional),
            "{id}: optional inputs come last"
        );
        let marks = if spec.is_table() {
            1
        } else {
            spec.series().len()
        };
        assert_eq!(spec.chart.styles.len(), marks, "{id}: one style per output");
        assert!(spec.series().len() <= tvf_core::MAX_OUTPUTS);
        assert!(spec.table().len() <= tvf_core::MAX_COLUMNS);
        assert!(spec.params.len() <= tvf_core::MAX_PARAMS);
        for derived in spec.derived {
            for input in derived.inputs() {
                assert!(
                    spec.input_index(input).is_some(),
                    "{id}: {derived:?} needs {input}"
                );
            }
        }
        for profile in Profile::ALL {
            let params = Params::named(spec, *profile, []).unwrap();
            for (i, param) in spec.params.iter().enumerate() {
                assert!(!params.raw()[i].is_nan(), "{id}: default of {}", param.name);
                assert!(
                    !param.doc.is_empty() && !param.doc.ends_with('.'),
                    "{id}: doc of {}",
                    param.name
                );
                let again = [(param.name, params.arg(i))];
                let again = Params::named(spec, *profile, again).unwrap();
                assert_eq!(
                    again.raw(),
                    params.raw(),
                    "{id}: {} takes its own default",
                    param.name
                );
                if let Fallback::SameAs(other) = param.default {
                    assert!(
                        spec.param_index(other) < Some(i),
                        "{id}: {other} comes before"
                    );
                }
            }
        }
    }
}
