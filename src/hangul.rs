//! Arithmetic of Hangul syllables, after The Unicode Standard, chapter 3.12.
//!
//! A precomposed syllable is `BASE + (initial * 21 + medial) * 28 + last`; a `last` of 0 means
//! that it has no final consonant.
//!
//! Letters as a keyboard types them are those of Hangul Compatibility Jamo, U+3131 to U+3163, with
//! consonants first and vowels after them in the order of syllables.

/// First precomposed syllable.
pub const BASE: u32 = 0xAC00;

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

    /// The precomposed syllable of these letters; `None` when an index is out of range.
    pub fn character(self) -> Option<char> {
        let index = (self.initial * MEDIALS + self.medial) * FINALS + self.last;
        char::from_u32(BASE + index).filter(|_| index < COUNT && self.last < FINALS)
    }
}

/// First letter of Hangul Compatibility Jamo; other letters are encoded by their distance from it.
const LETTERS: u32 = 0x3131;

/// Distance of the first vowel; consonants are before it.
const VOWELS: u32 = 30;

/// Distance after the last vowel.
const LETTERS_END: u32 = 51;

/// Distance of every initial consonant, in syllable order.
const INITIAL_LETTERS: [u32; 19] = [
    0, 1, 3, 6, 7, 8, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
];

/// Distance of every final consonant, in syllable order; the first is the second final, for the
/// first one is none.
const FINAL_LETTERS: [u32; 27] = [
    0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 25, 26, 27, 28,
    29,
];

/// Letters that take two keys, and the letters of those keys; all as distances.
const PAIRS: [(u32, u32, u32); 18] = [
    (2, 0, 20),
    (4, 3, 23),
    (5, 3, 29),
    (9, 8, 0),
    (10, 8, 16),
    (11, 8, 17),
    (12, 8, 20),
    (13, 8, 27),
    (14, 8, 28),
    (15, 8, 29),
    (19, 17, 20),
    (39, 38, 30),
    (40, 38, 31),
    (41, 38, 50),
    (44, 43, 34),
    (45, 43, 35),
    (46, 43, 50),
    (49, 48, 50),
];

