//! A guide contains a character that the fonts for printing lack.
//!
//! ## Why
//!
//! The PDF of a checklist is set in the fonts of `print.fonts`, or in the built-in one, which has
//! Korean and Latin letters and no Chinese ones. What that lacks is taken from the built-in font of
//! code, which has signs and characters to draw boxes with. A sheet with a gap in the name of a
//! company would be wrong, so it is not printed. Pictographs are drawn, and letters in circles and
//! brackets are made of their parts, so they are not reported. Each character is reported once in a
//! document.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//!
//! ### 실 연동
//!
//! #### 설정방법
//!
//! - 상호 : 株式會社 가나
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//!
//! ### 실 연동
//!
//! #### 설정방법
//!
//! - 상호 : 주식회사 가나, ㉠ 💡
//! ```

use std::collections::BTreeSet;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::{TextKind, TextLine};
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::Block;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::glyph::{Characters, listed, replacements};
use crate::model::guide::Guide;
use crate::model::mode::Mode;
use crate::source::{FileId, Span};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "missing-glyph",
    level: Level::Warning,
    source: include_str!("missing_glyph.rs"),
    fix: Effect::NoFix,
    check,
};

/// Texts of the frontmatter that are printed.
const PRINTED_KEYS: [&str; 2] = ["title", "companies"];

/// A text that is printed.
enum Printed<'a> {
    /// Running text.
    Line(&'a TextLine<'a>),
    /// Code or raw HTML as it is in the file, with its bytes there.
    Literal(FileId, Span, &'a str),
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(fonts) = &context.sources.fonts else {
        return;
    };
    let printed = printed(context);
    let icons = &context.config.conventions.notices.icons;
    let missing = |characters: Characters| -> BTreeSet<char> {
        let (_, missing) = replacements(&characters, fonts, icons);
        missing.into_iter().collect()
    };
    let missing = missing(Characters {
        text: characters(&printed),
        ..Characters::default()
    });
    if missing.is_empty() {
        return;
    }
    let mut known: BTreeSet<(FileId, char)> = BTreeSet::new();
    for text in &printed {
        let file = text.file();
        let mut own: Vec<char> = Vec::new();
        for character in text.text().chars().filter(|c| missing.contains(c)) {
            if known.insert((file, character)) {
                own.push(character);
            }
        }
        if let Some(first) = own.first() {
            let finding = RULE.at(file, text.place(context, *first));
            found.push(finding.with("characters", listed(&own)));
        }
    }
}

/// Texts of all scenarios that have a sheet.
fn printed<'a>(context: &'a Context<'_>) -> Vec<Printed<'a>> {
    let spans: Vec<Vec<Span>> = context
        .pages()
        .map(|(_, page)| page.guide.as_ref().map(printed_spans).unwrap_or_default())
        .collect();
    let is_printed = |file: FileId, at: usize| {
        let spans = &spans[file.0];
        let next = spans.partition_point(|span| span.start <= at);
        next > 0 && at < spans[next - 1].end
    };
    let lines = context.lines().iter().filter(|line| match line.kind {
        TextKind::Frontmatter(key) => !spans[line.file.0].is_empty() && PRINTED_KEYS.contains(&key),
        _ => is_printed(line.file, line.span.start),
    });
    let mut printed: Vec<Printed<'a>> = lines.map(Printed::Line).collect();
    for (file, page) in context
        .pages()
        .filter(|(file, _)| !spans[file.0].is_empty())
    {
        walk(&page.document.blocks, Attributes::Enter, &mut |node| {
            let (span, text) = match node {
                Node::Block(Block::Code(code)) => (code.span, &code.text),
                Node::Block(Block::Html(html)) => (html.span, &html.text),
                _ => return,
            };
            if is_printed(file, span.start) {
                printed.push(Printed::Literal(file, span, text));
            }
        });
    }
    printed
}

fn printed_spans(guide: &Guide) -> Vec<Span> {
    let scenarios = guide.scenarios.iter();
    let printed = scenarios.filter(|scenario| scenario.modes.iter().any(Mode::has_procedure));
    printed.map(|scenario| scenario.span).collect()
}

