//! What the tests over the whole catalog share: bars, parameter sets, and ways to run an entry.
#![allow(dead_code, reason = "each test crate uses its own part")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::format_push_string,
    clippy::unwrap_used,
    reason = "small numbers, and a test may fail"
)]

use tvf_core::{
    Arg, ColumnKind, Entry, Input, ParamKind, Params, Profile, Rows, Sink, Stream, Table, batch,
};

/// A small generator of equally distributed numbers (G. L. Steele et al., `SplitMix`, 2014).
pub struct Random(pub u64);

impl Random {
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.bits() % n as u64) as usize
    }
}

/// Bars, column by column.
#[derive(Clone)]
pub struct Bars {
    pub open: Vec<f64>,
    pub high: Vec<f64>,
    pub low: Vec<f64>,
    pub close: Vec<f64>,
    pub volume: Vec<f64>,
    pub time: Vec<f64>,
}

impl Bars {
    /// A random walk in steps of 15 minutes.
    pub fn walk(n: usize, seed: u64) -> Self {
        let mut random = Random(seed);
        let mut bars = Self {
            open: vec![],
            high: vec![],
            low: vec![],
            close: vec![],
            volume: vec![],
            time: vec![],
        };
        let mut price = 100.0;
        for i in 0..n {
            let open = price;
            price *= 1.0 + 0.02 * (random.unit() - 0.5);
            let reach = [random.unit(), random.unit()].map(|u| 0.005 * u * price);
            bars.open.push(open);
            bars.high
                .push(if open > price { open } else { price } + reach[0]);
            bars.low
                .push(if open < price { open } else { price } - reach[1]);
            bars.close.push(price);
            bars.volume.push((random.unit() * 10_000.0).round());
            bars.time.push(1.7e12 + i as f64 * 900_000.0);
        }
        bars
    }

    /// The same price throughout.
    pub fn flat(n: usize, price: f64) -> Self {
        let mut bars = Self::walk(n, 1);
        for column in [
            &mut bars.open,
            &mut bars.high,
            &mut bars.low,
            &mut bars.close,
        ] {
            column.fill(price);
        }
        bars
    }

    pub fn prices(&mut self) -> [&mut Vec<f64>; 4] {
        [
            &mut self.open,
            &mut self.high,
            &mut self.low,
            &mut self.close,
        ]
    }

    pub fn columns(&mut self) -> [&mut Vec<f64>; 6] {
        [
            &mut self.open,
            &mut self.high,
            &mut self.low,
            &mut self.close,
            &mut self.volume,
            &mut self.time,
        ]
    }

    pub fn len(&self) -> usize {
        self.close.len()
    }

    pub fn column(&self, name: &str) -> &[f64] {
        match name {
            "open" => &self.open,
            "high" => &self.high,
            "low" => &self.low,
            "source" | "close" => &self.close,
            "volume" => &self.volume,
            "time" => &self.time,
            other => panic!("no column {other}"),
        }
    }

    /// The columns an entry reads, the optional ones included.
    pub fn inputs(&self, inputs: &[Input]) -> Vec<&[f64]> {
        inputs.iter().map(|i| self.column(i.name)).collect()
    }

    pub fn bar(&self, inputs: &[Input], i: usize) -> Vec<f64> {
        inputs
            .iter()
            .map(|input| self.column(input.name)[i])
            .collect()
    }

    /// Bars from one position to another.
    pub fn slice(&self, from: usize, to: usize) -> Self {
        let cut = |c: &[f64]| c[from..to].to_vec();
        Self {
            open: cut(&self.open),
            high: cut(&self.high),
            low: cut(&self.low),
            close: cut(&self.close),
            volume: cut(&self.volume),
            time: cut(&self.time),
        }
    }
}

/// Parameter sets worth trying: the defaults of each profile, every choice, and random numbers.
pub fn param_sets(entry: &'static Entry, count: usize) -> Vec<Params> {
    let spec = &entry.spec;
    let mut sets = Vec::new();
    let mut random = Random(7);
    for &profile in Profile::ALL {
        sets.push(Params::named(spec, profile, []).unwrap());
        for _ in 0..count {
            let args: Vec<Option<Arg<'_>>> = spec
                .params
                .iter()
                .map(|p| match p.kind {
                    ParamKind::Int { min, max } if max > 10_000 => {
                        Some(Arg::Number((min + random.below(40) as i64) as f64))
                    }
                    // Small ones, with which a table of few bars has rows.
                    ParamKind::Int { min, max } => Some(Arg::Number(
                        (min + random.below((max - min + 1).min(12) as usize) as i64) as f64,
                    )),
                    ParamKind::Float { min, max } => {
                        let most = if max - min < 5.0 { max - min } else { 5.0 };
                        Some(Arg::Number(min + random.unit() * most))
                    }
                    ParamKind::ChoiceOrInt { min, max, .. } if random.below(2) == 0 => {
                        let most = max.min(min + 2000) - min + 1;
                        Some(Arg::Number(
                            (min + random.below(most as usize) as i64) as f64,
                        ))
                    }
                    ParamKind::Choice { choices } | ParamKind::ChoiceOrInt { choices, .. } => {
                        Some(Arg::Text(choices[random.below(choices.len())]))
                    }
                })
                .collect();
            sets.push(Params::positional(spec, profile, &args).unwrap());
        }
    }
    sets
}

