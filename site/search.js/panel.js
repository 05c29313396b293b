// The search box: a combobox with a list of results, after the ARIA Authoring Practices.

/** Milliseconds after the last key before a search starts. */
const PAUSE = 80;

class Panel extends Listing {
  /** @param {HTMLElement} form */
  constructor(form) {
    const panel = /** @type {HTMLElement} */ (form.querySelector('.search-panel'));
    super(form, panel);
    this.panel = panel;
    this.active = -1;
    this.timer = 0;
  }

  start() {
    this.form.hidden = false;
    this.input.addEventListener('input', () => this.later());
    this.input.addEventListener('compositionend', () => this.later());
    this.input.addEventListener('focus', () => { if (this.panel.hidden) this.open(); });
    this.input.addEventListener('keydown', (event) => this.onKey(event));
    this.form.addEventListener('submit', (event) => { event.preventDefault(); this.follow(); });
    offerShortcut(this.input);
    document.addEventListener('pointerdown', (event) => { if (!this.form.contains(/** @type {Node} */ (event.target))) this.close(); });
    this.form.addEventListener('focusout', (event) => {
      if (event.relatedTarget && !this.form.contains(/** @type {Node} */ (event.relatedTarget))) this.close();
    });
    // What is offered as a query stays here; what is found is on another page, or further down on this one.
    this.list.addEventListener('click', (event) => { if (!event.defaultPrevented) this.close(); });
    this.input.value = new URLSearchParams(location.search).get('q') ?? '';
    if (this.input.value) this.open();
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
    clearTimeout(this.timer);
    this.panel.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.setActive(-1);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.open(), PAUSE);
  }

  begin() {
    this.setActive(-1);
    super.begin();
  }

  /** @param {number} total @param {string} query */
  showAll(total, query) {
    if (!this.words.page) return;
    this.all.hidden = false;
    this.all.textContent = this.words.allResults.replace('{count}', String(total));
    this.all.setAttribute('href', `${this.root}${this.words.page}?q=${encodeURIComponent(query)}`);
    this.all.onclick = () => this.recent.add(query);
  }

  /** @param {Element} item */
  goOn(item) {
    const option = item?.querySelector('[role=option]');
    this.input.focus();
    if (option) this.setActive(this.options().indexOf(option));
  }

  /** @param {string} id @param {string} href @param {(Node | string)[]} children */
  link(id, href, children) {
    const option = super.link(id, href, children);
    option.setAttribute('role', 'option');
    option.setAttribute('aria-selected', 'false');
    option.tabIndex = -1;
    return option;
  }

  /** @param {HTMLElement} link @param {string} title */
  item(link, title) { return element('div', { role: 'group', 'aria-label': title, class: 'search-page' }, [link]); }

  /** @param {HTMLElement} item @param {HTMLElement} snippet */
  addSnippet(item, snippet) { item.querySelector('.search-option')?.append(snippet); }

  /** @param {string} label @param {HTMLElement[]} links */
  group(label, links) {
    return element('div', { role: 'group', 'aria-label': label, class: 'search-group' }, [element('span', { class: 'search-label', 'aria-hidden': 'true' }, [label]), ...links]);
  }
}
