/** Longest fragment of a shared link, in characters. */
const MOST_SHARED = 1024;

/** Longest value of a case, in characters, as in its input. */
const MOST_VALUE = 80;

/** Digits of a telephone number, a card or an account, with what people put between them. */
const LONG_NUMBER = /\d(?:[\s().+-]*\d){7,}/;

const DATE = /^\d{4}[\s./-]*\d{1,2}[\s./-]*\d{1,2}[\s./-]*$/;

/** Whether a value looks like a way to reach a person, or like a number that is nobody else's business. */
function isPersonal(/** @type {string} */ value) {
  const text = value.normalize('NFKC');
  return /\S@\S/.test(text) || (LONG_NUMBER.test(text) && !DATE.test(text.trim()));
}

/** Without the values that no link may carry. */
function withoutPersonal(/** @type {Record<string, string>} */ values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isPersonal(value)));
}

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
    return withoutPersonal(Object.fromEntries(known.map((key) => [key, String(values[key]).slice(0, MOST_VALUE)])));
  } catch {
    return null;
  }
}
