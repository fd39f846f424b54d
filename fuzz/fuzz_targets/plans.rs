//! Any sets: refused, or the same bits at once, in parallel groups, bar by bar, and as nested calls.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use tvf_core::{Arg, Entry, Job, Member, Params, Plan, Set, Setting, Sink, Source, Table, find};
use tvf_fuzz::{Bars, COLUMNS, Pick, Piece, Settings, Values, assert_same, run_batch};

#[derive(Arbitrary, Debug)]
struct Input {
    members: Vec<Spec>,
    /// Members around the last one, each the source of the next.
    around: u8,
    /// Which columns the bars have, a bit for each; all of them for none.
    columns: u8,
    bars: Vec<Piece>,
    /// Bars before which the set looks at another one, and which it takes back once; a bit for each, over and over.
    peeks: u8,
    undone: u8,
}

#[derive(Arbitrary, Debug)]
struct Spec {
    what: What,
    sources: [Option<(Name, From)>; 2],
}

#[derive(Arbitrary, Debug)]
enum What {
    New(Pick, Settings),
    /// What a member before was, over its own sources: a plan must tell them apart, or not compute twice.
    Again(u8),
}

#[derive(Arbitrary, Debug)]
enum From {
    Column(Name),
    /// A member that was given before.
    Member(u8, Option<Name>),
}

/// The name at a position, or any text.
#[derive(Arbitrary, Debug)]
enum Name {
    At(u8),
    Any(String),
}

impl Name {
    fn of<'a>(&'a self, names: &[&'a str]) -> &'a str {
        match self {
            Self::At(i) if !names.is_empty() => names[usize::from(*i) % names.len()],
            Self::At(_) => "",
            Self::Any(text) => text,
        }
    }
}

/// Two sources each double the nested members.
const MOST_MEMBERS: usize = 8;
const MOST_BARS: usize = 600;

fuzz_target!(|input: Input| {
    let members = members(&input);
    let mut kept: Vec<usize> = (0..COLUMNS.len())
        .filter(|i| input.columns >> i & 1 == 1)
        .collect();
    if kept.is_empty() {
        kept = (0..COLUMNS.len()).collect();
    }
    let names: Vec<&str> = kept.iter().map(|i| COLUMNS[*i]).collect();
    let plan = match Plan::new(&members, &names) {
        Ok(plan) => plan,
        Err(error) => return assert!(!error.message().is_empty()),
    };
    assert_eq!(plan.members().len(), members.len());
    let bars = Bars::new(&input.bars);
    let n = bars.len().min(MOST_BARS);
    let columns: Vec<&[f64]> = kept.iter().map(|i| &bars.columns()[*i][..n]).collect();
    if plan.check(&columns).is_err() {
        return;
    }
    let whole = run(&plan, &columns, false);
    let labels: Vec<&str> = plan
        .sinks()
        .iter()
        .map(|sink| sink.label.as_str())
        .collect();
    for (label, (a, b)) in labels
        .iter()
        .zip(whole.iter().zip(run(&plan, &columns, true)))
    {
        assert_same(a, &b, &format!("{label} in groups"));
    }
    for (label, (a, b)) in labels
        .iter()
        .zip(whole.iter().zip(live(&plan, &columns, &input)))
    {
        assert_same(a, &b, &format!("{label} bar by bar"));
    }
    for (member, sink) in members.iter().zip(plan.members()) {
        if let Some(nested) = nested(member, &names, &columns) {
            assert_same(&nested, &whole[*sink], &format!("{} nested", labels[*sink]));
        }
    }
});

fn members(input: &Input) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    for spec in input.members.iter().take(MOST_MEMBERS) {
        let (entry, profile, settings) = match spec.what {
            What::New(pick, given) => {
                let entry = pick.entry();
                (entry, given.profile(), settings(entry, &given))
            }
            What::Again(i) => {
                let Some(before) = members.get(usize::from(i) % members.len().max(1)) else {
                    continue;
                };
                let entry = find(&before.id).expect("a member's id");
                (entry, before.profile, before.settings.clone())
            }
        };
        let inputs: Vec<&str> = entry.spec.inputs.iter().map(|i| i.name).collect();
        let sources = spec.sources.iter().flatten().map(|(input, from)| {
            let source = match from {
                From::Column(name) => Source::Column(name.of(&COLUMNS).to_string()),
                From::Member(i, output) => {
                    let Some(source) = members.get(usize::from(*i) % members.len().max(1)) else {
                        return (input.of(&inputs).to_string(), Source::Column(String::new()));
                    };
                    let outputs = outputs(source);
                    let output = output.as_ref().map(|name| name.of(&outputs).to_string());
                    Source::Member(Box::new(source.clone()), output)
                }
            };
            (input.of(&inputs).to_string(), source)
        });
        let sources = sources.collect();
        members.push(Member {
            id: entry.spec.id.into(),
            profile,
            settings,
            sources,
        });
    }
    for _ in 0..input.around % 40 {
        if let Some(inner) = members.pop() {
            members.push(Member {
                id: "ema".into(),
                settings: vec![("period".into(), Setting::Number(2.0))],
                sources: vec![("source".into(), Source::Member(Box::new(inner), None))],
                ..Member::default()
            });
        }
    }
    members
}