/// Every character of the texts once, by a mark for each that there can be.
fn characters(printed: &[Printed<'_>]) -> BTreeSet<char> {
    let mut marks = vec![0_u64; 0x11_0000 / 64];
    for character in printed.iter().flat_map(|text| text.text().chars()) {
        let number = u32::from(character) as usize;
        marks[number / 64] |= 1 << (number % 64);
    }
    let words = (0_u32..).zip(&marks).filter(|(_, word)| **word != 0);
    let numbers = words.flat_map(|(index, word)| {
        let bits = (0..64).filter(move |bit| word & (1 << bit) != 0);
        bits.map(move |bit| index * 64 + bit)
    });
    numbers.filter_map(char::from_u32).collect()
}

impl Printed<'_> {
    fn file(&self) -> FileId {
        match self {
            Self::Line(line) => line.file,
            Self::Literal(file, ..) => *file,
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Line(line) => &line.text,
            Self::Literal(_, _, text) => text,
        }
    }

    /// The bytes of the file that show a character first.
    fn place(&self, context: &Context<'_>, character: char) -> Span {
        match self {
            Self::Line(line) => {
                let at = line.text.find(character).unwrap_or_default();
                line.span(at..at + character.len_utf8())
            }
            Self::Literal(file, span, _) => {
                context.locate(*file, *span, character.encode_utf8(&mut [0; 4]))
            }
        }
    }
}

#[cfg(test)]
#[cfg(feature = "pdf")]
mod tests {
    use super::*;
    use crate::check::testing::findings_in;
    use crate::font::FontSet;
    use crate::source::{Source, SourceSet};

    fn check(text: &str, expected: &[&str]) {
        let source = Source {
            path: "a.md".to_string(),
            text: text.to_string(),
        };
        let sources = SourceSet {
            documents: vec![source.clone()],
            fonts: Some(FontSet::built_in()),
            ..SourceSet::default()
        };
        let found = findings_in(&RULE, "", &sources);
        let shown = found.iter().map(|found| {
            let line = source.position(found.span.start).line;
            let (_, characters) = &found.message.values[0];
            format!("{line}: {} {characters}", &text[found.span.range()])
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{text}");
    }

    const GUIDE: &str =
        "---\ntitle: 株 안내\n---\n\n會\n\n## 결제창\n\n### 실 연동\n\n#### 설정방법\n\n";

    #[test]
    fn each_character_is_reported_once_where_it_is_first() {
        check(
            &format!("{GUIDE}- 상호 : **會**社 株會\n- 이름 : 社, `式`\n\n  ```\n  株漢\n  ```\n"),
            &[
                "2: 株 株 (U+682A)",
                "13: 會 會 (U+6703), 社 (U+793E)",
                "14: 式 式 (U+5F0F)",
                "17: 漢 漢 (U+6F22)",
            ],
        );
    }

    #[test]
    fn text_has_the_characters_of_the_font_of_code() {
        check(
            &format!(
                "{}- 트리 : `├` ├─\n\n  ```\n  └株\n  ```\n",
                GUIDE.replace(['株', '會'], "")
            ),
            &["16: 株 株 (U+682A)"],
        );
    }

    #[test]
    fn what_is_below_an_image_is_looked_at() {
        check(
            &format!("{}- 값 : ![會](a.png)\n", GUIDE.replace(['株', '會'], "")),
            &["13: 會 會 (U+6703)"],
        );
    }

    #[test]
    fn text_without_a_sheet_is_not_looked_at() {
        check("# 株\n\n會社\n", &[]);
        check("## 결제창 株\n\n### 실 연동\n\n글 會\n", &[]);
    }

    #[test]
    fn what_is_drawn_or_written_out_is_no_matter() {
        check(
            &GUIDE
                .replace('株', "㉠ ⑴ 💡 1\u{fe0f}\u{20e3}")
                .replace('會', ""),
            &[],
        );
    }
}
