//! A reading of the query → slots, each a term with what may be in its place.
//!
//! `환불을` has a slot for `환불` in full and one for `불을`, which is half a particle, for little.

use std::collections::BTreeSet;

use crate::hangul::{Syllable, assemble, can_become, is_consonant, strokes, syllables_of};
use crate::search::known::{Known, Library};
use crate::search::language::LanguageData;
use crate::search::spelling::Near;
use crate::search::terms::{Script, words};
use crate::search::weights::QUERY;

/// Weight of a pair whose second syllable is only a letter yet; half-typed tags give 71.3, with
/// 0.6 71.2, with 1 71.8.
const TYPING: f64 = 0.8;

/// Weight of a moved letter where the syllable as typed is known, and where it is not. Search tags give 80.2, with
/// 0.6 for the first 79.9, with 0.4 for the second 80.2; half-typed ones give the same.
const MOVED: [f64; 2] = [0.3, 0.7];

/// What the pair counts that is left when the letter has moved: search tags give 80.2, with 0.8 80.0, with 0.4 80.2;
/// half-typed ones give the same within 0.1.
const MOVED_WHOLE: f64 = 0.6;

/// How surely a syllable is what the one being typed may become; where nothing of it is typed yet, it
/// is as sure as it weighs. Between 0.8 and 1 half-typed queries give 71.4 and 71.3; below 1 for what is typed in
/// full comes first.
const COMPLETED: f64 = 0.95;

/// What a longer Latin word counts that starts with what is typed, by the square root of how much of it is typed, and
/// how surely it is meant: with 0.4 or 0.8, and with 0.6 or 1, half-typed tags and Latin words of headings give the
/// same within 0.1.
const LONGER_WORD: f64 = 0.6;
const LONGER_SURE: f64 = 0.8;

/// What a Latin word counts in its other number, and how surely it is meant: of pages that are alike, one that has the
/// word as it is typed comes first, and a word that is known in the other number only needs no correction.
const OTHER_NUMBER: f64 = 0.95;

/// Most characters of a query that are read: three long sentences. Whatever is pasted beyond is answered as fast as
/// these.
pub const MOST_QUERY: usize = 128;

/// Words of a query that are corrected, each in turn, for every one has the whole query read as often as there are
/// corrections of it; and longest run of them that titles are compared with: the words of a longer one count together.
pub const MANY_WORDS: usize = 6;

/// Files that a query may ask for, beside the client and the head of the index: with these a first query on 175
/// documents is 6 files of 47 KB at most. 3 give 78.8 and nonsense 97.8 %, 5 81.7 and 98.1 %.
const FILES: usize = 4;

/// Weight up to which a slot is no reason to ask for a file: stop words and verbs
/// of the sentence around. 0.06 gives 80.8 as well, 0.41 80.7.
const CHEAP: f64 = 0.25;

/// What a slot means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Two syllables of one word.
    Pair,
    /// The last syllable of a word and the first of the next.
    Across,
    /// A syllable that is a word.
    Single,
    /// A Latin word.
    Latin,
    /// A letter after a syllable.
    Typing,
    /// The last letter of a syllable that may belong to the next one.
    Moved,
    /// What documents say for a word of the query that they do not use.
    Meant,
}

/// A place in the query with what may fill it.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The term as typed; empty when only completions fill it.
    pub term: String,
    /// How much it counts.
    pub weight: f64,
    /// What it means.
    pub kind: Kind,
    /// Index of its word.
    pub word: usize,
    /// A pair whose second syllable is still being typed.
    pub open: Option<Open>,
    /// Start of Latin words that it may become.
    pub begins: bool,
    /// Other terms that may be meant.
    pub near: Vec<Near>,
}

/// A first syllable and what is typed of the second; `None` for nothing yet.
#[derive(Debug, Clone, Copy)]
pub struct Open {
    first: char,
    typed: Option<char>,
    weight: f64,
}

/// A term of the index that may be meant.
pub struct Alternative<'l> {
    /// The term.
    pub known: &'l Known,
    /// How much it counts.
    pub weight: f64,
    /// How surely it is meant, `0..=1`.
    pub sure: f64,
}

/// The word before the one that is read.
#[derive(Clone, Copy, Default)]
struct Before {
    last: Option<char>,
    is_whole: bool,
}

