//! Candlestick patterns: whole columns, bar by bar, and one bar explained.

use tvf_core::patterns::candlestick::{
    ALL, Candlesticks as Core, Condition, Options, PRICES, Pattern, explain, find,
};
use tvf_core::{Code, Error};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::bars::Bars;
use crate::exchange::Exchange;
use crate::json::Json;
use crate::memory;

/// A detector of the patterns whose names are given, a comma between two. No penetration is NaN, no trend 0.
fn detector(names: &str, penetration: f64, partial: bool, trend: f64) -> Result<Core, Error> {
    let ids = names.split(',').filter(|name| !name.is_empty());
    Core::new(ids, options(penetration, partial, trend))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number from 0 on, or so large that the core refuses what becomes of it"
)]
fn options(penetration: f64, partial: bool, trend: f64) -> Options {
    let mut options = Options::default();
    options.penetration = (!penetration.is_nan()).then_some(penetration);
    options.partial = partial;
    options.trend = Some(trend as usize).filter(|&bars| bars > 0);
    options
}

/// The four columns laid into the exchange.
fn laid(exchange: &Exchange) -> [&[f64]; 4] {
    let mut inputs = exchange.inputs().iter();
    PRICES.map(|_| inputs.next().map_or(&[][..], Vec::as_slice))
}

/// Has a detector take bars: its results pattern by pattern.
fn process(detector: &mut Core, prices: [&[f64]; 4]) -> Result<Vec<i32>, Error> {
    let n = prices[0].len();
    let patterns = detector.patterns().len();
    let mut results = Vec::new();
    memory::reserve(&mut results, n.saturating_mul(patterns))?;
    results.resize(n * patterns, 0);
    // A chunk has a length, also where there is no bar.
    let mut rest = &mut results[..];
    let mut columns: Vec<&mut [i32]> = Vec::new();
    for _ in 0..patterns {
        let (column, behind) = rest.split_at_mut(n);
        columns.push(column);
        rest = behind;
    }
    detector.process(prices, &mut columns)?;
    Ok(results)
}

fn explained(
    name: &str,
    options: &Options,
    prices: [&[f64]; 4],
    bar: f64,
) -> Result<String, Error> {
    let n = prices[0].len();
    let place = if bar < 0.0 { bar + n as f64 } else { bar };
    let Ok(place) = memory::count(place) else {
        let why = format!("bar {bar} is not among the {n} bars");
        let bound = format!("from -{n} to {}", n as f64 - 1.0);
        return Err(Error::new(
            Code::InputRange,
            "bar",
            bar.to_string(),
            bound,
            why,
        ));
    };
    let conditions = explain(find(name)?, options, prices, place)?;
    let mut json = Json::default();
    json.array(|json| conditions.iter().for_each(|c| condition(json, c)));
    Ok(json.into_text())
}

fn condition(json: &mut Json, condition: &Condition) {
    let number = |json: &mut Json, x: f64| {
        if x.is_finite() {
            json.number(x);
        } else {
            json.null();
        }
    };
    json.object(|json| {
        json.key("sign").number(condition.sign.into());
        json.key("whole").flag(condition.whole);
        json.key("branch").text(&condition.branch);
        json.key("text").text(&condition.text);
        number(json.key("measured"), condition.measured);
        json.key("relation").text(condition.relation);
        number(json.key("needed"), condition.needed);
        json.key("met").flag(condition.met);
        json.key("sentence").text(&condition.sentence);
    });
}

/// The results of patterns over the columns laid into the exchange, pattern by pattern.
#[wasm_bindgen]
pub fn candlesticks(
    exchange: &mut Exchange,
    names: &str,
    penetration: f64,
    partial: bool,
    trend: f64,
) -> Option<Vec<i32>> {
    exchange.attempt(|exchange| {
        let mut detector = detector(names, penetration, partial, trend)?;
        process(&mut detector, laid(exchange))
    })
}

/// The conditions of a pattern at a bar of the columns laid into the exchange, as JSON.
#[wasm_bindgen]
pub fn explain_candlestick(
    exchange: &mut Exchange,
    name: &str,
    bar: f64,
    penetration: f64,
    partial: bool,
    trend: f64,
) -> Option<String> {
    exchange.attempt(|exchange| {
        let options = options(penetration, partial, trend);
        explained(name, &options, laid(exchange), bar)
    })
}

