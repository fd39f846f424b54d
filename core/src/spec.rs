//! An indicator's definition as plain data: what the hosts, the documentation and the tests read.

use crate::params::Params;

/// Most columns an indicator may read.
pub const MAX_INPUTS: usize = 6;
/// Most rows that describe a state: levels, or rows of a profile.
pub const MAX_STATE_ROWS: usize = 1000;
/// Most series an indicator may write.
pub const MAX_OUTPUTS: usize = 9;
/// Most columns of a table.
pub const MAX_COLUMNS: usize = 8;
/// Most parameters an indicator may have.
pub const MAX_PARAMS: usize = 8;
/// Most shared columns an indicator may read.
pub const MAX_DERIVED: usize = 2;

/// Longest window or smoothing length any indicator takes.
pub const MAX_PERIOD: i64 = 1_000_000;

/// What one indicator is.
#[derive(Debug)]
pub struct Spec {
    /// Its name in code, such as `rsi`.
    pub id: &'static str,
    /// Its name for people, such as `Relative Strength Index`.
    pub title: &'static str,
    /// What it tells a trader, one sentence.
    pub summary: &'static str,
    /// The formula, in the words of the outputs and parameters.
    pub formula: &'static str,
    /// The stated answers for degenerate input, one sentence each.
    pub edges: &'static [&'static str],
    /// Who published it: author, title, year.
    pub source: &'static str,
    /// Columns it reads, in the order of the positional arguments.
    pub inputs: &'static [Input],
    /// Parameters, in the order of the positional arguments.
    pub params: &'static [Param],
    /// Shared columns it reads besides its inputs.
    pub derived: &'static [Derived],
    /// What it gives.
    pub result: ResultKind,
    /// Leading bars without a value, per output.
    pub warmup: fn(&Params, usize) -> usize,
    /// Leading bars whose values depend on where the data begins, per output: behind them its start
    /// weighs less than [`CONVERGED`](crate::kernels::CONVERGED) in what a value is an average of.
    /// `None` where no number of bars assures that.
    pub converged: fn(&Params, usize) -> Option<usize>,
    /// What a missing value in the input does.
    pub missing: Missing,
    /// How a chart shows it.
    pub chart: Chart,
}

impl Spec {
    /// Names of the outputs, or of the table's columns.
    pub fn output_names(&self) -> impl Iterator<Item = &'static str> {
        self.series()
            .iter()
            .map(|o| o.name)
            .chain(self.table().iter().map(|c| c.name))
    }

    /// The series outputs; empty for a table.
    #[must_use]
    pub const fn series(&self) -> &'static [Output] {
        match self.result {
            ResultKind::Series(outputs) => outputs,
            ResultKind::Table(_) | ResultKind::Report { .. } => &[],
        }
    }

    /// The table's columns; empty for series.
    #[must_use]
    pub const fn table(&self) -> &'static [Column] {
        match self.result {
            ResultKind::Series(_) => &[],
            ResultKind::Table(columns) | ResultKind::Report { columns, .. } => columns,
        }
    }

    /// The numbers that a table comes with; empty for most.
    #[must_use]
    pub const fn summary(&self) -> &'static [Output] {
        match self.result {
            ResultKind::Report { summary, .. } => summary,
            _ => &[],
        }
    }

    /// Whether it gives a table.
    #[must_use]
    pub const fn is_table(&self) -> bool {
        !matches!(self.result, ResultKind::Series(_))
    }

    /// What the rows of its table are.
    #[must_use]
    pub const fn rows(&self) -> Rows {
        match self.result {
            ResultKind::Report { rows, .. } => rows,
            _ => Rows::Events,
        }
    }

    /// The bar from which on the start of the data no longer matters to any output; `None` where it
    /// may matter to one for ever.
    #[must_use]
    pub fn converged_from(&self, params: &Params) -> Option<usize> {
        // A table has one row at a time.
        (0..self.series().len().max(1)).try_fold(0, |latest: usize, output| {
            Some(latest.max((self.converged)(params, output)?))
        })
    }

    /// Position of a parameter.
    #[must_use]
    pub fn param_index(&self, name: &str) -> Option<usize> {
        self.params.iter().position(|p| p.name == name)
    }

    /// Position of an input.
    #[must_use]
    pub fn input_index(&self, name: &str) -> Option<usize> {
        self.inputs.iter().position(|i| i.name == name)
    }

    /// How many inputs a call must give.
    #[must_use]
    pub fn required_inputs(&self) -> usize {
        self.inputs.iter().filter(|i| !i.optional).count()
    }
}

