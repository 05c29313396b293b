// A query → documents: readings of the query, the best of them weighed, titles looked at last.

/**
 * @typedef {{ document: number, score: number, row: DocumentRow }} Found
 * @typedef {{ found: Found[], rest: number[], reading: string, words: string[] }} Answer what is found, best first: rows of the first documents, and the further ones
 */

/** Documents of a reading that are looked at further. */
const CANDIDATES = 40;

/** Documents whose titles are looked at. */
const TITLES = 24;

/** Cover from which a document beyond those is found too: half of what is meant. */
const COUNTED = 0.5;

/** Readings that are merged. */
const READINGS = 4;

/** Documents up to which every title is compared with a query of initials. */
const EVERY_TITLE = 1000;

/** Cover that is all, but for rounding. */
const WHOLE = 0.999;

/** Words of a query without an answer that are tried one by one, as many as are seen at a glance. */
const PARTS = 4;

/** Words of a phrase that is wanted as a whole. */
const PHRASE = 3;

/** Cover below which a decoding of initials does not count. */
const INITIALS_COVER = 0.4;

/** Strangers a decoding may have, but for one of this many initials: those are letters that were mashed. */
const STRANGERS = 1;
const LONG_INITIALS = 7;

/** What a stranger takes from the worth of a decoding. */
const STRANGER = 2;

/** Confidence from which a word needs no correction. */
const FINE = 0.95;

/** How fast readings fall off that are worth less than the best one, as a power. */
const RIVAL_FALL = 2;

/** What a document keeps of its score that has hardly anything of the query. */
const BARE = 0.2;

/** How much a decoding counts beside the titles, and how fast the less likely ones fall off. */
const DECODING = 0.7;
const DECODING_FALL = 0.7;

/** Worth below the best decoding from which a decoding is not looked at. */
const UNLIKELY = 1;

/** Share of letters outside syllables above which a text is read on the other keyboard first. */
const MOSTLY_LETTERS = 0.5;

/** Characters of a word without syllables from which its pairs are marked too. */
const LONG = 3;

/** Files of Latin words and of rare ones. */
const LATIN_WORDS = 'latin';
const RARE_WORDS = 'rare';

class Engine {
  /** @param {Index} index */
  constructor(index) {
    this.index = index;
    this.weights = index.head.weights;
    this.language = new LanguageData(index.head.language);
    /** @type {Map<string, LexiconWord[]> | undefined} */
    this.byInitials = undefined;
  }

  /**
   * Documents for a query, best first.
   * @param {string} query @param {(document: number) => boolean} [isWanted]
   * @returns {Promise<Answer>}
   */
  async search(query, isWanted = () => true) {
    const text = this.language.restated(bounded(query));
    if (!keyOf(text)) return { found: [], rest: [], reading: '', words: [] };
    const shared = new Allowance();
    if (INITIALS.test(keyOf(text))) {
      const answer = await this.searchInitials(text, isWanted, shared);
      if (answer.found.length) return answer;
    }
    const readings = await this.readings(text, shared);
    const best = readings[bestOf(readings)];
    const rivals = readings
      .filter((reading) => reading.total && reading.value >= this.weights.rival * best.value
        && (reading === best || !reading.isCorrected || reading.value > readings[0].value))
      .sort((a, b) => b.value - a.value)
      .slice(0, READINGS);
    return { ...await this.merge(rivals, best, isWanted), reading: best.text, words: this.marks(best.text, shared) };
  }

  /**
   * Words of a query that find something by themselves, for one that finds nothing.
   * @param {string} query @param {(document: number) => boolean} isWanted @param {() => boolean} isCurrent
   */
  async parts(query, isWanted, isCurrent) {
    const words = [...new Set(this.subject(bounded(query)))];
    const found = [];
    for (const word of words.length > 1 ? words.slice(0, PARTS) : []) {
      if (!isCurrent()) return [];
      const answer = await this.search(word, isWanted);
      if (answer.found.length) found.push(word);
    }
    return found;
  }

  /**
   * Sections of a document that contain words of an answer, best first.
   * @param {number} document @param {string[]} words @param {(section: SectionRow) => boolean} [isWanted]
   */
  async places(document, words, isWanted = () => true) {
    return placesOf(await this.index.sections(document), words, isWanted);
  }

