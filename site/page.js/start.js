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

/** Opens what the addressed place is folded into. */
function openParts() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let isFolded = false;
  for (let at = place?.closest('details'); at; at = at.parentElement?.closest('details')) {
    isFolded ||= !at.open;
    at.open = true;
  }
  if (isFolded) place?.scrollIntoView();
}
