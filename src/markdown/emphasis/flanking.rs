//! Whether a run of emphasis marks may open or close, by the characters on its two sides.
//!
//! CommonMark lets a run with punctuation on its inner side open or close at the edge of a word
//! only. Chinese, Japanese and Korean put no space there, so the CJK-friendly amendments to
//! CommonMark take a CJK character on the outer side for such an edge:
//!
//! ```text
//! **a(b)**가
//!      ^^ closes: punctuation before it, and a CJK character behind it
//! ```

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// CJK characters as the amendments define them, by Unicode 16: East Asian Width `W`, `F` or `H`
/// without those that are shown as emoji, and the script Hangul. First and last of each range.
const CJK: [(u32, u32); 60] = [
    (0x1100, 0x11ff),
    (0x20a9, 0x20a9),
    (0x2329, 0x232a),
    (0x2630, 0x2637),
    (0x268a, 0x268f),
    (0x2e80, 0x2e99),
    (0x2e9b, 0x2ef3),
    (0x2f00, 0x2fd5),
    (0x2ff0, 0x303e),
    (0x3041, 0x3096),
    (0x3099, 0x30ff),
    (0x3105, 0x312f),
    (0x3131, 0x318e),
    (0x3190, 0x31e5),
    (0x31ef, 0x321e),
    (0x3220, 0x3247),
    (0x3250, 0xa48c),
    (0xa490, 0xa4c6),
    (0xa960, 0xa97c),
    (0xac00, 0xd7a3),
    (0xd7b0, 0xd7c6),
    (0xd7cb, 0xd7fb),
    (0xf900, 0xfaff),
    (0xfe10, 0xfe19),
    (0xfe30, 0xfe52),
    (0xfe54, 0xfe66),
    (0xfe68, 0xfe6b),
    (0xff01, 0xffbe),
    (0xffc2, 0xffc7),
    (0xffca, 0xffcf),
    (0xffd2, 0xffd7),
    (0xffda, 0xffdc),
    (0xffe0, 0xffe6),
    (0xffe8, 0xffee),
    (0x16fe0, 0x16fe4),
    (0x16ff0, 0x16ff6),
    (0x17000, 0x18cd5),
    (0x18cff, 0x18d1e),
    (0x18d80, 0x18df2),
    (0x1aff0, 0x1aff3),
    (0x1aff5, 0x1affb),
    (0x1affd, 0x1affe),
    (0x1b000, 0x1b122),
    (0x1b132, 0x1b132),
    (0x1b150, 0x1b152),
    (0x1b155, 0x1b155),
    (0x1b164, 0x1b167),
    (0x1b170, 0x1b2fb),
    (0x1d300, 0x1d356),
    (0x1d360, 0x1d376),
    (0x1f200, 0x1f200),
    (0x1f202, 0x1f202),
    (0x1f210, 0x1f219),
    (0x1f21b, 0x1f22e),
    (0x1f230, 0x1f231),
    (0x1f237, 0x1f237),
    (0x1f23b, 0x1f23b),
    (0x1f240, 0x1f248),
    (0x1f260, 0x1f265),
    (0x20000, 0x3fffd),
];

/// What a run of emphasis marks may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flanking {
    /// Whether it may open emphasis.
    pub can_open: bool,
    /// Whether it may close emphasis.
    pub can_close: bool,
}

/// The reading of flanking rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    /// CommonMark 0.31.2 and GFM.
    CommonMark,
    /// The same with the CJK-friendly amendments.
    CjkFriendly,
}

/// What one character means to a mark beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Blank,
    /// Punctuation that is not CJK.
    Punctuation,
    CjkPunctuation,
    Cjk,
    Other,
}

impl Side {
    fn of(character: char) -> Self {
        if character.is_whitespace() {
            return Self::Blank;
        }
        match (is_punctuation(character), is_cjk(character)) {
            (true, false) => Self::Punctuation,
            (true, true) => Self::CjkPunctuation,
            (false, true) => Self::Cjk,
            (false, false) => Self::Other,
        }
    }

    /// What is before a mark. To the amendments a variation selector belongs to the character
    /// before it.
    fn before(text: &str, rules: Rules) -> Self {
        match text.chars().next_back() {
            None => Self::Blank,
            Some(character) if rules == Rules::CommonMark => Self::of(character),
            Some('\u{fe00}'..='\u{fe0e}') => Self::selected(text),
            Some('\u{e0100}'..='\u{e01ef}') => Self::Cjk,
            Some(character) => Self::of(character),
        }
    }

    /// What a character with a variation selector after it means, at the end of `text`.
    fn selected(text: &str) -> Self {
        let mut characters = text.chars().rev();
        let selector = characters.next();
        match (characters.next(), selector) {
            // A quotation mark in its full-width form.
            (Some('\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}'), Some('\u{fe01}')) => {
                Self::CjkPunctuation
            }
            (Some(character), _) => match Self::of(character) {
                Self::Blank => Self::Other,
                side => side,
            },
            (None, _) => Self::Other,
        }
    }

