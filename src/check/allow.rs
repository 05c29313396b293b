//! Comments that allow findings: `<!-- tickbook allow rule-name: reason -->`, in MDX `{/* … */}`.
//!
//! ```text
//! <!-- tickbook allow long-item, raw-html: the console shows it so -->   the block that follows
//! - 값 : 설명 <!-- tickbook allow long-item: quoted -->                   this line
//! # tickbook allow stale-page: kept as history                            the frontmatter's next line
//! ```
//!
//! A comment alone on its lines covers the whole block that follows it, with the blank lines
//! between and indented lines right after; one after text covers its line. An allow without a reason, of an unknown rule, or that allows nothing is a finding.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use crate::check::context::Context;
use crate::check::levels::Levels;
use crate::check::rule::Rule;
use crate::check::rules;
use crate::check::rules::allows::{ALLOW_WITHOUT_REASON, UNKNOWN_RULE, UNUSED_ALLOW};
use crate::diagnostic::{Diagnostic, Severity};
use crate::markdown::node::{Block, Inline, Literal};
use crate::markdown::text::comment_text;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::{FileId, Span};

/// What a comment starts with, after its mark.
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
    let allows = allows(context, |_| true);
    let index = Index::of(&allows);
    let mut kept = found;
    kept.retain(|found| !is_allowed(found, &index));
    let mut faults: Vec<Diagnostic> = allows
        .iter()
        .filter_map(|allow| fault(allow, levels))
        .collect();
    levels.apply(&mut faults);
    kept.extend(faults);
    kept
}

/// Removes what comments allow, without findings about the comments: not every rule was run.
pub(super) fn without_allowed(
    context: &Context<'_>,
    mut found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    if !found.is_empty() {
        let files: HashSet<FileId> = found.iter().map(|found| found.file).collect();
        let allows = allows(context, |file| files.contains(&file));
        let index = Index::of(&allows);
        found.retain(|found| !is_allowed(found, &index));
    }
    found
}

/// What allows each rule in each file, in the order of where it begins to cover.
struct Index<'a> {
    allows: HashMap<(FileId, &'a str), Vec<Covering<'a>>>,
}

/// An allow, and how far it and those before it cover.
struct Covering<'a> {
    allow: &'a Allow,
    reach: usize,
}

impl<'a> Index<'a> {
    fn of(allows: &'a [Allow]) -> Self {
        let mut by_rule: HashMap<(FileId, &str), Vec<&Allow>> = HashMap::new();
        for allow in allows {
            let key = (allow.file, allow.rule.as_str());
            by_rule.entry(key).or_default().push(allow);
        }
        let reaching = by_rule
            .into_iter()
            .map(|(key, allows)| (key, reaching(allows)));
        Self {
            allows: reaching.collect(),
        }
    }

    /// The first allow of the rule that covers the finding: the first that reaches after its
    /// start, unless it begins after it, too.
    fn covering(&self, found: &Diagnostic) -> Option<&'a Allow> {
        let allows = self.allows.get(&(found.file, found.rule))?;
        let at = found.span.start;
        let first = allows.partition_point(|one| one.reach <= at);
        let allow = allows.get(first)?.allow;
        (allow.covers.start <= at).then_some(allow)
    }
}

fn reaching(mut allows: Vec<&Allow>) -> Vec<Covering<'_>> {
    allows.sort_by_key(|allow| allow.covers.start);
    let mut reach = 0;
    let covering = allows.into_iter().map(|allow| {
        reach = reach.max(allow.covers.end);
        Covering { allow, reach }
    });
    covering.collect()
}

