//! Replacements for characters that no font has.
//!
//! A pictograph and a letter in a circle are drawn; a number in brackets or a unit in one character
//! is written out, as is a colour that black ink does not show. What the font of code has is printed
//! in it. Any other character has no replacement, so a sheet that contains it is not printed.

mod colour;
mod sequence;

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::config::NoticeWords;
use crate::font::{FontSet, Setting};
use crate::hangul::initials;
use crate::model::glyph::colour::coloured;
pub use crate::model::glyph::sequence::without_sequences;

/// The replacement of a character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replacement {
    /// A shape of the template, by its name.
    Shape(&'static str),
    /// These letters in a circle.
    Circled(String),
    /// These letters.
    Written(String),
    /// A sign, and behind it the word in the string table with this key.
    Coloured(char, &'static str),
}

/// Characters whose shape the template draws, besides the icons of notices in the conventions.
const SHAPES: [(char, &str); 22] = [
    ('✅', "done"),
    ('✔', "done"),
    ('✓', "done"),
    ('☑', "done"),
    ('☐', "open"),
    ('📍', "pin"),
    ('📌', "pin"),
    ('⭐', "star"),
    ('✨', "star"),
    ('💡', "tip"),
    ('ℹ', "note"),
    ('ⓘ', "note"),
    ('📢', "note"),
    ('🔒', "lock"),
    ('🔑', "lock"),
    ('❗', "caution"),
    ('❕', "caution"),
    ('⚠', "caution"),
    ('🚧', "caution"),
    ('🚨', "warning"),
    ('⛔', "stop"),
    ('🚫', "stop"),
];

/// Characters that are written as others. Those that point or cross out say more than a mark.
const WRITTEN: [(char, &str); 24] = [
    // The operator for "similar", which some keyboards produce instead of a tilde.
    ('∼', "~"),
    ('❌', "✕"),
    ('❎', "✕"),
    ('✖', "✕"),
    ('⭕', "○"),
    ('❓', "?"),
    ('❔', "?"),
    ('➕', "+"),
    ('➖', "−"),
    ('➗', "÷"),
    ('➡', "→"),
    ('⬅', "←"),
    ('⬆', "↑"),
    ('⬇', "↓"),
    ('👉', "→"),
    ('👈', "←"),
    ('👆', "↑"),
    ('👇', "↓"),
    ('🔺', "▲"),
    ('🔻', "▼"),
    ('🔟', "⑩"),
    ('🆕', "[NEW]"),
    ('🆗', "[OK]"),
    ('🆓', "[FREE]"),
];

/// Most characters that a message lists when they cannot be printed.
const NAMED: usize = 12;

/// Characters that are printed.
#[derive(Debug, Default)]
pub struct Characters {
    /// Those of running text.
    pub text: BTreeSet<char>,
    /// Those of code.
    pub code: BTreeSet<char>,
}

impl Characters {
    /// Those that the fonts lack, in order.
    fn missing(&self, fonts: &FontSet) -> BTreeSet<char> {
        let settings = [(Setting::Text, &self.text), (Setting::Code, &self.code)];
        let missing = settings.into_iter().flat_map(|(setting, characters)| {
            let shown = characters.iter().copied();
            let shown =
                shown.filter(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(*c));
            fonts.missing(setting, shown)
        });
        missing.collect()
    }
}

/// Replacements for the characters that the fonts lack, and the characters that have none.
pub fn replacements(
    characters: &Characters,
    fonts: &FontSet,
    icons: &NoticeWords,
) -> (BTreeMap<char, Replacement>, Vec<char>) {
    let mut found = BTreeMap::new();
    let mut missing = Vec::new();
    let lacking = characters.missing(fonts);
    let nowhere = fonts.missing(Setting::Code, lacking.iter().copied());
    for character in lacking {
        let is_nowhere = nowhere.contains(&character);
        let own = replacement(character, icons).filter(|own| is_printable(own, fonts));
        match own.or_else(|| (is_nowhere && is_pictograph(character)).then_some(MARK)) {
            Some(own) => _ = found.insert(character, own),
            None if is_nowhere => missing.push(character),
            None => {}
        }
    }
    (found, missing)
}

/// What replaces a pictograph that has no meaning of its own here.
const MARK: Replacement = Replacement::Shape("mark");

/// Characters with their code points, for messages: `株 (U+682A), 會 (U+6703)`.
pub fn listed(characters: &[char]) -> String {
    let named = characters.iter().take(NAMED);
    let named = named.map(|character| format!("{character} (U+{:04X})", u32::from(*character)));
    let mut list = named.collect::<Vec<_>>().join(", ");
    if characters.len() > NAMED {
        list.push_str(", …");
    }
    list
}

/// The replacement of one character; `None` if it has none. An icon of the conventions has the
/// shape of its kind.
fn replacement(character: char, icons: &NoticeWords) -> Option<Replacement> {
    let kinds = [
        ("warning", &icons.warning),
        ("caution", &icons.caution),
        ("tip", &icons.tip),
        ("note", &icons.note),
    ];
    let of_kind = kinds.into_iter().find(|(_, icons)| {
        icons
            .written()
            .iter()
            .any(|icon| icon.starts_with(character))
    });
    let known = SHAPES.iter().find(|(known, _)| *known == character);
    let known = known.map(|(_, shape)| *shape);
    let shape = of_kind.map(|(kind, _)| kind).or(known);
    match shape {
        Some(shape) => Some(Replacement::Shape(shape)),
        None => coloured(character).or_else(|| written_out(character)),
    }
}

/// The replacement of a character that consists of letters or digits, such as one in a circle.
fn written_out(character: char) -> Option<Replacement> {
    let parts = || {
        std::iter::once(character)
            .nfkc()
            .map(alone)
            .collect::<String>()
    };
    if let Some((_, text)) = WRITTEN.iter().find(|(known, _)| *known == character) {
        return Some(Replacement::Written(text.to_string()));
    }
    match character {
        '\u{2460}'..='\u{2473}'
        | '\u{24b6}'..='\u{24ea}'
        | '\u{3251}'..='\u{327e}'
        | '\u{3280}'..='\u{32bf}'
        | '\u{32d0}'..='\u{32fe}' => Some(Replacement::Circled(parts())),
        '\u{2474}'..='\u{24b5}'
        | '\u{3200}'..='\u{3243}'
        | '\u{ff01}'..='\u{ff5e}'
        | '\u{1f100}'..='\u{1f16c}' => Some(Replacement::Written(parts())),
        // A superscript digit would no longer be raised.
        '\u{3371}'..='\u{33df}' => Some(parts())
            .filter(|parts| !parts.contains(|c: char| c.is_ascii_digit()))
            .map(Replacement::Written),
        _ => None,
    }
}

/// The compatibility letter, which fonts have, of a leading consonant; other letters unchanged.
fn alone(letter: char) -> char {
    if !('\u{1100}'..='\u{1112}').contains(&letter) {
        return letter;
    }
    let syllable: String = [letter, '\u{1161}'].into_iter().nfc().collect();
    initials(&syllable).chars().next().unwrap_or(letter)
}

fn is_printable(replacement: &Replacement, fonts: &FontSet) -> bool {
    match replacement {
        Replacement::Shape(_) => true,
        Replacement::Coloured(sign, _) => fonts.missing(Setting::Code, [*sign]).is_empty(),
        Replacement::Circled(text) | Replacement::Written(text) => {
            fonts.missing(Setting::Code, text.chars()).is_empty()
        }
    }
}

/// Whether a character only modifies the one before it or is invisible.
pub fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e01ef}')
}

