//! A query → documents: readings of the query, the best of them weighed, titles looked at last.
//!
//! The site's client does the same, step by step (`site/search.js/engine.js`), with the index loaded as
//! it is needed; one list of queries with their answers contains both.

use std::collections::{BTreeMap, HashMap};

use unicode_normalization::UnicodeNormalization;

use crate::hangul::{initials, is_letter, is_syllable};
use crate::search::found::{Found, TITLES, by_score, sorted};
use crate::search::initials::{Decoding, KEPT, by_initials, decodings, is_initials};
use crate::search::keyboard::{other_keyboard, replace_latin};
use crate::search::known::Library;
use crate::search::query::{
    Allowance, File, MANY_WORDS, MOST_QUERY, affordable, settle_moved, slots,
};
use crate::search::rank::{Reading, weigh};
use crate::search::spelling::{Near, corrections, near_latin};
use crate::search::subject::{marks, subject};
use crate::search::terms::{is_spaced, key, normal, words};
use crate::search::titles::{initials_bonus, piece_of, title_bonus, title_keys};
use crate::search::weights::QUERY;

/// Documents of a reading that are looked at further: 24 and 80 give the same for every set of queries.
const CANDIDATES: usize = 40;

/// Cover from which a document beyond those is found too: half of the query.
const COUNTED: f64 = 0.5;

/// Readings that are merged; more than 2 are rare, and 2 give the same for every set of queries.
const READINGS: usize = 4;

/// Documents up to which every title is compared with a query of initials: without, initials of tags and titles
/// give 57.1 and 67.2 and not 58.8 and 84.7. All titles of a larger site would be too much to load.
const EVERY_TITLE: usize = 1000;

/// Cover that is all, but for rounding.
const WHOLE: f64 = 0.999;

/// Words of a phrase that is wanted as a whole, as in the weight `complete`. Half-typed tags and phrases of texts give
/// 71.7 and 95.0, with 2 71.3 and 95.0, with 4 71.7 and 86.9.
const PHRASE: usize = 3;

/// Cover below which a decoding of initials does not count: with 0.3 initials of tags give 0.2 more, with 0.6 0.8
/// less, and those of titles the same.
const INITIALS_COVER: f64 = 0.4;

/// How much a decoding counts beside the titles, and how fast the less likely ones fall off. With 0.4 and with 1 of
/// either, initials of tags and titles give the same within 0.1.
const DECODING: f64 = 0.7;
const DECODING_FALL: f64 = 0.7;

/// Worth below the best decoding from which a decoding is not looked at: initials of tags and titles give 58.8 and
/// 84.7, with 0 59.3 and 83.6, with 2 58.7 and 84.7.
const UNLIKELY: f64 = 1.0;

/// Strangers a decoding may have, but for one of [`LONG_INITIALS`]: those are letters that were
/// mashed, and 8 of 10 find nothing then. From 6 letters on it would cost initials of tags 1.0.
const STRANGERS: usize = 1;
const LONG_INITIALS: usize = 7;

/// What a stranger takes from the worth of a decoding: initials of tags and titles give 61.8 and 87.4, with 4 61.8 and
/// 86.4.
const STRANGER: f64 = 2.0;

/// Share of letters outside syllables above which a text is read on the other keyboard first: Latin words of
/// headings on the wrong keyboard give 88.0, where it is read as typed first 79.3; with 0.3 mistyped tags give 74.2
/// as with 0.5, with any letter 73.0.
const MOSTLY_LETTERS: f64 = 0.5;

/// Letters of a Latin word from which it may be a mistyped name: mistyped Latin words of headings give 84.8, with 4
/// 60.3; two letters are close to too much.
const NAME_LETTERS: usize = 3;

/// Confidence from which a word needs no correction: with 0.9 and 0.99 mistyped tags give 73.7 as well.
const FINE: f64 = 0.95;

