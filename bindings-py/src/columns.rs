//! Plain columns: float64 arrays of NumPy that are borrowed, or filled in place.

use std::ffi::c_void;
use std::ptr::null_mut;

use numpy::npyffi::flags::{NPY_ARRAY_ALIGNED, NPY_ARRAY_C_CONTIGUOUS};
use numpy::npyffi::{NPY_TYPES, NpyTypes, PY_ARRAY_API, PyArrayObject, get_type_object, npy_intp};
use numpy::{PyArray1, PyArrayMethods};
use pyo3::prelude::*;
use tvf_core::{Error, MAX_INPUTS, MAX_OUTPUTS, Sink};

use crate::errors::OrRaise;

/// From so many bars on, a few microseconds, other threads may run meanwhile. Giving up the
/// interpreter and taking it back costs 0.1 to 0.2 µs, and much more when another thread wants it.
const DETACH_BARS: usize = 4096;

/// Does work over so many bars, and lets other threads run where that pays.
pub fn run<T: Send>(py: Python<'_>, bars: usize, work: impl FnOnce() -> T + Send) -> T {
    if bars >= DETACH_BARS {
        py.detach(work)
    } else {
        work()
    }
}

/// New columns of the core as arrays, without a copy.
pub fn arrays(
    py: Python<'_>,
    columns: impl IntoIterator<Item = Vec<f64>>,
) -> Vec<Bound<'_, PyArray1<f64>>> {
    let columns = columns.into_iter();
    columns
        .map(|column| PyArray1::from_vec(py, column))
        .collect()
}

/// An argument of a call; `None` is Python's.
pub type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// The values of an array that needs no conversion: exactly `numpy.ndarray`, one dimension,
/// float64 in the machine's byte order, contiguous and aligned.
#[inline]
pub fn plain<'a>(object: &'a Bound<'_, PyAny>) -> Option<&'a [f64]> {
    // SAFETY: no field is read before the object is known to be an array, and all of them are
    // public parts of NumPy's ABI that live as long as the array. `object` keeps it alive, and the
    // slice is only read. Who writes to the array from another thread meanwhile, or resizes it with
    // `refcheck=False`, breaks the contract that the package states, as with any function of NumPy
    // that releases the interpreter.
    unsafe {
        if !is_array(object) {
            return None;
        }
        let array = &(*object.as_ptr().cast::<PyArrayObject>()).fields;
        let kind = &(*array.descr).fields;
        let native = kind.byteorder == b'='.cast_signed();
        let double = kind.type_num == NPY_TYPES::NPY_DOUBLE as i32;
        let flat = NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_ALIGNED;
        if array.nd != 1 || !(native && double) || array.flags & flat != flat {
            return None;
        }
        match usize::try_from(*array.dimensions) {
            // The address of an empty array need not be one.
            Err(_) | Ok(0) => Some(&[]),
            Ok(n) => {
                let data = array.data.cast::<c_void>().cast::<f64>();
                Some(std::slice::from_raw_parts(data, n))
            }
        }
    }
}

/// Whether an object is an array and of no derived class.
#[inline]
fn is_array(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: the class is borrowed from a module that is never unloaded, and compared only.
    let class = unsafe { get_type_object(object.py(), NpyTypes::PyArray_Type) };
    object.get_type_ptr() == class
}

/// Finds the plain inputs of one call and how many were given, if none needs conversion. `None` at
/// the end stands for what was left out.
#[inline]
pub fn plain_inputs<'a>(
    objects: &[Given<'a, '_>],
    columns: &mut [&'a [f64]; MAX_INPUTS],
) -> Option<usize> {
    let given = objects.iter().rposition(Option::is_some);
    let given = given.map_or(0, |last| last + 1);
    for (column, object) in columns.get_mut(..given)?.iter_mut().zip(objects) {
        *column = plain((*object)?)?;
    }
    Some(given)
}

/// New arrays in NumPy's own memory, whose values are set once: by the core.
pub struct Filling<'py> {
    arrays: [Option<Bound<'py, PyArray1<f64>>>; MAX_OUTPUTS],
}

impl<'py> Filling<'py> {
    /// So many arrays of `n` bars.
    pub fn new(py: Python<'py>, arrays: usize, n: usize) -> PyResult<Self> {
        let mut filling = Self {
            arrays: [const { None }; MAX_OUTPUTS],
        };
        for array in filling.arrays.iter_mut().take(arrays) {
            *array = Some(uninitialised(py, n)?);
        }
        Ok(filling)
    }

    /// Where the core writes.
    pub fn sink(&mut self) -> Sink<'_> {
        Sink::series(self.arrays.iter().flatten().map(|array| {
            // SAFETY: the array was made by `uninitialised` and nothing else refers to it until
            // `finish`.
            unsafe { room(array) }
        }))
    }

    /// The arrays, filled.
    pub fn finish(self) -> impl Iterator<Item = Bound<'py, PyArray1<f64>>> {
        self.arrays.into_iter().flatten()
    }
}

/// An array that the core fills, and where it writes.
pub fn fill_one(
    py: Python<'_>,
    n: usize,
    work: impl FnOnce(Sink<'_>) -> Result<(), Error> + Send,
) -> PyResult<Bound<'_, PyAny>> {
    let array = uninitialised(py, n)?;
    // SAFETY: the array was just made, and nothing else refers to it before it is returned.
    let sink = Sink::series([unsafe { room(&array) }]);
    run(py, n, || work(sink)).or_raise(py)?;
    Ok(array.into_any())
}

/// Where the values of a new array go.
///
/// # Safety
/// The array comes from `uninitialised`, and nothing else reads or writes it while the slice lives.
/// (Any bits are a float, and the core writes each value before it reads it.)
#[expect(
    clippy::mut_from_ref,
    reason = "the memory is NumPy's, not the reference's"
)]
unsafe fn room<'a>(array: &'a Bound<'_, PyArray1<f64>>) -> &'a mut [f64] {
    // SAFETY: promised by the caller; a new array is contiguous and aligned.
    unsafe { array.as_slice_mut() }.unwrap_or_default()
}

fn uninitialised(py: Python<'_>, n: usize) -> PyResult<Bound<'_, PyArray1<f64>>> {
    let mut dims = [npy_intp::try_from(n).unwrap_or(npy_intp::MAX)];
    let kind = NPY_TYPES::NPY_DOUBLE as i32;
    // SAFETY: the arguments ask for `n` float64 values in memory of NumPy's own, and `dims` lives
    // until the call returns. A null pointer becomes the error that NumPy has set, and what is not
    // null is an array of that type and dimension.
    unsafe {
        let class = get_type_object(py, NpyTypes::PyArray_Type);
        let dims = dims.as_mut_ptr();
        let (strides, data, owner) = (null_mut(), null_mut(), null_mut());
        let new = PY_ARRAY_API.PyArray_New(py, class, 1, dims, kind, strides, data, 0, 0, owner);
        Ok(Bound::from_owned_ptr_or_err(py, new)?.cast_into_unchecked())
    }
}

/// Moves the values of an array so many bars to the right, to the left if negative.
#[pyfunction]
pub fn displace(column: &Bound<'_, PyArray1<f64>>, bars: i64) -> PyResult<()> {
    tvf_core::displace(column.try_readwrite()?.as_slice_mut()?, bars);
    Ok(())
}
