//! Documents that include others: the text of each becomes the text that its page shows.
//!
//! ```text
//! documents, fragments, files ─find→ includes ─files→ paths ─part→ texts ─text→ documents
//! ```
//!
//! Each way of including that tools have is an [`IncludeSyntax`]; a preset names those of its tool. A
//! path is looked for beside the file that names it, then from the root of the content, and only
//! there. What is included is text and nothing else: names in it have the values of the including
//! tag's attributes, and nothing is run. What cannot be followed stays as it is written and is a
//! fault, which the rule `include-missing` reports.

mod code;
mod component;
mod expand;
pub mod files;
mod find;
pub mod limit;
mod part;
mod text;

use crate::config::Config;
use crate::config::files::IncludeSyntax;
use crate::include::expand::Expander;
use crate::include::files::Files;
use crate::include::limit::site_bytes;
use crate::source::SourceSet;

/// Puts what documents include into their texts.
pub fn expand(sources: &mut SourceSet, config: &Config) {
    let syntaxes = &config.files.includes;
    let documents = sources.documents.iter().enumerate();
    let wanted = documents.filter(|(_, document)| may_include(&document.text, syntaxes));
    let wanted: Vec<usize> = wanted.map(|(index, _)| index).collect();
    if wanted.is_empty() {
        return;
    }
    let files = Files::of(sources);
    let texts = sources.documents.iter().chain(&sources.fragments);
    let content = texts.map(|source| source.text.len()).sum();
    let mut expander = Expander::new(&files, config, site_bytes(content));
    let expanded: Vec<(usize, Option<String>)> = wanted
        .into_iter()
        .map(|index| (index, expander.document(&sources.documents[index])))
        .collect();
    let joined = expander.into_joined();
    for (index, text) in expanded {
        if let Some(text) = text {
            sources.documents[index].text = text;
        }
    }
    sources.joined = joined;
}

/// Whether a document may include others, by marks that all includes have.
pub fn may_include(text: &str, syntaxes: &[IncludeSyntax]) -> bool {
    let has = |mark: &str| text.contains(mark);
    syntaxes.iter().any(|syntax| match syntax {
        IncludeSyntax::Component => {
            has("<Include") || has("<include") || text.lines().any(may_import)
        }
        IncludeSyntax::Braces => has("{{#"),
        IncludeSyntax::Scissors => has("-8<-"),
        IncludeSyntax::Star => has("{*"),
        IncludeSyntax::Arrows => has("<<<"),
        IncludeSyntax::Comment => has("@include:"),
    })
}

/// Whether a line may import a document or a text.
fn may_import(line: &str) -> bool {
    line.contains("from") && (line.contains(".md") || line.contains("raw"))
}

