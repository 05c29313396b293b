//! Whether two documents show the same but for what a fix announces.

use std::collections::HashSet;

use percent_encoding::percent_decode_str;

use crate::check::effect::Effect;
use crate::check::fix::shown::{Item, Kind, Part};

/// Whether `after` shows what `before` does, but for `effect`; `resolve` states where an address
/// leads.
pub(super) fn is_only(
    effect: Effect,
    before: Vec<Item>,
    after: Vec<Item>,
    resolve: &dyn Fn(&str) -> String,
) -> bool {
    let before = reduced(effect, before, resolve);
    let after = reduced(effect, after, resolve);
    let mut pairs = before.iter().zip(&after);
    before.len() == after.len() && pairs.all(|(before, after)| is_same(effect, before, after))
}

fn is_same(effect: Effect, before: &Item, after: &Item) -> bool {
    let is_kind = match (before.kind, after.kind) {
        (Kind::Open(Part::Paragraph), Kind::Open(Part::Heading(_)))
        | (Kind::Close(Part::Paragraph), Kind::Close(Part::Heading(_)))
            if effect == Effect::Headings =>
        {
            true
        }
        (before, after) => before == after,
    };
    is_kind && before.text == after.text
}

/// What is shown without what `effect` may change.
fn reduced(effect: Effect, items: Vec<Item>, resolve: &dyn Fn(&str) -> String) -> Vec<Item> {
    let items = match effect {
        Effect::HeadingWeight => without_bold_headings(items),
        Effect::HeadingMarks => with_headings_as_text(items),
        Effect::EmptyHeadings => without_empty(items, |part| matches!(part, Part::Heading(_))),
        Effect::JoinedLists => with_lists_joined(items),
        Effect::Nesting => without_lists(items),
        Effect::Images => with_images_as_text(items),
        Effect::FrontmatterItems => without_repeated_fields(items),
        Effect::EmptyAttributes => without_empty(items, |part| part == Part::Attribute),
        Effect::EmptyComponents => without_empty(items, |part| {
            matches!(part, Part::Attribute | Part::Component | Part::Paragraph)
        }),
        Effect::Addresses => with_addresses(items, resolve),
        Effect::FileNames => with_file_names_folded(items),
        Effect::JoinedCells => with_rows_as_text(items),
        Effect::Fragments => with_addresses(items, &|url| {
            url.split_once('#')
                .map_or(url, |(place, _)| place)
                .to_string()
        }),
        Effect::LinkTitles => without(items, |kind| kind == Kind::Title),
        Effect::Padding => with_values_trimmed(with_addresses(items, resolve)),
        Effect::NoFix | Effect::Nothing | Effect::Blanks | Effect::Text | Effect::Headings => items,
    };
    match effect {
        Effect::Blanks | Effect::Text | Effect::Nesting | Effect::Images | Effect::Padding => {
            joined(without_blanks(items))
        }
        _ => joined(items),
    }
}

fn without(items: Vec<Item>, is_out: impl Fn(Kind) -> bool) -> Vec<Item> {
    let kept = items.into_iter().filter(|item| !is_out(item.kind));
    kept.collect()
}

/// Text without common spaces; values of the frontmatter and of attributes are text, too. Only a
/// character reference brings a line end into a text, where it is shown as a space.
fn without_blanks(mut items: Vec<Item>) -> Vec<Item> {
    for item in &mut items {
        if matches!(item.kind, Kind::Text | Kind::Value | Kind::Field(..)) {
            item.text
                .retain(|character| !matches!(character, ' ' | '\t'));
        }
    }
    items
}

/// Texts that follow each other as one, and none that are empty.
fn joined(items: Vec<Item>) -> Vec<Item> {
    let mut joined: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        match joined.last_mut() {
            _ if item.kind == Kind::Text && item.text.is_empty() => {}
            Some(last) if item.kind == Kind::Text && last.kind == Kind::Text => {
                last.text.push_str(&item.text);
            }
            _ => joined.push(item),
        }
    }
    joined
}

fn without_bold_headings(items: Vec<Item>) -> Vec<Item> {
    let mut is_in_heading = false;
    let mut kept = Vec::with_capacity(items.len());
    for item in items {
        match item.kind {
            Kind::Open(Part::Heading(_)) => is_in_heading = true,
            Kind::Close(Part::Heading(_)) => is_in_heading = false,
            Kind::Open(Part::Strong) | Kind::Close(Part::Strong) if is_in_heading => continue,
            _ => {}
        }
        kept.push(item);
    }
    kept
}

/// Without parts that are empty or contain only blank values and empty parts.
fn without_empty(items: Vec<Item>, is_taken: impl Fn(Part) -> bool) -> Vec<Item> {
    let mut kept: Vec<Item> = Vec::with_capacity(items.len());
    // Where each open part starts, and whether something is in it.
    let mut open: Vec<(usize, bool)> = Vec::new();
    for item in items {
        match item.kind {
            Kind::Open(_) => {
                open.push((kept.len(), false));
                kept.push(item);
            }
            Kind::Close(part) => {
                let (start, is_full) = open.pop().unwrap_or((kept.len(), true));
                if !is_full && is_taken(part) {
                    kept.truncate(start);
                    continue;
                }
                kept.push(item);
                if let Some((_, is_full)) = open.last_mut() {
                    *is_full = true;
                }
            }
            kind => {
                let says = !(kind == Kind::Value && item.text.trim().is_empty());
                kept.push(item);
                if let Some((_, is_full)) = open.last_mut() {
                    *is_full |= says;
                }
            }
        }
    }
    kept
}

