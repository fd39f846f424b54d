//! What can be asked for.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::{Args as Group, Parser, Subcommand};
use tvf_core::cache::{Series, Span};
use tvf_core::{Code, Error};
use tvf_feeds::times;

/// Bars of markets: stored, looked at and mended.
#[derive(Debug, Parser)]
#[command(name = "tvf", version, about, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
    /// Answer in JSON, on one line
    #[arg(long, global = true)]
    pub json: bool,
    /// Show no progress
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// The store of bars in one file
    #[command(arg_required_else_help = true)]
    Cache {
        #[command(flatten)]
        store: Store,
        #[command(subcommand)]
        action: Action,
    },
}

/// Which store.
#[derive(Debug, Group)]
pub struct Store {
    /// The store's file
    #[arg(
        long,
        global = true,
        env = "TVF_CACHE",
        default_value = "tvf-cache.redb",
        value_name = "FILE"
    )]
    pub path: PathBuf,
    /// Seconds to wait for another writer to close
    #[arg(long, global = true, default_value = "0", value_name = "SECONDS")]
    pub wait: Seconds,
}

#[derive(Debug, Subcommand)]
pub enum Action {
    /// Put the bars of files and folders into the store: Parquet, CSV, zip
    Import(Import),
    /// Write bars of the store as Parquet or CSV
    Export(Export),
    /// List the series
    Ls(Ls),
    /// How much is in the store, or what is known of one series
    Info(Info),
    /// Stretches of a series without bars
    Gaps(Gaps),
    /// Read everything, and name what is not as it was written
    Verify {
        /// Take out what cannot be read, so that it counts as never fetched
        #[arg(long)]
        heal: bool,
    },
    /// Make the file smaller
    Compact,
    /// Take series out
    Remove(Remove),
    /// Load series from a server, a folder or the sample
    Prefetch(Prefetch),
}

impl Action {
    /// Whether it changes the store.
    pub const fn writes(&self) -> bool {
        match self {
            Self::Import(_) | Self::Compact | Self::Remove(_) | Self::Prefetch(_) => true,
            Self::Verify { heal } => *heal,
            Self::Export(_) | Self::Ls(_) | Self::Info(_) | Self::Gaps(_) => false,
        }
    }
}

/// What is imported.
#[derive(Debug, Group)]
pub struct Import {
    /// Files, and folders with all below them
    ///
    /// Names tell symbol and timeframe: `AAPL_1D.parquet`, `BTCUSDT-1m-2024-01.zip`, `1D/AAPL.csv`; a
    /// column `symbol` tells it better.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The symbol, whatever the names say
    #[arg(long)]
    pub symbol: Option<String>,
    /// How long a bar is, whatever the names say: 1m 5m 15m 1h 4h 1D 1W 1M
    #[arg(long, short)]
    pub timeframe: Option<String>,
}

/// One series.
#[derive(Debug, Group)]
pub struct Which {
    /// The symbol
    pub symbol: String,
    /// How long a bar is: 1m 5m 15m 1h 4h 1D 1W 1M
    pub timeframe: String,
}

impl Which {
    pub fn series(&self) -> Result<Series, Error> {
        Series::new(&self.symbol, &self.timeframe)
    }
}

/// From when to when.
#[derive(Debug, Clone, Copy, Group)]
pub struct Within {
    /// The first moment: a date, a date and time in UTC, or milliseconds since 1970
    #[arg(long, value_name = "TIME")]
    pub start: Option<Moment>,
    /// The last moment, included
    #[arg(long, value_name = "TIME")]
    pub end: Option<Moment>,
}

impl Within {
    /// The bounds, with others where none is given.
    pub fn span(&self, first: i64, last: i64) -> Result<Span, Error> {
        let span = Span {
            start: self.start.map_or(first, |moment| moment.0),
            end: self.end.map_or(last, |moment| moment.0),
        };
        if self.start.is_some() && self.end.is_some() && span.start > span.end {
            let (start, bound) = (span.start.to_string(), format!("at most {}", span.end));
            let why = format!("start {start} is after end {}", span.end);
            return Err(Error::new(Code::ParamRange, "start", start, bound, why));
        }
        Ok(span)
    }

