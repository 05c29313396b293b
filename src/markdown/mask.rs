//! Makes a text that pulldown-cmark can read: every tag becomes filler of the same length.
//!
//! ```text
//! <Callout title="a>b" />          <?xxxxxxxxxxxxxxxxxxx?>      flow
//! a <Tag text="x|y" /> b           a <xxxxxxxxxxxxxxxx> b       phrasing
//! ```
//!
//! Filler of a flow tag is an HTML block to CommonMark, filler of a phrasing tag is inline HTML,
//! and offsets stay those of the text. pulldown-cmark decides which tags are in code: tags
//! that it shows as code, and code that it does not see, are put right and the text is read again.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag as MarkdownTag};

use crate::markdown::emphasis::amend;
use crate::markdown::scan::{Overrides, Scan, Tag, scan};
use crate::markdown::schema::Dialect;

/// Most times a text is read. Real documents need one or two passes; tags that are still in code
/// after this many are shown as the text they are.
const MAX_PASSES: usize = 8;

/// What pulldown-cmark makes of a text, each event with its range.
pub(super) type Events<'m> = Vec<(Event<'m>, Range<usize>)>;

/// A text whose tags are known and hidden.
pub(super) struct Masked {
    /// What was found; tags that turned out to be text are gone.
    pub scan: Scan,
    /// Offsets of tags that are in indented code.
    pub indented: Vec<usize>,
}

/// The extensions of the dialect; heading attributes stay off, they could carry a handler.
fn options(dialect: Dialect) -> Options {
    let all = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    match dialect {
        Dialect::Help => all,
        Dialect::Mdx => all | Options::ENABLE_FOOTNOTES,
        Dialect::Markdown => all | Options::ENABLE_FOOTNOTES | Options::ENABLE_DEFINITION_LIST,
    }
}

/// Finds and hides the tags of `text`, and hands what pulldown-cmark made of the rest to `read`.
pub(super) fn mask<R>(
    text: &str,
    dialect: Dialect,
    read: impl FnOnce(Masked, Events<'_>) -> R,
) -> R {
    let mut overrides = Overrides::default();
    let mut indented = Vec::new();
    for _ in 0..MAX_PASSES {
        let scan = scan(text, dialect, &overrides);
        let masked = fill(text, &scan.tags);
        let events = events(&masked, dialect);
        let seen = Seen::of(&events);
        let hidden: Vec<usize> = seen.hidden(&scan.tags).collect();
        let is_unseen = |code: &usize| !seen.is_code(*code);
        let skipped = scan.skipped_code.iter().copied();
        let unseen: Vec<usize> = skipped.filter(is_unseen).collect();
        if hidden.is_empty() && unseen.is_empty() {
            return read(Masked { scan, indented }, events);
        }
        let in_indented = |tag: &usize| seen.is_indented_code(*tag);
        indented.extend(hidden.iter().copied().filter(in_indented));
        overrides.dead_tags.extend(hidden);
        overrides.dead_code.extend(unseen);
    }
    let mut scan = scan(text, dialect, &overrides);
    for _ in 0..MAX_PASSES {
        let masked = fill(text, &scan.tags);
        let events = events(&masked, dialect);
        let hidden: Vec<usize> = Seen::of(&events).hidden(&scan.tags).collect();
        if hidden.is_empty() {
            return read(Masked { scan, indented }, events);
        }
        let is_shown = |tag: &Tag| hidden.binary_search(&tag.span.start).is_err();
        scan.tags.retain(is_shown);
    }
    scan.tags.clear();
    read(Masked { scan, indented }, events(text, dialect))
}

fn events(masked: &str, dialect: Dialect) -> Events<'_> {
    let events = Parser::new_ext(masked, options(dialect)).into_offset_iter();
    amend(masked, events.collect())
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

/// Where pulldown-cmark saw HTML and code in a masked text.
#[derive(Default)]
struct Seen {
    /// Ranges of HTML, where tags are shown; in order.
    html: Vec<Range<usize>>,
    /// Ranges of code spans and fenced code; in order.
    code: Vec<Range<usize>>,
    indented: Vec<Range<usize>>,
}

impl Seen {
    fn of(events: &Events<'_>) -> Self {
        let mut seen = Self::default();
        for (event, range) in events {
            let range = range.clone();
            match event {
                Event::Start(MarkdownTag::HtmlBlock) | Event::InlineHtml(_) => {
                    seen.html.push(range);
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

/// Whether one of the sorted `ranges` contains `offset`.
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
        let tags = mask(text, Dialect::Help, |masked, _| masked.scan.tags);
        assert_eq!(fill(text, &tags).len(), text.len());
        let shown: Vec<_> = tags.iter().map(|tag| &text[tag.span.clone()]).collect();
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
    fn indented_tags_are_distinguished() {
        let indented = |text| mask(text, Dialect::Help, |masked, _| masked.indented);
        assert_eq!(indented("    <Tag/>"), [4]);
        assert!(indented("- a\n  <Tag/>").is_empty());
    }

    #[test]
    fn shortest_tag_can_be_hidden() {
        let filled = |text| {
            mask(text, Dialect::Help, |masked, _| {
                fill(text, &masked.scan.tags)
            })
        };
        assert_eq!(filled("<A>\nx"), "<?>\nx");
        assert_eq!(filled("a <A>"), "a <x>");
    }
}
