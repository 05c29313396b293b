//! One or two sentences about a page, for those who see its link and not the page: what its
//! document says of itself, else the beginning of its text.

use crate::markdown::node::{Block, Inline};
use crate::markdown::text::{collapse_blanks, inline_text};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::page::Page;

/// Most characters of a description that is made: as many as search engines show.
const MOST_CHARACTERS: usize = 160;

/// The description of a document's page; empty when it has no running text.
pub fn description(page: &Page) -> String {
    if page.description.is_empty() {
        cut(&first_paragraph(&page.document.blocks), MOST_CHARACTERS)
    } else {
        page.description.clone()
    }
}

/// The description of a page that lists others: their titles.
pub fn of_titles<'t>(titles: impl IntoIterator<Item = &'t str>) -> String {
    let mut text = String::new();
    for title in titles {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(title);
        if text.chars().count() > MOST_CHARACTERS {
            break;
        }
    }
    cut(&collapse_blanks(&text), MOST_CHARACTERS)
}

/// The beginning of a text, `most` characters long at most and whole words where there are any;
/// the character that shows the cut is one more.
pub fn cut(text: &str, most: usize) -> String {
    let Some((end, next)) = text.char_indices().nth(most) else {
        return text.to_string();
    };
    let start = &text[..end];
    let word = match next.is_whitespace() {
        true => Some(end),
        // A text in a script without spaces, or one long word, is cut where it must be.
        false => start.rfind(char::is_whitespace).filter(|at| *at > end / 2),
    };
    let is_loose = |c: char| c.is_whitespace() || ",;:·–—-".contains(c);
    let start = start[..word.unwrap_or(end)].trim_end_matches(is_loose);
    format!("{start}…")
}

/// The first paragraph with text: one that is in nothing else, where there is one.
fn first_paragraph(blocks: &[Block]) -> String {
    let text = |inlines: &[Inline]| collapse_blanks(&inline_text(inlines));
    let own = blocks.iter().find_map(|block| match block {
        Block::Paragraph(node) => Some(text(&node.inlines)).filter(|text| !text.is_empty()),
        _ => None,
    });
    own.unwrap_or_else(|| {
        let mut first = String::new();
        walk(blocks, Attributes::Enter, &mut |node| {
            if let (true, Node::Block(Block::Paragraph(node))) = (first.is_empty(), node) {
                first = text(&node.inlines);
            }
        });
        first
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::source::FileId;

    #[test]
    fn cut_ends_at_a_word() {
        let check = |text: &str, most: usize, expected: &str| {
            assert_eq!(cut(text, most), expected, "{text} {most}");
        };
        check("one two", 7, "one two");
        check("one two three", 9, "one two…");
        check("one two three", 7, "one two…");
        check("one, two three", 7, "one…");
        check("onetwothree", 4, "onet…");
        check("가나 다라 마바", 6, "가나 다라…");
        check("支付渠道的设置", 3, "支付渠…");
        check("", 3, "");
    }

    #[test]
    fn titles_are_joined_up_to_a_length() {
        assert_eq!(of_titles(["One", "Two  words"]), "One, Two words");
        let many = vec!["title"; 1000];
        assert!(of_titles(many).chars().count() <= MOST_CHARACTERS + 1);
    }

    #[test]
    fn first_paragraph_is_one_that_is_in_nothing_else() {
        let check = |text: &str, expected: &str| {
            let schema = Config::defaults().components;
            let (document, _) = parse(text, FileId(0), &schema);
            assert_eq!(first_paragraph(&document.blocks), expected, "{text}");
        };
        check(
            "# Title\n\n> quoted\n\nWith **bold**\ntext.\n",
            "With bold text.",
        );
        check("# Title\n\n- item\n\n- other\n", "item");
        check("![](a.png)\n\nText\n", "Text");
        check("<Callout content=\"Inside\" />\n", "Inside");
        check("# Title\n", "");
    }
}
