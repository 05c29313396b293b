//! Makes a text that pulldown-cmark can read: every tag becomes filler of the same length.
//!
//! ```text
//! <Callout title="a>b" />          <?xxxxxxxxxxxxxxxxxxx?>      flow
//! a <Tag text="x|y" /> b           a <xxxxxxxxxxxxxxxx> b       phrasing
//! ```
//!
//! Filler of a flow tag is an HTML block to CommonMark, filler of a phrasing tag is inline HTML,
//! and offsets stay those of the text. Which tags stand in code is pulldown-cmark's to say: tags
//! that it shows as code, and code that it does not see, are put right and the text is read again.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag as MarkdownTag};

use crate::markdown::scan::{Overrides, Scan, Tag, scan};

/// Most times a text is read. Real documents need one or two passes; tags that are still in code
/// after this many are shown as the text they are.
const MAX_PASSES: usize = 8;

/// A text whose tags are known and hidden.
pub(super) struct Masked {
    /// The text with filler for tags, of the same length.
    pub text: String,
    /// What was found; tags that turned out to be text are gone.
    pub scan: Scan,
    /// Offsets of tags that stand in indented code.
    pub indented: Vec<usize>,
}

/// The extensions of the dialect; heading attributes stay off, they could carry a handler.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// Finds and hides the tags of `text`.
pub(super) fn mask(text: &str) -> Masked {
    let mut overrides = Overrides::default();
    let mut indented = Vec::new();
    for _ in 0..MAX_PASSES {
        let found = scan(text, &overrides);
        let masked = fill(text, &found.tags);
        if found.tags.is_empty() && found.skipped_code.is_empty() {
            return Masked {
                text: masked,
                scan: found,
                indented,
            };
        }
        let seen = Seen::read(&masked);
        let hidden: Vec<usize> = seen.hidden(&found.tags).collect();
        let unseen: Vec<usize> = found
            .skipped_code
            .iter()
            .copied()
            .filter(|code| !seen.is_code(*code))
            .collect();
        if hidden.is_empty() && unseen.is_empty() {
            return Masked {
                text: masked,
                scan: found,
                indented,
            };
        }
        indented.extend(
            hidden
                .iter()
                .copied()
                .filter(|tag| seen.is_indented_code(*tag)),
        );
        overrides.dead_tags.extend(hidden);
        overrides.dead_code.extend(unseen);
    }
    let mut found = scan(text, &overrides);
    for _ in 0..MAX_PASSES {
        let masked = fill(text, &found.tags);
        let hidden: Vec<usize> = Seen::read(&masked).hidden(&found.tags).collect();
        if hidden.is_empty() {
            return Masked {
                text: masked,
                scan: found,
                indented,
            };
        }
        found
            .tags
            .retain(|tag| hidden.binary_search(&tag.span.start).is_err());
    }
    found.tags.clear();
    Masked {
        text: text.to_string(),
        scan: found,
        indented,
    }
}

fn fill(text: &str, tags: &[Tag]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut start = 0;
    for tag in tags {
        masked.push_str(&text[start..tag.span.start]);
        start = tag.span.end;
        let mark = if tag.is_flow { "?" } else { "" };
        let filler = tag.span.len().saturating_sub(2 + 2 * mark.len());
        masked.push('<');
        masked.push_str(mark);
        masked.extend(std::iter::repeat_n('x', filler));
        // The shortest tag, `<A>`, leaves room for one mark only, which CommonMark takes as both.
        if tag.span.len() > 3 {
            masked.push_str(mark);
        }
        masked.push('>');
    }
    masked.push_str(&text[start..]);
    masked
}

/// What pulldown-cmark made of a masked text.
#[derive(Default)]
struct Seen {
    /// Ranges of HTML, where tags are shown; in order.
    html: Vec<Range<usize>>,
    /// Ranges of code spans and fenced code; in order.
    code: Vec<Range<usize>>,
    indented: Vec<Range<usize>>,
}

impl Seen {
    fn read(masked: &str) -> Self {
        let mut seen = Self::default();
        for (event, range) in Parser::new_ext(masked, options()).into_offset_iter() {
            match event {
                Event::Start(MarkdownTag::HtmlBlock) | Event::InlineHtml(_) => {
                    seen.html.push(range)
                }
                Event::Start(MarkdownTag::CodeBlock(kind)) => {
                    if !kind.is_fenced() {
                        seen.indented.push(range.clone());
                    }
                    seen.code.push(range);
                }
                Event::Code(_) => seen.code.push(range),
                _ => {}
            }
        }
        seen
    }

    /// Offsets of the tags that are not shown.
    fn hidden<'a>(&'a self, tags: &'a [Tag]) -> impl Iterator<Item = usize> + 'a {
        tags.iter()
            .map(|tag| tag.span.start)
            .filter(|start| !holds(&self.html, *start))
    }

    fn is_code(&self, offset: usize) -> bool {
        holds(&self.code, offset)
    }

    fn is_indented_code(&self, offset: usize) -> bool {
        holds(&self.indented, offset)
    }
}

/// Whether one of the sorted `ranges` holds `offset`.
fn holds(ranges: &[Range<usize>], offset: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= offset);
    after
        .checked_sub(1)
        .is_some_and(|index| ranges[index].end > offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows the tags that are left.
    fn check(text: &str, expected: &[&str]) {
        let masked = mask(text);
        assert_eq!(masked.text.len(), text.len());
        let shown: Vec<_> = masked
            .scan
            .tags
            .iter()
            .map(|tag| &text[tag.span.clone()])
            .collect();
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn tags_in_code_are_text() {
        check("    <Tag/>", &[]);
        check("[a](<Tag>)", &[]);
        check("- a\n\n      <A/>\n\n<B/>", &["<B/>"]);
        check("`<A>` <B/>", &["<B/>"]);
    }

    #[test]
    fn indented_tags_are_told_apart() {
        assert_eq!(mask("    <Tag/>").indented, [4]);
        assert!(mask("- a\n  <Tag/>").indented.is_empty());
    }

    #[test]
    fn shortest_tag_can_be_hidden() {
        assert_eq!(mask("<A>\nx").text, "<?>\nx");
        assert_eq!(mask("a <A>").text, "a <x>");
    }
}
