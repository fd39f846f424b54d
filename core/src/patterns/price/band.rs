//! Two trendlines, and what they are together.

use super::candidate::{Bounds, Line};
use super::scene::{Corner, greatest};

/// The lines through the first and the last of the tops, and of the bottoms, of some corners.
#[derive(Debug, Clone, Copy)]
pub(super) struct Band {
    pub bounds: Bounds,
    /// The distance of the lines at the first corner.
    pub height: f64,
    /// Their distance at the last corner, in heights.
    pub width: f64,
    /// How far a corner lies from its line at most, in heights.
    pub misfit: f64,
    /// How far the upper line rises from the first corner to the last, in heights.
    pub upper: f64,
    /// How far the lower line rises.
    pub lower: f64,
}

/// What two trendlines are together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Rectangle,
    RisingChannel,
    FallingChannel,
    Ascending,
    Descending,
    Symmetrical,
    RisingWedge,
    FallingWedge,
}

impl Form {
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Rectangle => "rectangle",
            Self::RisingChannel => "rising_channel",
            Self::FallingChannel => "falling_channel",
            Self::Ascending => "ascending_triangle",
            Self::Descending => "descending_triangle",
            Self::Symmetrical => "symmetrical_triangle",
            Self::RisingWedge => "rising_wedge",
            Self::FallingWedge => "falling_wedge",
        }
    }
}

impl Band {
    /// The band of at least four corners; nothing if its lines have met before the first.
    pub fn of(corners: &[Corner]) -> Option<Self> {
        let [a, b, .., c, d] = corners else {
            return None;
        };
        // Corners alternate: of an even number the last is of the second's kind.
        let ends = if a.turn.top == c.turn.top {
            (c, d)
        } else {
            (d, c)
        };
        let bounds = Bounds::of(
            a.turn.top,
            Line::through(a, ends.0),
            Line::through(b, ends.1),
        );
        let Bounds { upper, lower } = bounds;
        let height = upper.at(a.place) - lower.at(a.place);
        if !(height > 0.0 && height.is_finite()) {
            return None;
        }
        let off = |corner: &Corner| {
            let line = if corner.turn.top { upper } else { lower };
            (corner.turn.price - line.at(corner.place)).abs() / height
        };
        let rise = |line: Line| (line.at(d.place) - line.at(a.place)) / height;
        Some(Self {
            bounds,
            height,
            width: (upper.at(d.place) - lower.at(d.place)) / height,
            misfit: corners.iter().map(off).fold(0.0, greatest),
            upper: rise(upper),
            lower: rise(lower),
        })
    }

    /// What its lines are together; a line is level if it rises or falls by no more than the
    /// tolerance. Lines that go apart are nothing here.
    pub fn form(&self, tolerance: f64) -> Option<Form> {
        let Self { upper, lower, .. } = *self;
        let level = |rise: f64| rise.abs() <= tolerance;
        let closing = lower - upper;
        Some(match (level(upper), level(lower)) {
            (true, true) => Form::Rectangle,
            (true, false) if lower > 0.0 => Form::Ascending,
            (false, true) if upper < 0.0 => Form::Descending,
            (false, false) if upper < 0.0 && lower > 0.0 => Form::Symmetrical,
            (false, false) if (upper > 0.0) != (lower > 0.0) => return None,
            (false, false) if level(closing) && upper > 0.0 => Form::RisingChannel,
            (false, false) if level(closing) => Form::FallingChannel,
            (false, false) if closing > 0.0 && upper > 0.0 => Form::RisingWedge,
            (false, false) if closing > 0.0 => Form::FallingWedge,
            _ => return None,
        })
    }
}
