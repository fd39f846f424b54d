//! Laws that hold for every kind of transform, and small cases worked out by hand.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::{Bars, Random};
use tvf_core::transforms::{COLUMNS, KINDS, KindEntry, MOST_ROWS, Rows, Transform, find};
use tvf_core::{Arg, Code, Error, ParamKind, Params, Profile};

const BARS: usize = 1500;

fn params(entry: &'static KindEntry, args: &[(&str, Arg<'_>)]) -> Params {
    Params::named(&entry.kind, Profile::default(), args.iter().copied()).unwrap()
}

/// The defaults, and numbers and words that give a walk around 100 enough rows.
fn settings(entry: &'static KindEntry) -> Vec<Params> {
    let mut all = vec![params(entry, &[])];
    let mut random = Random(7);
    for _ in 0..24 {
        let args = entry.kind.params.iter().map(|param| {
            let u = random.unit();
            Some(match param.kind {
                _ if random.below(3) == 0 => return None,
                ParamKind::Int { min, .. } => Arg::Number(min as f64 + (u * 20.0).round()),
                ParamKind::Float { .. } if random.below(2) == 0 => Arg::Number(0.25),
                ParamKind::Float { .. } => Arg::Number(0.1 + 3.0 * u),
                ParamKind::Choice { choices } | ParamKind::ChoiceOrInt { choices, .. } => {
                    Arg::Text(choices[random.below(choices.len())])
                }
            })
        });
        let args: Vec<_> = args.collect();
        all.push(Params::positional(&entry.kind, Profile::default(), &args).unwrap());
    }
    all
}

fn inputs<'a>(entry: &KindEntry, bars: &'a Bars, from: usize, to: usize) -> Vec<&'a [f64]> {
    let all = bars.inputs(entry.kind.inputs);
    all.iter().map(|column| &column[from..to]).collect()
}

fn push(series: &mut Transform, bars: &Bars, from: usize, to: usize, rows: &mut Rows) {
    let inputs = inputs(series.entry(), bars, from, to);
    series.extend(&inputs, rows).unwrap();
}

fn whole(entry: &'static KindEntry, params: &Params, bars: &Bars) -> (Rows, Rows) {
    let mut series = Transform::new(entry, *params);
    let mut rows = Rows::of(&entry.kind);
    push(&mut series, bars, 0, bars.len(), &mut rows);
    (rows, series.forming().unwrap())
}

/// Rows as bits, so that missing values are equal.
fn bits(rows: &Rows) -> Vec<Vec<u64>> {
    let columns = rows.columns().iter();
    columns
        .map(|column| column.iter().map(|x| x.to_bits()).collect())
        .collect()
}

fn column<'a>(rows: &'a Rows, name: &str) -> &'a [f64] {
    let place = COLUMNS.iter().position(|c| c.name == name).unwrap();
    &rows.columns()[place]
}

fn assert_sound(what: &str, rows: &Rows, bars: &Bars) {
    let get = |name| column(rows, name);
    for i in 0..rows.len() {
        let [open, high, low, close] = ["open", "high", "low", "close"].map(|name| get(name)[i]);
        let at = format!("{what} row {i}");
        assert!(low <= high, "{at}");
        let direction = get("direction")[i];
        assert!((close - open) * direction >= 0.0, "{at}");
        let (index, start) = (get("index")[i], get("start")[i]);
        assert!(
            0.0 <= start && start <= index && index < bars.len() as f64,
            "{at}"
        );
        let bar = (0..bars.len()).find(|&bar| bar as f64 == index).unwrap();
        assert_eq!(get("time")[i].to_bits(), bars.time[bar].to_bits(), "{at}");
    }
    assert!(get("index").is_sorted(), "{what}");
    assert!(get("start").is_sorted(), "{what}");
}

#[test]
fn rows_are_sound_and_there_are_some() {
    for entry in KINDS {
        let bars = Bars::walk(BARS, 11);
        for params in settings(entry) {
            let what = params.label();
            let (rows, forming) = whole(entry, &params, &bars);
            assert_sound(&what, &rows, &bars);
            assert_sound(&what, &forming, &bars);
            assert!(forming.len() <= 1, "{what}");
        }
        let (rows, _) = whole(entry, &params(entry, &[]), &bars);
        assert!(rows.len() > 3, "{}: {} rows", entry.kind.id, rows.len());
    }
}

