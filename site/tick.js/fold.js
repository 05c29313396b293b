// Folded rows are on the paper also where the style of a closed part cannot open it.

/** @param {ParentNode} sheet */
function startFolds(sheet) {
  /** @type {HTMLDetailsElement[]} */
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (sheet.querySelectorAll('.fold > details:not([open])'))];
    for (const part of closed) part.open = true;
  });
  addEventListener('afterprint', () => {
    for (const part of closed) part.open = false;
  });
}
