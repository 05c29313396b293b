// Slots → documents with their scores, and how sure the reading is.

'use strict';

/**
 * @typedef {{ score: number, cover: number }} Hit
 * @typedef {{ text: string, penalty: number, plain: number, hits: Map<number, Hit>, total: number, meant: number, confidence: number, value: number,
 *   isMended: boolean, sureness: number, strangers: number }} Reading
 * `plain` is the share of the text that is no letters outside syllables, `sureness` tells how well the words that are meant fit the index, `strangers` how many neighbouring
 * words stand side by side in no document.
 */

/** How much letters outside syllables speak against a reading. */
const LETTERS_COST = 0.8;

/**
 * Weighs the documents of a reading whose shards are loaded.
 * @param {string} text @param {number} penalty @param {Slot[]} slots @param {Index} index @param {boolean} isMended
 * @returns {Reading}
 */
function weigh(text, penalty, slots, index, isMended) {
  const { weights } = index.head;
  /** @type {Map<number, Hit>} */
  const hits = new Map();
  let [total, found, strangers] = [0, 0, 0];
  /** Needs by word, what of them is known, and whether anything is. @type {Map<number, { need: number, found: number, isKnown: boolean }>} */
  const words = new Map();
  for (const slot of slots) {
    const { best, worth, sure } = documentsOf(slot, index, weights);
    const isKnown = worth > 0;
    if (slot.kind === 'moved' && !isKnown) continue;
    if (slot.kind === 'across' && !isKnown) strangers += 1;
    const need = slot.weight * (isKnown ? worth : slot.kind === 'across' ? 0 : index.rarest * weights.unknown);
    total += need;
    const own = isKnown ? need * (slot.kind === 'across' || slot.kind === 'moved' ? 1 : sure) : 0;
    found += own;
    const word = words.get(slot.word) ?? { need: 0, found: 0, isKnown: false };
    words.set(slot.word, { need: word.need + need, found: word.found + own, isKnown: word.isKnown || (isKnown && slot.kind !== 'across') });
    for (const [document, value] of best) {
      const hit = hits.get(document) ?? { score: 0, cover: 0 };
      hits.set(document, hit);
      hit.score += value * slot.weight;
      hit.cover += need;
    }
  }
  const confidence = total > 0 ? found / total : 0;
  // A letter at the end that is being typed speaks for itself.
  const typing = slots.some((slot) => slot.kind === 'typing' && alternativesOf(slot, index).length > 0) ? 1 : 0;
  const letters = [...text].filter((character) => LETTER.test(character)).length - typing;
  const plain = 1 - Math.min(LETTERS_COST, letters / Math.max(1, text.length));
  const value = confidence * penalty * plain;
  const meant = { need: 0, found: 0 };
  for (const word of words.values()) {
    if (!word.isKnown) continue;
    meant.need += word.need;
    meant.found += word.found;
  }
  // What was typed may have words that nobody knows; what was made of it may not.
  const isTyped = !isMended && penalty === 1 && letters === 0 && meant.need > 0;
  const sureness = isTyped ? meant.found / meant.need : value;
  return { text, penalty, plain, hits, total, meant: meant.need || total, confidence, value, isMended, sureness, strangers };
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
