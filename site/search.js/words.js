// Words of a query, and what the language does to them.

/**
 * @typedef {{ any: string[], closed: string[], open: string[] }} Particles
 * @typedef {{ particles: Particles, endings: string[], predicates: string[], stop: string[],
 *   plurals: [one: string, many: string][], meanings: { said: string[], meant: string[] }[], keyboard: Record<string, string> }} Language
 */

/** Scripts that write no spaces between words, but for syllables: ideographs, kana, Bopomofo, Yi, Thai, Lao, Burmese and Khmer. */
const UNSPACED = String.raw`\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1780-\u17d3\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff`
  + String.raw`\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48c`;
/** What is searched by pairs. */
const PAIRED = UNSPACED + String.raw`\uac00-\ud7a3`;
/** Letters that make no syllable, and what UTF-16 orders in another way than Unicode. */
const NO_WORD = String.raw`\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\ud7b0-\ud7ff\u{e000}-\u{10ffff}`;
const WORD = new RegExp(String.raw`[${PAIRED}]+|(?:[a-z0-9]|(?![\0-\x7f${PAIRED}${NO_WORD}])[\p{L}\p{M}\p{Nd}])+|[\u3131-\u3163]+`, 'gu');
/** A word between spaces. */
const SPACED = new RegExp(String.raw`^[^${PAIRED}\u3131-\u3163]`, 'u');
const UNSPACED_LETTER = new RegExp(`[${UNSPACED}]`);
/** Words of letters of one kind that are beside each other without a space, hiragana first. */
const KINDS = /([\u3041-\u309f]+)|[\u30a1-\u30ff\u31f0-\u31ff]+|[\uac00-\ud7a3]+|[^\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\uac00-\ud7a3]+/g;
const LATIN = /^[a-z0-9]/;
const LATIN_WORD = /[a-z0-9]+/g;
/** A Latin word of letters enough to be a mistyped name. */
const LATIN_NAME = /^[a-z]{3}[a-z0-9]*$/;
/** A Latin word that has a plural: shorter ones are names. */
const NOUN = /^[a-z0-9]{2,}[a-z]$/;
const LATIN_TEXT = /^[a-z ]+$/i;
const SYLLABLES_TEXT = /^[\uac00-\ud7a3 ]{2,}$/;
const SYLLABLE = /[\uac00-\ud7a3]/;
const LETTER = /[\u3131-\u3163]/;

/** Fewest syllables that stay when a tail is cut off. */
const LEAST_STEM = 2;

/** Most words that are said together, and fewest syllables of what is said at the end of a word. */
const SAID_WORDS = 3;
const SAID_END = 2;

/** Other forms of letters that have a code of their own. */
const OTHER_FORMS = /[\uf900-\ufdff\ufe10-\uff9f\uffe0-\uffef]/g;
/** Accents of alphabets, points of Hebrew and Arabic, and what decides how a symbol is drawn. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\u20d0-\u20ff\ufe00-\ufe0f]/g;
/** Letters that Unicode takes apart into none. @type {Record<string, string>} */
const FOLDED = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŧ: 't', ŋ: 'n', ς: 'σ' };
const FOLDING = new RegExp(`[${Object.keys(FOLDED).join('')}]`, 'g');
const PLAIN = /^[\0-\x7f\uac00-\ud7a3]*$/;

/**
 * The text without what tells letters apart that readers take for the same: case, width, accents. The program's
 * `search::fold` does the same.
 * @param {string} text
 */
function normal(text) {
  if (PLAIN.test(text)) return text.toLowerCase();
  const bare = text.replace(OTHER_FORMS, (form) => form.normalize('NFKC')).normalize('NFD').replace(ACCENTS, '').normalize('NFC');
  return bare.toLowerCase().replace(FOLDING, (letter) => FOLDED[letter]);
}

/** A character with what belongs to it. */
const CLUSTER = /[^][\p{M}\u1160-\u11ff\uff9e\uff9f]*/gu;

/**
 * The normal text, and for each place in it the start and the end of what it is of the text.
 * @param {string} text @returns {{ folded: string, start: (place: number) => number, end: (place: number) => number }}
 */
