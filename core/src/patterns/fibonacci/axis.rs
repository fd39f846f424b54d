//! The scale that prices are shared on.

use super::levels::Anchor;
use crate::error::{Code, Error};
use crate::params::{Params, show};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    Linear,
    Log,
}

impl Axis {
    pub fn of(params: &Params) -> Self {
        if params.is("scale", "log") {
            Self::Log
        } else {
            Self::Linear
        }
    }

    pub fn check(self, points: &[Anchor]) -> Result<(), Error> {
        let below = points.iter().find(|point| point.price <= 0.0);
        match (self, below) {
            (Self::Log, Some(point)) => {
                let (value, bound) = (show(point.price), "above 0 on a log scale");
                let why = format!("price {value} is not {bound}");
                Err(Error::new(Code::InputRange, "price", value, bound, why))
            }
            _ => Ok(()),
        }
    }

    /// Where a price is on the scale.
    pub fn place(self, price: f64) -> f64 {
        match self {
            Self::Linear => price,
            Self::Log => libm::log(price),
        }
    }

    /// The price at a place of the scale.
    pub fn price(self, place: f64) -> f64 {
        match self {
            Self::Linear => place,
            Self::Log => libm::exp(place),
        }
    }
}
