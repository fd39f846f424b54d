//! What may be tuned of which average, and how its numbers are spread.

/// How a knob's numbers are spread between its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Evenly.
    Even,
    /// By their ratios.
    Ratio,
    /// Whole numbers, by their ratios. Between two of them the loss is taken to go straight from one to
    /// the other.
    Whole,
}

/// A parameter that may be tuned, with the bounds that it has unless a caller says others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Knob {
    /// The parameter.
    pub name: &'static str,
    /// The lowest value.
    pub low: f64,
    /// The highest one.
    pub high: f64,
    /// How its numbers are spread.
    pub scale: Scale,
}

const fn knob(name: &'static str, low: f64, high: f64, scale: Scale) -> Knob {
    Knob {
        name,
        low,
        high,
        scale,
    }
}

const fn whole(name: &'static str, low: f64, high: f64) -> Knob {
    knob(name, low, high, Scale::Whole)
}

const fn even(name: &'static str, low: f64, high: f64) -> Knob {
    knob(name, low, high, Scale::Even)
}

const fn ratio(name: &'static str, low: f64, high: f64) -> Knob {
    knob(name, low, high, Scale::Ratio)
}

/// Most of them have one: how many bars.
const PERIOD: &[Knob] = &[whole("period", 2.0, 200.0)];

/// The averages that can be tuned, by id, with their knobs.
pub const KNOBS: &[(&str, &[Knob])] = &[
    (
        "alma",
        &[
            whole("period", 2.0, 200.0),
            even("offset", 0.0, 1.0),
            ratio("sigma", 0.5, 30.0),
        ],
    ),
    ("dema", PERIOD),
    ("ehma", PERIOD),
    ("ema", PERIOD),
    ("hma", PERIOD),
    (
        "jma",
        &[whole("period", 2.0, 200.0), even("phase", -100.0, 100.0)],
    ),
    (
        "kama",
        &[
            whole("period", 2.0, 100.0),
            whole("fast", 2.0, 30.0),
            whole("slow", 10.0, 200.0),
        ],
    ),
    ("laguerre", &[even("gamma", 0.0, 0.97)]),
    ("lsma", PERIOD),
    (
        "mcginley",
        &[whole("period", 2.0, 200.0), ratio("factor", 0.2, 2.0)],
    ),
    ("rma", PERIOD),
    ("sma", PERIOD),
    ("super_smoother", PERIOD),
    (
        "t3",
        &[whole("period", 2.0, 100.0), even("factor", 0.0, 1.0)],
    ),
    ("tema", PERIOD),
    ("thma", &[whole("period", 3.0, 200.0)]),
    ("trima", PERIOD),
    (
        "vidya",
        &[whole("period", 2.0, 200.0), whole("cmo_period", 2.0, 100.0)],
    ),
    ("wma", PERIOD),
    ("zlema", PERIOD),
];

/// The knobs of an indicator, if it has some.
#[must_use]
pub fn knobs_of(id: &str) -> Option<&'static [Knob]> {
    let (_, knobs) = KNOBS.iter().find(|(known, _)| *known == id)?;
    Some(knobs)
}

impl Knob {
    /// The value at a place between the bounds, from 0 to 1.
    pub(super) fn value(&self, place: f64) -> f64 {
        if place == 1.0 {
            return self.high;
        }
        match self.scale {
            Scale::Even => self.low + (self.high - self.low) * place,
            Scale::Ratio | Scale::Whole => {
                self.low * libm::exp(libm::log(self.high / self.low) * place)
            }
        }
    }

    /// The place of a value, the nearest one if it is out of the bounds.
    pub(super) fn place(&self, value: f64) -> f64 {
        if self.low == self.high {
            return 0.0;
        }
        let place = match self.scale {
            Scale::Even => (value - self.low) / (self.high - self.low),
            Scale::Ratio | Scale::Whole => {
                libm::log(value / self.low) / libm::log(self.high / self.low)
            }
        };
        clip(place)
    }

    /// How fast the value changes with the place.
    pub(super) fn slope(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Even => self.high - self.low,
            Scale::Ratio | Scale::Whole => value * libm::log(self.high / self.low),
        }
    }
}

/// The nearest number from 0 to 1.
pub(super) fn clip(place: f64) -> f64 {
    if place > 1.0 {
        1.0
    } else if place > 0.0 {
        place
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::find;
    use crate::spec::{ParamKind, ResultKind};

    #[test]
    fn every_knob_is_a_parameter_of_an_average_of_one_series() {
        for (id, knobs) in KNOBS {
            let spec = &find(id).unwrap().spec;
            assert_eq!(spec.inputs.len(), 1, "{id}");
            assert!(
                matches!(spec.result, ResultKind::Series([_])) && spec.chart.overlay,
                "{id}"
            );
            for knob in *knobs {
                let param = spec
                    .params
                    .iter()
                    .find(|param| param.name == knob.name)
                    .unwrap();
                let (min, max) = match param.kind {
                    ParamKind::Int { min, max } => (min as f64, max as f64),
                    ParamKind::Float { min, max } => (min, max),
                    _ => panic!("{id} has no number {}", knob.name),
                };
                assert_eq!(
                    matches!(param.kind, ParamKind::Int { .. }),
                    knob.scale == Scale::Whole
                );
                assert!(
                    min <= knob.low && knob.low < knob.high && knob.high <= max,
                    "{id}"
                );
            }
        }
    }

    #[test]
    fn places_and_values_are_each_others_inverse() {
        for knob in KNOBS.iter().flat_map(|(_, knobs)| *knobs) {
            for place in [0.0, 0.1, 0.5, 0.9, 1.0] {
                let value = knob.value(place);
                assert!(knob.low <= value && value <= knob.high);
                assert!((knob.place(value) - place).abs() < 1e-12);
            }
            assert_eq!((knob.place(knob.low), knob.place(knob.high)), (0.0, 1.0));
            assert_eq!(clip(knob.place(knob.high * 2.0)), 1.0);
        }
    }
}
