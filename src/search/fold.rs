//! Text → the form in which it is searched: what readers take for the same letters is the same.
//!
//! `Résumé`, `resume` and `ＲＥＳＵＭＥ` are `resume`, `ﾌﾟﾗﾝ` is `プラン`, `Größe` is `grosse`.
//!
//! The site's client does the same (`site/search.js/words.js`).

use unicode_normalization::UnicodeNormalization;

use crate::hangul::is_syllable;

/// Letters that Unicode takes apart into none, as Lucene's `ASCIIFoldingFilter` writes them; and the sigma at the end
/// of words.
const LETTERS: [(char, &str); 13] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ł', "l"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ŧ', "t"),
    ('ŋ', "n"),
    ('ς', "σ"),
];

/// The text without what tells letters apart that readers take for the same: case, width, accents.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // Nothing composes with the end of a line.
    for line in text.split_inclusive('\n') {
        if line.chars().all(is_plain) {
            folded.push_str(line);
        } else {
            push_folded(&mut folded, line);
        }
    }
    folded.make_ascii_lowercase();
    folded
}

/// Whether no form changes a character, and only that of an ASCII letter is in another case.
fn is_plain(character: char) -> bool {
    character.is_ascii() || is_syllable(character)
}

/// Adds a text but for the case of its ASCII letters.
fn push_folded(folded: &mut String, text: &str) {
    let mut wide = String::with_capacity(text.len());
    for character in text.chars() {
        match is_other_form(character) {
            true => wide.extend(character.nfkc()),
            false => wide.push(character),
        }
    }
    let bare: String = wide
        .nfd()
        .filter(|character| !is_accent(*character))
        .collect();
    for character in bare.nfc() {
        if is_plain(character) {
            folded.push(character);
        } else {
            character
                .to_lowercase()
                .for_each(|lower| push_letter(folded, lower));
        }
    }
}

fn push_letter(folded: &mut String, letter: char) {
    match LETTERS.iter().find(|(own, _)| *own == letter) {
        Some((_, written)) => folded.push_str(written),
        None => folded.push(letter),
    }
}

/// Whether a character is another form of letters that have a code of their own: a ligature, or one in the width of
/// another script. Hangul letters of half width are none, for as letters of syllables they would be others.
fn is_other_form(character: char) -> bool {
    matches!(character, '\u{f900}'..='\u{fdff}' | '\u{fe10}'..='\u{ff9f}' | '\u{ffe0}'..='\u{ffef}')
}

/// Whether a mark is left out of words: accents of alphabets, points of Hebrew and Arabic, and what decides how a
/// symbol is drawn. The marks of kana and of the scripts of India are letters.
fn is_accent(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36f}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}'
            | '\u{5c1}'..='\u{5c2}'
            | '\u{5c4}'..='\u{5c5}'
            | '\u{5c7}'
            | '\u{640}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: &str) {
        for text in texts {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    #[test]
    fn accents_case_and_width_are_no_difference() {
        check(
            &["Résumé", "re\u{301}sume\u{301}", "RESUME", "ＲＥＳＵＭＥ"],
            "resume",
        );
        check(&["Größe", "GRÖẞE", "grosse"], "grosse");
        check(&["Żółć Łódź"], "zolc lodz");
        check(&["İstanbul", "ıstanbul"], "istanbul");
        check(&["ΟΔΌΣ", "οδός"], "οδοσ");
        check(&["أَحْمَد", "احمد"], "احمد");
    }

    #[test]
    fn marks_that_make_other_letters_stay() {
        check(&["プラン", "ﾌﾟﾗﾝ", "フ\u{309a}ラン"], "プラン");
        check(&["が"], "が");
        check(&["हिन्दी"], "हिन्दी");
    }

    #[test]
    fn korean_text_is_in_syllables_and_its_letters_stay_letters() {
        check(
            &["결제", "\u{1100}\u{1167}\u{11af}\u{110c}\u{1166}"],
            "결제",
        );
        check(&["결ㅈ"], "결ㅈ");
        check(&["金額", "\u{f90a}額"], "金額");
    }
}
