//! A table row has more cells than the table's header.
//!
//! ## Why
//!
//! Other tools drop the surplus cells. Here they are shown in one more column with an empty header,
//! which is rarely what was meant. The reason is often a bar inside code, which separates cells like
//! any other; the fix escapes it where that makes the row fit.
//!
//! ## Bad
//!
//! ````markdown
//! | 코드 | 할 일 |
//! |---|---|
//! | `A|B` | 결제를 멈춥니다 |
//! ````
//!
//! ## Good
//!
//! ````markdown
//! | 코드 | 할 일 | 비고 |
//! |---|---|---|
//! | `A\|B` | 결제를 멈춥니다 | |
//! | E100 | 취소합니다 | 고객에게 알립니다 |
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "table-extra-cells",
    level: Level::Warning,
    source: include_str!("table_extra_cells.rs"),
    check: found_by_the_reader,
    fix: Effect::JoinedCells,
};
