/**
 * Lets a reader tick off where the guide itself states what to do. Ticks are those of the checklists.
 *
 * @typedef {{ key: string, hash: string, element: HTMLElement, box: HTMLInputElement, sheets: string[] }} Place
 */
function startGuide(/** @type {HTMLElement} */ guide) {
  layOut([...document.querySelectorAll('.mode-part')]);
  const links = /** @type {HTMLElement[]} */ ([...guide.querySelectorAll('a[data-items]')]);
  const store = openStore();
  let { current } = readCases(store);
  const words = /** @type {Record<string, string>} */ (guide.dataset);
  const places = findPlaces(links);
  const onSheet = (/** @type {string} */ sheet) => places.filter(({ sheets }) => sheets.includes(sheet));

  const refresh = () => {
    /** @type {Map<Place, State[]>} */
    const found = new Map(places.map((place) => [place, []]));
    for (const link of links) {
      const sheet = link.dataset.store ?? '';
      const kept = readTicks(store, current, sheet);
      const own = onSheet(sheet);
      const now = states([...own, ...missing(link)], kept);
      own.forEach((place, index) => found.get(place)?.push(now[index]));
      showCount(link, now, words);
      keepProgress(store, current, sheet, now);
    }
    for (const [place, all] of found) showPlace(place, all, words);
    showCase(store);
  };
  for (const { box, key, hash, sheets } of places) {
    box.addEventListener('change', () => {
      for (const sheet of sheets) {
        const kept = settle(onSheet(sheet), readTicks(store, current, sheet));
        if (box.checked) kept[key] = hash;
        else delete kept[key];
        store.write(`ticks:${current}:${sheet}`, kept);
      }
      refresh();
      warn();
    });
  }
  const say = speaker(guide);
  const warn = () => {
    if (!store.isKept()) say(words.notKept, true);
  };
  for (const place of document.querySelectorAll('.copy-place')) {
    const element = /** @type {HTMLElement} */ (place);
    const value = element.dataset.copy ?? '';
    const line = firstLine(element.closest('li, p, [data-sheets]') ?? element);
    element.append(copyButton(value, line.includes(value) ? line : `${line} ${value}`, words, say));
  }
  watchStore(store, () => {
    ({ current } = readCases(store));
    refresh();
  });
  refresh();
  warn();
}

/**
 * Lays out the parts that the style sheet leaves until they come into sight: one by one when the
 * browser has nothing else to do, or all at once where it goes to a place in the page, for that is
 * known by the height of what is above.
 */
function layOut(/** @type {Element[]} */ parts) {
  const show = (/** @type {Element} */ part) => {
    /** @type {HTMLElement} */ (part).style.contentVisibility = 'visible';
  };
  if (isReturn() || location.hash) {
    parts.forEach(show);
    return;
  }
  // Safari has no idle callback.
  const later = window.requestIdleCallback ?? window.setTimeout;
  const showNext = () => {
    const part = parts.shift();
    if (!part) return;
    show(part);
    later(showNext);
  };
  window.addEventListener('load', () => later(showNext));
}

/** Whether the browser comes back to a page that it showed before. */
function isReturn() {
  const [entry] = performance.getEntriesByType('navigation');
  return /** @type {PerformanceNavigationTiming | undefined} */ (entry)?.type !== 'navigate';
}

/** @returns {Place[]} */
function findPlaces(/** @type {HTMLElement[]} */ links) {
  return [...document.querySelectorAll('.content [data-sheets]')].map((found) => {
    const element = /** @type {HTMLElement} */ (found);
    const { key = '', hash = '', sheets = '' } = element.dataset;
    const own = sheets.split(' ').map((position) => links[Number(position)]);
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.className = 'check';
    box.autocomplete = 'off';
    const modes = own.map((link) => link.dataset.mode).join(', ');
    box.setAttribute('aria-label', `${modes}: ${firstLine(element)}`);
    element.prepend(box);
    return { key, hash, element, box, sheets: own.map((link) => link.dataset.store ?? '') };
  });
}

/**
 * The items of a link's checklist that this page has no place for; they count all the same.
 *
 * @returns {Pick<Item, 'key' | 'hash'>[]}
 */
function missing(/** @type {HTMLElement} */ link) {
  const all = (link.dataset.missing ?? '').split(' ').filter(Boolean);
  return all.map((one) => {
    const end = one.indexOf(':');
    return { hash: one.slice(0, end), key: one.slice(end + 1) };
  });
}

/** What is before an element's lists and further paragraphs. */
function firstLine(/** @type {Element} */ element) {
  const line = element.querySelector(':scope > p') ?? element;
  const nodes = [...line.childNodes];
  const end = nodes.findIndex((node) => node instanceof HTMLElement && /^(UL|OL|DIV|P)$/.test(node.nodeName));
  const text = nodes.slice(0, end < 0 ? nodes.length : end).map((node) => node.textContent).join('');
  return (text.trim() || line.textContent || '').replace(/\s+/g, ' ').trim().slice(0, 80);
}

function showPlace(/** @type {Place} */ place, /** @type {State[]} */ all, /** @type {Record<string, string>} */ words) {
  const isChanged = all.includes('changed');
  place.box.checked = !isChanged && all.every((state) => state === 'done');
  place.box.indeterminate = isChanged;
  place.box.title = isChanged ? `${words.changed}: ${words.changedHint}` : '';
  place.element.querySelector(':scope > .changed, :scope > p > .changed')?.remove();
  const line = place.element.querySelector(':scope > p');
  if (isChanged && line) line.prepend(changedMark(words));
  else if (isChanged) place.box.after(changedMark(words));
  place.element.dataset.state = isChanged ? 'changed' : place.box.checked ? 'done' : 'open';
}

/** Tells how far a checklist is, on the link to it; what has changed is not done. */
function showCount(/** @type {HTMLElement} */ link, /** @type {State[]} */ now, /** @type {Record<string, string>} */ words) {
  const place = link.querySelector('.mode-count');
  if (!place) return;
  link.dataset.first ??= place.textContent ?? '';
  const count = (/** @type {State} */ state) => now.filter((one) => one === state).length;
  const [done, changed] = [count('done'), count('changed')];
  const rest = changed > 0 ? ` · ${words.changed} ${changed}` : '';
  place.textContent = done + changed > 0 ? `${done} / ${link.dataset.items}${rest}` : link.dataset.first;
}
