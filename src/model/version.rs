//! Finds the versions that a scenario applies to.

use crate::markdown::node::{Block, Item};
use crate::markdown::text::block_text;
use crate::model::conventions::Conventions;

/// Versions in a scenario's title, or else in a line of its intro that states them; may be empty.
pub(super) fn versions(title: &str, intro: &[Block], conventions: &Conventions<'_>) -> Vec<String> {
    let words = &conventions.words.versions;
    let in_title = named(title, &words.names);
    if !in_title.is_empty() {
        return in_title;
    }
    let mut lines = Vec::new();
    for block in intro {
        match block {
            Block::Paragraph(_) => lines.push(block_text(std::slice::from_ref(block))),
            Block::List(list) => {
                lines.extend(
                    list.items
                        .iter()
                        .map(|Item { blocks, .. }| block_text(blocks)),
                );
            }
            _ => {}
        }
    }
    let states = |line: &String| words.statement.occurs_in(line);
    let stated = lines
        .iter()
        .filter(|line| states(line))
        .map(|line| named(line, &words.names));
    stated
        .into_iter()
        .find(|versions| !versions.is_empty())
        .unwrap_or_default()
}

/// Longest line that only states the versions of a scenario, in characters.
const LONGEST_STATEMENT: usize = 40;

/// Whether a line only states the versions of a scenario, which its sheet shows in its head.
pub(super) fn is_statement(line: &str, conventions: &Conventions<'_>) -> bool {
    let words = &conventions.words.versions;
    line.chars().count() <= LONGEST_STATEMENT
        && words.statement.occurs_in(line)
        && !named(line, &words.names).is_empty()
}

/// Brackets around versions after a title.
const BRACKETS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('（', '）')];

/// A title without the versions in brackets at its end, for use where they are shown beside it.
///
/// ```text
/// 결제창 일반/정기결제 (V1/V2)
///                      ^^^^^^^
/// ```
pub fn bare<'t>(title: &'t str, names: &[String]) -> &'t str {
    let of_brackets = |(open, close): (char, char)| {
        let (before, inside) = title.trim_end().strip_suffix(close)?.rsplit_once(open)?;
        let words = inside.split(|character: char| !character.is_alphanumeric());
        let mut words = words.filter(|word| !word.is_empty()).peekable();
        let is_name = |word: &str| names.iter().any(|name| name.eq_ignore_ascii_case(word));
        let is_of_versions = words.peek().is_some() && words.all(is_name);
        let before = before.trim_end();
        (is_of_versions && !before.is_empty()).then_some(before)
    };
    BRACKETS.into_iter().find_map(of_brackets).unwrap_or(title)
}

/// The names that occur in `text` as words, in configured order.
pub fn named(text: &str, names: &[String]) -> Vec<String> {
    let is_boundary = |character: char| !character.is_ascii_alphanumeric();
    let words: Vec<String> = text.split(is_boundary).map(str::to_lowercase).collect();
    names
        .iter()
        .filter(|name| words.contains(&name.to_lowercase()))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::source::FileId;

    fn check(title: &str, intro: &str, expected: &[&str]) {
        let config = Config::defaults();
        let conventions = Conventions::new(&config).unwrap();
        let (document, _) = parse(intro, FileId(0), &config.components);
        assert_eq!(
            versions(title, &document.blocks, &conventions),
            expected,
            "{title} {intro}"
        );
    }

    #[test]
    fn title_counts_before_the_statement() {
        check("결제창 (V1)", "- V2에서만 지원됩니다.", &["V1"]);
        check("해외결제 (V1/V2)", "", &["V1", "V2"]);
        check(
            "통합인증",
            "- 포트원 결제모듈 V1,V2 에서 지원됩니다.",
            &["V1", "V2"],
        );
        check(
            "결제창",
            "- 포트원 결제모듈 V2에서만 지원됩니다.\\\n  둘째 줄",
            &["V2"],
        );
    }

    #[test]
    fn only_versions_in_brackets_at_the_end_leave_a_title() {
        let names = ["V1".to_string(), "V2".to_string()];
        let check = |title, expected| assert_eq!(bare(title, &names), expected, "{title}");
        check("결제창 (V1)", "결제창");
        check("결제창 일반/정기결제(v1/V2) ", "결제창 일반/정기결제");
        check("결제창（V2）", "결제창");
        check("결제창 [V1, V2]", "결제창");
        check("결제창 (V1 전용)", "결제창 (V1 전용)");
        check("결제창 (SPB)", "결제창 (SPB)");
        check("결제창 (V1) 안내", "결제창 (V1) 안내");
        check("결제창 ()", "결제창 ()");
        check("(V1)", "(V1)");
    }

    #[test]
    fn versions_named_in_passing_do_not_count() {
        check("결제창", "V1 가이드를 보세요.", &[]);
    }
}
