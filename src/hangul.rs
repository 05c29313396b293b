//! Arithmetic of Hangul syllables, after The Unicode Standard, chapter 3.12.
//!
//! A precomposed syllable is `BASE + (initial * 21 + medial) * 28 + last`; a `last` of 0 means
//! that it has no final consonant.

/// First precomposed syllable.
const BASE: u32 = 0xAC00;

/// Number of precomposed syllables.
const COUNT: u32 = 11_172;

/// Number of vowels.
const MEDIALS: u32 = 21;

/// Number of final consonants, none included.
const FINALS: u32 = 28;

/// Index of the final consonant rieul, which some particles treat as a vowel.
pub const RIEUL: u32 = 8;

/// A syllable as the indices of its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Syllable {
    /// Initial consonant, `0..19`.
    pub initial: u32,
    /// Vowel, `0..21`.
    pub medial: u32,
    /// Final consonant, `0..28`; 0 for none.
    pub last: u32,
}

impl Syllable {
    /// The letters of a precomposed syllable; `None` for any other character.
    pub fn of(character: char) -> Option<Self> {
        let index = u32::from(character).checked_sub(BASE)?;
        (index < COUNT).then_some(Self {
            initial: index / (MEDIALS * FINALS),
            medial: index / FINALS % MEDIALS,
            last: index % FINALS,
        })
    }
}

/// What a letter is in its syllable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    /// Initial consonant.
    Initial,
    /// Vowel.
    Medial,
    /// Final consonant.
    Last,
}

/// The one letter in which two words differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// Index of the syllable, in chars.
    pub index: usize,
    /// The letter.
    pub letter: Letter,
}

/// How two words of as many characters differ, when it is by one letter of one syllable; `None`
/// when they are the same or further apart.
pub fn one_letter_apart(a: &str, b: &str) -> Option<Difference> {
    if a.chars().count() != b.chars().count() {
        return None;
    }
    let pairs = a.chars().zip(b.chars()).enumerate();
    let mut differing = pairs.filter(|(_, (a, b))| a != b);
    let (index, (a, b)) = differing.next()?;
    let letter = differing_letter(Syllable::of(a)?, Syllable::of(b)?)?;
    let is_only = differing.next().is_none();
    is_only.then_some(Difference { index, letter })
}

fn differing_letter(a: Syllable, b: Syllable) -> Option<Letter> {
    match (
        a.initial == b.initial,
        a.medial == b.medial,
        a.last == b.last,
    ) {
        (false, true, true) => Some(Letter::Initial),
        (true, false, true) => Some(Letter::Medial),
        (true, true, false) => Some(Letter::Last),
        _ => None,
    }
}

/// Whether the character is a letter that stands outside a syllable: of Hangul Jamo or Hangul
/// Compatibility Jamo.
pub fn is_lone_letter(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}')
}

/// Whether a character is a letter; of a syllable this is known without a table.
pub fn is_letter(character: char) -> bool {
    Syllable::of(character).is_some() || character.is_alphabetic()
}

/// Whether a character is a letter or a digit; of a syllable this is known without a table.
pub fn is_letter_or_digit(character: char) -> bool {
    Syllable::of(character).is_some() || character.is_alphanumeric()
}

/// Whether a text is in normalization form C for certain, since it holds nothing but ASCII and
/// precomposed syllables; most texts do.
pub fn is_plainly_composed(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_ascii() || Syllable::of(character).is_some())
}

/// Index of the final sound of a word's last character, 0 for none: of a syllable, or of a digit
/// as Korean reads it. `None` where the reading is not certain.
pub fn last_sound(word: &str) -> Option<u32> {
    /// Final sounds of the digits 0 to 9 as read in Korean.
    const DIGITS: [u32; 10] = [21, RIEUL, 0, 16, 0, 0, 1, RIEUL, RIEUL, 0];
    let last = word.chars().next_back()?;
    match last.to_digit(10) {
        Some(digit) => DIGITS.get(digit as usize).copied(),
        None => Syllable::of(last).map(|syllable| syllable.last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_come_apart() {
        let check = |character, expected| {
            let letters = Syllable::of(character).map(|s| (s.initial, s.medial, s.last));
            assert_eq!(letters, expected, "{character}");
        };
        check('가', Some((0, 0, 0)));
        check('힣', Some((18, 20, 27)));
        check('결', Some((0, 6, RIEUL)));
        check('a', None);
        check('ㅣ', None);
    }

    #[test]
    fn composed_text_is_told_without_tables() {
        assert!(is_plainly_composed("설정경로 (V1)"));
        assert!(!is_plainly_composed("\u{1112}\u{1161}"));
        assert!(!is_plainly_composed("↗"));
    }

    #[test]
    fn digits_sound_as_they_are_read() {
        assert_eq!(last_sound("V1"), Some(RIEUL));
        assert_eq!(last_sound("V2"), Some(0));
        assert_eq!(last_sound("API"), None);
        assert_eq!(last_sound(""), None);
    }

    #[test]
    fn words_one_letter_apart_say_where() {
        let check = |a, b, expected: Option<(usize, Letter)>| {
            let expected = expected.map(|(index, letter)| Difference { index, letter });
            assert_eq!(one_letter_apart(a, b), expected, "{a} {b}");
        };
        check("KG이니니스", "KG이니시스", Some((4, Letter::Initial)));
        check("파트녀", "파트너", Some((2, Letter::Medial)));
        check("본인이증", "본인인증", Some((2, Letter::Last)));
        check("본인인증", "본인인증", None);
        check("본인인증", "본인인건", None);
        check("이니니니", "이니시시", None);
        check("이니", "이니시", None);
        check("KG", "KB", None);
    }

    #[test]
    fn letters_outside_syllables_are_told() {
        assert!("ㅣㄴㅏ\u{1100}\u{11a8}".chars().all(is_lone_letter));
        assert!(!"가a|l1".chars().any(is_lone_letter));
    }
}
