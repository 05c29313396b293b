// The search box: a combobox with a list of results, after the ARIA Authoring Practices.
// Everything shown is set as text, never as markup.

/** Key under which recent searches are kept, for each site its own, and how many. */
const RECENT_KEY = 'tickbook-recent-searches';
const RECENT = 6;

/** Pages shown, and those whose sections are shown at once. */
const SHOWN = 10;

/** Further sections of a page. */
const SECTIONS = 2;

/** Milliseconds after the last key before a search starts. */
const PAUSE = 80;

/** @param {string} name @param {Record<string, string>} [attributes] @param {(Node | string)[]} [children] */
function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @param {Piece[]} pieces */
const marked = (pieces) => pieces.map(({ text, isMatch }) => (isMatch ? element('mark', {}, [text]) : text));

class Panel {
  /** @param {HTMLElement} form */
  constructor(form) {
    this.form = form;
    this.root = form.dataset.root ?? '';
    this.words = /** @type {Record<string, string>} */ (form.dataset);
    this.recentKey = RECENT_KEY + document.documentElement.dataset.site + new URL(this.root || './', location.href).href;
    this.input = /** @type {HTMLInputElement} */ (form.querySelector('input'));
    this.panel = /** @type {HTMLElement} */ (form.querySelector('.search-panel'));
    this.list = /** @type {HTMLElement} */ (form.querySelector('.search-results'));
    this.status = /** @type {HTMLElement} */ (form.querySelector('.search-status'));
    this.facets = /** @type {HTMLElement} */ (form.querySelector('.search-facets'));
    /** @type {Promise<Engine> | undefined} */
    this.engine = undefined;
    this.active = -1;
    this.turn = 0;
    this.timer = 0;
    this.filter = { version: 0, mode: 0, company: '' };
  }

  start() {
    this.form.hidden = false;
    this.input.addEventListener('input', () => this.later());
    this.input.addEventListener('compositionend', () => this.later());
    this.input.addEventListener('focus', () => this.open());
    this.input.addEventListener('keydown', (event) => this.onKey(event));
    this.form.addEventListener('submit', (event) => { event.preventDefault(); this.follow(); });
    document.addEventListener('keydown', (event) => this.onShortcut(event));
    document.addEventListener('pointerdown', (event) => { if (!this.form.contains(/** @type {Node} */ (event.target))) this.close(); });
    this.form.addEventListener('focusout', (event) => {
      if (event.relatedTarget && !this.form.contains(/** @type {Node} */ (event.relatedTarget))) this.close();
    });
    const query = new URLSearchParams(location.search).get('q');
    if (query) {
      this.input.value = query;
      this.open();
    }
  }