fn is_pictograph(character: char) -> bool {
    matches!(character,
        '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
#[cfg(feature = "pdf")]
mod tests {
    use super::*;
    use crate::config::Config;

    fn check(text: &str, expected: &[(char, Replacement)], missing: &[char]) {
        let icons = Config::defaults().conventions.notices.icons;
        let characters = Characters {
            text: text.chars().collect(),
            ..Characters::default()
        };
        let (found, lacks) = replacements(&characters, &FontSet::built_in(), &icons);
        assert_eq!(found, expected.iter().cloned().collect(), "{text}");
        assert_eq!(lacks, missing, "{text}");
    }

    #[test]
    fn pictographs_are_drawn_by_their_kind() {
        let shape = Replacement::Shape;
        check(
            "💡❗🚀가\u{fe0f}\u{200d} ",
            &[
                ('💡', shape("tip")),
                ('❗', shape("caution")),
                ('🚀', shape("mark")),
            ],
            &[],
        );
    }

    #[test]
    fn letters_in_circles_and_brackets_are_made_of_their_parts() {
        let written = |text: &str| Replacement::Written(text.to_string());
        let circled = |text: &str| Replacement::Circled(text.to_string());
        check(
            "⑴㉠㈀㉮㈎∼",
            &[
                ('⑴', written("(1)")),
                ('㉠', circled("ㄱ")),
                ('㈀', written("(ㄱ)")),
                ('㉮', circled("가")),
                ('㈎', written("(가)")),
                ('∼', written("~")),
            ],
            &[],
        );
    }

    #[test]
    fn colours_and_signs_keep_what_they_say() {
        let written = |text: &str| Replacement::Written(text.to_string());
        check(
            "🔴🟦💚❌👉🆕",
            &[
                ('🔴', Replacement::Coloured('●', "checklist_red")),
                ('🟦', Replacement::Coloured('■', "checklist_blue")),
                ('💚', Replacement::Coloured('♥', "checklist_green")),
                ('❌', written("✕")),
                ('👉', written("→")),
                ('🆕', written("[NEW]")),
            ],
            &[],
        );
    }

    #[test]
    fn what_the_font_of_code_has_needs_no_replacement() {
        check("█▒┌─╝∑⌘★", &[], &[]);
    }

    #[test]
    fn other_characters_have_no_replacement() {
        check("株式會社 ㊑ 가", &[], &['㊑', '式', '會', '株', '社']);
    }
}
