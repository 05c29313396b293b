/** Gives every code a button that copies it. */
function addCodeButtons(/** @type {DOMStringMap} */ words) {
  const state = document.createElement('p');
  state.className = 'visually-hidden';
  state.setAttribute('role', 'status');
  for (const code of document.querySelectorAll('.content pre > code')) {
    const pre = /** @type {HTMLElement} */ (code.parentElement);
    const frame = document.createElement('div');
    frame.className = 'code-frame';
    pre.replaceWith(frame);
    frame.append(pre, codeButton(code, words, state));
  }
  document.body.append(state);
}

function codeButton(/** @type {Element} */ code, /** @type {DOMStringMap} */ words, /** @type {Element} */ state) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'code-copy';
  button.setAttribute('aria-label', words.copy ?? '');
  button.title = words.copy ?? '';
  button.addEventListener('click', async () => {
    const isCopied = await copyCode(codeText(code));
    button.classList.toggle('is-copied', isCopied);
    state.textContent = (isCopied ? words.copied : words.copyFailed) ?? '';
    setTimeout(() => button.classList.remove('is-copied'), 2000);
  });
  return button;
}

/** What is copied: lines that are marked as taken away are not part of the code. */
function codeText(/** @type {Element} */ code) {
  const copy = /** @type {Element} */ (code.cloneNode(true));
  for (const line of copy.querySelectorAll('del')) line.remove();
  return copy.textContent ?? '';
}

/** Whether the clipboard took it. */
async function copyCode(/** @type {string} */ text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
