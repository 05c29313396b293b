//! A tool's file has the navigation as code.
//!
//! ## Why
//!
//! Nothing of a site is run, so this navigation is not known, and folders are it instead. A list of
//! values, constants of the file and a call with one list or map are data.
//!
//! ## Bad
//!
//! ```markdown
//! === cancel.md
//! ---
//! title: 취소
//! ---
//! === sidebars.js
//! module.exports = makeSidebar(require('./pages'))
//! ```
//!
//! ## Good
//!
//! ```markdown
//! === cancel.md
//! ---
//! title: 취소
//! ---
//! === sidebars.js
//! module.exports = { docs: ['cancel'] }
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::config::tool::{NavigationFile, NavigationForm};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::tool::ToolText;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "navigation-not-data",
    level: Level::Warning,
    source: include_str!("navigation_not_data.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(navigation) = &context.sources.navigation else {
        return;
    };
    let path = navigation.path.as_str();
    let is_own = |own: &&NavigationFile| {
        let pattern = own.file.trim_end_matches('*');
        path.contains(pattern) && own.form != NavigationForm::Folder
    };
    let mut files = context.config.tool.navigation.iter();
    let (form, at) = match files.find(is_own) {
        Some(own) => (own.form, own.at.clone()),
        None => (NavigationForm::Tree, String::new()),
    };
    let file = NavigationFile {
        file: path.to_string(),
        form,
        at: at.clone(),
    };
    let text = ToolText::new(path, navigation.text.clone());
    if text.entries(&file).is_none() {
        let start = navigation.text.find(&at).unwrap_or_default();
        let span = Span::new(start, start + at.len());
        found.push(RULE.at(context.sources.navigation_id(), span));
    }
}
