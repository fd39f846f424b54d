//! The official Rust port of TA-Lib as the judge of everything that it has too.
//!
//! Under `compat = "talib"` the same bars have values, and they agree to 1e-10 of the scale of the
//! input (of 100 for oscillators), flat and rangeless bars included.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::*;
use ta_lib::{Core, MAType, OutRange, RetCode};
use tvf_core::{ALL, Arg, Entry, ParamKind, Params, Profile};

type Judge = fn(&Core, &Bars, &Params, &mut [Vec<f64>]) -> Result<OutRange, RetCode>;

/// A parameter as TA-Lib wants it.
fn int(params: &Params, name: &str) -> i32 {
    i32::try_from(params.period(name)).unwrap()
}

/// A setting as it is written in a case.
fn arg(word: &'static str) -> Arg<'static> {
    word.parse().map_or(Arg::Text(word), Arg::Number)
}

struct Case {
    id: &'static str,
    /// Parameters that TA-Lib does not have keep their defaults.
    varied: &'static [&'static str],
    /// TA-Lib refuses smaller periods.
    min: usize,
    /// Parameters that must be set for the two to mean the same.
    fixed: &'static [(&'static str, &'static str)],
    /// Whether values are shares of 100 rather than prices.
    percent: bool,
    judge: Judge,
}

impl Case {
    /// How many of our outputs TA-Lib has, too.
    fn compared(&self, entry: &Entry) -> usize {
        match self.id {
            "vwap" | "ppo" | "tsi" => 1,
            "ichimoku" | "linear_regression" => 4,
            _ => entry.spec.series().len(),
        }
    }

    /// What stays different, or cannot be compared, for docs/conventions.md.
    fn apart(&self) -> &'static [&'static str] {
        match self.id {
            "ichimoku" => &["It has no lagging line."],
            "kama" => {
                &["Its fast and slow are always 2 and 30, and its period of 1 gives the source."]
            }
            "frama" => &["It refuses odd periods."],
            "lsma" => &["It has no offset."],
            "mcginley" => &["It has no factor."],
            "vidya" => &["Its period of 1 gives the source."],
            "psar" => &[
                "It fuses multiplication and addition: where a stop creeps up to a price that stands still, it may be touched a bar earlier or later, and all turns behind that differ.",
            ],
            "rvol" => &[
                "The first trade after a mean of 0 is infinitely many times the usual there, and missing here.",
            ],
            "natr" => &["With a period of 1 it gives the true range itself."],
            "ppo" | "tsi" => &["It has no signal line."],
            "stoch_rsi" => &["It does not smooth k."],
            "vwap" => &["It has no bands and never begins anew."],
            _ => &[],
        }
    }

    /// A line of docs/agreement.json. What follows the digits may differ by rounding.
    fn line(&self, entry: &Entry, worst: f64, compared: usize) -> [String; 2] {
        let outputs = entry.spec.series().iter().map(|output| output.name);
        let outputs: Vec<&str> = outputs.take(self.compared(entry)).collect();
        let fixed = self.fixed.iter();
        let fixed: Vec<String> = fixed
            .map(|(name, word)| match arg(word) {
                Arg::Text(word) => format!("{name}=\"{word}\""),
                Arg::Number(x) => format!("{name}={x}"),
            })
            .collect();
        let (mut digits, mut bound) = (0, 0.1);
        while worst <= bound && digits < 17 {
            (digits, bound) = (digits + 1, bound / 10.0);
        }
        [
            format!(
                "{{\"entry\": {:?}, \"reference\": \"TA-Lib\", \"profile\": \"talib\", \"settings\": {fixed:?}, \"outputs\": {outputs:?}, \"digits\": {digits},",
                self.id
            ),
            format!(
                " \"worst\": {worst:.1e}, \"values\": {compared}, \"apart\": {:?}}}",
                self.apart()
            ),
        ]
    }
}

