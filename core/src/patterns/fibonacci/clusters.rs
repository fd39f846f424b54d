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
    let mut sorted: Vec<&Level> = prices.collect();
    sorted.sort_by(|a, b| a.price.total_cmp(&b.price));
    let mut all: Vec<_> = sorted.iter().map(|level| level.swing).collect();
    all.sort_unstable();
    all.dedup();
    let mut groups = groups(&sorted, &all, tolerance);
    groups.sort_by(|a, b| b.swings.cmp(&a.swings).then(a.width.total_cmp(&b.width)));
    // A group reaches as far as it can, so two that share levels share one at an end.
    let mut is_taken = vec![false; sorted.len()];
    groups.retain(|group| {
        let is_free = !is_taken[group.first] && !is_taken[group.last];
        if is_free {
            is_taken[group.first..=group.last].fill(true);
        }
        is_free
    });
    groups.sort_by_key(|group| group.first);
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
    groups.iter().map(cluster).collect()
}

/// From each level on, the levels within the tolerance, if they are of several swings.
fn groups(sorted: &[&Level], all: &[(usize, usize)], tolerance: f64) -> Vec<Group> {
    let place = |level: &Level| all.binary_search(&level.swing).unwrap_or_default();
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
