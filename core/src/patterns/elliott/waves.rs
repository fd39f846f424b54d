//! Which turns may be the ends of which waves.
//!
//! A wave of a larger count is one swing here, or it has waves of its own: five where it drives
//! (a wave of three swings less is never one), three where it corrects. Either way its first and last
//! turn are the extremes of all turns in it.

use crate::patterns::turns::Turn;

/// Most waves of a count.
pub const MOST_WAVES: usize = 5;

/// Most turns that a count may reach back over: five waves of five swings and two turns before them.
pub const TURNS: usize = 5 * MOST_WAVES + 3;

/// How many swings a wave may have.
pub type Spans = &'static [usize];

/// A wave that drives: one swing, or five.
pub const DRIVES: Spans = &[1, 5];
/// A wave that corrects: one swing, or three.
pub const CORRECTS: Spans = &[1, 3];
/// A wave that is itself seen as three.
pub const THREE: Spans = &[3];

/// The ends of the waves of one count, as prices in the direction of the first wave.
#[derive(Debug, Clone, Copy)]
pub struct Waves<'a> {
    /// All turns that are remembered, oldest first.
    pub turns: &'a [Turn],
    /// Places of the ends among the turns; as many as there are waves, and one.
    places: [usize; MOST_WAVES + 1],
    count: usize,
}

impl<'a> Waves<'a> {
    /// How many waves there are.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// The turn at an end.
    pub const fn turn(&self, end: usize) -> &'a Turn {
        &self.turns[self.places[end]]
    }

    /// 1 if the first wave goes up, else −1.
    pub const fn sign(&self) -> f64 {
        if self.turn(0).top { -1.0 } else { 1.0 }
    }

    /// The price of an end, counted in the direction of the first wave.
    pub fn price(&self, end: usize) -> f64 {
        self.sign() * self.turn(end).price
    }

    /// How long a wave is, 1 being the first.
    pub fn length(&self, wave: usize) -> f64 {
        let rise = self.price(wave) - self.price(wave - 1);
        if wave % 2 == 1 { rise } else { -rise }
    }

    /// The price of the turn two before the first end, in the same direction.
    pub fn before(&self) -> Option<f64> {
        let place = self.places[0].checked_sub(2)?;
        Some(self.sign() * self.turns[place].price)
    }

    /// The turns at the ends.
    pub fn ends(&self) -> impl Iterator<Item = &'a Turn> + use<'a> {
        let (turns, places) = (self.turns, self.places);
        (0..=self.count).map(move |end| &turns[places[end]])
    }
}

/// Hands over every way to count so many waves that end at the last turn. There are at most 2 to the
/// power of the waves, whatever the turns are.
pub fn counts<'a>(turns: &'a [Turn], spans: &[Spans], mut count: impl FnMut(Waves<'a>)) {
    let mut waves = Waves {
        turns,
        places: [0; MOST_WAVES + 1],
        count: spans.len(),
    };
    if let Some(last) = turns.len().checked_sub(1) {
        waves.places[spans.len()] = last;
        extend(spans, &mut waves, &mut count);
    }
}

/// Finds the begin of the last wave whose end is known, then those before it.
fn extend<'a>(spans: &[Spans], waves: &mut Waves<'a>, count: &mut impl FnMut(Waves<'a>)) {
    let Some((own, rest)) = spans.split_last() else {
        count(*waves);
        return;
    };
    let end = waves.places[spans.len()];
    for swings in *own {
        let Some(begin) = end.checked_sub(*swings) else {
            continue;
        };
        if is_wave(&waves.turns[begin..=end]) {
            waves.places[rest.len()] = begin;
            extend(rest, waves, count);
        }
    }
}

/// Whether the first and the last turn are the extremes of all.
fn is_wave(turns: &[Turn]) -> bool {
    let [first, inner @ .., last] = turns else {
        return false;
    };
    let sign = if last.top { 1.0 } else { -1.0 };
    let (low, high) = (sign * first.price, sign * last.price);
    low < high
        && inner
            .iter()
            .all(|turn| (low..=high).contains(&(sign * turn.price)))
}
