//! Comments that allow findings: `<!-- tickbook allow rule-name: reason -->`.
//!
//! ```text
//! <!-- tickbook allow long-item, raw-html: the console shows it so -->   the block that follows
//! - 값 : 설명 <!-- tickbook allow long-item: quoted -->                   this line
//! # tickbook allow stale-page: kept as history                            the frontmatter's next line
//! ```
//!
//! A comment alone on its lines covers the whole block that follows it, with the blank lines
//! between and indented lines right behind; one behind text covers its line. An allow without a reason, of an unknown rule, or that allows nothing is a finding.

use std::cell::Cell;

use crate::check::context::Context;
use crate::check::levels::Levels;
use crate::check::rule::Rule;
use crate::check::rules;
use crate::check::rules::allows::{ALLOW_WITHOUT_REASON, UNKNOWN_RULE, UNUSED_ALLOW};
use crate::diagnostic::{Diagnostic, Severity};
use crate::markdown::node::{Block, Inline, Literal};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::{FileId, Span};

/// What a comment starts with, behind its mark.
const KEYWORD: &str = "tickbook allow ";

/// One rule that one comment allows.
struct Allow {
    file: FileId,
    rule: String,
    reason: String,
    /// The comment's bytes.
    span: Span,
    /// Bytes whose findings it allows.
    covers: Span,
    is_used: Cell<bool>,
}

/// Drops what comments allow and reports comments that are not as they should be.
pub(super) fn apply(
    context: &Context<'_>,
    levels: &Levels<'_>,
    found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let allows = allows(context);
    let mut kept = found;
    kept.retain(|found| !is_allowed(found, &allows));
    let mut faults: Vec<Diagnostic> = allows
        .iter()
        .filter_map(|allow| fault(allow, levels))
        .collect();
    levels.apply(&mut faults);
    kept.extend(faults);
    kept
}

/// Drops what comments allow, and says nothing of the comments: not every rule was run.
pub(super) fn without_allowed(
    context: &Context<'_>,
    mut found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    if !found.is_empty() {
        let allows = allows(context);
        found.retain(|found| !is_allowed(found, &allows));
    }
    found
}

fn is_allowed(found: &Diagnostic, allows: &[Allow]) -> bool {
    let allow = allows.iter().find(|allow| {
        allow.file == found.file
            && allow.rule == found.rule
            && allow.covers.start <= found.span.start
            && found.span.start < allow.covers.end
    });
    match allow {
        Some(allow) if found.severity != Severity::Fatal => {
            allow.is_used.set(true);
            true
        }
        _ => false,
    }
}

fn fault(allow: &Allow, levels: &Levels<'_>) -> Option<Diagnostic> {
    let found = |rule: &Rule| Some(rule.at(allow.file, allow.span).with("rule", &allow.rule));
    match rules::get(&allow.rule) {
        None => found(&UNKNOWN_RULE),
        Some(_) if allow.reason.is_empty() => found(&ALLOW_WITHOUT_REASON),
        Some(rule) if !allow.is_used.get() && levels.is_on(rule) => found(&UNUSED_ALLOW),
        Some(_) => None,
    }
}

fn allows(context: &Context<'_>) -> Vec<Allow> {
    let mut allows = Vec::new();
    for (file, page) in context.pages() {
        let text = context.text(file);
        if !text.contains(KEYWORD) {
            continue;
        }
        frontmatter_allows(file, text, page.document.frontmatter.span, &mut allows);
        let blocks = &page.document.blocks;
        walk(blocks, Attributes::Enter, &mut |node| {
            if let Some(comment) = comment(node) {
                let covers = covers(text, comment.span, blocks);
                let body = text[comment.span.range()].trim_start_matches("<!--");
                let body = body.trim_end().trim_end_matches("-->");
                read(file, body, comment.span, covers, &mut allows);
            }
        });
    }
    allows
}

fn comment<'a>(node: Node<'a>) -> Option<&'a Literal> {
    match node {
        Node::Block(Block::Comment(comment)) | Node::Inline(Inline::Comment(comment)) => {
            Some(comment)
        }
        _ => None,
    }
}

/// YAML comments in the frontmatter; each covers the line behind it, or its own.
fn frontmatter_allows(file: FileId, text: &str, block: Span, allows: &mut Vec<Allow>) {
    let mut start = block.start;
    for line in text[block.range()].split_inclusive('\n') {
        let end = start + line.len();
        if let Some((before, body)) = line.split_once("# tickbook") {
            let span = Span::new(start + before.len(), start + line.trim_end().len());
            let covers = if before.trim().is_empty() {
                Span::new(start, end_of_line(text, end))
            } else {
                Span::new(start, end)
            };
            read(file, &format!("tickbook{body}"), span, covers, allows);
        }
        start = end;
    }
}

