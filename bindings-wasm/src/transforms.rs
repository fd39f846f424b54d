//! Chart transforms: their definitions, and machines that take bars.

use tvf_core::Error;
use tvf_core::transforms::{COLUMNS, KINDS, Kind, Rows, Transform as Core, find};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::catalog;
use crate::exchange::Exchange;
use crate::json::Json;
use crate::output::Output;

/// Every kind with its columns and parameters; the texts about them are the package's.
#[wasm_bindgen]
#[must_use]
pub fn transforms() -> String {
    let mut json = Json::default();
    json.array(|json| {
        for entry in KINDS {
            kind(json, &entry.kind);
        }
    });
    json.into_text()
}

fn kind(json: &mut Json, kind: &Kind) {
    json.object(|json| {
        json.key("id").text(kind.id);
        json.key("title").text(kind.title);
        catalog::inputs(json.key("inputs"), kind.inputs);
        catalog::parameters(json.key("params"), kind.params);
        json.key("columns").array(|json| {
            for column in COLUMNS.iter().chain(kind.columns) {
                json.object(|json| {
                    json.key("name").text(column.name);
                    json.key("kind").text(column.kind.as_str());
                });
            }
        });
    });
}

/// A transform at work on a series.
#[wasm_bindgen]
pub struct Transform(Core);

type Act = fn(&mut Core, &[&[f64]], &mut Rows) -> Result<(), Error>;

#[wasm_bindgen]
impl Transform {
    /// The kind described in the exchange.
    pub fn open(exchange: &mut Exchange) -> Option<Self> {
        exchange.attempt(|exchange| {
            let entry = find(exchange.id())?;
            let params = exchange.params(&entry.kind)?;
            Ok(Self(Core::new(entry, params)))
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

    /// Takes the bars laid into the exchange, and lays the rows there that they close.
    pub fn extend(&mut self, exchange: &mut Exchange) -> bool {
        self.take(exchange, Core::extend)
    }

    /// Takes the bar laid into the exchange.
    pub fn update(&mut self, exchange: &mut Exchange) -> bool {
        self.take(exchange, Core::update)
    }

    /// What the bar laid into the exchange would close as the next one.
    pub fn peek(&mut self, exchange: &mut Exchange) -> bool {
        self.take(exchange, |series, given, rows| series.peek(given, rows))
    }

    /// Puts the bar laid into the exchange in the place of the last one.
    pub fn replace(&mut self, exchange: &mut Exchange) -> bool {
        self.take(exchange, Core::replace)
    }

    /// Lays the row into the exchange that the last bar leaves unfinished.
    pub fn forming(&self, exchange: &mut Exchange) -> bool {
        let laid = exchange.attempt(|exchange| {
            lay(exchange, self.0.forming()?);
            Ok(())
        });
        laid.is_some()
    }
}

impl Transform {
    fn take(&mut self, exchange: &mut Exchange, act: Act) -> bool {
        let taken = exchange.attempt(|exchange| {
            let inputs: Vec<&[f64]> = exchange.inputs().iter().map(Vec::as_slice).collect();
            let mut rows = Rows::of(&self.0.entry().kind);
            act(&mut self.0, &inputs, &mut rows)?;
            lay(exchange, rows);
            Ok(())
        });
        taken.is_some()
    }
}

fn lay(exchange: &mut Exchange, rows: Rows) {
    exchange.answer(vec![Output::Series(rows.into_columns())], &[0]);
}
