//! Patterns of three candles.

use super::pattern::{BLANK, CHESLER, Kind, MORRIS, NISON, Pattern};
use super::rule::{Clause, Share};
use super::setting::Setting::{Equal, Far, Near};
#[allow(
    clippy::wildcard_imports,
    reason = "the rules are written in these words"
)]
use super::words::*;

pub(super) const TWO_CROWS: Pattern = Pattern {
    id: "2crows",
    title: "Two Crows",
    summary: "A black candle gaps up over a long white one, and a second closes back in the white body.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    source: MORRIS,
    minus: &[
        gap_up(1, 2),
        white(2),
        black(1),
        black(0),
        below(open(0), open(1)),
        above(open(0), close(1)),
        above(close(0), open(2)),
        below(close(0), close(2)),
        long(2),
    ],
    ..BLANK
};

pub(super) const THREE_INSIDE: Pattern = Pattern {
    id: "3inside",
    title: "Three Inside Up/Down",
    summary: "A harami that the third candle confirms: it closes beyond the open of the first.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    source: MORRIS,
    both: &[
        below(top(1), top(2)),
        above(bottom(1), bottom(2)),
        long(2),
        small(1),
    ],
    plus: &[black(2), white(0), above(close(0), open(2))],
    minus: &[white(2), black(0), below(close(0), open(2))],
    ..BLANK
};

pub(super) const THREE_OUTSIDE: Pattern = Pattern {
    id: "3outside",
    title: "Three Outside Up/Down",
    summary: "An engulfing pattern that the third candle confirms: it closes further on.",
    candles: 3,
    lookback: 3,
    kind: Kind::Reversal,
    source: MORRIS,
    plus: &[
        white(1),
        black(2),
        above(close(1), open(2)),
        below(open(1), close(2)),
        above(close(0), close(1)),
    ],
    minus: &[
        black(1),
        white(2),
        above(open(1), close(2)),
        below(close(1), open(2)),
        below(close(0), close(1)),
    ],
    ..BLANK
};

pub(super) const THREE_STARS_IN_SOUTH: Pattern = Pattern {
    id: "3starsinsouth",
    title: "Three Stars in the South",
    summary: "Three black candles, each within less than the one before: selling dies away.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    source: MORRIS,
    plus: &[
        black(2),
        black(1),
        black(0),
        below(body(1), body(2)),
        above(open(1), close(2)),
        at_most(open(1), high(2)),
        below(low(1), close(2)),
        at_least(low(1), low(2)),
        above(low(0), low(1)),
        below(high(0), high(1)),
        bare(lower(0)),
        bare(upper(0)),
        long(2),
        tall(lower(2)),
        shown(lower(1)),
        short(0),
    ],
    ..BLANK
};

pub(super) const THREE_WHITE_SOLDIERS: Pattern = Pattern {
    id: "3whitesoldiers",
    title: "Three Advancing White Soldiers",
    summary: "Three white candles, each opening in the body before and closing higher at its high.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    source: NISON,
    plus: &[
        white(2),
        white(1),
        white(0),
        bare(upper(0)),
        bare(upper(1)),
        bare(upper(2)),
        above(close(0), close(1)),
        above(close(1), close(2)),
        above(open(1), open(2)),
        above(open(0), open(1)),
        up_to(open(1), close(2), Near),
        up_to(open(0), close(1), Near),
        more_than_minus(body(1), body(2), Far),
        more_than_minus(body(0), body(1), Far),
        not_short(0),
    ],
    ..BLANK
};

pub(super) const ABANDONED_BABY: Pattern = Pattern {
    id: "abandonedbaby",
    title: "Abandoned Baby",
    summary: "A doji that gaps, shadows and all, away from a long candle and from the turn after it.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    penetration: Some(0.3),
    source: NISON,
    both: &[doji(1), long(2), not_short(0)],
    plus: &[
        whole_gap_down(1, 2),
        whole_gap_up(0, 1),
        black(2),
        white(0),
        recovers(close(0), 2, Share::Penetration),
    ],
    minus: &[
        whole_gap_up(1, 2),
        whole_gap_down(0, 1),
        white(2),
        black(0),
        gives_back(close(0), 2, Share::Penetration),
    ],
    ..BLANK
};

