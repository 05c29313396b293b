// Typing errors: words of the lexicon within a few keys of what was typed.

/** Fewest keys of a word that is corrected, and of one it is corrected to. */
const LEAST_KEYS = 4;

/** Keys from which two may be wrong. */
const TWO_FROM = 9;

/** Letters of a Latin word from which two may be wrong. */
const TWO_LATIN_FROM = 6;

/** Letters of a Latin word up to which a wrong letter must be a neighbouring key. */
const SHORT = 4;

/** Rows of the Latin keyboard. */
const KEY_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** What a Latin word with one letter wrong counts, and with two. */
const NEAR = [0.6, 0.3];

/** What a key of a correction brings beside its word's weight, and what a wrong one takes. */
const KEY_WORTH = 0.25;
const WRONG_COST = 3;

/** Keys that a correction may have more than what was typed. */
const LONGER = 2;

/** Corrections of a word that are tried. */
const CORRECTIONS = 6;

/** Longest text that is corrected, in keys. */
const LONGEST_CORRECTED = 120;

/** Rows that every call of `fit` uses anew. */
const ROWS_OF_FIT = Array.from({ length: 3 }, () => ({ cost: new Int32Array(LONGEST_CORRECTED + 1), start: new Int32Array(LONGEST_CORRECTED + 1) }));

/**
 * Where a word best fits into a text with at most `most` keys wrong, by Sellers' algorithm with
 * neighbours that swapped places counted as one.
 * @param {string} word @param {string} text @param {number} most
 * @returns {{ wrong: number, start: number, end: number } | null}
 */
function fit(word, text, most) {
  const width = text.length + 1;
  // Costs and starts of the row before the last, the last, and the one being filled.
  let [older, before, line] = ROWS_OF_FIT;
  for (let at = 0; at < width; at++) {
    before.cost[at] = 0;
    before.start[at] = at;
  }
  for (let row = 1; row <= word.length; row++) {
    line.cost[0] = row;
    line.start[0] = 0;
    let least = row;
    const [typed, last] = [word.charCodeAt(row - 1), word.charCodeAt(row - 2)];
    for (let at = 1; at < width; at++) {
      const character = text.charCodeAt(at - 1);
      let cost = before.cost[at - 1] + (typed === character ? 0 : 1);
      let start = before.start[at - 1];
      if (before.cost[at] + 1 < cost) {
        cost = before.cost[at] + 1;
        start = before.start[at];
      }
      if (line.cost[at - 1] + 1 < cost) {
        cost = line.cost[at - 1] + 1;
        start = line.start[at - 1];
      }
      if (row > 1 && at > 1 && typed === text.charCodeAt(at - 2) && last === character && older.cost[at - 2] + 1 < cost) {
        cost = older.cost[at - 2] + 1;
        start = older.start[at - 2];
      }
      line.cost[at] = cost;
      line.start[at] = start;
      if (cost < least) least = cost;
    }
    if (least > most) return null;
    [older, before, line] = [before, line, older];
  }
  let best = null;
  for (let end = 1; end < width; end++) {
    const [wrong, start] = [before.cost[end], before.start[end]];
    const drift = Math.abs(end - start - word.length);
    if (wrong > most || (best && (wrong > best.wrong || (wrong === best.wrong && drift >= Math.abs(best.end - best.start - word.length))))) continue;
    best = { wrong, start, end };
  }
  return best;
}

/** The letters of a text as bits, so that most words are distinguished at once. @param {string} typed */
function lettersOf(typed) {
  let bits = 0;
  for (const character of typed) bits |= 1 << (Math.max(0, letterOf(character)) % 31);
  return bits;
}

/** Whether at most `most` bits are set. @param {number} bits @param {number} most */
function isFew(bits, most) {
  let left = bits;
  for (let count = 0; left; count++) {
    if (count === most) return false;
    left &= left - 1;
  }
  return true;
}

/** Keys that may be wrong in a word. @param {number} length */
const slack = (length) => (length >= TWO_FROM ? 2 : 1);

/**
 * Corrections of one word, best first, with their penalties.
 * @param {string} word @param {LexiconWord[]} lexicon @param {Weights} weights
 * @returns {{ text: string, penalty: number }[]}
 */
