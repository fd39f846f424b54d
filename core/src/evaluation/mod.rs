//! What a strategy was worth: numbers from its returns, its trades, its probabilities or its forecasts.
//!
//! Each metric is written once, as its formula beside its definition ([`About`]); from the definitions come the hosts'
//! types and the documentation ([`GROUPS`]). An evaluation looks at a whole series: there is no form bar by bar.
//!
//! A missing value (NaN or infinite) is passed over, together with what stands beside it in other columns. What is not
//! defined is NaN, and a ratio to nothing is infinite.

mod benchmark;
mod columns;
mod drawdown;
mod forecast;
mod growth;
mod metric;
mod moments;
mod normal;
mod outcomes;
mod probabilities;
mod ratios;
mod returns;
mod risk;
mod settings;
mod sharpe_tests;
mod trades;

pub use forecast::forecast;
pub use metric::{About, Group};
pub use probabilities::probabilities;
pub use returns::{ReturnColumns, returns};
pub use settings::Settings;
pub use trades::{TradeColumns, trades};

/// All definitions, in the order of the documentation and of the numbers.
pub static GROUPS: &[Group] = &[
    Group {
        id: "returns",
        title: "Returns",
        summary: "What simple returns, one per period, were worth; beside a benchmark if there is one",
        metrics: &metric::abouts::<_, { returns::METRICS.len() }>(returns::METRICS),
    },
    Group {
        id: "trades",
        title: "Trades",
        summary: "What closed trades were worth",
        metrics: &metric::abouts::<_, { trades::METRICS.len() }>(trades::METRICS),
    },
    Group {
        id: "probabilities",
        title: "Probabilities",
        summary: "How far probabilities, such as those of buy, sell and hold, can be relied on",
        metrics: &metric::abouts::<_, { probabilities::METRICS.len() }>(probabilities::METRICS),
    },
    Group {
        id: "forecast",
        title: "Forecast",
        summary: "How far predicted numbers are from what came",
        metrics: &metric::abouts::<_, { forecast::METRICS.len() }>(forecast::METRICS),
    },
];
