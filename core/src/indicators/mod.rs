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
    rma::Rma,
    dema::Dema,
    tema::Tema,
    t3::T3,
    trima::Trima,
    zlema::Zlema,
    ehma::Ehma,
    thma::Thma,
    swma::Swma,
    lsma::Lsma,
    alma::Alma,
    kama::Kama,
    vidya::Vidya,
    frama::Frama,
    mcginley::Mcginley,
    jma::Jma,
    laguerre::Laguerre,
    super_smoother::SuperSmoother,
    mama::Mama,
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
    sma_cross::SmaCross,
    support_resistance::SupportResistance,
    volume_profile::VolumeProfile,
    heartbeat::Heartbeat,
}