  /**
   * @param {string} text @param {number} penalty @param {Allowance} shared
   * @param {boolean} [isCorrected] @param {Map<string, Near[]>} [near]
   */
  async read(text, penalty, shared, isCorrected = false, near = undefined) {
    const slots = affordable(slotsOf(text, this.language, this.weights), this.index, shared);
    for (const slot of slots) slot.near = near?.get(slot.term) ?? slot.near;
    await this.index.loadShards([...shared.held].filter((file) => typeof file === 'number'));
    this.settleMoved(slots);
    return weigh(text, penalty, slots, this.index, isCorrected);
  }

  /** Weighs moved letters by whether the syllable as typed is known. @param {Slot[]} slots */
  settleMoved(slots) {
    slots.forEach((slot, at) => {
      if (slot.kind !== 'moved') return;
      const typed = slots[at - 1];
      const isKnown = alternativesOf(typed, this.index).length > 0;
      const whole = typed.term[0] + slot.term;
      if (!this.index.entries.has(whole)) slot.open = [];
      else {
        slot.weight = isKnown ? MOVED_KNOWN : MOVED_UNKNOWN;
        typed.near = [{ term: whole, weight: MOVED_WHOLE }];
      }
    });
  }

  /**
   * The reading on the other keyboard of a text that is hardly anything as it was typed: Latin letters that make
   * whole syllables, or letters outside syllables that make Latin words. What it says as it was typed need not be
   * asked for when that is sure.
   * @param {string} text @param {Allowance} shared
   */
  async turned(text, shared) {
    const turned = isTurned(text) ? this.language.latin(text) : this.language.hangul(text);
    const isOther = isTurned(text) ? LATIN_TEXT.test(turned) : LATIN_TEXT.test(text) && SYLLABLES_TEXT.test(turned);
    return isOther ? this.read(turned, this.weights.keyboard, shared) : undefined;
  }

  /**
   * Readings of a query; the first one is as typed, but for one that the other keyboard makes sure.
   * @param {string} text @param {Allowance} shared
   */
  async readings(text, shared) {
    const turned = await this.turned(text, shared);
    if (turned && turned.value >= this.weights.doubt) return [turned];
    // Latin words may have to be corrected, with a file of their own.
    const names = wordsOf(text).filter((word) => LATIN_NAME.test(word));
    if (names.length) shared.take([LATIN_WORDS]);
    const readings = [await this.read(text, 1, shared)];
    for (const other of otherKeyboard(text, readings[0], (word) => shared.knows(word, this.index), this.language)) {
      readings.push(turned && other === turned.text ? turned : await this.read(other, this.weights.keyboard, shared));
    }
    const best = bestOf(readings);
    if (readings[best].value >= this.weights.doubt) {
      shared.free(LATIN_WORDS);
      if (names.length) readings[best] = await this.read(readings[best].text, readings[best].penalty, shared);
    }
    if (readings[best].value < this.weights.doubt) readings.push(...await this.corrected(readings[0], readings[best], shared));
    return readings;
  }

  /** What is typed and the best reading of it, corrected. @param {Reading} typed @param {Reading} best @param {Allowance} shared */
  async corrected(typed, best, shared) {
    const corrected = await this.correctLatin(best, shared);
    if (best !== typed) corrected.push(...await this.correctLatin(typed, shared));
    if (!corrected.length) shared.free(LATIN_WORDS);
    return [...corrected, ...await this.correct(best, shared)];
  }

  /** The reading with Latin words that no document has replaced by those close to them. @param {Reading} reading @param {Allowance} shared */
  async correctLatin({ text, penalty }, shared) {
    const unknown = wordsOf(text).filter((word) => LATIN_NAME.test(word) && !shared.knows(word, this.index));
    if (!unknown.length || !shared.take([LATIN_WORDS])) return [];
    const lexicon = await this.index.words(LATIN_WORDS);
    const isAfforded = (/** @type {Near} */ { term }) => shared.take([this.index.shardOf(term)]);
    const near = new Map(unknown.map((word) => [word, nearLatin(word, lexicon).filter(isAfforded)]));
    const reading = await this.read(text, penalty, shared, true, near);
    const corrected = normal(text).replace(LATIN_WORD, (word) => near.get(word)?.[0]?.term ?? word);
    return [{ ...reading, text: corrected }];
  }

