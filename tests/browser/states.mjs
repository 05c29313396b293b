// The states a page can be brought into: what a reader has ticked, opened, asked or scrolled to.
// Accessibility is checked and pictures are taken in each of them.

import { withClass } from './site.mjs';

/** Runs in the page: makes one kept tick that of an older text. */
function ageOneTick() {
  const name = Object.keys(localStorage).find((key) => /^tickbook:[^:]*:ticks:/.test(key));
  const kept = JSON.parse(localStorage.getItem(name));
  const [first] = Object.keys(kept);
  localStorage.setItem(name, JSON.stringify({ ...kept, [first]: '00000000' }));
}

async function tick(page, boxes, share) {
  const count = await boxes.count();
  for (let index = 0; index < count * share; index += 1) await boxes.nth(index).check();
  return page.evaluate(() => scrollTo(0, 0));
}

async function change(page) {
  await page.evaluate(ageOneTick);
  await page.reload();
}

async function ask(page, query) {
  await page.locator('.search-input').fill(query);
  await page.locator('.search-status:not(:empty)').waitFor();
  await page.waitForTimeout(300);
}

const sheetBoxes = (page) => page.locator('.sheet .check');
const guideBoxes = (page) => page.locator('.content .check');

/**
 * States by the kind of page they are of. `most` is the widest window that a state is seen in;
 * `fold` marks those that show in the window and not on the whole page, `needs` a class without which there is none.
 *
 * @type {{ kind: RegExp, name: string, most?: number, fold?: boolean, needs?: string, act: (page: import('playwright-core').Page) => Promise<unknown> }[]}
 */
const STATES = [
  { kind: /^(home|guide)$/, name: 'menu', most: 959, act: (page) => page.locator('.side > summary').click() },
  { kind: /^(home|matrix)$/, name: 'version', needs: 'pick', act: (page) => page.locator('.pick label').nth(1).click() },
  { kind: /^home$/, name: 'search', fold: true, act: (page) => ask(page, '결제') },
  { kind: /^home$/, name: 'search-nothing', fold: true, act: (page) => ask(page, '뷁쉛뷟') },
  { kind: /^guide$/, name: 'half', act: (page) => tick(page, guideBoxes(page), 0.3) },
  {
    kind: /^guide$/,
    name: 'changed',
    async act(page) {
      await tick(page, guideBoxes(page), 0.3);
      await change(page);
    },
  },
  { kind: /^checklist-/, name: 'half', act: (page) => tick(page, sheetBoxes(page), 0.5) },
  { kind: /^checklist-live$/, name: 'done', act: (page) => tick(page, sheetBoxes(page), 1) },
  {
    kind: /^checklist-/,
    name: 'changed',
    async act(page) {
      await tick(page, sheetBoxes(page), 0.5);
      await change(page);
    },
  },
  {
    kind: /^checklist-live$/,
    name: 'case',
    async act(page) {
      await page.locator('.case-tools > summary').click();
      for (const more of await page.locator('.switch-more > summary').all()) await more.click();
      await page.locator('input[data-case]').first().fill('가나다 상점');
    },
  },
  {
    kind: /^checklist-live$/,
    name: 'shared',
    fold: true,
    async act(page) {
      const values = { merchant: '가나다 상점 강남점', date: '2026-11-24' };
      await page.evaluate((hash) => { location.hash = hash; }, `#c=1.${Buffer.from(JSON.stringify(values)).toString('base64url')}`);
      await page.locator('.shared-case[open]').waitFor();
    },
  },
  { kind: /^checklist-live$/, name: 'told', fold: true, act: (page) => page.locator('.copy').first().click() },
  { kind: /^checklist-live$/, name: 'older-print', act: (page) => page.evaluate(() => { location.hash = '#r=0000000'; }) },
];

/** The states of a kind of page, `page` being one of it, in a window of this width. */
export function statesOf(kind, width, page) {
  const has = (/** @type {string | undefined} */ name) => !name || withClass(page, name).length > 0;
  return STATES.filter((state) => state.kind.test(kind) && width <= (state.most ?? Infinity) && has(state.needs));
}