function foldedPlaces(text) {
  const folded = normal(text);
  if (PLAIN.test(text) || (folded.length === text.length && folded === text.toLowerCase())) return { folded, start: (place) => place, end: (place) => place };
  /** @type {number[][]} */
  const [starts, ends] = [[], [0]];
  let own = '';
  let at = 0;
  for (const [cluster] of text.matchAll(CLUSTER)) {
    const piece = normal(cluster);
    for (let place = 0; place < piece.length; place++) {
      starts.push(at);
      ends.push(at + cluster.length);
    }
    own += piece;
    at += cluster.length;
  }
  return { folded: own, start: (place) => starts[place], end: (place) => ends[place] };
}

/**
 * What a word is made of whose letters are searched by pairs: `決済方法の変更` is `決済方法` and `変更`.
 * @param {string} word @returns {string[]}
 */
function partsOf(word) {
  const runs = [...word.matchAll(KINDS)];
  return runs.filter(([, hiragana]) => runs.length === 1 || !hiragana).map(([run]) => run);
}

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
    this.meanings = new Map((language.meanings ?? []).flatMap(({ said, meant }) => said.map((one) => [keyOf(one), meant])));
    this.letters = language.keyboard;
    this.keys = new Map(Object.entries(language.keyboard).map(([key, typed]) => [typed, key]));
  }

  /** Whether the word says nothing of what is searched. @param {string} word */
  isStop(word) { return this.stop.has(word) || this.meanings.has(word); }

  /** Whether the word is a verb of the sentence around. @param {string} word */
  isPredicate(word) { return this.predicates.some((end) => word.endsWith(end)); }

  /** What a Latin word may be in the other number, real words or not: `policies` for `policy`. @param {string} word @returns {string[]} */
  otherNumbers(word) {
    const ends = this.plurals.flatMap(([one, many]) => [[many, one], [one, many]]).filter(([end]) => word.endsWith(end));
    const forms = ends.map(([end, other]) => word.slice(0, word.length - end.length) + other);
    return this.isStop(word) || !NOUN.test(word) ? [] : forms.filter((form) => NOUN.test(form));
  }

  /**
   * Number of characters before the particle or ending: 2 for `결제를` and `취소하려면`, 0 for a word
   * that says nothing.
   * @param {string} word
   */
  stemLength(word) {
    if (this.isStop(word)) return 0;
    const cut = (/** @type {string} */ tail) => word.length - tail.length >= LEAST_STEM && word.endsWith(tail);
    const ending = this.endings.find(cut);
    if (ending) return word.length - ending.length;
    const particle = this.particles.find(([tail, sound]) => {
      if (!cut(tail)) return false;
      const before = word[word.length - tail.length - 1];
      // How an ideograph is read is not known.
      return sound === 'any' || !isSyllable(before) || isClosed(before) === (sound === 'closed');
    });
    return particle ? word.length - particle[0].length : word.length;
  }

  /** Terms by which documents say what a word of the query says: `오류` for `안돼요`. @param {string} word @returns {string[]} */
  meant(word) { return this.meanings.get(word) ?? []; }

  /**
   * The query with what people say as a word of its own, however it is spaced: `결제 안돼요` for `결제안돼요` and
   * `결제 안 돼요`.
   * @param {string} text
   */
  restated(text) {
    const words = text.split(/\s+/).filter(Boolean);
    /** @type {string[]} */
    const restated = [];
    for (let at = 0; at < words.length;) {
      const { taken, said } = this.firstSaid(words.slice(at, at + SAID_WORDS));
      restated.push(...said);
      at += taken;
    }
    const own = restated.join(' ');
    return own === words.join(' ') ? text : own;
  }

  /** How many of some words are said together, and the words that they are. @param {string[]} words */
  firstSaid(words) {
    for (let taken = words.length; taken > 0; taken--) {
      const said = keyOf(words.slice(0, taken).join(''));
      if (this.meanings.has(said)) return { taken, said: [said] };
    }
    const letters = [...keyOf(words[0])];
    for (let at = LEAST_STEM; at + SAID_END <= letters.length; at++) {
      const end = letters.slice(at).join('');
      if (this.meanings.has(end)) return { taken: 1, said: [letters.slice(0, at).join(''), end] };
    }
    return { taken: 1, said: [words[0]] };
  }

  /** What the keys would have typed on the Korean keyboard. @param {string} keys */
  hangul(keys) {
    return assemble([...keys].map((key) => this.letters[key] ?? this.letters[key.toLowerCase()] ?? key).join(''));
  }

  /** The keys that type the text. @param {string} text */
  latin(text) { return [...strokes(text)].map((typed) => this.keys.get(typed) ?? typed).join(''); }
}
