// Queries that mean nothing here: random syllables, foreign words, keys mashed. The same ones for
// the same seed.

const FOREIGN = ('xylophone Schadenfreude zeitgeist kvass borscht fjord smörgåsbord croissant bouillabaisse quesadilla '
  + 'tagliatelle mozzarella samovar balalaika tundra dachshund kindergarten wanderlust doppelganger rucksack origami '
  + 'tsunami kimono haiku sudoku karaoke mañana siesta armadillo guacamole jalapeño piñata rodeo tornado vigilante '
  + 'ambivalent photosynthesis archipelago chrysanthemum kaleidoscope labyrinth metamorphosis onomatopoeia platypus '
  + 'rhododendron stalactite thermodynamics ukulele velociraptor wisteria zucchini hippopotamus 量子力学 寿司 東京 ありがとう '
  + 'спасибо здравствуйте Καλημέρα شكرا नमस्ते สวัสดี').split(' ');
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const LETTER_ROWS = ['ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ', 'ㅁㄴㅇㄹㅎㅗㅓㅏㅣ', 'ㅋㅌㅊㅍㅠㅜㅡ'];

/** @param {number} seed */
function random(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** @param {number} seed @param {number} count */
export function nonsense(seed, count) {
  const pick = random(seed);
  const many = (/** @type {number} */ least, /** @type {number} */ most, /** @type {() => string} */ one) => Array.from({ length: least + pick(most - least + 1) }, one).join('');
  const kinds = [
    () => many(3, 6, () => String.fromCharCode(0xac00 + pick(11172))),
    // Syllables without rare letters, as a random name would have them.
    () => many(3, 6, () => String.fromCharCode(0xac00 + pick(19) * 588 + [0, 4, 8, 13, 18, 20][pick(6)] * 28 + [0, 0, 4, 8, 16, 21][pick(6)])),
    () => FOREIGN[pick(FOREIGN.length)],
    () => { const row = ROWS[pick(3)]; return many(5, 10, () => row[pick(row.length)]); },
    () => { const row = LETTER_ROWS[pick(3)]; return many(5, 10, () => row[pick(row.length)]); },
  ];
  return Array.from({ length: count }, (_, at) => kinds[at % kinds.length]());
}
