//! Patterns as columns of numbers: how they cross into a host.

use super::family::{Family, Word};
use super::pattern::{Condition, Direction, Forming, Miss, Named, Pattern, Point};

/// Patterns or near misses, column by column. Words are their positions in the family's lists;
/// counts tell how many of the points and numbers that follow belong to each row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flat {
    /// Position of the shape.
    pub shape: Vec<f64>,
    /// +1, −1 or 0.
    pub direction: Vec<f64>,
    /// The bar at which all points were known; of a near miss, at which it was decided.
    pub detected: Vec<f64>,
    /// The bar of the confirmation, NaN without one.
    pub confirmed: Vec<f64>,
    /// 0 to 1; of a near miss the share of the conditions that were met.
    pub score: Vec<f64>,
    /// The price of failure, NaN without one.
    pub invalidation: Vec<f64>,
    /// Lower price of the zone, NaN without one.
    pub zone_low: Vec<f64>,
    /// Upper price of the zone.
    pub zone_high: Vec<f64>,
    /// How many points each row has.
    pub points: Vec<f64>,
    /// How many parts of the score, or conditions.
    pub parts: Vec<f64>,
    /// How many targets.
    pub targets: Vec<f64>,
    /// Each point's role.
    pub point_role: Vec<f64>,
    /// Each point's bar.
    pub point_bar: Vec<f64>,
    /// Each point's time.
    pub point_time: Vec<f64>,
    /// Each point's price.
    pub point_price: Vec<f64>,
    /// Each part's name, or each condition's.
    pub part_name: Vec<f64>,
    /// Each part's number, or what each condition measured.
    pub part_value: Vec<f64>,
    /// The least that each condition allows.
    pub part_low: Vec<f64>,
    /// The most that each condition allows.
    pub part_high: Vec<f64>,
    /// Each target's name.
    pub target_name: Vec<f64>,
    /// Each target's price.
    pub target_price: Vec<f64>,
}

impl Flat {
    /// How many columns there are.
    pub const COLUMNS: usize = 21;

    /// Patterns as columns.
    #[must_use]
    pub fn of<'a, I>(family: &Family, patterns: I) -> Self
    where
        I: IntoIterator<Item = &'a Pattern, IntoIter: Clone>,
    {
        let patterns = patterns.into_iter();
        let mut flat = Self::with_room(patterns.clone());
        for pattern in patterns {
            flat.pattern(family, pattern);
        }
        flat
    }

    /// Unfinished patterns as columns.
    #[must_use]
    pub fn of_forming(family: &Family, forming: &[Forming]) -> Self {
        Self::of(family, forming.iter().map(|Forming(pattern)| pattern))
    }

    /// Near misses as columns.
    #[must_use]
    pub fn of_misses(family: &Family, misses: &[Miss]) -> Self {
        let mut flat = Self::default();
        for miss in misses {
            flat.miss(family, miss);
        }
        flat
    }

    /// Empty columns that take these patterns without growing.
    fn with_room<'a>(patterns: impl Iterator<Item = &'a Pattern>) -> Self {
        let (mut rows, mut points, mut parts, mut targets) = (0, 0, 0, 0);
        for pattern in patterns {
            rows += 1;
            points += pattern.points.len();
            parts += pattern.parts.len();
            targets += pattern.targets.len();
        }
        Self {
            shape: room(rows),
            direction: room(rows),
            detected: room(rows),
            confirmed: room(rows),
            score: room(rows),
            invalidation: room(rows),
            zone_low: room(rows),
            zone_high: room(rows),
            points: room(rows),
            parts: room(rows),
            targets: room(rows),
            point_role: room(points),
            point_bar: room(points),
            point_time: room(points),
            point_price: room(points),
            part_name: room(parts),
            part_value: room(parts),
            part_low: Vec::new(),
            part_high: Vec::new(),
            target_name: room(targets),
            target_price: room(targets),
        }
    }

    fn pattern(&mut self, family: &Family, pattern: &Pattern) {
        self.head(family, pattern.shape, pattern.direction, pattern.detected);
        self.confirmed
            .push(pattern.confirmed.map_or(f64::NAN, |bar| bar as f64));
        self.score.push(pattern.score);
        self.invalidation.push(pattern.invalidation);
        self.zone_low.push(pattern.zone[0]);
        self.zone_high.push(pattern.zone[1]);
        self.take_points(family, &pattern.points);
        self.parts.push(pattern.parts.len() as f64);
        for Named { name, value } in &pattern.parts {
            self.part_name.push(place(family.parts, name));
            self.part_value.push(*value);
        }
        self.targets.push(pattern.targets.len() as f64);
        for Named { name, value } in &pattern.targets {
            self.target_name.push(place(family.targets, name));
            self.target_price.push(*value);
        }
    }

    fn miss(&mut self, family: &Family, miss: &Miss) {
        self.head(family, miss.shape, miss.direction, miss.bar);
        self.confirmed.push(f64::NAN);
        let all = miss.conditions.len();
        let met = miss.conditions.iter().filter(|c| c.met()).count();
        self.score.push(met as f64 / all.max(1) as f64);
        for column in [
            &mut self.invalidation,
            &mut self.zone_low,
            &mut self.zone_high,
        ] {
            column.push(f64::NAN);
        }
        self.take_points(family, &miss.points);
        self.parts.push(all as f64);
        for condition in &miss.conditions {
            let Condition {
                name,
                measured,
                low,
                high,
            } = condition;
            self.part_name.push(place(family.conditions, name));
            self.part_value.push(*measured);
            self.part_low.push(*low);
            self.part_high.push(*high);
        }
        self.targets.push(0.0);
    }

    fn head(&mut self, family: &Family, shape: &str, direction: Direction, detected: u64) {
        self.shape.push(place(family.shapes, shape));
        self.direction.push(direction.sign());
        self.detected.push(detected as f64);
    }

    fn take_points(&mut self, family: &Family, points: &[Point]) {
        self.points.push(points.len() as f64);
        let mut next = 0;
        for point in points {
            // Roles usually come in the order in which they are listed.
            let role = place_from(family.roles, point.role, next);
            next = role.map_or(0, |role| role + 1);
            self.point_role.push(listed(role));
            self.point_bar.push(point.bar as f64);
            self.point_time.push(point.time);
            self.point_price.push(point.price);
        }
    }

    /// The columns in the order of the fields.
    #[must_use]
    pub fn into_columns(self) -> [Vec<f64>; Self::COLUMNS] {
        [
            self.shape,
            self.direction,
            self.detected,
            self.confirmed,
            self.score,
            self.invalidation,
            self.zone_low,
            self.zone_high,
            self.points,
            self.parts,
            self.targets,
            self.point_role,
            self.point_bar,
            self.point_time,
            self.point_price,
            self.part_name,
            self.part_value,
            self.part_low,
            self.part_high,
            self.target_name,
            self.target_price,
        ]
    }
}

/// An empty column that takes so many numbers without growing; apart, as its code is there once instead of nineteen
/// times.
#[inline(never)]
fn room(numbers: usize) -> Vec<f64> {
    Vec::with_capacity(numbers)
}

/// Position of a word in a list; NaN if it is not there, which the laws would find.
fn place(words: &[Word], name: &str) -> f64 {
    listed(place_from(words, name, 0))
}

/// Position of a word, looked for from another position on.
fn place_from(words: &[Word], name: &str, from: usize) -> Option<usize> {
    let mut places = (from..words.len()).chain(0..from);
    places.find(|place| words[*place].name == name)
}

fn listed(place: Option<usize>) -> f64 {
    place.map_or(f64::NAN, |place| place as f64)
}
