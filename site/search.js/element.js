// Elements of what is found. Everything shown is set as text, never as markup.

/** @param {string} name @param {Record<string, string>} [attributes] @param {(Node | string)[]} [children] */
function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @param {string} name @param {(Node | string)[]} children */
const span = (name, children) => element('span', { class: `search-${name}` }, children);

/** @param {Piece[]} pieces */
const marked = (pieces) => pieces.map(({ text, isMatch }) => (isMatch ? element('mark', {}, [text]) : text));

/** Moves the focus to a search field with `/`, but for somebody who types. @param {HTMLInputElement} input */
function offerShortcut(input) {
  document.addEventListener('keydown', (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const isTyping = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
