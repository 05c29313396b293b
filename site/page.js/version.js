/**
 * The version that a reader chose holds on every page of the site and is in the address, and a guide shows what is for
 * that version. The choice itself works by style alone.
 */

const VERSION = `tickbook-version:${document.documentElement.dataset.site ?? ''}`;

/** The part of an address with the version. */
const VERSION_KEY = 'version';

function rememberVersion() {
  const choose = chooser() ?? switcher();
  if (!choose) return;
  const kept = () => readKept(VERSION) ?? '';
  window.addEventListener('storage', ({ key }) => { if (key === VERSION || key === null) choose(kept()); });
  window.addEventListener('pageshow', ({ persisted }) => { if (persisted) choose(kept()); });
  choose(new URLSearchParams(location.search).get(VERSION_KEY) ?? kept());
  // What is addressed is shown, whatever version it is for.
  const addressed = () => {
    const place = addressedPlace();
    if (!place?.closest('[data-other-version]')) return;
    choose('');
    place.scrollIntoView();
  };
  window.addEventListener('hashchange', addressed);
  addressed();
}

/** Shows a version by its name, on a page where a reader chooses one; null on others. */
function chooser() {
  const inputs = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('.pick input')]);
  const nameOf = (/** @type {HTMLInputElement} */ input) => (input.value === '0' ? '' : input.nextElementSibling?.textContent?.trim() ?? '');
  const follow = (/** @type {HTMLInputElement} */ input) => {
    showVersion(input.value);
    address(nameOf(input));
  };
  for (const input of inputs) {
    input.addEventListener('change', () => {
      keep(VERSION, nameOf(input));
      follow(input);
    });
  }
  if (inputs.length === 0) return null;
  return (/** @type {string} */ name) => {
    const input = inputs.find((one) => nameOf(one) === name) ?? inputs[0];
    input.checked = true;
    follow(input);
  };
}

/** The same on the page of a checklist: its links to other scenarios are those for the version. */
function switcher() {
  const list = /** @type {HTMLElement | null} */ (document.querySelector('.switch[data-known]'));
  if (!list) return null;
  const isFor = (/** @type {HTMLElement} */ one, /** @type {string} */ name) => !one.dataset.versions || one.dataset.versions.split('|').includes(name);
  return (/** @type {string} */ chosen) => {
    const name = list.dataset.known?.split('|').includes(chosen) ? chosen : '';
    for (const entry of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll('li[data-versions]'))) {
      entry.toggleAttribute('data-other-version', name !== '' && !isFor(entry, name));
    }
    address(isFor(list, name) ? name : '');
  };
}

/** Writes the version into the address; a page from the disk has none that could be changed. */
function address(/** @type {string} */ name) {
  if (!location.protocol.startsWith('http')) return;
  const url = new URL(location.href);
  if (name) url.searchParams.set(VERSION_KEY, name);
  else url.searchParams.delete(VERSION_KEY);
  if (url.href !== location.href) history.replaceState(history.state, '', url);
}

/** Hides the scenarios of a guide that are not for the version with this number, and their contents entries. */
function showVersion(/** @type {string} */ number) {
  for (const hidden of document.querySelectorAll('[data-other-version]')) hidden.removeAttribute('data-other-version');
  if (number !== '0') hideOthers(number);
  const skip = /** @type {HTMLAnchorElement | null} */ (document.querySelector('.skip-step'));
  const first = [...document.querySelectorAll('.content [data-sheets]')].find((one) => !one.closest('[data-other-version]'));
  if (skip && first) skip.hash = first.id;
}

function hideOthers(/** @type {string} */ number) {
  for (const scenario of document.querySelectorAll(`.guide .scenario:not(.has-${number})`)) {
    const link = /** @type {HTMLAnchorElement | null} */ (scenario.querySelector('.scenario-title a'));
    const heading = document.getElementById(decodeURIComponent(link?.hash.slice(1) ?? ''));
    if (heading) hideSection(heading);
  }
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.toc a'))) {
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (place?.closest('[data-other-version]')) link.parentElement?.setAttribute('data-other-version', '');
  }
}

/** Marks a heading and all up to the next one that is as high. */
function hideSection(/** @type {Element} */ heading) {
  const level = heading.nodeName;
  for (let at = /** @type {Element | null} */ (heading); at; at = at.nextElementSibling) {
    if (at !== heading && /^H[1-6]$/.test(at.nodeName) && at.nodeName <= level) return;
    at.setAttribute('data-other-version', '');
  }
}