/// How fast readings fall off that are worth less than the best one, as a power: mistyped tags give 73.7, with 1 73.6,
/// with 3 73.9.
const RIVAL_FALL: i32 = 2;

/// What a document keeps of its score that has hardly anything of the query; the rest it has by its cover. Mistyped
/// tags and phrases of texts give 73.7 and 93.8, with 0 73.2 and 94.4, with 0.4 73.9 and 91.6.
const BARE: f64 = 0.2;

/// What a query finds.
#[derive(Debug, Default)]
pub struct Answer {
    /// The best documents, best first.
    pub found: Vec<Found>,
    /// The other ones that have enough of the query, best first.
    pub rest: Vec<usize>,
    /// The query as it was understood.
    pub reading: String,
    /// Words of the reading that state what is searched.
    pub words: Vec<String>,
}

impl Answer {
    /// Number of all documents that were found.
    pub fn total(&self) -> usize {
        self.found.len() + self.rest.len()
    }
}

/// Answers a query.
pub fn search(query: &str, library: &Library) -> Answer {
    let text = library.language.restated(&bounded(query));
    let text = text.as_str();
    let flat = key(text);
    if flat.is_empty() {
        return Answer::default();
    }
    let mut shared = Allowance::default();
    if is_initials(&flat) {
        let answer = search_initials(text, &flat, library, &mut shared);
        if !answer.found.is_empty() {
            return answer;
        }
    }
    let readings = readings(text, library, &mut shared);
    let best = &readings[best_of(&readings)];
    let is_rival = |reading: &&Reading| {
        reading.total > 0.0
            && reading.value >= QUERY.rival * best.value
            && (std::ptr::eq(*reading, best)
                || !reading.is_corrected
                || reading.value > readings[0].value)
    };
    let mut rivals: Vec<&Reading> = readings.iter().filter(is_rival).collect();
    rivals.sort_by(|a, b| b.value.total_cmp(&a.value));
    rivals.truncate(READINGS);
    let words = marks(&best.text, library, &shared);
    let (found, rest) = merge(&rivals, best, library);
    Answer {
        found,
        rest,
        reading: best.text.clone(),
        words,
    }
}

/// The query as far as it is read. It is cut before it is composed too, for what a text without end is composed of
/// takes its time as well: no character is composed of more than these.
fn bounded(query: &str) -> String {
    const PARTS: usize = 4;
    // The client counts in UTF-16.
    let units = query.trim().encode_utf16().take(PARTS * MOST_QUERY);
    let text = char::decode_utf16(units).filter_map(Result::ok);
    let text: String = text.nfc().take(MOST_QUERY).collect();
    text.trim().to_string()
}

fn read(text: &str, penalty: f64, library: &Library, shared: &mut Allowance) -> Reading {
    let mut slots = affordable(slots(text, &library.language), library, shared);
    settle_moved(&mut slots, library);
    weigh(text, penalty, &slots, library)
}

/// The reading on the other keyboard of a text that is hardly anything as it was typed: Latin letters that make whole
/// syllables (`rufwp`), or letters outside syllables that make Latin words (`ㅑㅜㅑ챤`). What it says as it was typed
/// need not be asked for when that is sure.
fn turned(text: &str, library: &Library, shared: &mut Allowance) -> Option<Reading> {
    let is_latin = |text: &str| text.chars().all(|c| c.is_ascii_alphabetic() || c == ' ');
    let is_korean = |text: &str| text.chars().all(|c| is_syllable(c) || c == ' ');
    let (turned, is_other) = if is_turned(text) {
        let turned = library.language.latin(text);
        let is_other = is_latin(&turned);
        (turned, is_other)
    } else {
        let turned = library.language.hangul(text);
        let is_long = turned.chars().count() > 1;
        let is_other = is_latin(text) && is_korean(&turned) && is_long;
        (turned, is_other)
    };
    is_other.then(|| read(&turned, QUERY.keyboard, library, shared))
}

