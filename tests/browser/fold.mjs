// The first tick box of every checklist is in the window when the page opens, on a phone and on a desk.

import { checklists, during } from './kit.mjs';

const WINDOWS = [{ width: 360, height: 740 }, { width: 1440, height: 900 }];

/** Runs in the page: the lower edge of the first box that shows, and what is folded away above it. */
function firstBox() {
  const box = [...document.querySelectorAll('.sheet .item .check')].find((one) => one.checkVisibility({ contentVisibilityAuto: true }));
  return { bottom: box?.getBoundingClientRect().bottom ?? Infinity, scrolled: scrollY };
}

/** Runs in the page: rows that are folded without a line that opens them, and lines that open nothing. */
function lostRows() {
  const lost = [];
  for (const fold of document.querySelectorAll('.fold')) {
    const rows = [...fold.querySelectorAll('.item')];
    const isShown = () => rows.every((row) => row.checkVisibility({ contentVisibilityProperty: true }) && row.getClientRects().length > 0);
    const summary = fold.querySelector('summary');
    if (isShown() === summary.checkVisibility()) lost.push(`open: ${isShown()}, with a line to open it: ${summary.checkVisibility()}`);
    if (!isShown()) summary.click();
    if (!isShown()) lost.push(`${summary.textContent.trim()} opens nothing`);
  }
  return lost;
}

/** A check for `checkContext`: every sheet in both windows. */
export async function firstBoxIsInSight(kit) {
  const faults = [];
  for (const viewport of WINDOWS) {
    faults.push(...await during(kit, checklists(kit.site)[0].file, async ({ page, faults: found }) => {
      for (const { file } of checklists(kit.site)) {
        await page.goto(kit.server.address(file));
        await page.locator('.sheet .check').first().waitFor({ state: 'attached' });
        const { bottom, scrolled } = await page.evaluate(firstBox);
        if (bottom > viewport.height || scrolled > 0) found.push(`${file}: ends at ${Math.round(bottom)} of ${viewport.height} px`);
        found.push(...(await page.evaluate(lostRows)).map((fault) => `${file}: ${fault}`));
      }
    }, { viewport }));
  }
  return faults;
}
