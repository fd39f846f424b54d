//! Patterns of one candle.

use super::pattern::{BLANK, BULKOWSKI, Kind, MORRIS, NISON, Pattern};
use super::rule::Clause;
use super::setting::Setting::Near;
#[allow(
    clippy::wildcard_imports,
    reason = "the rules are written in these words"
)]
use super::words::*;

pub(super) const BELT_HOLD: Pattern = Pattern {
    id: "belthold",
    title: "Belt-hold",
    summary: "A long candle that opens at the end of its range and runs to the other.",
    candles: 1,
    lookback: 10,
    kind: Kind::Reversal,
    source: NISON,
    both: &[long(0)],
    plus: &[white(0), bare(lower(0))],
    minus: &[black(0), bare(upper(0))],
    ..BLANK
};

pub(super) const CLOSING_MARUBOZU: Pattern = Pattern {
    id: "closingmarubozu",
    title: "Closing Marubozu",
    summary: "A long candle that closes at the end of its range.",
    candles: 1,
    lookback: 10,
    kind: Kind::Continuation,
    source: MORRIS,
    both: &[long(0)],
    plus: &[white(0), bare(upper(0))],
    minus: &[black(0), bare(lower(0))],
    ..BLANK
};

pub(super) const DOJI: Pattern = Pattern {
    id: "doji",
    title: "Doji",
    summary: "Open and close are about the same: neither side won.",
    candles: 1,
    lookback: 10,
    kind: Kind::Indecision,
    source: NISON,
    plus: &[doji(0)],
    ..BLANK
};

pub(super) const DRAGONFLY_DOJI: Pattern = Pattern {
    id: "dragonflydoji",
    title: "Dragonfly Doji",
    summary: "A doji at the high of its bar: sellers pushed the price down and lost all of it.",
    candles: 1,
    lookback: 10,
    kind: Kind::Indecision,
    source: NISON,
    plus: &[doji(0), bare(upper(0)), shown(lower(0))],
    ..BLANK
};

pub(super) const GRAVESTONE_DOJI: Pattern = Pattern {
    id: "gravestonedoji",
    title: "Gravestone Doji",
    summary: "A doji at the low of its bar: buyers pushed the price up and lost all of it.",
    candles: 1,
    lookback: 10,
    kind: Kind::Indecision,
    source: NISON,
    plus: &[doji(0), bare(lower(0)), shown(upper(0))],
    ..BLANK
};

pub(super) const HIGH_WAVE: Pattern = Pattern {
    id: "highwave",
    title: "High-wave Candle",
    summary: "A short body between very long shadows: the market has lost its sense of direction.",
    candles: 1,
    lookback: 10,
    kind: Kind::Indecision,
    source: NISON,
    both: &[very_tall(upper(0)), very_tall(lower(0)), short(0)],
    plus: &[white(0)],
    minus: &[black(0)],
    ..BLANK
};

pub(super) const LONG_LEGGED_DOJI: Pattern = Pattern {
    id: "longleggeddoji",
    title: "Long-legged Doji",
    summary: "A doji with at least one long shadow.",
    candles: 1,
    lookback: 10,
    kind: Kind::Indecision,
    source: NISON,
    plus: &[
        doji(0),
        Clause::Any {
            of: &[&[tall(lower(0))], &[tall(upper(0))]],
        },
    ],
    ..BLANK
};

pub(super) const LONG_LINE: Pattern = Pattern {
    id: "longline",
    title: "Long Line Candle",
    summary: "A long body with short shadows: one side had the whole bar.",
    candles: 1,
    lookback: 10,
    kind: Kind::Continuation,
    source: BULKOWSKI,
    both: &[long(0), brief(upper(0)), brief(lower(0))],
    plus: &[white(0)],
    minus: &[black(0)],
    ..BLANK
};

pub(super) const MARUBOZU: Pattern = Pattern {
    id: "marubozu",
    title: "Marubozu",
    summary: "A long body with as good as no shadows.",
    candles: 1,
    lookback: 10,
    kind: Kind::Continuation,
    source: NISON,
    both: &[long(0), bare(upper(0)), bare(lower(0))],
    plus: &[white(0)],
    minus: &[black(0)],
    ..BLANK
};

pub(super) const RICKSHAW_MAN: Pattern = Pattern {
    id: "rickshawman",
    title: "Rickshaw Man",
    summary: "A doji with two long shadows and its body near the middle of the range.",
    candles: 1,
    lookback: 10,
    kind: Kind::Indecision,
    source: NISON,
    plus: &[
        doji(0),
        tall(lower(0)),
        tall(upper(0)),
        up_to(bottom(0), middle(0), Near),
        down_to(top(0), middle(0), Near),
    ],
    ..BLANK
};

pub(super) const SHORT_LINE: Pattern = Pattern {
    id: "shortline",
    title: "Short Line Candle",
    summary: "A short body with short shadows: little happened.",
    candles: 1,
    lookback: 10,
    kind: Kind::Indecision,
    source: BULKOWSKI,
    both: &[short(0), brief(upper(0)), brief(lower(0))],
    plus: &[white(0)],
    minus: &[black(0)],
    ..BLANK
};

pub(super) const SPINNING_TOP: Pattern = Pattern {
    id: "spinningtop",
    title: "Spinning Top",
    summary: "A short body with shadows longer than it.",
    candles: 1,
    lookback: 10,
    kind: Kind::Indecision,
    source: NISON,
    both: &[above(upper(0), body(0)), above(lower(0), body(0)), short(0)],
    plus: &[white(0)],
    minus: &[black(0)],
    ..BLANK
};

pub(super) const TAKURI: Pattern = Pattern {
    id: "takuri",
    title: "Takuri",
    summary: "A dragonfly doji whose lower shadow is very long.",
    candles: 1,
    lookback: 10,
    kind: Kind::Reversal,
    source: MORRIS,
    plus: &[doji(0), bare(upper(0)), very_tall(lower(0))],
    ..BLANK
};
