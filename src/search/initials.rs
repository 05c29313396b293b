//! Initial consonants → words of the lexicon: `ㄱㅈㅊㅅ` is `결제 취소`.

use std::collections::HashMap;

use crate::hangul::is_consonant;
use crate::search::spelling::Word;
use crate::search::terms::key;

/// Words considered for each piece: of initials of tags and titles, 2 give 0.2 less and 0.6 more, 8 the same and 0.3
/// more.
const WORDS_A_PIECE: usize = 4;

/// Decodings kept on the way and in the end: 8 and 32 give the same within 0.2.
pub const KEPT: usize = 16;

/// Longest word, in syllables: with 7 initials of titles give 1.5 less, with 14 the same.
const LONGEST: usize = 10;

/// What a word of a decoding costs, and what each of its syllables brings: a long word explains more than two short
/// ones. Initials of tags and titles give 61.8 and 87.4, with a cost of 6 59.8 and 87.1, with 9 0.4 less for tags;
/// with syllables of 0.8 the same, with 1.6 0.4 more for tags.
const WORD_COST: f64 = 8.0;
const SYLLABLE_WORTH: f64 = 1.2;

/// Fewest syllables of a word: with 1 all queries give the same, with 3 initials of tags and titles 16.6 and 9.4 less.
const SHORTEST: usize = 2;

/// A text that initials may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoding {
    /// The text.
    pub text: String,
    /// How likely it is, as a logarithm.
    pub worth: f64,
}

/// Words by their initials, the likely ones first.
pub type ByInitials<'l> = HashMap<&'l str, Vec<&'l Word>>;

/// Whether a key is initials, at least two in a row, with Latin words beside them.
pub fn is_initials(key: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let letters: Vec<char> = key.chars().collect();
    letters.iter().all(|c| is_consonant(*c) || is_latin(*c))
        && letters
            .windows(2)
            .any(|two| two.iter().all(|c| is_consonant(*c)))
}

/// Groups words.
pub fn by_initials<'l>(words: impl Iterator<Item = &'l Word>) -> ByInitials<'l> {
    let mut groups = ByInitials::new();
    for word in words {
        groups.entry(&word.initials).or_default().push(word);
    }
    for group in groups.values_mut() {
        group.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    }
    groups
}

fn sort(decodings: &mut Vec<Decoding>) {
    decodings.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    decodings.truncate(KEPT);
}

/// The last word of a decoding on the way, and the one before it as its place and its rank there.
#[derive(Clone, Copy)]
struct Step<'l> {
    worth: f64,
    word: &'l str,
    before: Option<(usize, usize)>,
}

/// Steps name those before them, so a decoding's words are joined once and not at every step.
fn decode(piece: &str, words: &ByInitials<'_>) -> Vec<Decoding> {
    let letters: Vec<char> = piece.chars().collect();
    let mut best: Vec<Vec<Step<'_>>> = vec![Vec::new(); letters.len() + 1];
    best[0].push(Step {
        worth: 0.0,
        word: "",
        before: None,
    });
    for at in 0..letters.len() {
        likely(&mut best[at]);
        for end in at + SHORTEST..=letters.len().min(at + LONGEST) {
            let initials: String = letters[at..end].iter().collect();
            let fitting = words.get(initials.as_str()).into_iter().flatten();
            for word in fitting.take(WORDS_A_PIECE) {
                let own = word.weight - WORD_COST + SYLLABLE_WORTH * (end - at) as f64;
                for rank in 0..best[at].len() {
                    let step = Step {
                        worth: best[at][rank].worth + own,
                        word: &word.word,
                        before: Some((at, rank)),
                    };
                    best[end].push(step);
                }
            }
        }
    }
    likely(&mut best[letters.len()]);
    let whole = best[letters.len()].iter();
    whole.map(|step| step.decoding(&best)).collect()
}

/// Keeps the likely steps of a place, the most likely first.
fn likely(steps: &mut Vec<Step<'_>>) {
    steps.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    steps.truncate(KEPT);
}

impl Step<'_> {
    /// The text that ends with this step.
    fn decoding(&self, all: &[Vec<Self>]) -> Decoding {
        let mut words = Vec::new();
        let mut step = self;
        while let Some((at, rank)) = step.before {
            words.push(step.word);
            step = &all[at][rank];
        }
        words.reverse();
        Decoding {
            text: words.join(" "),
            worth: self.worth,
        }
    }
}

impl Decoding {
    fn with(&self, word: &str, worth: f64) -> Self {
        Self {
            text: format!("{} {word}", self.text).trim().to_string(),
            worth: self.worth + worth,
        }
    }
}

/// Texts that a query of initials may mean, with spaces kept and with spaces left out.
pub fn decodings(query: &str, words: &ByInitials<'_>) -> Vec<Decoding> {
    let spaced: Vec<String> = query.split_whitespace().map(key).collect();
    let mut found: Vec<Decoding> = Vec::new();
    for pieces in [spaced, pieces(&key(query))] {
        for decoding in join(&pieces, words) {
            let is_new = found.iter().all(|other| other.text != decoding.text);
            found.extend(Some(decoding).filter(|own| is_new && !own.text.is_empty()));
        }
    }
    sort(&mut found);
    found
}

/// Runs of initials and Latin words.
fn pieces(key: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut before = None;
    for letter in key.chars() {
        let is_latin = letter.is_ascii();
        match pieces.last_mut() {
            Some(piece) if before == Some(is_latin) => piece.push(letter),
            _ => pieces.push(letter.to_string()),
        }
        before = Some(is_latin);
    }
    pieces
}

fn join(pieces: &[String], words: &ByInitials<'_>) -> Vec<Decoding> {
    let mut texts = vec![Decoding {
        text: String::new(),
        worth: 0.0,
    }];
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        let own = if piece.starts_with(|c: char| c.is_ascii()) {
            vec![Decoding {
                text: piece.clone(),
                worth: 0.0,
            }]
        } else {
            decode(piece, words)
        };
        if own.is_empty() {
            continue;
        }
        let longer = texts.iter().flat_map(|text| {
            own.iter()
                .map(|own| text.with(&own.text, own.worth))
                .collect::<Vec<_>>()
        });
        texts = longer.collect();
        sort(&mut texts);
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_become_words() {
        let lexicon = [("결제", 40), ("취소", 30), ("구조", 10)];
        let lexicon = lexicon.map(|(word, weight)| Word::new(word.into(), weight));
        let words = by_initials(lexicon.iter());
        let texts: Vec<_> = decodings("ㄱㅈㅊㅅ", &words)
            .into_iter()
            .map(|d| d.text)
            .collect();
        assert_eq!(texts, ["결제 취소", "구조 취소"]);
        assert!(is_initials("ㄱㅈv2") && !is_initials("ㄱ결ㅈ") && !is_initials("ㄱ"));
    }
}
