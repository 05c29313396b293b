// A reading of the query → slots, each a term with what may be in its place.

/**
 * What a term of the query means: the term itself, pairs that the syllable being typed may
 * become, words that start so.
 * @typedef {{ term: string, weight: number, kind: 'pair' | 'across' | 'single' | 'word' | 'typing' | 'moved' | 'meant',
 *   word: number, open: Open[], begins: string, near?: Near[] }} Slot
 * @typedef {{ first: string, typed: string, weight: number }} Open
 * @typedef {{ term: string, weight: number }} Near a term that may be meant, and how much it counts
 */

/** Share of a completed letter's pair; between 0.6 and 1 the figures of half-typed queries hardly move. */
const TYPING = 0.8;

/** How surely a syllable is what the one being typed may become; where nothing of it is typed yet, it is as sure as it weighs. */
const COMPLETED = 0.95;

/** Weight of a word's part as it counts when the syllable's last letter moves to the next one. */
const MOVED_KNOWN = 0.3;
const MOVED_UNKNOWN = 0.7;

/** What the pair counts that is left when the letter has moved. */
const MOVED_WHOLE = 0.6;

/**
 * Slots of a reading: `환불을` has `환불` in full and `불을` for little.
 * @param {string} reading @param {LanguageData} language @param {Weights} weights
 * @returns {Slot[]}
 */
function slotsOf(reading, language, weights) {
  /** @type {Slot[]} */
  const slots = [];
  const words = wordsOf(reading);
  let before = { last: '', isWhole: false };
  words.forEach((word, at) => {
    const isLast = at === words.length - 1;
    if (SPACED.test(word)) {
      slots.push(slot(word, language.isStop(word) ? weights.stop : 1, 'word', at, { begins: isLast && word.length > 1 ? word : '', near: language.otherNumbers(word).map((term) => ({ term, weight: NUMBER })) }));
      before = { last: '', isWhole: false };
    } else if (LETTER.test(word)) {
      if (isLast && before.last && word.length === 1 && isConsonant(word)) {
        const open = [{ first: before.last, typed: word, weight: TYPING }];
        slots.push(slot('', weights.completed, 'typing', at, { open }));
      }
    } else before = pushSyllables(slots, word, at, isLast, before, language, weights);
  });
  // What the words mean that documents say otherwise.
  words.forEach((word, at) => {
    const near = language.meant(word).map((term) => ({ term, weight: 1 }));
    if (near.length) slots.push(slot('', weights.meant, 'meant', at, { near }));
  });
  return slots;
}

/**
 * @param {string} term @param {number} weight @param {Slot['kind']} kind @param {number} word
 * @param {{ open?: Open[], begins?: string, near?: Near[] }} [more]
 * @returns {Slot}
 */
const slot = (term, weight, kind, word, { open = [], begins = '', near } = {}) => ({ term, weight, kind, word, open, begins, near });

/**
 * @param {Slot[]} slots @param {string} word @param {number} at @param {boolean} isLast
 * @param {{ last: string, isWhole: boolean }} before @param {LanguageData} language @param {Weights} weights
 */
function pushSyllables(slots, word, at, isLast, before, language, weights) {
  const stem = language.stemLength(word);
  const share = at > 0 && language.isPredicate(word) ? weights.predicate : 1;
  if (before.last && stem > 0) {
    slots.push(slot(before.last + word[0], share * (before.isWhole ? weights.across : weights.acrossParticle), 'across', at));
  }
  if (word.length === 1) {
    const open = isLast ? [{ first: word, typed: '', weight: weights.single }] : [];
    slots.push(slot(word, stem ? weights.single : weights.stop, 'single', at, { open }));
  }
  for (let place = 0; place + 1 < word.length; place++) {
    const weight = share * (stem === 0 ? weights.stop : place + 1 < stem ? 1 : weights.tail);
    const isTyped = isLast && place + 2 === word.length;
    const [first, second] = [word[place], word[place + 1]];
    const open = isTyped ? [{ first, typed: second, weight: weights.completed }] : [];
    slots.push(slot(first + second, weight, 'pair', at, { open }));
    if (isTyped && isSyllable(second) && isClosed(second)) slots.push(movedSlot(second, at, weights));
  }
  return { last: word[word.length - 1], isWhole: stem === word.length };
}

/**
 * The last letter of a syllable being typed may belong to the next one: `간` may become `가나`.
 * @param {string} syllable @param {number} at @param {Weights} weights
 */
function movedSlot(syllable, at, weights) {
  const [first, typed] = movedLetter(syllable);
  return slot(first, 1, 'moved', at, { open: [{ first, typed, weight: weights.completed }] });
}

/** The syllable without its last letter, and that letter: `값` is `갑` and `ㅅ`. @param {string} syllable */
function movedLetter(syllable) {
  const typed = strokes(syllable);
  return [assemble(typed.slice(0, -1)), typed[typed.length - 1]];
}

/** First and last pair that an open place may become. @param {Open} open @returns {[string, string]} */
function rangeOf({ first, typed }) {
  if (!typed) return [first, `${first}\uffff`];
  const [from, to] = syllablesOf(typed) ?? ['', ''];
  return [first + from, first + to];
}

