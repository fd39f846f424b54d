//! Many indicators as one plan.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::*;
use tvf_core::kernels::steps;
use tvf_core::{Code, Job, Member, Plan, Set, Setting, Sink, Source, Table};

const COLUMNS: [&str; 6] = ["open", "high", "low", "close", "volume", "time"];

fn member(id: &str, settings: &[(&str, f64)]) -> Member {
    Member {
        id: id.into(),
        settings: settings
            .iter()
            .map(|(n, x)| ((*n).into(), Setting::Number(*x)))
            .collect(),
        ..Member::default()
    }
}

fn of(mut outer: Member, inner: Member, output: Option<&str>) -> Member {
    outer.sources.push((
        "source".into(),
        Source::Member(Box::new(inner), output.map(Into::into)),
    ));
    outer
}

/// Every entry twice, and chains.
fn many() -> Vec<Member> {
    // A member before the one it reads, so that results are not in the order of computing.
    let mut members = vec![of(member("wma", &[]), member("rsi", &[]), None)];
    members.extend(tvf_core::ALL.iter().map(|e| member(e.spec.id, &[])));
    members.extend(["atr", "adx"].map(|id| member(id, &[("period", 9.0)])));
    members.push(of(
        member("ema", &[("period", 9.0)]),
        member("rsi", &[]),
        None,
    ));
    members.push(of(member("sma", &[]), member("macd", &[]), Some("signal")));
    members.push(of(
        member("sma_cross", &[("fast", 3.0), ("slow", 9.0)]),
        member("ema", &[]),
        None,
    ));
    members.push(member("rsi", &[]));
    members
}

fn columns(bars: &Bars) -> Vec<&[f64]> {
    COLUMNS.iter().map(|c| bars.column(c)).collect()
}

/// Runs a plan and gives the result of each sink.
fn run(
    plan: &Plan,
    bars: &Bars,
    parallel: bool,
    execute: impl FnOnce(Vec<Job<'_>>),
) -> Vec<Values> {
    let n = bars.len();
    let mut series: Vec<Values> = plan
        .sinks()
        .iter()
        .map(|s| vec![vec![0.0; n]; s.entry.spec.series().len()])
        .collect();
    let mut tables: Vec<Table> = plan
        .sinks()
        .iter()
        .map(|s| Table::of(&s.entry.spec))
        .collect();
    let columns = columns(bars);
    let sinks =
        plan.sinks()
            .iter()
            .zip(&mut series)
            .zip(&mut tables)
            .map(|((sink, series), table)| {
                if sink.entry.spec.is_table() {
                    Sink::Table(table)
                } else {
                    Sink::series(series.iter_mut().map(Vec::as_mut_slice))
                }
            });
    plan.run(&columns, sinks.collect(), parallel, execute)
        .unwrap();
    series
        .into_iter()
        .zip(tables)
        .map(|(s, t)| if s.is_empty() { in_one(&t) } else { s })
        .collect()
}

fn in_order(jobs: Vec<Job<'_>>) {
    for job in jobs {
        job();
    }
}

/// The next job; the lock is free again before it runs.
fn take<'a>(queue: &std::sync::Mutex<Vec<Job<'a>>>) -> Option<Job<'a>> {
    queue.lock().unwrap().pop()
}

fn on_threads(threads: usize) -> impl FnOnce(Vec<Job<'_>>) {
    move |jobs| {
        let queue = std::sync::Mutex::new(jobs);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some(job) = take(&queue) {
                        job();
                    }
                });
            }
        });
    }
}

#[test]
fn a_set_equals_its_members_alone_on_any_number_of_threads() {
    let bars = Bars::walk(3000, 31);
    let plan = Plan::new(&many(), &COLUMNS).unwrap();
    let together = run(&plan, &bars, false, in_order);
    for (sink, ours) in plan.sinks().iter().zip(&together) {
        if !sink.label.contains('(') {
            assert_same(
                &run_batch(sink.entry, &sink.params, &bars),
                ours,
                &sink.label,
            );
        }
    }
    for threads in [1, 2, 8] {
        let apart = run(&plan, &bars, true, on_threads(threads));
        for ((a, b), sink) in together.iter().zip(&apart).zip(plan.sinks()) {
            assert_same(a, b, &format!("{} on {threads} threads", sink.label));
        }
    }
}

