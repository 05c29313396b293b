//! A path and fields are directly below a scenario and belong to no mode.
//!
//! ## Why
//!
//! It is not clear whether the section is for tests or for real payments, and there is one
//! checklist where there should be two.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리 > 채널 추가
//! #### 설정방법
//! - 채널 이름 : 임의값
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리 > 채널 추가
//! #### 설정방법
//! - 채널 이름 : 임의값
//! ```
//!
//! ## Configuration
//!
//! `conventions.modes` defines the headings of modes.

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "sections-without-mode",
    level: Level::Warning,
    source: include_str!("sections_without_mode.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
