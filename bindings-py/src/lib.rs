//! The wheel's compiled half: what needs speed, and nothing else. `python/tvf` holds the rest:
//! typed functions, conversions between kinds of columns, and what Python users see.
//!
//! A call with plain NumPy columns goes from a generated function straight to
//! `indicator::Indicator::batch`; everything else is first made plain by `tvf._convert`.

mod builder;
mod candlestick;
mod catalog;
mod chart;
mod clock;
mod columns;
mod errors;
mod evaluation;
mod fibonacci;
mod indicator;
mod interrupt;
mod loader;
mod params;
mod patterns;
mod plan;
mod pool;
mod results;
mod session;
mod signals;
mod source;
mod store;
mod stream;
mod transforms;
mod tuning;

use pyo3::prelude::*;

/// The compiled half of `tvf`.
#[pymodule(gil_used = false)]
mod _core {
    use super::PyResult;
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::builder::BarBuilder;
    #[pymodule_export]
    use super::candlestick::{
        Candlesticks, candlestick_patterns, candlesticks, explain_candlestick,
    };
    #[pymodule_export]
    use super::catalog::{catalog, converged, shifts, warmup};
    #[pymodule_export]
    use super::chart::{
        Axis, Look, fibonacci, hit_levels, hit_line, hit_polyline, hit_rectangle, lttb, ticks,
        time_ticks,
    };
    #[pymodule_export]
    use super::columns::displace;
    #[pymodule_export]
    use super::evaluation::{
        evaluate_forecast, evaluate_probabilities, evaluate_returns, evaluate_trades,
    };
    #[pymodule_export]
    use super::fibonacci::{fibonacci_figures, fibonacci_levels};
    #[pymodule_export]
    use super::indicator::{Indicator, register};
    #[pymodule_export]
    use super::loader::Loader;
    #[pymodule_export]
    use super::patterns::{Watch, families};
    #[pymodule_export]
    use super::plan::Plan;
    #[pymodule_export]
    use super::session::{session, sessions};
    #[pymodule_export]
    use super::signals::{composite, signal_sources};
    #[pymodule_export]
    use super::source::Feed;
    #[pymodule_export]
    use super::store::Store;
    #[pymodule_export]
    use super::stream::Stream;
    #[pymodule_export]
    use super::transforms::{Transform, transforms};
    #[pymodule_export]
    use super::tuning::{tunable, tune};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", tvf_core::VERSION)
    }
}
