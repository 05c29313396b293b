//! Typing errors: words of the lexicon within a few keys of what was typed.

use crate::hangul::{assemble, initials, is_letter, strokes};
use crate::search::weights::QUERY;
use crate::search::words::WEIGHT_STEP;

/// Fewest keys of a word that is corrected, and of one it is corrected to: mistyped tags give 73.7, with 5 73.4,
/// with 3 73.7 again.
const LEAST_KEYS: usize = 4;

/// Keys from which two may be wrong: mistyped tags give 73.7, with 7 72.3, with 11 73.7.
const TWO_FROM: usize = 9;

/// Letters of a Latin word from which two may be wrong: mistyped Latin words of headings give 86.5, with 4 84.2,
/// with 8 86.6.
const TWO_LATIN_FROM: usize = 6;

/// Letters of a Latin word up to which a wrong letter must be a neighbouring key. Of mashed letters,
/// 3 to 6 from all rows, 86 % find nothing, 79 % where any letter may be wrong, and mistyped Latin words
/// of headings rise from 78.1 to 79.3.
const SHORT: usize = 4;

/// Rows of the Latin keyboard.
const KEY_ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// What a Latin word with one letter wrong counts, and with two. Mistyped Latin words of headings
/// give 74.2, with 0.6 and 0.42 or 0.5 73.0, with 0.7 and 0.5 or 0.8 and 0.55 73.1.
const NEAR: [f64; 2] = [0.6, 0.3];

/// What a key of a correction brings beside its word's weight, and what a wrong one takes: mistyped tags give 73.7,
/// without the first 73.6, with 0.5 of it and with 2 or 4 of the other the same.
const KEY_WORTH: f64 = 0.25;
const WRONG_COST: f64 = 3.0;

/// Keys that a correction may have more than what was typed: mistyped tags give 73.7, with 0 73.0, with 4 73.7.
const LONGER: usize = 2;

/// Corrections of a word that are tried: mistyped tags give 73.7, with 3 73.5, with 12 73.8.
const CORRECTIONS: usize = 6;

/// Longest text that is corrected, in keys: a limit on time, far above any word.
const LONGEST_CORRECTED: usize = 120;

/// A word of the lexicon.
#[derive(Debug)]
pub struct Word {
    /// The word.
    pub word: String,
    /// Logarithm of how often it is met.
    pub weight: f64,
    /// Its initial consonants.
    pub initials: String,
    keys: Vec<char>,
}

impl Word {
    /// A word with its weight in steps.
    pub fn new(word: String, weight: u32) -> Self {
        Self {
            weight: f64::from(weight) * WEIGHT_STEP,
            initials: initials(&word),
            keys: strokes(&word).chars().collect(),
            word,
        }
    }

    /// The words of a lexicon.
    pub fn all(words: Vec<(String, u32)>) -> Vec<Self> {
        let words = words.into_iter();
        words
            .map(|(word, weight)| Self::new(word, weight))
            .collect()
    }
}

/// Where a word fits into a text.
struct Fit {
    wrong: usize,
    start: usize,
    end: usize,
}

/// A row of Sellers' matrix: costs, and where their matches start.
type Row = Vec<(usize, usize)>;

/// Where a word best fits into a text with at most `most` keys wrong, by Sellers' algorithm (The
/// theory and computation of evolutionary distances, 1980) with neighbours that swapped places
/// counted as one.
fn fit(word: &[char], text: &[char], most: usize) -> Option<Fit> {
    let mut older = Row::new();
    let mut before: Row = (0..=text.len()).map(|at| (0, at)).collect();
    for row in 0..word.len() {
        let mut line: Row = vec![(row + 1, 0)];
        for at in 0..text.len() {
            let is_same = word[row] == text[at];
            let (cost, start) = before[at];
            let mut best = (cost + usize::from(!is_same), start);
            let is_swapped =
                row > 0 && at > 0 && word[row] == text[at - 1] && word[row - 1] == text[at];
            let swapped = is_swapped.then(|| older[at - 1]);
            let others = [Some(before[at + 1]), Some(line[at]), swapped];
            for (cost, start) in others.into_iter().flatten() {
                if cost + 1 < best.0 {
                    best = (cost + 1, start);
                }
            }
            line.push(best);
        }
        if line.iter().all(|(cost, _)| *cost > most) {
            return None;
        }
        older = std::mem::replace(&mut before, line);
    }
    let drift = |fit: &Fit| (fit.end - fit.start).abs_diff(word.len());
    let ends = before.iter().enumerate().skip(1);
    let fits = ends.map(|(end, (wrong, start))| Fit {
        wrong: *wrong,
        start: *start,
        end,
    });
    fits.filter(|fit| fit.wrong <= most)
        .min_by_key(|fit| (fit.wrong, drift(fit)))
}

