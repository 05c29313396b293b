/** Pictures that are shown smaller than they are open in full size. */
function addZoom(/** @type {DOMStringMap} */ words) {
  for (const image of /** @type {NodeListOf<HTMLImageElement>} */ (document.querySelectorAll('.content img'))) {
    if (image.closest('a, button, summary, .logo')) continue;
    if (image.complete) offerZoom(image, words);
    else image.addEventListener('load', () => offerZoom(image, words), { once: true });
  }
}

function offerZoom(/** @type {HTMLImageElement} */ image, /** @type {DOMStringMap} */ words) {
  const isSmall = image.naturalWidth > image.clientWidth * 1.2 && image.clientWidth > 64;
  if (!isSmall) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'zoom';
  button.setAttribute('aria-label', `${words.zoom ?? ''}: ${image.alt}`);
  image.replaceWith(button);
  button.append(image);
  button.addEventListener('click', () => showWhole(image, words));
}

function showWhole(/** @type {HTMLImageElement} */ image, /** @type {DOMStringMap} */ words) {
  const dialog = document.createElement('dialog');
  dialog.className = 'zoom-view';
  dialog.setAttribute('aria-label', image.alt || (words.zoom ?? ''));
  const whole = new Image(image.naturalWidth, image.naturalHeight);
  whole.src = image.currentSrc || image.src;
  whole.alt = image.alt;
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'button';
  close.textContent = words.close ?? '';
  dialog.append(close, whole);
  dialog.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
