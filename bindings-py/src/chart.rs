//! What a chart computes besides indicators; `tvf.chart` makes it pleasant.

use std::sync::{Mutex, MutexGuard, PoisonError};

use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3::types::PyTuple;
use tvf_core::chart::hit::{self, Point, Reach};
use tvf_core::chart::{self, Candles, Columns, Kind, Padding, Tree, viewport};
use tvf_core::order::Order;
use tvf_core::{Code, Error, session};

use crate::columns::{plain, run};
use crate::errors::OrRaise;

/// Names of the columns, in the order in which they are given.
const NAMES: [&str; 6] = ["time", "open", "high", "low", "close", "volume"];
const HIGH: usize = 2;
const LOW: usize = 3;
const CLOSE: usize = 4;

/// Columns, a tree over them, and what the last question left.
#[derive(Default)]
struct State {
    /// Empty where a column is not there.
    columns: [Vec<f64>; 6],
    given: [bool; 6],
    order: Order,
    tree: Tree,
    candles: Candles,
}

impl State {
    fn columns(&self) -> Columns<'_> {
        let [time, open, high, low, close, volume] = &self.columns;
        // A line, and bars of a close alone, have it as the others.
        let or_close = |i: usize, column| if self.given[i] { column } else { close };
        Columns {
            time,
            open: or_close(1, open),
            high: or_close(HIGH, high),
            low: or_close(LOW, low),
            close,
            volume,
        }
    }

    fn bars(&self) -> usize {
        self.columns[CLOSE].len()
    }

    /// Adds bars; columns that are there from the beginning go on.
    fn append(&mut self, columns: &[&[f64]; 6]) -> Result<(), Error> {
        let bars = columns[CLOSE].len();
        for ((column, name), given) in columns.iter().zip(NAMES).zip(self.given) {
            if given && column.len() != bars {
                return Err(Error::input_length(name, column.len(), "close", bars));
            }
        }
        let order = self.check(columns[0], self.bars(), self.order)?;
        for (own, new) in self.columns.iter_mut().zip(columns) {
            own.try_reserve(new.len())
                .map_err(|_| Error::out_of_memory(new.len(), "values"))?;
        }
        for (own, new) in self.columns.iter_mut().zip(columns) {
            own.extend_from_slice(new);
        }
        self.order = order;
        Ok(())
    }

    fn replace(&mut self, bar: &[f64; 6]) -> Result<(), Error> {
        let Some(last) = self.bars().checked_sub(1) else {
            let why = "there is no bar to replace yet";
            let (code, bound) = (Code::NothingToReplace, "after the first bar");
            return Err(Error::new(code, "replace", "", bound, why));
        };
        if self.given[0] {
            self.order = self.check(&bar[..1], last, self.order.undone())?;
        }
        for (column, value) in self.columns.iter_mut().zip(bar) {
            if let Some(place) = column.get_mut(last) {
                *place = *value;
            }
        }
        Ok(())
    }

    /// Checks times of bars from number `row` on, and gives the latest.
    fn check(&self, times: &[f64], row: usize, order: Order) -> Result<Order, Error> {
        let first = self.columns[0].first();
        if row == 0 || first.copied().is_some_and(session::is_date) {
            session::check_time("time", times)?;
        }
        order.after(row as u64, times)
    }

    fn follow(&mut self) -> Result<(), Error> {
        let mut tree = core::mem::take(&mut self.tree);
        let followed = tree.follow(&self.columns().leaves());
        self.tree = tree;
        followed
    }
}

/// A chart's look at bars, or at a line: columns of its own, and a tree over them that follows when it is asked.
#[pyclass(frozen, module = "tvf._core")]
pub struct Look(Mutex<State>);

type Candled<'py> = (usize, usize, Vec<Bound<'py, PyArray1<f64>>>);
type Points<'py> = (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<f64>>);