/** What a longer Latin word counts that starts with what is typed, and how surely it is meant. */
const LONGER_WORD = 0.6;
const LONGER_SURE = 0.8;

/** What a Latin word counts in its other number. */
const NUMBER = 0.95;

/** Most characters of a query that are read; some are composed of four. */
const MOST_QUERY = 128;

/** Words of a query that are corrected, each in turn, and longest run of them that titles are compared with. */
const MANY_WORDS = 6;

/** The query as far as it is read. @param {string} query */
const bounded = (query) => [...query.trim().slice(0, 4 * MOST_QUERY).normalize('NFC')].slice(0, MOST_QUERY).join('').trim();

/** Files that a query may ask for, beside the client and the head of the index. */
const FILES = 4;

/** Weight up to which a slot is no reason to ask for a file. */
const CHEAP = 0.25;

/** Files that the readings of a query share: those they asked for; a shard is identified by its place. */
class Allowance {
  constructor() {
    /** @type {Set<number | string>} */
    this.held = new Set();
  }

  /** Asks for files; either all are granted or none. @param {(number | string)[]} files */
  take(files) {
    const missing = this.missing(files);
    if (this.held.size + missing.length > FILES) return false;
    for (const file of missing) this.held.add(file);
    return true;
  }

  /** Those that are not held yet. @param {(number | string)[]} files */
  missing(files) { return [...new Set(files)].filter((file) => !this.held.has(file)); }

  /** Whether some document has the term, as far as the loaded files show. @param {string} term @param {Index} index */
  knows(term, index) { return index.entries.has(term) && this.held.has(index.shardOf(term)); }

  /** Gives a file back that nobody read. @param {string} file */
  free(file) { this.held.delete(file); }
}

/**
 * The slots whose shards a reading may ask for: Latin words first, then the weighty ones.
 * @param {Slot[]} slots @param {Index} index @param {Allowance} shared
 */
function affordable(slots, index, shared) {
  /** @type {Set<Slot>} */
  const kept = new Set();
  const take = (/** @type {Slot} */ slot) => {
    if (shared.take(shardsOf(slot, index))) kept.add(slot);
    // What it may become can be left out; the term itself cannot.
    else if (slot.term && shared.take([index.shardOf(slot.term)])) {
      slot.open = [];
      slot.begins = '';
      kept.add(slot);
    }
  };
  for (const slot of slots) if (slot.kind === 'word') take(slot);
  for (const slot of byWeight(slots).filter(({ kind }) => kind !== 'word' && kind !== 'moved')) {
    if (!kept.size || slot.weight > CHEAP || !shared.missing(shardsOf(slot, index)).length) take(slot);
  }
  slots.forEach((slot, at) => {
    if (slot.kind !== 'moved' || !kept.has(slots[at - 1])) return;
    const whole = index.shardOf(slots[at - 1].term[0] + slot.term);
    if (shared.take([...shardsOf(slot, index), whole])) kept.add(slot);
  });
  // What is meant beside the words as they are typed takes what they leave.
  for (const slot of kept) slot.near = slot.near?.filter(({ term }) => shared.take([index.shardOf(term)]));
  return slots.filter((slot) => kept.has(slot));
}

/**
 * The weighty slots first; of those that weigh the same every other one first, for two pairs that do not overlap
 * are more informative than two that do.
 * @param {Slot[]} slots
 */
const byWeight = (slots) => slots.map((slot, at) => ({ slot, turn: at % 2 }))
  .sort((a, b) => b.slot.weight - a.slot.weight || a.turn - b.turn).map(({ slot }) => slot);

/** Shards that contain what a slot may mean. @param {Slot} slot @param {Index} index @returns {number[]} */
function shardsOf({ term, kind, open, begins }, index) {
  const places = term && kind !== 'moved' ? [index.shardOf(term)] : [];
  if (begins) places.push(...index.shardsOf(begins, `${begins}\uffff`));
  return places.concat(...open.map((one) => index.shardsOf(...rangeOf(one))));
}

/**
 * Entries a slot may mean, with their weights and how surely they are meant.
 * @typedef {{ entry: Entry, weight: number, sure: number }} Alternative
 * @param {Slot} slot @param {Index} index @returns {Alternative[]}
 */
function alternativesOf(slot, index) {
  /** @type {Alternative[]} */
  const found = [];
  const add = (/** @type {string} */ term, /** @type {number} */ weight, /** @type {number} */ sure) => {
    const entry = index.entries.get(term);
    if (entry) found.push({ entry, weight, sure });
  };
  if (slot.kind !== 'moved') add(slot.term, 1, 1);
  if (slot.begins) {
    for (const term of index.latin) {
      if (term !== slot.begins && term.startsWith(slot.begins)) add(term, LONGER_WORD * Math.sqrt(slot.begins.length / term.length), LONGER_SURE);
    }
  }
  for (const { term, weight } of slot.near ?? []) add(term, weight, weight);
  for (const open of slot.open) {
    const [from, to] = rangeOf(open);
    for (const term of index.pairs.get(open.first) ?? []) {
      if (term >= from && term <= to && term !== slot.term && (!open.typed || canBecome(open.typed, term[1]))) add(term, open.weight, open.typed ? COMPLETED : open.weight);
    }
  }
  return found;
}