const CASES: &[Case] = &[
    Case {
        id: "sma",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| core.sma(0, b.len() - 1, &b.close, int(p, "period"), &mut out[0]),
    },
    Case {
        id: "ema",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| core.ema(0, b.len() - 1, &b.close, int(p, "period"), &mut out[0]),
    },
    Case {
        id: "wma",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| core.wma(0, b.len() - 1, &b.close, int(p, "period"), &mut out[0]),
    },
    Case {
        id: "hma",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| core.hma(0, b.len() - 1, &b.close, int(p, "period"), &mut out[0]),
    },
    Case {
        id: "rma",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| core.rma(0, b.len() - 1, &b.close, int(p, "period"), &mut out[0]),
    },
    Case {
        id: "dema",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| core.dema(0, b.len() - 1, &b.close, int(p, "period"), &mut out[0]),
    },
    Case {
        id: "tema",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| core.tema(0, b.len() - 1, &b.close, int(p, "period"), &mut out[0]),
    },
    Case {
        id: "t3",
        varied: &["period", "factor"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            core.t3(
                0,
                b.len() - 1,
                &b.close,
                int(p, "period"),
                p.number("factor"),
                &mut out[0],
            )
        },
    },
    Case {
        id: "trima",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            core.trima(0, b.len() - 1, &b.close, int(p, "period"), &mut out[0])
        },
    },
    Case {
        id: "zlema",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            core.zlema(0, b.len() - 1, &b.close, int(p, "period"), &mut out[0])
        },
    },
    Case {
        id: "lsma",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            core.linearreg(0, b.len() - 1, &b.close, int(p, "period"), &mut out[0])
        },
    },
    Case {
        id: "alma",
        varied: &["period", "offset", "sigma"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            core.alma(
                0,
                b.len() - 1,
                &b.close,
                int(p, "period"),
                p.number("sigma"),
                p.number("offset"),
                &mut out[0],
            )
        },
    },
    Case {
        id: "kama",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| core.kama(0, b.len() - 1, &b.close, int(p, "period"), &mut out[0]),
    },
    Case {
        id: "vidya",
        varied: &["period", "cmo_period"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            core.vidya(
                0,
                b.len() - 1,
                &b.close,
                int(p, "period"),
                int(p, "cmo_period"),
                &mut out[0],
            )
        },
    },
    Case {
        id: "frama",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            // It refuses odd periods; here one counts as the even one below it.
            let period = int(p, "period") / 2 * 2;
            core.frama(0, b.len() - 1, &b.high, &b.low, period, &mut out[0])
        },
    },
    Case {
        id: "mcginley",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| core.mcgd(0, b.len() - 1, &b.close, int(p, "period"), &mut out[0]),
    },
    Case {
        id: "mama",
        varied: &["fast", "slow"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let [mama, fama] = out else {
                return Err(RetCode::BadParam);
            };
            let [fast, slow] = ["fast", "slow"].map(|name| p.number(name));
            core.mama(0, b.len() - 1, &b.close, fast, slow, mama, fama)
        },
    },
    Case {
        id: "vwma",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.vwma(0, n, &b.close, &b.volume, int(p, "period"), &mut out[0])
        },
    },
    Case {
        id: "keltner",
        varied: &["period", "mult", "atr_period"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let [upper, middle, lower] = out else {
                return Err(RetCode::BadParam);
            };
            core.kc(
                0,
                b.len() - 1,
                &b.high,
                &b.low,
                &b.close,
                int(p, "period"),
                int(p, "atr_period"),
                p.number("mult"),
                upper,
                middle,
                lower,
            )
        },
    },
    Case {
        id: "cmf",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            core.cmf(
                0,
                b.len() - 1,
                &b.high,
                &b.low,
                &b.close,
                &b.volume,
                int(p, "period"),
                &mut out[0],
            )
        },
    },
    Case {
        id: "rsi",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| core.rsi(0, b.len() - 1, &b.close, int(p, "period"), &mut out[0]),
    },
    Case {
        id: "stoch",
        varied: &["period", "k", "d"],
        min: 1,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| {
            let [k, d] = out else {
                return Err(RetCode::BadParam);
            };
            core.stoch(
                0,
                b.len() - 1,
                &b.high,
                &b.low,
                &b.close,
                int(p, "period"),
                int(p, "k"),
                MAType::SMA,
                int(p, "d"),
                MAType::SMA,
                k,
                d,
            )
        },
    },
    Case {
        id: "macd",
        varied: &["fast", "slow", "signal"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let [macd, signal, hist] = out else {
                return Err(RetCode::BadParam);
            };
            core.macd(
                0,
                b.len() - 1,
                &b.close,
                int(p, "fast"),
                int(p, "slow"),
                int(p, "signal"),
                macd,
                signal,
                hist,
            )
        },
    },
    Case {
        id: "bbands",
        varied: &["period", "mult"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let [upper, middle, lower] = out else {
                return Err(RetCode::BadParam);
            };
            let mult = p.number("mult");
            core.bbands(
                0,
                b.len() - 1,
                &b.close,
                int(p, "period"),
                mult,
                mult,
                MAType::SMA,
                upper,
                middle,
                lower,
            )
        },
    },
    Case {
        id: "atr",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            core.atr(
                0,
                b.len() - 1,
                &b.high,
                &b.low,
                &b.close,
                int(p, "period"),
                &mut out[0],
            )
        },
    },
    Case {
        id: "psar",
        varied: &["start", "step", "max", "first"],
        min: 0,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let [value, trend] = out else {
                return Err(RetCode::BadParam);
            };
            // The first stop says the direction by its sign; 0 leaves it to the bars.
            let first = match p.text("first") {
                Some("up") => b.low[0],
                Some("down") => -b.high[0],
                _ => 0.0,
            };
            let [start, step, max] = ["start", "step", "max"].map(|name| p.number(name));
            let n = b.len() - 1;
            let range = core.sarext(
                0, n, &b.high, &b.low, first, 0.0, start, step, max, start, step, max, value,
            )?;
            for (value, trend) in value.iter_mut().zip(trend) {
                *trend = 1f64.copysign(*value);
                *value = value.abs();
            }
            Ok(range)
        },
    },
    Case {
        id: "adx",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| {
            let (n, period) = (b.len() - 1, int(p, "period"));
            let [adx, plus, minus] = out else {
                return Err(RetCode::BadParam);
            };
            // Three functions with two starts: each is put in its place, and the whole is said to start at 0.
            place(adx, n, |o| {
                core.adx(0, n, &b.high, &b.low, &b.close, period, o)
            })?;
            place(plus, n, |o| {
                core.plus_di(0, n, &b.high, &b.low, &b.close, period, o)
            })?;
            place(minus, n, |o| {
                core.minus_di(0, n, &b.high, &b.low, &b.close, period, o)
            })?;
            Ok(OutRange {
                beg_idx: 0,
                count: b.len(),
            })
        },
    },
    Case {
        id: "obv",
        varied: &[],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, _, out| core.obv(0, b.len() - 1, &b.close, &b.volume, &mut out[0]),
    },
    Case {
        id: "rvol",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            let range = core.rvol(0, n, &b.volume, int(p, "period"), &mut out[0])?;
            // The first trade after a mean of 0 is infinitely many times the usual in TA-Lib. No
            // infinite number leaves this library: it would stick in whatever is computed of it.
            for value in &mut out[0] {
                if value.is_infinite() {
                    *value = f64::NAN;
                }
            }
            Ok(range)
        },
    },
    Case {
        id: "vwap",
        varied: &[],
        min: 1,
        fixed: &[("anchor", "none")],
        percent: false,
        judge: |core, b, _, out| {
            core.vwap(
                0,
                b.len() - 1,
                &b.high,
                &b.low,
                &b.close,
                &b.volume,
                &mut out[0],
            )
        },
    },
    Case {
        id: "ichimoku",
        varied: &["conversion", "base", "span"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let [conversion, base, span_a, span_b, _] = out else {
                return Err(RetCode::BadParam);
            };
            core.ichimoku(
                0,
                b.len() - 1,
                &b.high,
                &b.low,
                int(p, "conversion"),
                int(p, "base"),
                int(p, "span"),
                conversion,
                base,
                span_a,
                span_b,
            )
        },
    },
    Case {
        id: "supertrend",
        varied: &["period", "mult"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            let [value, trend] = out else {
                return Err(RetCode::BadParam);
            };
            let mut signs = vec![0; b.len()];
            let range = core.supertrend(
                0,
                n,
                &b.high,
                &b.low,
                &b.close,
                int(p, "period"),
                p.number("mult"),
                value,
                &mut signs,
            )?;
            for (trend, sign) in trend.iter_mut().zip(signs) {
                *trend = f64::from(sign);
            }
            Ok(range)
        },
    },
    Case {
        id: "donchian",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            let [upper, middle, lower] = out else {
                return Err(RetCode::BadParam);
            };
            core.donchian(
                0,
                n,
                &b.high,
                &b.low,
                int(p, "period"),
                upper,
                middle,
                lower,
            )
        },
    },
    Case {
        id: "cci",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.cci(
                0,
                n,
                &b.high,
                &b.low,
                &b.close,
                int(p, "period"),
                &mut out[0],
            )
        },
    },
    Case {
        id: "mfi",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.mfi(
                0,
                n,
                &b.high,
                &b.low,
                &b.close,
                &b.volume,
                int(p, "period"),
                &mut out[0],
            )
        },
    },
    Case {
        id: "williams_r",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.willr(
                0,
                n,
                &b.high,
                &b.low,
                &b.close,
                int(p, "period"),
                &mut out[0],
            )
        },
    },
    Case {
        id: "roc",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.roc(0, n, &b.close, int(p, "period"), &mut out[0])
        },
    },
    Case {
        id: "momentum",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.mom(0, n, &b.close, int(p, "period"), &mut out[0])
        },
    },
    Case {
        id: "cmo",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.cmo(0, n, &b.close, int(p, "period"), &mut out[0])
        },
    },
    Case {
        id: "aroon",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            let [up, down, oscillator] = out else {
                return Err(RetCode::BadParam);
            };
            core.aroonosc(0, n, &b.high, &b.low, int(p, "period"), oscillator)?;
            core.aroon(0, n, &b.high, &b.low, int(p, "period"), down, up)
        },
    },
    Case {
        id: "stoch_rsi",
        varied: &["period", "range", "d"],
        min: 2,
        fixed: &[("k", "1")],
        percent: true,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            let [k, d] = out else {
                return Err(RetCode::BadParam);
            };
            core.stochrsi(
                0,
                n,
                &b.close,
                int(p, "period"),
                int(p, "range"),
                int(p, "d"),
                MAType::SMA,
                k,
                d,
            )
        },
    },
    Case {
        id: "ppo",
        varied: &["fast", "slow"],
        min: 2,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.ppo(
                0,
                n,
                &b.close,
                int(p, "fast"),
                int(p, "slow"),
                MAType::EMA,
                &mut out[0],
            )
        },
    },
    Case {
        id: "trix",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.trix(0, n, &b.close, int(p, "period"), &mut out[0])
        },
    },
    Case {
        id: "tsi",
        varied: &["long", "short"],
        min: 2,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.tsi(0, n, &b.close, int(p, "long"), int(p, "short"), &mut out[0])
        },
    },
    Case {
        id: "natr",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.natr(
                0,
                n,
                &b.high,
                &b.low,
                &b.close,
                int(p, "period"),
                &mut out[0],
            )
        },
    },
    Case {
        id: "stddev",
        varied: &["period", "mult"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.stddev(
                0,
                n,
                &b.close,
                int(p, "period"),
                p.number("mult"),
                &mut out[0],
            )
        },
    },
    Case {
        id: "linear_regression",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let (n, period) = (b.len() - 1, int(p, "period"));
            let [value, slope, intercept, angle, _] = out else {
                return Err(RetCode::BadParam);
            };
            core.linearreg_slope(0, n, &b.close, period, slope)?;
            core.linearreg_intercept(0, n, &b.close, period, intercept)?;
            core.linearreg_angle(0, n, &b.close, period, angle)?;
            core.linearreg(0, n, &b.close, period, value)
        },
    },
    Case {
        id: "adl",
        varied: &[],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, _, out| {
            let n = b.len() - 1;
            core.ad(0, n, &b.high, &b.low, &b.close, &b.volume, &mut out[0])
        },
    },
    Case {
        id: "chaikin_oscillator",
        varied: &["fast", "slow"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.adosc(
                0,
                n,
                &b.high,
                &b.low,
                &b.close,
                &b.volume,
                int(p, "fast"),
                int(p, "slow"),
                &mut out[0],
            )
        },
    },
    Case {
        id: "vortex",
        varied: &["period"],
        min: 1,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            let [plus, minus] = out else {
                return Err(RetCode::BadParam);
            };
            core.vortex(
                0,
                n,
                &b.high,
                &b.low,
                &b.close,
                int(p, "period"),
                plus,
                minus,
            )
        },
    },
    Case {
        id: "awesome",
        varied: &["fast", "slow"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.ao(
                0,
                n,
                &b.high,
                &b.low,
                int(p, "fast"),
                int(p, "slow"),
                &mut out[0],
            )
        },
    },
    Case {
        id: "dpo",
        varied: &["period"],
        min: 2,
        fixed: &[],
        percent: false,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.dpo(0, n, &b.close, int(p, "period"), &mut out[0])
        },
    },
    Case {
        id: "ultimate",
        varied: &["short", "medium", "long"],
        min: 1,
        fixed: &[],
        percent: true,
        judge: |core, b, p, out| {
            let n = b.len() - 1;
            core.ultosc(
                0,
                n,
                &b.high,
                &b.low,
                &b.close,
                int(p, "short"),
                int(p, "medium"),
                int(p, "long"),
                &mut out[0],
            )
        },
    },
];

