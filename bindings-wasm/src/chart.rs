//! Axes of a chart and drawings on it: functions of numbers.

use tvf_core::chart::hit::{self, Point, Reach};
use tvf_core::chart::{self, Kind, Scale};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::exchange::Exchange;
use crate::memory;
use crate::output::Output;

/// Which function of an axis is meant.
fn of(scale: &Scale, function: u32) -> impl Fn(f64) -> f64 {
    move |x| match function {
        0 => scale.y(x),
        1 => scale.price(x),
        2 => scale.shown(x),
        3 => scale.price_of(x),
        _ => scale.y_of(x),
    }
}

/// One of the functions of an axis at a number. The axis is described anew each time: there is nothing to give back.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "a call that allocates nothing")]
pub fn scale(
    exchange: &mut Exchange,
    function: u32,
    kind: u32,
    low: f64,
    high: f64,
    height: f64,
    base: f64,
    inverted: bool,
    x: f64,
) -> f64 {
    let found = exchange.attempt(|_| {
        let scale = Scale::new(kind_of(kind), (low, high), height, base, inverted)?;
        Ok(of(&scale, function)(x))
    });
    found.unwrap_or(f64::NAN)
}

/// The same at each number of the column laid into the exchange: answers with a column.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "those of one number")]
pub fn scale_all(
    exchange: &mut Exchange,
    function: u32,
    kind: u32,
    low: f64,
    high: f64,
    height: f64,
    base: f64,
    inverted: bool,
) -> bool {
    exchange
        .attempt(|exchange| {
            let scale = Scale::new(kind_of(kind), (low, high), height, base, inverted)?;
            let column = exchange.inputs().first().map_or(&[][..], Vec::as_slice);
            let mut out = Vec::new();
            memory::reserve(&mut out, column.len())?;
            out.extend(column.iter().copied().map(of(&scale, function)));
            exchange.answer(vec![Output::Series(vec![out])], &[0]);
            Ok(())
        })
        .is_some()
}

/// The number of a kind of axis, by which the other functions know it.
#[wasm_bindgen]
pub fn scale_kind(exchange: &mut Exchange, word: &str) -> Option<u32> {
    exchange.attempt(|_| Ok(Kind::parse(word)? as u32))
}

fn kind_of(kind: u32) -> Kind {
    let all = [Kind::Linear, Kind::Log, Kind::Percent, Kind::Indexed];
    *all.get(kind as usize).unwrap_or(&Kind::Linear)
}

/// Round numbers along an axis: answers with a column of them, and another with their step and decimals.
#[wasm_bindgen]
pub fn ticks(
    exchange: &mut Exchange,
    low: f64,
    high: f64,
    most: f64,
    unit: f64,
    log: bool,
) -> bool {
    exchange
        .attempt(|exchange| {
            let most = chart::count("most", most, 1)?;
            let found = if log {
                chart::log_ticks(low, high, most)?
            } else {
                chart::ticks(low, high, most, unit)?
            };
            let about = vec![found.step, f64::from(found.decimals)];
            let outputs = vec![
                Output::Series(vec![found.values]),
                Output::Series(vec![about]),
            ];
            exchange.answer(outputs, &[0, 1]);
            Ok(())
        })
        .is_some()
}

/// Round moments along an axis, by the moments and offsets laid into the exchange: answers with two columns, the
/// moments and the numbers of their units.
#[wasm_bindgen]
pub fn time_ticks(exchange: &mut Exchange, from: f64, to: f64, most: f64) -> bool {
    exchange
        .attempt(|exchange| {
            let most = chart::count("most", most, 1)?;
            let changes: Vec<(f64, f64)> = match exchange.inputs() {
                [moments, offsets] => moments
                    .iter()
                    .copied()
                    .zip(offsets.iter().copied())
                    .collect(),
                _ => Vec::new(),
            };
            let found = chart::time_ticks(from, to, most, &changes)?;
            let times = found.times.iter().map(|time| *time as f64).collect();
            let units = found
                .units
                .iter()
                .map(|unit| f64::from(*unit as u32))
                .collect();
            exchange.answer(vec![Output::Series(vec![times, units])], &[0]);
            Ok(())
        })
        .is_some()
}

/// The distance from a line through two points: 0 between them, 1 from the first on, any other number without an end.
#[wasm_bindgen]
#[must_use]
pub fn hit_line(x: f64, y: f64, x1: f64, y1: f64, x2: f64, y2: f64, reach: u32) -> f64 {
    let reach = match reach {
        0 => Reach::Segment,
        1 => Reach::Ray,
        _ => Reach::Line,
    };
    hit::line(
        Point::new(x, y),
        Point::new(x1, y1),
        Point::new(x2, y2),
        reach,
    )
}

/// The distance from a rectangle between two corners.
#[wasm_bindgen]
#[must_use]
pub fn hit_rectangle(x: f64, y: f64, x1: f64, y1: f64, x2: f64, y2: f64, filled: bool) -> f64 {
    hit::rectangle(
        Point::new(x, y),
        Point::new(x1, y1),
        Point::new(x2, y2),
        filled,
    )
}

/// The distance from the line through the points laid into the exchange: answers with it and the number of the part.
#[wasm_bindgen]
pub fn hit_polyline(exchange: &mut Exchange, x: f64, y: f64) {
    let found = match exchange.inputs() {
        [xs, ys] => hit::polyline(Point::new(x, y), xs, ys),
        _ => (f64::INFINITY, 0),
    };
    nearest(exchange, found);
}

/// The distance from horizontal lines at the heights laid into the exchange, likewise.
#[wasm_bindgen]
pub fn hit_levels(exchange: &mut Exchange, x: f64, y: f64, from: f64, to: f64, extended: bool) {
    let heights = exchange.inputs().first().map_or(&[][..], Vec::as_slice);
    let found = hit::levels(Point::new(x, y), from, to, heights, extended);
    nearest(exchange, found);
}

fn nearest(exchange: &mut Exchange, (distance, number): (f64, usize)) {
    exchange.answer(
        vec![Output::Series(vec![vec![distance, number as f64]])],
        &[0],
    );
}

/// The price of a level of Fibonacci's.
#[wasm_bindgen]
#[must_use]
pub fn fibonacci(from: f64, to: f64, ratio: f64) -> f64 {
    hit::fibonacci(from, to, ratio)
}
