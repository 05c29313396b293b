//! Which versions a scenario is for.

use crate::markdown::node::{Block, Item};
use crate::markdown::text::block_text;
use crate::model::conventions::Conventions;

/// Versions named in a scenario's title, or else in a line of its intro that states them.
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

/// The names that stand in `text` as words, in configured order.
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
    fn versions_named_in_passing_do_not_count() {
        check("결제창", "V1 가이드를 보세요.", &[]);
    }
}
