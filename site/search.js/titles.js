// Titles and search tags → what they add to a document's score.

/** What the query's subject counts beside the query as it is. */
const SUBJECT = 0.95;

/** Fewest keys of a text that titles are compared with, and of a search tag that the query may contain. */
const KEYS = 3;
const TAG_KEYS = 5;

/** Fewest keys of a query that may be a whole title or tag with one wrong key. */
const NEAR_KEYS = 9;

/** A title that has the initials: all of it, at its start, anywhere. */
const INITIALS_BONUS = [3, 2, 1];

/** Title and search tags of a document without spaces. @param {DocumentRow} row */
const titlesOf = ([, title, tags]) => [keyOf(title), ...tags.split('\n').filter(Boolean)];

/** @param {string} title @param {string} key */
function initialsBonus(title, key) {
  const at = title.indexOf(key);
  return at < 0 ? 0 : INITIALS_BONUS[title === key ? 0 : at === 0 ? 1 : 2] + key.length / title.length;
}

/**
 * Characters of words that are counted without the spaces between them: 2 and 2 of `결제 취소` are `취소`.
 * @param {string[]} words @param {number} start @param {number} length
 */
function pieceOf(words, start, length) {
  let from = start;
  let left = length;
  return words.map((word) => {
    const piece = word.slice(from, from + left);
    from = Math.max(0, from - word.length);
    left -= piece.length;
    return piece;
  }).filter(Boolean).join(' ');
}

/**
 * What titles are compared with: the query, its subject, and runs of its subject's words.
 * @typedef {{ key: string, share: number, isWhole: boolean, isWord: boolean }} TitleKey
 * @param {string} text @param {string[]} subject
 * @returns {TitleKey[]}
 */
function titleKeys(text, subject) {
  // A lone syllable is in many titles by chance.
  const wholes = [{ text: keyOf(text), share: 1 }, { text: subject.join(''), share: SUBJECT }];
  const keys = wholes.filter((whole) => whole.text.length > 1).map((whole) => ({ key: strokes(whole.text), share: whole.share, isWhole: true, isWord: false }));
  const all = subject.join('').length;
  for (let from = 0; from < subject.length; from++) {
    for (let to = Math.min(subject.length, from + MANY_WORDS); to > from; to--) {
      const run = subject.slice(from, to).join('');
      if (run.length > 1 && run.length < all) keys.push({ key: strokes(run), share: run.length / all, isWhole: false, isWord: to === from + 1 });
    }
  }
  // An ideograph is one key and says as much as a syllable.
  return keys.filter(({ key }) => key.length >= KEYS || UNSPACED_LETTER.test(key));
}

/** Whether a query is a whole title with one wrong key. @param {string} key @param {string} title */
const isMistyped = (key, title) => key.length >= NEAR_KEYS && Math.abs(key.length - title.length) <= 1 && distance(key, title, 1) === 1;

/** @param {DocumentRow} row @param {TitleKey[]} keys @param {Weights} weights */
function titleBonus(row, keys, weights) {
  let best = 0;
  titlesOf(row).map(strokes).forEach((title, at) => {
    // Words that are apart in the title count together.
    let held = 0;
    for (const { key, share, isWhole, isWord } of keys) {
      if (isWord && title.includes(key)) held += share;
      let bonus = 0;
      if (!isWhole) bonus = title.includes(key) ? weights.part : 0;
      else if (title === key) bonus = weights.exact;
      else if (title.startsWith(key)) bonus = weights.prefix;
      else if (title.includes(key)) bonus = weights.within;
      else if (at > 0 && title.length >= TAG_KEYS && key.includes(title)) bonus = weights.tag * Math.sqrt(title.length / key.length);
      else if (isMistyped(key, title)) bonus = weights.exact * weights.corrected;
      best = Math.max(best, bonus * share);
    }
    best = Math.max(best, weights.part * held);
  });
  return best;
}