  /** Readings with one word corrected. @param {Reading} best @param {Allowance} shared */
  async correct(best, shared) {
    const corrected = [];
    const words = best.text.split(/\s+/);
    let left = MANY_WORDS;
    for (const [at, word] of words.entries()) {
      if (!left || !(SYLLABLE.test(word) || LETTER.test(word)) || await this.isFine(word, shared)) continue;
      left--;
      for (const { text, penalty } of corrections(word, this.index.common, this.weights)) {
        const whole = [...words.slice(0, at), text, ...words.slice(at + 1)].join(' ');
        corrected.push(await this.read(whole, best.penalty * penalty, shared, true));
      }
    }
    return corrected;
  }

  /** Whether a word of the query needs no correction. @param {string} word @param {Allowance} shared */
  async isFine(word, shared) {
    if (LETTER.test(word)) return false;
    if (wordsOf(word).every((part) => SPACED.test(part) || this.language.stemLength(part) === 0)) return true;
    return (await this.read(word, 1, shared)).confidence > FINE;
  }

  /** Words of a reading that state what is searched. @param {string} text */
  subject(text) {
    return wordsOf(text)
      .flatMap((word) => {
        if (SPACED.test(word)) return this.language.isStop(word) ? [] : [word];
        return partsOf(word.slice(0, this.language.stemLength(word)));
      });
  }

  /**
   * Words that pages are marked with: those of the subject, what they are in their other number where a page has it,
   * pairs of those without spaces, and what documents say for words that they do not use.
   * @param {string} text @param {Allowance} shared
   */
  marks(text, shared) {
    const meant = wordsOf(text).flatMap((word) => this.language.meant(word)).filter((term) => shared.knows(term, this.index));
    return this.subject(text).flatMap((word) => {
      const others = this.language.otherNumbers(word).filter((other) => shared.knows(other, this.index));
      const isLong = word.length >= LONG && [...word].every((letter) => UNSPACED_LETTER.test(letter));
      return [word, ...others, ...(isLong ? [...word.slice(1)].map((second, at) => word[at] + second) : [])];
    }).concat(meant);
  }

  /**
   * @param {Reading[]} readings @param {Reading} best @param {(document: number) => boolean} isWanted
   * @returns {Promise<{ found: Found[], rest: number[] }>}
   */
  async merge(readings, best, isWanted) {
    /** @type {Map<number, number>[]} */
    const [scores, others] = [new Map(), new Map()];
    for (const reading of readings) {
      const share = (reading.value / best.value) ** RIVAL_FALL;
      const ranked = [...reading.hits]
        .filter(([document]) => isWanted(document))
        .map(([document, hit]) => ({ document, score: hit.score * (BARE + (1 - BARE) * (hit.cover / reading.total)), cover: hit.cover / reading.total }))
        .sort((a, b) => b.score - a.score || a.document - b.document);
      const kept = ranked.slice(0, CANDIDATES);
      if (!this.isSure(reading)) continue;
      const top = kept[0]?.score || 1;
      for (const { document, score, cover } of ranked) {
        const value = (score / top) * share;
        if (cover >= COUNTED && value > (others.get(document) ?? 0)) others.set(document, value);
      }
      const rows = await this.index.rows(kept.slice(0, TITLES).map(({ document }) => document));
      const keys = titleKeys(reading.text, this.subject(reading.text));
      for (const { document, score, cover } of kept) {
        const row = rows.get(document);
        const complete = cover > WHOLE && wordsOf(reading.text).length >= PHRASE ? this.weights.complete : 0;
        const value = (score / top + complete + (row ? titleBonus(row, keys, this.weights) : 0)) * share;
        if (value > (scores.get(document) ?? 0)) scores.set(document, value);
      }
    }
    return this.sorted(scores, others);
  }

  /** Whether some document has enough of a reading. @param {Reading} reading */
  isSure(reading) {
    let most = 0;
    for (const { cover } of reading.hits.values()) most = Math.max(most, cover);
    const share = (most / reading.meant) * reading.sureness;
    // Letters that the other keyboard leaves outside syllables are a sign of mashed keys.
    const isOtherKeyboard = reading.penalty < 1 && !reading.isCorrected;
    const evidence = (most * reading.penalty * (isOtherKeyboard ? reading.plain : 1)) / this.index.rarest;
    return share >= this.weights.confidence || evidence >= this.weights.evidence;
  }

