//! Lines of `import` and `export` in MDX. They are found and never run.
//!
//! ```text
//! import Tabs from '@theme/Tabs'
//! export const rows = [
//!   'a',
//! ]
//! ```
//!
//! A block starts in column 0, where a line goes on as such a statement does: "import 문은 …" is
//! prose. It ends at the first blank line outside brackets, strings, templates and comments.

use crate::markdown::braces::Scripted;

/// What follows `export` in a statement.
const EXPORTED: [&str; 9] = [
    "default",
    "const",
    "let",
    "var",
    "function",
    "class",
    "async",
    "type",
    "interface",
];

/// Lines that end a block although no blank line is before them: no statement goes on like this.
const BLOCK_STARTS: [&str; 4] = ["#", ":::", "```", "> "];

/// End of the block that starts at `start`, without its line end; `None` where none does.
pub(super) fn end(text: &str, start: usize) -> Option<usize> {
    if !is_statement(&text[start..]) {
        return None;
    }
    let bytes = text.as_bytes();
    let mut scanner = Scripted::new(bytes, bytes.len());
    let mut depth = 0usize;
    let mut templates: Vec<usize> = Vec::new();
    let mut is_in_template = false;
    let mut at = start;
    while at < bytes.len() {
        if is_in_template {
            match bytes[at] {
                b'\\' => at += 1,
                b'`' => is_in_template = false,
                b'$' if bytes.get(at + 1) == Some(&b'{') => {
                    templates.push(depth);
                    is_in_template = false;
                    at += 1;
                }
                _ => {}
            }
            at += 1;
            continue;
        }
        match bytes[at] {
            b'`' => is_in_template = true,
            b'{' | b'(' | b'[' => depth += 1,
            b'}' if templates.last() == Some(&depth) => {
                templates.pop();
                is_in_template = true;
            }
            b'}' | b')' | b']' => depth = depth.saturating_sub(1),
            b'\n' if depth == 0 && ends_before(&text[at + 1..]) => return Some(at),
            _ => {
                at = scanner.past(at);
                continue;
            }
        }
        at += 1;
    }
    (depth == 0 && !is_in_template)
        .then(|| text.trim_end_matches([' ', '\t', '\n']).len().max(start))
}

/// Whether a block ends before these lines.
fn ends_before(rest: &str) -> bool {
    let line = rest.split('\n').next().unwrap_or(rest);
    line.trim().is_empty() || BLOCK_STARTS.iter().any(|mark| line.starts_with(mark))
}

/// ```text
/// import { A } from 'x'
/// ^^^^^^^^^^^^^^^^^^^^^
/// ```
fn is_statement(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix("import") {
        return is_import(rest);
    }
    text.strip_prefix("export").is_some_and(|rest| {
        let named = rest.trim_start_matches([' ', '\t']);
        if named.starts_with(['{', '*']) {
            return true;
        }
        let word = named.split(|c: char| !c.is_ascii_alphabetic()).next();
        named.len() < rest.len() && word.is_some_and(|word| EXPORTED.contains(&word))
    })
}

/// Longest list of names that an import is looked for, in bytes.
const LONGEST_IMPORT: usize = 1 << 13;

fn is_import(rest: &str) -> bool {
    let after = rest.trim_start_matches([' ', '\t']);
    if after.starts_with(['"', '\'']) {
        return true;
    }
    if after.len() == rest.len() && !after.starts_with(['{', '*']) {
        return false;
    }
    let mut end = after.len().min(LONGEST_IMPORT);
    while !after.is_char_boundary(end) {
        end -= 1;
    }
    let names = &after[..end];
    let Some(at) = names.find(['"', '\'']) else {
        return false;
    };
    let names = names[..at].trim_end();
    let Some(names) = names.strip_suffix("from") else {
        return false;
    };
    let is_name = |c: char| c.is_alphanumeric() || c.is_whitespace() || "_$,*{}/".contains(c);
    !names.trim().is_empty() && names.chars().all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows the block that the text starts with.
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(end(text, 0).map(|end| &text[..end]), expected, "{text}");
    }

    #[test]
    fn block_ends_at_a_blank_line_outside_brackets() {
        check(
            "import A from 'a'\nimport 'b'\n\ntext",
            Some("import A from 'a'\nimport 'b'"),
        );
        check(
            "import {\n  A,\n\n  B,\n} from './p'\n\n# T",
            Some("import {\n  A,\n\n  B,\n} from './p'"),
        );
        check(
            "export const a = {\n\n  b: '}',\n}\n\nc",
            Some("export const a = {\n\n  b: '}',\n}"),
        );
        check(
            "export const a = `\n\n${b}`\n\nc",
            Some("export const a = `\n\n${b}`"),
        );
        check("import A from 'a'\n# T", Some("import A from 'a'"));
        check(
            "export default ({ children }) => <a>{children}</a>\n",
            Some("export default ({ children }) => <a>{children}</a>"),
        );
    }

    #[test]
    fn prose_is_no_statement() {
        for text in [
            "import 문은 글의 첫머리에도 온다",
            "important",
            "import it from there",
            "export the file",
            "exports",
            "import {",
            "import { a from b",
        ] {
            check(text, None);
        }
    }
}
