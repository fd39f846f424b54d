//! Turns definitions into the names of the hosts.

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
