//! How far a point is from a drawing, in pixels.
//!
//! A drawing with a coordinate that is no number is infinitely far away. One of which two points are the same is that
//! point.

/// A place in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

impl Point {
    /// At these coordinates.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// How far a line goes beyond the two points that it is drawn through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// From the one to the other.
    Segment,
    /// From the first through the second.
    Ray,
    /// Through both.
    Line,
}

/// The distance from a line through two points.
#[must_use]
pub fn line(at: Point, a: Point, b: Point, reach: Reach) -> f64 {
    let (width, height) = (b.x - a.x, b.y - a.y);
    let (px, py) = (at.x - a.x, at.y - a.y);
    // The direction with its larger part 1: no square of it is out of a number's range.
    let size = larger(width.abs(), height.abs());
    if size.is_nan() || size <= 0.0 {
        return length(px + (width + height) * 0.0, py);
    }
    let (dx, dy) = (width / size, height / size);
    let squared = dx * dx + dy * dy;
    let along = (px * dx + py * dy) / squared;
    if reach != Reach::Line && along < 0.0 {
        return length(px, py);
    }
    if reach == Reach::Segment && along > size {
        return length(at.x - b.x, at.y - b.y);
    }
    known((px * dy - py * dx).abs() / squared.sqrt())
}

/// The distance from a rectangle between two opposite corners: from its edge, or 0 inside of it where it is filled.
#[must_use]
pub fn rectangle(at: Point, a: Point, b: Point, filled: bool) -> f64 {
    let (left, right) = if a.x <= b.x { (a.x, b.x) } else { (b.x, a.x) };
    let (top, bottom) = if a.y <= b.y { (a.y, b.y) } else { (b.y, a.y) };
    // Positive outside, negative inside.
    let across = larger(left - at.x, at.x - right);
    let down = larger(top - at.y, at.y - bottom);
    let apart = if across > 0.0 && down > 0.0 {
        length(across, down)
    } else {
        larger(across, down)
    };
    let whole = (a.x + b.x + a.y + b.y + at.x + at.y) * 0.0;
    known(
        whole
            + if apart > 0.0 {
                apart
            } else if filled {
                0.0
            } else {
                -apart
            },
    )
}

/// The distance from a line through many points, and the number of its nearest part: 0 between the first two. A point
/// with a coordinate that is no number is a gap; a single point is that point. Of equally near parts the first counts;
/// without one the distance is infinite.
///
/// The columns are equally long, or what one has more is not seen.
#[must_use]
pub fn polyline(at: Point, x: &[f64], y: &[f64]) -> (f64, usize) {
    let point = |i: usize| Point::new(x[i], y[i]);
    let count = x.len().min(y.len());
    if count == 1 {
        return (line(at, point(0), point(0), Reach::Segment), 0);
    }
    let parts = (1..count).map(|i| line(at, point(i - 1), point(i), Reach::Segment));
    nearest(parts)
}

/// The distance from horizontal lines at some heights, and the number of the nearest: levels of Fibonacci, a grid,
/// support and resistance. They go from one place to another, `extended` to the right without end.
#[must_use]
pub fn levels(at: Point, from: f64, to: f64, heights: &[f64], extended: bool) -> (f64, usize) {
    let (left, right) = if from <= to { (from, to) } else { (to, from) };
    let reach = if extended { Reach::Ray } else { Reach::Segment };
    // A ray has to have a direction.
    let right = if extended && right <= left {
        left + 1.0
    } else {
        right
    };
    nearest(
        heights
            .iter()
            .map(|y| line(at, Point::new(left, *y), Point::new(right, *y), reach)),
    )
}

/// The prices of Fibonacci's levels for a move from one price to another: a ratio of 0 is where the move ended, 1 where
/// it began, 0.618 where that share of it is taken back; above 1 beyond its beginning, below 0 beyond its end.
#[must_use]
pub fn fibonacci(from: f64, to: f64, ratio: f64) -> f64 {
    to + (from - to) * ratio
}

/// The ratios that charts draw unless told otherwise.
pub const RATIOS: [f64; 7] = [0.0, 0.236, 0.382, 0.5, 0.618, 0.786, 1.0];

fn nearest(distances: impl Iterator<Item = f64>) -> (f64, usize) {
    let mut best = (f64::INFINITY, 0);
    for (i, distance) in distances.enumerate() {
        if distance < best.0 {
            best = (distance, i);
        }
    }
    best
}

fn larger(a: f64, b: f64) -> f64 {
    if a >= b { a } else { b }
}

/// The root is exact on every machine; the functions of a library that spare the squares' range are not.
fn length(x: f64, y: f64) -> f64 {
    known((x * x + y * y).sqrt())
}

fn known(distance: f64) -> f64 {
    if distance.is_nan() {
        f64::INFINITY
    } else {
        distance
    }
}
