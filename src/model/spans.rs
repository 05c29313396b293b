//! Many spans as one set of bytes.

use crate::source::Span;

/// The bytes of some spans.
#[derive(Debug, Default)]
pub struct Spans {
    /// In order; those that met are one.
    joined: Vec<Span>,
}

impl Spans {
    /// Whether a span has bytes in common with them.
    pub fn meets(&self, span: Span) -> bool {
        let next = self.joined.partition_point(|one| one.end <= span.start);
        let next = self.joined.get(next);
        next.is_some_and(|one| one.start < span.end)
    }
}

impl FromIterator<Span> for Spans {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort_unstable();
        let mut joined: Vec<Span> = Vec::new();
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.start <= last.end => *last = last.cover(span),
                _ => joined.push(span),
            }
        }
        Self { joined }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_meet_where_they_share_bytes() {
        let spans = [(10, 20), (2, 4), (12, 15), (20, 22)];
        let spans: Spans = spans
            .map(|(start, end)| Span::new(start, end))
            .into_iter()
            .collect();
        for (start, end, expected) in [
            (0, 2, false),
            (3, 4, true),
            (4, 10, false),
            (16, 18, true),
            (21, 30, true),
            (22, 30, false),
        ] {
            assert_eq!(
                spans.meets(Span::new(start, end)),
                expected,
                "{start}..{end}"
            );
        }
    }
}
