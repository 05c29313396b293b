// Slots → documents with their scores, and how sure the reading is.

/**
 * @typedef {{ score: number, cover: number }} Hit
 * @typedef {{ text: string, penalty: number, plain: number, hits: Map<number, Hit>, total: number, meant: number, confidence: number, value: number,
 *   isCorrected: boolean, sureness: number, strangers: number }} Reading
 * `plain` is the share of the text that is no letters outside syllables, `sureness` is how well the words that are meant fit the index, `strangers` how many neighbouring
 * words are side by side in no document.
 */

/** How much letters outside syllables speak against a reading. */
const LETTERS_COST = 0.8;

/**
 * What of a word is needed, what of it is found, and whether anything of it is known.
 * @typedef {{ need: number, found: number, isKnown: boolean }} Need
 */

/** What the slots of a reading add up to. */
class Sum {
  /** @param {Index} index */
  constructor(index) {
    this.index = index;
    /** @type {Map<number, Hit>} */
    this.hits = new Map();
    /** @type {Map<number, Need>} */
    this.words = new Map();
    this.total = 0;
    this.found = 0;
    this.strangers = 0;
  }

  /** @param {Slot} slot */
  add(slot) {
    const { weights } = this.index.head;
    const { best, worth, sure } = documentsOf(slot, this.index, weights);
    const isKnown = worth > 0;
    if (slot.kind === 'moved' && !isKnown) return;
    const isAcross = slot.kind === 'across';
    if (isAcross && !isKnown) this.strangers += 1;
    const need = slot.weight * (isKnown ? worth : isAcross ? 0 : this.index.rarest * weights.unknown);
    const found = isKnown ? need * (isAcross || slot.kind === 'moved' ? 1 : sure) : 0;
    this.total += need;
    this.found += found;
    const word = this.words.get(slot.word) ?? { need: 0, found: 0, isKnown: false };
    this.words.set(slot.word, { need: word.need + need, found: word.found + found, isKnown: word.isKnown || (isKnown && !isAcross) });
    for (const [document, value] of best) {
      const hit = this.hits.get(document) ?? { score: 0, cover: 0 };
      this.hits.set(document, { score: hit.score + value * slot.weight, cover: hit.cover + need });
    }
  }

  /** What is needed of words that are known at all, and what of it is found. */
  meant() {
    const known = [...this.words.values()].filter(({ isKnown }) => isKnown);
    return known.reduce((sum, { need, found }) => ({ need: sum.need + need, found: sum.found + found }), { need: 0, found: 0 });
  }
}

/**
 * Weighs the documents of a reading whose shards are loaded.
 * @param {string} text @param {number} penalty @param {Slot[]} slots @param {Index} index @param {boolean} isCorrected
 * @returns {Reading}
 */
function weigh(text, penalty, slots, index, isCorrected) {
  const sum = new Sum(index);
  for (const slot of slots) sum.add(slot);
  const { total, hits, strangers } = sum;
  const confidence = total > 0 ? sum.found / total : 0;
  const letters = lettersIn(text, slots, index);
  const plain = 1 - Math.min(LETTERS_COST, letters / Math.max(1, text.length));
  const value = confidence * penalty * plain;
  const meant = sum.meant();
  // What was typed may have words that nobody knows; what was made of it may not.
  const isTyped = !isCorrected && penalty === 1 && letters === 0 && meant.need > 0;
  const sureness = isTyped ? meant.found / meant.need : value;
  return { text, penalty, plain, hits, total, meant: meant.need || total, confidence, value, isCorrected, sureness, strangers };
}

/** Letters outside syllables; one at the end that is being typed speaks for itself. @param {string} text @param {Slot[]} slots @param {Index} index */
function lettersIn(text, slots, index) {
  const isTyping = slots.some((slot) => slot.kind === 'typing' && alternativesOf(slot, index).length > 0);
  return [...text].filter((character) => LETTER.test(character)).length - (isTyping ? 1 : 0);
}

/** @param {Slot} slot @param {Index} index @param {Weights} weights */
function documentsOf(slot, index, weights) {
  /** @type {Map<number, number>} */
  const best = new Map();
  let [worth, sure] = [0, 0];
  for (const { entry, weight, sure: own } of alternativesOf(slot, index)) {
    const value = entry.rarity * weight * (weights.base + (1 - weights.base) * entry.best);
    worth = Math.max(worth, value);
    sure = Math.max(sure, own);
    for (const posting of entry.postings) {
      const product = posting.worth * value;
      if (product > (best.get(posting.document) ?? 0)) best.set(posting.document, product);
    }
  }
  return { best, worth, sure };
}
