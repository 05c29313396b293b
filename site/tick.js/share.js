/** Longest fragment of a shared link, in characters. */
const MOST_SHARED = 1024;

/** Longest value of a case, in characters, as in its input. */
const MOST_VALUE = 80;

/** `{"merchant":"A"}` as `#c=1.eyJ…`; null when it would be too long. */
function toFragment(/** @type {Record<string, string>} */ values) {
  const bytes = new TextEncoder().encode(JSON.stringify(values));
  const text = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const fragment = `#c=1.${text}`;
  return fragment.length <= MOST_SHARED ? fragment : null;
}

/** What a fragment carries, by the keys that are allowed; null when it carries no case. */
function fromFragment(/** @type {string} */ fragment, /** @type {string[]} */ allowed) {
  const text = /^#c=1\.([\w-]+)$/.exec(fragment)?.[1];
  if (text === undefined || fragment.length > MOST_SHARED) return null;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    const values = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const known = allowed.filter((key) => typeof values[key] === 'string' && Object.hasOwn(values, key));
    return Object.fromEntries(known.map((key) => [key, String(values[key]).slice(0, MOST_VALUE)]));
  } catch {
    return null;
  }
}
