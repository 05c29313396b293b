// @ts-check
// Tells on a checklist's page what changed since a sheet was printed. The sheet's QR code leads
// here with `#r=REVISION.MARKS`; every part of the page has its mark, two characters of a hash.
// Nothing is sent, and nothing of the address is shown but digits.
'use strict';

(() => {
  const ADDRESS = /^#r=([0-9a-f]{7})(?:\.((?:[\w-]{2})*))?$/;

  /**
   * What the sheet says of itself.
   * @param {string} fragment
   * @returns {{ revision: string, marks: string[] | null } | null}
   */
  function readPrint(fragment) {
    const found = ADDRESS.exec(fragment);
    if (!found) return null;
    const marks = found[2] === undefined ? null : found[2].match(/.{2}/g) ?? [];
    return { revision: found[1], marks };
  }

  /**
   * Lengths of the longest common sequences of all ends of two lists.
   * @param {string[]} before
   * @param {string[]} after
   */
  function commonLengths(before, after) {
    const lengths = Array.from({ length: before.length + 1 }, () => new Array(after.length + 1).fill(0));
    for (let b = before.length - 1; b >= 0; b -= 1) {
      for (let a = after.length - 1; a >= 0; a -= 1) {
        lengths[b][a] = before[b] === after[a]
          ? lengths[b + 1][a + 1] + 1
          : Math.max(lengths[b + 1][a], lengths[b][a + 1]);
      }
    }
    return lengths;
  }

  /**
   * Places in `after` that have no partner in `before`, and how many differences there are: a
   * part that is gone and one that came in its place are one.
   * @param {string[]} before
   * @param {string[]} after
   */
  function compare(before, after) {
    const lengths = commonLengths(before, after);
    /** @type {number[]} */
    const changed = [];
    let [b, a, gone, come, count] = [0, 0, 0, 0, 0];
    const close = () => { count += Math.max(gone, come); [gone, come] = [0, 0]; };
    while (b < before.length || a < after.length) {
      if (b < before.length && a < after.length && before[b] === after[a]) {
        close(); b += 1; a += 1;
      } else if (a === after.length || (b < before.length && lengths[b + 1][a] >= lengths[b][a + 1])) {
        gone += 1; b += 1;
      } else {
        come += 1; changed.push(a); a += 1;
      }
    }
    close();
    return { changed, count };
  }

  /**
   * @param {HTMLElement} part
   * @param {string} word
   */
  function markChanged(part, word) {
    part.classList.add('since-print');
    const fold = part.closest('details');
    if (fold) fold.open = true;
    const label = document.createElement('span');
    label.className = 'since-print-word';
    label.textContent = word;
    part.prepend(label);
  }

  /** Takes back what an earlier address said. */
  function forget() {
    document.querySelectorAll('.since-print-word').forEach((label) => label.remove());
    document.querySelectorAll('.since-print').forEach((part) => part.classList.remove('since-print'));
  }

  function tell() {
    const state = document.getElementById('print-state');
    const print = readPrint(location.hash);
    if (!state) return;
    forget();
    state.hidden = !print;
    if (!print) return;
    const { revision = '', same = '', changed = '', unknown = '', markWord = '' } = state.dataset;
    let [text, count] = [print.revision === revision ? same : unknown, 0];
    if (print.revision !== revision && print.marks) {
      const parts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-mark]')]);
      const found = compare(print.marks, parts.map((part) => part.dataset.mark ?? ''));
      found.changed.forEach((index) => markChanged(parts[index], markWord));
      if (found.count > 0) [text, count] = [changed, found.count];
    }
    const values = { printed: print.revision, now: revision, count: String(count) };
    state.textContent = text.replace(/\{(printed|now|count)\}/g, (_, name) => values[/** @type {keyof values} */ (name)]);
  }

  addEventListener('hashchange', tell);
  tell();
})();
