//! What lines of `import` and `export` give names to, as data; nothing is run.
//!
//! ```text
//! import Setup, { part } from './_setup.mdx'      Setup is what './_setup.mdx' exports
//! export const version = '1.2'                    version is '1.2'
//! ```

use std::ops::Range;

use crate::literal::{self, Value};

/// A statement that was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// `import … from '…'`
    Import(Import),
    /// `export const … = …` with a value that is a literal.
    Constant {
        /// Its name.
        name: String,
        /// Its value.
        value: Value,
    },
}

/// A path with a name for what it exports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Name of the default export; `None` where only parts are named, or nothing is.
    pub name: Option<String>,
    /// The path without loaders before it and without a query after it.
    pub path: String,
    /// Whether the file's text is asked for, as by `?raw` or `!!raw-loader!`.
    pub is_raw: bool,
    /// Bytes of the path in the text, without quotes.
    pub span: Range<usize>,
}

/// Reads the statements of a text; what is none is passed over.
pub fn statements(text: &str) -> Vec<Statement> {
    let starts = starts(text);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pieces = starts.iter().copied().zip(ends);
    pieces
        .filter_map(|(start, end)| statement(text, start..end))
        .collect()
}

/// Offsets of the lines that begin a statement.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("import") || line.starts_with("export") {
            starts.push(at);
        }
        at += line.len();
    }
    starts
}

fn statement(text: &str, range: Range<usize>) -> Option<Statement> {
    let source = &text[range.clone()];
    if let Some(rest) = source.strip_prefix("import") {
        return import(rest, range.start + "import".len()).map(Statement::Import);
    }
    constant(source.strip_prefix("export")?)
}

/// ```text
///  A, { b } from './c.mdx'
///                 ^^^^^^^
/// ```
fn import(rest: &str, offset: usize) -> Option<Import> {
    let open = rest.find(['"', '\''])?;
    let quote = rest[open..].chars().next()?;
    let inside = &rest[open + 1..];
    let written = inside.lines().next()?.split_once(quote)?.0;
    let names = rest[..open].trim();
    let names = match names {
        "" => "",
        names => names.strip_suffix("from")?.trim(),
    };
    let first = names.split([',', '{', '*']).next().unwrap_or(names).trim();
    let is_name = !first.is_empty() && first.chars().all(is_of_name);
    let (path, query) = written.split_once('?').unwrap_or((written, ""));
    let (loader, path) = path.rsplit_once('!').unwrap_or(("", path));
    Some(Import {
        name: is_name.then(|| first.to_string()),
        path: path.to_string(),
        is_raw: loader.contains("raw-loader") || query.split('&').any(|word| word == "raw"),
        span: offset + open + 1..offset + open + 1 + written.len(),
    })
}

/// ```text
///  const a: string = 'b';
///        ^            ^^^
/// ```
fn constant(rest: &str) -> Option<Statement> {
    let rest = rest.trim_start();
    let (word, rest) = rest.split_once([' ', '\t'])?;
    if !matches!(word, "const" | "let" | "var") {
        return None;
    }
    let (name, value) = rest.split_once('=')?;
    let name = name.split(':').next().unwrap_or(name).trim();
    if name.is_empty() || !name.chars().all(is_of_name) {
        return None;
    }
    let value = literal::read(value.trim().trim_end_matches(';'));
    let is_known = !matches!(value, Value::Unread(_) | Value::Null);
    is_known.then(|| Statement::Constant {
        name: name.to_string(),
        value,
    })
}

/// Whether a character may be in a name.
pub(super) fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows each statement as name and path, or name and value.
    fn check(text: &str, expected: &[&str]) {
        let shown = statements(text).into_iter().map(|one| match one {
            Statement::Import(one) => {
                let raw = if one.is_raw { " raw" } else { "" };
                let name = one.name.unwrap_or_default();
                assert!(text[one.span].contains(&one.path), "{text}");
                format!("{name} <- {}{raw}", one.path)
            }
            Statement::Constant { name, value } => format!("{name} = {}", value.to_json()),
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn imports_give_names_to_paths() {
        check(
            "import A from './a.mdx'\nimport B, { c } from \"b\";\nimport './d.css'",
            &["A <- ./a.mdx", "B <- b", " <- ./d.css"],
        );
        check("import {\n  A,\n  B,\n} from './p'", &[" <- ./p"]);
        check("import * as A from 'a'", &[" <- a"]);
        check("import a from './a.ts?raw'", &["a <- ./a.ts raw"]);
        check("import a from '!!raw-loader!./a.ts'", &["a <- ./a.ts raw"]);
        check("import {\nimport {\nimport a from b", &[]);
    }

    #[test]
    fn constants_are_literals() {
        check(
            "export const a = 'b';\nexport let n: number = 3\nexport const o = {\n  k: ['v'],\n}",
            &["a = \"b\"", "n = 3", "o = {\"k\":[\"v\"]}"],
        );
        check("export const a = f(1)", &[]);
        check("export const { a } = {a: 1}", &[]);
        check("export default () => 1", &[]);
    }
}
