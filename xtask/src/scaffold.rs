//! `cargo xtask new-indicator <id>`: an indicator that compiles and passes the laws, to be changed
//! into the one that is wanted.

use std::path::Path;

use tvf_core::ALL;

use crate::words::{camel, pascal};

const TEMPLATE: &str = include_str!("scaffold/indicator.rs.txt");
const FOLDER: &str = "core/src/indicators";

/// Writes the file and the line of the list, and tells what to do next.
pub fn new_indicator(root: &Path, id: &str) -> Result<(), String> {
    check(id)?;
    let (file, list) = (format!("{FOLDER}/{id}.rs"), format!("{FOLDER}/mod.rs"));
    if root.join(&file).exists() {
        return Err(format!("{id}: {file} is there already"));
    }
    let old = std::fs::read_to_string(root.join(&list)).map_err(|e| format!("{list}: {e}"))?;
    let new = with_line(&old, id).ok_or_else(|| format!("{list} has no `indicators! {{ .. }}`"))?;
    let write = |path: &str, text: String| {
        std::fs::write(root.join(path), text).map_err(|e| format!("{path}: {e}"))
    };
    write(&file, from_template(id))?;
    write(&list, new)?;
    eprint!("{}", next_steps(&file, &list));
    Ok(())
}

fn from_template(id: &str) -> String {
    let title: Vec<String> = id.split('_').map(pascal).collect();
    TEMPLATE
        .replace("TITLE", &title.join(" "))
        .replace("TYPE", &pascal(id))
        .replace("\"ID\"", &format!("\"{id}\""))
}

/// The list with one more line at its end.
fn with_line(list: &str, id: &str) -> Option<String> {
    let from = list.rfind("indicators! {")?;
    let end = from + list[from..].find("\n}")?;
    let (before, after) = list.split_at(end);
    Some(format!("{before}\n    {id}::{},{after}", pascal(id)))
}

fn next_steps(file: &str, list: &str) -> String {
    format!(
        "\
wrote {file}, and a line for it at the end of {list}

It is a mean of `period` bars, and passes the laws. What makes it yours:

  1. {file}: the definition, the kernels and the formula, from top to bottom.
  2. `cargo test -p tvf-core --test laws --test converged`: splits, peek, replace, snapshots, warm-up, missing values,
     bad input, and where the start of the data no longer matters.
  3. A test with values from a publication or another program, at the end of the file.
  4. core/tests/talib.rs: a case in CASES if TA-Lib has it, else its id in `not_in_ta_lib`.
     tvf_harness/page/plain.js and app.js: the same in JavaScript, which the speed report compares with.
  5. `cargo xtask gen`, a line in CHANGELOG.md, then `make test`; commit what gen has written, too.
     Python, TypeScript, docs/indicators.md, docs/conventions.md and parity have it from the definition.
"
    )
}

/// Tells what keeps a name from becoming an id.
fn check(id: &str) -> Result<(), String> {
    let refuse = |why: &str| Err(format!("{id:?} cannot be the id of an indicator: {why}"));
    let word = |w: &str| {
        w.starts_with(|c: char| c.is_ascii_lowercase())
            && w.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if !id.split('_').all(word) {
        return refuse(
            "it takes lower-case words joined by _, each beginning with a letter, such as \"sma_cross\"",
        );
    }
    if id.len() > 40 {
        return refuse("it is longer than 40 characters");
    }
    if ALL.iter().any(|entry| entry.spec.id == id) {
        return refuse("the catalog has it already");
    }
    let (function, class) = (camel(id), pascal(id));
    for (whose, names) in TAKEN {
        let taken = |name: &str| names.split_whitespace().any(|n| n == name);
        if taken(id) || taken(&function) || taken(&class) {
            return refuse(whose);
        }
    }
    Ok(())
}

/// Names that would clash with something else, and with what.
const TAKEN: &[(&str, &str)] = &[
    (
        "it is a word of Rust's, or a name in core/src/indicators",
        "abstract as async await become box break const continue crate do dyn else enum extern false final fn for \
         gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super \
         trait true try type typeof union unsafe unsized use virtual where while yield all entry",
    ),
    (
        "it is a word of Python's",
        "and assert class def del elif except finally from global import is lambda nonlocal not or pass raise with",
    ),
    (
        "it is a word of JavaScript's",
        "arguments case catch debugger default delete eval export extends function implements instanceof interface \
         new null package private protected public switch this throw undefined var void",
    ),
    (
        "the packages give something of that name",
        "app bars batch build catalog chart compat compute converged_from errors expr indicators init nulls output \
         param params polars results session sessions set signal source stream table tvf version wasm worker \
         Code Column Compat Entry Error Float64Array Frame Handle Indicators Int8Array Literal Name Options \
         Param Row Source Table Time TimeColumn",
    ),
    (
        "it names a column of the bars",
        "open high low close volume time index",
    ),
    (
        "it is a word of Windows', which has no such file",
        "aux con nul prn",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_names_pass() {
        // Names that no entry will have.
        for id in ["mine", "my_own_index", "m3", "my_index2"] {
            assert_eq!(check(id), Ok(()), "{id}");
        }
    }

    #[test]
    fn bad_names_are_refused_in_one_line() {
        let bad = [
            "",
            "_",
            "Sma",
            "smaCross",
            "sma-cross",
            "sma__cross",
            "sma_",
            "_sma",
            "3sma",
            "sma_20",
            "größe",
            "a b",
            "../sma",
            "sma",
            "sma_cross",
            "fn",
            "lambda",
            "new",
            "mod",
            "stream",
            "catalog",
            "close",
            "con",
            "error",
            "float64_array",
        ];
        for id in bad {
            let why = check(id).err().unwrap_or_default();
            assert!(
                why.contains("cannot be the id") && !why.contains('\n'),
                "{id}: {why}"
            );
        }
        assert!(check(&"a".repeat(41)).is_err());
    }

    #[test]
    fn the_list_gets_one_line() {
        let list = "macro_rules! indicators { x }\n\nindicators! {\n    sma::Sma,\n}\n";
        let new = "macro_rules! indicators { x }\n\nindicators! {\n    sma::Sma,\n    my_mean::MyMean,\n}\n";
        assert_eq!(with_line(list, "my_mean").as_deref(), Some(new));
        assert_eq!(with_line("mod sma;", "my_mean"), None);
    }

    #[test]
    fn nothing_of_the_template_is_left() {
        let text = from_template("my_mean");
        assert!(text.starts_with("//! My Mean.\n"));
        assert!(text.contains("impl Indicator for MyMean {") && text.contains("id: \"my_mean\""));
        assert!(
            !["TITLE", "TYPE", "\"ID\""]
                .iter()
                .any(|word| text.contains(word))
        );
    }
}