/// Whether a document with this text includes nothing and no other includes it, so that it can be
/// read again alone.
pub fn is_alone(path: &str, text: &str, sources: &SourceSet, config: &Config) -> bool {
    !may_include(text, &config.files.includes) && !sources.is_joined(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::include::limit::{MAX_DEPTH, MAX_PAGE_BYTES};
    use crate::source::joined::IncludeFailure;
    use crate::source::{FileId, Source, Span};

    /// The documents of a preset with what they include.
    fn expanded(preset: &str, documents: &[(&str, &str)]) -> SourceSet {
        let config = Config::read(&format!("preset: {preset}"), "a").unwrap();
        let source = |(path, text): &(&str, &str)| Source {
            path: (*path).to_string(),
            text: (*text).to_string(),
        };
        let mut sources = SourceSet {
            documents: documents.iter().map(source).collect(),
            ..SourceSet::default()
        };
        config.keep_pages(&mut sources);
        expand(&mut sources, &config);
        sources
    }

    /// Text of the first document without blank lines, and why includes in it failed.
    fn text(preset: &str, documents: &[(&str, &str)]) -> (String, Vec<IncludeFailure>) {
        let sources = expanded(preset, documents);
        let lines = sources.documents[0].text.lines();
        let lines: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).collect();
        let joined = sources.joined_document(FileId(0));
        let faults = joined.into_iter().flat_map(|joined| &joined.faults);
        (lines.join("\n"), faults.map(|fault| fault.reason).collect())
    }

    fn check(preset: &str, documents: &[(&str, &str)], expected: &str) {
        let found = text(preset, documents);
        assert_eq!(found, (expected.to_string(), Vec::new()), "{documents:?}");
    }

    fn fails(documents: &[(&str, &str)], reason: IncludeFailure) {
        let (_, found) = text("mdx", documents);
        assert_eq!(found, [reason], "{documents:?}");
    }

    #[test]
    fn tags_include_documents() {
        let part = ("_b.mdx", "---\ntitle: b\n---\nB");
        check(
            "mdx",
            &[("a.mdx", "A\n\n<Include src=\"_b.mdx\" />\n\nC"), part],
            "A\nB\nC",
        );
        check(
            "mdx",
            &[("a.mdx", "<include>./_b.mdx</include>"), part],
            "B",
        );
        check(
            "mdx",
            &[("a.mdx", "x <Include src=\"_b\" /> y"), part],
            "x B y",
        );
        check(
            "mdx",
            &[("a.mdx", "import B from './_b.mdx'\n\n<B></B>"), part],
            "import B from './_b.mdx'\nB",
        );
        check(
            "mdx",
            &[("a.mdx", "`<Include src=\"_b.mdx\" />`"), part],
            "`<Include src=\"_b.mdx\" />`",
        );
    }

    #[test]
    fn tags_include_code() {
        let part = ("_b.md", "B");
        let tag = "<include lang=\"ts\" meta='title=\"b\"'>_b.md</include>";
        check("mdx", &[("a.mdx", tag), part], "```ts title=\"b\"\nB\n```");
        let tag = "<include meta='{1}'>\n  _b.md\n</include>";
        check("mdx", &[("a.mdx", tag), part], "```md {1}\nB\n```");
    }

    #[test]
    fn included_lines_have_the_margin_of_the_tag() {
        let part = ("_b.mdx", "B\n\n- C");
        check(
            "mdx",
            &[("a.mdx", "- A\n\n  <Include src=\"_b\" />\n"), part],
            "- A\n  B\n  - C",
        );
        check(
            "mdx",
            &[("a.mdx", "- <Include src=\"_b\" />\n"), part],
            "- B\n  - C",
        );
        check(
            "mdx",
            &[("a.mdx", "> <Include src=\"_b\" />\n> D"), part],
            "> B\n>\n> - C\n>\n> D",
        );
    }

    #[test]
    fn block_has_blank_lines_around_it_and_no_more() {
        let shown = |page: &str| {
            let sources = expanded("mdx", &[("a.mdx", page), ("_b.mdx", "B\n")]);
            sources.documents[0].text.clone()
        };
        let tag = "<Include src=\"_b\" />";
        assert_eq!(shown(&format!("A\n\n{tag}\n\nC")), "A\n\nB\n\nC");
        assert_eq!(
            shown(&format!("<Tab>\n  {tag}\n</Tab>")),
            "<Tab>\n\n  B\n\n</Tab>"
        );
        assert_eq!(shown(&format!("{tag} {tag}\n")), "B\n\n B\n");
        assert_eq!(shown(tag), "B");
    }

    #[test]
    fn names_have_the_values_of_the_tag() {
        let part = (
            "_b.mdx",
            "{props.x} {x} {y.z} {w} <a href={url}>c</a>\n\nexport const url = '/u'",
        );
        let page = "import B from './_b.mdx'\n\n<B x=\"1\" y={{z: 2}} />";
        let expected = "import B from './_b.mdx'\n{\"1\"} {\"1\"} {2} {w} <a href={\"/u\"}>c</a>";
        check("mdx", &[("a.mdx", page), part], expected);
        let outer = ("_c.mdx", "import B from './_b.mdx'\n\n<B x={props.v} />");
        let page = "<Include src=\"_c\" v=\"7\" />";
        let expected = "{\"7\"} {\"7\"} {y.z} {w} <a href={\"/u\"}>c</a>";
        check("mdx", &[("a.mdx", page), outer, part], expected);
    }

    #[test]
    fn marks_include_text_and_code() {
        let part = ("b.md", "1\n2\n3\n");
        check(
            "mdbook",
            &[("a.md", "{{#include b.md:2:3}}\n"), part],
            "2\n3",
        );
        check(
            "mdbook",
            &[("a.md", "```\n{{#include b.md}}\n```"), part],
            "```\n1\n2\n3\n```",
        );
        check(
            "mkdocs",
            &[("a.md", "=== \"A\"\n\n    --8<-- \"b.md\"\n"), part],
            "=== \"A\"\n    1\n    2\n    3",
        );
        check(
            "mkdocs",
            &[("a.md", "{* b.md ln[2] *}"), part],
            "```md\n2\n```",
        );
        check(
            "vitepress",
            &[("a.md", "<!--@include: ./b.md{3,3}-->"), part],
            "3",
        );
        check(
            "vitepress",
            &[("a.md", "- a\n  <<< b.md{2}"), part],
            "- a\n  ```md {2}\n  1\n  2\n  3\n  ```",
        );
    }

    #[test]
    fn marks_of_other_tools_are_text() {
        let part = ("b.md", "B");
        for text in [
            "{{#include b.md}}",
            "--8<-- \"b.md\"",
            "<<< b.md",
            "<Include src=\"b.md\" />",
        ] {
            check("markdown", &[("a.md", text), part], text);
        }
    }

    #[test]
    fn code_that_is_not_closed_ends_with_its_file() {
        let part = ("b.md", "```js\n1\n");
        check(
            "mdbook",
            &[("a.md", "{{#include b.md}}\nA"), part],
            "```js\n1\n```\nA",
        );
    }

    #[test]
    fn what_cannot_be_included_stays_as_it_is_written() {
        fails(
            &[("a.mdx", "<Include src=\"_c\" />")],
            IncludeFailure::Missing,
        );
        fails(
            &[("a.mdx", "<Include src=\"../../etc/passwd\" />")],
            IncludeFailure::Outside,
        );
        let part = ("_b.mdx", "B");
        fails(
            &[("a.mdx", "<Include src=\"_b.mdx#c\" />"), part],
            IncludeFailure::NoPart,
        );
        let (shown, found) = text("mkdocs", &[("a.md", "A\n--8<-- \"c.md\"\nB")]);
        assert_eq!(shown, "A\n--8<-- \"c.md\"\nB");
        assert_eq!(found, [IncludeFailure::Missing]);
    }

    #[test]
    fn cycle_ends() {
        let part = ("_b.mdx", "B <Include src=\"a.mdx\" />");
        fails(
            &[("a.mdx", "A <Include src=\"_b.mdx\" />"), part],
            IncludeFailure::Cycle,
        );
        fails(
            &[("a.mdx", "A <Include src=\"a.mdx\" />")],
            IncludeFailure::Cycle,
        );
    }

    #[test]
    fn includes_are_eight_deep_at_most() {
        let chain = |length: usize| -> Vec<(String, String)> {
            let file = |n: usize| {
                (
                    format!("{n:02}.mdx"),
                    format!("{n} <Include src=\"{:02}\" />", n + 1),
                )
            };
            let mut files: Vec<_> = (0..length).map(file).collect();
            files.push((format!("{length:02}.mdx"), "end".to_string()));
            files
        };
        let shown = |length: usize| {
            let files = chain(length);
            let files: Vec<_> = files
                .iter()
                .map(|(path, text)| (&**path, &**text))
                .collect();
            text("mdx", &files)
        };
        let (whole, found) = shown(MAX_DEPTH);
        assert!(whole.ends_with("7 end") && found.is_empty(), "{whole}");
        let (_, found) = shown(MAX_DEPTH + 1);
        assert_eq!(found, [IncludeFailure::TooDeep]);
    }

    #[test]
    fn bomb_of_includes_is_limited() {
        let twice = |next: &str| format!("x <Include src=\"{next}\" />\n\n").repeat(12);
        let files = ["a", "b", "c", "d", "e", "f", "g"].windows(2);
        let mut files: Vec<(String, String)> = files
            .map(|pair| (format!("{}.mdx", pair[0]), twice(pair[1])))
            .collect();
        files.push(("g.mdx".into(), String::new()));
        let files: Vec<_> = files
            .iter()
            .map(|(path, text)| (&**path, &**text))
            .collect();
        let sources = expanded("mdx", &files);
        assert!(sources.documents[0].text.len() < 2 * MAX_PAGE_BYTES);
        let joined = sources.joined_document(FileId(0)).unwrap();
        assert!(
            joined
                .faults
                .iter()
                .any(|fault| fault.reason == IncludeFailure::TooLong)
        );
    }

    #[test]
    fn page_has_four_mebibytes_at_most() {
        let long = "x\n".repeat(MAX_PAGE_BYTES / 8);
        let page = "{{#include b.md}}\n\n".repeat(5);
        let (shown, found) = text("mdbook", &[("a.md", &page), ("b.md", &long)]);
        assert!(shown.len() <= MAX_PAGE_BYTES);
        assert_eq!(found, [IncludeFailure::TooLong; 2]);
    }

    #[test]
    fn site_includes_a_multiple_of_its_text_at_most() {
        let long = "x\n".repeat(MAX_PAGE_BYTES / 8);
        let page = |n: usize| (format!("{n:03}.md"), "{{#include z.md}}\n\n".repeat(3));
        let mut files: Vec<(String, String)> = (0..100).map(page).collect();
        files.push(("z.md".into(), long));
        let files: Vec<_> = files
            .iter()
            .map(|(path, text)| (&**path, &**text))
            .collect();
        let sources = expanded("mdbook", &files);
        let bytes: usize = sources.documents.iter().map(|one| one.text.len()).sum();
        assert!(
            bytes < site_bytes(MAX_PAGE_BYTES / 2) + MAX_PAGE_BYTES,
            "{bytes}"
        );
        let last = sources.joined_document(FileId(99)).unwrap();
        assert!(
            last.faults
                .iter()
                .all(|fault| fault.reason == IncludeFailure::TooMuch)
        );
    }

    #[test]
    fn margin_counts() {
        let long = "x\n".repeat(MAX_PAGE_BYTES / 8);
        let page = format!("{}{{{{#include b.md}}}}", " ".repeat(200));
        let (_, found) = text("mdbook", &[("a.md", &page), ("b.md", &long)]);
        assert_eq!(found, [IncludeFailure::TooLong]);
    }

    #[test]
    fn spans_lead_to_the_included_file() {
        let page = "A\n\n- <Include src=\"_b\" />\n\nD";
        let sources = expanded("mdx", &[("a.mdx", page), ("_b.mdx", "B\n\nbad")]);
        let text = &sources.documents[0].text;
        for (word, path) in [
            ("A", "a.mdx"),
            ("B", "_b.mdx"),
            ("bad", "_b.mdx"),
            ("D", "a.mdx"),
        ] {
            let start = text.find(word).unwrap();
            let (file, span) = sources.written(FileId(0), Span::new(start, start + word.len()));
            let source = sources.get(file);
            assert_eq!((&*source.path, &source.text[span.range()]), (path, word));
        }
    }
}