function corrections(word, lexicon, weights) {
  const typed = strokes(word);
  if (typed.length < LEAST_KEYS || typed.length > LONGEST_CORRECTED) return [];
  const typedLetters = lettersOf(typed);
  /** @type {{ text: string, penalty: number, worth: number }[]} */
  const found = [];
  for (const known of lexicon) {
    const length = known.strokes.length;
    if (length < LEAST_KEYS || length > typed.length + LONGER) continue;
    if (!isFew(known.letters & ~typedLetters, slack(length))) continue;
    const place = fit(known.strokes, typed, slack(length));
    if (!place) continue;
    const [left, right] = [assemble(typed.slice(0, place.start)), assemble(typed.slice(place.end))];
    if (LETTER.test(left + right)) continue;
    if (place.wrong === 0 && !left && !right) continue;
    const isTorn = left.length === 1 || right.length === 1;
    const penalty = weights.corrected ** place.wrong * (left || right ? weights.joined : 1) * (isTorn ? weights.torn : 1);
    found.push({ text: [left, known.word, right].filter(Boolean).join(' '), penalty, worth: known.weight + KEY_WORTH * length - WRONG_COST * place.wrong });
  }
  found.sort((a, b) => b.worth - a.worth);
  return found.filter(({ text }, at) => found.findIndex((other) => other.text === text) === at).slice(0, CORRECTIONS);
}

/**
 * Keys that are wrong between two whole texts, infinitely many for more than `most` or nearly so; neighbours that swapped
 * places count as one. Only cells of the matrix near its diagonal can be so small (Ukkonen, 1985).
 * @param {string} one @param {string} other @param {number} most
 */
function distance(one, other, most) {
  let older = [0];
  let before = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const line = before.map(() => Infinity);
    line[0] = row;
    for (let at = Math.max(1, row - most); at <= Math.min(other.length, row + most); at++) {
      const isSame = one[row - 1] === other[at - 1];
      const isSwapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      line[at] = Math.min(before[at - 1] + (isSame ? 0 : 1), before[at] + 1, line[at - 1] + 1, isSwapped ? older[at - 2] + 1 : Infinity);
    }
    [older, before] = [before, line];
  }
  return before[other.length];
}

/**
 * Whether a short word is another one by a slip: a neighbouring key, two letters that swapped places, one
 * too many or too few. With any other letter it would be a name that no document has.
 * @param {string} one @param {string} other
 */
function isSlip(one, other) {
  if (one.length !== other.length) return true;
  const wrong = [...one].map((_, at) => at).filter((at) => one[at] !== other[at]);
  return wrong.length > 1 || wrong.every((at) => isNeighbour(one[at], other[at]));
}

/** Whether two keys are side by side, in one row or in two. @param {string} one @param {string} other */
function isNeighbour(one, other) {
  const [[row, column], [otherRow, otherColumn]] = [keyPlace(one), keyPlace(other)];
  return Math.abs(row - otherRow) <= 1 && Math.abs(column - otherColumn) <= 1;
}

/** @param {string} key @returns {[number, number]} row and column; a digit is far from all letters */
function keyPlace(key) {
  const row = KEY_ROWS.findIndex((keys) => keys.includes(key));
  return row < 0 ? [KEY_ROWS.length + 1, Number(key)] : [row, KEY_ROWS[row].indexOf(key)];
}

/**
 * Latin words of the lexicon close to one that no document has.
 * @param {string} word @param {LexiconWord[]} lexicon
 */
function nearLatin(word, lexicon) {
  if (word.length > LONGEST_CORRECTED) return [];
  const most = word.length >= TWO_LATIN_FROM ? 2 : 1;
  return lexicon.filter((known) => Math.abs(known.word.length - word.length) <= most)
    .map((known) => ({ word: known.word, weight: known.weight, wrong: distance(known.word, word, most) }))
    .filter((near) => near.wrong <= most && (word.length > SHORT || isSlip(word, near.word)))
    .sort((a, b) => a.wrong - b.wrong || b.weight - a.weight)
    .slice(0, CORRECTIONS)
    .map(({ word: term, wrong }) => ({ term, weight: NEAR[Math.max(1, wrong) - 1] }));
}