fn letter(distance: u32) -> char {
    char::from_u32(LETTERS + distance).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn distance(character: char) -> Option<u32> {
    let distance = u32::from(character).checked_sub(LETTERS)?;
    (distance < LETTERS_END).then_some(distance)
}

/// Whether the character is a precomposed syllable.
pub fn is_syllable(character: char) -> bool {
    Syllable::of(character).is_some()
}

/// Whether the character is a letter as a keyboard types it.
pub fn is_letter(character: char) -> bool {
    distance(character).is_some()
}

/// Whether the character is a consonant as a keyboard types it.
pub fn is_consonant(character: char) -> bool {
    distance(character).is_some_and(|distance| distance < VOWELS)
}

/// The letters that are typed for a text, one a key press; what is not Hangul stays.
pub fn strokes(text: &str) -> String {
    let mut strokes = String::with_capacity(text.len() * 2);
    for character in text.chars() {
        match Syllable::of(character) {
            Some(syllable) => push_syllable(&mut strokes, syllable),
            None => match distance(character) {
                Some(distance) => push_letter(&mut strokes, distance),
                None => strokes.push(character),
            },
        }
    }
    strokes
}

fn push_syllable(strokes: &mut String, syllable: Syllable) {
    if let Some(initial) = INITIAL_LETTERS.get(syllable.initial as usize) {
        push_letter(strokes, *initial);
    }
    push_letter(strokes, VOWELS + syllable.medial);
    if let Some(last) = (syllable.last as usize)
        .checked_sub(1)
        .and_then(|last| FINAL_LETTERS.get(last))
    {
        push_letter(strokes, *last);
    }
}

fn push_letter(strokes: &mut String, distance: u32) {
    match PAIRS.iter().find(|(whole, _, _)| *whole == distance) {
        Some((_, first, second)) => strokes.extend([letter(*first), letter(*second)]),
        None => strokes.push(letter(distance)),
    }
}

/// The initial consonant of every syllable; what is not a syllable stays.
pub fn initials(text: &str) -> String {
    let initial = |character| {
        let syllable = Syllable::of(character)?;
        INITIAL_LETTERS.get(syllable.initial as usize).copied()
    };
    text.chars()
        .map(|character| initial(character).map_or(character, letter))
        .collect()
}

/// A syllable while it is typed, in distances.
#[derive(Default)]
struct Composition {
    text: String,
    initial: Option<u32>,
    medial: Option<u32>,
    last: Option<u32>,
}

/// The text that a keyboard of two sets makes of letters; what is not a letter stays.
///
/// A consonant after a vowel closes the syllable until a vowel takes it over as an initial.
pub fn assemble(strokes: &str) -> String {
    let mut composition = Composition::default();
    for character in strokes.chars() {
        match distance(character) {
            None => {
                composition.end();
                composition.text.push(character);
            }
            Some(letter) if letter < VOWELS => composition.consonant(letter),
            Some(letter) => composition.vowel(letter),
        }
    }
    composition.end();
    composition.text
}

impl Composition {
    fn consonant(&mut self, letter: u32) {
        if self.initial.is_none() || self.medial.is_none() {
            self.end();
            self.initial = Some(letter);
            return;
        }
        let last = match self.last {
            None => FINAL_LETTERS.contains(&letter).then_some(letter),
            Some(last) => pair(last, letter),
        };
        match last {
            Some(_) => self.last = last,
            None => {
                self.end();
                self.initial = Some(letter);
            }
        }
    }

    fn vowel(&mut self, letter: u32) {
        if let Some(last) = self.last.take() {
            let parts = PAIRS.iter().find(|(whole, _, _)| *whole == last);
            let (kept, moved) =
                parts.map_or((None, last), |(_, first, second)| (Some(*first), *second));
            self.last = kept;
            self.end();
            self.initial = Some(moved);
            self.medial = Some(letter);
            return;
        }
        match self.medial.map(|medial| pair(medial, letter)) {
            None => self.medial = Some(letter),
            Some(Some(both)) => self.medial = Some(both),
            Some(None) => {
                self.end();
                self.medial = Some(letter);
            }
        }
    }

    /// Writes the syllable, or its letters where they make none.
    fn end(&mut self) {
        let (initial, medial, last) = (self.initial.take(), self.medial.take(), self.last.take());
        match syllable(initial, medial, last) {
            Some(whole) => self.text.push(whole),
            None => {
                let letters = [initial, medial, last].into_iter().flatten();
                self.text.extend(letters.map(letter));
            }
        }
    }
}

fn pair(first: u32, second: u32) -> Option<u32> {
    let found = PAIRS
        .iter()
        .find(|(_, one, other)| (*one, *other) == (first, second));
    found.map(|(whole, _, _)| *whole)
}

fn syllable(initial: Option<u32>, medial: Option<u32>, last: Option<u32>) -> Option<char> {
    let at = |letters: &[u32], letter| {
        let found = letters.iter().position(|other| *other == letter)?;
        u32::try_from(found).ok()
    };
    let last = match last {
        None => 0,
        Some(last) => at(&FINAL_LETTERS, last)? + 1,
    };
    let whole = Syllable {
        initial: at(&INITIAL_LETTERS, initial?)?,
        medial: medial? - VOWELS,
        last,
    };
    whole.character()
}

/// Whether a character that is still being typed may become the syllable `whole`.
pub fn can_become(typed: char, whole: char) -> bool {
    let (mut of, mut to) = ([0; 4], [0; 4]);
    let (typed, whole) = (&*typed.encode_utf8(&mut of), &*whole.encode_utf8(&mut to));
    strokes(whole).starts_with(&strokes(typed))
}

/// First and last syllable that a consonant or a syllable which is still being typed may become, and some in between
/// that it may not; `None` for what begins no syllable.
pub fn syllables_of(typed: char) -> Option<(char, char)> {
    let (start, reach) = match Syllable::of(typed) {
        // After a bare vowel at most three more may follow that start with it.
        Some(open) if open.last == 0 => (u32::from(typed), 4 * FINALS),
        Some(closed) => (u32::from(typed) - closed.last, FINALS),
        None => {
            let letter = distance(typed)?;
            let initial = INITIAL_LETTERS.iter().position(|own| *own == letter)?;
            (BASE + initial as u32 * MEDIALS * FINALS, MEDIALS * FINALS)
        }
    };
    Some((char::from_u32(start)?, char::from_u32(start + reach - 1)?))
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

/// Whether the character is a letter that is outside a syllable: of Hangul Jamo or Hangul
/// Compatibility Jamo.
pub fn is_lone_letter(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}')
}

/// Whether a character is a letter; of a syllable this is known without a table.
pub fn is_alphabetic(character: char) -> bool {
    Syllable::of(character).is_some() || character.is_alphabetic()
}

/// Whether a character is a letter or a digit; of a syllable this is known without a table.
pub fn is_alphanumeric(character: char) -> bool {
    Syllable::of(character).is_some() || character.is_alphanumeric()
}

/// Whether a text is in normalization form C for certain, since it contains nothing but ASCII and
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
    fn text_is_the_keys_it_is_typed_with() {
        let check = |text, expected| {
            assert_eq!(strokes(text), expected);
            assert_eq!(assemble(expected), text);
        };
        check("결제", "ㄱㅕㄹㅈㅔ");
        check("값을 환불", "ㄱㅏㅂㅅㅇㅡㄹ ㅎㅗㅏㄴㅂㅜㄹ");
        check("의뢰 V2", "ㅇㅡㅣㄹㅗㅣ V2");
    }

    #[test]
    fn vowel_takes_the_consonant_before_it() {
        assert_eq!(assemble("ㄱㅏㅂㅅㅣ"), "갑시");
        assert_eq!(assemble("ㅂㅗㄴㅇㅣ"), "본이");
        assert_eq!(assemble("ㄸㅏㄸㅏ"), "따따");
        assert_eq!(assemble("ㅏㄱ"), "ㅏㄱ");
    }

    #[test]
    fn typed_syllable_may_become_others() {
        assert!(can_become('ㄱ', '결'));
        assert!(can_become('겨', '결'));
        assert!(can_become('고', '과'));
        assert!(can_become('갑', '값'));
        assert!(!can_become('결', '겨'));
        assert!(!can_become('가', '나'));
    }

    #[test]
    fn initials_of_a_text() {
        assert_eq!(initials("결제 취소 V2"), "ㄱㅈ ㅊㅅ V2");
    }

    #[test]
    fn composed_text_is_reported_without_tables() {
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
    fn what_is_typed_becomes_syllables_in_a_range() {
        assert_eq!(syllables_of('ㅈ'), Some(('자', '짛')));
        assert_eq!(syllables_of('제'), Some(('제', '좋')));
        assert_eq!(syllables_of('젝'), Some(('제', '젷')));
        assert_eq!(syllables_of('ㄳ'), None);
        assert_eq!(syllables_of('a'), None);
    }

    #[test]
    fn letters_outside_syllables_are_reported() {
        assert!("ㅣㄴㅏ\u{1100}\u{11a8}".chars().all(is_lone_letter));
        assert!(!"가a|l1".chars().any(is_lone_letter));
    }
}
