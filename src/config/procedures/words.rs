//! The words of languages that show what instructs, and their compiled form.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use crate::config::procedures::cue::Cue;
use crate::config::procedures::own::OwnWords;
use crate::config::signal_matcher::{SignalMatcher, SignalSet};
use crate::config::signals::Patterns;

/// Of so many letters of a text, one may be of another language.
const MOST_FOREIGN: usize = 80;

/// The words of one language.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LanguageWords {
    /// First and last letter of each range of letters that it is written with, in small letters.
    pub letters: Vec<[char; 2]>,
    /// Tag of the language, without script and region, such as `en`.
    pub lang: String,
    /// Verbs by which a sentence that begins with one instructs, separated by blanks.
    pub verbs: String,
    /// Words before which such a verb is a noun.
    pub nouns_before: Vec<String>,
    /// Verbs that are programs when they are alone.
    pub programs: Vec<String>,
    /// Verbs that are verbs before any word.
    pub always_verbs: Vec<String>,
    /// Words that are left out before the verb.
    pub fillers: Vec<String>,
    /// Words that open a clause before the verb, separated by blanks.
    pub openers: String,
    /// Openers after which the verb may come without a comma.
    pub place_openers: Vec<String>,
    /// The verbs that may.
    pub place_verbs: String,
    /// Ending of a verb as the name of a task; empty for none.
    pub gerund: String,
    /// Endings of the subject of a sentence.
    pub particles: Vec<String>,
    /// Endings of a first word that begins a condition.
    pub clause_endings: Vec<String>,
    /// Words before or behind the number of a step.
    pub step_words: Vec<String>,
    /// Labels that begin a notice.
    pub notices: Vec<String>,
    /// Those of them that warn of a danger.
    pub dangers: Vec<String>,
    /// First words of a name in code of a value to fill in: `YOUR_KEY`.
    pub placeholder_words: Vec<String>,
    /// Those of them that also begin the names of examples, unless in capitals: `my-app`.
    pub example_words: Vec<String>,
    /// Patterns by what they show.
    pub cues: BTreeMap<Cue, Patterns>,
}

/// The words of all languages.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Ranges of small letters that some language is written with.
    pub letters: Vec<[char; 2]>,
    /// Verbs in lower case.
    pub verbs: HashSet<String>,
    /// Words before which a verb is a noun.
    pub nouns_before: HashSet<String>,
    /// Verbs that are programs when they are alone.
    pub programs: HashSet<String>,
    /// Verbs that are verbs before any word.
    pub always_verbs: HashSet<String>,
    /// Fillers, the longest first.
    pub fillers: Vec<String>,
    /// Words that open a clause.
    pub openers: HashSet<String>,
    /// Openers after which the verb may come without a comma.
    pub place_openers: HashSet<String>,
    /// The verbs that may.
    pub place_verbs: HashSet<String>,
    /// Endings of verbs as names of tasks.
    pub gerunds: Vec<String>,
    /// Endings of subjects.
    pub particles: Vec<String>,
    /// Endings of words that begin a condition.
    pub clause_endings: Vec<String>,
    /// Words beside the number of a step.
    pub step_words: Vec<String>,
    /// Labels that begin a notice, the longest first.
    pub notices: Vec<String>,
    /// Those of them that warn of a danger.
    pub dangers: HashSet<String>,
    /// First words of a name in code of a value to fill in.
    pub placeholder_words: HashSet<String>,
    /// Those of them that also begin the names of examples.
    pub example_words: HashSet<String>,
    matcher: SignalMatcher<Cue>,
}

impl Vocabulary {
    /// Compiles the words of all languages and those of the project.
    pub fn new<'w>(
        languages: impl Iterator<Item = &'w LanguageWords> + Clone,
        own: &'w OwnWords,
    ) -> Self {
        let own_cues = own.cues();
        let is_replaced = |cue: &Cue| {
            let mut own = own_cues.iter();
            own.any(|(own, list)| own == cue && list.replaces)
        };
        let patterns = languages
            .clone()
            .flat_map(|words| words.cues.iter())
            .filter(|(cue, _)| !is_replaced(cue))
            .map(|(cue, patterns)| (*cue, patterns))
            .chain(own_cues.iter().map(|(cue, list)| (*cue, &list.words)));
        let mut all = Self {
            matcher: SignalMatcher::new(patterns),
            ..Self::default()
        };
        for words in languages {
            all.add(words);
        }
        if own.verbs.replaces {
            all.verbs.clear();
        }
        let verbs = own.verbs.words.iter();
        let verbs = verbs.flat_map(|verb| verb.split_whitespace());
        all.verbs.extend(verbs.map(str::to_lowercase));
        all.fillers
            .sort_by_key(|word| std::cmp::Reverse(word.len()));
        all.notices
            .sort_by_key(|word| std::cmp::Reverse(word.len()));
        all
    }

    fn add(&mut self, words: &LanguageWords) {
        let split =
            |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_string).collect() };
        self.letters.extend(&words.letters);
        self.verbs.extend(split(&words.verbs));
        self.openers.extend(split(&words.openers));
        self.place_verbs.extend(split(&words.place_verbs));
        self.nouns_before.extend(words.nouns_before.iter().cloned());
        self.programs.extend(words.programs.iter().cloned());
        self.always_verbs.extend(words.always_verbs.iter().cloned());
        self.fillers.extend(words.fillers.iter().cloned());
        self.place_openers
            .extend(words.place_openers.iter().cloned());
        self.gerunds
            .extend(Some(words.gerund.clone()).filter(|ending| !ending.is_empty()));
        self.particles.extend(words.particles.iter().cloned());
        self.clause_endings
            .extend(words.clause_endings.iter().cloned());
        self.step_words.extend(words.step_words.iter().cloned());
        self.notices.extend(words.notices.iter().cloned());
        self.dangers.extend(words.dangers.iter().cloned());
        self.placeholder_words
            .extend(words.placeholder_words.iter().cloned());
        self.example_words
            .extend(words.example_words.iter().cloned());
    }

    /// Whether a text is in a language that has words here, by its letters. Names from elsewhere have
    /// a foreign letter now and then.
    pub fn knows(&self, text: &str) -> bool {
        let letters = text.chars().filter(|c| c.is_alphabetic());
        let letters = letters.flat_map(char::to_lowercase);
        let is_foreign = |c: char| {
            !self
                .letters
                .iter()
                .any(|[first, last]| (*first..=*last).contains(&c))
        };
        let (all, foreign) = letters.fold((0_usize, 0_usize), |(all, foreign), c| {
            (all + 1, foreign + usize::from(is_foreign(c)))
        });
        foreign * MOST_FOREIGN <= all
    }

    /// The cues in a text.
    pub fn cues(&self, text: &str) -> SignalSet<Cue> {
        match text.contains('’') {
            true => self.matcher.match_text(&text.replace('’', "'")),
            false => self.matcher.match_text(text),
        }
    }
}
