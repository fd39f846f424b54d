//! Many indicators over the same columns.

use std::collections::BTreeSet;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use tvf_core::{Code, Error, Job, Member, Source, find};

use crate::columns::{plain, run};
use crate::errors::{OrRaise, exception};
use crate::params::{profile, settings, shown};
use crate::pool::pool;
use crate::results::{Room, Shape};

/// From so many values on, bars times members, several threads are worth their start: to wake one costs
/// as much as five members over 5,000 bars take.
const PARALLEL_VALUES: usize = 200_000;

/// Members of a set, planned over columns of given names.
#[pyclass(frozen, module = "tvf._core")]
pub struct Plan {
    plan: tvf_core::Plan,
    shapes: Vec<Shape>,
}

#[pymethods]
impl Plan {
    #[new]
    #[expect(clippy::needless_pass_by_value, reason = "made from a Python list")]
    fn new(py: Python<'_>, members: &Bound<'_, PyAny>, columns: Vec<String>) -> PyResult<Self> {
        let members = members
            .try_iter()?
            .map(|m| member(&m?, 0))
            .collect::<PyResult<Vec<_>>>()?;
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let plan = tvf_core::Plan::new(&members, &columns).or_raise(py)?;
        let shapes = plan
            .sinks()
            .iter()
            .map(|sink| Shape::of(py, sink.entry))
            .collect();
        Ok(Self { plan, shapes })
    }

    /// Whether each column is read.
    #[getter]
    fn used(&self) -> Vec<bool> {
        self.plan.used_columns()
    }

    /// For each member asked for, its place among the results.
    #[getter]
    fn members(&self) -> Vec<usize> {
        self.plan.members().to_vec()
    }

    /// For each result its label, and whether it is a table.
    #[getter]
    fn results(&self) -> Vec<(&str, bool)> {
        let sinks = self.plan.sinks().iter();
        sinks
            .map(|sink| (sink.label.as_str(), sink.entry.spec.is_table()))
            .collect()
    }

    /// Computes everything over plain columns; those that are not used may be `None`. `shifted` moves
    /// series to where a chart draws them.
    fn run<'py>(
        &self,
        py: Python<'py>,
        columns: &Bound<'py, PyList>,
        threads: usize,
        shifted: bool,
    ) -> PyResult<Bound<'py, PyList>> {
        let given: Vec<_> = columns.iter().collect();
        let columns: Vec<&[f64]> = given.iter().map(|c| plain(c).unwrap_or_default()).collect();
        let n = columns
            .iter()
            .zip(self.used())
            .find(|(_, used)| *used)
            .map_or(0, |(c, _)| c.len());
        let rooms = self
            .shapes
            .iter()
            .map(|shape| Room::new(py, shape.entry, n));
        let mut rooms = rooms.collect::<PyResult<Vec<_>>>()?;
        let parallel = threads != 1 && n * self.shapes.len() >= PARALLEL_VALUES;
        let pool = if parallel {
            Some(pool(threads).or_raise(py)?)
        } else {
            None
        };
        let sinks = rooms.iter_mut().map(Room::sink).collect();
        run(py, n * self.shapes.len(), || {
            self.plan
                .run(&columns, sinks, parallel, |jobs: Vec<Job<'_>>| match pool {
                    Some(pool) => pool.install(|| jobs.into_par_iter().for_each(|job| job())),
                    None => jobs.into_iter().for_each(|job| job()),
                })
        })
        .or_raise(py)?;
        if shifted {
            for (room, sink) in rooms.iter_mut().zip(self.plan.sinks()) {
                room.sink().displace(&sink.entry.spec, &sink.params);
            }
        }
        let results = rooms
            .into_iter()
            .zip(&self.shapes)
            .map(|(room, shape)| room.finish(py, shape));
        PyList::new(py, results.collect::<PyResult<Vec<_>>>()?)
    }
}

/// A member as Python writes it: an id, or an id with options.
fn member(given: &Bound<'_, PyAny>, depth: usize) -> PyResult<Member> {
    if let Ok(id) = given.extract::<String>() {
        return Ok(Member {
            id,
            ..Member::default()
        });
    }
    let tuple = parts(given, 1, 2)?;
    let id: String = tuple
        .get_item(0)?
        .extract()
        .map_err(|_| shape_error(given))?;
    let mut found = Member {
        id,
        ..Member::default()
    };
    if tuple.len() == 2 {
        let options = tuple.get_item(1)?;
        options_of(
            &mut found,
            options.cast().map_err(|_| shape_error(given))?,
            depth,
        )?;
    }
    Ok(found)
}

fn options_of(member: &mut Member, options: &Bound<'_, PyDict>, depth: usize) -> PyResult<()> {
    let py = options.py();
    let spec = &find(&member.id).or_raise(py)?.spec;
    let known: BTreeSet<&str> = spec.inputs.iter().map(|input| input.name).collect();
    let plain = options.copy()?;
    for (name, value) in options {
        let Ok(text) = name.extract::<String>() else {
            return Err(shape_error(&name));
        };
        if text == "compat" {
            member.profile = profile(&value)?;
        } else if (text == "source" || known.contains(text.as_str()))
            && spec.param_index(&text).is_none()
        {
            member.sources.push((text, source(&value, depth)?));
        } else {
            continue;
        }
        plain.del_item(name)?;
    }
    member.settings = settings(spec, &plain)?;
    Ok(())
}

/// Where an input comes from: a column, a member, or a member and one of its outputs.
fn source(given: &Bound<'_, PyAny>, depth: usize) -> PyResult<Source> {
    if depth > DEPTH {
        // The core has the words for it; here the stack is kept from running out first.
        let why = format!("sources nest deeper than {DEPTH}");
        let error = Error::new(Code::Source, "source", "", DEPTH.to_string(), why);
        return Err(exception(given.py(), &error));
    }
    if let Ok(column) = given.cast::<PyString>() {
        return Ok(Source::Column(column.to_str()?.to_string()));
    }
    let tuple = parts(given, 1, 3)?;
    let output = if tuple.len() == 3 {
        Some(
            tuple
                .get_item(2)?
                .extract()
                .map_err(|_| shape_error(given))?,
        )
    } else {
        None
    };
    let inner = tuple.get_slice(0, tuple.len().min(2));
    Ok(Source::Member(
        Box::new(member(inner.as_any(), depth + 1)?),
        output,
    ))
}

const DEPTH: usize = 32;

fn parts<'py>(
    given: &Bound<'py, PyAny>,
    least: usize,
    most: usize,
) -> PyResult<Bound<'py, PyTuple>> {
    let tuple = match (given.cast::<PyTuple>(), given.cast::<PyList>()) {
        (Ok(tuple), _) => tuple.clone(),
        (_, Ok(list)) => list.to_tuple(),
        _ => return Err(shape_error(given)),
    };
    if (least..=most).contains(&tuple.len()) {
        Ok(tuple)
    } else {
        Err(shape_error(given))
    }
}

fn shape_error(given: &Bound<'_, PyAny>) -> PyErr {
    let shown = shown(given);
    let bound = "\"rsi\" or (\"rsi\", {\"period\": 14})";
    let why = format!("{shown} is no member; members are written {bound}");
    exception(
        given.py(),
        &Error::new(Code::Source, "members", shown, bound, why),
    )
}
