//! A setting path has no steps.
//!
//! ## Why
//!
//! The heading promises where to go. Without steps the page and the checklist show none.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정경로
//! 채널을 추가하는 화면을 엽니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리 > 채널 추가
//! ```
//!
//! ## Configuration
//!
//! `conventions.path.separators` defines what separates steps.

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "path-without-steps",
    level: Level::Warning,
    source: include_str!("path_without_steps.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
