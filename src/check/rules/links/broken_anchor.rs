//! A link names a heading that its page does not have.
//!
//! ## Why
//!
//! The reader lands at the top of a long page and looks for the part, or takes the first one that
//! looks right. Addresses that count headings, such as `#7_통합인증`, die with every heading that is
//! added above.
//!
//! ## Bad
//!
//! ```markdown
//! <Highlight text="통합인증 바로가기" url="#2_통합인증" />
//!
//! ## 결제창
//!
//! ## 통합인증
//! ```
//!
//! ## Good
//!
//! ```markdown
//! <Highlight text="통합인증 바로가기" url="#통합인증" />
//!
//! ## 결제창
//!
//! ## 통합인증
//! ```

use std::collections::HashMap;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::link::Link;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::model::anchor::{Anchor, slug};
use crate::model::page::Page;
use crate::model::site::Target;
use crate::source::FileId;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "broken-anchor",
    level: Level::Error,
    source: include_str!("broken_anchor.rs"),
    check,
    fix: Effect::Fragments,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut headings: HashMap<usize, Headings<'_>> = HashMap::new();
    for link in context.links() {
        match context.site.target(link.file.0, link.url) {
            Target::Page {
                page,
                fragment,
                is_known: false,
            } if !is_of_the_browser(&fragment) => {
                let target = &context.site.pages[page];
                let headings = headings.entry(page).or_insert_with(|| Headings::of(target));
                found.push(finding(link, page, &fragment, headings, context));
            }
            _ => {}
        }
    }
}

/// Fragments that browsers understand on every page.
fn is_of_the_browser(fragment: &str) -> bool {
    fragment.eq_ignore_ascii_case("top") || fragment.starts_with(":~:")
}

/// Headings of a page, by text and by number.
struct Headings<'p> {
    by_text: HashMap<String, Vec<&'p Anchor>>,
    counting: Vec<&'p Anchor>,
}

impl<'p> Headings<'p> {
    fn of(page: &'p Page) -> Self {
        let mut by_text: HashMap<String, Vec<&Anchor>> = HashMap::new();
        for anchor in page.anchors.iter().filter(|anchor| !anchor.text.is_empty()) {
            by_text.entry(slug(&anchor.text)).or_default().push(anchor);
        }
        let counting = page.anchors.iter().filter(|anchor| anchor.legacy.is_some());
        Self {
            by_text,
            counting: counting.collect(),
        }
    }

    /// Headings with the text of a fragment, without its number.
    fn same_text(&self, fragment: &str) -> &[&'p Anchor] {
        let (_, text) = counted(fragment);
        self.by_text.get(&slug(text)).map_or(&[], Vec::as_slice)
    }

    /// The heading that a counting fragment counts to.
    fn at_index(&self, fragment: &str) -> Option<&'p Anchor> {
        let anchor = self.counting.get(counted(fragment).0?)?;
        (!anchor.text.is_empty()).then_some(anchor)
    }
}

fn finding(
    link: &Link<'_>,
    page: usize,
    fragment: &str,
    headings: &Headings<'_>,
    context: &Context<'_>,
) -> Diagnostic {
    let target = &context.site.pages[page];
    let file = FileId(page);
    let found = RULE
        .at(link.file, link.place())
        .with("fragment", fragment)
        .with("page", &target.title);
    match *headings.same_text(fragment) {
        [anchor] => moved(found, link, file, anchor),
        [first, ..] => related(found.help(help("several")), file, first),
        [] => match headings.at_index(fragment) {
            Some(anchor) => {
                let help = help("index").with("heading", &anchor.text);
                related(found.help(help), file, anchor)
            }
            None => found,
        },
    }
}

/// The only heading with the same text is what the link means.
fn moved(found: Diagnostic, link: &Link<'_>, file: FileId, anchor: &Anchor) -> Diagnostic {
    let help = help("text").with("id", &anchor.id);
    let found = related(found.help(help), file, anchor);
    match link.halves() {
        Some((_, fragment)) => found.edit(fragment, anchor.id.as_str()),
        None => found,
    }
}

fn help(case: &str) -> Message {
    Message::new(format!("broken-anchor.help.{case}"))
}

fn related(found: Diagnostic, file: FileId, anchor: &Anchor) -> Diagnostic {
    found.related(file, anchor.span, Message::new("broken-anchor.related"))
}

/// ```text
/// 7_통합인증
/// ^ number, then the text
/// ```
fn counted(fragment: &str) -> (Option<usize>, &str) {
    match fragment.split_once('_') {
        Some((number, text)) => match number.parse() {
            Ok(number) => (Some(number), text),
            Err(_) => (None, fragment),
        },
        None => (None, fragment),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found, findings};

    #[test]
    fn every_form_of_an_id_is_known() {
        let ids = "[1](#통합인증) [2](#1_통합인증) [3](#%ED%86%B5%ED%95%A9%EC%9D%B8%EC%A6%9D) [4](#결제창-일반정기) [5](#top)";
        assert_found(
            &RULE,
            &format!("{ids}\n## 결제창 일반/정기\n## 통합인증\n"),
            &[],
        );
    }

    #[test]
    fn accordions_are_known_too() {
        let accordions = "<Accordion title=\"환불은 어떻게 합니까?\" />\n\n<Accordion title=\"취소\" id=\"cancel\" />\n";
        let links = "[1](#환불은-어떻게-합니까) [2](#cancel) [3](#취소)";
        assert_found(&RULE, &format!("{links}\n\n{accordions}"), &["1: #취소"]);
    }

    #[test]
    fn items_of_modes_are_known_too() {
        let guide = "## 결제창\n### 실 연동\n#### 설정방법\n- MID : 발급받은 값\n";
        let links = "[1](#결제창/live:fields/mid) [2](#결제창/live:fields/key)";
        assert_found(
            &RULE,
            &format!("{links}\n{guide}"),
            &["1: #결제창/live:fields/key"],
        );
    }

    #[test]
    fn only_heading_with_the_text_is_offered() {
        let text = "<Highlight text=\"a\" url=\"#9_통합-인증\" />\n\n## 결제창\n## 통합 인증\n";
        assert_found(&RULE, text, &["1: #9_통합-인증"]);
        assert_fixed(&RULE, text, &text.replace("#9_통합-인증", "#통합-인증"));
    }

    #[test]
    fn heading_at_the_number_is_reported_and_not_offered() {
        let text = "[a](#1_옛이름)\n## 결제창\n## 새이름\n## 새이름\n";
        let found = findings(&RULE, "", &[("a.md", text)]);
        assert_eq!(found[0].fix, []);
        assert_eq!(&text[found[0].related[0].span.range()], "## 새이름");
        let text = "[a](#9_새이름)\n## 새이름\n## 새이름\n";
        assert_fixed(&RULE, text, text);
    }
}
