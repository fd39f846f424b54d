//! On-balance volume.

use crate::codec::{Codec, Fields};
use crate::columns::{Columns, Outputs, Scratch};
use crate::error::Error;
use crate::indicator::Indicator;
use crate::kernels::{Cumulative, Memory, Visitor, elementwise};
use crate::params::Params;
use crate::spec::{CLOSE, Chart, Missing, Output, Param, ResultKind, Spec, Style, VOLUME};

/// The volume of rising bars less that of falling ones.
#[derive(Debug, Clone)]
pub struct Obv {
    before: Memory<Before>,
    total: Cumulative,
    from_volume: bool,
}

/// The last close that counted, and whether there was one.
#[derive(Debug, Clone, Copy)]
struct Before {
    close: f64,
    bars: u64,
}

impl Fields for Before {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.close)?;
        codec.bounded(&mut self.bars, 1)
    }
}

impl Indicator for Obv {
    const SPEC: Spec = Spec {
        id: "obv",
        title: "On-Balance Volume",
        summary: "The volume of rising bars less that of falling ones: whether volume backs the price.",
        formula: "value = value[1] + volume where close > close[1], − volume where close < close[1], + 0 otherwise",
        edges: &[
            "TradingView starts at 0 and shows nothing at the first bar; TA-Lib starts at the first bar's volume.",
            "Only differences matter: the level depends on where the data begins.",
        ],
        source: "J. E. Granville, Granville's New Key to Stock Market Profits, 1963",
        inputs: &[CLOSE, VOLUME],
        params: &[Param::option(
            "start",
            &["zero", "volume"],
            "zero",
            "volume",
            "What the sum starts from, and whether the first bar has a value",
        )],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The running sum, in units of volume")]),
        warmup: |params, _| usize::from(params.is("start", "zero")),
        converged: |_, _| None,
        missing: Missing::PassOver,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        Self {
            before: Memory::new(Before {
                close: f64::NAN,
                bars: 0,
            }),
            total: Cumulative::new(0.0),
            from_volume: params.is("start", "volume"),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [close, volume] = x.inputs();
        let [value] = out.series();
        let [signed, shown] = scratch.take(x.len());
        let complete = |column: &[f64]| {
            elementwise(column.len(), || {
                column.iter().fold(true, |all, x| all & x.is_finite())
            })
        };
        if complete(close) && complete(volume) {
            let begins = self.before.get().bars == 0;
            self.complete(close, volume, signed);
            self.total.process(signed, value);
            if begins && !self.from_volume {
                value[0] = f64::NAN;
            }
            return;
        }
        let from_volume = self.from_volume;
        self.before.run(x.len(), |before, i| {
            let (now, volume) = (close[i], volume[i]);
            shown[i] = 0.0;
            if !(now.is_finite() && volume.is_finite()) {
                signed[i] = 0.0;
                shown[i] = f64::NAN;
                return;
            }
            signed[i] = if before.bars == 1 {
                side(now, before.close) * volume
            } else if from_volume {
                volume
            } else {
                shown[i] = f64::NAN;
                0.0
            };
            *before = Before {
                close: now,
                bars: 1,
            };
        });
        self.total.process(signed, value);
        for (value, shown) in value.iter_mut().zip(&*shown) {
            *value += shown;
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.before);
        visitor.kernel(&mut self.total);
    }
}

impl Obv {
    /// Bars without anything missing: none has to wait for the one before.
    fn complete(&mut self, close: &[f64], volume: &[f64], signed: &mut [f64]) {
        let last = self.before.get();
        signed[0] = match (last.bars, self.from_volume) {
            (0, false) => 0.0,
            (0, true) => volume[0],
            _ => side(close[0], last.close) * volume[0],
        };
        elementwise(close.len(), || {
            let pairs = close[1..].iter().zip(close);
            for ((signed, (&now, &before)), &volume) in
                signed[1..].iter_mut().zip(pairs).zip(&volume[1..])
            {
                *signed = side(now, before) * volume;
            }
        });
        self.before
            .keep_of(close, |close| Before { close, bars: 1 });
    }
}

/// +1 above, −1 below, 0 at the close before; arithmetic, as a branch would be guessed wrong at every
/// other bar.
#[inline]
fn side(now: f64, before: f64) -> f64 {
    f64::from(u8::from(now > before)) - f64::from(u8::from(now < before))
}
