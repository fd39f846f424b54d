//! A server of bars.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use arrow_ipc::reader::StreamReader;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tvf_core::cache::{Bars, Failure, Series, Source, Span};
use tvf_core::{Code, Error};
use ureq::Agent;
use ureq::http::{HeaderMap, Response, StatusCode};

use crate::columns::{BySymbol, add, sorted};
use crate::fault::failed;
use crate::json;
use crate::rate::Rate;

/// Where the router of this machine is.
pub const BASE: &str = "http://127.0.0.1:9060";

/// What is asked for behind the base.
pub const PATH: &str = "/api/v1/bars?symbol={symbol}&timeframe={timeframe}&start={start}&end={end}";

/// The type of an Arrow stream.
const ARROW: &str = "application/vnd.apache.arrow.stream";

/// How a server is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The server's address.
    pub base: String,
    /// What is asked for behind it, with `{symbol}`, `{timeframe}`, `{start}` and `{end}`: bounds in
    /// milliseconds since 1970 UTC, both included.
    pub path: String,
    /// A key that is sent as a bearer token.
    pub key: Option<String>,
    /// How long a request may take in all.
    pub timeout: Duration,
    /// The most requests a second; as many as one likes if not given.
    pub per_second: Option<f64>,
    /// How many may be made at once after a rest.
    pub burst: u32,
    /// The most bytes of an answer.
    pub most: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            base: BASE.to_owned(),
            path: PATH.to_owned(),
            key: None,
            timeout: Duration::from_secs(30),
            per_second: None,
            burst: 1,
            most: 1 << 30,
        }
    }
}

/// A server that answers in JSON or with an Arrow stream.
#[derive(Debug)]
pub struct Http {
    options: Options,
    agent: Agent,
    rate: Rate,
}

impl Http {
    /// A server that is asked so. No request is made yet.
    ///
    /// # Errors
    /// [`Code::ParamRange`] for an address that is none, and numbers out of bounds.
    pub fn new(options: Options) -> Result<Self, Error> {
        let refuse = |name: &str, value: String, bound: &str| {
            let why = format!("{name} {value} is not {bound}");
            Err(Error::new(Code::ParamRange, name, value, bound, why))
        };
        let base = &options.base;
        if !(base.starts_with("http://") || base.starts_with("https://")) {
            return refuse(
                "base",
                base.clone(),
                "an address such as http://127.0.0.1:9060",
            );
        }
        if !(options.path.contains("{symbol}") && options.path.starts_with('/')) {
            return refuse(
                "path",
                options.path.clone(),
                "a path with {symbol} and {timeframe}",
            );
        }
        if let Some(rate) = options
            .per_second
            .filter(|&rate| !(1e-3..=1e6).contains(&rate))
        {
            return refuse("per_second", rate.to_string(), "0.001 to 1000000 requests");
        }
        if options.timeout.is_zero() {
            return refuse("timeout", "0".into(), "more than 0 seconds");
        }
        let config = Agent::config_builder()
            .timeout_global(Some(options.timeout))
            .http_status_as_error(false)
            .user_agent(concat!("tvf/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self {
            agent: config.into(),
            rate: Rate::new(options.per_second, options.burst),
            options,
        })
    }

    fn address(&self, series: &Series, span: Span) -> String {
        let path = self
            .options
            .path
            .replace("{symbol}", &escaped(series.symbol()))
            .replace("{timeframe}", &escaped(&series.timeframe_name()))
            .replace("{start}", &span.start.to_string())
            .replace("{end}", &span.end.to_string());
        format!("{}{path}", self.options.base.trim_end_matches('/'))
    }

    fn ask(&self, address: &str) -> Result<Bars, Failure> {
        std::thread::sleep(self.rate.take(Instant::now()));
        let mut request = self
            .agent
            .get(address)
            .header("accept", format!("{ARROW}, application/json;q=0.9"));
        if let Some(key) = &self.options.key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let answer = request.call().map_err(|error| of_transport(&error))?;
        let status = answer.status();
        if !status.is_success() {
            return Err(of_status(status, answer, SystemTime::now()));
        }
        let is_arrow = answer
            .headers()
            .get("content-type")
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.starts_with(ARROW));
        let mut body = answer.into_body();
        let read = body.with_config().limit(self.options.most).read_to_vec();
        let bytes = read.map_err(|error| of_transport(&error))?;
        Ok(if is_arrow {
            of_arrow(&bytes)?
        } else {
            json::read(&bytes)?
        })
    }
}

