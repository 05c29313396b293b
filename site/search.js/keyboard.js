// Texts as the other keyboard would have them.

/** Letters of a name before a word of the other keyboard. */
const NAME = [2, 4];

/** Fewest syllables of the word after it. One is found by chance: `npah` is `npay` mistyped and not `np 모`. */
const BEHIND_NAME = 2;

/** Fewest Latin letters that may be Korean ones. */
const LATIN_LETTERS = 3;

/** Value of the reading as typed from which Latin letters are no Korean ones. */
const SURE = 0.9;

/** Most syllables that may be Latin letters, and fewest letters that these are. */
const KOREAN_KEYS = 6;
const LATIN_KEYS = 3;

/** Value of the reading as typed from which two syllables or more are no Latin letters. */
const DOUBTFUL = 0.5;

const LETTERS_ALONE = /^[a-z]+$/i;
const SYLLABLES_ALONE = /^[\uac00-\ud7a3]+$/;

/**
 * The text as the other keyboard would have it: `rufwp` is `결제`, `ㅔㅎ` is `pg`.
 * @param {string} text @param {Reading} typed @param {(word: string) => boolean} isKnown @param {LanguageData} language
 */
function otherKeyboard(text, typed, isKnown, language) {
  const others = new Set();
  const latin = (text.match(/[A-Za-z]+/g) ?? []).join('');
  if (latin.length >= LATIN_LETTERS && typed.value < SURE) {
    others.add(language.hangul(text));
    others.add(text.replace(/[A-Za-z]+/g, (word) => (isKnown(word.toLowerCase()) ? word : language.hangul(word))));
    others.add(text.replace(/[A-Za-z]+/g, (word) => behindName(word, language)));
    for (const other of others) if (!SYLLABLE.test(other)) others.delete(other);
  }
  const keys = language.latin(text);
  // A name of three letters is often one syllable that is a word as well: `눈` is `sns`.
  const isDoubtful = text.length === 1 || (text.length <= KOREAN_KEYS && typed.value < DOUBTFUL);
  if (LETTER.test(text) && /[a-z]/i.test(keys)) others.add(keys);
  else if (SYLLABLES_ALONE.test(text) && isDoubtful && keys.length >= LATIN_KEYS && LETTERS_ALONE.test(keys)) others.add(keys.toLowerCase());
  others.delete(text);
  return others;
}

/** `pgrufwp` is a name and a word of the other keyboard: `pg 결제`. @param {string} word @param {LanguageData} language */
function behindName(word, language) {
  if (!LETTER.test(language.hangul(word))) return word;
  for (let end = NAME[0]; end <= NAME[1] && end < word.length; end++) {
    const rest = language.hangul(word.slice(end));
    if (rest.length >= BEHIND_NAME && SYLLABLES_ALONE.test(rest)) return `${word.slice(0, end)} ${rest}`;
  }
  return word;
}
