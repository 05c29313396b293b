//! A mode lacks a field that every channel needs.
//!
//! ## Why
//!
//! The console does not save a channel without it. The checklist that is printed from the guide
//! lacks the line, so the value is not prepared.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정방법
//! - 채널 속성 : 결제
//! - PG상점아이디 (MID) : 발급받은 상점아이디
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정방법
//! - 채널 이름 : 임의값
//! - 채널 속성 : 결제
//! - PG상점아이디 (MID) : 발급받은 상점아이디
//! ```
//!
//! ## Configuration
//!
//! `check.procedure.required_fields` lists what the labels of such fields start with. A mode
//! without any field is not checked.

use crate::check::context::{Context, ModeOf};
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::fields_heading;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::text::label_text;
use crate::normal::without_blanks;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "missing-required-field",
    level: Level::Error,
    source: include_str!("missing_required_field.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let required = &context.config.check.procedure.required_fields;
    for place in context
        .modes()
        .filter(|place| place.mode.fields().next().is_some())
    {
        let missing = required.iter().filter(|name| !has_field(&place, name));
        found.extend(missing.map(|name| {
            RULE.at(place.file, fields_heading(context, &place))
                .with("field", name)
        }));
    }
}

fn has_field(place: &ModeOf<'_>, name: &str) -> bool {
    let name = without_blanks(name);
    let mut labels = place.mode.fields().map(|field| label_text(&field.label));
    labels.any(|label| without_blanks(&label).starts_with(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, assert_found_with};

    const FIELDS: &str =
        "## A\n### 실 연동\n#### **설정방법**\n- 채널속성 : 결제\n- PG상점아이디(MID) : 값\n";

    #[test]
    fn each_missing_field_is_found_at_the_heading() {
        assert_found(&RULE, FIELDS, &["3: #### **설정방법**"]);
        let config = "check: { procedure: { required_fields: [가, 나] } }";
        let heading = "3: #### **설정방법**";
        assert_found_with(&RULE, config, FIELDS, &[heading, heading]);
    }

    #[test]
    fn project_without_required_fields_has_no_finding() {
        let config = "check: { procedure: { required_fields: [] } }";
        assert_found_with(&RULE, config, FIELDS, &[]);
        assert_found(&RULE, "## A\n### 실 연동\n#### 설정경로\n- 가 > 나\n", &[]);
    }
}