#[test]
fn a_row_that_has_closed_never_changes() {
    for entry in KINDS {
        let bars = Bars::walk(BARS, 5);
        for params in settings(entry) {
            let (all, forming) = whole(entry, &params, &bars);
            let mut series = Transform::new(entry, params);
            let mut rows = Rows::of(&entry.kind);
            for i in 0..BARS {
                let had = rows.len();
                push(&mut series, &bars, i, i + 1, &mut rows);
                let new = &column(&rows, "index")[had..];
                assert!(new.iter().all(|&index| index == i as f64), "told late");
            }
            assert_eq!(bits(&rows), bits(&all), "{}", params.label());
            assert_eq!(bits(&series.forming().unwrap()), bits(&forming));
        }
    }
}

#[test]
fn any_cut_gives_the_same_rows() {
    for entry in KINDS {
        let bars = Bars::walk(400, 21);
        let mut random = Random(3);
        for params in settings(entry) {
            let (all, forming) = whole(entry, &params, &bars);
            let mut series = Transform::new(entry, params);
            let mut rows = Rows::of(&entry.kind);
            let mut from = 0;
            while from < bars.len() {
                let to = (from + random.below(60)).min(bars.len());
                push(&mut series, &bars, from, to, &mut rows);
                from = to;
            }
            assert_eq!(bits(&rows), bits(&all), "{}", params.label());
            assert_eq!(bits(&series.forming().unwrap()), bits(&forming));
        }
    }
}

#[test]
fn the_last_bar_can_be_replaced() {
    for entry in KINDS {
        let bars = Bars::walk(300, 3);
        let mut other = Bars::walk(300, 4);
        other.time.clone_from(&bars.time);
        for params in settings(entry) {
            let mut straight = Transform::new(entry, params);
            let mut revised = Transform::new(entry, params);
            for i in 0..bars.len() {
                let [mut a, mut b, mut void] = [(); 3].map(|()| Rows::of(&entry.kind));
                push(&mut straight, &bars, i, i + 1, &mut a);
                let wrong = inputs(entry, &other, i, i + 1);
                let mut seen = Rows::of(&entry.kind);
                revised.peek(&wrong, &mut seen).unwrap();
                revised.update(&wrong, &mut void).unwrap();
                assert_eq!(bits(&seen), bits(&void), "{} bar {i}", params.label());
                revised.replace(&wrong, &mut void).unwrap();
                let right = inputs(entry, &bars, i, i + 1);
                revised.replace(&right, &mut b).unwrap();
                assert_eq!(bits(&a), bits(&b), "{} bar {i}", params.label());
                let forming = [straight.forming().unwrap(), revised.forming().unwrap()];
                assert_eq!(bits(&forming[0]), bits(&forming[1]));
            }
        }
    }
}

#[test]
fn bars_that_lack_a_close_are_passed_over() {
    for entry in KINDS {
        let mut bars = Bars::walk(BARS, 9);
        for i in (0..BARS).step_by(7) {
            bars.close[i] = [f64::NAN, f64::INFINITY][i % 2];
        }
        let there: Vec<usize> = (0..BARS).filter(|i| i % 7 != 0).collect();
        let mut kept = bars.clone();
        for column in kept.columns() {
            *column = there.iter().map(|&i| column[i]).collect();
        }
        let params = params(entry, &[]);
        let (found, _) = whole(entry, &params, &bars);
        let (without, _) = whole(entry, &params, &kept);
        let index = column(&without, "index").iter();
        let index: Vec<f64> = index
            .map(|&i| {
                *there
                    .iter()
                    .enumerate()
                    .find(|(at, _)| *at as f64 == i)
                    .unwrap()
                    .1 as f64
            })
            .collect();
        assert_eq!(column(&found, "index"), index);
        for place in 2..found.columns().len() {
            assert_eq!(
                bits(&found)[place],
                bits(&without)[place],
                "{}",
                entry.kind.id
            );
        }
    }
}

