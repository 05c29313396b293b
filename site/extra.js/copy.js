/** Puts a button that copies the page's Markdown behind the link to it. */
function addPageCopy() {
  const link = document.querySelector('.twin[data-copy] > a');
  const words = /** @type {HTMLElement | null} */ (link?.parentElement ?? null)?.dataset;
  if (!(link instanceof HTMLAnchorElement) || !words) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'twin-copy';
  button.textContent = words.copy ?? '';
  const state = document.createElement('span');
  state.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    state.textContent = ((await isCopied(link.href)) ? words.copied : words.failed) ?? '';
    setTimeout(() => { state.textContent = ''; }, 4000);
  });
  link.after(' ', button, ' ', state);
}

/** Whether the clipboard took the Markdown at an address. It is given the promise, because some browsers allow copying only at once. */
async function isCopied(/** @type {string} */ address) {
  const text = readMarkdown(address);
  try {
    if (typeof ClipboardItem === 'function') {
      const blob = text.then((words) => new Blob([words], { type: 'text/plain' }));
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
    } else {
      await navigator.clipboard.writeText(await text);
    }
    return true;
  } catch {
    return false;
  }
}

/** The Markdown at an address. A page that is opened from disk may read no file, so it is made of what the page shows. */
async function readMarkdown(/** @type {string} */ address) {
  try {
    const answer = await fetch(address);
    if (answer.ok) return await answer.text();
  } catch {
    // Made of the page instead.
  }
  const title = document.querySelector('h1')?.textContent ?? document.title;
  const content = document.querySelector('.content');
  return `# ${title.trim()}\n\n${content ? markdownOf(content) : ''}`.trimEnd() + '\n';
}
