//! What people and programs are told.

use std::io::{IsTerminal, Write, stderr, stdout};

use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use serde::Serialize;
use tvf_core::Error;

/// Where answers go.
pub struct Output {
    json: bool,
    quiet: bool,
}

impl Output {
    pub const fn new(json: bool, quiet: bool) -> Self {
        Self { json, quiet }
    }

    /// Gives an answer: as JSON, or as lines for people.
    pub fn answer(&self, value: &impl Serialize, lines: impl FnOnce() -> String) {
        let text = if self.json {
            // What is serialised are structs of numbers and texts, which does not fail.
            serde_json::to_string(value).unwrap_or_default()
        } else {
            lines()
        };
        if !text.is_empty() {
            write(&text);
        }
    }

    /// Says what went wrong.
    pub fn error(&self, error: &Error) {
        #[derive(Serialize)]
        struct Told<'a> {
            error: &'a str,
            code: &'a str,
            name: &'a str,
            value: &'a str,
            bound: &'a str,
        }
        if self.json {
            let told = Told {
                error: error.message(),
                code: error.code.as_str(),
                name: &error.name,
                value: &error.value,
                bound: &error.bound,
            };
            write(&serde_json::to_string(&told).unwrap_or_default());
        } else {
            self.note(&format!("error: {}", error.message()));
        }
    }

    /// Says something besides the answer.
    #[expect(clippy::unused_self, reason = "where notes go is this one's to know")]
    pub fn note(&self, line: &str) {
        // Nobody listens: then there is nobody to tell.
        let _ = writeln!(stderr(), "{line}");
    }

    /// A bar of progress on a terminal, hidden elsewhere.
    pub fn progress(&self, total: usize, unit: &str) -> ProgressBar {
        if self.quiet || self.json || !stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let style = format!("{{bar:40}} {{pos}}/{{len}} {unit} {{msg}} ({{eta}} left)");
        let style =
            ProgressStyle::with_template(&style).unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::new(total as u64).with_style(style)
    }
}

/// Writes a line; a reader that has gone, as of `| head`, ends the program without a complaint.
fn write(text: &str) {
    if writeln!(stdout(), "{text}").is_err() {
        std::process::exit(0);
    }
}

/// A moment as people read it.
pub fn moment(time: i64) -> String {
    Timestamp::from_millisecond(time).map_or_else(|_| time.to_string(), |moment| moment.to_string())
}

/// A number with its thousands apart.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut made = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            made.push(',');
        }
        made.push(digit);
    }
    made
}

/// Bytes as people read them.
pub fn bytes(number: u64) -> String {
    indicatif::HumanBytes(number).to_string()
}

/// Rows below each other, the columns of words to the left and those of numbers to the right.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells
            .chain([head[column].chars().count()])
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let is_number = |column: usize| {
        let digits =
            |row: &Vec<String>| row[column].chars().all(|c| c.is_ascii_digit() || c == ',');
        column > 0 && !rows.is_empty() && rows.iter().all(digits)
    };
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded = cells.enumerate().map(|(column, cell)| {
            let width = widths[column];
            if is_number(column) {
                format!("{cell:>width$}")
            } else {
                format!("{cell:<width$}")
            }
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut lines = vec![line(&mut head.iter().copied())];
    lines.extend(
        rows.iter()
            .map(|row| line(&mut row.iter().map(String::as_str))),
    );
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_tables_read_well() {
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(thousands(12), "12");
        let rows = [
            vec!["A".into(), "1D".into(), "7".into()],
            vec!["LONG".into(), "1m".into(), "1,200".into()],
        ];
        assert_eq!(
            table(&["symbol", "tf", "bars"], &rows),
            "symbol  tf   bars\nA       1D      7\nLONG    1m  1,200"
        );
        assert_eq!(moment(1_704_153_600_000), "2024-01-02T00:00:00Z");
    }
}
