//! Which settings are taken.

use tvf_core::Code;
use tvf_core::builder::{BarBuilder, Hours, Setup};

#[test]
fn settings_are_judged() {
    let error = |setup: Setup<'_>| {
        let error = BarBuilder::new(&setup).unwrap_err();
        (error.code, error.name)
    };
    let setup = Setup::default();
    for (wrong, code, name) in [
        (
            Setup {
                timeframe: "1x",
                ..setup
            },
            Code::ParamChoice,
            "timeframe",
        ),
        (
            Setup {
                timeframe: "99h",
                ..setup
            },
            Code::ParamRange,
            "timeframe",
        ),
        (Setup { zone: "", ..setup }, Code::Session, "zone"),
        (
            Setup {
                open: Some(f64::NAN),
                ..setup
            },
            Code::Session,
            "open",
        ),
        (
            Setup {
                session: Some("nine"),
                ..setup
            },
            Code::Session,
            "session",
        ),
        (
            Setup {
                open: Some(0.0),
                session: Some("09:30-16:00"),
                ..setup
            },
            Code::Session,
            "session",
        ),
        (
            Setup {
                outside: "x",
                ..setup
            },
            Code::ParamChoice,
            "outside",
        ),
        (Setup { late: "", ..setup }, Code::ParamChoice, "late"),
        (
            Setup {
                fill: "zero",
                ..setup
            },
            Code::ParamChoice,
            "fill",
        ),
        (
            Setup {
                limit: 0.0,
                ..setup
            },
            Code::ParamRange,
            "limit",
        ),
        (
            Setup {
                limit: f64::NAN,
                ..setup
            },
            Code::ParamRange,
            "limit",
        ),
    ] {
        assert_eq!(error(wrong), (code, name.to_string()));
    }
    assert_eq!(
        Hours::parse("18:00-17:00").unwrap().to_string(),
        "18:00-17:00"
    );
}
