//! A heading has no space between its marks and its text.
//!
//! ## Why
//!
//! Markdown needs a space after the marks. Without it the line is running text, and what follows
//! belongs to the heading above: two modes become one sheet. It is an error in a guide, and where
//! the text is a configured heading. A single `#` before a word is a hashtag, unless the line is a
//! configured heading. The fix adds the space where no link counts the headings that follow.
//!
//! ## Bad
//!
//! ````markdown
//! ## 결제창
//!
//! ###실 연동
//! ````
//!
//! ## Good
//!
//! ````markdown
//! ## 결제창
//!
//! ### 실 연동
//! ````
//!
//! ## Configuration
//!
//! `conventions.modes` and `conventions.sections` define which headings a procedure has.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::structure::leads::Leads;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::node::{Block, Inline};
use crate::markdown::text::label_text;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::conventions::Opens;
use crate::source::{FileId, Span};

/// Most marks of a heading.
const MAX_LEVEL: usize = 6;

/// Most spaces before a heading's marks.
const MAX_INDENT: usize = 3;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "heading-without-space",
    level: Level::Error,
    source: include_str!("heading_without_space.rs"),
    check,
    fix: Effect::HeadingMarks,
};

/// A line that starts with marks and is no heading.
struct Line<'a> {
    file: FileId,
    /// Number of marks.
    level: usize,
    /// The line from its marks on, as the file has it.
    source: &'a str,
    /// First byte of the marks.
    start: usize,
    /// Its text after the marks.
    text: String,
    /// Whether it is a paragraph's; a heading's is underlined.
    is_paragraph: bool,
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut leads = None;
    for (file, page) in context.pages() {
        let mut lines = Vec::new();
        walk(&page.document.blocks, Attributes::Enter, &mut |node| {
            let (inlines, is_paragraph) = match node {
                Node::Block(Block::Paragraph(node)) => (&node.inlines, true),
                Node::Block(Block::Heading(node)) if is_underlined(node.span, file, context) => {
                    (&node.inlines, false)
                }
                _ => return,
            };
            let starts = lines_of(inlines);
            lines.extend(starts.filter_map(|line| marked(line, file, is_paragraph, context)));
        });
        for line in lines {
            let opens = context.conventions.opens(&line.text);
            if line.level == 1 && opens == Opens::Other {
                continue;
            }
            let leads = leads.get_or_insert_with(|| Leads::read(context));
            let severity = match page.guide.is_some() || opens != Opens::Other {
                true => Severity::Error,
                false => Severity::Warning,
            };
            found.push(finding(&line, leads, context).severity(severity));
        }
    }
}

/// Whether a heading is one because of the line below it; others have their space.
fn is_underlined(heading: Span, file: FileId, context: &Context<'_>) -> bool {
    let source = context.slice(file, heading);
    let rest = source.trim_start_matches('#');
    !rest.starts_with([' ', '\t']) && !rest.is_empty()
}

/// The inlines of each line.
fn lines_of(inlines: &[Inline]) -> impl Iterator<Item = &[Inline]> {
    inlines.split(|inline| matches!(inline, Inline::SoftBreak(_) | Inline::HardBreak(_)))
}

/// The line where its source starts with the marks of a heading and goes on without a space.
fn marked<'a>(
    line: &[Inline],
    file: FileId,
    is_paragraph: bool,
    context: &Context<'a>,
) -> Option<Line<'a>> {
    let Some(Inline::Text(first)) = line.first() else {
        return None;
    };
    let end = line.last().map_or(first.span.end, |last| last.span().end);
    let source = context.slice(file, Span::new(first.span.start, end));
    let level = source.len() - source.trim_start_matches('#').len();
    if !(1..=MAX_LEVEL).contains(&level) || source[level..].starts_with([' ', '\t']) {
        return None;
    }
    let text = label_text(line).trim_start_matches('#').to_string();
    text.contains(char::is_alphanumeric).then_some(Line {
        file,
        level,
        source,
        start: first.span.start,
        text,
        is_paragraph,
    })
}

