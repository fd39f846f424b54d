//! A budget of requests: so many a second, a few at once.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Requests that may be made.
#[derive(Debug)]
pub struct Rate {
    /// The time that one request takes of the budget; none for as many as one likes.
    step: Option<Duration>,
    /// How many may be made at once after a rest.
    burst: u32,
    /// When the budget is whole again.
    whole: Mutex<Option<Instant>>,
}

impl Rate {
    /// So many requests a second.
    pub fn new(per_second: Option<f64>, burst: u32) -> Self {
        Self {
            step: per_second.map(|rate| Duration::from_secs_f64(1.0 / rate)),
            burst,
            whole: Mutex::default(),
        }
    }

    /// Takes one request of the budget; how long to wait before it.
    pub fn take(&self, now: Instant) -> Duration {
        let Some(step) = self.step else {
            return Duration::ZERO;
        };
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        let begins = whole.filter(|&whole| whole > now).unwrap_or(now);
        let next = begins + step;
        *whole = Some(next);
        (next - now).saturating_sub(step * self.burst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_at_once_and_then_one_after_the_other() {
        let rate = Rate::new(Some(10.0), 3);
        let now = Instant::now();
        let waits: Vec<u128> = (0..6).map(|_| rate.take(now).as_millis()).collect();
        assert_eq!(waits, [0, 0, 0, 100, 200, 300]);
        let later = now + Duration::from_secs(5);
        assert_eq!(rate.take(later), Duration::ZERO);
        assert_eq!(Rate::new(None, 1).take(now), Duration::ZERO);
    }
}
