//! The loss over the places of the knobs, and how it changes.

use super::knobs::{Knob, Scale, clip};
use super::loss::Loss;
use super::request::Request;
use crate::error::Error;
use crate::params::{Arg, Params};

/// How far apart the two places are between which a slope is measured.
pub(super) const APART: f64 = 1e-4;
/// A value that is this close to a whole number is one: its last bits are the logarithm's.
const WHOLE: f64 = 1e-9;

/// The whole numbers between which a value lies; where it is one itself, those beside it, as the line
/// bends there and what lies on both sides counts.
fn around(value: f64, knob: &Knob) -> (f64, f64) {
    let near = value.round();
    if (value - near).abs() >= WHOLE {
        return (value.floor(), value.floor() + 1.0);
    }
    let low = if near > knob.low { near - 1.0 } else { near };
    (low, if near < knob.high { near + 1.0 } else { near })
}

/// The loss over the places of the knobs.
pub(super) struct Surface<'a> {
    request: &'a Request,
    loss: Loss<'a>,
    /// What was computed: the knobs' values and the loss. A descent comes by a few hundred of them at most.
    known: Vec<(Vec<f64>, f64)>,
    room: Vec<f64>,
}

/// A set of values that the average can have, and how much it counts.
struct Corner {
    values: Vec<f64>,
    share: f64,
}

impl<'a> Surface<'a> {
    pub const fn new(request: &'a Request, loss: Loss<'a>) -> Self {
        Self {
            request,
            loss,
            known: Vec::new(),
            room: Vec::new(),
        }
    }

    /// How often the average was computed.
    pub fn evaluations(&self) -> usize {
        self.known.len()
    }

    /// The places where the descent begins.
    pub fn start(&self) -> Vec<f64> {
        let start = &self.request.start;
        let place = |knob: &Knob| {
            let place = knob.place(start.number(knob.name));
            // A whole number's place gives it back, up to the last bit.
            if knob.scale == Scale::Whole {
                knob.place(knob.value(place).round())
            } else {
                place
            }
        };
        self.request.knobs.iter().map(place).collect()
    }

    pub fn values(&self, at: &[f64]) -> Vec<f64> {
        let knobs = &self.request.knobs;
        knobs
            .iter()
            .zip(at)
            .map(|(knob, &place)| knob.value(place))
            .collect()
    }

    /// The whole numbers around the values, those of other knobs as they are. At most 2 to the power of
    /// the number of whole knobs, which is 3.
    fn corners(&self, values: &[f64]) -> Vec<Corner> {
        let mut corners = vec![Corner {
            values: Vec::new(),
            share: 1.0,
        }];
        for (knob, &value) in self.request.knobs.iter().zip(values) {
            let ends = if knob.scale == Scale::Whole {
                let near = value.round();
                if (value - near).abs() < WHOLE {
                    [(near, 1.0), (near, 0.0)]
                } else {
                    let part = value - value.floor();
                    [(value.floor(), 1.0 - part), (value.floor() + 1.0, part)]
                }
            } else {
                [(value, 1.0), (value, 0.0)]
            };
            corners = corners
                .into_iter()
                .flat_map(|corner| {
                    ends.iter()
                        .filter(|(_, share)| *share > 0.0)
                        .map(move |&(value, share)| Corner {
                            values: corner.values.iter().copied().chain([value]).collect(),
                            share: corner.share * share,
                        })
                })
                .collect();
        }
        corners
    }

    /// The loss at places: between whole numbers, from one to the other in a straight line.
    pub fn level(&mut self, at: &[f64]) -> Result<f64, Error> {
        let values = self.values(at);
        self.between(&values)
    }

    fn between(&mut self, values: &[f64]) -> Result<f64, Error> {
        let mut sum = 0.0;
        for corner in self.corners(values) {
            sum += corner.share * self.exact(&corner.values)?;
        }
        Ok(sum)
    }

    /// How the loss changes with each place: between whole numbers as it does, elsewhere between two
    /// places that are close.
    pub fn gradient(&mut self, at: &[f64]) -> Result<Vec<f64>, Error> {
        let values = self.values(at);
        let mut gradient = Vec::with_capacity(at.len());
        for i in 0..at.len() {
            let knob = self.request.knobs[i];
            let mut side = |value: f64| {
                let mut moved = values.clone();
                moved[i] = value;
                self.between(&moved)
            };
            let slope = if knob.low == knob.high {
                0.0
            } else if knob.scale == Scale::Whole {
                let (low, high) = around(values[i], &knob);
                (side(high)? - side(low)?) / (high - low) * knob.slope(values[i])
            } else {
                let (low, high) = (clip(at[i] - APART), clip(at[i] + APART));
                (side(knob.value(high))? - side(knob.value(low))?) / (high - low)
            };
            // Where the average has no values on one side, no slope leads there.
            gradient.push(if slope.is_finite() { slope } else { 0.0 });
        }
        Ok(gradient)
    }

    /// The best that the average can have around places, and its loss.
    pub fn nearest(&mut self, at: &[f64]) -> Result<(Params, f64), Error> {
        let values = self.values(at);
        let mut best: Option<(Vec<f64>, f64)> = None;
        for corner in self.corners(&values) {
            let loss = self.exact(&corner.values)?;
            if best.as_ref().is_none_or(|(_, least)| loss < *least) {
                best = Some((corner.values, loss));
            }
        }
        let (values, loss) = best.unwrap_or((values, f64::INFINITY));
        Ok((self.params(&values)?, loss))
    }

    fn params(&self, values: &[f64]) -> Result<Params, Error> {
        let Request {
            start,
            entry,
            knobs,
            ..
        } = self.request;
        let args: Vec<Option<Arg<'_>>> = entry
            .spec
            .params
            .iter()
            .enumerate()
            .map(|(i, param)| {
                let knob = knobs.iter().position(|knob| knob.name == param.name);
                Some(knob.map_or_else(|| start.arg(i), |knob| Arg::Number(values[knob])))
            })
            .collect();
        Params::positional(&entry.spec, start.profile(), &args)
    }

    /// The loss of values that the average can have.
    fn exact(&mut self, values: &[f64]) -> Result<f64, Error> {
        if let Some((_, known)) = self.known.iter().find(|(known, _)| known == values) {
            return Ok(*known);
        }
        let params = self.params(values)?;
        let mut room = core::mem::take(&mut self.room);
        let loss = self.loss.of(self.request.entry, &params, &mut room);
        self.room = room;
        let loss = loss?;
        self.known.push((values.to_vec(), loss));
        Ok(loss)
    }
}
