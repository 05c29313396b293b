// Where on a page the words of a query are: its best section, and an excerpt of its text.

/** Most headings above a section: those of a document have six levels. */
const ABOVE = 5;

/** Characters of a snippet, three lines of the panel where it is widest and six at 320 px, and those before its first match. */
const SNIPPET = 110;
const BEFORE = 24;

/** Weight of a word in a heading, in characters of text. */
const HEADING = 0.5;

/**
 * @typedef {{ text: string, isMatch: boolean }} Piece
 * @typedef {{ anchor: string, above: string[], heading: Piece[], snippet: Piece[], isAnswer: boolean, score: number }} SectionPlace
 */

/**
 * The best sections of a page, best first; none when no word is in any.
 * @param {SectionRow[]} sections @param {string[]} words @param {(section: SectionRow) => boolean} isWanted
 * @returns {SectionPlace[]}
 */
function placesOf(sections, words, isWanted) {
  const places = sections.filter(isWanted).map(([anchor, heading, text, , , fields, above, isAnswer]) => {
    const [inHeading, inText] = [matchesOf(heading, words), matchesOf(text, words)];
    const held = new Set([...inHeading, ...inText].map(({ word }) => word));
    const score = [...held].reduce((sum, word) => sum + word.length, 0)
      + HEADING * new Set(inHeading.map(({ word }) => word)).size;
    const field = fieldNamed(fields, words);
    return {
      anchor: field ? field[0] : anchor,
      above: headingsAbove(sections, above),
      heading: field ? [...piecesOf(heading, inHeading), { text: ' › ', isMatch: false }, ...piecesOf(field[1], matchesOf(field[1], words))] : piecesOf(heading, inHeading),
      snippet: snippetOf(text, inText),
      isAnswer: Boolean(isAnswer),
      score: held.size ? score : 0,
    };
  });
  return places.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
}

/** Headings of the sections around one, the outermost first. @param {SectionRow[]} sections @param {number | null} above */
function headingsAbove(sections, above) {
  /** @type {string[]} */
  const headings = [];
  for (let at = above; at !== null && sections[at] && headings.length < ABOVE; at = sections[at][6]) headings.unshift(sections[at][1]);
  return headings.filter(Boolean);
}

/**
 * The first field whose label contains most of the words.
 * @param {[id: string, label: string][]} fields @param {string[]} words
 */
function fieldNamed(fields, words) {
  /** @type {[id: string, label: string] | undefined} */
  let best;
  let most = 0;
  for (const field of fields) {
    const label = normal(field[1]);
    const worth = words.filter((word) => label.includes(word)).reduce((sum, word) => sum + word.length, 0);
    if (worth > most) [best, most] = [field, worth];
  }
  return best;
}

/**
 * @typedef {{ start: number, end: number, word: string }} Match
 * @param {string} text @param {string[]} words @returns {Match[]} in order, none over another
 */
function matchesOf(text, words) {
  const { folded, start: startOf, end: endOf } = foldedPlaces(text);
  /** @type {Match[]} */
  const found = [];
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) found.push({ start: startOf(at), end: endOf(at + word.length), word });
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let last = 0;
  return found.filter(({ start, end }) => {
    const isApart = start >= last;
    if (isApart) last = end;
    return isApart;
  });
}

/** @param {string} text @param {Match[]} matches @returns {Piece[]} */
function piecesOf(text, matches) {
  const pieces = [];
  let from = 0;
  for (const { start, end } of matches) {
    pieces.push({ text: text.slice(from, start), isMatch: false }, { text: text.slice(start, end), isMatch: true });
    from = end;
  }
  pieces.push({ text: text.slice(from), isMatch: false });
  return pieces.filter((piece) => piece.text);
}

/** The text around the densest matches. @param {string} text @param {Match[]} matches */
function snippetOf(text, matches) {
  let [best, most, next] = [0, 0, 0];
  /** Place of the last match of each word in the piece that starts with a match. @type {Map<string, number>} */
  const last = new Map();
  matches.forEach(({ start }, at) => {
    for (; matches[next]?.end <= start + SNIPPET - BEFORE; next++) last.set(matches[next].word, next);
    const count = [...last.values()].filter((place) => place >= at).length;
    if (count > most) [best, most] = [start, count];
  });
  const start = best <= BEFORE ? 0 : text.indexOf(' ', best - BEFORE) + 1 || best;
  const from = Math.min(start, best);
  const end = Math.min(text.length, from + SNIPPET);
  const inside = matches.filter((match) => match.start >= from && match.end <= end)
    .map((match) => ({ ...match, start: match.start - from, end: match.end - from }));
  const pieces = piecesOf(text.slice(from, end).replace(/\n/g, ' '), inside);
  if (from > 0) pieces.unshift({ text: '… ', isMatch: false });
  if (end < text.length) pieces.push({ text: ' …', isMatch: false });
  return pieces;
}
