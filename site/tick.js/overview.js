/**
 * How far each checklist is, on the pages that list them. A checklist keeps that beside its ticks, because its items are
 * known to its own page and to its guide alone.
 *
 * @typedef {{ done: number, changed: number, all: number }} Progress
 */
function startOverview(/** @type {HTMLElement[]} */ links) {
  const store = openStore();
  const refresh = () => {
    const { current } = readCases(store);
    for (const link of links) {
      const place = /** @type {HTMLElement} */ (link.querySelector('.mode-count'));
      link.dataset.first ??= place.textContent ?? '';
      const kept = readProgress(store, current, link.dataset.store ?? '');
      // A checklist of another length is not the one that was ticked.
      const isSame = kept !== null && kept.all === Number(link.dataset.items) && kept.done + kept.changed > 0;
      place.textContent = isSame ? `${kept.done} / ${kept.all}` : link.dataset.first;
      link.classList.toggle('is-done', isSame && kept.done === kept.all);
    }
    showCase(store);
  };
  watchStore(store, refresh);
  refresh();
}

/** Keeps how far a checklist is; nothing is kept of one that nobody began. */
function keepProgress(/** @type {Store} */ store, /** @type {string} */ caseId, /** @type {string} */ sheet, /** @type {State[]} */ now) {
  const name = `progress:${caseId}:${sheet}`;
  const count = (/** @type {State} */ state) => now.filter((one) => one === state).length;
  const progress = [count('done'), count('changed'), now.length];
  const isBegun = progress[0] + progress[1] > 0;
  const before = JSON.stringify(store.read(name));
  if (!isBegun && before !== 'null') store.remove(name);
  if (isBegun && before !== JSON.stringify(progress)) store.write(name, progress);
}

/** @returns {Progress | null} */
function readProgress(/** @type {Store} */ store, /** @type {string} */ caseId, /** @type {string} */ sheet) {
  const kept = store.read(`progress:${caseId}:${sheet}`);
  if (!Array.isArray(kept) || kept.length !== 3 || !kept.every((one) => Number.isSafeInteger(one) && one >= 0)) return null;
  const [done, changed, all] = kept;
  return { done, changed, all };
}

/** Names the case whose ticks a page shows, where there is more than the first, unnamed one. */
function showCase(/** @type {Store} */ store) {
  const line = /** @type {HTMLElement | null} */ (document.querySelector('.case-line'));
  if (!line) return;
  const { current, list } = readCases(store);
  const one = list.find(({ id }) => id === current) ?? list[0];
  const name = nameOfCase(one, (line.dataset.keys ?? '').split(' '), line.dataset);
  const place = /** @type {HTMLElement} */ (line.querySelector('.case-name'));
  place.textContent = name;
  line.hidden = list.length < 2 && name === line.dataset.caseFirst;
}

/** A case is called by the first thing that is known of it. */
function nameOfCase(/** @type {Case} */ one, /** @type {string[]} */ keys, /** @type {DOMStringMap} */ words) {
  const name = keys.map((key) => valueOf(one.values, key)).find(Boolean);
  if (name) return name;
  return one.id === '1' ? words.caseFirst ?? '' : `${words.caseNew ?? ''} ${one.id}`;
}