/// A result in one shape for series and tables: columns of numbers, a summary's with one each.
pub type Values = Vec<Vec<f64>>;

/// A table's columns, then each number of its summary as a column of one.
pub fn in_one(table: &Table) -> Values {
    let summary = table.summary().iter().map(|x| vec![*x]);
    table.columns().iter().cloned().chain(summary).collect()
}

/// Adds what the next bars gave to what the bars before them did.
pub fn follow(entry: &Entry, all: &mut Values, next: Values) {
    let spec = &entry.spec;
    all.resize(next.len(), Vec::new());
    for (i, (all, next)) in all.iter_mut().zip(next).enumerate() {
        let summary = spec.is_table() && i >= spec.table().len();
        if summary || spec.rows() == Rows::State {
            all.clear();
        }
        all.extend(next);
    }
}

/// Runs something that writes to a sink for `n` bars.
pub fn collect(entry: &Entry, n: usize, run: impl FnOnce(Sink<'_>)) -> Values {
    if entry.spec.is_table() {
        let mut table = Table::of(&entry.spec);
        run(Sink::Table(&mut table));
        return in_one(&table);
    }
    // What is not written stays recognisable.
    let mut series = vec![vec![12345.678; n]; entry.spec.series().len()];
    run(Sink::series(series.iter_mut().map(Vec::as_mut_slice)));
    series
}

pub fn run_batch(entry: &'static Entry, params: &Params, bars: &Bars) -> Values {
    collect(entry, bars.len(), |mut sink| {
        batch(entry, params, &bars.inputs(entry.spec.inputs), &mut sink).unwrap();
    })
}

/// Takes bars through `extend` in pieces of the given lengths.
pub fn run_split(
    entry: &'static Entry,
    params: &Params,
    bars: &Bars,
    mut piece: impl FnMut() -> usize,
) -> Values {
    let mut stream = Stream::new(entry, *params);
    let mut result = Values::new();
    let mut from = 0;
    while from < bars.len() {
        let to = bars.len().min(from + piece());
        let part = bars.slice(from, to);
        let out = collect(entry, to - from, |sink| {
            stream
                .extend(&part.inputs(entry.spec.inputs), sink)
                .unwrap();
        });
        follow(entry, &mut result, out);
        from = to;
    }
    result
}

/// What the last call on a stream gave, one row per table row or one for series.
pub fn last_rows(stream: &mut Stream) -> Values {
    if stream.entry().spec.is_table() {
        in_one(stream.rows())
    } else {
        stream.values().iter().map(|v| vec![*v]).collect()
    }
}

/// What the last bar taken gave, with the summary beside it.
pub fn told(stream: &mut Stream) -> Values {
    let mut rows = last_rows(stream);
    let numbers: Values = stream.summary().iter().map(|x| vec![*x]).collect();
    rows.truncate(rows.len() - numbers.len());
    rows.extend(numbers);
    rows
}

/// Equal bits, any NaN being equal to any NaN.
pub fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

pub fn assert_same(a: &Values, b: &Values, what: &str) {
    assert_eq!(a.len(), b.len(), "{what}: outputs");
    for (o, (a, b)) in a.iter().zip(b).enumerate() {
        assert_eq!(a.len(), b.len(), "{what}: length of output {o}");
        for (i, (x, y)) in a.iter().zip(b).enumerate() {
            assert!(
                same(*x, *y),
                "{what}: output {o}, row {i}: {x:e} is not {y:e}"
            );
        }
    }
}

pub fn describe(params: &Params) -> String {
    let spec = params.signature();
    let mut text = format!("{} {}", spec.id, params.profile().as_str());
    for (i, p) in spec.params.iter().enumerate() {
        text.push_str(&format!(" {}={:?}", p.name, params.arg(i)));
    }
    text
}

/// Whether a table's column holds positions.
pub fn is_index(kind: ColumnKind) -> bool {
    kind == ColumnKind::Index
}
