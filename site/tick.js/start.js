// The script is deferred, so the document is whole; a microtask waits for the script's other parts.
queueMicrotask(() => {
  const sheet = /** @type {HTMLElement | null} */ (document.querySelector('.sheet[data-store]'));
  if (sheet) startSheet(sheet);
  if (sheet) startFolds(sheet);
  const guide = /** @type {HTMLElement | null} */ (document.querySelector('.guide'));
  if (guide) startGuide(guide);
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.matrix a[data-store]')]);
  if (links.length > 0) startOverview(links);
});