  /** @param {KeyboardEvent} event */
  onShortcut(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const isTyping = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.input.focus();
    this.input.select();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    // Keys that an input method takes for itself are none of ours.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (this.panel.hidden) this.input.value = '';
      this.close();
    } else if (event.key === 'Tab' && !event.shiftKey) this.setActive(-1);
  }

  options() { return [...this.list.querySelectorAll('[role=option]')]; }

  /** @param {number} by */
  move(by) {
    const options = this.options();
    if (this.panel.hidden) { this.open(); return; }
    if (options.length) this.setActive((this.active + by + options.length + (this.active < 0 && by < 0 ? 1 : 0)) % options.length);
  }

  /** @param {number} place */
  setActive(place) {
    const options = this.options();
    options[this.active]?.setAttribute('aria-selected', 'false');
    this.active = place;
    const option = options[place];
    if (!option) { this.input.removeAttribute('aria-activedescendant'); return; }
    option.setAttribute('aria-selected', 'true');
    this.input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  }

  follow() {
    // Without a choice the first page is meant; queries that are offered are chosen by hand.
    const first = this.list.querySelector('.search-page .search-option');
    const option = /** @type {HTMLElement | null} */ (this.options()[this.active] ?? first);
    option?.click();
  }

  open() {
    this.panel.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    void this.update();
  }

  close() {
    this.panel.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.setActive(-1);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.open(), PAUSE);
  }

  async update() {
    const turn = ++this.turn;
    const query = bounded(this.input.value);
    try {
      this.engine ??= openEngine(this.root, this.form.dataset.folder);
      const engine = await this.engine;
      this.showFacets(engine.index.head);
      if (!query) { if (turn === this.turn) this.showRecent(); return; }
      const answer = await engine.search(query, this.wanted(engine.index.head));
      if (turn === this.turn) await this.show(answer, query, engine, turn);
    } catch (error) {
      this.engine = undefined;
      if (turn === this.turn) this.say(this.words.failed);
      console.error(error);
    }
  }

  /** @param {Head} head @returns {(document: number) => boolean} */
  wanted(head) {
    const { version, mode, company } = this.filter;
    const companies = company ? new Set(head.companies[company]) : null;
    return (document) => (!version || ((head.versionBits[document] ?? 0) & version) !== 0)
      && (!mode || ((head.modeBits[document] ?? 0) & mode) !== 0)
      && (!companies || companies.has(document));
  }

  /** @param {string} text */
  say(text) { this.status.textContent = text; }

  /** @param {Answer} answer @param {string} query @param {Engine} engine @param {number} turn */
  async show({ found, reading, words }, query, engine, turn) {
    this.setActive(-1);
    const shown = found.slice(0, SHOWN);
    this.list.replaceChildren(...shown.map((one, at) => this.group(one, at, words, engine.index.head)));
    if (!shown.length) {
      this.say(this.words.nothing.replace('{query}', () => query));
      const isCurrent = () => turn === this.turn;
      const parts = await engine.parts(query, this.wanted(engine.index.head), isCurrent);
      if (isCurrent()) this.offer(parts);
      return;
    }
    const isOther = keyOf(reading) !== keyOf(query);
    const count = this.words.found.replace('{count}', String(shown.length));
    this.say(isOther ? `${this.words.reading.replace('{reading}', () => reading)} ${count}` : count);
    await Promise.all(shown.map(async ({ document, row }, at) => {
      const places = await engine.places(document, words, this.wantedSection());
      if (turn === this.turn) this.addPlaces(this.list.children[at], row, places, at);
    }));
  }

  /** @returns {(section: SectionRow) => boolean} */
  wantedSection() {
    const { version, mode } = this.filter;
    return ([, , , modes, versions]) => (!mode || !modes || (modes & mode) !== 0) && (!version || !versions || (versions & version) !== 0);
  }

  /** A page with its sections. @param {Found} found @param {number} at @param {string[]} words @param {Head} head */
  group({ row: [address, title, , category] }, at, words, head) {
    const parts = [element('span', { class: 'search-title' }, marked(piecesOf(title, matchesOf(title, words))))];
    const crumb = head.categories[category - 1];
    if (crumb) parts.push(element('span', { class: 'search-crumb' }, [crumb]));
    return element('li', { role: 'presentation', class: 'search-page' }, [this.option(`search-${at}`, address, '', parts)]);
  }

  /** @param {string} id @param {string} address @param {string} anchor @param {(Node | string)[]} children */
  option(id, address, anchor, children) {
    const path = address.split('/').map(encodeURIComponent).join('/');
    const href = this.root + path + (anchor ? `#${encodeURIComponent(anchor).replace(/%2F/g, '/')}` : '');
    const option = element('a', { id, href, role: 'option', 'aria-selected': 'false', tabindex: '-1', class: 'search-option' }, children);
    option.addEventListener('click', () => { this.remember(bounded(this.input.value)); this.close(); });
    return option;
  }

  /** @param {Element} group @param {DocumentRow} row @param {SectionPlace[]} places @param {number} at */
  addPlaces(group, [address], places, at) {
    const first = group.querySelector('.search-option');
    const text = places.find(({ isAnswer }) => !isAnswer);
    if (text && first) first.append(element('span', { class: 'search-snippet' }, marked(text.snippet)));
    const sections = places.filter(({ anchor }) => anchor).slice(0, SECTIONS);
    group.append(...sections.map(({ anchor, above, heading, snippet, isAnswer }, place) => this.option(`search-${at}-${place}`, address, anchor, [
      element('span', { class: 'search-above' }, [above.map((one) => `${one} › `).join('')]),
      element('span', { class: isAnswer ? 'search-question' : 'search-heading' }, marked(heading)),
      ...(isAnswer && snippet.length ? [element('span', { class: 'search-snippet' }, marked(snippet))] : []),
    ])));
  }

  recent() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.recentKey) ?? '[]');
      return Array.isArray(kept) ? kept.filter((query) => typeof query === 'string').slice(0, RECENT) : [];
    } catch { return []; }
  }

  /** @param {string} query */
  remember(query) {
    if (!query) return;
    const kept = [query, ...this.recent().filter((other) => other !== query)].slice(0, RECENT);
    // Private windows may refuse to keep anything.
    try { localStorage.setItem(this.recentKey, JSON.stringify(kept)); } catch { /* nothing is kept */ }
  }

  showRecent() {
    this.setActive(-1);
    const recent = this.recent();
    this.say(recent.length ? this.words.recent : this.words.hint);
    this.offer(recent);
  }

  /** Offers queries to be chosen. @param {string[]} queries */
  offer(queries) {
    this.list.replaceChildren(...queries.map((query, at) => {
      const option = element('a', { id: `search-${at}`, href: '#', role: 'option', 'aria-selected': 'false', tabindex: '-1', class: 'search-option' }, [query]);
      option.addEventListener('click', (event) => {
        event.preventDefault();
        this.input.value = query;
        this.input.focus();
        void this.update();
      });
      return element('li', { role: 'presentation' }, [option]);
    }));
  }

  /** @param {Head} head */
  showFacets(head) {
    if (this.facets.childElementCount) return;
    const used = (/** @type {Record<string, number>} */ bits) => Object.values(bits).reduce((all, one) => all | one, 0);
    const [versions, modes] = [used(head.versionBits), used(head.modeBits)];
    const bit = (/** @type {number} */ at) => String(2 ** at);
    this.addFacet(this.words.version, head.versions.map((name, at) => [bit(at), name]).filter(([value]) => versions & Number(value)), (value) => { this.filter.version = Number(value); });
    this.addFacet(this.words.mode, head.modes.map(([, title], at) => [bit(at), title]).filter(([value]) => modes & Number(value)), (value) => { this.filter.mode = Number(value); });
    this.addFacet(this.words.company, Object.keys(head.companies).map((name) => [name, name]), (value) => { this.filter.company = value; });
    this.facets.hidden = !this.facets.childElementCount;
  }

  /** @param {string} label @param {string[][]} values @param {(value: string) => void} choose */
  addFacet(label, values, choose) {
    if (values.length < 2) return;
    const options = [['', this.words.all], ...values].map(([value, name]) => element('option', { value }, [name]));
    const select = /** @type {HTMLSelectElement} */ (element('select', {}, options));
    select.addEventListener('change', () => { choose(select.value); void this.update(); });
    this.facets.append(element('label', {}, [element('span', {}, [label]), select]));
  }
}

if (typeof document !== 'undefined') {
  document.addEventListener('DOMContentLoaded', () => {
    const form = document.querySelector('form.search');
    if (form instanceof HTMLElement) new Panel(form).start();
  });
}
