// Every part of the script is there by the time the document is.
document.addEventListener('DOMContentLoaded', () => {
  const sheet = /** @type {HTMLElement | null} */ (document.querySelector('.sheet[data-store]'));
  if (sheet) startSheet(sheet);
  const guide = /** @type {HTMLElement | null} */ (document.querySelector('.guide'));
  if (guide) startGuide(guide);
});
