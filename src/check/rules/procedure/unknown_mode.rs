//! A heading over settings names no mode that is known.
//!
//! ## Why
//!
//! Its checklist is made, but with no caution, no look and no name of its own, and no rule about
//! modes checks it.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 테스트 연동
//! #### 설정경로
//! - [콘솔](https://console.example.com/) > 채널 관리 > 채널 추가
//! ### 라이브 연동
//! #### 설정경로
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
//! `conventions.modes` lists the modes with the texts of their headings.

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "unknown-mode",
    level: Level::Warning,
    source: include_str!("unknown_mode.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
