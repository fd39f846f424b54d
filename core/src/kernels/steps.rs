//! Counts the work of the kernels, for tests that judge cost without a clock.

#[cfg(feature = "counters")]
mod counting {
    use core::cell::Cell;

    thread_local! {
        static KERNEL: Cell<u64> = const { Cell::new(0) };
        static DERIVED: Cell<u64> = const { Cell::new(0) };
    }

    /// Adds bars that a kernel looked at.
    pub fn kernel(n: usize) {
        KERNEL.with(|c| c.set(c.get() + n as u64));
    }

    /// Adds bars of shared columns.
    pub fn derived(n: usize) {
        DERIVED.with(|c| c.set(c.get() + n as u64));
    }

    /// The counts of this thread since the last call: kernels, shared columns.
    #[must_use]
    pub fn take() -> (u64, u64) {
        (KERNEL.take(), DERIVED.take())
    }
}

#[cfg(feature = "counters")]
pub use counting::{derived, kernel, take};

#[cfg(not(feature = "counters"))]
pub(crate) const fn kernel(_: usize) {}
#[cfg(not(feature = "counters"))]
pub(crate) const fn derived(_: usize) {}
