//! Console paths: `[콘솔↗](url) > 결제 연동 > 채널관리 > + 채널 추가`.

use crate::markdown::node::Inline;
use crate::markdown::text::inline_text;
use crate::markdown::walk::{Attributes, Node, walk_inlines};
use crate::model::conventions::Conventions;
use crate::source::Span;

/// A path to something in the console: steps through menus, from an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    /// Steps in order; at least two.
    pub steps: Vec<String>,
    /// Address of the first step; `None` when it is not a link.
    pub url: Option<String>,
    /// Its bytes.
    pub span: Span,
}

/// Reads inlines as a trail; `None` unless it has at least `least` steps.
pub fn trail(inlines: &[Inline], least: usize, conventions: &Conventions<'_>) -> Option<Trail> {
    let text = inline_text(inlines);
    let separators = &conventions.words.path.separators;
    let separator = separators
        .iter()
        .find(|separator| text.contains(separator.as_str()))?;
    let steps: Vec<String> = text
        .split(separator.as_str())
        .map(|step| conventions.without_arrows(step))
        .filter(|step| !step.is_empty())
        .collect();
    if steps.len() < least.max(2) {
        return None;
    }
    let span = inlines.iter().map(Inline::span).reduce(Span::cover)?;
    Some(Trail {
        steps,
        url: first_url(inlines),
        span,
    })
}

/// Address of the first link; `None` without one.
pub fn first_url(inlines: &[Inline]) -> Option<String> {
    let mut url = None;
    walk_inlines(inlines, Attributes::Skip, &mut |node| {
        if let Node::Inline(Inline::Link(link)) = node {
            url.get_or_insert_with(|| link.url.clone());
        }
    });
    url
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::node::Block;
    use crate::markdown::parse;
    use crate::source::FileId;

    fn check(text: &str, expected: Option<(&[&str], Option<&str>)>) {
        let config = Config::defaults();
        let conventions = Conventions::new(&config).unwrap();
        let (document, _) = parse(text, FileId(0), &config.components);
        let Some(Block::Paragraph(paragraph)) = document.blocks.first() else {
            panic!("{text}")
        };
        let found = trail(&paragraph.inlines, 2, &conventions);
        let found = found.as_ref().map(|found| {
            (
                found.steps.iter().map(String::as_str).collect::<Vec<_>>(),
                found.url.as_deref(),
            )
        });
        assert_eq!(found, expected.map(|(steps, url)| (steps.to_vec(), url)));
    }

    #[test]
    fn steps_are_cut_at_the_first_separator_that_occurs() {
        check(
            "[콘솔↗](https://a.b/) >  채널관리> + 채널 추가",
            Some((&["콘솔", "채널관리", "+ 채널 추가"], Some("https://a.b/"))),
        );
        check(
            "[콘솔↗](https://a.b/)  - 결제 연동 - 채널관리",
            Some((&["콘솔", "결제 연동", "채널관리"], Some("https://a.b/"))),
        );
        check("단어 하나", None);
    }
}
