/**
 * What the browser keeps: cases, and ticks by case and sheet. Where it keeps nothing, memory serves
 * until the page is left.
 *
 * @typedef {Record<string, string>} Ticks hash of what was ticked, by the item's key
 * @typedef {{ id: string, values: Record<string, string> }} Case
 * @typedef {{ current: string, list: Case[] }} Cases
 * @typedef {{ isKept: boolean, read: (name: string) => unknown, write: (name: string, value: unknown) => void, remove: (name: string) => void, names: () => string[] }} Store
 */

/** @returns {Store} */
function openStore() {
  /** @type {Map<string, string>} */
  const memory = new Map();
  const prefix = 'tickbook:';
  const isKept = canKeep(prefix);
  return {
    isKept,
    read(name) {
      const text = isKept ? localStorage.getItem(prefix + name) : memory.get(name);
      try {
        return JSON.parse(text ?? 'null');
      } catch {
        return null;
      }
    },
    write(name, value) {
      const text = JSON.stringify(value);
      if (isKept) localStorage.setItem(prefix + name, text);
      else memory.set(name, text);
    },
    remove(name) {
      if (isKept) localStorage.removeItem(prefix + name);
      memory.delete(name);
    },
    names() {
      if (!isKept) return [...memory.keys()];
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    },
  };
}

/** Some browsers throw at the very sight of it, and in private windows some keep nothing. */
function canKeep(/** @type {string} */ prefix) {
  try {
    localStorage.setItem(`${prefix}test`, '1');
    localStorage.removeItem(`${prefix}test`);
    return true;
  } catch {
    return false;
  }
}

/** @returns {Ticks} */
function readTicks(/** @type {Store} */ store, /** @type {string} */ caseId, /** @type {string} */ sheet) {
  return onlyTicks(store.read(`ticks:${caseId}:${sheet}`));
}

/** Takes from an unknown value what ticks may be. @returns {Ticks} */
function onlyTicks(/** @type {unknown} */ value) {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).filter(([, hash]) => /^[0-9a-f]{8}$/.test(String(hash)));
  return Object.fromEntries(entries);
}

/** @returns {Cases} */
function readCases(/** @type {Store} */ store) {
  const first = { id: '1', values: {} };
  const kept = /** @type {Partial<Cases> | null} */ (store.read('cases'));
  const list = Array.isArray(kept?.list) ? kept.list.filter((one) => /^\d+$/.test(one?.id) && typeof one.values === 'object') : [];
  if (list.length === 0) list.push(first);
  const current = list.some(({ id }) => id === kept?.current) ? String(kept?.current) : list[0].id;
  return { current, list };
}
