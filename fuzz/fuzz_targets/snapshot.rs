//! Any bytes as a snapshot, and snapshots altered by someone who knows the checksum: refused, or a stream that goes on.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use tvf_core::{Code, Stream};
use tvf_fuzz::{Bar, Bars, Number, Pick, Piece, Settings, again, assert_same, last_rows};

#[derive(Arbitrary, Debug)]
struct Input {
    bytes: Bytes,
    /// What an accepted stream goes on with.
    bars: Vec<Bar>,
}

#[derive(Arbitrary, Debug)]
enum Bytes {
    Any(Vec<u8>),
    /// A body in a right envelope.
    Body(Vec<u8>),
    Altered {
        entry: Pick,
        settings: Settings,
        bars: Vec<Piece>,
        edits: Vec<Edit>,
    },
}

#[derive(Arbitrary, Debug)]
enum Edit {
    /// A byte, counted from the front: id, parameters.
    Byte(u16, u8),
    /// A word, counted from the back: the state.
    Word(u16, Word),
    /// Bytes at the end are left out.
    Cut(u8),
}

#[derive(Arbitrary, Debug)]
enum Word {
    Number(Number),
    Count(u8),
    /// One of the last before a count overflows.
    Large(u8),
}

const HEADER: usize = 10;
const CHECKSUM: usize = 4;

fuzz_target!(|input: Input| {
    let Some(bytes) = bytes(&input.bytes) else {
        return;
    };
    let mut stream = match Stream::restore(&bytes) {
        Ok(stream) => stream,
        Err(error) => return assert!(!error.message().is_empty()),
    };
    let inputs = stream.entry().spec.inputs;
    // What was accepted can be stored again, and what is stored goes on alike.
    let mut twin = again(&mut stream);
    for (i, bar) in input.bars.iter().enumerate() {
        let bar = bar.row(inputs);
        let streams = [&mut stream, &mut twin];
        let results = streams.map(|stream| {
            let peeked = stream.peek(&bar).map(|()| last_rows(stream));
            let replaced = stream.replace(&bar).map(|()| last_rows(stream));
            let updated = (i % 2 == 0).then(|| stream.update(&bar));
            let updated = updated.unwrap_or(Ok(())).map(|()| last_rows(stream));
            [peeked, replaced, updated]
        });
        let [these, those] = results;
        for ((a, b), act) in these
            .into_iter()
            .zip(those)
            .zip(["peek", "replace", "update"])
        {
            match (a, b) {
                (Ok(a), Ok(b)) => assert_same(&a, &b, act),
                (Err(a), Err(b)) => {
                    // The time of a bar may lie before those that the bytes tell of.
                    assert_eq!(a, b, "{act}");
                    let known = [Code::TimeOrder, Code::NothingToReplace];
                    assert!(known.contains(&a.code), "{act}: {a}");
                }
                (a, b) => panic!("{act}: {a:?} and {b:?}"),
            }
        }
    }
    assert!(
        stream.snapshot().expect("a small state") == twin.snapshot().expect("a small state"),
        "the states have parted"
    );
});

fn bytes(bytes: &Bytes) -> Option<Vec<u8>> {
    match bytes {
        Bytes::Any(bytes) => Some(bytes.clone()),
        Bytes::Body(body) => Some(sealed(body)),
        Bytes::Altered {
            entry,
            settings,
            bars,
            edits,
        } => {
            let entry = entry.entry();
            let mut stream = Stream::new(entry, settings.params(&entry.spec)?);
            let bars = Bars::new(bars);
            let columns = bars.inputs(entry.spec.inputs);
            tvf_fuzz::collect(entry, bars.len(), |sink| {
                stream.extend(&columns, sink).expect("valid columns");
            });
            let mut bytes = stream.snapshot().expect("a small state");
            let mut body = bytes.split_off(HEADER);
            body.truncate(body.len() - CHECKSUM);
            for edit in edits {
                alter(&mut body, edit);
            }
            Some(sealed(&body))
        }
    }
}

fn alter(body: &mut Vec<u8>, edit: &Edit) {
    match edit {
        Edit::Byte(at, value) => {
            let at = usize::from(*at) % body.len().max(1);
            if let Some(byte) = body.get_mut(at) {
                *byte = *value;
            }
        }
        Edit::Word(at, word) => {
            let bits = match *word {
                Word::Number(number) => number.get().to_bits(),
                Word::Count(count) => count.into(),
                Word::Large(less) => u64::MAX - u64::from(less % 4),
            };
            let at = usize::from(*at) % (body.len() / 8).max(1);
            if let Some(word) = body.rchunks_exact_mut(8).nth(at) {
                word.copy_from_slice(&bits.to_le_bytes());
            }
        }
        Edit::Cut(count) => body.truncate(body.len().saturating_sub(usize::from(*count))),
    }
}

fn sealed(body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("a small body");
    let mut bytes = [&b"TVFS\x02\x00"[..], &length.to_le_bytes(), body].concat();
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    bytes
}