#[test]
fn each_job_fills_its_share() {
    let bars = Bars::walk(300, 33);
    let plan = Plan::new(&many(), &COLUMNS).unwrap();
    let shares = plan.shares();
    let mut all = shares.concat();
    all.sort_unstable();
    assert!(all.into_iter().eq(0..plan.sinks().len()));
    for (number, share) in shares.iter().enumerate() {
        let alone = |jobs: Vec<Job<'_>>| jobs.into_iter().nth(number).unwrap()();
        let found = run(&plan, &bars, true, alone);
        for (i, (values, sink)) in found.iter().zip(plan.sinks()).enumerate() {
            let is_filled = values.iter().flatten().any(|x| *x != 0.0);
            // Tables may have no rows, and their numbers are missing before they are filled.
            if !sink.entry.spec.is_table() {
                assert_eq!(is_filled, share.contains(&i), "{}", sink.label);
            }
        }
    }
}

#[test]
fn a_chain_equals_the_nested_calls() {
    let bars = Bars::walk(500, 32);
    let [ema, rsi] = ["ema", "rsi"].map(|id| tvf_core::find(id).unwrap());
    let plan = Plan::new(
        &[of(
            member("ema", &[("period", 9.0)]),
            member("rsi", &[]),
            None,
        )],
        &COLUMNS,
    )
    .unwrap();
    let chained = run(&plan, &bars, false, in_order);
    let default = |e: &'static tvf_core::Entry, args: &[(&str, f64)]| {
        let args = args.iter().map(|(n, x)| (*n, tvf_core::Arg::Number(*x)));
        tvf_core::Params::named(&e.spec, tvf_core::Profile::default(), args).unwrap()
    };
    let mut inner = bars.clone();
    inner.close = run_batch(rsi, &default(rsi, &[]), &bars).remove(0);
    let nested = run_batch(ema, &default(ema, &[("period", 9.0)]), &inner);
    assert_same(&nested, &chained[0], "ema(rsi)");
    let first = nested[0].iter().position(|x| !x.is_nan());
    assert_eq!(first, Some(14 + 8), "warm-ups add up");
}

#[test]
fn shared_columns_are_computed_once() {
    let bars = Bars::walk(3000, 33);
    let names = [("atr", 14.0), ("adx", 14.0), ("atr", 20.0), ("adx", 5.0)];
    let members: Vec<Member> = names
        .iter()
        .map(|(id, p)| member(id, &[("period", *p)]))
        .collect();
    let plan = Plan::new(&members, &COLUMNS).unwrap();
    let _ = steps::take();
    run(&plan, &bars, false, in_order);
    assert_eq!(steps::take().1, 3000, "one pass of the true range");
    run(&plan, &bars, true, in_order);
    assert_eq!(
        steps::take().1,
        3000,
        "one pass of the true range, whatever the threads"
    );
    for member in &members {
        run(
            &Plan::new(std::slice::from_ref(member), &COLUMNS).unwrap(),
            &bars,
            false,
            in_order,
        );
    }
    assert_eq!(steps::take().1, 4 * 3000, "one pass each alone");
}

#[test]
fn duplicates_are_computed_and_named_once() {
    let plan = Plan::new(&many(), &COLUMNS).unwrap();
    let rsi: Vec<_> = plan
        .sinks()
        .iter()
        .filter(|s| s.label == "rsi_14")
        .collect();
    assert_eq!(rsi.len(), 1);
    assert_eq!(plan.members().len(), many().len());
    let mut labels: Vec<_> = plan.sinks().iter().map(|s| s.label.clone()).collect();
    for wanted in [
        "macd_12_26_9",
        "ema_9(rsi_14)",
        "sma_20(macd_12_26_9.signal)",
        "bbands_20_2",
        "adx_14",
        "obv",
        "vwap_1",
    ] {
        assert!(labels.iter().any(|l| l == wanted), "{wanted} in {labels:?}");
    }
    labels.sort();
    labels.dedup();
    assert_eq!(labels.len(), plan.sinks().len(), "labels are unique");
}

