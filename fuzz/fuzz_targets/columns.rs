//! Any numbers as bars: the whole series at once, any split, and bar by bar with peeks, corrections and snapshots give
//! the same bits.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use tvf_core::{Entry, Input as Column, Params, Rows, Stream};
use tvf_fuzz::{
    Bar, Bars, Pick, Piece, Settings, Values, again, assert_same, collect, last_rows, run_batch,
};

#[derive(Arbitrary, Debug)]
struct Input {
    entry: Pick,
    settings: Settings,
    /// Whether optional inputs are left out, where the parameters allow it.
    bare: bool,
    bars: Vec<Piece>,
    /// Lengths of pieces, and what happens before each next one; both begin anew at their end.
    lengths: Vec<u16>,
    acts: Vec<Act>,
}

#[derive(Arbitrary, Debug)]
enum Act {
    Nothing,
    /// A look at a bar that does not come.
    Peek(Bar),
    /// The last bar is taken for another one first.
    Correct(Bar),
    /// The stream ends, and another one goes on from its snapshot.
    Resume,
}

const MOST_LIVE: usize = 250;

fuzz_target!(|input: Input| {
    let entry = input.entry.entry();
    let Some(params) = input.settings.params(&entry.spec) else {
        return;
    };
    let all = entry.spec.inputs;
    let required = &all[..entry.spec.required_inputs()];
    let bare = input.bare && entry.check_count(&params, required.len()).is_ok();
    let inputs = if bare { required } else { all };
    let bars = Bars::new(&input.bars);
    let columns = bars.inputs(inputs);
    let whole = run_batch(entry, &params, &columns).expect("valid parameters and columns");
    let run = Run {
        entry,
        params,
        inputs,
        columns,
        acts: &input.acts,
    };
    let lengths = input.lengths.iter().map(|length| match length {
        0..0x8000 => 1 + usize::from(length % 40),
        _ => 1 + usize::from(length % 5000),
    });
    assert_same(
        &whole,
        &run.split(lengths),
        &format!("{} split", params.label()),
    );
    let start = run.start();
    let whole = run_batch(entry, &params, &start.columns).expect("valid parameters and columns");
    assert_same(
        &whole,
        &start.live(),
        &format!("{} bar by bar", params.label()),
    );
});

struct Run<'a> {
    entry: &'static Entry,
    params: Params,
    inputs: &'static [Column],
    columns: Vec<&'a [f64]>,
    acts: &'a [Act],
}

impl Run<'_> {
    fn len(&self) -> usize {
        self.columns[0].len()
    }

    fn bar(&self, i: usize) -> Vec<f64> {
        self.columns.iter().map(|column| column[i]).collect()
    }

    /// Another bar at the time of bar `i`: times do not go back.
    fn other(&self, i: usize, bar: &Bar) -> Vec<f64> {
        let mut row = bar.row(self.inputs);
        if let Some(time) = self.inputs.iter().position(|input| input.name == "time") {
            row[time] = self.columns[time][i];
        }
        row
    }

    /// The first bars alone: bar by bar, they cost a hundred times what they cost in pieces.
    fn start(&self) -> Self {
        let n = self.len().min(MOST_LIVE);
        let columns = self.columns.iter().map(|column| &column[..n]);
        Self {
            columns: columns.collect(),
            ..*self
        }
    }

    fn empty(&self) -> Values {
        self.entry.spec.output_names().map(|_| Vec::new()).collect()
    }

    /// In pieces. After each, its last bar is corrected to itself, which must give what the piece gave for it.
    fn split(&self, lengths: impl Iterator<Item = usize> + Clone) -> Values {
        let mut stream = Stream::new(self.entry, self.params);
        let mut lengths = lengths.chain([self.len().max(1)]).cycle();
        let mut acts = self.acts.iter().cycle();
        let mut found = self.empty();
        let mut from = 0;
        while from < self.len() {
            let to = self.len().min(from + lengths.next().unwrap_or(1));
            let part: Vec<_> = self
                .columns
                .iter()
                .map(|column| &column[from..to])
                .collect();
            let out = collect(self.entry, to - from, |sink| {
                stream.extend(&part, sink).expect("valid columns");
            });
            let last = self.bar(to - 1);
            match acts.next() {
                Some(Act::Correct(bar)) => {
                    stream
                        .replace(&self.other(to - 1, bar))
                        .expect("a bar to replace");
                    stream.replace(&last).expect("a bar to replace");
                    let rows = last_rows(&mut stream);
                    let tail = |column: &Vec<f64>, rows: &Vec<f64>| {
                        column[column.len() - rows.len()..].to_vec()
                    };
                    let tails = out
                        .iter()
                        .zip(&rows)
                        .map(|(column, rows)| tail(column, rows));
                    assert_same(
                        &tails.collect(),
                        &rows,
                        "the last bar of a piece, corrected to itself",
                    );
                }
                act => self.disturb(&mut stream, to - 1, act),
            }
            append(self.entry, &mut found, out);
            from = to;
        }
        found
    }

    fn live(&self) -> Values {
        let mut stream = Stream::new(self.entry, self.params);
        let mut acts = self.acts.iter().cycle();
        let mut found = self.empty();
        for i in 0..self.len() {
            let bar = self.bar(i);
            match acts.next() {
                Some(Act::Correct(wrong)) => {
                    stream.update(&self.other(i, wrong)).expect("valid bar");
                    stream.replace(&bar).expect("a bar to replace");
                }
                act => {
                    self.disturb(&mut stream, i, act);
                    stream.update(&bar).expect("valid bar");
                }
            }
            append(self.entry, &mut found, last_rows(&mut stream));
        }
        found
    }

    /// What must leave no trace, at bar `i`.
    fn disturb(&self, stream: &mut Stream, i: usize, act: Option<&Act>) {
        match act {
            Some(Act::Peek(bar)) => {
                let bar = self.other(i, bar);
                let before = stream.snapshot().expect("a small state");
                stream.peek(&bar).expect("valid bar");
                assert!(
                    before == stream.snapshot().expect("a small state"),
                    "{} peeks and keeps a trace",
                    self.params.label()
                );
                let mut twin = again(stream);
                twin.update(&bar).expect("valid bar");
                assert_same(&last_rows(stream), &last_rows(&mut twin), "peek and update");
            }
            Some(Act::Resume) => *stream = again(stream),
            _ => {}
        }
    }
}

fn append(entry: &Entry, all: &mut Values, new: Values) {
    for (all, new) in all.iter_mut().zip(new) {
        if entry.spec.rows() == Rows::State {
            all.clear();
        }
        all.extend(new);
    }
}
