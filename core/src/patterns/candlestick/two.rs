//! Patterns of two candles.

use super::pattern::{BLANK, Kind, MORRIS, NISON, Pattern};
use super::rule::{Clause, Share};
use super::setting::Setting::{Equal, Near};
#[allow(
    clippy::wildcard_imports,
    reason = "the rules are written in these words"
)]
use super::words::*;

pub(super) const COUNTERATTACK: Pattern = Pattern {
    id: "counterattack",
    title: "Counterattack Lines",
    summary: "A long candle is answered by a long one of the other colour that closes at the same price.",
    candles: 2,
    lookback: 11,
    kind: Kind::Reversal,
    source: NISON,
    both: &[
        up_to(close(0), close(1), Equal),
        down_to(close(0), close(1), Equal),
        long(1),
        long(0),
    ],
    plus: &[black(1), white(0)],
    minus: &[white(1), black(0)],
    ..BLANK
};

pub(super) const DARK_CLOUD_COVER: Pattern = Pattern {
    id: "darkcloudcover",
    title: "Dark Cloud Cover",
    summary: "A black candle opens above a long white one and closes deep in its body.",
    candles: 2,
    lookback: 11,
    kind: Kind::Reversal,
    penetration: Some(0.5),
    source: NISON,
    minus: &[
        above(open(0), high(1)),
        white(1),
        long(1),
        black(0),
        above(close(0), open(1)),
        gives_back(close(0), 1, Share::Penetration),
    ],
    ..BLANK
};

pub(super) const DOJI_STAR: Pattern = Pattern {
    id: "dojistar",
    title: "Doji Star",
    summary: "A doji gaps away from a long candle: the move hesitates.",
    candles: 2,
    lookback: 11,
    kind: Kind::Reversal,
    source: NISON,
    both: &[doji(0), long(1)],
    plus: &[black(1), gap_down(0, 1)],
    minus: &[white(1), gap_up(0, 1)],
    ..BLANK
};

pub(super) const ENGULFING: Pattern = Pattern {
    id: "engulfing",
    title: "Engulfing Pattern",
    summary: "A body of the other colour wraps the whole body before it.",
    candles: 2,
    lookback: 2,
    kind: Kind::Reversal,
    source: NISON,
    plus: &[
        white(0),
        black(1),
        at_least(close(0), open(1)),
        at_most(open(0), close(1)),
        Clause::Any {
            of: &[&[below(open(0), close(1))], &[above(close(0), open(1))]],
        },
    ],
    minus: &[
        black(0),
        white(1),
        at_least(open(0), close(1)),
        at_most(close(0), open(1)),
        Clause::Any {
            of: &[&[below(close(0), open(1))], &[above(open(0), close(1))]],
        },
    ],
    whole_plus: &[above(close(0), open(1)), below(open(0), close(1))],
    whole_minus: &[above(open(0), close(1)), below(close(0), open(1))],
    ..BLANK
};

pub(super) const HAMMER: Pattern = Pattern {
    id: "hammer",
    title: "Hammer",
    summary: "A short body at the top of its range, near or below the low before, over a long lower shadow.",
    candles: 2,
    lookback: 11,
    kind: Kind::Reversal,
    source: NISON,
    plus: &[
        bare(upper(0)),
        tall(lower(0)),
        short(0),
        up_to(bottom(0), low(1), Near),
    ],
    ..BLANK
};

pub(super) const HANGING_MAN: Pattern = Pattern {
    id: "hangingman",
    title: "Hanging Man",
    summary: "A hammer's shape near or above the high before.",
    candles: 2,
    lookback: 11,
    kind: Kind::Reversal,
    source: NISON,
    minus: &[
        bare(upper(0)),
        tall(lower(0)),
        short(0),
        down_to(bottom(0), high(1), Near),
    ],
    ..BLANK
};

pub(super) const HARAMI: Pattern = Pattern {
    id: "harami",
    title: "Harami",
    summary: "A short body within the long body before it.",
    candles: 2,
    lookback: 11,
    kind: Kind::Reversal,
    source: NISON,
    both: &[
        long(1),
        small(0),
        at_most(top(0), top(1)),
        at_least(bottom(0), bottom(1)),
    ],
    plus: &[black(1)],
    minus: &[white(1)],
    whole_plus: &[below(top(0), top(1)), above(bottom(0), bottom(1))],
    whole_minus: &[below(top(0), top(1)), above(bottom(0), bottom(1))],
    ..BLANK
};

pub(super) const HARAMI_CROSS: Pattern = Pattern {
    id: "haramicross",
    title: "Harami Cross",
    summary: "A doji within the long body before it.",
    candles: 2,
    lookback: 11,
    kind: Kind::Reversal,
    source: NISON,
    both: &[
        doji(0),
        long(1),
        at_most(top(0), top(1)),
        at_least(bottom(0), bottom(1)),
    ],
    plus: &[black(1)],
    minus: &[white(1)],
    whole_plus: &[below(top(0), top(1)), above(bottom(0), bottom(1))],
    whole_minus: &[below(top(0), top(1)), above(bottom(0), bottom(1))],
    ..BLANK
};

pub(super) const HOMING_PIGEON: Pattern = Pattern {
    id: "homingpigeon",
    title: "Homing Pigeon",
    summary: "A short black body within a long black one: selling slows down.",
    candles: 2,
    lookback: 11,
    kind: Kind::Reversal,
    source: MORRIS,
    plus: &[
        black(1),
        black(0),
        below(open(0), open(1)),
        above(close(0), close(1)),
        long(1),
        small(0),
    ],
    ..BLANK
};