/// Moves values from the front of a buffer to the bars they belong to.
fn place(
    out: &mut [f64],
    last: usize,
    run: impl FnOnce(&mut [f64]) -> Result<OutRange, RetCode>,
) -> Result<(), RetCode> {
    let range = run(out)?;
    let values = out[..range.count].to_vec();
    out.fill(f64::NAN);
    if range.count > 0 {
        out[range.beg_idx..=last].copy_from_slice(&values);
    }
    Ok(())
}

/// Markets of every kind, up to 900 bars.
fn markets() -> Vec<(&'static str, Bars)> {
    let walk = Bars::walk(900, 21);
    let mut ticks = Bars::walk(900, 22);
    for column in ticks.prices() {
        for x in column {
            *x = (*x * 4.0).round() / 4.0;
        }
    }
    let mut halts = ticks.clone();
    for from in [0, 150, 400, 700] {
        for column in halts.prices() {
            let price = column[from];
            column[from..from + 60].fill(price);
        }
        let price = halts.close[from];
        halts
            .prices()
            .into_iter()
            .for_each(|c| c[from..from + 60].fill(price));
        halts.volume[from..from + 30].fill(0.0);
    }
    let mut rangeless = walk.clone();
    let close = rangeless.close.clone();
    rangeless
        .prices()
        .into_iter()
        .for_each(|c| c.clone_from(&close));
    let scaled = |by: f64| {
        let mut bars = walk.clone();
        bars.prices().into_iter().flatten().for_each(|x| *x *= by);
        bars
    };
    vec![
        ("walk", walk.clone()),
        ("ticks", ticks),
        ("halts", halts),
        ("rangeless", rangeless),
        ("flat", Bars::flat(900, 42.5)),
        ("zero", Bars::flat(900, 0.0)),
        ("large", scaled(1e9)),
        ("small", scaled(1e-9)),
        ("short", walk.slice(0, 20)),
        ("one bar", walk.slice(0, 1)),
    ]
}

