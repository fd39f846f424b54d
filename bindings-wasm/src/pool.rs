//! The threads of the build that has them. In the others everything runs on the one there is.

use tvf_core::Job;
use wasm_bindgen::prelude::wasm_bindgen;

/// From so many values on, bars times members, several threads are worth waking.
#[cfg(feature = "threads")]
const PARALLEL_VALUES: usize = 50_000;

/// On how many threads a set is computed.
#[wasm_bindgen]
#[must_use]
pub fn threads() -> usize {
    #[cfg(feature = "threads")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "threads"))]
    1
}

/// Whether so many values, bars times members, are to be shared out.
pub fn pays(values: usize) -> bool {
    #[cfg(feature = "threads")]
    return values >= PARALLEL_VALUES && threads() > 1;
    #[cfg(not(feature = "threads"))]
    {
        let _ = values;
        false
    }
}

/// Does all the work, and waits for it.
pub fn run(jobs: Vec<Job<'_>>) {
    #[cfg(feature = "threads")]
    if jobs.len() > 1 {
        use rayon::iter::{IntoParallelIterator, ParallelIterator};
        jobs.into_par_iter().for_each(|job| job());
        return;
    }
    for job in jobs {
        job();
    }
}
