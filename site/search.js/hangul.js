// Arithmetic of Hangul syllables, after The Unicode Standard, chapter 3.12; the same as the
// program's, which tests hold to the same answers.
//
// A precomposed syllable is 0xAC00 + (initial * 21 + medial) * 28 + last. Letters as a keyboard
// types them are those of Hangul Compatibility Jamo, encoded by their distance from U+3131:
// consonants first, vowels from 30 on in the order of syllables.

const SYLLABLES = 0xac00;
const SYLLABLE_COUNT = 11172;
const LETTERS = 0x3131;
const VOWELS = 30;
const LETTER_COUNT = 51;
const MEDIALS = 21;
const FINALS = 28;

/** Distance of every initial consonant, in syllable order. */
const INITIAL_LETTERS = [0, 1, 3, 6, 7, 8, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29];

/** Distance of every final consonant; place 0 is no final. */
const FINAL_LETTERS = [-1, 0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 25, 26, 27, 28, 29];

/** Letters that take two keys, with the letters of those keys: [whole, first, second]. */
const PAIRS = [
  [2, 0, 20], [4, 3, 23], [5, 3, 29], [9, 8, 0], [10, 8, 16], [11, 8, 17], [12, 8, 20], [13, 8, 27], [14, 8, 28],
  [15, 8, 29], [19, 17, 20], [39, 38, 30], [40, 38, 31], [41, 38, 50], [44, 43, 34], [45, 43, 35], [46, 43, 50],
  [49, 48, 50],
];
const PAIR_OF = new Map(PAIRS.map(([whole, first, second]) => [whole, [first, second]]));
const WHOLE_OF = new Map(PAIRS.map(([whole, first, second]) => [first * LETTER_COUNT + second, whole]));

/** @param {string} character */
function isSyllable(character) {
  const index = character.charCodeAt(0) - SYLLABLES;
  return index >= 0 && index < SYLLABLE_COUNT;
}

/** Distance of a letter, or -1. @param {string} character */
function letterOf(character) {
  const distance = character.charCodeAt(0) - LETTERS;
  return distance >= 0 && distance < LETTER_COUNT ? distance : -1;
}

/** @param {number} distance */
const letter = (distance) => String.fromCharCode(LETTERS + distance);

/** @param {string} character */
function isConsonant(character) {
  const distance = letterOf(character);
  return distance >= 0 && distance < VOWELS;
}

/** Whether a syllable ends in a consonant. @param {string} character */
const isClosed = (character) => (character.charCodeAt(0) - SYLLABLES) % FINALS !== 0;

/**
 * The letters of a syllable, as indices. @param {string} character
 * @returns {{ initial: number, medial: number, last: number }}
 */
function lettersOfSyllable(character) {
  const index = character.charCodeAt(0) - SYLLABLES;
  return { initial: Math.floor(index / (MEDIALS * FINALS)), medial: Math.floor(index / FINALS) % MEDIALS, last: index % FINALS };
}

/** @param {number} initial @param {number} medial @param {number} last */
const syllableOf = (initial, medial, last) => String.fromCharCode(SYLLABLES + (initial * MEDIALS + medial) * FINALS + last);

/** Vowels that may start with one, itself among them: after a bare vowel at most three more may follow. */
const GROWN = 4;

/**
 * First and last syllable that a consonant or a syllable being typed may become, and some in between that it may not.
 * @param {string} typed @returns {[string, string] | undefined} nothing for what begins no syllable
 */
function syllablesOf(typed) {
  if (!isSyllable(typed)) {
    const initial = INITIAL_LETTERS.indexOf(letterOf(typed));
    return initial < 0 ? undefined : [syllableOf(initial, 0, 0), syllableOf(initial, MEDIALS - 1, FINALS - 1)];
  }
  const { initial, medial, last } = lettersOfSyllable(typed);
  return [syllableOf(initial, medial, 0), syllableOf(initial, medial + (last ? 0 : GROWN - 1), FINALS - 1)];
}

/** Letters of two keys taken apart. @param {number} distance */
function keysOf(distance) {
  const pair = PAIR_OF.get(distance);
  return pair ? letter(pair[0]) + letter(pair[1]) : letter(distance);
}

/** The letters that are typed for a text, one a key press. @param {string} text */
function strokes(text) {
  let typed = '';
  for (const character of text) {
    const distance = letterOf(character);
    if (isSyllable(character)) {
      const index = character.charCodeAt(0) - SYLLABLES;
      typed += letter(INITIAL_LETTERS[Math.floor(index / (MEDIALS * FINALS))]);
      typed += keysOf(VOWELS + (Math.floor(index / FINALS) % MEDIALS));
      if (index % FINALS) typed += keysOf(FINAL_LETTERS[index % FINALS]);
    } else typed += distance < 0 ? character : keysOf(distance);
  }
  return typed;
}

/** The initial consonant of every syllable; what is not a syllable stays. @param {string} text */
function initials(text) {
  let found = '';
  for (const character of text) {
    const index = character.charCodeAt(0) - SYLLABLES;
    found += isSyllable(character) ? letter(INITIAL_LETTERS[Math.floor(index / (MEDIALS * FINALS))]) : character;
  }
  return found;
}

/**
 * The text that a keyboard of two sets makes of letters; what is not a letter stays. A consonant
 * after a vowel closes the syllable until a vowel takes it over as an initial.
 * @param {string} typed
 */
function assemble(typed) {
  let text = '';
  let [initial, medial, last] = [-1, -1, -1];
  const end = () => {
    const [first, final] = [INITIAL_LETTERS.indexOf(initial), last < 0 ? 0 : FINAL_LETTERS.indexOf(last)];
    if (initial >= 0 && medial >= 0 && first >= 0) {
      text += String.fromCharCode(SYLLABLES + (first * MEDIALS + medial - VOWELS) * FINALS + final);
    } else for (const part of [initial, medial, last]) if (part >= 0) text += letter(part);
    [initial, medial, last] = [-1, -1, -1];
  };
  for (const character of typed) {
    const distance = letterOf(character);
    if (distance < 0) {
      end();
      text += character;
    } else if (distance < VOWELS) {
      const closing = last < 0 ? (FINAL_LETTERS.includes(distance) ? distance : -1)
        : WHOLE_OF.get(last * LETTER_COUNT + distance) ?? -1;
      if (initial >= 0 && medial >= 0 && closing >= 0) last = closing;
      else {
        end();
        initial = distance;
      }
    } else if (last >= 0) {
      const [kept, moved] = PAIR_OF.get(last) ?? [-1, last];
      last = kept;
      end();
      initial = moved;
      medial = distance;
    } else if (medial < 0) medial = distance;
    else {
      const both = WHOLE_OF.get(medial * LETTER_COUNT + distance);
      if (both === undefined) {
        end();
        medial = distance;
      } else medial = both;
    }
  }
  end();
  return text;
}

/** Whether a character that is still being typed may become `whole`. @param {string} typed @param {string} whole */
const canBecome = (typed, whole) => strokes(whole).startsWith(strokes(typed));
