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
    rsi::Rsi,
    stoch::Stoch,
    macd::Macd,
    bbands::Bbands,
    atr::Atr,
    adx::Adx,
    ichimoku::Ichimoku,
    psar::Psar,
    keltner::Keltner,
    vwap::Vwap,
    vwma::Vwma,
    obv::Obv,
    cmf::Cmf,
    rvol::Rvol,
    sma_atr_channel::SmaAtrChannel,
    supertrend::Supertrend,
    donchian::Donchian,
    cci::Cci,
    mfi::Mfi,
    williams_r::WilliamsR,
    roc::Roc,
    momentum::Momentum,
    cmo::Cmo,
    aroon::Aroon,
    stoch_rsi::StochRsi,
    ppo::Ppo,
    trix::Trix,
    tsi::Tsi,
    natr::Natr,
    stddev::Stddev,
    linear_regression::LinearRegression,
    adl::Adl,
    chaikin_oscillator::ChaikinOscillator,
    vortex::Vortex,
    awesome::Awesome,
    dpo::Dpo,
    ultimate::Ultimate,
    zigzag::Zigzag,
    fractals::Fractals,
    pivot_points::PivotPoints,
    sma_cross::SmaCross,
    support_resistance::SupportResistance,
    volume_profile::VolumeProfile,
    heartbeat::Heartbeat,
}