/// Adds what a comment's body allows; nothing when it says something else.
fn read(file: FileId, body: &str, span: Span, covers: Span, allows: &mut Vec<Allow>) {
    let Some(said) = body.trim().strip_prefix(KEYWORD) else {
        return;
    };
    let (rules, reason) = said.split_once(':').unwrap_or((said, ""));
    allows.extend(rules.split(',').map(|rule| Allow {
        file,
        rule: rule.trim().to_string(),
        reason: reason.trim().to_string(),
        span,
        covers,
        is_used: Cell::new(false),
    }));
}

/// Bytes that a comment covers: the next block when it stands alone, else its line.
fn covers(text: &str, comment: Span, blocks: &[Block]) -> Span {
    let line_start = text[..comment.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = end_of_line(text, comment.end);
    let is_mark = |c: char| c.is_whitespace() || c == '>';
    let is_alone = text[line_start..comment.start]
        .trim_matches(is_mark)
        .is_empty()
        && text[comment.end..line_end].trim().is_empty();
    match next_block(blocks, comment) {
        Some(block) if is_alone => {
            let end = whole_lines(text, block).end;
            Span::new(gap_start(text, line_start), indented_end(text, end))
        }
        _ => Span::new(line_start, line_end),
    }
}

/// First byte of the blank lines above a line.
fn gap_start(text: &str, line_start: usize) -> usize {
    let end = text[..line_start].trim_end().len();
    let gap = text[end..line_start].find('\n');
    gap.map_or(line_start, |at| end + at + 1)
}

/// A block with the rest of its last line, where blanks may stand.
fn whole_lines(text: &str, block: Span) -> Span {
    if text[..block.end].ends_with('\n') {
        block
    } else {
        Span::new(block.start, end_of_line(text, block.end))
    }
}

/// The end of the indented lines that start at `from`, which look like a part of the block before.
fn indented_end(text: &str, from: usize) -> usize {
    let is_indented = |line: &&str| line.starts_with([' ', '\t']) && !line.trim().is_empty();
    let lines = text[from..].split_inclusive('\n').take_while(is_indented);
    from + lines.map(str::len).sum::<usize>()
}

/// The outermost block that starts first behind a comment.
fn next_block(blocks: &[Block], comment: Span) -> Option<Span> {
    let mut next: Option<Span> = None;
    walk(blocks, Attributes::Enter, &mut |node| {
        let Node::Block(block) = node else { return };
        let span = block.span();
        let is_behind = span.start >= comment.end && !matches!(block, Block::Comment(_));
        if is_behind && next.is_none_or(|next| span.start < next.start) {
            next = Some(span);
        }
    });
    next
}

fn end_of_line(text: &str, from: usize) -> usize {
    text[from..]
        .find('\n')
        .map_or(text.len(), |at| from + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    const MODE: &Rule = match rules::procedure::RULES {
        [first, ..] => first,
        [] => panic!("the group has rules"),
    };

    fn section(before: &str, behind: &str) -> String {
        format!(
            "## A\n### 실 연동\n#### 설정경로\n{before}- 콘솔 > 채널 > 추가\n  - 연동 모드 : 테스트 연동{behind}\n"
        )
    }

    #[test]
    fn comment_before_a_block_or_behind_a_line_allows() {
        let allow = "<!-- tickbook allow mode-mismatch: 의도한 값 -->";
        for text in [
            section(&format!("{allow}\n"), ""),
            section("", &format!(" {allow}")),
        ] {
            assert_found(MODE, &text, &[]);
            assert_found(&UNUSED_ALLOW, &text, &[]);
        }
    }

    #[test]
    fn reason_and_name_are_checked() {
        let text = section("<!-- tickbook allow mode-mismatch -->\n", "");
        assert_found(MODE, &text, &[]);
        let comment = "4: <!-- tickbook allow mode-mismatch -->";
        assert_found(&ALLOW_WITHOUT_REASON, &text, &[comment]);
        let text = section("<!-- tickbook allow mode-mismach: 값 -->\n", "");
        let comment = "4: <!-- tickbook allow mode-mismach: 값 -->";
        assert_found(&UNKNOWN_RULE, &text, &[comment]);
    }

    #[test]
    fn allow_that_allows_nothing_is_found() {
        let text = "<!-- tickbook allow mode-mismatch: 예전 값 -->\n\n글\n";
        let comment = "1: <!-- tickbook allow mode-mismatch: 예전 값 -->";
        assert_found(&UNUSED_ALLOW, text, &[comment]);
    }
}
