//! Long work that Ctrl-C may leave.

use std::io;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How often Python is asked whether somebody wants to leave.
const ASK: Duration = Duration::from_millis(100);

/// What the work gives, which is done on a thread of its own. Whoever waits for it is let go by Ctrl-C; the work then
/// ends by itself.
pub fn interruptible<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    let (tell, mut told) = sync_channel(1);
    let done = move || {
        // Nobody listens any more if it was left.
        drop(tell.send(work()));
    };
    thread::Builder::new()
        .name("tvf-fetch".into())
        .spawn(done)
        .map_err(|error: io::Error| PyRuntimeError::new_err(format!("no thread: {error}")))?;
    loop {
        let heard;
        (heard, told) = py.detach(move || (told.recv_timeout(ASK), told));
        match heard {
            Ok(found) => return Ok(found),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err(
                    "the thread that fetches has ended early",
                ));
            }
        }
    }
}
