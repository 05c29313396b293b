/** The words for people, which the page gives the script; it is known only while it is read. */
const WORDS = document.currentScript instanceof HTMLScriptElement ? document.currentScript.dataset : {};

// The script is deferred, so the document is whole; a microtask waits for the script's other parts.
queueMicrotask(() => {
  addCodeButtons(WORDS);
  addTabs(WORDS);
  window.addEventListener('hashchange', openAddressed);
  openAddressed();
});
