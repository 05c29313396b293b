/**
 * Light, dark, or as the system has it. The script is read before the page is shown, so what was chosen holds from its
 * first picture on.
 */

/** Name of the choice that is kept; sites that are in one place have their own. */
const THEME = `tickbook-theme:${document.documentElement.dataset.site ?? ''}`;

/** In the order in which the button goes through them; the first is without a choice. */
const THEMES = ['system', 'light', 'dark'];

const keptTheme = readKept(THEME);
applyTheme(THEMES.includes(keptTheme ?? '') ? keptTheme ?? '' : THEMES[0]);

function applyTheme(/** @type {string} */ theme) {
  const root = document.documentElement;
  if (theme === THEMES[0]) delete root.dataset.theme;
  else root.dataset.theme = theme;
}

function addThemeButtons() {
  const buttons = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll('button.theme')]);
  const show = () => {
    const theme = document.documentElement.dataset.theme ?? THEMES[0];
    for (const button of buttons) {
      button.hidden = false;
      button.setAttribute('aria-label', button.dataset[theme] ?? '');
      button.title = button.dataset[theme] ?? '';
    }
  };
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const now = THEMES.indexOf(document.documentElement.dataset.theme ?? THEMES[0]);
      const next = THEMES[(now + 1) % THEMES.length];
      applyTheme(next);
      keep(THEME, next);
      show();
    });
  }
  // Another tab of the site, or this page when the browser brings it back.
  const follow = () => {
    const theme = readKept(THEME);
    applyTheme(THEMES.includes(theme ?? '') ? theme ?? '' : THEMES[0]);
    show();
  };
  window.addEventListener('storage', ({ key }) => { if (key === THEME || key === null) follow(); });
  window.addEventListener('pageshow', ({ persisted }) => { if (persisted) follow(); });
  show();
}

/** @returns {string | null} */
function readKept(/** @type {string} */ name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(/** @type {string} */ name, /** @type {string} */ value) {
  try {
    localStorage.setItem(name, value);
  } catch { /* nothing is kept */ }
}
