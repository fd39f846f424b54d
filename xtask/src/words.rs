//! Turns definitions into the names of the hosts, and into sentences that they share.

use tvf_core::{Params, Profile, Spec};

/// `sma_cross` as a type: `SmaCross`.
pub fn pascal(id: &str) -> String {
    id.split('_')
        .map(|word| {
            let mut chars = word.chars();
            chars
                .next()
                .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
        })
        .collect()
}

/// `sma_cross` as a JavaScript name: `smaCross`.
pub fn camel(id: &str) -> String {
    let mut name = pascal(id);
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    name
}

/// From which bar on the start of the data no longer matters with the default parameters, as a
/// sentence.
pub fn converged(spec: &'static Spec) -> String {
    let defaults = Params::positional(spec, Profile::default(), &[]).ok();
    let bar = defaults.and_then(|params| spec.converged_from(&params));
    match bar {
        Some(0) => "No value depends on where the data begins.".into(),
        Some(bar) => format!(
            "With the default parameters, from bar {bar} on the start of the data changes values by less than 1e-6."
        ),
        None => "The start of the data may matter however many bars follow.".into(),
    }
}
