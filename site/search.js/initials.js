// Initial consonants → words of the lexicon: `ㄱㅈㅊㅅ` is `결제 취소`.

/** Words considered for each piece, and decodings kept on the way. */
const WORDS_A_PIECE = 4;
const KEPT = 16;

/** What a word of a decoding costs, and what each of its syllables brings. */
const WORD_COST = 8;
const SYLLABLE_WORTH = 1.2;

/** Fewest syllables of a word, and most. */
const SHORTEST = 2;
const LONGEST = 10;

/** A query of initials alone, with Latin words beside them. */
const INITIALS = /^[\u3131-\u314e0-9a-z]*[\u3131-\u314e]{2}[\u3131-\u314e0-9a-z]*$/;

/**
 * @typedef {{ text: string, worth: number }} Decoding a text that initials may mean, and how likely it is, as a logarithm
 * @param {string} key initials without spaces @param {Map<string, LexiconWord[]>} byInitials
 * @returns {Decoding[]} best first
 */
function decode(key, byInitials) {
  /** @type {{ text: string, worth: number }[][]} */
  const best = Array.from({ length: key.length + 1 }, () => []);
  best[0].push({ text: '', worth: 0 });
  for (let at = 0; at < key.length; at++) {
    best[at].sort((a, b) => b.worth - a.worth).splice(KEPT);
    for (let end = at + SHORTEST; best[at].length && end <= Math.min(key.length, at + LONGEST); end++) {
      for (const known of (byInitials.get(key.slice(at, end)) ?? []).slice(0, WORDS_A_PIECE)) {
        for (const { text, worth } of best[at]) {
          best[end].push({ text: text ? `${text} ${known.word}` : known.word, worth: worth + known.weight - WORD_COST + SYLLABLE_WORTH * (end - at) });
        }
      }
    }
  }
  return best[key.length].sort((a, b) => b.worth - a.worth).slice(0, KEPT);
}

/** @param {LexiconWord[]} lexicon */
function groupByInitials(lexicon) {
  /** @type {Map<string, LexiconWord[]>} */
  const groups = new Map();
  for (const known of lexicon) {
    const group = groups.get(known.initials);
    if (group) group.push(known);
    else groups.set(known.initials, [known]);
  }
  for (const group of groups.values()) group.sort((a, b) => b.weight - a.weight);
  return groups;
}

/**
 * Texts that a query of initials may mean, spaces kept and spaces left out.
 * @param {string} query @param {Map<string, LexiconWord[]>} byInitials
 */
function decodings(query, byInitials) {
  /** @type {Map<string, number>} */
  const found = new Map();
  const spaced = query.split(/\s+/).map(keyOf).filter(Boolean);
  const joined = keyOf(query).match(/[\u3131-\u314e]+|[a-z0-9]+/g) ?? [];
  for (const pieces of [spaced, joined]) {
    let texts = [{ text: '', worth: 0 }];
    for (const piece of pieces) {
      const own = LATIN.test(piece) ? [{ text: piece, worth: 0 }] : piece.length === 1 ? [] : decode(piece, byInitials);
      if (!own.length) continue;
      texts = texts.flatMap((before) => own.map(({ text, worth }) => ({ text: `${before.text} ${text}`.trim(), worth: before.worth + worth })))
        .sort((a, b) => b.worth - a.worth).slice(0, KEPT);
    }
    for (const { text, worth } of texts) if (text && !found.has(text)) found.set(text, worth);
  }
  return [...found].map(([text, worth]) => ({ text, worth })).sort((a, b) => b.worth - a.worth).slice(0, KEPT);
}
