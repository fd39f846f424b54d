//! The catalog: one file per indicator, one line per file.

use crate::indicator::Entry;

macro_rules! indicators {
    ($($module:ident :: $name:ident,)+) => {
        $(mod $module;)+
        /// Every indicator, in the order of the documentation.
        pub static ALL: &[Entry] = &[$(Entry::of::<$module::$name>(),)+];
    };
}

indicators! {
    sma::Sma,
    ema::Ema,
    wma::Wma,
    hma::Hma,
    vwma::Vwma,
    rsi::Rsi,
    stoch::Stoch,
    macd::Macd,
    bbands::Bbands,
    keltner::Keltner,
    sma_atr_channel::SmaAtrChannel,
    psar::Psar,
    atr::Atr,
    adx::Adx,
    obv::Obv,
    cmf::Cmf,
    rvol::Rvol,
    vwap::Vwap,
    sma_cross::SmaCross,
}