fn with_lists_joined(items: Vec<Item>) -> Vec<Item> {
    let mut joined: Vec<Item> = Vec::with_capacity(items.len());
    for mut item in items {
        if let Kind::Open(Part::List { is_ordered, .. }) = item.kind {
            let part = Part::List {
                is_ordered,
                is_tight: true,
            };
            let is_next = joined
                .last()
                .is_some_and(|last| last.kind == Kind::Close(part));
            if is_next && !is_ordered {
                joined.pop();
                continue;
            }
            item.kind = Kind::Open(part);
        }
        if let Kind::Close(Part::List { is_ordered, .. }) = item.kind {
            item.kind = Kind::Close(Part::List {
                is_ordered,
                is_tight: true,
            });
        }
        joined.push(item);
    }
    joined
}

/// Lists as the text that their markers are.
fn without_lists(items: Vec<Item>) -> Vec<Item> {
    let items = without(items, |kind| {
        matches!(
            kind,
            Kind::SoftBreak
                | Kind::HardBreak
                | Kind::Open(Part::List { .. } | Part::Paragraph)
                | Kind::Close(Part::List { .. } | Part::Paragraph | Part::ListItem)
        )
    });
    let as_text = items.into_iter().map(|item| match item.kind {
        Kind::Open(Part::ListItem) => Item {
            kind: Kind::Text,
            ..item
        },
        _ => item,
    });
    as_text.collect()
}

fn with_images_as_text(items: Vec<Item>) -> Vec<Item> {
    let text = |text: String| Item {
        kind: Kind::Text,
        text,
        place: None,
    };
    let mut addresses = Vec::new();
    let mut written = Vec::with_capacity(items.len());
    for item in items {
        match item.kind {
            Kind::Open(Part::Image) => {
                addresses.push(item.text);
                written.push(text("![".to_string()));
            }
            Kind::Close(Part::Image) => {
                let address = addresses.pop().unwrap_or_default();
                written.push(text(format!("]({address})")));
            }
            _ => written.push(item),
        }
    }
    written
}

fn without_repeated_fields(items: Vec<Item>) -> Vec<Item> {
    let mut seen = HashSet::new();
    let mut kept = Vec::with_capacity(items.len());
    for item in items {
        let Kind::Field(key, true) = item.kind else {
            kept.push(item);
            continue;
        };
        if !item.text.trim().is_empty() && seen.insert((key, item.text.clone())) {
            kept.push(item);
        }
    }
    kept
}

fn with_addresses(mut items: Vec<Item>, spelt: &dyn Fn(&str) -> String) -> Vec<Item> {
    for item in &mut items {
        if matches!(item.kind, Kind::Open(Part::Link) | Kind::Address) {
            item.text = spelt(&item.text);
        }
    }
    items
}

fn with_values_trimmed(mut items: Vec<Item>) -> Vec<Item> {
    for item in &mut items {
        if item.kind == Kind::Value {
            item.text = item.text.trim().to_string();
        }
    }
    items
}

/// Headings and paragraphs as the text that their marks are.
fn with_headings_as_text(items: Vec<Item>) -> Vec<Item> {
    let is_paragraph = |kind| {
        matches!(
            kind,
            Kind::SoftBreak
                | Kind::Open(Part::Paragraph)
                | Kind::Close(Part::Paragraph | Part::Heading(_))
        )
    };
    let mut items = without(items, is_paragraph);
    for item in &mut items {
        if let Kind::Open(Part::Heading(level)) = item.kind {
            item.kind = Kind::Text;
            item.text = "#".repeat(usize::from(level));
        }
    }
    let mut items = joined(items);
    // What is between the marks and the text may be any space, or one that nobody sees.
    for item in items.iter_mut().filter(|item| item.kind == Kind::Text) {
        item.text
            .retain(|character| !character.is_whitespace() && character != '\u{200b}');
    }
    items
}

/// Addresses of files without a difference between capitals and small letters.
fn with_file_names_folded(mut items: Vec<Item>) -> Vec<Item> {
    for item in &mut items {
        let is_address = matches!(
            item.kind,
            Kind::Open(Part::Link | Part::Image) | Kind::Address
        );
        if is_address {
            let decoded = percent_decode_str(&item.text).decode_utf8_lossy();
            item.text = decoded.to_lowercase();
        }
    }
    items
}

/// Rows of tables as the text that is in their cells, without what cuts and marks it.
fn with_rows_as_text(items: Vec<Item>) -> Vec<Item> {
    let is_cell = |kind| matches!(kind, Kind::Open(Part::Cell) | Kind::Close(Part::Cell));
    let mut items = without(items, is_cell);
    for item in &mut items {
        match item.kind {
            Kind::Open(Part::Table) => item.text.clear(),
            Kind::Code | Kind::Text => {
                item.kind = Kind::Text;
                item.text
                    .retain(|character| !matches!(character, '`' | '|' | '\\' | ' '));
            }
            _ => {}
        }
    }
    joined(items)
}