/// Whether most of a text are letters outside syllables, as when Latin words are typed on the Korean keyboard.
fn is_turned(text: &str) -> bool {
    let letters = text.chars().filter(|c| is_letter(*c)).count();
    letters as f64 > MOSTLY_LETTERS * text.chars().count() as f64
}

/// Whether a word is Latin, and long enough to be corrected.
fn is_name(word: &str) -> bool {
    word.is_ascii()
        && word.len() >= NAME_LETTERS
        && word
            .chars()
            .take(NAME_LETTERS)
            .all(|c| c.is_ascii_lowercase())
}

/// Readings of a query; the first one is as typed, but for one that the other keyboard makes sure.
fn readings(text: &str, library: &Library, shared: &mut Allowance) -> Vec<Reading> {
    let mut turned = turned(text, library, shared);
    if let Some(sure) = turned.take_if(|turned| turned.value >= QUERY.doubt) {
        return vec![sure];
    }
    // Latin words may have to be corrected, with a file of their own.
    let has_names = words(text).iter().any(|word| is_name(word));
    if has_names {
        shared.take(&[File::Latin]);
    }
    let mut readings = vec![read(text, 1.0, library, shared)];
    for other in other_keyboard(text, &readings[0], library, shared) {
        let known = turned.take_if(|turned| turned.text == other);
        let read = || read(&other, QUERY.keyboard, library, shared);
        readings.push(known.unwrap_or_else(read));
    }
    let best = best_of(&readings);
    if readings[best].value >= QUERY.doubt && has_names {
        shared.free(File::Latin);
        let Reading { text, penalty, .. } = &readings[best];
        readings[best] = read(text, *penalty, library, shared);
    }
    if readings[best].value < QUERY.doubt {
        let corrected = corrected(&readings[0], &readings[best], library, shared);
        readings.extend(corrected);
    }
    readings
}

/// What is typed and the best reading of it, corrected.
fn corrected(
    typed: &Reading,
    best: &Reading,
    library: &Library,
    shared: &mut Allowance,
) -> Vec<Reading> {
    let mut corrected: Vec<Reading> = correct_latin(best, library, shared).into_iter().collect();
    if !std::ptr::eq(best, typed) {
        corrected.extend(correct_latin(typed, library, shared));
    }
    if corrected.is_empty() {
        shared.free(File::Latin);
    }
    corrected.extend(correct(best, library, shared));
    corrected
}

/// Place of the first reading that none is better than.
fn best_of(readings: &[Reading]) -> usize {
    let better = |best: usize, at: usize| {
        if readings[at].value > readings[best].value {
            at
        } else {
            best
        }
    };
    (1..readings.len()).fold(0, better)
}

/// The reading with Latin words that no document has replaced by those close to them.
fn correct_latin(best: &Reading, library: &Library, shared: &mut Allowance) -> Option<Reading> {
    let is_unknown = |word: &String| is_name(word) && !shared.knows(word, library);
    let unknown: Vec<String> = words(&best.text).into_iter().filter(is_unknown).collect();
    if unknown.is_empty() || !shared.take(&[File::Latin]) {
        return None;
    }
    let mut is_afforded =
        |near: &Near| shared.take(&[File::Shard(library.shards.place(&near.term))]);
    let near = unknown.into_iter().map(|word| {
        let mut near = near_latin(&word, &library.latin_words);
        near.retain(&mut is_afforded);
        (word, near)
    });
    let near: HashMap<String, Vec<Near>> = near.collect();
    let mut slots = affordable(slots(&best.text, &library.language), library, shared);
    for slot in &mut slots {
        if let Some(near) = near.get(&slot.term) {
            slot.near.clone_from(near);
        }
    }
    settle_moved(&mut slots, library);
    let reading = weigh(&best.text, best.penalty, &slots, library);
    let corrected = |word: &str| {
        let closest = near.get(word).and_then(|near| near.first());
        closest.map_or(word, |near| &near.term).to_string()
    };
    Some(Reading {
        text: replace_latin(&normal(&best.text), char::is_ascii_alphanumeric, &corrected),
        is_corrected: true,
        sureness: reading.value,
        ..reading
    })
}

