//! The family as plain data.

use crate::patterns::family::{Family, Word};
use crate::patterns::turns::Turns;
use crate::spec::{CLOSE, Fallback, HIGH, Input, LOW, Param, ParamKind, TIME};

const fn word(name: &'static str, doc: &'static str) -> Word {
    Word { name, doc }
}

pub(super) const FAMILY: Family = Family {
    id: "price_patterns",
    title: "Price patterns",
    summary: "Classical chart patterns between lines that turns draw, told when price closes beyond one",
    rules: &[
        "Turns are alternating tops and bottoms (pivots, reversal); the last 12 are looked at whenever one becomes certain, and a pattern may be longest bars long from its first turn to that bar",
        "Prices compare in heights of the pattern: equal are levels that differ by no more than tolerance, and a line is level if it moves by no more than that over the pattern",
        "A double top is two equal tops around a bottom, the neckline; the rise to the first begins below the neckline by at least tolerance; its height is from the mean top to the neckline",
        "A triple top is three equal tops around two equal bottoms, after a rise as for a double top; the neckline is the lower bottom, its height is from the mean top to the mean bottom",
        "A head and shoulders is three tops whose middle one stands above both others by at least tolerance; the shoulders differ by no more than two tolerances, so do the bottoms; the neckline goes through the bottoms, both shoulders are above it by at least tolerance, and the rise begins below its first bottom by at least that; its height is from the neckline up to the head",
        "Bottoms are tops upside down",
        "Triangles, wedges and channels are 5 to 8 turns, rectangles 6 to 8, most turns first; lines go through the first and the last top and bottom, the turns between lie no farther than tolerance from them, and the lines have not met at the last turn; the height is their distance at the first turn",
        "Ascending: the upper line is level, the lower rises. Descending: the lower is level, the upper falls. Symmetrical: the upper falls, the lower rises. Rectangle: both are level. Channel: both rise or both fall, their moves differing by no more than tolerance. Wedge: both rise or both fall, and come closer by more than that",
        "A flag or pennant is a pole, a move between two turns, and a rest of four turns that begins with the pole's end: the pole is at least twice as long as the rest is high, the rest takes back at most half of it and lasts at most four times as many bars; parallel lines are a flag, closing ones a pennant, and lines that both go the pole's way are neither; a fifth turn makes it one of the patterns above or none",
        "A cup is a bowl between two equal rims, and a handle that gives back at most half of its depth in at most half its bars; the left rim is the nearest equal top with no higher one between, at least 20 bars before; the move into it is at least half the depth",
        "A rounding bottom is a bowl whose left rim is higher than all tops after it, the nearest at least 20 bars old, and whose right rim is the breakout",
        "A bowl is round: its mean close lies 0.6 to 0.85 of its depth below the rim (half in a V, two thirds in a parabola), and its bottom lies in the middle half of its bars",
        "The breakout is a close beyond the line by more than breakout heights; where volume is given, of a bar with at least volume_ratio times the mean volume of the pattern's bars, else the pattern goes on waiting",
        "Tops, descending triangles and rising wedges break out down; bottoms, ascending triangles and falling wedges up; flags and pennants the pole's way; symmetrical triangles, rectangles and channels either way",
        "A pattern is dropped when price closes as far beyond its other line (of a top the highest top, of a head and shoulders the right shoulder, of a cup the handle's low, of a rounding bottom the bottom), when its lines meet, or when it has waited, after its last turn, for as many bars as lie between its first and its last turn, a rounding pattern for three times as many",
        "If a pattern between two lines breaks out before the turn from which it does is certain, that turn is its last if it touches its line; if the broken line has fewer turns than the other, the bar before the breakout is its missing touch; both are known with the breakout",
        "At most one of each kind waits (tops; bottoms; patterns between two lines; cups, and rounding patterns, upwards and downwards): a new one takes the older one's place, so a triple top that of a double top. Of tops of the same last turn head and shoulders comes before triple and that before double. Of patterns that break out at the same bar in the same direction the first in this order of kinds is told. A kind's next pattern ends with a turn after the last breakout",
        "The target is the height from the broken line on, of a flag or pennant the pole, of a wedge its farthest turn; the invalidation is the price of the other line at the breakout; the zone is where a pullback would meet the broken line, between it and the price that was needed to break it",
        "Until the breakout a pattern is forming: its target, zone and invalidation are those of a breakout at the last bar; one that may break out either way is neutral and has none; of rounding patterns those are shown whose bowl is round up to the last bar",
        "A near miss fails one condition by no more than three tolerances",
    ],
    source: "R. D. Edwards and J. Magee, Technical Analysis of Stock Trends, 1948; T. N. Bulkowski, Encyclopedia of Chart Patterns, 2005; cup with handle: W. J. O'Neil, How to Make Money in Stocks, 1988",
    inputs: &[HIGH, LOW, CLOSE, OPTIONAL_VOLUME, TIME],
    params: &[
        Turns::PIVOTS,
        Turns::REVERSAL,
        Param::float(
            "tolerance",
            0.15,
            (0.0, 0.5),
            "How far equal levels may differ and turns may lie from their line, in heights of the pattern",
        ),
        Param::float(
            "breakout",
            0.05,
            (0.0, 1.0),
            "How far a close must lie beyond the line, in heights of the pattern",
        ),
        Param::float(
            "volume_ratio",
            0.0,
            (0.0, 100.0),
            "The least volume of the breakout's bar, in means of the pattern's bars; 0 asks nothing, and more than 0 needs volume",
        ),
        Param {
            name: "longest",
            doc: "Most bars of a pattern, from its first turn to the bar that makes its last one certain",
            kind: ParamKind::Int { min: 10, max: 1000 },
            default: Fallback::Number(250.0),
            talib: None,
            quiet: true,
        },
    ],
    shapes: &[
        word("double_top", "Two equal tops after a rise"),
        word("double_bottom", "Two equal bottoms after a fall"),
        word("triple_top", "Three equal tops after a rise"),
        word("triple_bottom", "Three equal bottoms after a fall"),
        word(
            "head_and_shoulders",
            "A top between two lower ones after a rise",
        ),
        word(
            "inverse_head_and_shoulders",
            "A bottom between two higher ones after a fall",
        ),
        word("ascending_triangle", "Level tops and rising bottoms"),
        word("descending_triangle", "Level bottoms and falling tops"),
        word("symmetrical_triangle", "Falling tops and rising bottoms"),
        word("rising_wedge", "Tops and bottoms rise, and come closer"),
        word("falling_wedge", "Tops and bottoms fall, and come closer"),
        word("rectangle", "Level tops and level bottoms"),
        word("rising_channel", "Tops and bottoms rise alike"),
        word("falling_channel", "Tops and bottoms fall alike"),
        word("flag", "A rest between parallel lines after a steep move"),
        word("pennant", "A rest between closing lines after a steep move"),
        word(
            "cup_and_handle",
            "A bowl with a small pullback at its right rim",
        ),
        word("inverted_cup_and_handle", "The same upside down"),
        word(
            "rounding_bottom",
            "A bowl that price leaves at the height at which it came in",
        ),
        word("rounding_top", "The same upside down"),
    ],
    roles: &[
        word("top", "A top of a double or triple top"),
        word("bottom", "A bottom of a double or triple bottom"),
        word("left shoulder", "The first of the three"),
        word("head", "The one that stands out"),
        word("right shoulder", "The last of the three"),
        word(
            "neckline",
            "A turn that the neckline goes through, or on which it lies",
        ),
        word("pole", "Where the pole begins; it ends with the next point"),
        word("upper line", "A top at the upper line"),
        word("lower line", "A bottom at the lower line"),
        word(
            "exit",
            "The bar before the breakout, where price meets the line that it leaves through",
        ),
        word("left rim", "Where the bowl begins"),
        word("bowl", "The bowl's bottom, or top"),
        word("right rim", "Where the bowl ends"),
        word("handle", "The handle's low, or high"),
    ],
    parts: &[
        word(
            "level",
            "How equal tops, shoulders or rims are: 1 for equal, 0 for all that is allowed",
        ),
        word(
            "neckline",
            "How equal the turns of the neckline are, likewise",
        ),
        word(
            "trend",
            "How far before the neckline the move into the pattern began, in heights; of a cup how long the move was; at most 1",
        ),
        word(
            "time",
            "The shorter half as a share of the longer; of a flag 1 for a short rest, 0 for the longest allowed",
        ),
        word(
            "fit",
            "How near the turns are to their lines: 1 on them, 0 for all that is allowed",
        ),
        word("touches", "A quarter for each turn above four"),
        word(
            "pole",
            "How much longer the pole is than the rest is high: 1 − height / pole",
        ),
        word(
            "depth",
            "How little a flag or handle gave back: 1 for nothing, 0 for all that is allowed",
        ),
        word(
            "roundness",
            "How near the bowl is to a parabola: 1 for its mean close, 0 for a box or a third of the depth",
        ),
        word(
            "centre",
            "1 for a bottom in the middle of the bowl, 0 for one at a rim",
        ),
        word(
            "volume",
            "Volume of the breakout in means of the pattern's, halved, at most 1; only where volume is given",
        ),
    ],
    targets: &[word(
        "measured",
        "The pattern's height beyond the line; for flags the pole, for wedges the farthest turn",
    )],
    conditions: &[
        word("level", "Difference of tops or bottoms, in heights"),
        word(
            "trend",
            "How far before the neckline the move into the pattern began, in heights; of a cup the length of the move in depths",
        ),
        word(
            "neckline",
            "Difference of the turns of the neckline, in heights",
        ),
        word("head", "How far the head stands out, in heights"),
        word("shoulders", "Difference of the shoulders, in heights"),
        word(
            "shoulder height",
            "Distance of the nearer shoulder from the neckline, in heights",
        ),
        word(
            "fit",
            "Distance of a turn from its line at most, in heights",
        ),
        word(
            "width",
            "Distance of the lines at the last turn, in heights",
        ),
        word("pole", "Length of the pole, in heights of the rest"),
        word(
            "retraced",
            "What the rest takes back of the pole, as a share",
        ),
        word(
            "length",
            "Bars of the rest in bars of the pole, or of the handle in bars of the cup",
        ),
        word(
            "roundness",
            "How far the mean close lies from the rim, in depths",
        ),
        word(
            "centre",
            "Where the bottom lies between the rims, as a share of the bars",
        ),
        word("handle", "What the handle gives back, in depths"),
        word(
            "volume",
            "Volume of the breakout, in means of the pattern's bars",
        ),
    ],
};

/// Traded volume of a bar, which a call may leave out.
const OPTIONAL_VOLUME: Input = Input {
    name: "volume",
    optional: true,
};