/// A column of bars that an indicator reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Input {
    /// `source`, `open`, `high`, `low`, `close`, `volume` or `time`.
    pub name: &'static str,
    /// Whether a call may leave it out.
    pub optional: bool,
}

/// The price that stands for a bar; the column `close` unless a caller says otherwise.
pub const SOURCE: Input = Input {
    name: "source",
    optional: false,
};
/// First price of a bar.
pub const OPEN: Input = Input {
    name: "open",
    optional: false,
};
/// Highest price of a bar.
pub const HIGH: Input = Input {
    name: "high",
    optional: false,
};
/// Lowest price of a bar.
pub const LOW: Input = Input {
    name: "low",
    optional: false,
};
/// Last price of a bar.
pub const CLOSE: Input = Input {
    name: "close",
    optional: false,
};
/// Traded volume of a bar.
pub const VOLUME: Input = Input {
    name: "volume",
    optional: false,
};
/// Opening time of a bar in milliseconds since 1970 UTC.
pub const TIME: Input = Input {
    name: "time",
    optional: true,
};

/// A column that several indicators share; computed once for a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derived {
    /// Wilder's true range; the first bar's is high − low.
    TrueRange,
    /// (high + low + close) / 3.
    Typical,
}

impl Derived {
    /// The columns it is computed from.
    #[must_use]
    pub const fn inputs(self) -> [&'static str; 3] {
        match self {
            Self::TrueRange | Self::Typical => ["high", "low", "close"],
        }
    }
}

/// A parameter.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    /// Its name, a full noun.
    pub name: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// What it may be.
    pub kind: ParamKind,
    /// Its value when not given.
    pub default: Fallback,
    /// Its value under `compat = "talib"`, where that differs.
    pub talib: Option<Fallback>,
    /// Whether a result's name leaves it out while it has its default.
    pub quiet: bool,
}

impl Param {
    /// A whole number from `min` to [`MAX_PERIOD`].
    #[must_use]
    pub const fn period(name: &'static str, default: i64, min: i64, doc: &'static str) -> Self {
        Self {
            name,
            doc,
            kind: ParamKind::Int {
                min,
                max: MAX_PERIOD,
            },
            default: Fallback::Number(default as f64),
            talib: None,
            quiet: false,
        }
    }

    /// A number from `min` to `max`.
    #[must_use]
    pub const fn float(
        name: &'static str,
        default: f64,
        (min, max): (f64, f64),
        doc: &'static str,
    ) -> Self {
        Self {
            name,
            doc,
            kind: ParamKind::Float { min, max },
            default: Fallback::Number(default),
            talib: None,
            quiet: false,
        }
    }

    /// One of several words: what a profile chooses, open to the caller as well.
    #[must_use]
    pub const fn option(
        name: &'static str,
        choices: &'static [&'static str],
        tradingview: &'static str,
        talib: &'static str,
        doc: &'static str,
    ) -> Self {
        Self {
            name,
            doc,
            kind: ParamKind::Choice { choices },
            default: Fallback::Text(tradingview),
            talib: Some(Fallback::Text(talib)),
            quiet: true,
        }
    }

    /// What stands where there is nothing to divide by: TradingView leaves it missing, TA-Lib gives 0.
    #[must_use]
    pub const fn empty(doc: &'static str) -> Self {
        Self::option("empty", &["nan", "zero"], "nan", "zero", doc)
    }

    /// One of several words that is usually left alone, whatever the profile; the first is the default.
    #[must_use]
    pub const fn choice(
        name: &'static str,
        choices: &'static [&'static str],
        doc: &'static str,
    ) -> Self {
        Self {
            name,
            doc,
            kind: ParamKind::Choice { choices },
            default: Fallback::Text(choices[0]),
            talib: None,
            quiet: true,
        }
    }

    /// A whole number of minutes that is usually left alone.
    #[must_use]
    pub const fn minutes(
        name: &'static str,
        default: i64,
        (min, max): (i64, i64),
        doc: &'static str,
    ) -> Self {
        Self {
            name,
            doc,
            kind: ParamKind::Int { min, max },
            default: Fallback::Number(default as f64),
            talib: None,
            quiet: true,
        }
    }

    /// Whether the profiles differ in it: a detail of the definition rather than a setting.
    #[must_use]
    pub const fn is_option(&self) -> bool {
        self.talib.is_some()
    }
}

