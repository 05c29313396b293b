// The page of results, whose address has the query: it can be linked and gone back to.

class ResultsPage extends Listing {
  /** @param {HTMLElement} form */
  constructor(form) {
    super(form, /** @type {HTMLElement} */ (form.parentElement));
    this.title = document.title;
  }

  start() {
    this.form.hidden = false;
    this.form.addEventListener('submit', (event) => { event.preventDefault(); this.choose(); });
    offerShortcut(this.input);
    window.addEventListener('popstate', () => this.read());
    this.read();
  }

  /** Shows what the address asks for. */
  read() {
    this.input.value = new URLSearchParams(location.search).get('q') ?? '';
    void this.update();
  }

  /** Asks for what is in the field, at an address of its own. */
  choose() {
    const query = this.query();
    const search = query ? `?q=${encodeURIComponent(query)}` : '';
    if (search !== location.search) history.pushState(null, '', location.pathname + search);
    this.recent.add(query);
    void this.update();
  }

  async update() {
    const query = this.query();
    document.title = query ? this.words.titled.replace('{query}', () => query) + this.title.slice((this.words.results ?? '').length) : this.title;
    // The same query in the page's other languages.
    for (const other of document.querySelectorAll('a[hreflang][lang]')) /** @type {HTMLAnchorElement} */ (other).search = location.search;
    await super.update();
  }
}
