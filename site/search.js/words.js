// Words of a query, and what the language does to them.

/**
 * @typedef {{ any: string[], closed: string[], open: string[] }} Particles
 * @typedef {{ particles: Particles, endings: string[], predicates: string[], stop: string[],
 *   plurals: [one: string, many: string][], keyboard: Record<string, string> }} Language
 */

const WORD = /[\uac00-\ud7a3]+|[a-z0-9]+|[\u3131-\u3163]+/g;
const LATIN = /^[a-z0-9]/;
const LATIN_WORD = /[a-z0-9]+/g;
/** A Latin word of letters enough to be a mistyped name. */
const LATIN_NAME = /^[a-z]{3}/;
/** A Latin word that has a plural: shorter ones are names. */
const NOUN = /^[a-z0-9]{2,}[a-z]$/;
const LATIN_TEXT = /^[a-z ]+$/i;
const SYLLABLES_TEXT = /^[\uac00-\ud7a3 ]{2,}$/;
const SYLLABLE = /[\uac00-\ud7a3]/;
const LETTER = /[\u3131-\u3163]/;

/** Fewest syllables that stay when a tail is cut off. */
const LEAST_STEM = 2;

/** @param {string} text */
const normal = (text) => text.normalize('NFC').toLowerCase();

/** Words of one script each: `API결제` is `api` and `결제`. @param {string} text @returns {string[]} */
const wordsOf = (text) => normal(text).match(WORD) ?? [];

/** The text without anything between its words. @param {string} text */
const keyOf = (text) => wordsOf(text).join('');

/** Particles, endings, words that say nothing, and keyboards. */
class LanguageData {
  /** @param {Language} language */
  constructor(language) {
    const longest = (/** @type {[string, string][]} */ list) => list.sort((a, b) => b[0].length - a[0].length);
    const { particles } = language;
    this.particles = longest(['any', 'closed', 'open'].flatMap((sound) => particles[/** @type {keyof Particles} */ (sound)]
      .map((word) => /** @type {[string, string]} */ ([word, sound]))));
    this.endings = [...language.endings].sort((a, b) => b.length - a.length);
    this.predicates = language.predicates;
    this.stop = new Set(language.stop);
    this.plurals = language.plurals ?? [];
    this.letters = language.keyboard;
    this.keys = new Map(Object.entries(language.keyboard).map(([key, typed]) => [typed, key]));
  }

  /** Whether the word says nothing of what is searched. @param {string} word */
  isStop(word) { return this.stop.has(word); }

  /** Whether the word is a verb of the sentence around. @param {string} word */
  isPredicate(word) { return this.predicates.some((end) => word.endsWith(end)); }

  /** What a Latin word may be in the other number, real words or not: `policies` for `policy`. @param {string} word @returns {string[]} */
  otherNumbers(word) {
    const ends = this.plurals.flatMap(([one, many]) => [[many, one], [one, many]]).filter(([end]) => word.endsWith(end));
    const forms = ends.map(([end, other]) => word.slice(0, word.length - end.length) + other);
    return this.stop.has(word) || !NOUN.test(word) ? [] : forms.filter((form) => NOUN.test(form));
  }

  /**
   * Number of characters before the particle or ending: 2 for `결제를` and `취소하려면`, 0 for a word
   * that says nothing.
   * @param {string} word
   */
  stemLength(word) {
    if (this.stop.has(word)) return 0;
    const cut = (/** @type {string} */ tail) => word.length - tail.length >= LEAST_STEM && word.endsWith(tail);
    const ending = this.endings.find(cut);
    if (ending) return word.length - ending.length;
    const particle = this.particles.find(([tail, sound]) => {
      if (!cut(tail)) return false;
      const before = word[word.length - tail.length - 1];
      return sound === 'any' || (isSyllable(before) && isClosed(before) === (sound === 'closed'));
    });
    return particle ? word.length - particle[0].length : word.length;
  }

  /** What the keys would have typed on the Korean keyboard. @param {string} keys */
  hangul(keys) {
    return assemble([...keys].map((key) => this.letters[key] ?? this.letters[key.toLowerCase()] ?? key).join(''));
  }

  /** The keys that type the text. @param {string} text */
  latin(text) { return [...strokes(text)].map((typed) => this.keys.get(typed) ?? typed).join(''); }
}
