//! Confluence: prices where levels of several swings meet.

use super::levels::Level;

/// A level of a cluster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The figure's name.
    pub kind: &'static str,
    /// The ratio.
    pub ratio: f64,
}

/// Levels of several swings that are near each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The lowest of them.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// How many swings they are of.
    pub swings: usize,
    /// 0 to 1: how many of the swings agree, and how closely.
    pub score: f64,
    /// The levels, lowest first.
    pub parts: Vec<Part>,
}

/// Levels in a row, by their places in the order of prices.
struct Group {
    first: usize,
    last: usize,
    swings: usize,
    width: f64,
}

/// The clusters, lowest first.
pub(super) fn find(levels: &[Level], tolerance: f64) -> Vec<Cluster> {
    let prices = levels
        .iter()
        .filter(|level| level.is_price() && level.price.is_finite());
    let prices: Vec<&Level> = prices.collect();
    let places = order(prices.iter().map(|level| [level.price, 0.0]));
    let sorted: Vec<&Level> = places.into_iter().map(|place| prices[place]).collect();
    let mut all: Vec<(usize, usize)> = Vec::new();
    for level in &prices {
        if !all.contains(&level.swing) {
            all.push(level.swing);
        }
    }
    let groups = groups(&sorted, &all, tolerance);
    let best = order(
        groups
            .iter()
            .map(|group| [-(group.swings as f64), group.width]),
    );
    // A group reaches as far as it can, so two that share levels share one at an end.
    let mut is_taken = vec![false; sorted.len()];
    let mut is_cluster = vec![false; groups.len()];
    for place in best {
        let Group { first, last, .. } = groups[place];
        is_cluster[place] = !is_taken[first] && !is_taken[last];
        if is_cluster[place] {
            is_taken[first..=last].fill(true);
        }
    }
    let cluster = |group: &Group| {
        let members = &sorted[group.first..=group.last];
        let room = tolerance * members[0].price.abs();
        let closeness = if room > 0.0 {
            1.0 - group.width / room
        } else {
            1.0
        };
        Cluster {
            low: members[0].price,
            high: members[members.len() - 1].price,
            swings: group.swings,
            score: f64::midpoint(group.swings as f64 / all.len() as f64, closeness),
            parts: members
                .iter()
                .map(|level| Part {
                    kind: level.kind,
                    ratio: level.ratio,
                })
                .collect(),
        }
    };
    let found = groups.iter().zip(is_cluster).filter(|(_, is)| *is);
    found.map(|(group, _)| cluster(group)).collect()
}

/// The places of things in the order of their numbers, of equal ones as they came.
fn order(numbers: impl Iterator<Item = [f64; 2]>) -> Vec<usize> {
    let mut numbered: Vec<([f64; 2], usize)> = numbers.zip(0..).collect();
    sort(&mut numbered);
    numbered.into_iter().map(|(_, place)| place).collect()
}

/// One copy of a sort for all that is sorted here: in a page each is loaded.
#[inline(never)]
fn sort(numbered: &mut [([f64; 2], usize)]) {
    numbered.sort_by(|([a, b], _), ([c, d], _)| a.total_cmp(c).then(b.total_cmp(d)));
}

/// From each level on, the levels within the tolerance, if they are of several swings.
fn groups(sorted: &[&Level], all: &[(usize, usize)], tolerance: f64) -> Vec<Group> {
    let place = |level: &Level| {
        let place = all.iter().position(|swing| *swing == level.swing);
        place.unwrap_or_default()
    };
    let mut counts = vec![0_usize; all.len()];
    let (mut swings, mut end) = (0, 0);
    let mut found = Vec::new();
    for (first, level) in sorted.iter().enumerate() {
        let limit = level.price + tolerance * level.price.abs();
        while let Some(next) = sorted.get(end).filter(|next| next.price <= limit) {
            let count = &mut counts[place(next)];
            swings += usize::from(*count == 0);
            *count += 1;
            end += 1;
        }
        if swings > 1 {
            let last = end - 1;
            let width = sorted[last].price - level.price;
            found.push(Group {
                first,
                last,
                swings,
                width,
            });
        }
        let count = &mut counts[place(level)];
        *count -= 1;
        swings -= usize::from(*count == 0);
    }
    found
}