/// Corrections of one word, best first, with their penalties.
pub fn corrections(word: &str, lexicon: &[Word]) -> Vec<(String, f64)> {
    let typed: Vec<char> = strokes(word).chars().collect();
    if typed.len() < LEAST_KEYS || typed.len() > LONGEST_CORRECTED {
        return Vec::new();
    }
    let mut found: Vec<(String, f64, f64)> = lexicon
        .iter()
        .filter_map(|known| correction(&typed, known))
        .collect();
    found.sort_by(|a, b| b.2.total_cmp(&a.2));
    let mut best: Vec<(String, f64)> = Vec::new();
    for (text, penalty, _) in found {
        if best.len() < CORRECTIONS && best.iter().all(|(other, _)| *other != text) {
            best.push((text, penalty));
        }
    }
    best
}

fn correction(typed: &[char], known: &Word) -> Option<(String, f64, f64)> {
    let length = known.keys.len();
    if length < LEAST_KEYS || length > typed.len() + LONGER {
        return None;
    }
    let most = if length >= TWO_FROM { 2 } else { 1 };
    let fit = fit(&known.keys, typed, most)?;
    let text = |keys: &[char]| assemble(&keys.iter().collect::<String>());
    let (left, right) = (text(&typed[..fit.start]), text(&typed[fit.end..]));
    if left.chars().chain(right.chars()).any(is_letter) {
        return None;
    }
    let is_joined = !left.is_empty() || !right.is_empty();
    if fit.wrong == 0 && !is_joined {
        return None;
    }
    let is_torn = [&left, &right].iter().any(|part| part.chars().count() == 1);
    let joined = if is_joined { QUERY.joined } else { 1.0 };
    let torn = if is_torn { QUERY.torn } else { 1.0 };
    let penalty = QUERY.corrected.powi(fit.wrong as i32) * joined * torn;
    let worth = known.weight + KEY_WORTH * length as f64 - WRONG_COST * fit.wrong as f64;
    let pieces = [left.as_str(), &known.word, &right];
    let pieces: Vec<&str> = pieces
        .into_iter()
        .filter(|piece| !piece.is_empty())
        .collect();
    Some((pieces.join(" "), penalty, worth))
}

/// Keys that are wrong between two whole texts, `None` for more than `most`; neighbours that swapped
/// places count as one.
///
/// Only cells of the matrix near its diagonal can be so small (Ukkonen, Algorithms for approximate
/// string matching, 1985), so time grows with the length and not with its square.
pub fn distance<K: PartialEq>(one: &[K], other: &[K], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let (width, far) = (2 * most + 1, most + 1);
    // Place `most` of a row is on the diagonal.
    let mut older = vec![far; width];
    let mut before: Vec<usize> = (0..width)
        .map(|place| place.checked_sub(most).unwrap_or(far))
        .collect();
    for row in 1..=one.len() {
        let mut line = vec![far; width];
        for place in 0..width {
            let column = (row + place).checked_sub(most);
            let Some(at) = column.filter(|at| *at <= other.len()) else {
                continue;
            };
            if at == 0 {
                line[place] = row;
                continue;
            }
            let mut least = before[place] + usize::from(one[row - 1] != other[at - 1]);
            let left = place.checked_sub(1).map(|left| line[left]);
            let above = before.get(place + 1).copied();
            let is_swapped =
                row > 1 && at > 1 && one[row - 1] == other[at - 2] && one[row - 2] == other[at - 1];
            let swapped = is_swapped.then(|| older[place]);
            for cost in [left, above, swapped].into_iter().flatten() {
                least = least.min(cost + 1);
            }
            line[place] = least;
        }
        if line.iter().all(|cost| *cost > most) {
            return None;
        }
        older = std::mem::replace(&mut before, line);
    }
    let last = before[other.len() + most - one.len()];
    (last <= most).then_some(last)
}

/// Whether a short word is another one by a slip: a neighbouring key, two letters that swapped places,
/// one too many or too few. With any other letter it would be a name that no document has.
fn is_slip(one: &str, other: &str) -> bool {
    if one.len() != other.len() {
        return true;
    }
    let both = one.chars().zip(other.chars());
    let wrong: Vec<(char, char)> = both.filter(|(one, other)| one != other).collect();
    wrong.len() > 1 || wrong.iter().all(|(one, other)| is_neighbour(*one, *other))
}