/// Readings with one word corrected.
fn correct(best: &Reading, library: &Library, shared: &mut Allowance) -> Vec<Reading> {
    let words: Vec<&str> = best.text.split_whitespace().collect();
    let mut readings = Vec::new();
    let mut left = MANY_WORDS;
    for (at, word) in words.iter().enumerate() {
        let is_korean = word.chars().any(|c| is_syllable(c) || is_letter(c));
        if left == 0 || !is_korean || is_fine(word, library, shared) {
            continue;
        }
        left -= 1;
        for (corrected, own) in corrections(word, &library.common) {
            let mut whole = words.clone();
            whole[at] = &corrected;
            let reading = read(&whole.join(" "), best.penalty * own, library, shared);
            readings.push(Reading {
                is_corrected: true,
                sureness: reading.value,
                ..reading
            });
        }
    }
    readings
}

/// Whether a word of the query needs no correction.
fn is_fine(word: &str, library: &Library, shared: &mut Allowance) -> bool {
    if word.chars().any(is_letter) {
        return false;
    }
    let says_nothing = |part: &String| is_spaced(part) || library.language.stem_length(part) == 0;
    words(word).iter().all(says_nothing) || read(word, 1.0, library, shared).confidence > FINE
}

/// The best documents of some readings, and the other ones that have enough of one.
fn merge(readings: &[&Reading], best: &Reading, library: &Library) -> (Vec<Found>, Vec<usize>) {
    let mut scores: HashMap<usize, f64> = HashMap::new();
    let mut others: HashMap<usize, f64> = HashMap::new();
    for reading in readings.iter().filter(|reading| is_sure(reading, library)) {
        let share = (reading.value / best.value).powi(RIVAL_FALL);
        let keys = title_keys(&reading.text, &subject(&reading.text, &library.language));
        let ranked = ranked(reading);
        let kept = &ranked[..ranked.len().min(CANDIDATES)];
        let is_phrase = words(&reading.text).len() >= PHRASE;
        let top = kept.first().map_or(1.0, |(found, _)| found.score);
        for (found, _) in ranked.iter().filter(|(_, cover)| *cover >= COUNTED) {
            let other = others.entry(found.document).or_default();
            *other = other.max(found.score / top * share);
        }
        for (place, (found, cover)) in kept.iter().enumerate() {
            let complete = if is_phrase && *cover > WHOLE {
                QUERY.complete
            } else {
                0.0
            };
            let titles = &library.titles[found.document];
            let bonus = if place < TITLES {
                title_bonus(titles, &keys)
            } else {
                0.0
            };
            let value = (found.score / top + complete + bonus) * share;
            let score = scores.entry(found.document).or_default();
            *score = score.max(value);
        }
    }
    sorted(scores, others, library)
}

/// The documents of a reading with the share of it that they cover, best first.
fn ranked(reading: &Reading) -> Vec<(Found, f64)> {
    let hits = reading.hits.iter().map(|(document, hit)| {
        let cover = hit.cover / reading.total;
        let score = hit.score * (BARE + (1.0 - BARE) * cover);
        (
            Found {
                document: *document,
                score,
            },
            cover,
        )
    });
    let mut hits: Vec<(Found, f64)> = hits.collect();
    hits.sort_by(|a, b| by_score(&a.0, &b.0));
    hits
}

/// Whether some document has enough of a reading.
fn is_sure(reading: &Reading, library: &Library) -> bool {
    let covers = reading.hits.values().map(|hit| hit.cover);
    let most = covers.fold(0.0, f64::max);
    let share = most / reading.meant * reading.sureness;
    // Letters that the other keyboard leaves outside syllables are a sign of mashed keys: of 7 to 12 in one row
    // 97.5 % find nothing, 95.0 % where they do not count. Mending puts letters right.
    let is_other_keyboard = reading.penalty < 1.0 && !reading.is_corrected;
    let plain = if is_other_keyboard {
        reading.plain
    } else {
        1.0
    };
    let evidence = most * reading.penalty * plain / library.rarest;
    share >= QUERY.confidence || evidence >= QUERY.evidence
}