    fn is_punctuation(self) -> bool {
        matches!(self, Self::Punctuation | Self::CjkPunctuation)
    }

    /// Whether a mark with this on its inner side needs an edge on its outer side.
    fn needs_edge(self, rules: Rules) -> bool {
        match rules {
            Rules::CommonMark => self.is_punctuation(),
            Rules::CjkFriendly => self == Self::Punctuation,
        }
    }

    /// Whether this on a mark's outer side is an edge.
    fn is_edge(self, rules: Rules) -> bool {
        match self {
            Self::Blank | Self::Punctuation | Self::CjkPunctuation => true,
            Self::Cjk => rules == Rules::CjkFriendly,
            Self::Other => false,
        }
    }
}

/// What a run of `mark`, `length` of them, may do between the texts `before` and `behind`, which
/// are empty where a line starts or ends.
pub(super) fn flanking(
    rules: Rules,
    (mark, length): (u8, usize),
    before: &str,
    behind: &str,
) -> Flanking {
    let before = Side::before(before, rules);
    let behind = behind.chars().next().map_or(Side::Blank, Side::of);
    let is_left = behind != Side::Blank && (!behind.needs_edge(rules) || before.is_edge(rules));
    let is_right = before != Side::Blank && (!before.needs_edge(rules) || behind.is_edge(rules));
    match mark {
        b'*' => Flanking {
            can_open: is_left,
            can_close: is_right,
        },
        // Two tildes open before punctuation inside a word, too, as pulldown-cmark has it.
        b'~' if length > 1 => Flanking {
            can_open: behind != Side::Blank,
            can_close: is_right,
        },
        // One tilde means `to` between numbers, so it never marks a part of a word, and the
        // amendments leave `_` as it is.
        _ => Flanking {
            can_open: is_left && (!is_right || before.is_punctuation()),
            can_close: is_right && (!is_left || behind.is_punctuation()),
        },
    }
}

/// Whether CommonMark counts a character as punctuation: Unicode's categories P and S.
fn is_punctuation(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_punctuation();
    }
    let group = character.general_category_group();
    matches!(
        group,
        GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol
    )
}

/// Whether a character is CJK as the amendments define it.
fn is_cjk(character: char) -> bool {
    let code = u32::from(character);
    let after = CJK.partition_point(|(first, _)| *first <= code);
    after
        .checked_sub(1)
        .is_some_and(|index| code <= CJK[index].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the marks in `text` may do: `(` opens, `)` closes, `.` neither.
    fn check(rules: Rules, text: &str, expected: &str) {
        let first = text.find(['*', '_', '~']).unwrap();
        let rest = &text[first..];
        let mark = rest.as_bytes()[0];
        let behind = rest.trim_start_matches(char::from(mark));
        let length = rest.len() - behind.len();
        let found = flanking(rules, (mark, length), &text[..first], behind);
        let shown = match (found.can_open, found.can_close) {
            (true, true) => "()",
            (true, false) => "(",
            (false, true) => ")",
            (false, false) => ".",
        };
        assert_eq!(shown, expected, "{rules:?} {text}");
    }

    #[test]
    fn cjk_characters_end_a_word() {
        for (text, plain, amended) in [
            (")**가", "(", "()"),
            ("가**(", ")", "()"),
            (")**a", "(", "("),
            ("가**나", "()", "()"),
            ("。**A", "(", "()"),
            ("A**「", ")", "()"),
            (") **가", "(", "("),
            (")** 가", ")", ")"),
            ("☕**(", "()", "()"),
            ("漢\u{e0100}**(", ")", "()"),
            ("字\u{fe00}**(", ")", "()"),
            ("”\u{fe01}**A", "()", "()"),
            ("”**A", "(", "("),
            (")~~가", "(", "()"),
        ] {
            check(Rules::CommonMark, text, plain);
            check(Rules::CjkFriendly, text, amended);
        }
    }

    #[test]
    fn underlines_and_single_tildes_stay_as_they_are() {
        for text in [
            ")_가", "가_(", "。_A", "A_「", "가_나", "_가", "가_ ", ")__가", "1~3", ")~가", "가~(",
        ] {
            let sides = |rules| {
                let at = text.find(['_', '~']).unwrap();
                let behind = text[at..].trim_start_matches(['_', '~']);
                let length = text.len() - at - behind.len();
                flanking(rules, (text.as_bytes()[at], length), &text[..at], behind)
            };
            assert_eq!(
                sides(Rules::CommonMark),
                sides(Rules::CjkFriendly),
                "{text}"
            );
        }
    }

    #[test]
    fn ranges_are_in_order() {
        let ends = CJK.iter().flat_map(|(first, last)| [*first, *last]);
        assert!(ends.clone().zip(ends.skip(1)).all(|(a, b)| a <= b));
    }
}