fn is_allowed(found: &Diagnostic, index: &Index<'_>) -> bool {
    match index.covering(found) {
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

/// The allows of the files that `is_wanted`.
fn allows(context: &Context<'_>, is_wanted: impl Fn(FileId) -> bool) -> Vec<Allow> {
    let mut allows = Vec::new();
    for (file, page) in context.pages().filter(|(file, _)| is_wanted(*file)) {
        let text = context.text(file);
        if !text.contains(KEYWORD) {
            continue;
        }
        let lines = Starts::of(text);
        frontmatter_allows(
            file,
            text,
            &lines,
            page.document.frontmatter.span,
            &mut allows,
        );
        let blocks = &page.document.blocks;
        let starts = block_starts(blocks);
        walk(blocks, Attributes::Enter, &mut |node| {
            if let Some(comment) = comment(node) {
                let covers = covers(text, &lines, comment.span, &starts);
                let body = comment_text(&text[comment.span.range()]);
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

/// YAML comments in the frontmatter; each covers the line after it, or its own.
fn frontmatter_allows(
    file: FileId,
    text: &str,
    lines: &Starts,
    block: Span,
    allows: &mut Vec<Allow>,
) {
    let mut start = block.start;
    for line in text[block.range()].split_inclusive('\n') {
        let end = start + line.len();
        if let Some((before, body)) = line.split_once("# tickbook") {
            let span = Span::new(start + before.len(), start + line.trim_end().len());
            let covers = if before.trim().is_empty() {
                Span::new(start, lines.end(end))
            } else {
                Span::new(start, end)
            };
            read(file, &format!("tickbook{body}"), span, covers, allows);
        }
        start = end;
    }
}

/// Adds what a comment's body allows; nothing when it contains something else.
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

/// Where the lines of a text start, so that none is read again for each comment in it.
struct Starts {
    starts: Vec<usize>,
    /// Where the indented lines end that begin with each line; its own start where it is none.
    indented: Vec<usize>,
    end: usize,
}

impl Starts {
    fn of(text: &str) -> Self {
        let behind = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(behind).collect();
        let mut indented = starts.clone();
        let mut next = text.len();
        for (index, start) in starts.iter().enumerate().rev() {
            let line = &text[*start..starts.get(index + 1).copied().unwrap_or(text.len())];
            if line.starts_with([' ', '\t']) && !line.trim().is_empty() {
                indented[index] = next;
            }
            next = indented[index];
        }
        Self {
            starts,
            indented,
            end: text.len(),
        }
    }

    /// The end of the indented lines that start at `from`, which look like a part of the block
    /// before.
    fn indented_end(&self, from: usize) -> usize {
        match self.starts.binary_search(&from) {
            Ok(line) => self.indented[line],
            Err(_) => from,
        }
    }

    /// Where the line of a byte starts.
    fn start(&self, at: usize) -> usize {
        let next = self.starts.partition_point(|start| *start <= at);
        self.starts[next.saturating_sub(1)]
    }

    /// Where the line of a byte ends, its mark included.
    fn end(&self, at: usize) -> usize {
        let next = self.starts.partition_point(|start| *start <= at);
        self.starts.get(next).copied().unwrap_or(self.end)
    }
}

/// Bytes that a comment covers: the next block when it is alone, else its line.
fn covers(text: &str, lines: &Starts, comment: Span, starts: &[Span]) -> Span {
    let line_start = lines.start(comment.start);
    let line_end = lines.end(comment.end);
    let is_mark = |c: char| c.is_whitespace() || c == '>';
    let is_alone = text[line_start..comment.start]
        .trim_matches(is_mark)
        .is_empty()
        && text[comment.end..line_end].trim().is_empty();
    match next_block(starts, comment).filter(|_| is_alone) {
        Some(block) => {
            let end = whole_lines(text, lines, block).end;
            Span::new(gap_start(text, line_start), lines.indented_end(end))
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

/// A block with the rest of its last line, where spaces may be.
fn whole_lines(text: &str, lines: &Starts, block: Span) -> Span {
    if text[..block.end].ends_with('\n') {
        block
    } else {
        Span::new(block.start, lines.end(block.end))
    }
}

/// Every block but comments, by where it starts; of those that start together the outermost is
/// the first.
fn block_starts(blocks: &[Block]) -> Vec<Span> {
    let mut starts = Vec::new();
    walk(blocks, Attributes::Enter, &mut |node| {
        if let Node::Block(block) = node
            && !matches!(block, Block::Comment(_))
        {
            starts.push(block.span());
        }
    });
    starts.sort_by_key(|span| span.start);
    starts
}

/// The outermost block that starts first after a comment.
fn next_block(starts: &[Span], comment: Span) -> Option<Span> {
    let next = starts.partition_point(|block| block.start < comment.end);
    starts.get(next).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, findings};

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

    #[test]
    fn comments_of_mdx_allow_too() {
        let text = "{/* tickbook allow mode-mismatch: 예전 값 */}\n\n글\n";
        let found = findings(&UNUSED_ALLOW, "preset: mdx", &[("a.mdx", text)]);
        assert_eq!(found.len(), 1);
    }
}