/// What becomes of closes alone, or of closes with volumes.
fn of_ticks(
    id: &str,
    args: &[(&str, Arg<'_>)],
    close: &[f64],
    volume: &[f64],
) -> Result<(Rows, Rows), Error> {
    let entry = find(id)?;
    let mut series = Transform::new(entry, params(entry, args));
    let mut rows = Rows::of(&entry.kind);
    let columns: Vec<&[f64]> = entry
        .kind
        .inputs
        .iter()
        .map(|input| match input.name {
            "close" => close,
            "volume" => volume,
            _ => &[],
        })
        .collect();
    series.extend(&columns, &mut rows)?;
    Ok((rows, series.forming()?))
}

/// Open, close and index of the rows.
fn told(rows: &Rows) -> Vec<(f64, f64, f64)> {
    let [open, close, index] = ["open", "close", "index"].map(|name| column(rows, name));
    (0..rows.len())
        .map(|i| (open[i], close[i], index[i]))
        .collect()
}

fn number(name: &str, x: f64) -> (&str, Arg<'_>) {
    (name, Arg::Number(x))
}

#[test]
fn renko_turns_after_two_bricks() {
    let close = [100.2, 101.0, 102.9, 101.1, 100.0, 103.4];
    let (rows, forming) = of_ticks("renko", &[], &close, &[1.0; 6]).unwrap();
    let expected = [
        (100.0, 101.0, 1.0),
        (101.0, 102.0, 2.0),
        (101.0, 100.0, 4.0),
        (101.0, 102.0, 5.0),
        (102.0, 103.0, 5.0),
    ];
    assert_eq!(told(&rows), expected);
    assert_eq!(column(&rows, "volume"), [1.0, 1.0, 2.0, 0.5, 0.5]);
    assert!(forming.is_empty());
    let (_, forming) = of_ticks("renko", &[], &close[..4], &[]).unwrap();
    assert_eq!(told(&forming), [(102.0, 101.1, 3.0)]);
}

#[test]
fn decimal_prices_reach_decimal_steps() {
    let close: Vec<f64> = (0..200).map(|i| f64::from(1000 + i) / 10.0).collect();
    let (rows, _) = of_ticks("renko", &[number("brick", 0.1)], &close, &[]).unwrap();
    assert_eq!(rows.len(), 199);
    let (_, forming) = of_ticks("point_and_figure", &[number("box", 0.1)], &close, &[]).unwrap();
    assert_eq!(forming.columns().last().unwrap(), &[199.0]);
    let (rows, _) = of_ticks("range_bars", &[number("size", 0.1)], &close, &[]).unwrap();
    assert_eq!(rows.len(), 199);
    let volume = [0.1; 1000];
    let (rows, _) = of_ticks("volume_bars", &[number("size", 1.0)], &volume, &volume).unwrap();
    assert_eq!(rows.len(), 100);
}

#[test]
fn renko_in_ranges_keeps_the_size_that_its_brick_began_with() {
    let entry = find("renko").unwrap();
    let mut bars = Bars::walk(BARS, 2);
    let args = [
        ("unit", Arg::Text("atr")),
        number("brick", 2.0),
        ("begin", Arg::Text("close")),
    ];
    let (rows, _) = whole(entry, &params(entry, &args), &bars);
    // The range of a wild bar must not change the size of the bricks that this very bar closes.
    let at = column(&rows, "index")[4];
    let sizes = |rows: &Rows| -> Vec<f64> {
        let told = told(rows);
        told.iter()
            .filter(|row| row.2 == at)
            .map(|row| (row.1 - row.0).abs())
            .collect()
    };
    let before = sizes(&rows);
    let bar = (0..BARS).find(|&i| i as f64 == at).unwrap();
    bars.high[bar] *= 2.0;
    let (wild, _) = whole(entry, &params(entry, &args), &bars);
    assert_eq!(sizes(&wild), before);
    assert!(before.iter().all(|size| *size > 0.0));
}

#[test]
fn kagi_thickens_above_the_shoulder_and_thins_below_the_waist() {
    let close = [10.0, 12.0, 14.0, 13.5, 11.0, 15.0, 9.0, 12.0];
    let (rows, forming) = of_ticks("kagi", &[number("reversal", 2.0)], &close, &[1.0; 8]).unwrap();
    let expected = [
        (10.0, 14.0, 4.0),
        (14.0, 11.0, 5.0),
        (11.0, 15.0, 6.0),
        (15.0, 9.0, 7.0),
    ];
    assert_eq!(told(&rows), expected);
    assert_eq!(column(&rows, "volume"), [4.0, 1.0, 1.0, 1.0]);
    let [line, turned] = [9, 10].map(|i| &rows.columns()[i]);
    assert_eq!(line, &[1.0, 1.0, 1.0, -1.0]);
    assert!(turned[..3].iter().all(|x| x.is_nan()));
    assert_eq!(turned[3], 11.0);
    assert_eq!(told(&forming), [(9.0, 12.0, 7.0)]);
    // The beginning of the first leg is a waist as well.
    let (rows, _) = of_ticks(
        "kagi",
        &[number("reversal", 2.0)],
        &[10.0, 13.0, 9.0, 12.0],
        &[],
    )
    .unwrap();
    assert_eq!(rows.columns()[9], [1.0, -1.0]);
    assert_eq!(rows.columns()[10][1], 10.0);
}

#[test]
fn point_and_figure_fills_the_boxes_that_price_reaches() {
    let close = [100.4, 101.2, 103.7, 102.0, 100.9, 100.7, 98.2, 101.0];
    let (rows, forming) = of_ticks("point_and_figure", &[], &close, &[]).unwrap();
    // 103.7 fills 103, and the column of O begins at 102 when 100 is reached: at 98.2.
    assert_eq!(told(&rows), [(101.0, 103.0, 6.0)]);
    assert_eq!(rows.columns()[9], [3.0]);
    assert_eq!(told(&forming), [(102.0, 99.0, 7.0)]);
    let (rows, _) = of_ticks("point_and_figure", &[number("reversal", 1.0)], &close, &[]).unwrap();
    assert_eq!(told(&rows), [(101.0, 103.0, 3.0), (102.0, 99.0, 7.0)]);
}

#[test]
fn line_break_turns_beyond_the_last_lines() {
    let close = [10.0, 11.0, 12.0, 13.0, 12.5, 10.5, 9.9, 12.4, 13.1];
    let (rows, forming) = of_ticks("line_break", &[], &close, &[]).unwrap();
    let expected = [
        (10.0, 11.0, 1.0),
        (11.0, 12.0, 2.0),
        (12.0, 13.0, 3.0),
        (12.0, 9.9, 6.0),
        (12.0, 13.1, 8.0),
    ];
    assert_eq!(told(&rows), expected);
    assert!(forming.is_empty());
    let (rows, _) = of_ticks("line_break", &[number("lines", 2.0)], &close, &[]).unwrap();
    assert_eq!(told(&rows)[3], (12.0, 10.5, 5.0));
}

#[test]
fn range_bars_fill_gaps_and_follow_the_path_of_bars() {
    let (rows, forming) =
        of_ticks("range_bars", &[], &[10.0, 10.6, 13.2, 12.9], &[4.0; 4]).unwrap();
    assert_eq!(
        told(&rows),
        [(10.0, 11.0, 2.0), (11.0, 12.0, 2.0), (12.0, 13.0, 2.0)]
    );
    assert_eq!(column(&rows, "volume"), [4.0; 3]);
    assert_eq!(told(&forming), [(13.0, 12.9, 3.0)]);
    let entry = find("range_bars").unwrap();
    let mut rows = Rows::of(&entry.kind);
    let mut series = Transform::new(entry, params(entry, &[number("size", 2.0)]));
    // Up to 11 first, as it is nearer to the open, then down to 8, and back.
    let bar: [&[f64]; 6] = [&[9.0], &[10.0], &[11.0], &[8.0], &[], &[]];
    series.extend(&bar, &mut rows).unwrap();
    assert_eq!(told(&rows), [(10.0, 9.0, 0.0)]);
    assert_eq!(column(&rows, "high"), [11.0]);
}

#[test]
fn activity_is_never_split() {
    let (close, volume) = ([10.0, 11.0, 9.0, 12.0], [60.0, 70.0, 20.0, 500.0]);
    let size = [number("size", 100.0)];
    let (rows, forming) = of_ticks("volume_bars", &size, &close, &volume).unwrap();
    assert_eq!(told(&rows), [(10.0, 11.0, 1.0), (9.0, 12.0, 3.0)]);
    assert_eq!(column(&rows, "volume"), [130.0, 520.0]);
    assert!(forming.is_empty());
    let (rows, _) = of_ticks("dollar_bars", &[number("size", 600.0)], &close, &volume).unwrap();
    assert_eq!(column(&rows, "index"), [0.0, 1.0, 3.0]);
    let (rows, forming) = of_ticks("tick_bars", &[number("size", 3.0)], &close, &[]).unwrap();
    assert_eq!(told(&rows), [(10.0, 9.0, 2.0)]);
    assert!(column(&rows, "volume")[0].is_nan());
    assert_eq!(told(&forming), [(12.0, 12.0, 3.0)]);
}

#[test]
fn steps_too_small_for_a_gap_are_errors_and_change_nothing() {
    for (id, name) in [("renko", "brick"), ("range_bars", "size")] {
        let entry = find(id).unwrap();
        let mut series = Transform::new(entry, params(entry, &[number(name, 0.001)]));
        let mut rows = Rows::of(&entry.kind);
        let missing: &[f64] = &[];
        let first: [&[f64]; 6] = [&[1.0, 1.5], missing, missing, missing, missing, missing];
        series.extend(&first, &mut rows).unwrap();
        let (had, copy) = (rows.len(), bits(&rows));
        let gap: [&[f64]; 6] = [&[2.0, 1e9], missing, missing, missing, missing, missing];
        let error = series.extend(&gap, &mut rows).unwrap_err();
        assert_eq!((error.code, error.name.as_str()), (Code::ParamRange, name));
        assert_eq!(error.value, "0.001");
        assert!(error.bound.contains(&MOST_ROWS.to_string()));
        assert_eq!((rows.len(), bits(&rows), series.bars()), (had, copy, 2));
        let extreme: [&[f64]; 6] = [&[f64::MAX], missing, missing, missing, missing, missing];
        assert_eq!(
            series.extend(&extreme, &mut rows).unwrap_err().code,
            Code::ParamRange
        );
    }
}

#[test]
fn extreme_prices_are_taken() {
    let extremes = [
        f64::MAX,
        f64::MIN,
        0.0,
        -0.0,
        5e-324,
        -1e-300,
        1e300,
        f64::MIN,
        f64::MAX,
    ];
    for entry in KINDS {
        for params in settings(entry) {
            let mut series = Transform::new(entry, params);
            let mut rows = Rows::of(&entry.kind);
            for price in extremes {
                let volume = [price.abs()];
                let bar: Vec<&[f64]> = entry
                    .kind
                    .inputs
                    .iter()
                    .map(|input| match input.name {
                        "volume" => &volume[..],
                        _ => std::slice::from_ref(&price),
                    })
                    .collect();
                let bar = [&bar[..bar.len() - 1], &[&[][..]]].concat();
                if let Err(error) = series.extend(&bar, &mut rows) {
                    assert_eq!(error.code, Code::ParamRange);
                }
            }
        }
    }
}

#[test]
fn wrong_calls_are_errors() {
    assert_eq!(find("reenko").unwrap_err().code, Code::UnknownTransform);
    for entry in KINDS {
        let bars = Bars::walk(10, 1);
        let mut series = Transform::new(entry, params(entry, &[]));
        let mut rows = Rows::of(&entry.kind);
        let nothing = series.replace(&inputs(entry, &bars, 0, 1), &mut rows);
        assert_eq!(nothing.unwrap_err().code, Code::NothingToReplace);
        let mut short = inputs(entry, &bars, 0, 10);
        let first = short[0];
        short[0] = &first[1..];
        assert_eq!(
            series.extend(&short, &mut rows).unwrap_err().code,
            Code::InputLength
        );
        let more = series.replace(&inputs(entry, &bars, 0, 2), &mut rows);
        assert_eq!(more.unwrap_err().code, Code::InputLength);
        let mut back = bars.clone();
        back.time.reverse();
        let wrong = series.extend(&inputs(entry, &back, 0, 10), &mut rows);
        assert_eq!(wrong.unwrap_err().code, Code::TimeOrder);
        assert_eq!((series.bars(), rows.len()), (0, 0));
    }
}

#[test]
fn volumes_below_0_are_refused() {
    for entry in KINDS {
        let mut bars = Bars::walk(10, 1);
        bars.volume[7] = -2.0;
        let mut series = Transform::new(entry, params(entry, &[]));
        let mut rows = Rows::of(&entry.kind);
        let refused = series.extend(&inputs(entry, &bars, 0, 10), &mut rows);
        if !entry.kind.inputs.iter().any(|input| input.name == "volume") {
            refused.unwrap();
            continue;
        }
        assert_eq!(refused.unwrap_err().code, Code::InputRange);
        assert_eq!((series.bars(), rows.len()), (0, 0));
    }
}
