//! Threads that compute sets.

use std::collections::HashMap;
use std::mem::forget;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};
use tvf_core::{Code, Error};

/// The pools of a process, by the number of threads.
#[derive(Default)]
struct Pools {
    process: u32,
    pools: Option<HashMap<usize, Arc<ThreadPool>>>,
}

/// Locked only by callers that hold the interpreter: whoever forks holds it too, so that no child
/// inherits a locked one.
static POOLS: Mutex<Pools> = Mutex::new(Pools {
    process: 0,
    pools: None,
});

/// The pool of so many threads, 0 for as many as there are cores. A process that was forked makes
/// its own, as it has the parent's memory but none of its threads.
pub fn pool(threads: usize) -> Result<Arc<ThreadPool>, Error> {
    let mut known = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    if known.process != std::process::id() {
        // To drop the parent's pools would be to wait for threads that are not here.
        forget(known.pools.take());
        known.process = std::process::id();
    }
    let pools = known.pools.get_or_insert_default();
    if let Some(pool) = pools.get(&threads) {
        return Ok(Arc::clone(pool));
    }
    let builder = ThreadPoolBuilder::new().num_threads(threads);
    let pool = builder
        .thread_name(|i| format!("tvf-{i}"))
        .build()
        .map_err(|error| {
            let why = format!("threads cannot be started: {error}");
            Error::new(Code::OutOfMemory, "threads", threads.to_string(), "", why)
        })?;
    let pool = Arc::new(pool);
    pools.insert(threads, Arc::clone(&pool));
    Ok(pool)
}