impl Look {
    fn lock(&self, py: Python<'_>) -> MutexGuard<'_, State> {
        self.0
            .lock_py_attached(py)
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Look {
    /// Takes plain columns by their order; `None` for one that is not there.
    #[new]
    fn new(py: Python<'_>, columns: &Bound<'_, PyTuple>) -> PyResult<Self> {
        let given: Vec<_> = columns.iter().collect();
        let mut state = State::default();
        for (place, column) in state.given.iter_mut().zip(&given) {
            *place = !column.is_none();
        }
        state.append(&six(&given)).or_raise(py)?;
        Ok(Self(Mutex::new(state)))
    }

    /// How many bars there are.
    #[getter]
    fn bars(&self, py: Python<'_>) -> usize {
        self.lock(py).bars()
    }

    /// Which columns are there.
    #[getter]
    fn given(&self, py: Python<'_>) -> [bool; 6] {
        self.lock(py).given
    }

    fn append(&self, py: Python<'_>, columns: &Bound<'_, PyTuple>) -> PyResult<()> {
        let given: Vec<_> = columns.iter().collect();
        self.lock(py).append(&six(&given)).or_raise(py)
    }

    fn replace(&self, py: Python<'_>, bar: [f64; 6]) -> PyResult<()> {
        self.lock(py).replace(&bar).or_raise(py)
    }

    /// A part of a column.
    fn column<'py>(
        &self,
        py: Python<'py>,
        column: usize,
        start: usize,
        stop: usize,
    ) -> Bound<'py, PyArray1<f64>> {
        let state = self.lock(py);
        let part = state.columns.get(column).and_then(|c| c.get(start..stop));
        PyArray1::from_slice(py, part.unwrap_or(&[]))
    }

    fn cull_time(
        &self,
        py: Python<'_>,
        first: f64,
        last: f64,
        margin: f64,
    ) -> PyResult<(usize, usize)> {
        let margin = chart::count("margin", margin, 0).or_raise(py)?;
        let state = self.lock(py);
        let range = viewport::by_time(&state.columns[0], first, last, margin).or_raise(py)?;
        Ok((range.start, range.end))
    }

    fn cull_index(
        &self,
        py: Python<'_>,
        first: f64,
        last: f64,
        margin: f64,
    ) -> PyResult<(usize, usize)> {
        let margin = chart::count("margin", margin, 0).or_raise(py)?;
        let range = viewport::by_index(self.lock(py).bars(), first, last, margin).or_raise(py)?;
        Ok((range.start, range.end))
    }

    fn range(
        &self,
        py: Python<'_>,
        start: usize,
        stop: usize,
        scale: &str,
        top: f64,
        bottom: f64,
    ) -> PyResult<Option<(f64, f64)>> {
        let kind = Kind::parse(scale).or_raise(py)?;
        let padding = Padding::new(top, bottom).or_raise(py)?;
        let mut state = self.lock(py);
        state.follow().or_raise(py)?;
        let leaves = state.columns().leaves();
        let extent = if kind == Kind::Log {
            state.tree.positive(&leaves, start..stop)
        } else {
            state.tree.fold(&leaves, start..stop).extent()
        };
        Ok(extent.map(|extent| padding.around(kind, extent)))
    }

    /// The first bar of the first candle, how many bars each stands for, and the columns.
    fn candles<'py>(
        &self,
        py: Python<'py>,
        start: usize,
        stop: usize,
        most: f64,
    ) -> PyResult<Candled<'py>> {
        let most = chart::count("most", most, 1).or_raise(py)?;
        let mut guard = self.lock(py);
        let state = &mut *guard;
        let found = run(py, stop.saturating_sub(start), || {
            state.follow()?;
            let mut candles = core::mem::take(&mut state.candles);
            let found = candles.fill(&state.tree, &state.columns(), start..stop, most);
            state.candles = candles;
            found
        });
        let found = found.or_raise(py)?;
        let columns = state.candles.columns();
        let columns = columns.map(|column| PyArray1::from_slice(py, column));
        Ok((found.start, found.step, columns.into()))
    }

    fn extremes<'py>(
        &self,
        py: Python<'py>,
        start: usize,
        stop: usize,
        most: f64,
    ) -> PyResult<Points<'py>> {
        let most = chart::count("most", most, 1).or_raise(py)?;
        let mut guard = self.lock(py);
        let state = &mut *guard;
        let (mut at, mut values) = (Vec::new(), Vec::new());
        run(py, stop.saturating_sub(start), || {
            state.follow()?;
            let line = &state.columns[CLOSE];
            chart::extremes(&state.tree, line, start..stop, most, &mut at, &mut values)
        })
        .or_raise(py)?;
        Ok((whole(py, &at), PyArray1::from_vec(py, values)))
    }
}

/// Columns in their order, empty where there is none.
fn six<'a>(given: &'a [Bound<'_, PyAny>]) -> [&'a [f64]; 6] {
    core::array::from_fn(|i| given.get(i).and_then(plain).unwrap_or_default())
}

#[expect(clippy::cast_possible_truncation, reason = "numbers of bars")]
fn whole<'py>(py: Python<'py>, numbers: &[f64]) -> Bound<'py, PyArray1<i64>> {
    PyArray1::from_iter(py, numbers.iter().map(|x| *x as i64))
}

/// The numbers of few points of a line.
#[pyfunction]
pub fn lttb<'py>(
    py: Python<'py>,
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
    most: f64,
) -> PyResult<Bound<'py, PyArray1<i64>>> {
    let most = chart::count("most", most, 1).or_raise(py)?;
    let (x, y) = (plain(x).unwrap_or_default(), plain(y).unwrap_or_default());
    let chosen = run(py, x.len(), || chart::lttb(x, y, most)).or_raise(py)?;
    #[expect(clippy::cast_possible_wrap, reason = "numbers of points in memory")]
    let numbers = chosen.into_iter().map(|i| i as i64);
    Ok(PyArray1::from_iter(py, numbers))
}

