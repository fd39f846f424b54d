//! Averages that fit their parameters to a stretch of the past: gradient descent on a stated loss.
//!
//! What is tuned are [`KNOBS`], each within bounds; how good an average is says [`Loss`]; the descent
//! ([`tune`]) goes the same steps everywhere, and tells them. Whatever it finds is of the stretch that
//! it saw: only bars after it can say whether it is of any use.

mod descent;
mod knobs;
mod loss;
mod request;
mod surface;

pub use descent::{End, Step, Tuned, tune};
pub use knobs::{KNOBS, Knob, Scale, knobs_of};
pub use loss::Loss;
pub use request::{Request, TUNE, signature};
