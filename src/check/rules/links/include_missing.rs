//! A file that a document includes cannot be included.
//!
//! ## Why
//!
//! What a document includes is a part of its page. A path is looked for beside the file that names it,
//! and then from the root of the content folder; `@site/`, `~/`, `@/` and `/` mean that root. It must
//! not leave the content folder. A file cannot include itself, includes are at most 8 deep, and a page
//! with all that it includes has at most 4 MiB; all pages together include at most 16 MiB and 16 times
//! the text of the site. Anything else leaves a gap in the page, or shows the
//! include as it is written.
//!
//! How documents include others depends on the tool:
//!
//! | tool | include |
//! |---|---|
//! | MDX | `<Include src="f" />`, `<include>f</include>`, an imported document used as a component |
//! | mdBook | `{{#include f:2:5}}`, `{{#include f:name}}` |
//! | MkDocs | `--8<-- "f:2:5"`, `{* f ln[2:5] *}` |
//! | VitePress | `<<< f#name`, `<!--@include: f{2,5}-->` |
//!
//! ## Configuration example
//!
//! ```yaml
//! preset: mdx
//! ```
//!
//! ## Bad
//!
//! ```markdown
//! === guide.mdx
//! <Include src="./_setup.mdx" />
//! ```
//!
//! ## Good
//!
//! ```markdown
//! === _part.mdx
//! Open the console.
//! === guide.mdx
//! <Include src="./_part.mdx" />
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::include::limit::{MAX_DEPTH, MAX_PAGE_BYTES};
use crate::source::joined::{IncludeFailure, IncludeFault};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "include-missing",
    level: Level::Warning,
    source: include_str!("include_missing.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, _) in context.pages() {
        let joined = context.sources.joined_document(file);
        let faults = joined.into_iter().flat_map(|joined| &joined.faults);
        found.extend(faults.map(|fault| {
            let mut one = RULE.at(file, fault.span);
            let (message, help) = messages(fault);
            one.message = message;
            one.help = Some(help);
            one
        }));
    }
}

fn messages(fault: &IncludeFault) -> (Message, Message) {
    let (message, help) = match fault.reason {
        IncludeFailure::Missing => ("include-missing", "include-missing.help"),
        IncludeFailure::NoPart => ("include-missing.part", "include-missing.part.help"),
        IncludeFailure::Outside => ("include-missing.outside", "include-missing.outside.help"),
        IncludeFailure::Cycle => ("include-missing.cycle", "include-missing.cycle.help"),
        IncludeFailure::TooDeep => ("include-missing.deep", "include-missing.deep.help"),
        IncludeFailure::TooLong => ("include-missing.long", "include-missing.long.help"),
        IncludeFailure::TooMuch => ("include-missing.much", "include-missing.much.help"),
    };
    let tried: Vec<String> = fault.tried.iter().map(|path| format!("`{path}`")).collect();
    let message = Message::new(message)
        .with("path", &fault.path)
        .with("limit", MAX_DEPTH.to_string())
        .with("size", (MAX_PAGE_BYTES >> 20).to_string());
    (message, Message::new(help).with("tried", tried.join(", ")))
}
