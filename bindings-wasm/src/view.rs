//! What a chart shows of bars that stay in this module's memory.

use tvf_core::Error;
use tvf_core::chart::{self, Candles, Columns, Padding, Tree, viewport};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::bars::Bars;
use crate::exchange::Exchange;
use crate::memory;
use crate::output::Output;

/// Where the values of a role come from.
#[derive(Clone, Copy, Default)]
enum Source {
    #[default]
    Nowhere,
    /// A column of the bars.
    Column(usize),
    /// A column of what is attached: group, output of the group, column of the output.
    Attached(usize, usize, usize),
}

/// A chart's look at bars, or at a line along them: a tree over what is seen, which follows when it is asked.
///
/// Roles are time, open, high, low, close and volume; a line has its values as high, low and close.
#[wasm_bindgen]
#[derive(Default)]
pub struct View {
    roles: [Source; 6],
    tree: Tree,
    candles: Candles,
    at: Vec<f64>,
    values: Vec<f64>,
    /// The numbers of the last answer.
    numbers: [f64; 3],
}

#[wasm_bindgen]
impl View {
    /// Without a role.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a role to a column of the bars.
    pub fn column(&mut self, role: usize, column: usize) {
        self.role(role, Source::Column(column));
    }

    /// Gives a role to a column of an attached series.
    pub fn attached(&mut self, role: usize, group: usize, sink: usize, column: usize) {
        self.role(role, Source::Attached(group, sink, column));
    }

    /// Where the numbers of the last answer are.
    #[must_use]
    pub fn numbers(&self) -> *const f64 {
        self.numbers.as_ptr()
    }

    /// Where a column of the last answer begins: time, open, high, low, close and volume of candles.
    #[must_use]
    pub fn candle(&self, role: usize) -> *const f64 {
        let columns = self.candles.columns();
        columns.get(role).map_or(core::ptr::null(), |c| c.as_ptr())
    }

    /// Where the bar numbers of the last answer's points begin.
    #[must_use]
    pub fn at(&self) -> *const f64 {
        self.at.as_ptr()
    }

    /// Where the values of the last answer's points begin.
    #[must_use]
    pub fn values(&self) -> *const f64 {
        self.values.as_ptr()
    }

    /// The bars between two moments: answers with the numbers of the first and of the one behind the last.
    pub fn cull_time(
        &mut self,
        exchange: &mut Exchange,
        bars: &Bars,
        from: f64,
        to: f64,
        margin: f64,
    ) -> bool {
        self.answer(exchange, |view| {
            let time = view.columns(bars).time;
            let range = viewport::by_time(time, from, to, chart::count("margin", margin, 0)?)?;
            view.numbers = [range.start as f64, range.end as f64, 0.0];
            Ok(())
        })
    }

    /// The bars between two places on an axis of bar numbers, likewise.
    pub fn cull_index(
        &mut self,
        exchange: &mut Exchange,
        bars: &Bars,
        from: f64,
        to: f64,
        margin: f64,
    ) -> bool {
        self.answer(exchange, |view| {
            let count = view.columns(bars).close.len();
            let range = viewport::by_index(count, from, to, chart::count("margin", margin, 0)?)?;
            view.numbers = [range.start as f64, range.end as f64, 0.0];
            Ok(())
        })
    }

    /// The ends of an axis on which the bars `from..to` lie with some room: answers with low and high, NaN where there
    /// is nothing to be seen.
    #[expect(clippy::too_many_arguments, reason = "a call that allocates nothing")]
    pub fn range(
        &mut self,
        exchange: &mut Exchange,
        bars: &Bars,
        from: usize,
        to: usize,
        kind: &str,
        top: f64,
        bottom: f64,
    ) -> bool {
        self.answer(exchange, |view| {
            let kind = chart::Kind::parse(kind)?;
            let padding = Padding::new(top, bottom)?;
            let leaves = view.columns(bars).leaves();
            view.tree.follow(&leaves)?;
            let extent = if kind == chart::Kind::Log {
                view.tree.positive(&leaves, from..to)
            } else {
                view.tree.fold(&leaves, from..to).extent()
            };
            let ends = extent.map(|extent| padding.around(kind, extent));
            let (low, high) = ends.unwrap_or((f64::NAN, f64::NAN));
            view.numbers = [low, high, 0.0];
            Ok(())
        })
    }