pub(super) const ADVANCE_BLOCK: Pattern = Pattern {
    id: "advanceblock",
    title: "Advance Block",
    summary: "Three rising white candles that weaken: smaller bodies, longer upper shadows.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    source: NISON,
    minus: &[
        white(2),
        white(1),
        white(0),
        above(close(0), close(1)),
        above(close(1), close(2)),
        above(open(1), open(2)),
        above(open(0), open(1)),
        long(2),
        brief(upper(2)),
        up_to(open(1), close(2), Near),
        up_to(open(0), close(1), Near),
        Clause::Any {
            of: &[
                &[
                    less_than_minus(body(1), body(2), Far),
                    less_than_plus(body(0), body(1), Near),
                ],
                &[less_than_minus(body(0), body(1), Far)],
                &[
                    below(body(0), body(1)),
                    below(body(1), body(2)),
                    Clause::Any {
                        of: &[&[not_brief(upper(0))], &[not_brief(upper(1))]],
                    },
                ],
                &[below(body(0), body(1)), tall(upper(0))],
            ],
        },
    ],
    ..BLANK
};

pub(super) const EVENING_DOJI_STAR: Pattern = Pattern {
    id: "eveningdojistar",
    title: "Evening Doji Star",
    summary: "A doji gaps up from a long white candle, and a black one closes deep in its body.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    penetration: Some(0.3),
    source: NISON,
    minus: &[
        gap_up(1, 2),
        doji(1),
        white(2),
        black(0),
        long(2),
        not_short(0),
        gives_back(close(0), 2, Share::Penetration),
    ],
    ..BLANK
};

pub(super) const EVENING_STAR: Pattern = Pattern {
    id: "eveningstar",
    title: "Evening Star",
    summary: "A short body gaps up from a long white candle, and a black one closes deep in its body.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    penetration: Some(0.3),
    source: NISON,
    minus: &[
        gap_up(1, 2),
        white(2),
        black(0),
        long(2),
        small(1),
        not_short(0),
        gives_back(close(0), 2, Share::Penetration),
    ],
    ..BLANK
};

pub(super) const GAP_SIDE_BY_SIDE_WHITE: Pattern = Pattern {
    id: "gapsidesidewhite",
    title: "Up/Down-gap Side-by-side White Lines",
    summary: "Two white candles of the same length and open beyond a gap: it holds.",
    candles: 3,
    lookback: 7,
    kind: Kind::Continuation,
    source: NISON,
    both: &[
        white(1),
        white(0),
        up_to(open(0), open(1), Equal),
        down_to(open(0), open(1), Equal),
        down_to(body(0), body(1), Near),
        up_to(body(0), body(1), Near),
    ],
    plus: &[gap_up(1, 2), gap_up(0, 2)],
    minus: &[gap_down(1, 2), gap_down(0, 2)],
    ..BLANK
};

pub(super) const HIKKAKE: Pattern = Pattern {
    id: "hikkake",
    title: "Hikkake Pattern",
    summary: "A bar breaks out of an inside bar; ±200 where a close within three bars proves it false.",
    candles: 3,
    lookback: 5,
    kind: Kind::Continuation,
    confirmed: true,
    source: CHESLER,
    both: &[below(high(1), high(2)), above(low(1), low(2))],
    plus: &[below(high(0), high(1)), below(low(0), low(1))],
    minus: &[above(high(0), high(1)), above(low(0), low(1))],
    ..BLANK
};

pub(super) const IDENTICAL_THREE_CROWS: Pattern = Pattern {
    id: "identical3crows",
    title: "Identical Three Crows",
    summary: "Three falling black candles, each opening where the one before closed.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    source: MORRIS,
    minus: &[
        black(2),
        black(1),
        black(0),
        bare(lower(0)),
        bare(lower(1)),
        bare(lower(2)),
        up_to(open(1), close(2), Equal),
        down_to(open(1), close(2), Equal),
        up_to(open(0), close(1), Equal),
        down_to(open(0), close(1), Equal),
        above(close(2), close(1)),
        above(close(1), close(0)),
    ],
    ..BLANK
};

pub(super) const MORNING_DOJI_STAR: Pattern = Pattern {
    id: "morningdojistar",
    title: "Morning Doji Star",
    summary: "A doji gaps down from a long black candle, and a white one closes deep in its body.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    penetration: Some(0.3),
    source: NISON,
    plus: &[
        gap_down(1, 2),
        doji(1),
        black(2),
        white(0),
        long(2),
        not_short(0),
        recovers(close(0), 2, Share::Penetration),
    ],
    ..BLANK
};

