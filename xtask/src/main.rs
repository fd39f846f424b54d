//! Developer commands: `cargo xtask gen [--check]` and `cargo xtask new-indicator <id>`.
//!
//! The generator walks the catalog and writes the typed code and tables that the hosts and the
//! documentation show. Its files are committed, so that they can be read and stepped through;
//! `--check` tells whether they are up to date.

mod agreement;
mod candlesticks;
mod conventions;
mod docs;
mod metrics;
mod python;
mod scaffold;
mod typescript;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A generated file: its path from the root of the repository, and its text.
#[derive(Clone)]
struct File {
    path: String,
    text: String,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args[..] {
        ["gen"] => generate(false),
        ["gen", "--check"] => generate(true),
        ["new-indicator", id] => scaffold::new_indicator(&root(), id),
        _ => Err("usage: cargo xtask gen [--check] | cargo xtask new-indicator <id>".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

fn generate(check: bool) -> Result<(), String> {
    let files = [
        docs::files(),
        docs::families::files()?,
        docs::transforms::files()?,
        candlesticks::files(),
        conventions::files()?,
        metrics::files(),
        python::files(),
        typescript::files(),
    ]
    .concat();
    let mut stale = Vec::new();
    for File { path, text } in files {
        let full = root().join(&path);
        if std::fs::read_to_string(&full).is_ok_and(|old| old == text) {
            continue;
        }
        if check {
            stale.push(path);
            continue;
        }
        std::fs::write(&full, text).map_err(|e| format!("{}: {e}", full.display()))?;
        eprintln!("wrote {path}");
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!(
        "out of date: {}; run `cargo xtask gen`",
        stale.join(", ")
    ))
}
