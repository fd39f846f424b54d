//! The words of the rules. Candles are counted backwards: 0 is the last one of a pattern.

use super::rule::{Clause, Place, Quantity, Relation, Share, Term, Test};
use super::setting::Setting;

macro_rules! places {
    ($($name:ident $quantity:ident,)+) => {$(
        pub const fn $name(back: u8) -> Place {
            Place { quantity: Quantity::$quantity, back }
        }
    )+};
}

places! {
    open Open, high High, low Low, close Close, top Top, bottom Bottom, body Body, upper Upper,
    lower Lower, middle Middle, trend Trend,
}

const fn is(left: Term, relation: Relation, right: Term) -> Clause {
    Clause::Is(Test {
        left,
        relation,
        right,
    })
}

pub const fn above(a: Place, b: Place) -> Clause {
    is(Term::Of(a), Relation::Above, Term::Of(b))
}

pub const fn at_least(a: Place, b: Place) -> Clause {
    is(Term::Of(a), Relation::AtLeast, Term::Of(b))
}

pub const fn below(a: Place, b: Place) -> Clause {
    is(Term::Of(a), Relation::Below, Term::Of(b))
}

pub const fn at_most(a: Place, b: Place) -> Clause {
    is(Term::Of(a), Relation::AtMost, Term::Of(b))
}

pub const fn white(back: u8) -> Clause {
    at_least(close(back), open(back))
}

pub const fn black(back: u8) -> Clause {
    below(close(back), open(back))
}

/// More than a setting of its own candle.
const fn over(place: Place, setting: Setting) -> Clause {
    is(
        Term::Of(place),
        Relation::Above,
        Term::Limit(setting, place.back),
    )
}

/// Less than a setting of its own candle.
const fn under(place: Place, setting: Setting) -> Clause {
    is(
        Term::Of(place),
        Relation::Below,
        Term::Limit(setting, place.back),
    )
}

pub const fn long(back: u8) -> Clause {
    over(body(back), Setting::LongBody)
}

pub const fn short(back: u8) -> Clause {
    under(body(back), Setting::ShortBody)
}

/// Short, or just as long as short bodies may not be.
pub const fn small(back: u8) -> Clause {
    is(
        Term::Of(body(back)),
        Relation::AtMost,
        Term::Limit(Setting::ShortBody, back),
    )
}

pub const fn not_short(back: u8) -> Clause {
    over(body(back), Setting::ShortBody)
}

pub const fn doji(back: u8) -> Clause {
    doji_as(back, back)
}

/// A doji by the measure of another candle.
pub const fn doji_as(back: u8, measure: u8) -> Clause {
    is(
        Term::Of(body(back)),
        Relation::AtMost,
        Term::Limit(Setting::Doji, measure),
    )
}

/// No shadow, or a very short one.
pub const fn bare(shadow: Place) -> Clause {
    under(shadow, Setting::VeryShortShadow)
}

/// A shadow that is not very short.
pub const fn shown(shadow: Place) -> Clause {
    over(shadow, Setting::VeryShortShadow)
}

pub const fn brief(shadow: Place) -> Clause {
    under(shadow, Setting::ShortShadow)
}

pub const fn not_brief(shadow: Place) -> Clause {
    over(shadow, Setting::ShortShadow)
}

pub const fn tall(shadow: Place) -> Clause {
    over(shadow, Setting::LongShadow)
}

pub const fn very_tall(shadow: Place) -> Clause {
    over(shadow, Setting::VeryLongShadow)
}

/// The body of one candle lies wholly above that of another.
pub const fn gap_up(later: u8, earlier: u8) -> Clause {
    above(bottom(later), top(earlier))
}

pub const fn gap_down(later: u8, earlier: u8) -> Clause {
    below(top(later), bottom(earlier))
}

/// One candle with its shadows lies wholly above another.
pub const fn whole_gap_up(later: u8, earlier: u8) -> Clause {
    above(low(later), high(earlier))
}

pub const fn whole_gap_down(later: u8, earlier: u8) -> Clause {
    below(high(later), low(earlier))
}

/// At most as far above another price as the setting allows.
pub const fn up_to(a: Place, b: Place, setting: Setting) -> Clause {
    is(Term::Of(a), Relation::AtMost, Term::Plus(b, setting))
}

/// At most as far below another price as the setting allows.
pub const fn down_to(a: Place, b: Place, setting: Setting) -> Clause {
    is(Term::Of(a), Relation::AtLeast, Term::Minus(b, setting))
}

/// Further above another price than the setting allows.
pub const fn beyond(a: Place, b: Place, setting: Setting) -> Clause {
    is(Term::Of(a), Relation::Above, Term::Plus(b, setting))
}

/// Less than another quantity plus the setting.
pub const fn less_than_plus(a: Place, b: Place, setting: Setting) -> Clause {
    is(Term::Of(a), Relation::Below, Term::Plus(b, setting))
}

/// Less than another quantity less the setting.
pub const fn less_than_minus(a: Place, b: Place, setting: Setting) -> Clause {
    is(Term::Of(a), Relation::Below, Term::Minus(b, setting))
}

/// More than another quantity less the setting.
pub const fn more_than_minus(a: Place, b: Place, setting: Setting) -> Clause {
    is(Term::Of(a), Relation::Above, Term::Minus(b, setting))
}

/// Not further below the first price than the second quantity and the setting together.
pub const fn rides(a: Place, from: Place, less: Place, setting: Setting) -> Clause {
    is(
        Term::Of(a),
        Relation::AtLeast,
        Term::Reach(from, less, setting),
    )
}

/// Two quantities differ by less than a setting of the first one's candle.
pub const fn alike(a: Place, b: Place, setting: Setting) -> Clause {
    is(
        Term::Apart(a, b),
        Relation::Below,
        Term::Limit(setting, a.back),
    )
}

/// Above the close of a black candle by more than a share of its body.
pub const fn recovers(a: Place, back: u8, share: Share) -> Clause {
    is(Term::Of(a), Relation::Above, Term::Rebound(back, share))
}

/// Above the close of a black candle by no more than a share of its body.
pub const fn recovers_at_most(a: Place, back: u8, share: Share) -> Clause {
    is(Term::Of(a), Relation::AtMost, Term::Rebound(back, share))
}

/// Below the close of a white candle by more than a share of its body.
pub const fn gives_back(a: Place, back: u8, share: Share) -> Clause {
    is(Term::Of(a), Relation::Below, Term::Setback(back, share))
}

/// Below the close of a white candle by less than a share of its body.
pub const fn keeps(a: Place, back: u8, share: Share) -> Clause {
    is(Term::Of(a), Relation::Above, Term::Setback(back, share))
}
