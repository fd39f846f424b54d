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
    let open = |read_only| {
        let options = Options {
            read_only,
            wait: store.wait.into(),
            ..Options::default()
        };
        Ok::<_, Error>(Arc::new(Cache::open(&store.path, options)?))
    };
    match action {
        Action::Import(args) => import::run(&open(false)?, &args, output),
        Action::Export(args) => export::run(&open(true)?, &args, output),
        Action::Ls(args) => look::ls(&open(true)?, &args, output),
        Action::Info(args) => look::info(&open(true)?, &args, output),
        Action::Gaps(args) => look::gaps(&open(true)?, &args, output),
        Action::Verify { heal } => mend::verify(&open(!heal)?, heal, output),
        Action::Compact => mend::compact(&open(false)?, output),
        Action::Remove(args) => mend::remove(&open(false)?, &args, output),
        Action::Prefetch(args) => fill::run(&open(false)?, &args, output),
    }
}
