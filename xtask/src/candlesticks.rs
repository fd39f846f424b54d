//! Generates `docs/candlesticks.md`, and the names of the patterns as types of the hosts.

use std::fmt::Write as _;

use tvf_core::patterns::candlestick::{ALL, Basis, MEASURES, Pattern};

use crate::File;
use crate::docs::table;

const HEAD: &str = "\
<!-- Written by `cargo xtask gen` from the definitions in core/src/patterns/candlestick: change those. -->

# Candlestick patterns

The sixty-one that TA-Lib knows, with its names (without `CDL`, in lower case), signs and values, in Python and in
TypeScript, whole series and bar by bar.

![Marks of some patterns at the bars of a chart, on the example page](pictures/chart-candlesticks.png)

```python
tvf.candlestick(open, high, low, close, \"engulfing\")  # integers, one a bar
tvf.candlesticks(open, high, low, close)  # a Polars frame: a column for each pattern
tvf.explain_candlestick(open, high, low, close, \"doji\", -1)  # why, or why not, in numbers
tvf.Candlesticks([\"doji\", \"hammer\"]).update(o, h, l, c)  # bar by bar
```

```ts
candlestick(open, high, low, close, \"engulfing\"); // an Int32Array
bars.candlesticks(); // an Int32Array for each pattern
explainCandlestick(open, high, low, close, \"doji\", -1);
new Candlesticks([\"doji\", \"hammer\"]).update(o, h, l, c);
```
";

const READING: &str = "
## How to read this page

- A result is 100 where a pattern is positive and -100 where it is negative, and 0 elsewhere. For reversals and
  continuations positive means bullish; for patterns of indecision the sign tells the candle's colour, or nothing.
- ±80 is for bodies that share an end with the other, in `engulfing`, `harami` and `haramicross`; `partial=False` drops
  them. ±200 confirms a `hikkake` or `hikkakemod` of one of the three bars before: a close above the high, or below the
  low, of the bar before the breakout.
- Candles are counted from the oldest. A candle is white if it closes at its open or above, black if below. The body is
  the distance of open and close; shadows reach from the body's ends to high and low.
- The *lookback* counts the bars before the first one with a result. A bar that lacks a price, or whose prices are
  infinite, matches nothing, and behind it everything begins anew, as if the data began there.
- A result depends on no bar after its own.
- `penetration` is a share of a body; where it has a default, the option changes it.
- `trend=20` asks for the market before a pattern: the close of the bar before its first candle must be below the mean
  of the 20 closes up to there for a bullish reversal or a bearish continuation, above it for a bearish reversal or a
  bullish continuation. Patterns of indecision count in any trend. While there is no mean, no other pattern counts.

## Measures

What is long, short or equal is told by the candles before, as TA-Lib's defaults have it: the factor times the mean of
the basis over the period. A period of 0 takes the candle itself.
";

/// The files.
pub fn files() -> Vec<File> {
    let mut text = String::from(HEAD);
    contents(&mut text);
    text.push_str(READING);
    measures(&mut text);
    for pattern in &ALL {
        section(&mut text, pattern);
    }
    vec![
        File {
            path: "docs/candlesticks.md".into(),
            text,
        },
        File {
            path: "bindings-py/python/tvf/_candlestick_names.py".into(),
            text: python(),
        },
        File {
            path: "npm/src/candlestick_names.ts".into(),
            text: typescript(),
        },
    ]
}

/// Adds a line; writing to a text cannot fail.
macro_rules! line {
    ($text:expr, $($arg:tt)*) => { let _ = writeln!($text, $($arg)*); };
}

fn contents(text: &mut String) {
    let head = ["pattern", "", "kind", "candles", "results"];
    let rows = ALL.iter().map(|pattern| {
        vec![
            format!("[`{0}`](#{0})", pattern.id),
            pattern.title.to_string(),
            pattern.kind.as_str().to_string(),
            pattern.candles.to_string(),
            values(pattern),
        ]
    });
    table(text, &head, rows);
}

fn measures(text: &mut String) {
    let head = ["measure", "basis", "period", "factor"];
    let rows = MEASURES.iter().map(|measure| {
        let basis = match measure.basis {
            Basis::Body => "body",
            Basis::Range => "high less low",
            Basis::Shadow => "half of both shadows",
        };
        vec![
            measure.name.to_string(),
            basis.to_string(),
            measure.period.to_string(),
            measure.factor.to_string(),
        ]
    });
    table(text, &head, rows);
}

fn section(text: &mut String, pattern: &Pattern) {
    line!(text, "\n## {}\n", pattern.id);
    line!(text, "**{}.** {}\n", pattern.title, pattern.summary);
    let mut facts = vec![
        pattern.kind.as_str().to_string(),
        format!("results {}", values(pattern)),
        format!("lookback {}", pattern.lookback),
    ];
    if let Some(share) = pattern.penetration {
        facts.push(format!("penetration {share}"));
    }
    line!(
        text,
        "{}. Source: {}; TA-Lib.\n",
        facts.join(" · "),
        pattern.source
    );
    let names = [
        "Always",
        "Positive",
        "Negative",
        "A whole positive one (else 80)",
        "A whole negative one (else -80)",
    ];
    for (name, conditions) in names.iter().zip(pattern.rule()) {
        if !conditions.is_empty() {
            line!(text, "- {name}: {}.", conditions.join("; "));
        }
    }
}

fn values(pattern: &Pattern) -> String {
    let values: Vec<String> = pattern.values().iter().map(i32::to_string).collect();
    values.join(", ")
}

fn python() -> String {
    let mut text = String::from(
        "# Written by `cargo xtask gen`: change the definitions in core/, not this.
\"\"\"The names of the candlestick patterns.\"\"\"

from __future__ import annotations

from typing import Literal, TypeAlias

Candlestick: TypeAlias = Literal[
",
    );
    for pattern in &ALL {
        line!(text, "    {:?},", pattern.id);
    }
    line!(
        text,
        "]\n\"\"\"TA-Lib's names without `CDL`, in lower case.\"\"\""
    );
    text
}

fn typescript() -> String {
    let mut text = String::from(
        "// Generated by `cargo xtask gen` from the definitions in core/src/patterns/candlestick: change those.

/** The candlestick patterns, in the order of the documentation: TA-Lib's names without `CDL`, in lower case. */
export const CANDLESTICKS = [
",
    );
    for pattern in &ALL {
        line!(text, "  {:?},", pattern.id);
    }
    line!(text, "] as const;\n");
    line!(text, "/** The name of a candlestick pattern. */");
    line!(
        text,
        "export type Candlestick = (typeof CANDLESTICKS)[number];"
    );
    text
}
