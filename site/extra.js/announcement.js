/** Begins the name under which the mark of a closed announcement is kept. Nothing is sent. */
const CLOSED = 'tickbook-announcement:';

/** Lets a reader close the announcement, and leaves out one that was closed. */
function addAnnouncementClose() {
  const shown = document.querySelector('.announcement[data-mark]');
  if (!(shown instanceof HTMLElement)) return;
  const { mark = '', close = '' } = shown.dataset;
  const key = CLOSED + (document.documentElement.dataset.site ?? '');
  if (isKept(key, mark)) return shown.remove();
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'announcement-close';
  button.setAttribute('aria-label', close);
  button.title = close;
  button.textContent = '\u00d7';
  button.addEventListener('click', () => {
    keep(key, mark);
    shown.remove();
    document.getElementById('page-main')?.focus({ preventScroll: true });
  });
  shown.append(button);
}

function isKept(/** @type {string} */ key, /** @type {string} */ mark) {
  try {
    return localStorage.getItem(key) === mark;
  } catch {
    return false;
  }
}

function keep(/** @type {string} */ key, /** @type {string} */ mark) {
  try {
    localStorage.setItem(key, mark);
  } catch {
    // It is closed until the next page.
  }
}