/// The slots of a reading, in order.
pub fn slots(reading: &str, language: &LanguageData) -> Vec<Slot> {
    let words = words(reading);
    let mut slots = Vec::new();
    let mut before = Before::default();
    for (at, word) in words.iter().enumerate() {
        let is_last = at + 1 == words.len();
        let letters: Vec<char> = word.chars().collect();
        match letters.first().copied().and_then(Script::of) {
            Some(Script::Paired) => {
                let word = Syllables::new(&letters, at, is_last, language);
                slots.extend(word.slots(before));
                before = word.behind();
            }
            Some(Script::Letters) => slots.extend(typing(&letters, at, is_last, before)),
            _ => {
                let weight = if language.is_stop(word) {
                    QUERY.stop
                } else {
                    1.0
                };
                let mut slot = slot(word.clone(), weight, Kind::Latin, at);
                slot.begins = is_last && letters.len() > 1;
                let others = language.other_numbers(word).into_iter();
                let near = |term| Near {
                    term,
                    weight: OTHER_NUMBER,
                };
                slot.near = others.map(near).collect();
                slots.push(slot);
                before = Before::default();
            }
        }
    }
    slots.extend(meant(&words, language));
    slots
}

/// What the words mean that documents say otherwise.
fn meant(words: &[String], language: &LanguageData) -> Vec<Slot> {
    let meant = |(at, word): (usize, &String)| {
        let near = language.meant(word).iter().map(|term| Near {
            term: term.clone(),
            weight: 1.0,
        });
        let near: Vec<Near> = near.collect();
        (!near.is_empty()).then(|| Slot {
            near,
            ..slot(String::new(), QUERY.meant, Kind::Meant, at)
        })
    };
    words.iter().enumerate().filter_map(meant).collect()
}

fn slot(term: String, weight: f64, kind: Kind, word: usize) -> Slot {
    Slot {
        term,
        weight,
        kind,
        word,
        open: None,
        begins: false,
        near: Vec::new(),
    }
}

/// A consonant that is after a syllable at the end: `결ㅈ`.
fn typing(letters: &[char], at: usize, is_last: bool, before: Before) -> Option<Slot> {
    let (&[letter], Some(first)) = (letters, before.last) else {
        return None;
    };
    (is_last && is_consonant(letter)).then(|| Slot {
        open: Some(Open {
            first,
            typed: Some(letter),
            weight: TYPING,
        }),
        ..slot(String::new(), QUERY.completed, Kind::Typing, at)
    })
}

/// A word of syllables on its place in the query.
struct Syllables<'w> {
    letters: &'w [char],
    at: usize,
    is_last: bool,
    /// Number of syllables before the particle or ending; 0 for a stop word.
    stem: usize,
    /// How much of its pairs' weight it has.
    share: f64,
}

impl<'w> Syllables<'w> {
    fn new(letters: &'w [char], at: usize, is_last: bool, language: &LanguageData) -> Self {
        let word: String = letters.iter().collect();
        let is_predicate = at > 0 && language.is_predicate(&word);
        Self {
            letters,
            at,
            is_last,
            stem: language.stem_length(&word),
            share: if is_predicate { QUERY.predicate } else { 1.0 },
        }
    }

    fn slots(&self, before: Before) -> Vec<Slot> {
        let mut slots: Vec<Slot> = self.across(before).into_iter().collect();
        slots.extend(self.single());
        for (place, pair) in self.letters.windows(2).enumerate() {
            let is_typed = self.is_last && place + 2 == self.letters.len();
            slots.push(self.pair(place, pair, is_typed));
            slots.extend(moved(pair[1], self.at).filter(|_| is_typed));
        }
        slots
    }

    /// The pair that joins the word to the one before.
    fn across(&self, before: Before) -> Option<Slot> {
        let last = before.last.filter(|_| self.stem > 0)?;
        let weight = if before.is_whole {
            QUERY.across
        } else {
            QUERY.across_particle
        };
        let term = [last, self.letters[0]].iter().collect();
        Some(slot(term, self.share * weight, Kind::Across, self.at))
    }

    fn single(&self) -> Option<Slot> {
        let &[first] = self.letters else {
            return None;
        };
        let is_telling = self.stem > 0;
        let weight = if is_telling { QUERY.single } else { QUERY.stop };
        let open = Open {
            first,
            typed: None,
            weight: QUERY.single,
        };
        Some(Slot {
            open: self.is_last.then_some(open),
            ..slot(first.to_string(), weight, Kind::Single, self.at)
        })
    }

    fn pair(&self, place: usize, pair: &[char], is_typed: bool) -> Slot {
        let weight = match self.stem {
            0 => QUERY.stop,
            stem if place + 1 < stem => 1.0,
            _ => QUERY.tail,
        };
        let open = Open {
            first: pair[0],
            typed: Some(pair[1]),
            weight: QUERY.completed,
        };
        let term = pair.iter().collect();
        Slot {
            open: is_typed.then_some(open),
            ..slot(term, self.share * weight, Kind::Pair, self.at)
        }
    }