/// What a parameter may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ParamKind {
    /// A whole number.
    Int {
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
    /// A finite number.
    Float {
        /// Least value.
        min: f64,
        /// Greatest value.
        max: f64,
    },
    /// One of several words.
    Choice {
        /// The words.
        choices: &'static [&'static str],
    },
    /// One of several words, or a whole number.
    ChoiceOrInt {
        /// The words.
        choices: &'static [&'static str],
        /// Least number.
        min: i64,
        /// Greatest number.
        max: i64,
    },
}

/// A parameter's value when the caller gives none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fallback {
    /// A number.
    Number(f64),
    /// One of the choices.
    Text(&'static str),
    /// Whatever another parameter is.
    SameAs(&'static str),
}

/// What an indicator gives.
#[derive(Debug, Clone, Copy)]
pub enum ResultKind {
    /// Columns as long as the input.
    Series(&'static [Output]),
    /// Rows, each belonging to one bar.
    Table(&'static [Column]),
    /// Rows, and numbers that describe the market as the last bar left it.
    Report {
        /// The rows' columns.
        columns: &'static [Column],
        /// What the rows are.
        rows: Rows,
        /// The numbers.
        summary: &'static [Output],
    },
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Each belongs to one bar, in its column `index`, and is final when that bar closes.
    Events,
    /// All of them describe the market as the last bar left it: each bar puts others in their
    /// place, at a cost that grows with their number.
    State,
}

impl Rows {
    /// The word that the hosts see.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::State => "state",
        }
    }
}

/// A column as long as the input.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Whether values may be missing after the warm-up for reasons other than missing input.
    pub gaps: bool,
    /// How many bars to the right of its own a chart draws each value; negative to the left. The
    /// values themselves are never moved: none is known before its bar.
    pub shift: Option<fn(&Params) -> i64>,
}

impl Output {
    /// A column that is complete after its warm-up.
    #[must_use]
    pub const fn new(name: &'static str, doc: &'static str) -> Self {
        Self {
            name,
            doc,
            gaps: false,
            shift: None,
        }
    }

    /// A column that may have gaps, for reasons that the edges state.
    #[must_use]
    pub const fn gappy(name: &'static str, doc: &'static str) -> Self {
        Self {
            name,
            doc,
            gaps: true,
            shift: None,
        }
    }

    /// A column that a chart draws some bars beside its own.
    #[must_use]
    pub const fn shifted(name: &'static str, doc: &'static str, shift: fn(&Params) -> i64) -> Self {
        Self {
            name,
            doc,
            gaps: false,
            shift: Some(shift),
        }
    }
}

/// A table's column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// How a host shows its numbers.
    pub kind: ColumnKind,
}

/// How a host shows a table column's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// A bar's position, from 0.
    Index,
    /// Milliseconds since 1970 UTC; missing where the caller gave no time.
    Time,
    /// +1, 0 or −1.
    Sign,
    /// Any number.
    Value,
}

impl ColumnKind {
    /// The word that the hosts see.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Index => "index",
            Self::Time => "time",
            Self::Sign => "sign",
            Self::Value => "value",
        }
    }
}

/// What a missing value (NaN or infinite) in the input does to later bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Outputs are missing while the value is in the window.
    Window,
    /// Outputs are missing until the next warm-up's worth of finite values has passed.
    Reseed,
    /// The bar is passed over: its outputs are missing, later ones go on from the bar before.
    PassOver,
}

impl Missing {
    /// The word that the hosts see.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Reseed => "reseed",
            Self::PassOver => "pass_over",
        }
    }
}

/// Hints for a chart.
#[derive(Debug, Clone, Copy)]
pub struct Chart {
    /// Whether it is drawn over the prices rather than in a pane of its own.
    pub overlay: bool,
    /// How each output is drawn, in the order of the outputs.
    pub styles: &'static [Style],
    /// Levels worth a line of their own, such as 30 and 70.
    pub levels: &'static [f64],
}

/// How one output is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A line.
    Line,
    /// Bars from zero.
    Histogram,
    /// The upper or lower edge of a band.
    Band,
    /// Marks at single bars.
    Marker,
    /// Not at all: it tells the colour of another output's marks.
    Hidden,
}

impl Style {
    /// The word that the hosts see.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Histogram => "histogram",
            Self::Band => "band",
            Self::Marker => "marker",
            Self::Hidden => "hidden",
        }
    }
}