impl Source for Http {
    fn name(&self) -> &str {
        &self.options.base
    }

    fn fetch(&self, series: &Series, span: Span) -> Result<Bars, Failure> {
        self.ask(&self.address(series, span)).map_err(|failure| {
            let error = failure.error;
            let why = format!(
                "{} gave no bars of {series}: {}",
                self.options.base,
                error.message()
            );
            let error = Error::new(error.code, error.name, error.value, error.bound, why);
            Failure { error, ..failure }
        })
    }
}

/// All but what is never more than itself in an address.
const PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, PART).to_string()
}

fn of_arrow(bytes: &[u8]) -> Result<Bars, Error> {
    let broken = |error| {
        let why = format!("the answer is no Arrow stream: {error}");
        failed("answer", "", "an Arrow stream", why)
    };
    let mut all = BySymbol::new();
    for batch in StreamReader::try_new(bytes, None).map_err(broken)? {
        add(&batch.map_err(broken)?, &mut all)?;
    }
    if all.len() > 1 {
        let why = "the answer has bars of several symbols";
        return Err(failed("symbol", all.len(), "one symbol", why));
    }
    Ok(sorted(all.into_values().next().unwrap_or_default()))
}

/// Whether a server that says so may answer later, and when.
fn of_status(status: StatusCode, answer: Response<ureq::Body>, now: SystemTime) -> Failure {
    let wait = retry_after(answer.headers(), now);
    let said = answer
        .into_body()
        .with_config()
        .limit(4096)
        .read_to_string();
    let said: String = said.unwrap_or_default().chars().take(200).collect();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let why = if said.is_empty() {
        format!("the server answered {status}")
    } else {
        format!("the server answered {status}: {said}")
    };
    let error = failed("status", status.as_u16(), "200", why);
    let passes = matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504);
    Failure {
        error,
        again: passes.then(|| wait.unwrap_or_default()),
    }
}

/// The wait that a server asks for: in seconds, or as a date.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get("retry-after")?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(value).ok()?;
    let since = now.duration_since(UNIX_EPOCH).ok()?.as_millis();
    let date = u128::try_from(date.timestamp().as_millisecond()).ok()?;
    let wait = u64::try_from(date.checked_sub(since)?).ok()?;
    Some(Duration::from_millis(wait))
}

/// A connection that fails, an answer that ends too early, a time that is over: all of that may pass.
/// An answer that is too long, or an address that is none, will not.
fn of_transport(error: &ureq::Error) -> Failure {
    let lasts = matches!(
        error,
        ureq::Error::BodyExceedsLimit(_) | ureq::Error::BadUri(_) | ureq::Error::Http(_)
    );
    let told = failed("connection", "", "an answer", error);
    if lasts {
        Failure::lasting(told)
    } else {
        Failure::passing(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_escaped() {
        let http = Http::new(Options {
            base: "http://host:9060/".into(),
            ..Options::default()
        })
        .unwrap();
        let series = Series::new("BTC/USDT&x=1", "1m").unwrap();
        let span = Span { start: -5, end: 7 };
        assert_eq!(
            http.address(&series, span),
            "http://host:9060/api/v1/bars?symbol=BTC%2FUSDT%26x%3D1&timeframe=1m&start=-5&end=7"
        );
    }

    #[test]
    fn waits_are_read_in_seconds_and_as_dates() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_704_205_800);
        let headers = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("retry-after", value.parse().unwrap());
            headers
        };
        let seconds = |value: &str| retry_after(&headers(value), now).map(|wait| wait.as_secs());
        assert_eq!(seconds("7"), Some(7));
        assert_eq!(seconds("Tue, 02 Jan 2024 14:30:09 GMT"), Some(9));
        assert_eq!(seconds("soon"), None);
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }

    #[test]
    fn options_out_of_bounds_are_refused() {
        let usual = Options::default;
        for (options, name) in [
            (
                Options {
                    base: "127.0.0.1".into(),
                    ..usual()
                },
                "base",
            ),
            (
                Options {
                    path: "/bars".into(),
                    ..usual()
                },
                "path",
            ),
            (
                Options {
                    per_second: Some(0.0),
                    ..usual()
                },
                "per_second",
            ),
            (
                Options {
                    timeout: Duration::ZERO,
                    ..usual()
                },
                "timeout",
            ),
        ] {
            assert_eq!(Http::new(options).unwrap_err().name, name);
        }
    }
}