fn random_params(case: &Case, random: &mut Random) -> Params {
    let entry = tvf_core::find(case.id).unwrap();
    let mut args: Vec<(&str, Arg<'_>)> = case
        .fixed
        .iter()
        .map(|(name, word)| (*name, arg(word)))
        .collect();
    for name in case.varied {
        let kind = entry.spec.params[entry.spec.param_index(name).unwrap()].kind;
        let value = match kind {
            ParamKind::Float { min, max } => {
                let most = if max < 4.0 { max } else { 4.0 };
                let value = (random.unit() * most * 100.0).round() / 100.0;
                Arg::Number(if value < min { min } else { value })
            }
            ParamKind::Choice { choices } => Arg::Text(choices[random.below(choices.len())]),
            _ => {
                let most = if random.below(4) == 0 { 200 } else { 40 };
                Arg::Number((case.min + random.below(most)) as f64)
            }
        };
        args.push((name, value));
    }
    Params::named(&entry.spec, Profile::TaLib, args).unwrap()
}

/// TA-Lib's SAR fuses multiplication and addition. A stop that creeps up to a standing price then
/// touches it a bar earlier or later, and all turns behind it differ. With a power of 2 as the only
/// acceleration both round once, and must agree.
fn with_exact_products(params: &Params, round: u32) -> Params {
    let acceleration = Arg::Number(1.0 / f64::from(1 << (round % 6)));
    let args = params.signature().params.iter().enumerate().map(|(i, p)| {
        let number = matches!(p.kind, ParamKind::Float { .. });
        Some(if number { acceleration } else { params.arg(i) })
    });
    Params::positional(
        params.signature(),
        Profile::TaLib,
        &args.collect::<Vec<_>>(),
    )
    .unwrap()
}

#[test]
fn equal_to_ta_lib() {
    let core = Core::new();
    let known = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/agreement.json");
    let known = std::fs::read_to_string(known).unwrap_or_default();
    let mut changed = Vec::new();
    for case in CASES {
        let mut worst = 0.0;
        let mut compared = 0;
        let entry = tvf_core::find(case.id).unwrap();
        let mut random = Random(23);
        for round in 0..100 {
            let params = random_params(case, &mut random);
            for (kind, bars) in markets() {
                let params = if case.id == "psar" && kind == "halts" {
                    with_exact_products(&params, round)
                } else {
                    params
                };
                let what = format!("{} on {kind}", describe(&params));
                // A stop at 0 has no sign to tell TA-Lib the first direction with.
                if kind == "zero" && params.text("first").is_some_and(|word| word != "auto") {
                    continue;
                }
                let n = bars.len();
                let mut theirs = vec![vec![f64::NAN; n]; entry.spec.series().len()];
                let range = (case.judge)(&core, &bars, &params, &mut theirs)
                    .unwrap_or_else(|e| panic!("{what}: {e:?}"));
                let ours = run_batch(entry, &params, &bars);
                let size = |c: &[f64]| {
                    c.iter()
                        .fold(0.0, |a: f64, x| if x.abs() > a { x.abs() } else { a })
                };
                let scale = match case.id {
                    _ if case.percent => 100.0,
                    "obv" | "adl" | "chaikin_oscillator" => bars.volume.iter().sum(),
                    // Shares and multiples of 1.
                    "cmf" | "rvol" | "vortex" => 1.0,
                    _ => size(&bars.high),
                };
                for (o, theirs) in theirs.iter().enumerate().take(case.compared(entry)) {
                    for i in 0..n {
                        let theirs = if i < range.beg_idx || i >= range.beg_idx + range.count {
                            f64::NAN
                        } else {
                            theirs[i - range.beg_idx]
                        };
                        let ours = ours[o][i];
                        assert_eq!(
                            ours.is_nan(),
                            theirs.is_nan(),
                            "{what}: output {o}, bar {i}: {ours} and {theirs}"
                        );
                        if !ours.is_nan() {
                            compared += 1;
                            let apart = (ours - theirs).abs();
                            assert!(
                                apart <= 1e-10 * scale,
                                "{what}: output {o}, bar {i}: {ours} is not {theirs}"
                            );
                            if scale > 0.0 && apart / scale > worst {
                                worst = apart / scale;
                            }
                        }
                    }
                }
            }
            if case.varied.is_empty() && round == 0 {
                break;
            }
        }
        let [digits, rest] = case.line(entry, worst, compared);
        println!("agreement: {digits}{rest}");
        if !known.contains(&digits) {
            changed.push(case.id);
        }
    }
    assert!(
        changed.is_empty(),
        "docs/agreement.json is out of date for {changed:?}: run `make agreement`"
    );
}

/// An entry that TA-Lib has as well must be judged above.
#[test]
fn every_entry_that_ta_lib_has_is_judged() {
    let not_in_ta_lib = [
        "ehma",
        "thma",
        "swma",
        "jma",
        "laguerre",
        "super_smoother",
        // Judged below: a table.
        "fractals",
        "pivot_points",
        "sma_atr_channel",
        "sma_cross",
        "support_resistance",
        "volume_profile",
        "heartbeat",
        // Another rule, as its definition says.
        "zigzag",
    ];
    for entry in ALL {
        let judged = CASES.iter().any(|c| c.id == entry.spec.id);
        assert_ne!(
            judged,
            not_in_ta_lib.contains(&entry.spec.id),
            "{}",
            entry.spec.id
        );
    }
}

/// TA-Lib marks a fractal at the bar that confirms it, too.
#[test]
fn fractals_are_those_of_ta_lib() {
    let core = Core::new();
    let entry = tvf_core::find("fractals").unwrap();
    let mut random = Random(29);
    let mut found = 0;
    for _ in 0..50 {
        let [left, right] = [0; 2].map(|_| Arg::Number((1 + random.below(12)) as f64));
        let args = [("left", left), ("right", right)];
        let params = Params::named(&entry.spec, Profile::TaLib, args).unwrap();
        for (kind, bars) in markets() {
            let n = bars.len();
            let (mut tops, mut bottoms) = (vec![0; n], vec![0; n]);
            let [left, right] = ["left", "right"].map(|name| int(&params, name));
            let range = core
                .fractal(
                    0,
                    n - 1,
                    &bars.high,
                    &bars.low,
                    left,
                    right,
                    &mut tops,
                    &mut bottoms,
                )
                .unwrap();
            let mut theirs = vec![Vec::new(); 4];
            for (i, (top, bottom)) in tops.iter().zip(&bottoms).take(range.count).enumerate() {
                if *top + *bottom > 0 {
                    let index = range.beg_idx + i;
                    let pivot = index - params.period("right");
                    let mark = |marked: i32, price: f64| if marked > 0 { price } else { f64::NAN };
                    theirs[0].push(index as f64);
                    theirs[1].push(pivot as f64);
                    theirs[2].push(mark(*top, bars.high[pivot]));
                    theirs[3].push(mark(*bottom, bars.low[pivot]));
                }
            }
            let mut ours = run_batch(entry, &params, &bars);
            ours.remove(2);
            found += ours[0].len();
            assert_same(&ours, &theirs, &format!("{} on {kind}", describe(&params)));
        }
    }
    assert!(found > 10_000);
}