/// An axis of prices.
#[pyclass(frozen, module = "tvf._core")]
pub struct Axis(chart::Scale);

#[pymethods]
impl Axis {
    #[new]
    fn new(
        py: Python<'_>,
        kind: &str,
        low: f64,
        high: f64,
        height: f64,
        base: f64,
        inverted: bool,
    ) -> PyResult<Self> {
        let kind = Kind::parse(kind).or_raise(py)?;
        let scale = chart::Scale::new(kind, (low, high), height, base, inverted);
        Ok(Self(scale.or_raise(py)?))
    }

    fn y(&self, price: f64) -> f64 {
        self.0.y(price)
    }

    fn price(&self, y: f64) -> f64 {
        self.0.price(y)
    }

    fn shown(&self, price: f64) -> f64 {
        self.0.shown(price)
    }

    fn price_of(&self, shown: f64) -> f64 {
        self.0.price_of(shown)
    }

    fn y_of(&self, shown: f64) -> f64 {
        self.0.y_of(shown)
    }

    fn ys<'py>(&self, py: Python<'py>, prices: &Bound<'py, PyAny>) -> Bound<'py, PyArray1<f64>> {
        let prices = plain(prices).unwrap_or_default();
        PyArray1::from_iter(py, prices.iter().map(|price| self.0.y(*price)))
    }
}

/// Values, step and decimals of round numbers along an axis.
#[pyfunction]
pub fn ticks(
    py: Python<'_>,
    low: f64,
    high: f64,
    most: f64,
    unit: f64,
    log: bool,
) -> PyResult<(Bound<'_, PyArray1<f64>>, f64, u32)> {
    let most = chart::count("most", most, 1).or_raise(py)?;
    let found = if log {
        chart::log_ticks(low, high, most)
    } else {
        chart::ticks(low, high, most, unit)
    };
    let found = found.or_raise(py)?;
    Ok((
        PyArray1::from_vec(py, found.values),
        found.step,
        found.decimals,
    ))
}

/// Round moments along an axis, and the words for their units.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "made from a Python list")]
pub fn time_ticks(
    py: Python<'_>,
    first: f64,
    last: f64,
    most: f64,
    changes: Vec<(f64, f64)>,
) -> PyResult<(Bound<'_, PyArray1<i64>>, Vec<&'static str>)> {
    let most = chart::count("most", most, 1).or_raise(py)?;
    let found = chart::time_ticks(first, last, most, &changes).or_raise(py)?;
    let units = found.units.iter().map(|unit| unit.word()).collect();
    Ok((PyArray1::from_vec(py, found.times), units))
}

/// The distance from a line through two points: 0 between them, 1 from the first on, any other number without an end.
#[pyfunction]
pub fn hit_line(at: (f64, f64), a: (f64, f64), b: (f64, f64), reach: u32) -> f64 {
    let reach = match reach {
        0 => Reach::Segment,
        1 => Reach::Ray,
        _ => Reach::Line,
    };
    hit::line(point(at), point(a), point(b), reach)
}

/// The distance from a rectangle between two corners.
#[pyfunction]
pub fn hit_rectangle(at: (f64, f64), a: (f64, f64), b: (f64, f64), filled: bool) -> f64 {
    hit::rectangle(point(at), point(a), point(b), filled)
}

/// The distance from a line through many points, and the number of its nearest part.
#[pyfunction]
pub fn hit_polyline(
    py: Python<'_>,
    at: (f64, f64),
    x: &Bound<'_, PyAny>,
    y: &Bound<'_, PyAny>,
) -> PyResult<(f64, usize)> {
    let (x, y) = (plain(x).unwrap_or_default(), plain(y).unwrap_or_default());
    if x.len() != y.len() {
        return Err(Error::input_length("y", y.len(), "x", x.len())).or_raise(py);
    }
    Ok(hit::polyline(point(at), x, y))
}

/// The distance from horizontal lines at some heights, and the number of the nearest.
#[pyfunction]
pub fn hit_levels(
    at: (f64, f64),
    first: f64,
    last: f64,
    heights: &Bound<'_, PyAny>,
    extended: bool,
) -> (f64, usize) {
    hit::levels(
        point(at),
        first,
        last,
        plain(heights).unwrap_or_default(),
        extended,
    )
}

/// The price of a level of Fibonacci's.
#[pyfunction]
pub fn fibonacci(first: f64, last: f64, ratio: f64) -> f64 {
    hit::fibonacci(first, last, ratio)
}

fn point((x, y): (f64, f64)) -> Point {
    Point::new(x, y)
}
