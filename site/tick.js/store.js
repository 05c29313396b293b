/**
 * What the browser keeps of one site: cases, and ticks by case and sheet. Other sites of the same origin, and of the
 * same disk, keep their own. What cannot be kept is held in memory until the page is left, and whatever is found where
 * something was kept, the page goes on: a value of another shape is none.
 *
 * @typedef {Record<string, string>} Ticks hash of what was ticked, by the item's key
 * @typedef {{ id: string, values: Record<string, string> }} Case
 * @typedef {{ current: string, list: Case[] }} Cases
 * @typedef {{ isKept: () => boolean, isOwn: (key: string | null) => boolean, read: (name: string) => unknown,
 *   write: (name: string, value: unknown) => boolean, remove: (name: string) => void, names: () => string[] }} Store
 * `write` tells whether the value is kept, and `isKept` whether all are
 */

/** Begins the name of all that is kept. */
const STORED = 'tickbook:';

/** Longest entry that is read, in characters: a thousand times what a long checklist takes. */
const MOST_KEPT = 1048576;

/** Longest value of a case, in characters, as in its input. */
const MOST_VALUE = 80;

/** Address of the site's home. The script is in a folder of it, and is known only while it is read. */
const HOME = document.currentScript instanceof HTMLScriptElement ? new URL('..', document.currentScript.src).href : '';

/** A short name of a text, always the same (FNV-1a). */
function shortName(/** @type {string} */ text) {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16);
}

/** @returns {Store} */
function openStore() {
  const storage = openStorage();
  // Sites that are in one place one after the other, as in a preview, differ by what their pages say.
  const prefix = `${STORED}${document.documentElement.dataset.site ?? ''}-${shortName(HOME)}:`;
  /** What could not be kept. @type {Map<string, string>} */
  const memory = new Map();
  const namesOf = (/** @type {string} */ start) => Object.keys(storage ?? {}).filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
  const keep = (/** @type {string} */ key, /** @type {string} */ text) => {
    try {
      storage?.setItem(key, text);
      return storage !== null;
    } catch {
      return false;
    }
  };
  let isKept = keep(`${prefix}test`, '1');
  storage?.removeItem(`${prefix}test`);
  if (storage && namesOf(prefix).length === 0) takeOver(storage, namesOf(STORED), keep, prefix);
  return {
    isKept: () => isKept,
    isOwn: (key) => key === null || key.startsWith(prefix),
    read(name) {
      try {
        const text = memory.get(name) ?? storage?.getItem(prefix + name) ?? 'null';
        return text.length > MOST_KEPT ? null : JSON.parse(text);
      } catch {
        return null;
      }
    },
    write(name, value) {
      const text = JSON.stringify(value);
      isKept = keep(prefix + name, text);
      if (isKept) memory.delete(name);
      else memory.set(name, text);
      return isKept;
    },
    remove(name) {
      storage?.removeItem(prefix + name);
      memory.delete(name);
    },
    names: () => [...new Set([...memory.keys(), ...namesOf(prefix)])],
  };
}

/** Some browsers throw at the very sight of it, and some have none. */
function openStorage() {
  try {
    void localStorage.length;
    return localStorage;
  } catch {
    return null;
  }
}

/**
 * Takes what was kept before sites were distinguished. Nobody knows whose it was, so the first site that is opened has it.
 * @param {Storage} storage @param {string[]} names @param {(key: string, text: string) => boolean} keep @param {string} prefix
 */
function takeOver(storage, names, keep, prefix) {
  for (const name of names.filter((one) => /^(cases$|ticks:)/.test(one))) {
    if (!keep(prefix + name, storage.getItem(STORED + name) ?? '')) return;
    storage.removeItem(STORED + name);
  }
}

/** Calls `follow` when another page may have changed what is kept, or this one is shown again. */
function watchStore(/** @type {Store} */ store, /** @type {() => void} */ follow) {
  window.addEventListener('storage', ({ key }) => { if (store.isOwn(key)) follow(); });
  // A page that the browser kept whole was notified of nothing.
  window.addEventListener('pageshow', ({ persisted }) => { if (persisted) follow(); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) follow(); });
}

/** @returns {Ticks} */
function readTicks(/** @type {Store} */ store, /** @type {string} */ caseId, /** @type {string} */ sheet) {
  return onlyTicks(store.read(`ticks:${caseId}:${sheet}`));
}

/** Takes from an unknown value what ticks may be. @returns {Ticks} */
function onlyTicks(/** @type {unknown} */ value) {
  return onlyTexts(value, (hash) => /^[0-9a-f]{8}$/.test(hash));
}

/** The texts of an unknown value that are wanted; nothing is inherited. @returns {Record<string, string>} */
function onlyTexts(/** @type {unknown} */ value, /** @type {(text: string) => boolean} */ isWanted = () => true) {
  const texts = Object.create(null);
  if (typeof value !== 'object' || value === null) return texts;
  for (const [key, text] of Object.entries(value)) if (typeof text === 'string' && isWanted(text)) texts[key] = text;
  return texts;
}

/** @returns {Cases} */
function readCases(/** @type {Store} */ store) {
  const kept = /** @type {{ current?: unknown, list?: unknown } | null} */ (store.read('cases'));
  /** @type {Map<string, Case>} */
  const cases = new Map();
  for (const one of Array.isArray(kept?.list) ? kept.list : []) {
    if (typeof one?.id !== 'string' || !/^[1-9]\d{0,8}$/.test(one.id)) continue;
    cases.set(one.id, { id: one.id, values: onlyTexts(one.values) });
  }
  if (cases.size === 0) cases.set('1', { id: '1', values: {} });
  const list = [...cases.values()];
  const current = list.find(({ id }) => id === kept?.current) ?? list[0];
  return { current: current.id, list };
}
