//! A scenario for one version links to the guide of another.
//!
//! ## Why
//!
//! The versions' programming interfaces differ in everything. A developer who opens the guide
//! below the procedure trusts it, and writes code that cannot work with the channel.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! - 결제모듈 V1에서만 지원됩니다.
//! ### 실 연동
//! #### 설정방법
//! - 채널 이름 : 임의값
//!
//! <Callout title="V2 개발가이드 보러가기↗" url="https://developers.example.com/v2" />
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! - 결제모듈 V1에서만 지원됩니다.
//! ### 실 연동
//! #### 설정방법
//! - 채널 이름 : 임의값
//!
//! <Callout title="V1 개발가이드 보러가기↗" url="https://developers.example.com/v1" />
//! ```
//!
//! ## Configuration
//!
//! `conventions.versions` defines the names of versions and which lines state them.

use std::collections::HashSet;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::model::guide::Scenario;
use crate::model::mode::Mode;
use crate::model::related::Related;
use crate::model::version::named;
use crate::source::FileId;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "version-guide-mismatch",
    level: Level::Error,
    source: include_str!("version_guide_mismatch.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, _, guide) in context.guides() {
        for scenario in guide
            .scenarios
            .iter()
            .filter(|one| !one.versions.is_empty())
        {
            // A link of the scenario is on the sheet of each of its modes.
            let mut seen = HashSet::new();
            let links = scenario.modes.iter().flat_map(Mode::related);
            let wrong = links
                .filter(|link| seen.insert(link.span))
                .filter(|link| is_for_others(link, scenario, context));
            found.extend(wrong.map(|link| finding(file, link, scenario, context)));
        }
    }
}

fn is_for_others(link: &Related, scenario: &Scenario, context: &Context<'_>) -> bool {
    let versions = named(&link.label, &context.conventions.words.versions.names);
    let is_own = |version: &String| scenario.versions.contains(version);
    !versions.is_empty() && !versions.iter().any(is_own)
}

fn finding(file: FileId, link: &Related, scenario: &Scenario, context: &Context<'_>) -> Diagnostic {
    let span = context.locate(file, link.span, &link.label);
    let heading = context.heading(file, &scenario.id);
    RULE.at(file, span)
        .with("versions", scenario.versions.join(", "))
        .with("link", &link.label)
        .related(
            file,
            heading,
            Message::new("version-guide-mismatch.related"),
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    fn section(heading: &str, link: &str) -> String {
        format!(
            "## {heading}\n### 실 연동\n#### 설정방법\n- 이름 : 값\n\n<Callout title=\"{link}\" />\n"
        )
    }

    #[test]
    fn guide_of_another_version_is_found() {
        let text = section("결제창 (V1)", "V2 개발가이드 보러가기↗");
        assert_found(&RULE, &text, &["6: V2 개발가이드 보러가기"]);
    }

    #[test]
    fn guide_of_the_own_version_or_of_none_is_not() {
        for heading in ["결제창 (V1/V2)", "결제창 (V2)", "결제창"] {
            assert_found(&RULE, &section(heading, "V2 개발가이드 보러가기↗"), &[]);
        }
        assert_found(&RULE, &section("결제창 (V1)", "개발가이드 보러가기↗"), &[]);
    }
}
