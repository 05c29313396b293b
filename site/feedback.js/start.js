/**
 * The question whether the page was helpful. The form has all that is sent: the page, the part of it that the reader
 * means, the version of the document, the answer and the words. Nothing that the browser keeps is read here.
 */

/** Milliseconds after which an endpoint that does not answer has failed. */
const LONGEST_WAIT = 10000;

// The script is deferred, so the document is whole; a microtask waits for the script's other parts.
queueMicrotask(() => {
  const asked = /** @type {HTMLElement | null} */ (document.querySelector('.feedback'));
  const form = asked?.querySelector('form');
  if (!asked || !form) return;
  const state = /** @type {HTMLElement} */ (asked.querySelector('.feedback-state'));
  const say = (/** @type {string | undefined} */ text, isFailed = false) => {
    state.textContent = text ?? '';
    state.classList.toggle('is-failed', isFailed);
  };
  form.addEventListener('change', () => chooseSection(form), { once: true });
  const links = /** @type {HTMLElement | null} */ (asked.querySelector('.feedback-mail'));
  if (links) offerMail(asked, form, links, say);
  else offerEndpoint(asked, form, say);
});

/** @typedef {(text: string | undefined, isFailed?: boolean) => void} Say */

/** Chooses the part that the page's address leads to, or the last one before that. */
function chooseSection(/** @type {HTMLFormElement} */ form) {
  const select = form.querySelector('select');
  const place = document.querySelector(':target');
  if (!select || !place || select.value) return;
  for (const { value } of select.options) {
    const section = document.getElementById(value.slice(1));
    if (!section) continue;
    const isReached = section === place || section.compareDocumentPosition(place) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY);
    if (isReached) select.value = value;
  }
}

/** What is sent, by the names of the form. @returns {Record<string, string>} */
function answerOf(/** @type {HTMLFormElement} */ form) {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}

/** Sends the form as JSON; where that fails, it is as it was. */
function offerEndpoint(/** @type {HTMLElement} */ asked, /** @type {HTMLFormElement} */ form, /** @type {Say} */ say) {
  let isSending = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    say(asked.dataset.sending);
    const isSent = await send(form.action, answerOf(form));
    isSending = false;
    if (isSent) form.remove();
    say(isSent ? asked.dataset.done : asked.dataset.failed, !isSent);
  });
}

/** Whether the endpoint took it. */
async function send(/** @type {string} */ address, /** @type {Record<string, string>} */ answer) {
  try {
    const { ok } = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answer),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
    return ok;
  } catch {
    return false;
  }
}

/** Puts the form in place of the links; its button begins the mail of the link that was chosen, with the words. */
function offerMail(/** @type {HTMLElement} */ asked, /** @type {HTMLFormElement} */ form, /** @type {HTMLElement} */ links, /** @type {Say} */ say) {
  links.hidden = true;
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { helpful, section, words } = answerOf(form);
    const link = /** @type {HTMLAnchorElement} */ (links.querySelector(`[data-answer="${helpful}"]`));
    const { searchParams, pathname } = new URL(link.href);
    const part = section ? `${asked.dataset.section}: ${section}\r\n` : '';
    const body = `${part}${searchParams.get('body')}${words ? `${words}\r\n` : ''}`;
    location.href = `mailto:${pathname}?subject=${encodeURIComponent(searchParams.get('subject') ?? '')}&body=${encodeURIComponent(body)}`;
    say(asked.dataset.done);
  });
}