    pub fn all(&self) -> Result<Span, Error> {
        self.span(i64::MIN, i64::MAX)
    }
}

/// What is exported.
#[derive(Debug, Group)]
pub struct Export {
    #[command(flatten)]
    pub which: Which,
    #[command(flatten)]
    pub within: Within,
    /// The file, .parquet or .csv; CSV on standard output if not given
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Which series are listed.
#[derive(Debug, Group)]
pub struct Ls {
    /// Only symbols that contain this
    pub pattern: Option<String>,
}

/// What is looked at.
#[derive(Debug, Group)]
pub struct Info {
    /// The symbol
    #[arg(requires = "timeframe")]
    pub symbol: Option<String>,
    /// How long a bar is
    pub timeframe: Option<String>,
}

/// Whose gaps.
#[derive(Debug, Group)]
pub struct Gaps {
    #[command(flatten)]
    pub which: Which,
    #[command(flatten)]
    pub within: Within,
}

/// What is taken out.
#[derive(Debug, Group)]
pub struct Remove {
    /// The symbol
    pub symbol: String,
    /// How long a bar is; all of the symbol's series if not given
    pub timeframe: Option<String>,
}

/// What is loaded, and where from.
#[derive(Debug, Group)]
pub struct Prefetch {
    /// The symbols
    #[arg(required_unless_present = "symbols", value_name = "SYMBOL")]
    pub names: Vec<String>,
    /// A file with a symbol on each line
    #[arg(long, value_name = "FILE")]
    pub symbols: Option<PathBuf>,
    /// How long a bar is: 1m 5m 15m 1h 4h 1D 1W 1M
    #[arg(long, short, default_value = "1D")]
    pub timeframe: String,
    #[command(flatten)]
    pub within: Within,
    /// Where from: an address, a folder or a file, or "sample"
    #[arg(long, short, default_value = tvf_feeds::http::BASE, value_name = "SOURCE")]
    pub source: String,
    /// What is asked for behind the address
    #[arg(long, default_value = tvf_feeds::http::PATH, value_name = "PATH")]
    pub request: String,
    /// A key that is sent as a bearer token
    #[arg(long, env = "TVF_SOURCE_KEY", hide_env_values = true)]
    pub key: Option<String>,
    /// Seconds that a request may take
    #[arg(long, default_value = "30", value_name = "SECONDS")]
    pub timeout: Seconds,
    /// The most requests a second
    #[arg(long, value_name = "NUMBER")]
    pub rate: Option<f64>,
    /// How many series are asked for at once
    #[arg(long, default_value_t = 4, value_name = "NUMBER")]
    pub fetchers: usize,
    /// How often each is tried
    #[arg(long, default_value_t = 4, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub tries: u32,
}

/// A moment, in milliseconds since 1970 UTC.
#[derive(Debug, Clone, Copy)]
pub struct Moment(pub i64);

impl FromStr for Moment {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A small number is one of milliseconds, too: bounds are no column whose unit must be guessed.
        let number = text.parse().ok();
        let moment = number.or_else(|| times::of_text(text));
        moment
            .map(Self)
            .ok_or("not a date such as 2024-01-31, a date and time, or milliseconds since 1970")
    }
}

/// A length of time.
#[derive(Debug, Clone, Copy)]
pub struct Seconds(Duration);

impl From<Seconds> for Duration {
    fn from(seconds: Seconds) -> Self {
        seconds.0
    }
}

impl FromStr for Seconds {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let seconds: Option<f64> = text.parse().ok();
        let fits = seconds.filter(|seconds| (0.0..=86_400.0).contains(seconds));
        fits.map(|seconds| Self(Duration::from_secs_f64(seconds)))
            .ok_or("not 0 to 86400 seconds")
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_commands_do_not_contradict_each_other() {
        Args::command().debug_assert();
    }

    #[test]
    fn moments_are_dates_or_milliseconds() {
        let moment = |text: &str| text.parse::<Moment>().map(|moment| moment.0);
        assert_eq!(moment("2024-01-02"), Ok(1_704_153_600_000));
        assert_eq!(moment("1704153600000"), Ok(1_704_153_600_000));
        assert_eq!(moment("0"), Ok(0));
        assert!(moment("soon").is_err());
    }
}