#[test]
fn a_set_goes_bar_by_bar_with_peek_and_replace() {
    let bars = Bars::walk(300, 35);
    let plan = Plan::new(&many(), &COLUMNS).unwrap();
    let whole = run(&plan, &bars, false, in_order);
    let mut set = Set::new(&plan);
    let mut values = vec![f64::NAN; plan.slots()];
    let widths: Vec<usize> = plan
        .sinks()
        .iter()
        .map(|s| s.entry.spec.series().len())
        .collect();
    let sinks = plan.sinks().iter();
    let mut tables: Vec<Table> = sinks.map(|s| Table::of(&s.entry.spec)).collect();
    let mut spare = tables.clone();
    let mut shown: Vec<Values> = widths.iter().map(|w| vec![Vec::new(); *w]).collect();
    for i in 0..bars.len() {
        let lay = |values: &mut [f64], i: usize| {
            for (value, name) in values.iter_mut().zip(COLUMNS) {
                *value = bars.column(name)[i];
            }
        };
        lay(&mut values, i / 2);
        set.peek_bar(&mut values, &mut spare, ask);
        lay(&mut values, i / 2);
        set.bar(&mut values, &mut spare);
        set.undo();
        lay(&mut values, i);
        set.bar(&mut values, &mut tables);
        for (sink, columns) in shown.iter_mut().enumerate() {
            let from = plan.result(sink);
            columns
                .iter_mut()
                .zip(&values[from..])
                .for_each(|(all, x)| all.push(*x));
        }
    }
    ask(&mut set, &mut tables);
    for (i, sink) in plan.sinks().iter().enumerate() {
        let shown = if widths[i] == 0 {
            in_one(&tables[i])
        } else {
            shown[i].clone()
        };
        assert_same(&whole[i], &shown, &format!("{} bar by bar", sink.label));
    }
}

/// Whoever takes bars piece by piece asks once, at the end.
#[test]
fn pieces_leave_reports_to_whoever_asks() {
    let bars = Bars::walk(900, 36);
    for id in ["volume_profile", "support_resistance", "heartbeat"] {
        let plan = Plan::new(&[member(id, &[])], &COLUMNS).unwrap();
        let whole = run(&plan, &bars, false, in_order);
        let mut set = Set::new(&plan);
        let mut table = Table::of(&plan.sinks()[0].entry.spec);
        let columns = COLUMNS.map(|name| bars.column(name));
        for (from, to) in [(0, 400), (400, 900)] {
            let piece = columns.map(|column| &column[from..to]);
            set.process(&plan, &piece, &mut [Sink::Table(&mut table)]);
            assert!(table.summary().iter().all(|x| x.is_nan()), "{id}");
            assert!(!table.is_state() || table.is_empty(), "{id}");
        }
        set.report(0, &mut table);
        assert_same(&whole[0], &in_one(&table), id);
        assert!(!table.is_empty(), "{id}: there is something to compare");
    }
}

fn ask(set: &mut Set, tables: &mut [Table]) {
    for (sink, table) in tables.iter_mut().enumerate() {
        set.report(sink, table);
    }
}

#[test]
fn what_cannot_be_planned_is_said() {
    let code = |members: &[Member], columns: &[&str]| {
        Plan::new(members, columns)
            .map(|_| ())
            .map_err(|e| (e.code, e.to_string()))
    };
    let cases = [
        (member("nope", &[]), Code::UnknownIndicator),
        (member("rsi", &[("length", 3.0)]), Code::UnknownParam),
        (member("rsi", &[("period", 0.0)]), Code::ParamRange),
        (
            of(member("ema", &[]), member("sma_cross", &[]), None),
            Code::Source,
        ),
        (
            of(member("ema", &[]), member("macd", &[]), Some("nope")),
            Code::Source,
        ),
        (
            of(member("atr", &[]), member("rsi", &[]), None),
            Code::Source,
        ),
    ];
    for (member, expected) in cases {
        assert_eq!(code(&[member], &COLUMNS).unwrap_err().0, expected);
    }
    let several = [member("sma", &[]), member("atr", &[("period", 0.0)])];
    let error = code(&several, &COLUMNS).unwrap_err();
    assert_eq!(error, (Code::ParamRange, "atr: period 0 is below 1".into()));
    let error = code(&[member("atr", &[])], &["close"]).unwrap_err();
    assert_eq!(
        error,
        (
            Code::UnknownColumn,
            "atr needs the column \"high\"; there are close".into()
        )
    );
    let error = code(&[member("vwap", &[])], &COLUMNS[..5]).unwrap_err();
    assert_eq!(
        error,
        (
            Code::InputCount,
            "vwap with anchor \"session\" needs the input time".into()
        )
    );
    let deep = (0..100).fold(member("sma", &[]), |inner, _| {
        of(member("ema", &[]), inner, None)
    });
    assert_eq!(code(&[deep], &COLUMNS).unwrap_err().0, Code::Source);
}
