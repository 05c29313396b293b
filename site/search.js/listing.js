// What a query finds, in the list of the search box and on the page of results alike.

/** Pages shown at first, and with every "more". */
const SHOWN = 10;

/** Further sections of a page. */
const SECTIONS = 2;

/** Pages that are suggested to an empty box. */
const SUGGESTED = 6;

/** @typedef {{ document: number, row: DocumentRow }} Listed */

class Listing {
  /** @param {HTMLElement} form with the words in its data @param {HTMLElement} place where the results are */
  constructor(form, place) {
    this.form = form;
    this.place = place;
    this.words = /** @type {Record<string, string>} */ (form.dataset);
    this.root = form.dataset.root ?? '';
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (place.querySelector(`.search-${name}`));
    this.input = /** @type {HTMLInputElement} */ (form.querySelector('input'));
    this.list = part('results');
    this.status = part('status');
    this.more = part('more');
    this.clear = part('clear');
    this.all = part('all');
    this.recent = new Recent(this.root);
    this.facets = new Facets(part('facets'), this.words, () => { void this.update(); });
    /** @type {Promise<Engine> | undefined} */
    this.engine = undefined;
    this.turn = 0;
    this.clear.addEventListener('click', () => this.forget());
  }

  query() { return bounded(this.input.value); }

  /** Shows what the query in the field finds; for an empty one, what there is to begin with. */
  async update() {
    const turn = ++this.turn;
    const isCurrent = () => turn === this.turn;
    const query = this.query();
    try {
      this.engine ??= openEngine(this.root, this.form.dataset.folder);
      const engine = await this.engine;
      this.facets.show(engine.index.head);
      const answer = query ? await engine.search(query, this.facets.wanted(engine.index.head)) : null;
      // Rows of a large site load with those of the answer.
      const first = answer ? null : await this.suggested(engine);
      if (!isCurrent()) return;
      this.begin();
      if (first) this.showStart(first);
      else if (answer) await this.show(answer, query, engine, isCurrent);
    } catch (error) {
      this.engine = undefined;
      if (!isCurrent()) return;
      this.begin();
      this.say(this.words.failed);
      console.error(error);
    }
  }

  /** Empties the list. */
  begin() {
    this.list.replaceChildren();
    this.more.hidden = this.clear.hidden = true;
    if (this.all) this.all.hidden = true;
  }

  /** Announces a text, once. @param {string} text */
  say(text) { if (this.status.textContent !== text) this.status.textContent = text; }

  /** @param {Answer} answer @param {string} query @param {Engine} engine @param {() => boolean} isCurrent */
  async show({ found, rest, reading, words }, query, engine, isCurrent) {
    const total = found.length + rest.length;
    if (!total) {
      this.say(this.words.nothing.replace('{query}', () => query));
      const parts = await engine.parts(query, this.facets.wanted(engine.index.head), isCurrent);
      if (isCurrent() && parts.length) this.offer(this.words.parts, parts);
      return;
    }
    const isOther = keyOf(reading) !== keyOf(query);
    const count = this.words.found.replace('{count}', String(total));
    this.say(isOther ? `${this.words.reading.replace('{reading}', () => reading)} ${count}` : count);
    this.showAll(total, query);
    await this.showNext([...found], [...rest], words, engine, isCurrent);
  }

  /** Offers the page of all results. @param {number} _total @param {string} _query */
  showAll(_total, _query) {}

  /**
   * Adds the next pages to the list.
   * @param {Listed[]} found @param {number[]} rest those whose rows are not loaded yet @param {string[]} words
   * @param {Engine} engine @param {() => boolean} isCurrent
   */
  async showNext(found, rest, words, engine, isCurrent) {
    if (found.length < SHOWN && rest.length) {
      const next = rest.splice(0, SHOWN);
      const rows = await engine.index.rows(next);
      if (!isCurrent()) return;
      found.push(...next.map((document) => ({ document, row: /** @type {DocumentRow} */ (rows.get(document)) })));
    }
    const shown = found.splice(0, SHOWN);
    const from = this.list.childElementCount;
    const items = shown.map(({ row }, at) => this.page(row, from + at, words, engine.index.head));
    this.list.append(...items);
    const left = found.length + rest.length;
    this.more.hidden = !left;
    this.more.textContent = this.words.more.replace('{count}', String(left));
    this.more.onclick = async () => {
      await this.showNext(found, rest, words, engine, isCurrent);
      this.goOn(this.list.children[from + SHOWN]);
    };
    await Promise.all(shown.map(async ({ document, row }, at) => {
      const places = await engine.places(document, words, this.facets.wantedSection());
      if (isCurrent()) this.addPlaces(items[at], row, places, from + at);
    }));
  }