    /// Draws the bars `from..to` with few candles: answers with the first bar of the first, the bars of each, and how
    /// many there are.
    pub fn candles(
        &mut self,
        exchange: &mut Exchange,
        bars: &Bars,
        from: usize,
        to: usize,
        most: f64,
    ) -> bool {
        self.answer(exchange, |view| {
            let columns = view.columns(bars);
            view.tree.follow(&columns.leaves())?;
            let most = chart::count("most", most, 1)?;
            let found = view.candles.fill(&view.tree, &columns, from..to, most)?;
            view.numbers = [found.start as f64, found.step as f64, found.count as f64];
            Ok(())
        })
    }

    /// Draws the line's bars `from..to` with the least and the greatest of few buckets: answers with the first bar of
    /// the first bucket, the bars of each, and how many points there are.
    pub fn extremes(
        &mut self,
        exchange: &mut Exchange,
        bars: &Bars,
        from: usize,
        to: usize,
        most: f64,
    ) -> bool {
        self.answer(exchange, |view| {
            let columns = view.columns(bars);
            view.tree.follow(&columns.leaves())?;
            let most = chart::count("most", most, 1)?;
            let (at, values) = (&mut view.at, &mut view.values);
            let found = chart::extremes(&view.tree, columns.close, from..to, most, at, values)?;
            view.numbers = [found.start as f64, found.step as f64, at.len() as f64];
            Ok(())
        })
    }

    /// Draws the line's bars `from..to` with at most so many points that span the largest triangles; the third number of the
    /// answer is how many there are.
    pub fn lttb(
        &mut self,
        exchange: &mut Exchange,
        bars: &Bars,
        from: usize,
        to: usize,
        most: f64,
    ) -> bool {
        self.answer(exchange, |view| {
            let line = view.columns(bars).close;
            let to = to.min(line.len());
            let from = from.min(to);
            let line = &line[from..to];
            let mut places = Vec::new();
            memory::reserve(&mut places, line.len())?;
            places.extend((from..to).map(|i| i as f64));
            let chosen = chart::lttb(&places, line, chart::count("most", most, 1)?)?;
            for out in [&mut view.at, &mut view.values] {
                out.clear();
                memory::reserve(out, chosen.len())?;
            }
            view.at.extend(chosen.iter().map(|i| places[*i]));
            view.values.extend(chosen.iter().map(|i| line[*i]));
            view.numbers = [from as f64, 1.0, chosen.len() as f64];
            Ok(())
        })
    }
}

impl View {
    fn role(&mut self, role: usize, source: Source) {
        if let Some(place) = self.roles.get_mut(role) {
            *place = source;
        }
    }

    #[inline(never)]
    fn columns<'a>(&self, bars: &'a Bars) -> Columns<'a> {
        let [time, open, high, low, close, volume] = self.roles.map(|source| match source {
            Source::Nowhere => &[][..],
            Source::Column(column) => bars.values(column),
            Source::Attached(group, sink, column) => bars.series(group, sink, column),
        });
        Columns {
            time,
            open,
            high,
            low,
            close,
            volume,
        }
    }

    fn answer(
        &mut self,
        exchange: &mut Exchange,
        act: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> bool {
        exchange.attempt(|_| act(self)).is_some()
    }
}

/// Chooses at most so many points of the line laid into the exchange: answers with their numbers.
#[wasm_bindgen]
pub fn lttb(exchange: &mut Exchange, most: f64) -> bool {
    exchange
        .attempt(|exchange| {
            let [x, y] = exchange.inputs() else {
                return Ok(());
            };
            let chosen = chart::lttb(x, y, chart::count("most", most, 1)?)?;
            let mut numbers = Vec::new();
            memory::reserve(&mut numbers, chosen.len())?;
            numbers.extend(chosen.iter().map(|i| *i as f64));
            exchange.answer(vec![Output::Series(vec![numbers])], &[0]);
            Ok(())
        })
        .is_some()
}
