/**
 * Panels that follow each other become tabs. What is chosen in one of them is chosen in all that have it, on every page
 * of the site: who reads about one tool or language does so everywhere.
 *
 * @typedef {{ tabs: HTMLButtonElement[], panels: HTMLElement[], labels: string[] }} Group
 */

/** Most labels that are kept, the latest first. */
const MOST_LABELS = 32;

/** What is shown of the next label, in pixels. */
const MARGIN = 32;

/** Name of what is kept; sites that are in one place have their own. */
const CHOSEN = `tickbook-tabs:${document.documentElement.dataset.site ?? ''}`;

function addTabs(/** @type {DOMStringMap} */ words) {
  const elements = [...document.querySelectorAll('.tabs')];
  const groups = elements.map((element, index) => makeTabs(/** @type {HTMLElement} */ (element), index, words, choose));
  const chosen = readChosen();
  for (const group of groups) {
    const label = chosen.find((one) => group.labels.includes(one));
    show(group, label === undefined ? 0 : group.labels.indexOf(label));
  }

  function choose(/** @type {Group} */ from, /** @type {number} */ index) {
    const label = from.labels[index];
    const top = from.tabs[index].getBoundingClientRect().top;
    for (const group of groups) {
      const at = group === from ? index : group.labels.indexOf(label);
      if (at >= 0) show(group, at);
    }
    // Tabs above may have changed their height; what was clicked stays where it is.
    window.scrollBy(0, from.tabs[index].getBoundingClientRect().top - top);
    writeChosen([label, ...readChosen().filter((one) => one !== label)].slice(0, MOST_LABELS));
  }
}

/**
 * @param {HTMLElement} element @param {number} number @param {DOMStringMap} words
 * @param {(group: Group, index: number) => void} choose
 * @returns {Group}
 */
function makeTabs(element, number, words, choose) {
  const panels = /** @type {HTMLElement[]} */ ([...element.querySelectorAll(':scope > .tab-panel')]);
  const labels = panels.map((panel) => panel.dataset.label ?? '');
  const list = document.createElement('div');
  list.className = 'tab-list';
  list.setAttribute('role', 'tablist');
  list.setAttribute('aria-label', words.tabs ?? '');
  const tabs = labels.map((label, index) => {
    const tab = document.createElement('button');
    tab.type = 'button';
    tab.id = `tab-${number}-${index}`;
    tab.textContent = label;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', `tab-panel-${number}-${index}`);
    panels[index].id = `tab-panel-${number}-${index}`;
    panels[index].setAttribute('role', 'tabpanel');
    panels[index].setAttribute('aria-labelledby', tab.id);
    return tab;
  });
  const group = { tabs, panels, labels };
  tabs.forEach((tab, index) => tab.addEventListener('click', () => choose(group, index)));
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const to = target(event.key, at, tabs.length);
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    choose(group, to);
    tabs[to].focus();
  });
  list.append(...tabs);
  element.prepend(list);
  element.classList.add('is-tabbed');
  return group;
}

/** The tab that a key leads to. @returns {number | undefined} */
function target(/** @type {string} */ key, /** @type {number} */ at, /** @type {number} */ count) {
  switch (key) {
    case 'ArrowRight': return (at + 1) % count;
    case 'ArrowLeft': return (at + count - 1) % count;
    case 'Home': return 0;
    case 'End': return count - 1;
    default: return undefined;
  }
}

/** Shows one panel of a group; on paper all are there. */
function show(/** @type {Group} */ group, /** @type {number} */ chosen) {
  group.tabs.forEach((tab, index) => {
    tab.setAttribute('aria-selected', String(index === chosen));
    tab.tabIndex = index === chosen ? 0 : -1;
    group.panels[index].classList.toggle('is-chosen', index === chosen);
  });
  reveal(group.tabs[chosen]);
}

/** Scrolls the row of labels so far that one is in sight, and the page not at all. */
function reveal(/** @type {HTMLElement} */ tab) {
  const list = /** @type {HTMLElement} */ (tab.parentElement);
  const [one, row] = [tab.getBoundingClientRect(), list.getBoundingClientRect()];
  if (one.left < row.left) list.scrollLeft += one.left - row.left - MARGIN;
  if (one.right > row.right) list.scrollLeft += one.right - row.right + MARGIN;
}

/** Labels that were chosen, the latest first. @returns {string[]} */
function readChosen() {
  try {
    const kept = JSON.parse(localStorage.getItem(CHOSEN) ?? '[]');
    return Array.isArray(kept) ? kept.filter((label) => typeof label === 'string').slice(0, MOST_LABELS) : [];
  } catch {
    return [];
  }
}

function writeChosen(/** @type {string[]} */ labels) {
  try {
    localStorage.setItem(CHOSEN, JSON.stringify(labels));
  } catch { /* nothing is kept */ }
}

/** Opens the tab that the address is in; the browser may not have gone there yet. */
function openAddressed() {
  const place = addressedElement();
  const panel = place?.closest('.tab-panel');
  const tab = panel && document.getElementById(panel.getAttribute('aria-labelledby') ?? '');
  if (!tab) return;
  tab.click();
  place?.scrollIntoView();
}

/** What the address leads to; null for none, and for what is no address of a place. */
function addressedElement() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}
