//! Families of patterns: their definitions, and watches that take bars.

use tvf_core::Error;
use tvf_core::patterns::{self, FAMILIES, Family, Findings, Flat, Word};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::catalog;
use crate::exchange::Exchange;
use crate::json::Json;
use crate::output::Output;

/// Every family with its words and parameters; the texts about them are the package's.
#[wasm_bindgen]
#[must_use]
pub fn families() -> String {
    let mut json = Json::default();
    json.array(|json| {
        for entry in FAMILIES {
            family(json, &entry.family);
        }
    });
    json.into_text()
}

fn family(json: &mut Json, family: &Family) {
    json.object(|json| {
        json.key("id").text(family.id);
        json.key("title").text(family.title);
        catalog::inputs(json.key("inputs"), family.inputs);
        catalog::parameters(json.key("params"), family.params);
        for (name, words) in [
            ("shapes", family.shapes),
            ("roles", family.roles),
            ("parts", family.parts),
            ("targets", family.targets),
            ("conditions", family.conditions),
        ] {
            json.key(name).array(|json| {
                for Word { name, .. } in words {
                    json.object(|json| json.key("name").text(name));
                }
            });
        }
    });
}

/// A family at work on a series.
#[wasm_bindgen]
pub struct Watch(patterns::Watch);

#[wasm_bindgen]
impl Watch {
    /// The family described in the exchange.
    pub fn open(exchange: &mut Exchange) -> Option<Self> {
        exchange.attempt(|exchange| {
            let entry = patterns::find(exchange.id())?;
            let params = exchange.params(&entry.family)?;
            Ok(Self(patterns::Watch::new(entry, params)))
        })
    }

    /// The parameters, as JSON.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn params(&self) -> String {
        catalog::params(self.0.params())
    }

    /// How many bars were taken.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn bars(&self) -> f64 {
        self.0.bars() as f64
    }

    /// Takes the bars laid into the exchange, and lays the patterns there that they make certain, or
    /// the near misses.
    pub fn extend(&mut self, exchange: &mut Exchange, misses: bool) -> bool {
        self.take(exchange, misses, patterns::Watch::extend)
    }

    /// Takes the bar laid into the exchange.
    pub fn update(&mut self, exchange: &mut Exchange) -> bool {
        self.take(exchange, false, patterns::Watch::update)
    }

    /// What the bar laid into the exchange would make certain as the next one.
    pub fn peek(&mut self, exchange: &mut Exchange) -> bool {
        self.take(exchange, false, |watch, given, found| {
            watch.peek(given, found)
        })
    }

    /// Puts the bar laid into the exchange in the place of the last one.
    pub fn replace(&mut self, exchange: &mut Exchange) -> bool {
        self.take(exchange, false, patterns::Watch::replace)
    }

    /// Lays the patterns into the exchange that the last bar leaves unfinished.
    pub fn forming(&self, exchange: &mut Exchange) {
        let family = &self.0.entry().family;
        lay(exchange, Flat::of_forming(family, &self.0.forming()));
    }
}

type Act = fn(&mut patterns::Watch, &[&[f64]], &mut Findings) -> Result<(), Error>;

impl Watch {
    fn take(&mut self, exchange: &mut Exchange, misses: bool, act: Act) -> bool {
        let taken = exchange.attempt(|exchange| {
            let inputs: Vec<&[f64]> = exchange.inputs().iter().map(Vec::as_slice).collect();
            let family = &self.0.entry().family;
            let mut found = if misses {
                Findings::with_misses()
            } else {
                Findings::default()
            };
            act(&mut self.0, &inputs, &mut found)?;
            lay(
                exchange,
                if misses {
                    Flat::of_misses(family, found.misses())
                } else {
                    Flat::of(family, &found.patterns)
                },
            );
            Ok(())
        });
        taken.is_some()
    }
}

/// How many columns rows, points, parts and targets have.
const GROUPS: [usize; 4] = [11, 4, 4, 2];

/// Lays rows, points, parts and targets out as the results of four members.
fn lay(exchange: &mut Exchange, flat: Flat) {
    let mut columns = flat.into_columns().into_iter();
    let groups = GROUPS.map(|n| Output::Series(columns.by_ref().take(n).collect()));
    exchange.answer(groups.into(), &[0, 1, 2, 3]);
}