  /** Whoever asked for more goes on where it begins. @param {Element} item */
  goOn(item) { /** @type {HTMLElement | null} */ (item?.querySelector('a'))?.focus(); }

  /** Address of a place on a page. @param {string} address @param {string} [anchor] */
  addressOf(address, anchor) {
    const path = address.split('/').map(encodeURIComponent).join('/');
    return this.root + path + (anchor ? `#${encodeURIComponent(anchor).replace(/%2F/g, '/')}` : '');
  }

  /** @param {string} id @param {string} href @param {(Node | string)[]} children */
  link(id, href, children) { return element('a', { id, href, class: 'search-option' }, children); }

  /** A link to what the query finds, with which it is remembered. @param {string} id @param {string} href @param {(Node | string)[]} children */
  result(id, href, children) {
    const link = this.link(id, href, children);
    link.addEventListener('click', () => this.recent.add(this.query()));
    return link;
  }

  /** A page that is found. @param {DocumentRow} row @param {number} at @param {string[]} words @param {Head} head */
  page([address, title, , category], at, words, head) {
    const name = span('title', marked(piecesOf(title, matchesOf(title, words))));
    const crumb = head.categories[category - 1];
    const link = this.result(`search-${at}`, this.addressOf(address), crumb ? [name, span('crumb', [crumb])] : [name]);
    return this.item(link, title);
  }

  /** @param {HTMLElement} link @param {string} _title @returns {HTMLElement} */
  item(link, _title) { return element('li', { class: 'search-page' }, [element('h2', {}, [link])]); }

  /** @param {HTMLElement} item @param {DocumentRow} row @param {SectionPlace[]} places @param {number} at */
  addPlaces(item, [address], places, at) {
    const text = places.find(({ isAnswer }) => !isAnswer);
    if (text) this.addSnippet(item, span('snippet', marked(text.snippet)));
    const sections = places.filter(({ anchor }) => anchor).slice(0, SECTIONS);
    item.append(...sections.map(({ anchor, above, heading, snippet, isAnswer }, place) => this.result(`search-${at}-${place}`, this.addressOf(address, anchor), [
      span('above', [above.map((one) => `${one} › `).join('')]),
      span(isAnswer ? 'question' : 'heading', marked(heading)),
      ...(isAnswer && snippet.length ? [span('snippet', marked(snippet))] : []),
    ])));
  }

  /** @param {HTMLElement} item @param {HTMLElement} snippet */
  addSnippet(item, snippet) { item.append(snippet); }

  /** The first page of each category, as far as rows are at hand. @param {Engine} engine @returns {Promise<DocumentRow[]>} */
  async suggested({ index }) {
    const first = await index.rows([...Array(Math.min(index.head.documents, index.head.blocks[1] ?? Infinity)).keys()]);
    const named = new Map([...first.values()].reverse().map((row) => [row[3], row]));
    // The home page and others of no category say little of what there is.
    if (named.size > 1) named.delete(0);
    return [...named.values()].reverse().slice(0, SUGGESTED);
  }

  /** What an empty field offers. @param {DocumentRow[]} pages */
  showStart(pages) {
    const recent = this.recent.list();
    this.say(this.words.hint);
    if (recent.length) this.offer(this.words.recent, recent);
    this.clear.hidden = !recent.length;
    if (pages.length) this.list.append(this.group(this.words.suggested, pages.map(([address, title], at) => this.link(`search-page-${at}`, this.addressOf(address), [title]))));
  }

  /** Offers queries to be chosen. @param {string} label @param {string[]} queries */
  offer(label, queries) {
    this.list.append(this.group(label, queries.map((query, at) => {
      const option = this.link(`search-query-${at}`, `?q=${encodeURIComponent(query)}`, [query]);
      option.addEventListener('click', (event) => {
        event.preventDefault();
        this.input.value = query;
        this.input.focus();
        this.choose();
      });
      return option;
    })));
  }

  /** A query was chosen. */
  choose() { void this.update(); }

  /** @param {string} label @param {HTMLElement[]} links @returns {HTMLElement} */
  group(label, links) {
    return element('li', { class: 'search-group' }, [element('h2', { class: 'search-label' }, [label]), ...links]);
  }

  forget() {
    this.recent.clear();
    this.input.focus();
    void this.update();
  }
}
