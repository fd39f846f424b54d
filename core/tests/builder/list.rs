//! A list of bars that follows a builder.

use tvf_core::builder::{Bar, BarBuilder, Event};

/// Applies what a call did to a list of bars, as `Bars.push` and `Bars.replace` do.
pub fn follow(list: &mut Vec<Bar>, builder: &BarBuilder) {
    for (event, bar) in builder.changes() {
        match event {
            Event::Push => list.push(bar),
            Event::Replace => *list.last_mut().unwrap() = bar,
            Event::Dropped => panic!("nothing was to be done"),
        }
    }
}
