// The numbers that files of the index are written in, and their meaning: the client's part of the
// program's `search::coder` and `search::code`, where their form is defined.

const CHANCE_BITS = 12;
const LEARNING = 4;
const DIGIT_BITS = 6;
const DIGITS = 5;
const WIDTH = DIGITS * DIGIT_BITS;
const MASK = 2 ** WIDTH - 1;
const CHANCES = 256;
const LONGEST_NUMBER = 20;
const BEHIND_START = 32;
const BEHIND_LENGTH = 8;
const FIRST_DIGIT = 35;
const BACKSLASH = 57;

/** Kinds of numbers, each with chances of its own. */
const [COUNT, SECONDS, FIRST, LONE, INITIAL, INITIAL_STEP, MEDIAL, MEDIAL_STEP, LAST, LAST_SAME, LISTED, ALL, UNLISTED,
  LEVEL, LEVEL_WORD, SHARED, LENGTH, LENGTH_BEHIND, CHARACTER, WEIGHT, GAP] = Array(21).keys();
const GAPS = 8;
const [SYMBOL, WIDE_FIRST, WIDE_SECOND, WIDE_SECONDS, MODELS] = [0, 1, 2, 3, 4].map((at) => GAP + GAPS + at);

/** Place of every character that is not in `CHARACTERS`: what it is follows. */
const SYMBOL_PLACE = 63;

/** Bits of a letter of a syllable, of a level, and of a Latin character. */
const LETTER_BITS = 5;
const LEVEL_BITS = 5;
const CHARACTER_BITS = 6;

const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

class Decoder {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.low = 0;
    this.high = MASK;
    this.held = 0;
    this.chances = new Uint16Array(MODELS * CHANCES).fill(2 ** (CHANCE_BITS - 1));
    for (let digit = 0; digit < DIGITS; digit++) this.take();
  }

  /** Takes a digit; after the last one there are nothings. */
  take() {
    if (this.at > this.text.length + DIGITS) throw new Error('a file of the search index ends too soon');
    const place = this.text.charCodeAt(this.at++) - FIRST_DIGIT;
    this.held = ((this.held << DIGIT_BITS) & MASK) | ((place > BACKSLASH ? place - 1 : place) & (2 ** DIGIT_BITS - 1));
  }

  /** @param {number} at @returns {0 | 1} */
  decide(at) {
    const chance = this.chances[at];
    const range = this.high - this.low;
    const middle = this.low + (range >>> CHANCE_BITS) * chance + (((range & (2 ** CHANCE_BITS - 1)) * chance) >>> CHANCE_BITS);
    const bit = this.held <= middle ? 1 : 0;
    if (bit) {
      this.high = middle;
      this.chances[at] += (2 ** CHANCE_BITS - chance) >> LEARNING;
    } else {
      this.low = middle + 1;
      this.chances[at] -= chance >> LEARNING;
    }
    while ((this.low ^ this.high) >>> (WIDTH - DIGIT_BITS) === 0) {
      this.low = (this.low << DIGIT_BITS) & MASK;
      this.high = ((this.high << DIGIT_BITS) & MASK) | (2 ** DIGIT_BITS - 1);
      this.take();
    }
    return bit;
  }

  /** @param {number} model */
  bit(model) { return this.decide(model * CHANCES); }

  /** A number of so many bits. @param {number} model @param {number} bits */
  below(model, bits) {
    let node = 1;
    for (let at = 0; at < bits; at++) node = 2 * node + this.decide(model * CHANCES + node);
    return node - 2 ** bits;
  }

  /** Any number, how many bits it has first. @param {number} model */
  number(model) {
    let length = 0;
    while (this.decide(model * CHANCES + length)) if (++length > LONGEST_NUMBER) throw new Error('a file of the search index has too long a number');
    const behind = model * CHANCES + BEHIND_START + BEHIND_LENGTH * length;
    let node = 1;
    for (let at = 0; at < length; at++) node = 2 * node + this.decide(behind + (node < BEHIND_LENGTH ? node : 0));
    return node - 1;
  }

  /**
   * A syllable, encoded by its letters from where they differ from one before it.
   * @param {string} before may be empty
   */
  syllable(before) {
    const behind = isSyllable(before) ? lettersOfSyllable(before) : undefined;
    const initial = behind ? behind.initial + this.number(INITIAL_STEP) : this.below(INITIAL, LETTER_BITS);
    const same = behind?.initial === initial ? behind : undefined;
    const medial = same ? same.medial + this.number(MEDIAL_STEP) : this.below(MEDIAL, LETTER_BITS);
    const last = this.below(same?.medial === medial ? LAST_SAME : LAST, LETTER_BITS);
    return syllableOf(initial, medial, last);
  }

  /** A character of a word between spaces. */
  character() {
    const place = this.below(CHARACTER, CHARACTER_BITS);
    return place === SYMBOL_PLACE ? String.fromCharCode(this.number(SYMBOL)) : CHARACTERS[place];
  }

  /** A word, after the start that it shares with the one before. @param {string} before @param {boolean} isLatin */
  word(before, isLatin) {
    const shared = this.number(SHARED);
    let word = before.slice(0, shared);
    for (let left = this.number(shared ? LENGTH_BEHIND : LENGTH); left > 0; left--) {
      word += isLatin ? this.character() : this.syllable(word.length === shared ? before.slice(shared) : '');
    }
    return word;
  }

  /** Documents of a term, and how many have it. @param {number} level model of its levels */
  list(level) {
    const listed = this.number(LISTED);
    const count = listed + (this.bit(ALL) ? 0 : this.number(UNLISTED));
    const gap = GAP + Math.min(GAPS - 1, 31 - Math.clz32(Math.max(1, listed)));
    /** @type {Posting[]} */
    const postings = [];
    for (let next = 0; postings.length < listed;) {
      const document = next + this.number(gap);
      postings.push({ document, worth: (this.below(level, LEVEL_BITS) + 1) / LEVELS });
      next = document + 1;
    }
    return { count, postings };
  }
}
