//! Series made by hand, for every shape and every rule.