/// Whether two keys are side by side, in one row or in two.
fn is_neighbour(one: char, other: char) -> bool {
    match (key_place(one), key_place(other)) {
        (Some(one), Some(other)) => one.0.abs_diff(other.0) <= 1 && one.1.abs_diff(other.1) <= 1,
        _ => false,
    }
}

/// Row and column of a letter; a digit has none.
fn key_place(key: char) -> Option<(usize, usize)> {
    let mut rows = KEY_ROWS.iter().enumerate();
    rows.find_map(|(row, keys)| Some((row, keys.find(key)?)))
}

/// A term that may be meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The term.
    pub term: String,
    /// How much it counts, and how surely it is meant.
    pub weight: f64,
}

/// Latin words of the lexicon close to one that no document has, the closest and most common first.
pub fn near_latin(word: &str, lexicon: &[Word]) -> Vec<Near> {
    if word.len() > LONGEST_CORRECTED {
        return Vec::new();
    }
    let most = if word.len() >= TWO_LATIN_FROM { 2 } else { 1 };
    let is_near = |known: &&Word| word.len() > SHORT || is_slip(word, &known.word);
    let near = lexicon.iter().filter_map(|known| {
        let wrong = distance(known.word.as_bytes(), word.as_bytes(), most)?;
        Some((wrong, known)).filter(|(_, known)| is_near(known))
    });
    let mut near: Vec<(usize, &Word)> = near.collect();
    let by_weight = |a: &Word, b: &Word| b.weight.total_cmp(&a.weight);
    near.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| by_weight(a.1, b.1)));
    let near = near.into_iter().take(CORRECTIONS);
    near.map(|(wrong, known)| Near {
        term: known.word.clone(),
        weight: NEAR[wrong.clamp(1, NEAR.len()) - 1],
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &[&str]) {
        let lexicon = ["가상계좌", "결제", "환불"].map(|word| Word::new(word.into(), 20));
        let found = corrections(word, &lexicon);
        let found: Vec<_> = found.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(found, expected, "{word}");
    }

    #[test]
    fn words_are_corrected_by_keys() {
        check("걸제", &["결제"]);
        check("가상게좌", &["가상계좌"]);
        check("환뷸", &["환불"]);
        check("환불", &[]);
        check("바나나", &[]);
    }

    #[test]
    fn words_typed_in_one_come_apart() {
        check("결제환불", &["결제 환불"]);
    }

    /// All cells of the matrix.
    fn distance_by_all_cells(one: &[u8], other: &[u8]) -> usize {
        let mut rows = vec![(0..=other.len()).collect::<Vec<_>>()];
        for row in 1..=one.len() {
            let mut line = vec![row];
            for at in 1..=other.len() {
                let is_other = usize::from(one[row - 1] != other[at - 1]);
                let mut least = rows[row - 1][at - 1] + is_other;
                least = least.min(rows[row - 1][at] + 1).min(line[at - 1] + 1);
                let is_swapped = row > 1
                    && at > 1
                    && one[row - 1] == other[at - 2]
                    && one[row - 2] == other[at - 1];
                if is_swapped {
                    least = least.min(rows[row - 2][at - 2] + 1);
                }
                line.push(least);
            }
            rows.push(line);
        }
        rows[one.len()][other.len()]
    }

    #[test]
    fn few_wrong_keys_are_counted_and_many_are_not() {
        let words: Vec<Vec<u8>> = (0..729_usize)
            .map(|number| {
                let letter = |place: u32| b"abc"[number / 3_usize.pow(place) % 3];
                (0..number as u32 % 7).map(letter).collect()
            })
            .collect();
        for one in &words {
            for other in words.iter().step_by(5) {
                let all = distance_by_all_cells(one, other);
                for most in 0..3 {
                    let expected = (all <= most).then_some(all);
                    assert_eq!(distance(one, other, most), expected, "{one:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn latin_words_are_corrected_as_a_whole() {
        let lexicon = ["jpy", "japan"].map(|word| Word::new(word.into(), 20));
        let check = |word, expected: &[&str]| {
            let found = near_latin(word, &lexicon);
            let found: Vec<_> = found.iter().map(|near| near.term.as_str()).collect();
            assert_eq!(found, expected, "{word}");
        };
        check("jppy", &["jpy"]);
        check("jyp", &["jpy"]);
        check("jpyxx", &[]);
        check("jaapna", &["japan"]);
        // A neighbouring key, and one that is far.
        check("jpu", &["jpy"]);
        check("jpa", &[]);
    }
}
