//! A scenario has one mode and lacks the other.
//!
//! ## Why
//!
//! Everybody tests first and then goes live. Without the other section there is no checklist
//! for half of the way.
//!
//! ## Bad
//!
//! ```markdown
//! ## 휴대폰 본인인증
//! ### 실 연동
//! #### 설정방법
//! - 채널 속성 : 본인인증
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 휴대폰 본인인증
//! ### 테스트 연동
//! #### 설정방법
//! - 채널 속성 : 본인인증
//! ### 실 연동
//! #### 설정방법
//! - 채널 속성 : 본인인증
//! ```
//!
//! ## Configuration
//!
//! `check.procedure.required_modes` lists the keys of `conventions.modes` that each scenario
//! has. A scenario without any mode is found by `sections-without-mode`.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::guide::Scenario;
use crate::model::mode::ANY_MODE;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "missing-mode-section",
    level: Level::Error,
    source: include_str!("missing_mode_section.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let required = &context.config.check.procedure.required_modes;
    let modes = &context.conventions.words.modes;
    for (file, _, guide) in context.guides() {
        for scenario in guide
            .scenarios
            .iter()
            .filter(|scenario| has_modes(scenario))
        {
            let missing = modes
                .iter()
                .filter(|mode| required.contains(&mode.key) && !has_mode(scenario, &mode.key));
            found.extend(missing.map(|mode| {
                RULE.at(file, context.heading(file, &scenario.id))
                    .with("scenario", &scenario.title)
                    .with("mode", &mode.title)
            }));
        }
    }
}

fn has_modes(scenario: &Scenario) -> bool {
    scenario.modes.iter().any(|mode| mode.key != ANY_MODE)
}

fn has_mode(scenario: &Scenario, key: &str) -> bool {
    scenario.modes.iter().any(|mode| mode.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn scenario_with_one_mode_is_found_at_its_heading() {
        let text = "## A\n### 실 연동\n#### 설정방법\n- 이름 : 값\n";
        assert_found(&RULE, text, &["1: ## A"]);
    }

    #[test]
    fn scenario_without_modes_is_not() {
        let text = "## A\n#### 설정경로\n- 가 > 나\n#### 설정방법\n- 이름 : 값\n";
        assert_found(&RULE, text, &[]);
    }
}
