//! The provider to choose is not one that the guide is about.
//!
//! ## Why
//!
//! Guides for one provider are made by copying those for another. A reader who follows a name
//! that was left over asks the wrong company for keys.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 한빛페이 채널설정
//! pgCompanies: [한빛페이]
//! ---
//! ## 결제창
//! ### 실 연동
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리
//!   - 결제대행사 : 가람페이
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 한빛페이 채널설정
//! pgCompanies: [한빛페이]
//! ---
//! ## 결제창
//! ### 실 연동
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리
//!   - 결제대행사 : 한빛페이
//! ```
//!
//! ## Configuration
//!
//! `check.procedure.provider_fields` lists the labels of such choices. A guide whose frontmatter
//! names no company is not checked; `conventions.frontmatter.companies` is the key that names them.

use crate::check::context::{Context, ModeOf};
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::{is_named, settings, value, value_span};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::field::Field;
use crate::normal::without_blanks;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "provider-mismatch",
    level: Level::Error,
    source: include_str!("provider_mismatch.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let facts = &context.config.check.procedure;
    for place in context.modes() {
        let choices = settings(place.mode).filter(|field| is_named(field, &facts.provider_fields));
        let wrong = choices.filter(|choice| names_other_provider(choice, &place));
        found.extend(wrong.map(|choice| finding(choice, &place, context)));
    }
}

/// Names such as `이지페이(KICC)` and `KICC` are one provider's.
fn names_other_provider(choice: &Field, place: &ModeOf<'_>) -> bool {
    let named = without_blanks(&value(choice)).to_lowercase();
    let providers = &place.page.document.frontmatter.companies;
    let is_named = |provider: &String| {
        let provider = without_blanks(provider).to_lowercase();
        provider.contains(&named) || named.contains(&provider)
    };
    !named.is_empty() && !providers.is_empty() && !providers.iter().any(is_named)
}

fn finding(choice: &Field, place: &ModeOf<'_>, context: &Context<'_>) -> Diagnostic {
    let providers = place.page.document.frontmatter.companies.join(", ");
    let key = place.page.document.frontmatter.company_key.as_deref();
    RULE.at(place.file, value_span(context, place.file, choice))
        .with("value", value(choice))
        .with("key", key.unwrap_or_default())
        .with("providers", providers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    fn section(companies: &str, value: &str) -> String {
        format!(
            "---\npgCompanies: {companies}\n---\n## A\n### 실 연동\n#### 설정경로\n- 콘솔 > 추가\n  - 결제대행사 : {value}\n"
        )
    }

    #[test]
    fn provider_of_another_guide_is_found() {
        let text = section("[다날, 페이팔]", "페이코");
        assert_found(&RULE, &text, &["8: 페이코"]);
    }

    #[test]
    fn longer_and_shorter_names_are_one_provider() {
        assert_found(&RULE, &section("[KICC]", "이지페이(KICC)"), &[]);
        assert_found(&RULE, &section("[네이버페이(결제형)]", "네이버 페이"), &[]);
        assert_found(&RULE, &section("[]", "페이코"), &[]);
    }
}
