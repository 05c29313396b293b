// What no link may carry: ways to reach a person, and long numbers, however they are written.

/**
 * Digits of the shortest number that reaches somebody from everywhere, such as 1588-0000, and fewer than those of a
 * business, a card or an account. Seven digits reach nobody without those in front of them.
 */
const LONG_NUMBER = /\p{N}(?:[^\p{L}\p{N}]*\p{N}){7,}/u;

/** A day as it is written with numbers, with a weekday or a time after it. */
const DAY = /^(?:19|20)\d\d(\s*[-./]\s*|\s|)(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])\.?(?:\s*\([^()\d]{1,9}\))?(?:[\sT]+\d{1,2}:\d\d(?::\d\d)?)?$/;

/** What is between the first day and the last. */
const SPAN = /\s*[~–—]\s*|\s+-\s+/;

/** Characters that cannot be seen. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;

/** Letters that pass for digits among these: `O1O` and `l234`. */
const LIKE_DIGITS = /[\p{N}ol|]{3,}/gu;

/**
 * Whether a value looks like a way to reach a person, or like a number that is nobody else's business.
 * @param {string} value @param {string} digitWords words for digits, those of each after a comma: `zero oh,one`
 */
function isPersonal(value, digitWords) {
  const text = value.normalize('NFKC').replace(UNSEEN, '').toLowerCase().trim();
  if (/\S@\S/.test(text)) return true;
  if (text.split(SPAN).every((day) => DAY.test(day))) return false;
  const plain = withDigits(text, digitWords).replace(LIKE_DIGITS, (run) => (/\p{N}/u.test(run) ? run.replace(/[ol|]/g, '0') : run));
  return LONG_NUMBER.test(plain);
}

/** The text with its digits in figures where two or more words for them are in a row. @param {string} text @param {string} digitWords */
function withDigits(text, digitWords) {
  const figures = new Map(digitWords.split(',').flatMap((words, digit) => words.split(' ').filter(Boolean).map((word) => [word, String(digit)])));
  if (figures.size === 0) return text;
  // A word of letters that other letters are beside is a part of another one.
  const word = [...figures.keys()].map((one) => (/^[a-z]/.test(one) ? `(?<![a-z])${one}(?![a-z])` : one)).join('|');
  const row = new RegExp(`(?:(?:${word})[^\\p{L}\\p{N}]*){2,}`, 'gu');
  return text.replace(row, (words) => words.replace(new RegExp(word, 'g'), (one) => figures.get(one) ?? one));
}

/** Without the values that no link may carry. @param {Record<string, string>} values @param {string} digitWords */
function withoutPersonal(values, digitWords) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isPersonal(value, digitWords)));
}