  /**
   * The best documents with their rows, and the others.
   * @param {Map<number, number>} scores @param {Map<number, number>} others @returns {Promise<{ found: Found[], rest: number[] }>}
   */
  async sorted(scores, others) {
    const ranked = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, TITLES);
    const rows = await this.index.rows(ranked.map(([document]) => document));
    const found = ranked.map(([document, score]) => ({ document, score, row: /** @type {DocumentRow} */ (rows.get(document)) }));
    found.sort((a, b) => b.score - a.score || (a.row[0] < b.row[0] ? -1 : 1));
    for (const { document } of found) others.delete(document);
    return { found, rest: [...others].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([document]) => document) };
  }

  /** @param {string} text @param {(document: number) => boolean} isWanted @param {Allowance} shared @returns {Promise<Answer>} */
  async searchInitials(text, isWanted, shared) {
    const key = keyOf(text);
    const { scores, decodings } = await this.named(key);
    if (!decodings.length) {
      shared.take([RARE_WORDS]);
      decodings.push(...await this.deciphered(text));
    }
    const decoded = await this.decoded(decodings, key.length < LONG_INITIALS ? STRANGERS : 0, shared);
    for (const { reading, worth } of decoded) {
      const share = Math.exp((worth - decoded[0].worth) / DECODING_FALL);
      const ranked = [...reading.hits].map(([document, hit]) => ({ document, cover: hit.cover / reading.total, score: (hit.score * hit.cover) / reading.total }));
      const top = Math.max(...ranked.map(({ score }) => score));
      for (const { document, cover, score } of ranked) {
        if (cover > INITIALS_COVER) scores.set(document, (scores.get(document) ?? 0) + DECODING * (score / top) * share);
      }
    }
    for (const document of scores.keys()) if (!isWanted(document)) scores.delete(document);
    const best = decoded[0]?.reading.text;
    return { ...await this.sorted(scores, new Map(scores)), reading: best ?? text, words: this.marks(best ?? '', shared) };
  }

  /**
   * Documents with a title or search tag whose initials hold these, and what the initials mean there.
   * @param {string} key @returns {Promise<{ scores: Map<number, number>, decodings: Decoding[] }>}
   */
  async named(key) {
    /** @type {Map<number, number>} */
    const scores = new Map();
    /** @type {Map<string, number>} */
    const pieces = new Map();
    const count = this.index.head.documents <= EVERY_TITLE ? this.index.head.documents : 0;
    for (const [document, row] of await this.index.rows([...Array(count).keys()])) {
      for (const words of [wordsOf(row[1]), ...row[2].split('\n').map((tag) => [tag])]) {
        const letters = initials(words.join(''));
        const bonus = initialsBonus(letters, key);
        if (!bonus) continue;
        const piece = pieceOf(words, letters.indexOf(key), key.length);
        scores.set(document, Math.max(bonus, scores.get(document) ?? 0));
        pieces.set(piece, Math.max(bonus, pieces.get(piece) ?? 0));
      }
    }
    const decodings = [...pieces].map(([text, worth]) => ({ text, worth }));
    return { scores, decodings: decodings.sort((a, b) => b.worth - a.worth || (a.text < b.text ? -1 : 1)).slice(0, KEPT) };
  }

  /** What initials may mean, by the words of all documents. @param {string} text */
  async deciphered(text) {
    this.byInitials ??= groupByInitials([...this.index.common, ...await this.index.words(RARE_WORDS)]);
    return decodings(text, this.byInitials);
  }

  /**
   * Readings of decodings, the likely ones first; those with more than `most` strangers are none.
   * @param {Decoding[]} decodings @param {number} most @param {Allowance} shared
   */
  async decoded(decodings, most, shared) {
    const read = [];
    let best = -Infinity;
    for (const { text, worth } of decodings) {
      // What follows is less likely still.
      if (worth < best - UNLIKELY) break;
      const reading = await this.read(text, 1, shared);
      if (!reading.total || reading.strangers > most) continue;
      read.push({ reading, worth: worth - STRANGER * reading.strangers });
      best = Math.max(best, worth - STRANGER * reading.strangers);
    }
    return read.sort((a, b) => b.worth - a.worth);
  }
}

/** Whether most of a text are letters outside syllables, as when Latin words are typed on the Korean keyboard. @param {string} text */
const isTurned = (text) => [...text].filter((character) => LETTER.test(character)).length > MOSTLY_LETTERS * text.length;

/** Place of the first reading that none is better than. @param {Reading[]} readings */
const bestOf = (readings) => readings.reduce((best, { value }, at) => (value > readings[best].value ? at : best), 0);
