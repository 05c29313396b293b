//! A file among the content controls the server that the site is published on.
//!
//! ## Why
//!
//! Some names mean something to the server or service that publishes a site: `_redirects` sends
//! readers elsewhere, `CNAME` moves the site to another domain, `sw.js` stays in their browsers, and
//! a `.php` file runs on the server. Content comes from people you do not know, so such a file is
//! published only when `tickbook.yaml` names it. Nothing is written until then, and no comment
//! allows it.
//!
//! ## Bad
//!
//! ````text
//! content/_redirects
//! ````
//!
//! ## Good
//!
//! ````yaml
//! # tickbook.yaml
//! assets:
//!   allow: [_redirects, "downloads/*.php"]
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "hosting-file",
    level: Level::Error,
    source: include_str!("hosting_file.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};
