/** The words for people, which the page gives the script; it is known only while it is read. */
const PAGE_WORDS = document.currentScript instanceof HTMLScriptElement ? document.currentScript.dataset : {};

document.addEventListener('DOMContentLoaded', () => {
  addThemeButtons();
  addSideButton();
  rememberVersion();
  watchContents();
  addZoom(PAGE_WORDS);
  window.addEventListener('hashchange', openParts);
  openParts();
});

/** What the page's address leads to; null for none, and for what is no address of a place. */
function addressedPlace() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}

/** Opens what the addressed place is folded into. */
function openParts() {
  const place = addressedPlace();
  let isFolded = false;
  for (let at = place?.closest('details'); at; at = at.parentElement?.closest('details')) {
    isFolded ||= !at.open;
    at.open = true;
  }
  if (isFolded) place?.scrollIntoView();
}
