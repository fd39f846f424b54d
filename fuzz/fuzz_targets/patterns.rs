//! Any family of patterns over any bars: refused, or the same findings at once and bar by bar.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use tvf_core::patterns::{FAMILIES, Findings, Watch};
use tvf_fuzz::{Bars, Following, Piece, Settings, Step};

#[derive(Arbitrary, Debug)]
struct Input {
    family: u8,
    settings: Settings,
    bars: Vec<Piece>,
    following: Following,
}

const MOST_BARS: usize = 600;

fuzz_target!(|input: Input| {
    let entry = &FAMILIES[usize::from(input.family) % FAMILIES.len()];
    let Some(params) = input.settings.params(&entry.family) else {
        return;
    };
    let bars = Bars::new(&input.bars);
    let following = input.following;
    let inputs = following.inputs(&bars, entry.family.inputs, MOST_BARS);
    let mut whole = Watch::new(entry, params);
    let mut expected = Findings::with_misses();
    if let Err(error) = whole.extend(&inputs, &mut expected) {
        assert!(!error.message().is_empty());
        return;
    }
    for pattern in &expected.patterns {
        assert!((0.0..=1.0).contains(&pattern.score), "{pattern:?}");
        assert!(pattern.points.is_sorted_by_key(|point| point.bar));
        assert!(pattern.confirmed.is_some_and(|bar| bar >= pattern.detected));
    }
    let mut live = Watch::new(entry, params);
    let mut found = Vec::new();
    // What the last bar added is void once it is replaced.
    let mut last = Vec::new();
    for step in following.steps(&inputs) {
        let mut new = Findings::default();
        match step {
            Step::Push(part) => {
                found.append(&mut last);
                live.extend(&part, &mut new)
                    .expect("bars that were taken at once");
            }
            Step::Replace(part) => {
                last.clear();
                live.replace(&part, &mut new)
                    .expect("a bar that was taken at once");
            }
        }
        last = new.patterns;
    }
    found.append(&mut last);
    assert_eq!(live.bars(), whole.bars());
    // Written out, a missing number is equal to a missing number.
    assert_eq!(format!("{found:?}"), format!("{:?}", expected.patterns));
    assert_eq!(
        format!("{:?}", live.forming()),
        format!("{:?}", whole.forming())
    );
});