/// Every pattern with its definition, as JSON; the texts about it are the package's.
#[wasm_bindgen]
#[must_use]
pub fn candlestick_patterns() -> String {
    let mut json = Json::default();
    json.array(|json| ALL.iter().for_each(|pattern| described(json, pattern)));
    json.into_text()
}

fn described(json: &mut Json, pattern: &Pattern) {
    json.object(|json| {
        json.key("id").text(pattern.id);
        json.key("title").text(pattern.title);
        json.key("candles").number(pattern.candles as f64);
        json.key("lookback").number(pattern.lookback as f64);
        json.key("kind").text(pattern.kind.as_str());
        json.key("values").array(|json| {
            for value in pattern.values() {
                json.number(value.into());
            }
        });
        match pattern.penetration {
            Some(share) => json.key("penetration").number(share),
            None => json.key("penetration").null(),
        }
    });
}

#[wasm_bindgen]
impl Bars {
    /// The results of patterns over all bars, pattern by pattern.
    pub fn candlesticks(
        &self,
        exchange: &mut Exchange,
        names: &str,
        penetration: f64,
        partial: bool,
        trend: f64,
    ) -> Option<Vec<i32>> {
        exchange.attempt(|_| {
            let mut detector = detector(names, penetration, partial, trend)?;
            process(&mut detector, self.prices()?)
        })
    }

    /// The conditions of a pattern at a bar, as JSON.
    pub fn explain_candlestick(
        &self,
        exchange: &mut Exchange,
        name: &str,
        bar: f64,
        penetration: f64,
        partial: bool,
        trend: f64,
    ) -> Option<String> {
        exchange.attempt(|_| {
            let options = options(penetration, partial, trend);
            explained(name, &options, self.prices()?, bar)
        })
    }
}

/// Candlestick patterns bar by bar.
#[wasm_bindgen]
pub struct Candlesticks {
    core: Core,
}

#[wasm_bindgen]
impl Candlesticks {
    /// Before the first bar.
    pub fn open(
        exchange: &mut Exchange,
        names: &str,
        penetration: f64,
        partial: bool,
        trend: f64,
    ) -> Option<Self> {
        let core = exchange.attempt(|_| detector(names, penetration, partial, trend))?;
        Some(Self { core })
    }

    /// The detector whose snapshot lies in the exchange.
    pub fn restore(exchange: &mut Exchange) -> Option<Self> {
        let core = exchange.attempt(|exchange| Core::restore(&exchange.bytes))?;
        Some(Self { core })
    }

    /// The whole state as bytes.
    pub fn snapshot(&mut self, exchange: &mut Exchange) -> Option<Vec<u8>> {
        exchange.attempt(|_| self.core.snapshot())
    }

    /// The names, a comma between two.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn names(&self) -> String {
        let ids: Vec<&str> = self.core.patterns().map(|pattern| pattern.id).collect();
        ids.join(",")
    }

    /// Bars taken so far.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn bars(&self) -> f64 {
        self.core.bars() as f64
    }

    /// Takes a closed bar: a result for each pattern.
    pub fn update(&mut self, open: f64, high: f64, low: f64, close: f64) -> Vec<i32> {
        self.core.update([open, high, low, close])
    }

    /// Tells what a bar would give.
    pub fn peek(&mut self, open: f64, high: f64, low: f64, close: f64) -> Vec<i32> {
        self.core.peek([open, high, low, close])
    }

    /// Puts a bar in the place of the last one.
    pub fn replace(
        &mut self,
        exchange: &mut Exchange,
        open: f64,
        high: f64,
        low: f64,
        close: f64,
    ) -> Option<Vec<i32>> {
        exchange.attempt(|_| self.core.replace([open, high, low, close]))
    }

    /// Takes the bars laid into the exchange: results pattern by pattern.
    pub fn extend(&mut self, exchange: &mut Exchange) -> Option<Vec<i32>> {
        exchange.attempt(|exchange| process(&mut self.core, laid(exchange)))
    }
}
