//! Any chart transform of any bars: refused, or the same rows at once and bar by bar.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use tvf_core::transforms::{KINDS, Rows, Transform};
use tvf_fuzz::{Bars, Following, Piece, Settings, Step, Values, assert_same};

#[derive(Arbitrary, Debug)]
struct Input {
    kind: u8,
    settings: Settings,
    bars: Vec<Piece>,
    following: Following,
}

/// A tiny step gives a million rows a call, by design; few bars keep such inputs quick.
const MOST_BARS: usize = 64;

fuzz_target!(|input: Input| {
    let entry = &KINDS[usize::from(input.kind) % KINDS.len()];
    let kind = &entry.kind;
    let Some(params) = input.settings.params(kind) else {
        return;
    };
    let bars = Bars::new(&input.bars);
    let following = input.following;
    let inputs = following.inputs(&bars, kind.inputs, MOST_BARS);
    let mut whole = Transform::new(entry, params);
    let mut expected = Rows::of(kind);
    if let Err(error) = whole.extend(&inputs, &mut expected) {
        assert!(!error.message().is_empty());
        assert!(expected.is_empty(), "rows of a call that was refused");
        return;
    }
    let mut live = Transform::new(entry, params);
    let mut rows: Values = vec![Vec::new(); expected.columns().len()];
    // What the last bar closed is void once it is replaced.
    let mut last = Rows::of(kind);
    for step in following.steps(&inputs) {
        let mut new = Rows::of(kind);
        let done = match step {
            Step::Push(part) => {
                settle(&mut rows, &last);
                live.extend(&part, &mut new)
            }
            Step::Replace(part) => live.replace(&part, &mut new),
        };
        if let Err(error) = done {
            // One bar may give fewer rows than many together, and a wrong one more than any of them.
            assert!(!error.message().is_empty());
            return;
        }
        last = new;
    }
    settle(&mut rows, &last);
    assert_same(&rows, &expected.into_columns(), kind.id);
    let [ours, theirs] =
        [live.forming(), whole.forming()].map(|rows| rows.expect("memory for a row"));
    assert_same(&ours.into_columns(), &theirs.into_columns(), kind.id);
});

fn settle(rows: &mut Values, last: &Rows) {
    for (column, new) in rows.iter_mut().zip(last.columns()) {
        column.extend(new);
    }
}
