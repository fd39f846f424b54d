//! The patterns, in TA-Lib's order, which is that of the documentation.

use super::pattern::Pattern;
use super::{more, one, three, two};
use crate::error::{Code, Error};

/// All patterns.
pub static ALL: [Pattern; 61] = told([
    three::TWO_CROWS,
    more::THREE_BLACK_CROWS,
    three::THREE_INSIDE,
    more::THREE_LINE_STRIKE,
    three::THREE_OUTSIDE,
    three::THREE_STARS_IN_SOUTH,
    three::THREE_WHITE_SOLDIERS,
    three::ABANDONED_BABY,
    three::ADVANCE_BLOCK,
    one::BELT_HOLD,
    more::BREAKAWAY,
    one::CLOSING_MARUBOZU,
    more::CONCEALING_BABY_SWALLOW,
    two::COUNTERATTACK,
    two::DARK_CLOUD_COVER,
    one::DOJI,
    two::DOJI_STAR,
    one::DRAGONFLY_DOJI,
    two::ENGULFING,
    three::EVENING_DOJI_STAR,
    three::EVENING_STAR,
    three::GAP_SIDE_BY_SIDE_WHITE,
    one::GRAVESTONE_DOJI,
    two::HAMMER,
    two::HANGING_MAN,
    two::HARAMI,
    two::HARAMI_CROSS,
    one::HIGH_WAVE,
    three::HIKKAKE,
    more::MODIFIED_HIKKAKE,
    two::HOMING_PIGEON,
    three::IDENTICAL_THREE_CROWS,
    two::IN_NECK,
    two::INVERTED_HAMMER,
    two::KICKING,
    two::KICKING_BY_LENGTH,
    more::LADDER_BOTTOM,
    one::LONG_LEGGED_DOJI,
    one::LONG_LINE,
    one::MARUBOZU,
    two::MATCHING_LOW,
    more::MAT_HOLD,
    three::MORNING_DOJI_STAR,
    three::MORNING_STAR,
    two::ON_NECK,
    two::PIERCING,
    one::RICKSHAW_MAN,
    more::RISING_FALLING_THREE_METHODS,
    two::SEPARATING_LINES,
    two::SHOOTING_STAR,
    one::SHORT_LINE,
    one::SPINNING_TOP,
    three::STALLED_PATTERN,
    three::STICK_SANDWICH,
    one::TAKURI,
    three::TASUKI_GAP,
    two::THRUSTING,
    three::TRISTAR,
    three::UNIQUE_THREE_RIVER,
    three::UPSIDE_GAP_TWO_CROWS,
    three::SIDE_GAP_THREE_METHODS,
]);

/// The patterns as a build carries them: with the texts that people read, or without.
const fn told(mut all: [Pattern; 61]) -> [Pattern; 61] {
    let mut i = 0;
    while i < all.len() && !cfg!(feature = "texts") {
        all[i].summary = "";
        all[i].source = "";
        i += 1;
    }
    all
}

/// How many of the nearest names an error tells.
const NEAREST: usize = 3;

/// The pattern of an id.
///
/// # Errors
/// [`Code::UnknownPattern`] with the nearest names.
pub fn find(id: &str) -> Result<&'static Pattern, Error> {
    ALL.iter().find(|pattern| pattern.id == id).ok_or_else(|| {
        let mut near: Vec<&str> = ALL.iter().map(|pattern| pattern.id).collect();
        near.sort_by_key(|known| distance(id, known));
        near.truncate(NEAREST);
        let bound = near.join(", ");
        let message = format!("unknown pattern {id:?}; the nearest names are {bound}");
        Error::new(Code::UnknownPattern, "pattern", id, bound, message)
    })
}

/// Letters to change, add or drop to make one name of the other (V. I. Levenshtein, 1966); only the
/// first letters of a long one count.
fn distance(given: &str, known: &str) -> usize {
    let given = given.chars().take(64).flat_map(char::to_lowercase);
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (i, letter) in given.enumerate() {
        let mut diagonal = core::mem::replace(&mut row[0], i + 1);
        for (j, other) in known.chars().enumerate() {
            let changed = diagonal + usize::from(letter != other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[known.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_gets_its_neighbours() {
        let error = find("engulfin").unwrap_err();
        assert_eq!(error.code, Code::UnknownPattern);
        assert!(error.bound.starts_with("engulfing, "), "{}", error.bound);
        assert!(find("Doji").unwrap_err().bound.starts_with("doji, "));
        assert!(find(&"x".repeat(1_000_000)).is_err());
        for pattern in &ALL {
            assert_eq!(find(pattern.id).unwrap().id, pattern.id);
        }
    }

    #[test]
    fn names_are_in_order() {
        assert!(ALL.is_sorted_by(|a, b| a.id < b.id));
    }
}
