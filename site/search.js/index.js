// The index as the build packed it: shards of terms and blocks of documents, loaded as needed.
// Its form is defined in the program's `search::code`.

/**
 * @typedef {{ document: number, worth: number }} Posting
 * @typedef {{ term: string, rarity: number, best: number, postings: Posting[] }} Entry
 * @typedef {[address: string, title: string, tagKeys: string, category: number, path: string]} DocumentRow
 * @typedef {[anchor: string, heading: string, text: string, modes: number, versions: number, fields: [id: string, label: string][], above: number | null, isAnswer: number]} SectionRow
 * @typedef {{ format: number, folder: string, documents: number, shards: string[], clusters: string[], blocks: number[],
 *   inline: DocumentRow[], words: string, weights: Weights, language: Language, categories: string[], versions: string[],
 *   modes: [key: string, title: string][], versionBits: Record<string, number>, modeBits: Record<string, number>,
 *   companies: Record<string, number[]> }} Head
 * @typedef {Record<'across' | 'acrossParticle' | 'tail' | 'stop' | 'predicate' | 'meant' | 'single' | 'unknown' | 'base'
 *   | 'completed' | 'exact' | 'prefix' | 'within' | 'tag' | 'part' | 'complete' | 'keyboard' | 'corrected' | 'joined' | 'torn' | 'doubt'
 *   | 'rival' | 'confidence' | 'evidence', number>} Weights
 * @typedef {{ word: string, weight: number, strokes: string, initials: string, letters: number }} LexiconWord
 */

/** Version of the index that this client reads. */
const FORMAT = 7;

/** Steps of a term's worth. */
const LEVELS = 24;

/** What a step of a word's weight is. */
const WEIGHT_STEP = 0.4;

class Index {
  /** @param {Head} head @param {(name: string) => Promise<any>} load */
  constructor(head, load) {
    if (head.format !== FORMAT) throw new Error(`search index of format ${head.format}, not ${FORMAT}`);
    this.head = head;
    this.load = load;
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    /** Pairs by their first syllable. @type {Map<string, string[]>} */
    this.pairs = new Map();
    /** @type {string[]} */
    this.latin = [];
    /** Shards of first syllables that are together, after those of the others. @type {Map<string, number>} */
    this.clusters = new Map(head.clusters.flatMap((syllables, at) => [...syllables].map((first) => [first, head.shards.length + at])));
    /** @type {Map<number, Promise<void>>} */
    this.shards = new Map();
    /** @type {Map<number, Promise<DocumentRow[]>>} */
    this.blocks = new Map();
    /** Rarity of a term that no document has. */
    this.rarest = Math.log(1 + head.documents + 0.5);
    /** @type {LexiconWord[] | undefined} */
    this.commonWords = undefined;
    /** Other words, by file. @type {Map<string, Promise<LexiconWord[]>>} */
    this.lexicons = new Map();
    if (head.inline.length) this.blocks.set(0, Promise.resolve(head.inline));
  }

  /** Place of the shard that contains `term`. @param {string} term */
  shardOf(term) { return this.clusters.get(term[0]) ?? Math.max(0, lastAtMost(this.head.shards, term)); }

  /** Places of the shards that contain terms from `first` to `last`, which start alike. @param {string} first @param {string} last */
  shardsOf(first, last) {
    const [from, to] = [this.shardOf(first), this.shardOf(last)];
    return Array.from({ length: to - from + 1 }, (_, at) => from + at);
  }

  /** @param {Iterable<number>} places */
  async loadShards(places) {
    await Promise.all([...new Set(places)].map((place) => {
      let shard = this.shards.get(place);
      if (!shard) {
        shard = this.load(`t${place}`).then((text) => this.readShard(text));
        this.shards.set(place, shard);
      }
      return shard;
    }));
  }

  /** @param {string} text */
  readShard(text) {
    const code = new Decoder(text);
    let word = '';
    for (let left = code.number(COUNT); left > 0; left--) {
      word = code.word(word, true);
      this.latin.push(word);
      this.add(word, code.list(LEVEL_WORD));
    }
    const second = (/** @type {string} */ before) => code.syllable(before);
    this.readLines(code, SYLLABLES, FIRST, SECONDS, second);
    const wide = (/** @type {string} */ before) => String.fromCharCode((before.charCodeAt(0) || 0) + code.number(WIDE_SECOND));
    this.readLines(code, 0, WIDE_FIRST, WIDE_SECONDS, wide);
  }

  /**
   * Pairs by their first character, which comes after `first`.
   * @param {Decoder} code @param {number} first @param {number} firsts @param {number} seconds models of their numbers
   * @param {(before: string) => string} second
   */
  readLines(code, first, firsts, seconds, second) {
    for (let left = code.number(COUNT); left > 0; left--) {
      first += code.number(firsts);
      this.readLine(code, String.fromCharCode(first), seconds, second);
    }
  }

  /** Pairs of one first character. @param {Decoder} code @param {string} first @param {number} seconds @param {(before: string) => string} next */
  readLine(code, first, seconds, next) {
    const pairs = this.pairs.get(first) ?? [];
    this.pairs.set(first, pairs);
    if (code.bit(LONE)) this.add(first, code.list(LEVEL));
    let second = '';
    for (let left = code.number(seconds); left > 0; left--) {
      second = next(second);
      pairs.push(first + second);
      this.add(first + second, code.list(LEVEL));
    }
  }

  /** @param {string} term @param {{ count: number, postings: Posting[] }} list */
  add(term, { count, postings }) {
    const rarity = Math.log(1 + (this.head.documents - count + 0.5) / (count + 0.5));
    const best = postings.reduce((most, { worth }) => Math.max(most, worth), 0);
    this.entries.set(term, { term, rarity, best, postings });
  }

  /** Rows of documents by number. @param {number[]} documents @returns {Promise<Map<number, DocumentRow>>} */
  async rows(documents) {
    const rows = new Map();
    await Promise.all(documents.map(async (document) => {
      const place = lastAtMost(this.head.blocks, document);
      let block = this.blocks.get(place);
      if (!block) {
        block = this.load(`d${place}`);
        this.blocks.set(place, block);
      }
      rows.set(document, (await block)[document - this.head.blocks[place]]);
    }));
    return rows;
  }

  /** Sections of a document. @param {number} document @returns {Promise<SectionRow[]>} */
  sections(document) { return this.load(`p${document}`); }

  /** Korean words that queries are corrected with; most queries need none. */
  get common() { return this.commonWords ??= readWords(this.head.words, false); }

  /** Words of a file of their own. @param {'rare' | 'latin'} name rare Korean ones, which initials are read with, or Latin ones */
  words(name) {
    const lexicon = this.lexicons.get(name) ?? this.load(name).then((text) => readWords(text, name === 'latin'));
    this.lexicons.set(name, lexicon);
    return lexicon;
  }
}

/** @param {string} text @param {boolean} isLatin @returns {LexiconWord[]} */
function readWords(text, isLatin) {
  const code = new Decoder(text);
  const words = [];
  let word = '';
  for (let left = code.number(COUNT); left > 0; left--) {
    word = code.word(word, isLatin);
    const typed = strokes(word);
    words.push({ word, weight: code.number(WEIGHT) * WEIGHT_STEP, strokes: typed, initials: initials(word), letters: lettersOf(typed) });
  }
  return words;
}

/**
 * Place of the last item of a sorted list that is not after `value`; -1 when all are.
 * @template {string | number} T
 * @param {T[]} list @param {T} value
 */
function lastAtMost(list, value) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
