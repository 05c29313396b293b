//! A procedure for live use describes no way back.
//!
//! ## Why
//!
//! When a change in live use fails, there is no time to find out how to undo it.
//!
//! ## Bad
//!
//! ```markdown
//! ## 배포
//! ### 실 연동
//! #### 설정방법
//! - 버전 : 최신 버전
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 배포
//! ### 실 연동
//! #### 설정방법
//! - 버전 : 최신 버전
//!
//! 문제가 생기면 이전 버전으로 되돌립니다.
//! ```
//!
//! ## Configuration example
//!
//! ```yaml
//! check:
//!   levels: { no-way-back: info }
//! ```
//!
//! ## Configuration
//!
//! A mode is for live use by its `tone` in `conventions.modes`. The cue `way-back` of a
//! language has the words that are looked for in all text of the page. The rule is off unless a project turns it on.

use std::collections::HashSet;

use crate::check::context::{Context, ModeOf};
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::steps::vocabulary;
use crate::config::Tone;
use crate::config::check::Level;
use crate::config::procedures::Cue;
use crate::config::signal_matcher::sentences;
use crate::diagnostic::Diagnostic;
use crate::source::FileId;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "no-way-back",
    level: Level::Off,
    source: include_str!("no_way_back.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut live = context.modes().filter(|place| is_live(context, place));
    let Some(first) = live.next() else { return };
    let has_way_back = files_with_a_way_back(context);
    let lacking = std::iter::once(first)
        .chain(live)
        .filter(|place| !has_way_back.contains(&place.file));
    found.extend(lacking.map(|place| {
        let heading = context.heading(place.file, &place.mode.id);
        RULE.at(place.file, heading).with("mode", &place.mode.title)
    }));
}

fn is_live(context: &Context<'_>, place: &ModeOf<'_>) -> bool {
    let modes = &context.config.conventions.modes;
    let mode = modes.iter().find(|mode| mode.key == place.mode.key);
    mode.is_some_and(|mode| mode.tone == Tone::Live) && place.mode.has_procedure()
}

fn files_with_a_way_back(context: &Context<'_>) -> HashSet<FileId> {
    let vocabulary = vocabulary(context);
    let leads_back =
        |text: &str| sentences(text).any(|sentence| vocabulary.cues(sentence).has(Cue::WayBack));
    let lines = context.lines().iter().filter(|line| leads_back(&line.text));
    lines.map(|line| line.file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found_with;

    const CONFIG: &str = "check: { levels: { no-way-back: info } }";

    #[test]
    fn only_live_modes_need_one() {
        let text = "## A\n### 테스트 연동\n#### 설정방법\n- 가 : 나\n### 실 연동\n#### 설정방법\n- 가 : 나\n";
        assert_found_with(&RULE, CONFIG, text, &["5: ### 실 연동"]);
        let test = &text[..text.find("### 실").unwrap_or(0)];
        assert_found_with(&RULE, CONFIG, test, &[]);
    }

    #[test]
    fn text_anywhere_on_the_page_is_one() {
        let text =
            "## A\n### 실 연동\n#### 설정방법\n- 가 : 나\n\n## 롤백\n\n이전 값을 넣습니다.\n";
        assert_found_with(&RULE, CONFIG, text, &[]);
    }
}
