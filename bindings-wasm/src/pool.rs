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

/// Does all the work; this thread is told the number of each job as soon as it is done.
pub fn run(jobs: Vec<Job<'_>>, mut done: impl FnMut(usize)) {
    #[cfg(feature = "threads")]
    if jobs.len() > 1 {
        let (tell, told) = std::sync::mpsc::channel();
        rayon::in_place_scope(|scope| {
            for (number, job) in jobs.into_iter().enumerate() {
                let tell = tell.clone();
                scope.spawn(move |_| {
                    job();
                    // Who does not listen any more has no use for it.
                    let _ = tell.send(number);
                });
            }
            drop(tell);
            told.into_iter().for_each(done);
        });
        return;
    }
    for (number, job) in jobs.into_iter().enumerate() {
        job();
        done(number);
    }
}
