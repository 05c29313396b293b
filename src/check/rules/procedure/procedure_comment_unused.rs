//! A comment or the frontmatter declares a procedure where there is nothing that could be one.
//!
//! ## Why
//!
//! `<!-- tickbook procedure -->` makes a checklist of the list, the heading or the component directly
//! below it, `<!-- tickbook no procedure: reason -->` takes one away, and `procedure` in the frontmatter
//! does the same for a page or its headings. One that has no effect leaves the checklists as they would
//! be without it, so somebody prints a list that is none, or misses one.
//!
//! ## Bad
//!
//! ```markdown
//! <!-- tickbook procedure -->
//!
//! The server starts in three phases.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! <!-- tickbook procedure -->
//!
//! - The red cable goes into the left socket.
//! - The blue cable goes into the right one.
//! ```
//!
//! ## Configuration
//!
//! In the frontmatter, `procedure` is `steps`, `tasks`, `headings`, `runbook`, `ordered-list`, `bullets`
//! or `false`, or a map from the text of a heading to one of these. `no procedure` needs a reason.

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "procedure-comment-unused",
    level: Level::Warning,
    source: include_str!("procedure_comment_unused.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
