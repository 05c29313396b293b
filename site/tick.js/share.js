/** Longest fragment of a shared link, in characters. */
const MOST_SHARED = 1024;

/** Characters that are no part of a value: they end a line or turn its direction. */
const NO_TEXT = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** `{"merchant":"A"}` as `#c=1.eyJ…`; null when it would be too long. */
function toFragment(/** @type {Record<string, string>} */ values) {
  const bytes = new TextEncoder().encode(JSON.stringify(values));
  const text = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const fragment = `#c=1.${text}`;
  return fragment.length <= MOST_SHARED ? fragment : null;
}

/** What a fragment carries, by the keys that are allowed; null when it carries no case. @param {string} fragment @param {string[]} allowed @param {string} digitWords */
function fromFragment(fragment, allowed, digitWords) {
  const text = /^#c=1\.([\w-]+)$/.exec(fragment)?.[1];
  if (text === undefined || fragment.length > MOST_SHARED) return null;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    const all = onlyTexts(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    const known = allowed.map((key) => [key, valueOf(all, key).replace(NO_TEXT, '').trim()]).filter(([, value]) => value);
    return withoutPersonal(Object.fromEntries(known), digitWords);
  } catch {
    return null;
  }
}
