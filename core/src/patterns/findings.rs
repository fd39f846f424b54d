//! Where a detector puts what it finds.

use super::pattern::{Miss, Pattern};

/// Certain patterns in the order of their confirmation, and near misses if they are wanted.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// The patterns.
    pub patterns: Vec<Pattern>,
    misses: Option<Vec<Miss>>,
}

impl Findings {
    /// Findings that keep near misses too.
    #[must_use]
    pub const fn with_misses() -> Self {
        Self {
            patterns: Vec::new(),
            misses: Some(Vec::new()),
        }
    }

    /// Adds a pattern.
    pub fn add(&mut self, pattern: Pattern) {
        self.patterns.push(pattern);
    }

    /// Whether near misses are wanted: looking for them may cost as much as the patterns do.
    #[must_use]
    pub const fn wants_misses(&self) -> bool {
        self.misses.is_some()
    }

    /// Adds a near miss, which is only made if somebody wants it.
    pub fn miss(&mut self, miss: impl FnOnce() -> Miss) {
        if let Some(misses) = &mut self.misses {
            misses.push(miss());
        }
    }

    /// The near misses; none if they were not wanted.
    #[must_use]
    pub fn misses(&self) -> &[Miss] {
        self.misses.as_deref().unwrap_or_default()
    }
}
