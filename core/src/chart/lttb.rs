//! A line of many points drawn with few, chosen by the triangles that they span.

use crate::error::Error;

/// Chooses at most `most` points of a line: largest triangle three buckets (S. Steinarsson, "Downsampling Time Series
/// for Visual Representation", 2013). The first and the last point stay; those between are divided into buckets of equally many, and of each the
/// point is taken that spans the largest triangle with the point taken before and with the mean of the next bucket; of
/// equal ones the first.
///
/// Gives the numbers of the points, ascending. Points of which a coordinate is missing are left out before anything
/// else; with one point asked for it is the first, with two they are the first and the last.
///
/// What is chosen depends on the whole line: moved by a bar, a window may show other points. For charts that are
/// dragged [`extremes`](super::extremes) is steadier.
///
/// # Errors
/// [`InputLength`](crate::Code::InputLength), [`OutOfMemory`](crate::Code::OutOfMemory).
pub fn lttb(x: &[f64], y: &[f64], most: usize) -> Result<Vec<usize>, Error> {
    if y.len() != x.len() {
        return Err(Error::input_length("y", y.len(), "x", x.len()));
    }
    let none = |n: usize| Error::out_of_memory(n, "values");
    let is_point = |i: &usize| x[*i].is_finite() && y[*i].is_finite();
    let mut points: Vec<usize> = Vec::new();
    points.try_reserve(x.len()).map_err(|_| none(x.len()))?;
    points.extend((0..x.len()).filter(is_point));
    let count = points.len();
    if most >= count {
        return Ok(points);
    }
    if most < 3 {
        points.truncate(1.min(most));
        if most == 2 {
            points.extend((0..x.len()).rev().find(is_point));
        }
        return Ok(points);
    }
    let mut chosen = Vec::new();
    chosen.try_reserve(most).map_err(|_| none(most))?;
    let mut before = points[0];
    chosen.push(before);
    let end = |bucket: usize| edge(bucket, count, most);
    for bucket in 0..most - 2 {
        let own = &points[end(bucket)..end(bucket + 1)];
        // That of the last bucket is the last point alone.
        let next = &points[end(bucket + 1)..end(bucket + 2).min(count)];
        let n = next.len() as f64;
        let mean_x = next.iter().fold(0.0, |sum, i| sum + x[*i]) / n;
        let mean_y = next.iter().fold(0.0, |sum, i| sum + y[*i]) / n;
        let (before_x, before_y) = (x[before], y[before]);
        let area = |i: usize| {
            let across = (before_x - mean_x) * (y[i] - before_y);
            (across - (before_x - x[i]) * (mean_y - before_y)).abs()
        };
        let mut best = own[0];
        let mut largest = area(best);
        for i in &own[1..] {
            let found = area(*i);
            if found > largest {
                (best, largest) = (*i, found);
            }
        }
        chosen.push(best);
        before = best;
    }
    chosen.push(points[count - 1]);
    Ok(chosen)
}

/// Where a bucket begins among the points: after the first point, in whole numbers, so that every host cuts
/// alike.
fn edge(bucket: usize, count: usize, most: usize) -> usize {
    let (each, rest) = ((count - 2) / (most - 2), (count - 2) % (most - 2));
    1 + bucket * each + bucket * rest / (most - 2)
}