pub(super) const IN_NECK: Pattern = Pattern {
    id: "inneck",
    title: "In-neck",
    summary: "After a long black candle a white one opens lower and closes barely in its body.",
    candles: 2,
    lookback: 11,
    kind: Kind::Continuation,
    source: NISON,
    minus: &[
        below(open(0), low(1)),
        black(1),
        white(0),
        up_to(close(0), close(1), Equal),
        at_least(close(0), close(1)),
        long(1),
    ],
    ..BLANK
};

pub(super) const INVERTED_HAMMER: Pattern = Pattern {
    id: "invertedhammer",
    title: "Inverted Hammer",
    summary: "A short body at the bottom of its range gaps down, under a long upper shadow.",
    candles: 2,
    lookback: 11,
    kind: Kind::Reversal,
    source: NISON,
    plus: &[gap_down(0, 1), bare(lower(0)), tall(upper(0)), short(0)],
    ..BLANK
};

pub(super) const KICKING: Pattern = Pattern {
    id: "kicking",
    title: "Kicking",
    summary: "A marubozu is followed by one of the other colour beyond a gap; the second gives the sign.",
    candles: 2,
    lookback: 11,
    kind: Kind::Reversal,
    source: MORRIS,
    both: KICK,
    plus: &[black(1), white(0), whole_gap_up(0, 1)],
    minus: &[white(1), black(0), whole_gap_down(0, 1)],
    ..BLANK
};

/// Two marubozu.
const KICK: &[Clause] = &[
    bare(upper(0)),
    bare(lower(0)),
    bare(upper(1)),
    bare(lower(1)),
    long(1),
    long(0),
];

/// The two ways to kick: up and down.
const KICKS: Clause = Clause::Any {
    of: &[
        &[black(1), white(0), whole_gap_up(0, 1)],
        &[white(1), black(0), whole_gap_down(0, 1)],
    ],
};

pub(super) const KICKING_BY_LENGTH: Pattern = Pattern {
    id: "kickingbylength",
    title: "Kicking by Length",
    summary: "Kicking where the longer of the two candles gives the sign.",
    candles: 2,
    lookback: 11,
    kind: Kind::Reversal,
    source: MORRIS,
    both: KICK,
    plus: &[
        KICKS,
        Clause::Any {
            of: &[
                &[white(0), above(body(0), body(1))],
                &[white(1), at_most(body(0), body(1))],
            ],
        },
    ],
    minus: &[
        KICKS,
        Clause::Any {
            of: &[
                &[black(0), above(body(0), body(1))],
                &[black(1), at_most(body(0), body(1))],
            ],
        },
    ],
    ..BLANK
};

pub(super) const MATCHING_LOW: Pattern = Pattern {
    id: "matchinglow",
    title: "Matching Low",
    summary: "Two black candles close at the same price, which holds.",
    candles: 2,
    lookback: 6,
    kind: Kind::Reversal,
    source: MORRIS,
    plus: &[
        black(1),
        black(0),
        up_to(close(0), close(1), Equal),
        down_to(close(0), close(1), Equal),
    ],
    ..BLANK
};

pub(super) const ON_NECK: Pattern = Pattern {
    id: "onneck",
    title: "On-neck",
    summary: "After a long black candle a white one opens lower and closes at its low.",
    candles: 2,
    lookback: 11,
    kind: Kind::Continuation,
    source: NISON,
    minus: &[
        below(open(0), low(1)),
        black(1),
        white(0),
        up_to(close(0), low(1), Equal),
        down_to(close(0), low(1), Equal),
        long(1),
    ],
    ..BLANK
};

pub(super) const PIERCING: Pattern = Pattern {
    id: "piercing",
    title: "Piercing Pattern",
    summary: "A long white candle opens below a long black one and closes beyond the middle of its body.",
    candles: 2,
    lookback: 11,
    kind: Kind::Reversal,
    source: NISON,
    plus: &[
        below(open(0), low(1)),
        black(1),
        white(0),
        below(close(0), open(1)),
        long(1),
        long(0),
        recovers(close(0), 1, Share::Half),
    ],
    ..BLANK
};

pub(super) const SEPARATING_LINES: Pattern = Pattern {
    id: "separatinglines",
    title: "Separating Lines",
    summary: "A long candle opens where one of the other colour opened, and runs the other way at once.",
    candles: 2,
    lookback: 11,
    kind: Kind::Continuation,
    source: NISON,
    both: &[
        up_to(open(0), open(1), Equal),
        down_to(open(0), open(1), Equal),
        long(0),
    ],
    plus: &[black(1), white(0), bare(lower(0))],
    minus: &[white(1), black(0), bare(upper(0))],
    ..BLANK
};

pub(super) const SHOOTING_STAR: Pattern = Pattern {
    id: "shootingstar",
    title: "Shooting Star",
    summary: "A short body at the bottom of its range gaps up, under a long upper shadow.",
    candles: 2,
    lookback: 11,
    kind: Kind::Reversal,
    source: NISON,
    minus: &[gap_up(0, 1), bare(lower(0)), tall(upper(0)), short(0)],
    ..BLANK
};

pub(super) const THRUSTING: Pattern = Pattern {
    id: "thrusting",
    title: "Thrusting Pattern",
    summary: "After a long black candle a white one opens lower and closes in the lower half of its body.",
    candles: 2,
    lookback: 11,
    kind: Kind::Continuation,
    source: NISON,
    minus: &[
        below(open(0), low(1)),
        black(1),
        white(0),
        beyond(close(0), close(1), Equal),
        long(1),
        recovers_at_most(close(0), 1, Share::Half),
    ],
    ..BLANK
};
