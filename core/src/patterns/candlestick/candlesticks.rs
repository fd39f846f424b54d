//! The detector: whole series and bar by bar, by the same code.

use super::candles::{BLOCK, Candles};
use super::confirm::Confirmation;
use super::list::find;
use super::options::Options;
use super::pattern::Pattern;
use super::program::{Found, Program, Rule};
use crate::codec::Codec;
use crate::error::{Code, Error};
use crate::kernels::WORD;

/// The prices that every bar has, in the order they are given in.
pub const PRICES: [&str; 4] = ["open", "high", "low", "close"];

/// A pattern that is looked for.
#[derive(Debug, Clone)]
struct Sought {
    pattern: &'static Pattern,
    rule: Rule,
    confirmation: Option<Confirmation>,
}

/// Looks for patterns in bars as they come, any number at a time: any split of a series gives the
/// same results. It can look at the forming bar, and revise the last one.
#[derive(Debug, Clone)]
pub struct Candlesticks {
    options: Options,
    sought: Vec<Sought>,
    program: Program,
    candles: Candles,
    bars: u64,
    replaceable: bool,
}

impl Candlesticks {
    /// Before the first bar.
    ///
    /// # Errors
    /// See [`find`] and [`Options::check`].
    pub fn new<'a>(
        patterns: impl IntoIterator<Item = &'a str>,
        options: Options,
    ) -> Result<Self, Error> {
        options.check()?;
        let mut program = Program::new();
        let sought = patterns.into_iter().map(|id| {
            let pattern = find(id)?;
            Ok(Sought {
                pattern,
                rule: program.add(pattern, &options),
                confirmation: pattern.confirmed.then(Confirmation::new),
            })
        });
        Ok(Self {
            options,
            sought: sought.collect::<Result<_, Error>>()?,
            program,
            candles: Candles::new(options.trend),
            bars: 0,
            replaceable: false,
        })
    }

    /// What is looked for, in the order given.
    #[must_use = "it tells and does nothing"]
    pub fn patterns(&self) -> impl ExactSizeIterator<Item = &'static Pattern> {
        self.sought.iter().map(|sought| sought.pattern)
    }

    /// The options.
    #[must_use]
    pub const fn options(&self) -> &Options {
        &self.options
    }

    /// Bars taken so far.
    #[must_use]
    pub const fn bars(&self) -> u64 {
        self.bars
    }

    /// Takes the next bars: open, high, low and close. There is a column of results for each pattern,
    /// as long as the bars, and full of zeros: only what is found is written.
    ///
    /// # Errors
    /// [`Code::InputLength`] if columns differ in length, [`Code::InputCount`] for another number of
    /// columns of results than patterns. Nothing is taken then.
    pub fn process(&mut self, prices: [&[f64]; 4], out: &mut [&mut [i32]]) -> Result<(), Error> {
        let n = check_lengths(prices)?;
        if out.len() != self.sought.len() {
            let (given, sought) = (out.len().to_string(), self.sought.len().to_string());
            let message = format!("{given} columns of results for {sought} patterns");
            return Err(Error::new(Code::InputCount, "out", given, sought, message));
        }
        for column in out.iter() {
            if column.len() != n {
                return Err(Error::input_length("out", column.len(), PRICES[0], n));
            }
        }
        for from in (0..n).step_by(BLOCK) {
            let to = n.min(from + BLOCK);
            self.block(prices.map(|column| &column[from..to]), from, out);
        }
        self.replaceable |= n > 0;
        Ok(())
    }

    /// Takes at most [`BLOCK`] bars, whose results begin at a place.
    fn block(&mut self, prices: [&[f64]; 4], place: usize, out: &mut [&mut [i32]]) {
        let n = prices[0].len();
        let row = self.candles.take(prices);
        self.bars += n as u64;
        for from in (0..n).step_by(WORD) {
            self.program.turn();
            self.word(row + from, WORD.min(n - from), place + from, out);
        }
    }

    /// Looks at the bars of a word, from a row on, whose results begin at a place.
    fn word(&mut self, row: usize, n: usize, place: usize, out: &mut [&mut [i32]]) {
        for (sought, out) in self.sought.iter_mut().zip(out) {
            let out = &mut out[place..][..n];
            let mut found = self.program.find(&sought.rule, &self.candles, row, n);
            if !self.options.partial {
                found = found.among(found.whole);
            }
            match &mut sought.confirmation {
                None => found.write(out),
                Some(confirmation) => {
                    let confirmed = confirmation.process(&self.candles, &found, row, n);
                    let lookback = sought.pattern.lookback;
                    let late = self.candles.with_history(row, n, lookback);
                    found.among(late).write(out);
                    confirmed.among(late).write_twice(out);
                }
            }
        }
    }

    /// What a bar would give as the next one; nothing of it is kept.
    pub fn peek(&mut self, bar: [f64; 4]) -> Vec<i32> {
        self.candles.park();
        for confirmation in self.confirmations() {
            confirmation.park();
        }
        let values = self.one(bar);
        self.undo();
        self.candles.unpark();
        for confirmation in self.confirmations() {
            confirmation.unpark();
        }
        values
    }

    /// Takes a bar: a result for each pattern.
    pub fn update(&mut self, bar: [f64; 4]) -> Vec<i32> {
        self.replaceable = true;
        self.one(bar)
    }

    /// Puts another bar in the place of the last one.
    ///
    /// # Errors
    /// [`Code::NothingToReplace`] before the first bar.
    pub fn replace(&mut self, bar: [f64; 4]) -> Result<Vec<i32>, Error> {
        if !self.replaceable {
            let message = "candlesticks have no bar to replace yet";
            let bound = "after the first update";
            return Err(Error::new(
                Code::NothingToReplace,
                "replace",
                "",
                bound,
                message,
            ));
        }
        self.undo();
        Ok(self.one(bar))
    }

    fn one(&mut self, bar: [f64; 4]) -> Vec<i32> {
        let mut values = vec![0; self.sought.len()];
        let mut out: Vec<&mut [i32]> = values.chunks_exact_mut(1).collect();
        self.block(bar.each_ref().map(core::slice::from_ref), 0, &mut out);
        values
    }

    fn undo(&mut self) {
        self.bars -= 1;
        self.candles.undo();
        for confirmation in self.confirmations() {
            confirmation.undo();
        }
    }

    fn confirmations(&mut self) -> impl Iterator<Item = &mut Confirmation> {
        let sought = self.sought.iter_mut();
        sought.filter_map(|sought| sought.confirmation.as_mut())
    }

    /// Whether there is a last bar that can be taken back.
    pub(super) const fn is_replaceable(&self) -> bool {
        self.replaceable
    }

    /// Says so of a state that was just read.
    pub(super) fn resume(&mut self, replaceable: bool) -> Result<(), Error> {
        if replaceable && self.bars == 0 {
            return Err(Error::damaged("a bar can be replaced before the first"));
        }
        self.replaceable = replaceable;
        Ok(())
    }

    /// Writes the state, or replaces it.
    pub(super) fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.count(&mut self.bars)?;
        self.candles.code(codec)?;
        let mut confirmations = self.confirmations();
        confirmations.try_for_each(|confirmation| confirmation.code(codec))
    }
}

/// Checks that the columns are of one length, and gives it.
pub(super) fn check_lengths(prices: [&[f64]; 4]) -> Result<usize, Error> {
    let n = prices[0].len();
    for (name, column) in PRICES.iter().zip(prices) {
        if column.len() != n {
            return Err(Error::input_length(name, column.len(), PRICES[0], n));
        }
    }
    Ok(n)
}

impl Found {
    fn write(self, out: &mut [i32]) {
        for (bits, sign) in [(self.plus, 1), (self.minus, -1)] {
            mark(bits & self.whole, 100 * sign, out);
            mark(bits & !self.whole, 80 * sign, out);
        }
    }

    /// Of what is confirmed.
    fn write_twice(self, out: &mut [i32]) {
        mark(self.plus, 200, out);
        mark(self.minus, -200, out);
    }
}

/// Writes a value where a bit is set.
fn mark(mut bits: u64, value: i32, out: &mut [i32]) {
    while bits != 0 {
        out[bits.trailing_zeros() as usize] = value;
        bits &= bits - 1;
    }
}
