//! Columns of Arrow as numbers, times and texts: the types that bars are kept in.
//!
//! Arrow's own conversions know every pair of types there is, and would be most of the program.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use tvf_core::Error;

use crate::fault::failed;
use crate::times::{of_number, of_text};

const NUMBERS: &str = "numbers";
const TIMES: &str = "dates and times, or whole numbers since 1970 UTC";

/// A column of numbers, NaN where there is none.
pub fn numbers(column: &ArrayRef, name: &str) -> Result<Vec<f64>, Error> {
    match column.data_type() {
        DataType::Float64 if column.null_count() == 0 => {
            Ok(column.as_primitive::<Float64Type>().values().to_vec())
        }
        DataType::Float64 => Ok(all::<Float64Type>(column, |x| x)),
        DataType::Float32 => Ok(all::<Float32Type>(column, f64::from)),
        DataType::Int8 => Ok(all::<Int8Type>(column, f64::from)),
        DataType::Int16 => Ok(all::<Int16Type>(column, f64::from)),
        DataType::Int32 => Ok(all::<Int32Type>(column, f64::from)),
        DataType::Int64 => Ok(all::<Int64Type>(column, |x| x as f64)),
        DataType::UInt8 => Ok(all::<UInt8Type>(column, f64::from)),
        DataType::UInt16 => Ok(all::<UInt16Type>(column, f64::from)),
        DataType::UInt32 => Ok(all::<UInt32Type>(column, f64::from)),
        DataType::UInt64 => Ok(all::<UInt64Type>(column, |x| x as f64)),
        DataType::Decimal128(_, places) => {
            let places = *places;
            // Through its text, which a reader of numbers rounds once.
            let read = |x: i128| format!("{x}e{}", -i32::from(places)).parse();
            Ok(all::<Decimal128Type>(column, |x| {
                read(x).unwrap_or(f64::NAN)
            }))
        }
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            let cells = texts(column, name)?.into_iter().enumerate();
            let read = |(row, text): (usize, Option<&str>)| match text {
                None | Some("") => Ok(f64::NAN),
                Some(text) => text.parse().map_err(|_| {
                    let why = format!("{name} of row {row} is {text:?}, not a number");
                    failed(name, text, NUMBERS, why)
                }),
            };
            cells.map(read).collect()
        }
        _ => Err(unreadable(column, name, NUMBERS)),
    }
}

/// A column of times, in milliseconds since 1970 UTC; none may be missing.
pub fn times(column: &ArrayRef) -> Result<Vec<i64>, Error> {
    if let Some(row) = (0..column.len()).find(|&row| column.is_null(row)) {
        return Err(failed(
            "time",
            "",
            TIMES,
            format!("time of row {row} is missing"),
        ));
    }
    Ok(match column.data_type() {
        DataType::Timestamp(TimeUnit::Second, _) => {
            whole::<TimestampSecondType>(column, |t| t.saturating_mul(1000))
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => column
            .as_primitive::<TimestampMillisecondType>()
            .values()
            .to_vec(),
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            whole::<TimestampMicrosecondType>(column, |t| t.div_euclid(1000))
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            whole::<TimestampNanosecondType>(column, |t| t.div_euclid(1_000_000))
        }
        DataType::Date32 => whole::<Date32Type>(column, |day| i64::from(day) * 86_400_000),
        DataType::Date64 => whole::<Date64Type>(column, |t| t),
        DataType::Int32 => whole::<Int32Type>(column, |t| of_number(i64::from(t))),
        DataType::UInt32 => whole::<UInt32Type>(column, |t| of_number(i64::from(t))),
        DataType::Int64 => whole::<Int64Type>(column, of_number),
        DataType::UInt64 => {
            let capped = |t: u64| of_number(i64::try_from(t).unwrap_or(i64::MAX));
            whole::<UInt64Type>(column, capped)
        }
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            let read = |(row, text): (usize, Option<&str>)| {
                let text = text.unwrap_or_default();
                of_text(text).ok_or_else(|| {
                    let why = format!("time of row {row} is {text:?}, not {TIMES}");
                    failed("time", text, TIMES, why)
                })
            };
            let cells = texts(column, "time")?.into_iter().enumerate();
            return cells.map(read).collect();
        }
        _ => return Err(unreadable(column, "time", TIMES)),
    })
}

