/**
 * The items of a checklist and what became of them.
 *
 * @typedef {{ key: string, hash: string, element: HTMLElement, box: HTMLInputElement, tick: Element }} Item
 * @typedef {'done' | 'changed' | 'open'} State
 */

/** @returns {Item[]} */
function findItems(/** @type {Element} */ sheet, /** @type {Record<string, string>} */ words) {
  return [...sheet.querySelectorAll('.item[data-key]')].map((found) => {
    const element = /** @type {HTMLElement} */ (found);
    const tick = /** @type {Element} */ (element.querySelector('.tick'));
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.className = 'check';
    box.autocomplete = 'off';
    tick.after(box);
    const { key = '', hash = '' } = element.dataset;
    const item = { key, hash, element, box, tick };
    nameItem(item, 'open', words);
    return item;
  });
}

/**
 * State of each item. A field is known by its key. What is only numbered is known by its text, so
 * that it may move; a ticked text that is nowhere any more has changed.
 *
 * @param {Pick<Item, 'key' | 'hash'>[]} items
 * @param {Ticks} kept
 * @returns {State[]}
 */
function states(items, kept) {
  const hashes = new Set(items.map(({ hash }) => hash));
  return items.map(({ key, hash }) => {
    const section = /^(.*\/)\d+$/.exec(key)?.[1];
    const hasMoved = section !== undefined
      && Object.entries(kept).some(([other, ticked]) => other.startsWith(section) && ticked === hash);
    if (kept[key] === hash || hasMoved) return 'done';
    if (kept[key] === undefined || (section !== undefined && hashes.has(kept[key]))) return 'open';
    return 'changed';
  });
}

/**
 * The same ticks by the keys of today: what moved takes its new key, a changed item keeps the hash
 * that was ticked, and what is not among the items stays.
 *
 * @param {Pick<Item, 'key' | 'hash'>[]} items
 * @param {Ticks} kept
 */
function settle(items, kept) {
  const keys = new Set(items.map(({ key }) => key));
  const hashes = new Set(items.map(({ hash }) => hash));
  const others = Object.entries(kept).filter(([key, hash]) => !keys.has(key) && !hashes.has(hash));
  /** @type {Ticks} */
  const settled = Object.fromEntries(others);
  const now = states(items, kept);
  items.forEach(({ key, hash }, index) => {
    if (now[index] === 'done') settled[key] = hash;
    if (now[index] === 'changed') settled[key] = kept[key];
  });
  return settled;
}

/** Shows an item's state, on the screen and on paper. */
function show(/** @type {Item} */ item, /** @type {State} */ state, /** @type {Record<string, string>} */ words) {
  item.box.checked = state === 'done';
  item.box.indeterminate = state === 'changed';
  item.element.dataset.state = state;
  item.tick.classList.toggle('is-done', state === 'done');
  item.element.querySelector('.changed')?.remove();
  if (state === 'changed') item.element.querySelector('.label')?.after(changedMark(words));
  nameItem(item, state, words);
}

/** The word that marks what changed since it was ticked. */
function changedMark(/** @type {Record<string, string>} */ words) {
  const mark = document.createElement('span');
  mark.className = 'changed';
  mark.textContent = words.changed;
  mark.title = words.changedHint;
  return mark;
}

/** A box is named by its step's number, label and value; that it is ticked, the browser says. */
function nameItem(/** @type {Item} */ item, /** @type {State} */ state, /** @type {Record<string, string>} */ words) {
  const number = item.element.querySelector('.number')?.textContent?.trim() ?? '';
  const hint = state === 'changed' ? `, ${words.changed}: ${words.changedHint}` : '';
  item.box.setAttribute('aria-label', `${number} ${labelAndValue(item.element)}${hint}`);
}

/** What an item or a choice of a sheet asks for, and the value that it gives. */
function labelAndValue(/** @type {Element} */ element) {
  const texts = ['.label', ':scope > .line > .answer, :scope > .answer-line > .answer, :scope > .answer'].map((selector) => element.querySelector(selector)?.textContent);
  return texts.filter(Boolean).join(': ').replace(/\s+/g, ' ').trim();
}
