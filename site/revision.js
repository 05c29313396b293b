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

  /**
   * The items that are ticked on the page and were on the printed sheet as they are now.
   * @returns {{ item: HTMLElement, box: HTMLInputElement }[]}
   */
  function itemsOfPrint() {
    return [...document.querySelectorAll('.sheet .item[data-key]:not(.since-print)')].flatMap((found) => {
      const item = /** @type {HTMLElement} */ (found);
      const box = /** @type {HTMLInputElement | null} */ (item.querySelector('input.check'));
      return box ? [{ item, box }] : [];
    });
  }

  /**
   * A row for one item: its box ticks the one on the page.
   * @param {HTMLElement} item
   * @param {HTMLInputElement} box
   */
  function entryOf(item, box) {
    const row = document.createElement('li');
    const label = document.createElement('label');
    const own = document.createElement('input');
    own.type = 'checkbox';
    own.checked = box.checked;
    own.addEventListener('change', () => { if (box.checked !== own.checked) box.click(); });
    const number = document.createElement('b');
    number.textContent = item.querySelector('.number')?.textContent ?? '';
    const name = document.createElement('span');
    name.textContent = item.querySelector('.label')?.textContent?.trim() ?? '';
    label.append(own, number, name);
    row.append(label);
    return row;
  }

  /** Shows the items of the sheet to be ticked as they are ticked on paper. */
  function enterTicks() {
    const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('paper-entry'));
    const items = itemsOfPrint();
    dialog.querySelector('ul')?.replaceChildren(...items.map(({ item, box }) => entryOf(item, box)));
    const rest = /** @type {HTMLElement} */ (dialog.querySelector('.paper-entry-rest'));
    rest.hidden = document.querySelector('.sheet .since-print[data-key]') === null;
    const name = /** @type {HTMLElement} */ (dialog.querySelector('.entry-case'));
    name.textContent = document.querySelector('.tools .case-name')?.textContent ?? '';
    dialog.showModal();
  }

  /**
   * Offers to enter ticks where it is known which items are those of the sheet.
   * @param {boolean} isKnown
   */
  function offerEntry(isKnown) {
    const offer = document.getElementById('paper-enter');
    if (offer) offer.hidden = !isKnown;
  }

  function tell() {
    const state = document.getElementById('print-state');
    const print = readPrint(location.hash);
    if (!state) return;
    forget();
    state.hidden = !print;
    offerEntry(print !== null && (print.revision === state.dataset.revision || print.marks !== null));
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

  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById('paper-entry'));
  document.querySelector('#paper-enter button')?.addEventListener('click', enterTicks);
  dialog?.querySelector('[data-answer]')?.addEventListener('click', () => dialog.close());
  addEventListener('hashchange', tell);
  tell();
})();