/// The edit puts a space in the place of none, or of one that Markdown does not take for one.
fn finding(line: &Line<'_>, leads: &Leads, context: &Context<'_>) -> Diagnostic {
    let end = line.start + line.source.trim_end().len();
    let marks = line.start + line.level;
    let rest = &line.source[line.level..];
    let gap = rest.len() - rest.trim_start_matches(is_other_blank).len();
    let found = RULE
        .at(line.file, Span::new(line.start, end))
        .with("marks", &line.source[..line.level])
        .with(
            "heading",
            format!("{} {}", &line.source[..line.level], line.text.trim()),
        );
    if line.level > 1 && leads.count_behind(line.file, line.start) {
        let help = found.help.clone().map(|help| Message {
            key: "heading-without-space.counted.help".to_string(),
            ..help
        });
        return Diagnostic { help, ..found };
    }
    if line.is_paragraph && can_be_heading(line, context) {
        return found.edit(Span::new(marks, marks + gap), " ");
    }
    found
}

/// Spaces that Markdown takes for letters, and characters that nobody sees.
fn is_other_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether the line would be a heading with its space: it is not indented too far.
fn can_be_heading(line: &Line<'_>, context: &Context<'_>) -> bool {
    let before = &context.text(line.file)[..line.start];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let indent = &before[start..];
    let blanks = indent.len() - indent.trim_end_matches(' ').len();
    blanks <= MAX_INDENT && !indent.ends_with('\t')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found, findings};

    fn severities(text: &str) -> Vec<Severity> {
        let found = findings(&RULE, "", &[("a.md", text)]);
        found.iter().map(|found| found.severity).collect()
    }

    #[test]
    fn every_line_that_was_meant_as_a_heading_is_found() {
        let text = "###실 연동\n\n글\n##**개요**\n\n#설정경로\n\n> ##인용\n\n<Callout content=\"##알림\" />\n";
        assert_found(
            &RULE,
            text,
            &[
                "1: ###실 연동",
                "4: ##**개요**",
                "6: #설정경로",
                "8: ##인용",
                "10: ##알림",
            ],
        );
        let fixed = text
            .replace("##실", "## 실")
            .replace("##**", "## **")
            .replace("#설", "# 설")
            .replace("##인", "## 인")
            .replace("##알", "## 알");
        assert_fixed(&RULE, text, &fixed);
    }

    #[test]
    fn blank_that_markdown_does_not_know_is_replaced() {
        assert_fixed(&RULE, "##\u{a0}개요\n", "## 개요\n");
        assert_fixed(&RULE, "##\u{200b}개요\n", "## 개요\n");
    }

    #[test]
    fn line_matters_more_in_a_guide() {
        assert_eq!(severities("##개요\n"), [Severity::Warning]);
        assert_eq!(severities("###테스트 연동\n"), [Severity::Error]);
        let guide = "## A\n### 실 연동\n#### 설정방법\n- 가 : 나\n\n##개요\n";
        assert_eq!(severities(guide), [Severity::Error]);
    }

    #[test]
    fn counted_headings_behind_keep_the_fix_away() {
        let text = "[나](#1_나)\n\n## 가\n\n##새것\n\n## 나\n";
        assert_found(&RULE, text, &["5: ##새것"]);
        assert_fixed(&RULE, text, text);
    }

    #[test]
    fn tags_numbers_and_code_are_no_headings() {
        for text in [
            "#태그 #결제\n",
            "#1\n",
            "#!/bin/sh\n",
            "```sh\n##설치\n```\n",
            "`##설치`\n",
            "[가](#나) ##다\n",
            "\\##가\n",
            "#######일곱\n",
            "## 가\n",
            "####\n",
            "##--##\n",
        ] {
            assert_found(&RULE, text, &[]);
        }
    }

    #[test]
    fn underlined_line_is_found_and_left() {
        let text = "##실 연동\n---\n";
        assert_found(&RULE, text, &["1: ##실 연동"]);
        assert_fixed(&RULE, text, text);
    }
}
