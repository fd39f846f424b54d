//! Patterns of four and five candles.

use super::pattern::{BLANK, CHESLER, Kind, MORRIS, NISON, Pattern};
use super::rule::Share;
use super::setting::Setting::Near;
#[allow(
    clippy::wildcard_imports,
    reason = "the rules are written in these words"
)]
use super::words::*;

pub(super) const THREE_BLACK_CROWS: Pattern = Pattern {
    id: "3blackcrows",
    title: "Three Black Crows",
    summary: "After a white candle three falling black ones, each opening in the body before and closing at its low.",
    candles: 4,
    lookback: 13,
    kind: Kind::Reversal,
    source: NISON,
    minus: &[
        white(3),
        black(2),
        black(1),
        black(0),
        bare(lower(2)),
        bare(lower(1)),
        bare(lower(0)),
        below(open(1), open(2)),
        above(open(1), close(2)),
        below(open(0), open(1)),
        above(open(0), close(1)),
        above(high(3), close(2)),
        above(close(2), close(1)),
        above(close(1), close(0)),
    ],
    ..BLANK
};

pub(super) const THREE_LINE_STRIKE: Pattern = Pattern {
    id: "3linestrike",
    title: "Three-line Strike",
    summary: "Three candles of one colour march on, and one of the other takes all of it back.",
    candles: 4,
    lookback: 8,
    kind: Kind::Continuation,
    source: MORRIS,
    both: &[
        down_to(open(2), bottom(3), Near),
        up_to(open(2), top(3), Near),
        down_to(open(1), bottom(2), Near),
        up_to(open(1), top(2), Near),
    ],
    plus: &[
        white(3),
        white(2),
        white(1),
        black(0),
        above(close(1), close(2)),
        above(close(2), close(3)),
        above(open(0), close(1)),
        below(close(0), open(3)),
    ],
    minus: &[
        black(3),
        black(2),
        black(1),
        white(0),
        below(close(1), close(2)),
        below(close(2), close(3)),
        below(open(0), close(1)),
        above(close(0), open(3)),
    ],
    ..BLANK
};

pub(super) const BREAKAWAY: Pattern = Pattern {
    id: "breakaway",
    title: "Breakaway",
    summary: "A long candle, a gap, two more steps the same way, and a candle that closes back in the gap.",
    candles: 5,
    lookback: 14,
    kind: Kind::Reversal,
    source: MORRIS,
    both: &[long(4)],
    plus: &[
        gap_down(3, 4),
        black(4),
        black(3),
        black(1),
        white(0),
        below(high(2), high(3)),
        below(low(2), low(3)),
        below(high(1), high(2)),
        below(low(1), low(2)),
        above(close(0), open(3)),
        below(close(0), close(4)),
    ],
    minus: &[
        gap_up(3, 4),
        white(4),
        white(3),
        white(1),
        black(0),
        above(high(2), high(3)),
        above(low(2), low(3)),
        above(high(1), high(2)),
        above(low(1), low(2)),
        below(close(0), open(3)),
        above(close(0), close(4)),
    ],
    ..BLANK
};

pub(super) const CONCEALING_BABY_SWALLOW: Pattern = Pattern {
    id: "concealbabyswall",
    title: "Concealing Baby Swallow",
    summary: "Two black marubozu, a black candle that gaps down and reaches back up, and one that swallows it.",
    candles: 4,
    lookback: 13,
    kind: Kind::Reversal,
    source: MORRIS,
    plus: &[
        gap_down(1, 2),
        black(3),
        black(2),
        black(1),
        black(0),
        above(high(1), close(2)),
        above(high(0), high(1)),
        below(low(0), low(1)),
        bare(lower(3)),
        bare(upper(3)),
        bare(lower(2)),
        bare(upper(2)),
        shown(upper(1)),
    ],
    ..BLANK
};

pub(super) const MODIFIED_HIKKAKE: Pattern = Pattern {
    id: "hikkakemod",
    title: "Modified Hikkake Pattern",
    summary: "A hikkake of two nested inside bars, the first closing near its end; ±200 where it is confirmed.",
    candles: 4,
    lookback: 10,
    kind: Kind::Reversal,
    confirmed: true,
    source: CHESLER,
    both: &[
        below(high(2), high(3)),
        above(low(2), low(3)),
        below(high(1), high(2)),
        above(low(1), low(2)),
    ],
    plus: &[
        below(high(0), high(1)),
        below(low(0), low(1)),
        up_to(close(2), low(2), Near),
    ],
    minus: &[
        above(high(0), high(1)),
        above(low(0), low(1)),
        down_to(close(2), high(2), Near),
    ],
    ..BLANK
};

pub(super) const LADDER_BOTTOM: Pattern = Pattern {
    id: "ladderbottom",
    title: "Ladder Bottom",
    summary: "Three falling black candles, a fourth that reached up, and a white one that closes above it.",
    candles: 5,
    lookback: 14,
    kind: Kind::Reversal,
    source: MORRIS,
    plus: &[
        above(close(0), high(1)),
        white(0),
        black(4),
        black(3),
        black(2),
        black(1),
        above(open(4), open(3)),
        above(open(3), open(2)),
        above(close(4), close(3)),
        above(close(3), close(2)),
        above(open(0), open(1)),
        shown(upper(1)),
    ],
    ..BLANK
};

pub(super) const MAT_HOLD: Pattern = Pattern {
    id: "mathold",
    title: "Mat Hold",
    summary: "A long white candle, a gap and a shallow pullback of short bodies, and a close at new highs.",
    candles: 5,
    lookback: 14,
    kind: Kind::Continuation,
    penetration: Some(0.5),
    source: MORRIS,
    plus: &[
        gap_up(3, 4),
        white(4),
        black(3),
        white(0),
        below(bottom(2), close(4)),
        below(bottom(1), close(4)),
        below(top(2), open(3)),
        below(top(1), top(2)),
        above(open(0), close(1)),
        above(close(0), high(3)),
        above(close(0), high(2)),
        above(close(0), high(1)),
        long(4),
        short(3),
        short(2),
        short(1),
        keeps(bottom(2), 4, Share::Penetration),
        keeps(bottom(1), 4, Share::Penetration),
    ],
    ..BLANK
};

pub(super) const RISING_FALLING_THREE_METHODS: Pattern = Pattern {
    id: "risefall3methods",
    title: "Rising/Falling Three Methods",
    summary: "Three short candles drift against a long one, within its range, and a long one goes on beyond it.",
    candles: 5,
    lookback: 14,
    kind: Kind::Continuation,
    source: NISON,
    both: &[
        long(4),
        long(0),
        short(3),
        short(2),
        short(1),
        below(bottom(3), high(4)),
        above(top(3), low(4)),
        below(bottom(2), high(4)),
        above(top(2), low(4)),
        below(bottom(1), high(4)),
        above(top(1), low(4)),
    ],
    plus: &[
        white(4),
        black(3),
        black(2),
        black(1),
        white(0),
        below(close(2), close(3)),
        below(close(1), close(2)),
        above(open(0), close(1)),
        above(close(0), close(4)),
    ],
    minus: &[
        black(4),
        white(3),
        white(2),
        white(1),
        black(0),
        above(close(2), close(3)),
        above(close(1), close(2)),
        below(open(0), close(1)),
        below(close(0), close(4)),
    ],
    ..BLANK
};
