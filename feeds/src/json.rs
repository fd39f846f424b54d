//! Bars in JSON: columns by name, rows by name, or rows without names; alone or under `bars` or
//! `data`.

use serde_json::{Map, Value};
use tvf_core::Error;
use tvf_core::cache::{Bars, VALUES};

use crate::columns::{Places, sorted};
use crate::fault::failed;
use crate::times;

const SHAPES: &str = "columns, or rows, of time, open, high, low, close and volume";

/// Reads an answer.
///
/// # Errors
/// [`Code::FetchFailed`](tvf_core::Code::FetchFailed) for what is no JSON, or has no bars.
pub fn read(text: &[u8]) -> Result<Bars, Error> {
    let answer: Value = serde_json::from_slice(text).map_err(|error| {
        failed(
            "answer",
            "",
            "JSON",
            format!("the answer is no JSON: {error}"),
        )
    })?;
    let mut bars = &answer;
    while let Some(inner) = ["bars", "data"].iter().find_map(|key| bars.get(key)) {
        bars = inner;
    }
    let bars = match bars {
        Value::Object(columns) => of_columns(columns)?,
        Value::Array(rows) => of_rows(rows)?,
        _ => return Err(shapeless()),
    };
    Ok(sorted(bars))
}

fn shapeless() -> Error {
    failed(
        "answer",
        "",
        SHAPES,
        format!("the answer has none of {SHAPES}"),
    )
}

fn of_columns(columns: &Map<String, Value>) -> Result<Bars, Error> {
    let places = Places::find(columns.keys().map(String::as_str))?;
    let all: Vec<&Value> = columns.values().collect();
    let column = |place: usize| all[place].as_array().ok_or_else(shapeless);
    let time = column(places.time)?;
    let mut bars = Bars {
        time: time
            .iter()
            .enumerate()
            .map(|(row, value)| moment(value, row))
            .collect::<Result<_, _>>()?,
        ..Bars::default()
    };
    for ((into, place), name) in bars.values_mut().into_iter().zip(places.values).zip(VALUES) {
        let Some(place) = place else {
            *into = vec![f64::NAN; time.len()];
            continue;
        };
        let values = column(place)?;
        if values.len() != time.len() {
            return Err(Error::input_length(name, values.len(), "time", time.len()));
        }
        *into = values
            .iter()
            .enumerate()
            .map(|(row, value)| number(value, name, row))
            .collect::<Result<_, _>>()?;
    }
    Ok(bars)
}

fn of_rows(rows: &[Value]) -> Result<Bars, Error> {
    let mut bars = Bars::default();
    let mut push = |row: usize, cells: [&Value; 6]| {
        bars.time.push(moment(cells[0], row)?);
        for ((column, cell), name) in bars.values_mut().into_iter().zip(&cells[1..]).zip(VALUES) {
            column.push(number(cell, name, row)?);
        }
        Ok::<(), Error>(())
    };
    let mut names: Option<(Vec<&String>, Places)> = None;
    for (row, cells) in rows.iter().enumerate() {
        match cells {
            Value::Array(cells) if cells.len() >= 5 => {
                let volume = cells.get(5).unwrap_or(&Value::Null);
                push(
                    row,
                    [
                        &cells[0], &cells[1], &cells[2], &cells[3], &cells[4], volume,
                    ],
                )?;
            }
            Value::Object(cells) => {
                let (names, places) = if let Some(names) = &names {
                    names
                } else {
                    let found: Vec<&String> = cells.keys().collect();
                    let places = Places::find(found.iter().map(|name| name.as_str()))?;
                    names.insert((found, places))
                };
                let cell = |place: Option<usize>| {
                    place
                        .and_then(|place| cells.get(names[place].as_str()))
                        .unwrap_or(&Value::Null)
                };
                let [open, high, low, close, volume] = places.values.map(cell);
                push(
                    row,
                    [cell(Some(places.time)), open, high, low, close, volume],
                )?;
            }
            _ => return Err(shapeless()),
        }
    }
    Ok(bars)
}

fn moment(value: &Value, row: usize) -> Result<i64, Error> {
    let read = match value {
        Value::Number(number) => number.as_i64().map(times::of_number),
        Value::String(text) => times::of_text(text),
        _ => None,
    };
    read.ok_or_else(|| {
        let bound = "a date and time, or a whole number since 1970 UTC";
        failed(
            "time",
            value,
            bound,
            format!("time of row {row} is {value}, not {bound}"),
        )
    })
}

/// A number, a text with one (exact decimals are often sent so), or nothing.
fn number(value: &Value, name: &str, row: usize) -> Result<f64, Error> {
    let read = match value {
        Value::Null => Some(f64::NAN),
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    read.ok_or_else(|| {
        failed(
            name,
            value,
            "a number",
            format!("{name} of row {row} is {value}, not a number"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bars_in_every_shape() {
        let plain = read(br#"{"time":[1704153600000],"open":[1],"high":[2],"low":[0.5],"close":[1.5],"volume":[10]}"#).unwrap();
        for text in [
            r#"{"bars":[{"t":1704153600,"o":"1","h":"2","l":"0.5","c":"1.5","v":"10"}]}"#,
            r#"[[1704153600000,"1","2","0.5","1.5","10",1704239999999]]"#,
            r#"{"data":{"bars":[{"time":"2024-01-02","close":1.5,"low":0.5,"high":2,"open":1,"volume":10}]}}"#,
        ] {
            assert_eq!(read(text.as_bytes()).unwrap(), plain, "{text}");
        }
        assert!(read(b"[]").unwrap().is_empty());
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, name) in [
            ("{\"time\": [1", "answer"),
            ("17", "answer"),
            ("[1, 2]", "answer"),
            (r#"{"bars": {"time": [1], "open": [1]}}"#, "high"),
            (r"[[true,1,1,1,1]]", "time"),
            (r"[[1704153600,1,{},1,1]]", "high"),
            (
                r#"{"time":[1704153600],"open":[],"high":[1],"low":[1],"close":[1]}"#,
                "open",
            ),
        ] {
            assert_eq!(read(text.as_bytes()).unwrap_err().name, name, "{text}");
        }
    }
}
