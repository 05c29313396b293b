//! A heading is one letter away from one that opens a mode or a section.
//!
//! ## Why
//!
//! The section below it is not read as what it is: its steps are in no checklist.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정겅로
//! - [콘솔](https://console.example.com/) > 채널 관리 > 채널 추가
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
//! `conventions.modes` and `conventions.sections` define the headings.

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "near-miss-heading",
    level: Level::Warning,
    source: include_str!("near_miss_heading.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