    /// The word as the next one sees it.
    fn behind(&self) -> Before {
        Before {
            last: self.letters.last().copied(),
            is_whole: self.stem == self.letters.len(),
        }
    }
}

/// The last letter of a syllable being typed may belong to the next one: `간` may become `가나`.
fn moved(syllable: char, at: usize) -> Option<Slot> {
    Syllable::of(syllable).filter(|syllable| syllable.last != 0)?;
    let mut typed = strokes(&syllable.to_string());
    let letter = typed.pop()?;
    let first = assemble(&typed).chars().next()?;
    let open = Open {
        first,
        typed: Some(letter),
        weight: QUERY.completed,
    };
    Some(Slot {
        open: Some(open),
        ..slot(first.to_string(), 1.0, Kind::Moved, at)
    })
}

/// A file of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum File {
    /// Terms.
    Shard(usize),
    /// Latin words.
    Latin,
    /// Korean words that are rare.
    Rare,
}

/// Files that the readings of a query share: those they asked for.
#[derive(Debug, Default)]
pub struct Allowance {
    held: BTreeSet<File>,
}

impl Allowance {
    /// Asks for files; either all are granted or none.
    pub fn take(&mut self, files: &[File]) -> bool {
        let all: BTreeSet<File> = files.iter().copied().chain(self.held.clone()).collect();
        let is_granted = all.len() <= FILES;
        if is_granted {
            self.held = all;
        }
        is_granted
    }

    /// Gives a file back that nobody read.
    pub fn free(&mut self, file: File) {
        self.held.remove(&file);
    }

    /// Whether some document has the term, as far as the loaded files show.
    pub fn knows(&self, term: &str, library: &Library) -> bool {
        let file = File::Shard(library.shards.place(term));
        library.terms.contains_key(term) && self.holds(&[file])
    }

    fn holds(&self, files: &[File]) -> bool {
        files.iter().all(|file| self.held.contains(file))
    }
}

/// The slots whose shards a reading may ask for: Latin words first, then the weighty ones.
pub fn affordable(mut slots: Vec<Slot>, library: &Library, shared: &mut Allowance) -> Vec<Slot> {
    let mut kept = vec![false; slots.len()];
    let mut is_any_kept = false;
    let of_kind = |slots: &[Slot], kind: Kind| {
        let places = 0..slots.len();
        places
            .filter(|at| slots[*at].kind == kind)
            .collect::<Vec<_>>()
    };
    for at in of_kind(&slots, Kind::Latin) {
        kept[at] = slots[at].take(library, shared);
        is_any_kept |= kept[at];
    }
    for at in by_weight(&slots) {
        let slot = &mut slots[at];
        let is_worth = slot.weight > CHEAP || !is_any_kept;
        if is_worth || shared.holds(&slot.files(library)) {
            kept[at] = slot.take(library, shared);
            is_any_kept |= kept[at];
        }
    }
    for at in of_kind(&slots, Kind::Moved) {
        let mut files = slots[at].files(library);
        let whole = whole(&slots[at - 1], &slots[at]);
        files.push(File::Shard(library.shards.place(&whole)));
        kept[at] = kept[at - 1] && shared.take(&files);
    }
    // What is meant beside the words as they are typed takes what they leave.
    let words = slots.iter_mut().zip(&kept).filter(|(_, kept)| **kept);
    for (slot, _) in words {
        let file = |near: &Near| File::Shard(library.shards.place(&near.term));
        slot.near.retain(|near| shared.take(&[file(near)]));
    }
    let slots = slots.into_iter().zip(kept);
    slots
        .filter(|(_, kept)| *kept)
        .map(|(slot, _)| slot)
        .collect()
}

/// Places of the Korean slots, the weighty ones first; of those that weigh the same every other one
/// first, because two pairs that do not overlap are more informative than two that do.
fn by_weight(slots: &[Slot]) -> Vec<usize> {
    let counts = |at: &usize| !matches!(slots[*at].kind, Kind::Latin | Kind::Moved);
    let mut ranked: Vec<usize> = (0..slots.len()).filter(counts).collect();
    ranked.sort_by(|a, b| {
        let heavier = slots[*b].weight.total_cmp(&slots[*a].weight);
        heavier.then((a % 2).cmp(&(b % 2)))
    });
    ranked
}

