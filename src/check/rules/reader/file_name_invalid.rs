//! The name of a file or folder contains a backslash or characters that are not shown, or is not UTF-8.
//!
//! ## Why
//!
//! A line end in a name makes two names of it in every list of files, and a character that changes
//! the direction of letters makes it read as another one. A name in another encoding than UTF-8 has
//! no address. A backslash separates folders on some systems, and some take `git~1` for `.git`. The file
//! is not taken, nothing is written, and no comment allows it.
//!
//! ## Bad
//!
//! ````text
//! content/images/a␊CNAME
//! ````
//!
//! ## Good
//!
//! ````text
//! content/images/a.png
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "file-name-invalid",
    level: Level::Error,
    source: include_str!("file_name_invalid.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
