// Queries that led somewhere, of this site and language. They stay in the browser.

/** Key under which they are kept, for each site its own, and how many. */
const RECENT_KEY = 'tickbook-recent-searches';
const RECENT = 6;

class Recent {
  /** @param {string} home address of the site's root, as the page sees it */
  constructor(home) {
    this.key = RECENT_KEY + document.documentElement.dataset.site + new URL(home || './', location.href).href;
  }

  /** @returns {string[]} */
  list() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? '[]');
      return Array.isArray(kept) ? kept.filter((query) => typeof query === 'string').slice(0, RECENT) : [];
    } catch { return []; }
  }

  /** @param {string} query */
  add(query) {
    if (!query) return;
    const kept = [query, ...this.list().filter((other) => other !== query)].slice(0, RECENT);
    // Private windows may refuse to keep anything.
    try { localStorage.setItem(this.key, JSON.stringify(kept)); } catch { /* nothing is kept */ }
  }

  clear() {
    try { localStorage.removeItem(this.key); } catch { /* nothing was kept */ }
  }
}
