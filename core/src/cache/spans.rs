//! Stretches of time that a store was given, so that what lies between bars is known to be empty.

/// From one millisecond to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first millisecond.
    pub start: i64,
    /// The last one.
    pub end: i64,
}

/// Spans in order, none of which touches the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spans(Vec<Span>);

impl Spans {
    /// Those given, of which none may touch the next.
    pub(super) fn of_sorted(spans: Vec<Span>) -> Option<Self> {
        let apart = |pair: &[Span]| {
            pair[0]
                .end
                .checked_add(1)
                .is_some_and(|next| next < pair[1].start)
        };
        let fine = spans.iter().all(|s| s.start <= s.end) && spans.windows(2).all(apart);
        fine.then_some(Self(spans))
    }

    /// The spans.
    #[must_use]
    pub fn as_slice(&self) -> &[Span] {
        &self.0
    }

    /// Adds a span, which may touch others.
    pub fn add(&mut self, span: Span) {
        if span.start > span.end {
            return;
        }
        let from = self
            .0
            .partition_point(|s| s.end < span.start.saturating_sub(1));
        let to = self
            .0
            .partition_point(|s| s.start <= span.end.saturating_add(1));
        let mut whole = span;
        if let [first, ..] = self.0[from..to] {
            whole.start = if first.start < whole.start {
                first.start
            } else {
                whole.start
            };
        }
        if let [.., last] = self.0[from..to] {
            whole.end = if last.end > whole.end {
                last.end
            } else {
                whole.end
            };
        }
        self.0.splice(from..to, [whole]);
    }

    /// Takes a span away.
    pub fn cut(&mut self, span: Span) {
        if span.start > span.end {
            return;
        }
        let kept = core::mem::take(&mut self.0);
        for s in kept {
            if s.end < span.start || s.start > span.end {
                self.0.push(s);
                continue;
            }
            if s.start < span.start {
                self.0.push(Span {
                    start: s.start,
                    end: span.start - 1,
                });
            }
            if s.end > span.end {
                self.0.push(Span {
                    start: span.end + 1,
                    end: s.end,
                });
            }
        }
    }

    /// What of a span is not there.
    #[must_use]
    pub fn missing(&self, span: Span) -> Vec<Span> {
        let mut left = Self::default();
        left.add(span);
        for &s in &self.0 {
            left.cut(s);
        }
        left.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const END: i64 = 40;

    fn marks(spans: &Spans) -> Vec<bool> {
        let inside = |t: i64| spans.as_slice().iter().any(|s| s.start <= t && t <= s.end);
        (0..=END).map(inside).collect()
    }

    proptest! {
        #[test]
        fn a_line_of_marks_is_the_judge(
            steps in prop::collection::vec((any::<bool>(), 0..=END, 0..=END), 0..20),
            asked in (0..=END, 0..=END),
        ) {
            let mut spans = Spans::default();
            let mut line = vec![false; marks(&spans).len()];
            for (add, start, end) in steps {
                let span = Span { start, end };
                if add { spans.add(span) } else { spans.cut(span) }
                for t in start..=end {
                    line[usize::try_from(t).unwrap()] = add;
                }
                prop_assert_eq!(marks(&spans), line.clone());
                prop_assert!(Spans::of_sorted(spans.0.clone()).is_some());
            }
            let asked = Span { start: asked.0, end: asked.1 };
            let missing = Spans(spans.missing(asked));
            for (t, &there) in line.iter().enumerate() {
                let t = i64::try_from(t).unwrap();
                let within = asked.start <= t && t <= asked.end;
                prop_assert_eq!(marks(&missing)[usize::try_from(t).unwrap()], within && !there);
            }
        }
    }

    #[test]
    fn ends_of_time_do_not_overflow() {
        let mut spans = Spans::default();
        let all = Span {
            start: i64::MIN,
            end: i64::MAX,
        };
        spans.add(all);
        spans.add(Span { start: 5, end: 5 });
        assert_eq!(spans.as_slice(), [all]);
        assert_eq!(spans.missing(all), []);
        spans.cut(all);
        assert_eq!(spans.missing(all), [all]);
    }
}
