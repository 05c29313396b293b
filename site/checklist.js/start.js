// Every part of the script is there by the time the document is.
document.addEventListener('DOMContentLoaded', () => {
  const sheet = /** @type {HTMLElement | null} */ (document.querySelector('.sheet[data-store]'));
  if (sheet) startSheet(sheet);
  showGuideProgress();
});

/** On a guide's page, tells how far each of its checklists is. */
function showGuideProgress() {
  const links = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('a[data-items]'));
  if (links.length === 0) return;
  const store = openStore();
  const { current } = readCases(store);
  for (const link of links) {
    const { store: sheet = '', items = '' } = link.dataset;
    const done = Object.keys(readTicks(store, current, sheet)).length;
    const place = link.querySelector('.mode-count');
    if (place && done > 0) place.textContent = `${Math.min(done, Number(items))} / ${items}`;
  }
}
