// Opens a checklist by the addresses that printed sheets carry: of this revision and of others.

import { open, within } from './chromium.mjs';

const OLD = '0000000';

/** Adds the checks of the checklist `file` to `report`. */
export async function checkRevision(browser, site, file, report) {
  const context = await browser.newContext();
  try {
    const { page, faults } = await open(context, site, file);
    const { revision, marks } = await page.evaluate(readMarks);
    const changed = [...marks];
    changed[1] = other(marks[1]);
    const last = marks.length - 1;
    const cases = [
      ['this revision', `#r=${revision}.${marks.join('')}`, { marked: [], words: [revision] }],
      ['another value', `#r=${OLD}.${changed.join('')}`, { marked: [1], words: [OLD, revision, '1'] }],
      ['an item more', `#r=${OLD}.${marks.slice(0, -1).join('')}`, { marked: [last], words: [OLD, revision, '1'] }],
      ['an item less', `#r=${OLD}.${marks.join('')}${other(marks[last])}`, { marked: [], words: [OLD, revision, '1'] }],
      ['a revision without marks', `#r=${OLD}`, { marked: [], words: [OLD, revision] }],
      ['an item', '#item-1-1', null],
      ['what is no revision', '#r=<img src=x onerror=alert(1)>', null],
    ];
    for (const [name, fragment, expected] of cases) {
      await report.run('revision', `${name}  ${file}`, async () => ({ faults: await look(page, fragment, expected) }));
    }
    report.add('revision', `loads its script and no more  ${file}`, faults);
  } finally {
    await context.close();
  }
}

function readMarks() {
  const parts = [...document.querySelectorAll('[data-mark]')];
  return {
    revision: document.getElementById('print-state').dataset.revision,
    marks: parts.map((part) => part.dataset.mark),
  };
}

/** A mark that differs from this one. */
function other(mark) {
  return mark === '--' ? '__' : '--';
}

/** What is wrong after going to `fragment`; `null` expects that nothing is said. */
async function look(page, fragment, expected) {
  const seen = await within(page.evaluate(go, fragment), 'revision');
  if (expected === null) return seen.text === null && seen.marked.length === 0 ? [] : [`says ${JSON.stringify(seen)}`];
  const faults = expected.words
    .filter((word) => !seen.text?.includes(word))
    .map((word) => `lacks ${word}: ${seen.text}`);
  if (String(seen.marked) !== String(expected.marked)) faults.push(`marks ${seen.marked}, not ${expected.marked}`);
  return faults;
}

async function go(fragment) {
  const turned = new Promise((resolve) => { addEventListener('hashchange', resolve, { once: true }); });
  location.hash = fragment;
  await turned;
  await new Promise((resolve) => { setTimeout(resolve); });
  const state = document.getElementById('print-state');
  const parts = [...document.querySelectorAll('[data-mark]')];
  return {
    text: state.hidden ? null : state.textContent,
    marked: parts.flatMap((part, index) => (part.classList.contains('since-print') ? [index] : [])),
  };
}