/// A column of texts.
pub fn texts<'a>(column: &'a ArrayRef, name: &str) -> Result<Vec<Option<&'a str>>, Error> {
    Ok(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().iter().collect(),
        DataType::LargeUtf8 => column.as_string::<i64>().iter().collect(),
        DataType::Utf8View => column.as_string_view().iter().collect(),
        DataType::Dictionary(..) => {
            let dictionary = column.as_any_dictionary();
            let words = texts(dictionary.values(), name)?;
            let keys = dictionary.normalized_keys();
            let word = |row: usize| column.is_valid(row).then(|| words[keys[row]]).flatten();
            (0..column.len()).map(word).collect()
        }
        _ => return Err(unreadable(column, name, "texts")),
    })
}

fn all<T: ArrowPrimitiveType>(column: &ArrayRef, read: impl Fn(T::Native) -> f64) -> Vec<f64> {
    let cells = column.as_primitive::<T>().iter();
    cells.map(|cell| cell.map_or(f64::NAN, &read)).collect()
}

fn whole<T: ArrowPrimitiveType>(column: &ArrayRef, read: impl Fn(T::Native) -> i64) -> Vec<i64> {
    column
        .as_primitive::<T>()
        .values()
        .iter()
        .map(|&cell| read(cell))
        .collect()
}

fn unreadable(column: &ArrayRef, name: &str, bound: &str) -> Error {
    let is = column.data_type();
    let why = format!("column {name} is of type {is}, which cannot be read as {bound}");
    failed(name, is, bound, why)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{
        Date32Array, Decimal128Array, DictionaryArray, Float32Array, Int64Array, StringArray,
        StringViewArray, TimestampNanosecondArray, TimestampSecondArray, UInt64Array,
    };

    use super::*;

    fn of(array: impl Array + 'static) -> ArrayRef {
        Arc::new(array)
    }

    #[test]
    fn numbers_of_every_type() {
        for column in [
            of(Float32Array::from(vec![Some(1.5), None])),
            of(StringArray::from(vec![Some("1.5"), None])),
            of(StringViewArray::from(vec!["1.5", ""])),
            of(Decimal128Array::from(vec![Some(150), None])
                .with_precision_and_scale(10, 2)
                .unwrap()),
        ] {
            let read = numbers(&column, "open").unwrap();
            assert!(read[0] == 1.5 && read[1].is_nan(), "{}", column.data_type());
        }
        assert_eq!(
            numbers(&of(Int64Array::from(vec![7])), "open").unwrap(),
            [7.0]
        );
        let cents = Decimal128Array::from(vec![30])
            .with_precision_and_scale(10, 2)
            .unwrap();
        assert_eq!(
            numbers(&of(cents), "open").unwrap()[0].to_bits(),
            0.3_f64.to_bits()
        );
        let error = numbers(&of(StringArray::from(vec!["x"])), "open").unwrap_err();
        assert!(error.message().contains("open of row 0 is \"x\""));
        let error = numbers(&of(Date32Array::from(vec![1])), "open").unwrap_err();
        assert!(error.message().contains("of type Date32"));
    }

    #[test]
    fn times_of_every_type() {
        let moment = 1_704_153_600_000_i64;
        for column in [
            of(TimestampSecondArray::from(vec![moment / 1000])),
            of(TimestampNanosecondArray::from(vec![moment * 1_000_000])),
            of(Date32Array::from(vec![19_724])),
            of(Int64Array::from(vec![moment / 1000])),
            of(UInt64Array::from(vec![moment.unsigned_abs() * 1000])),
            of(StringArray::from(vec!["2024-01-02"])),
        ] {
            assert_eq!(times(&column).unwrap(), [moment], "{}", column.data_type());
        }
        let missing = times(&of(Int64Array::from(vec![Some(1), None]))).unwrap_err();
        assert!(missing.message().contains("row 1"));
        assert!(times(&of(Float32Array::from(vec![1.0]))).is_err());
    }

    #[test]
    fn texts_of_every_type() {
        let words: DictionaryArray<Int32Type> = vec![Some("A"), None, Some("B"), Some("A")]
            .into_iter()
            .collect();
        assert_eq!(
            texts(&of(words), "symbol").unwrap(),
            [Some("A"), None, Some("B"), Some("A")]
        );
        assert!(texts(&of(Int64Array::from(vec![1])), "symbol").is_err());
    }
}
