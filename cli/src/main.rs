//! `tvf`: the command line.

mod args;
mod export;
mod fill;
mod import;
mod look;
mod mend;
mod output;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use tvf_core::Error;
use tvf_core::cache::{Cache, Options};

use crate::args::{Action, Args, Command, Store};
use crate::output::Output;

fn main() -> ExitCode {
    let args = Args::parse();
    let Command::Cache { store, action } = args.command;
    let output = Output::new(args.json, args.quiet);
    match run(&store, action, &output) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            output.error(&error);
            ExitCode::FAILURE
        }
    }
}

/// Does what was asked; whether all of it went well.
fn run(store: &Store, action: Action, output: &Output) -> Result<bool, Error> {
    let read_only = !action.writes();
    let options = Options {
        read_only,
        wait: store.wait.into(),
        ..Options::default()
    };
    let cache = Arc::new(Cache::open(&store.path, options)?);
    let done = act(&cache, action, output);
    // Threads that loaded may still hold it.
    cache.close();
    done
}

fn act(cache: &Arc<Cache>, action: Action, output: &Output) -> Result<bool, Error> {
    match action {
        Action::Import(args) => import::run(cache, &args, output),
        Action::Export(args) => export::run(cache, &args, output),
        Action::Ls(args) => look::ls(cache, &args, output),
        Action::Info(args) => look::info(cache, &args, output),
        Action::Gaps(args) => look::gaps(cache, &args, output),
        Action::Verify { heal } => mend::verify(cache, heal, output),
        Action::Compact => mend::compact(cache, output),
        Action::Remove(args) => mend::remove(cache, &args, output),
        Action::Prefetch(args) => fill::run(cache, &args, output),
    }
}
