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
    await report.run('revision', `ticks of paper are entered  ${file}`, async () => ({ faults: await enter(page, revision, marks) }));
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

/** What is wrong when the ticks of two sheets are entered: one of this revision, one of another. */
async function enter(page, revision, marks) {
  const faults = [];
  const offer = page.locator('#paper-enter button');
  await within(page.evaluate(go, `#r=${revision}`), 'revision');
  await offer.click();
  const dialog = page.locator('.paper-entry[open]');
  const rows = dialog.locator('input');
  const boxes = page.locator('.sheet .item[data-key] input.check');
  const all = await boxes.count();
  if (await rows.count() !== all) faults.push(`lists ${await rows.count()} of ${all} items`);
  await rows.first().check();
  await rows.last().check();
  if (!await boxes.first().isChecked() || !await boxes.last().isChecked()) faults.push('does not tick the page');
  await dialog.locator('button').click();
  if (await dialog.count()) faults.push('stays open');
  const ticked = await page.evaluate(() => document.querySelector('.progress-count')?.textContent);
  if (!ticked?.startsWith(`${Math.min(2, all)} /`)) faults.push(`counts ${ticked}`);
  faults.push(...await enterChanged(page, marks, all));
  await within(page.evaluate(go, `#r=${OLD}`), 'revision');
  if (await offer.isVisible()) faults.push('offers items of a sheet that is not known');
  return faults;
}

/** A sheet on which one item was another does not offer this one. */
async function enterChanged(page, marks, all) {
  const at = await page.evaluate(() => [...document.querySelectorAll('[data-mark]')].findIndex((part) => part.hasAttribute('data-key')));
  const changed = marks.with(at, other(marks[at]));
  await within(page.evaluate(go, `#r=${OLD}.${changed.join('')}`), 'revision');
  await page.locator('#paper-enter button').click();
  const dialog = page.locator('.paper-entry[open]');
  const count = await dialog.locator('input').count();
  const faults = count === all - 1 ? [] : [`lists ${count} of ${all - 1} items that are the same`];
  if (!await dialog.locator('.paper-entry-rest').isVisible()) faults.push('does not say that items are missing');
  const isKept = await dialog.locator('input').last().isChecked();
  if (!isKept) faults.push('forgets what was entered');
  await dialog.locator('button').click();
  return faults;
}