impl Slot {
    /// Asks for what the slot may mean. What it may become can be left out; the term itself cannot.
    fn take(&mut self, library: &Library, shared: &mut Allowance) -> bool {
        if shared.take(&self.files(library)) {
            return true;
        }
        let own = self.own_file(library);
        let is_taken = own.is_some_and(|own| shared.take(&[own]));
        if is_taken {
            self.open = None;
            self.begins = false;
        }
        is_taken
    }

    /// The file of its term.
    fn own_file(&self, library: &Library) -> Option<File> {
        let is_term = !self.term.is_empty() && self.kind != Kind::Moved;
        is_term.then(|| File::Shard(library.shards.place(&self.term)))
    }

    /// Files that contain what the slot may mean.
    fn files(&self, library: &Library) -> Vec<File> {
        let mut files: Vec<File> = self.own_file(library).into_iter().collect();
        let longer = (self.term.as_str(), format!("{}\u{ffff}", self.term));
        if self.begins {
            let places = library.shards.places(longer.0, &longer.1);
            files.extend(places.map(File::Shard));
        }
        if let Some((first, last)) = self.open.map(Open::range) {
            files.extend(library.shards.places(&first, &last).map(File::Shard));
        }
        files
    }
}

impl Open {
    /// First and last pair that it may become.
    fn range(self) -> (String, String) {
        let alone = self.first.to_string();
        let pair = |second: char| format!("{alone}{second}");
        match self.typed {
            None => (alone.clone(), pair('\u{ffff}')),
            Some(typed) => syllables_of(typed).map_or_else(
                || (alone.clone(), alone.clone()),
                |(first, last)| (pair(first), pair(last)),
            ),
        }
    }
}

/// Weighs moved letters by whether the syllable as typed is known, and drops those that cannot be.
pub fn settle_moved(slots: &mut [Slot], library: &Library) {
    for at in 1..slots.len() {
        if slots[at].kind != Kind::Moved {
            continue;
        }
        let is_known = !alternatives(&slots[at - 1], library).is_empty();
        let whole = whole(&slots[at - 1], &slots[at]);
        if library.terms.contains_key(&whole) {
            slots[at].weight = MOVED[usize::from(!is_known)];
            slots[at - 1].near = vec![Near {
                term: whole,
                weight: MOVED_WHOLE,
            }];
        } else {
            slots[at].open = None;
        }
    }
}

/// The pair that is left when the last letter of the one before moves to the next syllable.
fn whole(before: &Slot, moved: &Slot) -> String {
    let first = before.term.chars().take(1);
    first.chain(moved.term.chars()).collect()
}

/// The terms that may be meant by a slot.
pub fn alternatives<'l>(slot: &Slot, library: &'l Library) -> Vec<Alternative<'l>> {
    let mut found = Vec::new();
    let mut add = |term: &str, weight: f64, sure: f64| {
        let known = library.terms.get(term);
        found.extend(known.map(|known| Alternative {
            known,
            weight,
            sure,
        }));
    };
    if slot.kind != Kind::Moved {
        add(&slot.term, 1.0, 1.0);
    }
    if slot.begins {
        let start = library.latin.partition_point(|word| *word < slot.term);
        let longer = library.latin[start..]
            .iter()
            .take_while(|word| word.starts_with(&slot.term));
        for word in longer.filter(|word| **word != slot.term) {
            let length = |word: &str| word.chars().count() as f64;
            let share = length(&slot.term) / length(word);
            add(word, LONGER_WORD * share.sqrt(), LONGER_SURE);
        }
    }
    for near in &slot.near {
        add(&near.term, near.weight, near.weight);
    }
    if let Some(open) = slot.open {
        let sure = open.typed.map_or(open.weight, |_| COMPLETED);
        for term in library.pairs.get(&open.first).into_iter().flatten() {
            let second = term.chars().nth(1);
            let fits = open
                .typed
                .is_none_or(|typed| second.is_some_and(|second| can_become(typed, second)));
            if fits && *term != slot.term {
                add(term, open.weight, sure);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allowance_grants_all_files_or_none() {
        let mut shared = Allowance::default();
        let shards: Vec<File> = (0..FILES - 1).map(File::Shard).collect();
        assert!(shared.take(&shards));
        assert!(!shared.take(&[File::Shard(FILES), File::Latin]));
        assert!(shared.take(&[File::Shard(0), File::Latin]));
        assert!(!shared.take(&[File::Rare]));
        shared.free(File::Latin);
        assert!(shared.take(&[File::Rare]));
    }
}
