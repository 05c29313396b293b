//! A document imports a document, an image or a text that is not there.
//!
//! ## Why
//!
//! A page shows nothing in the place of a file that it imports and that does not exist. Only paths
//! are looked at that begin with `./`, `../` or mean the root of the content (`@site/`, `~/`, `@/`,
//! `/`); packages and code are not, nor is what is outside the content folder.
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
//! import Setup from './_setup.mdx'
//!
//! <Setup />
//! ```
//!
//! ## Good
//!
//! ```markdown
//! === _part.mdx
//! Open the console.
//! === guide.mdx
//! import Part from './_part.mdx'
//!
//! <Part />
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::include::files::{Files, Found, is_rooted};
use crate::markdown::bound::is_shown;
use crate::markdown::node::{Block, Literal};
use crate::markdown::statement::{Import, Statement, statements};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::{FileId, Span, is_document};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "import-missing",
    level: Level::Warning,
    source: include_str!("import_missing.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let files = Files::of(context.sources);
    for (file, page) in context.pages() {
        walk(&page.document.blocks, Attributes::Skip, &mut |node| {
            if let Node::Block(Block::Esm(node)) = node {
                for statement in statements(&node.text) {
                    if let Statement::Import(import) = statement {
                        found.extend(missing(context, &files, file, node, &import));
                    }
                }
            }
        });
    }
}

fn missing(
    context: &Context<'_>,
    files: &Files<'_>,
    file: FileId,
    node: &Literal,
    import: &Import,
) -> Option<Diagnostic> {
    if !is_of_content(import) {
        return None;
    }
    let from = context.sources.path_at(file, node.span.start);
    let Found::Missing(tried) = files.find(from, &import.path) else {
        return None;
    };
    let is_draft = |path: &String| context.sources.drafts.contains(path);
    if tried.iter().any(is_draft) {
        return None;
    }
    let is_exact = context.text(file).get(node.span.range()) == Some(&node.text);
    let span = match is_exact {
        true => Span::new(
            node.span.start + import.span.start,
            node.span.start + import.span.end,
        ),
        false => node.span,
    };
    let tried: Vec<String> = tried.iter().map(|path| format!("`{path}`")).collect();
    let found = RULE.at(file, span).with("path", &import.path);
    Some(found.with("tried", tried.join(", ")))
}

/// Whether a path is that of a file of the content, as far as one can know.
fn is_of_content(import: &Import) -> bool {
    let path = import.path.as_str();
    let is_relative = path.starts_with("./") || path.starts_with("../");
    let is_text = is_document(path);
    (is_relative && (is_text || is_shown(path) || import.is_raw)) || (is_rooted(path) && is_text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::findings;

    fn check(text: &str, expected: &[&str]) {
        let config = "preset: mdx";
        let found = findings(&RULE, config, &[("a/b.mdx", text), ("a/c.mdx", "c")]);
        let shown: Vec<&str> = found.iter().map(|one| &text[one.span.range()]).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn files_of_the_content_must_be_there() {
        check(
            "import A from './d.mdx'\nimport B from './c.mdx'",
            &["./d.mdx"],
        );
        check("import a from './d.png'", &["./d.png"]);
        check("import a from './d.ts?raw'", &["./d.ts?raw"]);
        check("import A from '@site/d.md'", &["@site/d.md"]);
    }

    #[test]
    fn packages_code_and_what_is_outside_are_not_looked_at() {
        check("import A from 'pkg/d.mdx'", &[]);
        check("import A from './d'", &[]);
        check("import A from './d.tsx'", &[]);
        check("import A from '../../d.mdx'", &[]);
        check("import a from '@site/static/d.png'", &[]);
    }
}