fn search_initials(text: &str, flat: &str, library: &Library, shared: &mut Allowance) -> Answer {
    let (mut scores, mut likely) = named(flat, library);
    if likely.is_empty() {
        shared.take(&[File::Rare]);
        let words = by_initials(library.common.iter().chain(&library.rare));
        likely = decodings(text, &words);
    }
    let is_long = flat.chars().count() >= LONG_INITIALS;
    let most = if is_long { 0 } else { STRANGERS };
    let decoded = decoded(&likely, most, library, shared);
    for (reading, worth) in &decoded {
        let share = ((worth - decoded[0].1) / DECODING_FALL).exp();
        let ranked = reading.hits.iter().map(|(document, hit)| {
            let cover = hit.cover / reading.total;
            (*document, cover, hit.score * cover)
        });
        let ranked: Vec<(usize, f64, f64)> = ranked.collect();
        let scored = ranked.iter().map(|(_, _, score)| *score);
        let top = scored.fold(0.0, f64::max);
        let is_covered = |(_, cover, _): &&(usize, f64, f64)| *cover > INITIALS_COVER;
        for (document, _, score) in ranked.iter().filter(is_covered) {
            *scores.entry(*document).or_default() += DECODING * (score / top) * share;
        }
    }
    let best = decoded.first().map(|(reading, _)| reading.text.as_str());
    let (found, rest) = sorted(scores.clone(), scores, library);
    Answer {
        found,
        rest,
        reading: best.unwrap_or(text).to_string(),
        words: marks(best.unwrap_or_default(), library, shared),
    }
}

/// Documents with a title or search tag whose initials hold these, and what the initials mean there.
fn named(flat: &str, library: &Library) -> (HashMap<usize, f64>, Vec<Decoding>) {
    let mut scores: HashMap<usize, f64> = HashMap::new();
    let mut pieces: BTreeMap<String, f64> = BTreeMap::new();
    let is_small = library.names.len() <= EVERY_TITLE;
    let names = library.names.iter().filter(|_| is_small).enumerate();
    for (document, words) in
        names.flat_map(|(at, names)| names.iter().map(move |words| (at, words)))
    {
        let letters = initials(&words.concat());
        let Some(at) = letters.find(flat) else {
            continue;
        };
        let bonus = initials_bonus(&letters, flat);
        let piece = piece_of(words, letters[..at].chars().count(), flat.chars().count());
        for held in [
            scores.entry(document).or_default(),
            pieces.entry(piece).or_default(),
        ] {
            *held = held.max(bonus);
        }
    }
    let pieces = pieces
        .into_iter()
        .map(|(text, worth)| Decoding { text, worth });
    let mut decodings: Vec<Decoding> = pieces.collect();
    decodings.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    decodings.truncate(KEPT);
    (scores, decodings)
}

/// Readings of decodings, the likely ones first; those with more than `most` strangers are none.
fn decoded(
    decodings: &[Decoding],
    most: usize,
    library: &Library,
    shared: &mut Allowance,
) -> Vec<(Reading, f64)> {
    let mut readings: Vec<(Reading, f64)> = Vec::new();
    let mut best = f64::NEG_INFINITY;
    for decoding in decodings {
        // What follows is less likely still.
        if decoding.worth < best - UNLIKELY {
            break;
        }
        let reading = read(&decoding.text, 1.0, library, shared);
        if reading.total > 0.0 && reading.strangers <= most {
            let worth = decoding.worth - STRANGER * reading.strangers as f64;
            best = best.max(worth);
            readings.push((reading, worth));
        }
    }
    readings.sort_by(|a, b| b.1.total_cmp(&a.1));
    readings
}
