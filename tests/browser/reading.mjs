// What helps to read a page: the theme, the contents list that follows, the menu that can be put
// away, pictures in full size, parts that an address opens; and how soon a checklist begins.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { picture } from './picture.mjs';

const TEXT = 'A long text about one thing. '.repeat(60);

const PAGES = {
  'craft/one.mdx': `---
title: One
---

## Wool

${TEXT}

## Linen

![Loom](loom.png)

${TEXT}

## Silk

<Accordion title="How is it reeled?">

### By hand

Slowly.

</Accordion>

${TEXT}
`,
  'craft/two.mdx': '---\ntitle: Two\n---\n\nText.\n',
};

/** Windows in which the first box of a checklist is in sight, and the share of checklists. */
const FOLDS = [[360, 740, 0.4], [1440, 900, 0.85]];

/** Adds the checks of a site that the program `tickbook` builds, and of `site`, to `report`. */
export async function checkReading(browser, tickbook, site, report) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'reading-'));
  try {
    fs.mkdirSync(path.join(folder, 'content', 'craft'), { recursive: true });
    for (const [name, text] of Object.entries(PAGES)) fs.writeFileSync(path.join(folder, 'content', name), text);
    fs.writeFileSync(path.join(folder, 'content', 'craft', 'loom.png'), picture(1600, 900));
    fs.writeFileSync(path.join(folder, 'tickbook.yaml'), 'preset: mdx\nlang: en\n');
    const built = spawnSync(tickbook, ['build', folder, '--quiet'], { encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stderr);
    const address = (name) => pathToFileURL(path.join(folder, 'dist', `${name}.html`)).href;
    for (const [subject, check] of Object.entries(CHECKS)) {
      const context = await browser.newContext({ viewport: { width: 1400, height: 800 }, reducedMotion: 'reduce' });
      await report.run('reading', subject, async () => {
        const faults = [];
        await check(context, address, faults);
        return { faults };
      });
      await context.close();
    }
    await report.run('reading', 'a checklist begins in the first window', () => checkFold(browser, site));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function expect(faults, what, actual, expected) {
  if (actual !== expected) faults.push(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

async function open(context, address) {
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

const CHECKS = {
  async 'the theme is chosen, kept, and followed by other tabs'(context, address, faults) {
    const page = await open(context, address('craft/one'));
    const other = await open(context, address('craft/two'));
    const light = await paper(page);
    const button = page.locator('.site-bar .theme');
    expect(faults, 'name', await button.getAttribute('aria-label'), 'Theme: system');
    await button.click();
    expect(faults, 'light', await paper(page), light);
    await button.click();
    expect(faults, 'name', await button.getAttribute('aria-label'), 'Theme: dark');
    const dark = await paper(page);
    if (dark === light) faults.push('dark is as light as light');
    await other.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    await page.reload({ waitUntil: 'commit' });
    await page.waitForFunction(() => document.body);
    expect(faults, 'while it is loaded', await paper(page), dark);
    await button.click();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(faults, 'as the system has it', await paper(page), dark);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(faults, 'on paper', await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'light');
  },

  async 'the head stays, and the contents show what is read'(context, address, faults) {
    const page = await open(context, address('craft/one'));
    const current = page.locator('.toc a[aria-current]');
    for (const name of ['Linen', 'Silk', 'Wool']) {
      await page.locator('h2', { hasText: name }).evaluate((heading) => scrollTo(0, heading.offsetTop - 80));
      await page.waitForFunction((text) => document.querySelector('.toc a[aria-current]')?.textContent === text, name, { timeout: 3000 })
        .catch(async () => faults.push(`${name}: ${await current.allTextContents()}`));
      expect(faults, 'head', await page.locator('.site-head').evaluate((head) => head.getBoundingClientRect().top), 0);
    }
    await page.locator('.toc a', { hasText: 'Silk' }).click();
    const [heading, head] = await page.evaluate(() => [
      [...document.querySelectorAll('h2')].at(-1).getBoundingClientRect().top,
      document.querySelector('.site-head').getBoundingClientRect().bottom,
    ]);
    if (heading < head) faults.push(`a heading that was gone to is at ${heading} px, under the head of ${head} px`);
  },

  async 'the menu is put away and stays so'(context, address, faults) {
    const page = await open(context, address('craft/one'));
    const [button, menu] = [page.locator('.side-button'), page.locator('.side-nav')];
    expect(faults, 'shown', await menu.isVisible(), true);
    await button.click();
    expect(faults, 'put away', await menu.isVisible(), false);
    expect(faults, 'state', await button.getAttribute('aria-expanded'), 'false');
    await page.goto(address('craft/two'));
    expect(faults, 'on the next page', await menu.isVisible(), false);
    await page.setViewportSize({ width: 400, height: 800 });
    await page.locator('.side > summary').click();
    expect(faults, 'on a phone', await menu.isVisible(), true);
    await page.setViewportSize({ width: 1400, height: 800 });
    await button.click();
    expect(faults, 'shown again', await menu.isVisible(), true);
  },

  async 'a picture opens in full size'(context, address, faults) {
    const page = await open(context, address('craft/one'));
    const button = page.locator('button.zoom');
    expect(faults, 'name', await button.getAttribute('aria-label'), 'Enlarge: Loom');
    await button.focus();
    await page.keyboard.press('Enter');
    expect(faults, 'width', await page.locator('.zoom-view[open] img').evaluate((image) => image.clientWidth), 1600);
    await page.keyboard.press('Escape');
    await page.locator('.zoom-view').waitFor({ state: 'detached' });
    expect(faults, 'focus', await page.evaluate(() => document.activeElement.className), 'zoom');
  },

  async 'an address opens the part that it is in'(context, address, faults) {
    const page = await open(context, address('craft/one'));
    const id = await page.locator('details.accordion h3').getAttribute('id');
    await page.goto('about:blank');
    await page.goto(`${address('craft/one')}#${encodeURIComponent(id)}`);
    expect(faults, 'open', await page.locator('details.accordion').evaluate((part) => part.open), true);
  },
};

/** The first box is in sight without scrolling, where not too much must be read before it. */
async function checkFold(browser, site) {
  const faults = [];
  const notes = [];
  const sheets = site.pages.filter((page) => page.kind === 'checklist');
  for (const [width, height, least] of FOLDS) {
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    let seen = 0;
    for (const { file } of sheets) {
      await page.goto(pathToFileURL(path.join(site.root, file)).href);
      const top = await page.locator('.sheet .check').first().evaluate((box) => box.getBoundingClientRect().top);
      if (top < height) seen += 1;
    }
    notes.push(`${seen} of ${sheets.length} at ${width} × ${height}`);
    if (seen < sheets.length * least) faults.push(`${seen} of ${sheets.length} checklists at ${width} × ${height}`);
    await context.close();
  }
  return { faults, note: notes.join(', ') };
}