fn settings(entry: &Entry, settings: &Settings) -> Vec<(String, Setting)> {
    let args = settings.args(entry.spec.params);
    let given = entry
        .spec
        .params
        .iter()
        .zip(args)
        .filter_map(|(param, arg)| {
            let setting = match arg? {
                Arg::Number(x) => Setting::Number(x),
                Arg::Text(text) => Setting::Text(text.into()),
            };
            Some((param.name.to_string(), setting))
        });
    given.collect()
}

fn outputs(member: &Member) -> Vec<&'static str> {
    find(&member.id).map_or(vec![], |entry| {
        entry.spec.series().iter().map(|o| o.name).collect()
    })
}

/// Room for what each sink of a plan gets.
fn room(plan: &Plan, n: usize) -> (Vec<Values>, Vec<Table>) {
    let specs = || plan.sinks().iter().map(|sink| &sink.entry.spec);
    let series = specs().map(|spec| vec![vec![12345.678; n]; spec.series().len()]);
    let tables = specs().map(Table::of);
    (series.collect(), tables.collect())
}

fn results(series: Vec<Values>, tables: Vec<Table>) -> Vec<Values> {
    let results = series.into_iter().zip(tables);
    results
        .map(|(series, table)| {
            if series.is_empty() {
                table.into_columns()
            } else {
                series
            }
        })
        .collect()
}

fn run(plan: &Plan, columns: &[&[f64]], parallel: bool) -> Vec<Values> {
    let n = columns.first().map_or(0, |column| column.len());
    let (mut series, mut tables) = room(plan, n);
    let sinks = series.iter_mut().zip(&mut tables).map(|(series, table)| {
        if series.is_empty() {
            Sink::Table(table)
        } else {
            Sink::series(series.iter_mut().map(Vec::as_mut_slice))
        }
    });
    // The order in which threads take jobs must not matter.
    let backwards = |jobs: Vec<Job<'_>>| jobs.into_iter().rev().for_each(|job| job());
    plan.run(columns, sinks.collect(), parallel, backwards)
        .expect("checked columns");
    results(series, tables)
}

fn live(plan: &Plan, columns: &[&[f64]], input: &Input) -> Vec<Values> {
    let n = columns.first().map_or(0, |column| column.len());
    let (mut series, mut tables) = room(plan, n);
    let (_, mut spare) = room(plan, 0);
    let mut set = Set::new(plan);
    let mut values = vec![f64::NAN; plan.slots()];
    let lay = |values: &mut [f64], i: usize| {
        for (value, column) in values.iter_mut().zip(columns) {
            *value = column[i];
        }
    };
    for i in 0..n {
        if input.peeks >> (i % 8) & 1 == 1 {
            lay(&mut values, i / 2);
            set.peek_bar(&mut values, &mut spare, ask);
        }
        if input.undone >> (i % 8) & 1 == 1 {
            lay(&mut values, i / 2);
            set.bar(&mut values, &mut spare);
            set.undo();
        }
        lay(&mut values, i);
        set.bar(&mut values, &mut tables);
        for (sink, series) in series.iter_mut().enumerate() {
            for (output, value) in series.iter_mut().zip(&values[plan.result(sink)..]) {
                output[i] = *value;
            }
        }
    }
    ask(&mut set, &mut tables);
    results(series, tables)
}

fn ask(set: &mut Set, tables: &mut [Table]) {
    for (sink, table) in tables.iter_mut().enumerate() {
        set.report(sink, table);
    }
}

/// What calls within calls give; nothing where a computed column stands for the time and is refused as one.
fn nested(member: &Member, names: &[&str], columns: &[&[f64]]) -> Option<Values> {
    let entry = find(&member.id).ok()?;
    let settings = member.settings.iter().map(|(name, setting)| {
        let arg = match setting {
            Setting::Number(x) => Arg::Number(*x),
            Setting::Text(text) => Arg::Text(text),
        };
        (name.as_str(), arg)
    });
    let params = Params::named(&entry.spec, member.profile, settings).ok()?;
    let column = |name: &str| Some(columns[names.iter().position(|n| *n == name)?].to_vec());
    let mut inputs = Vec::new();
    for input in entry.spec.inputs {
        let given = member.sources.iter().find(|(name, _)| name == input.name);
        let found = match given {
            None if input.name == "source" => column("close"),
            None => column(input.name),
            Some((_, Source::Column(name))) => column(name),
            Some((_, Source::Member(source, output))) => {
                let inner = nested(source, names, columns)?;
                let outputs = outputs(source);
                let named = output
                    .as_ref()
                    .and_then(|name| outputs.iter().position(|o| o == name));
                inner.into_iter().nth(named.unwrap_or(0))
            }
        };
        inputs.extend(found);
    }
    let inputs: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
    run_batch(entry, &params, &inputs).ok()
}
