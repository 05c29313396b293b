//! A page's list of jump links leaves out a scenario.
//!
//! ## Why
//!
//! Readers go by the links at the head of a long page. What is not among them does not exist
//! for them, and they follow the procedure of another scenario.
//!
//! ## Bad
//!
//! ```markdown
//! <Highlight url="#통합인증" text="통합인증 보러가기↓" />
//!
//! ## 결제창
//! ### 실 연동
//! #### 설정방법
//! - 채널 속성 : 결제
//!
//! ## 통합인증
//! ### 실 연동
//! #### 설정방법
//! - 채널 속성 : 본인인증
//!
//! ## API 결제
//! ### 실 연동
//! #### 설정방법
//! - 채널 속성 : 결제
//! ```
//!
//! ## Good
//!
//! ```markdown
//! <Highlight url="#통합인증" text="통합인증 보러가기↓" />
//!
//! ## 결제창
//! ### 실 연동
//! #### 설정방법
//! - 채널 속성 : 결제
//!
//! ## 통합인증
//! ### 실 연동
//! #### 설정방법
//! - 채널 속성 : 본인인증
//! ```
//!
//! The first scenario needs no link, and a page without any jump link to a scenario needs none.

use std::collections::HashSet;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::{Block, Inline};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::anchor::legacy_id;
use crate::model::guide::{Guide, Scenario};
use crate::model::page::Page;
use crate::model::site::Target;
use crate::source::FileId;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "scenario-without-jump-link",
    level: Level::Error,
    source: include_str!("scenario_without_jump_link.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page, guide) in context.guides() {
        let targets = Targets::of(targets(file, page, guide, context));
        let is_linked = |scenario: &Scenario| is_linked(scenario, &targets);
        if !guide.scenarios.iter().any(is_linked) {
            continue;
        }
        let missing = guide.scenarios.iter().skip(1).filter(|one| !is_linked(one));
        found.extend(missing.map(|scenario| {
            RULE.at(file, context.heading(file, &scenario.id))
                .with("scenario", &scenario.title)
        }));
    }
}

/// Whether a link leads to the scenario, or would if its count of headings were right: then the
/// link is what is broken.
fn is_linked(scenario: &Scenario, targets: &Targets) -> bool {
    let legacy = legacy_id(0, &scenario.title);
    targets.ids.contains(&scenario.id) || targets.any_ends_with(&legacy[1..])
}

/// Ids that links name.
struct Targets {
    ids: HashSet<String>,
    /// The same read backwards, sorted.
    backwards: Vec<String>,
}

impl Targets {
    fn of(ids: HashSet<String>) -> Self {
        let backwards = ids.iter().map(|id| id.chars().rev().collect());
        let mut backwards: Vec<String> = backwards.collect();
        backwards.sort_unstable();
        Self { ids, backwards }
    }

    /// Whether one of them ends so: of all that come after the end read backwards, those that
    /// start with it come first.
    fn any_ends_with(&self, end: &str) -> bool {
        let end: String = end.chars().rev().collect();
        let next = self.backwards.partition_point(|id| *id < end);
        self.backwards
            .get(next)
            .is_some_and(|id| id.starts_with(&end))
    }
}

/// Ids of this page that links before its first scenario name.
fn targets(file: FileId, page: &Page, guide: &Guide, context: &Context<'_>) -> HashSet<String> {
    let end = guide.scenarios.first().map_or(0, |first| first.span.start);
    let blocks = &page.document.blocks;
    let lead = blocks.partition_point(|block| block.span().end <= end);
    let mut targets = HashSet::new();
    walk(&blocks[..lead], Attributes::Enter, &mut |node| {
        let Some(url) = address(node) else { return };
        if let Target::Page { page, fragment, .. } = context.site.target(file.0, url)
            && page == file.0
        {
            targets.insert(fragment);
        }
    });
    targets
}

fn address(node: Node<'_>) -> Option<&str> {
    match node {
        Node::Inline(Inline::Link(link)) => Some(&link.url),
        Node::Block(Block::Component(component)) | Node::Inline(Inline::Component(component)) => {
            component.value("url")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    const SCENARIOS: &str = "## A\n### 실 연동\n#### 설정방법\n- 가 : 나\n## B/C\n### 실 연동\n#### 설정방법\n- 가 : 나\n";

    #[test]
    fn scenario_that_no_link_names_is_found() {
        let text = format!("[A](#a)\n\n{SCENARIOS}");
        assert_found(&RULE, &text, &["7: ## B/C"]);
    }

    #[test]
    fn linked_scenarios_and_pages_without_links_are_not() {
        assert_found(&RULE, SCENARIOS, &[]);
        for link in ["#b-c", "#3_B/C", "#99_B/C"] {
            assert_found(&RULE, &format!("[B]({link})\n\n{SCENARIOS}"), &[]);
        }
    }
}