pub(super) const MORNING_STAR: Pattern = Pattern {
    id: "morningstar",
    title: "Morning Star",
    summary: "A short body gaps down from a long black candle, and a white one closes deep in its body.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    penetration: Some(0.3),
    source: NISON,
    plus: &[
        gap_down(1, 2),
        black(2),
        white(0),
        long(2),
        small(1),
        not_short(0),
        recovers(close(0), 2, Share::Penetration),
    ],
    ..BLANK
};

pub(super) const STALLED_PATTERN: Pattern = Pattern {
    id: "stalledpattern",
    title: "Stalled Pattern",
    summary: "Two long white candles and a short one that only rides on them: the rise runs out of strength.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    source: NISON,
    minus: &[
        white(2),
        white(1),
        white(0),
        above(close(0), close(1)),
        above(close(1), close(2)),
        long(2),
        long(1),
        short(0),
        bare(upper(1)),
        above(open(1), open(2)),
        up_to(open(1), close(2), Near),
        rides(open(0), close(1), body(0), Near),
    ],
    ..BLANK
};

pub(super) const STICK_SANDWICH: Pattern = Pattern {
    id: "sticksandwich",
    title: "Stick Sandwich",
    summary: "A white candle between two black ones that close at the same price: it holds.",
    candles: 3,
    lookback: 7,
    kind: Kind::Reversal,
    source: MORRIS,
    plus: &[
        black(2),
        white(1),
        black(0),
        above(low(1), close(2)),
        up_to(close(0), close(2), Equal),
        down_to(close(0), close(2), Equal),
    ],
    ..BLANK
};

pub(super) const TASUKI_GAP: Pattern = Pattern {
    id: "tasukigap",
    title: "Tasuki Gap",
    summary: "A candle of the other colour runs back into a gap and does not close it.",
    candles: 3,
    lookback: 7,
    kind: Kind::Continuation,
    source: NISON,
    both: &[alike(body(1), body(0), Near)],
    plus: &[
        gap_up(1, 2),
        white(1),
        black(0),
        below(open(0), close(1)),
        above(open(0), open(1)),
        below(close(0), open(1)),
        above(close(0), top(2)),
    ],
    minus: &[
        gap_down(1, 2),
        black(1),
        white(0),
        below(open(0), open(1)),
        above(open(0), close(1)),
        above(close(0), open(1)),
        below(close(0), bottom(2)),
    ],
    ..BLANK
};

pub(super) const TRISTAR: Pattern = Pattern {
    id: "tristar",
    title: "Tristar Pattern",
    summary: "Three doji, the middle one beyond a gap.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    source: NISON,
    both: &[doji_as(2, 2), doji_as(1, 2), doji_as(0, 2)],
    plus: &[gap_down(1, 2), above(bottom(0), bottom(1))],
    minus: &[gap_up(1, 2), below(top(0), top(1))],
    ..BLANK
};

pub(super) const UNIQUE_THREE_RIVER: Pattern = Pattern {
    id: "unique3river",
    title: "Unique Three River Bottom",
    summary: "A black candle makes a new low and closes within the long one before; a short white one stays above that low.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    source: NISON,
    plus: &[
        black(2),
        black(1),
        white(0),
        above(close(1), close(2)),
        at_most(open(1), open(2)),
        below(low(1), low(2)),
        above(open(0), low(1)),
        long(2),
        short(0),
    ],
    ..BLANK
};

pub(super) const UPSIDE_GAP_TWO_CROWS: Pattern = Pattern {
    id: "upsidegap2crows",
    title: "Upside Gap Two Crows",
    summary: "Two black candles stay above a gap over a long white one, the second around the first.",
    candles: 3,
    lookback: 12,
    kind: Kind::Reversal,
    source: NISON,
    minus: &[
        gap_up(1, 2),
        white(2),
        black(1),
        black(0),
        above(open(0), open(1)),
        below(close(0), close(1)),
        above(close(0), close(2)),
        long(2),
        small(1),
    ],
    ..BLANK
};

pub(super) const SIDE_GAP_THREE_METHODS: Pattern = Pattern {
    id: "xsidegap3methods",
    title: "Upside/Downside Gap Three Methods",
    summary: "A candle of the other colour runs from the second body back into the first and closes their gap.",
    candles: 3,
    lookback: 2,
    kind: Kind::Continuation,
    source: MORRIS,
    both: &[
        below(open(0), top(1)),
        above(open(0), bottom(1)),
        below(close(0), top(2)),
        above(close(0), bottom(2)),
    ],
    plus: &[gap_up(1, 2), white(2), white(1), black(0)],
    minus: &[gap_down(1, 2), black(2), black(1), white(0)],
    ..BLANK
};
