// Tabs and codes of a page: by mouse and keyboard, over several pages, without scripts and on paper.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const PAGES = {
  'one.mdx': `---
title: One
---

<Tabs items={['Wool', 'Linen', 'Silk']}>
  <Tab>Card it.</Tab>
  <Tab>Ret it.</Tab>
  <Tab>

  ### Reeling

  Reel it.
  </Tab>
</Tabs>

<Tabs items={['Linen', 'Wool']}>
  <Tab>Wet.</Tab>
  <Tab>Dry.</Tab>
</Tabs>

\`\`\`js title="a.js" del={1}
const rows = 7;
const rows = 8;
\`\`\`
`,
  'two.mdx': `---
title: Two
---

<Tabs items={['Wool', 'Linen']}>
  <Tab>Warm.</Tab>
  <Tab>Cool.</Tab>
</Tabs>
`,
};

/** Adds the checks of a site that the program `tickbook` builds to `report`. */
export async function checkContent(browser, tickbook, report) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'content-'));
  try {
    fs.mkdirSync(path.join(folder, 'content'));
    for (const [name, text] of Object.entries(PAGES)) fs.writeFileSync(path.join(folder, 'content', name), text);
    fs.writeFileSync(path.join(folder, 'tickbook.yaml'), 'preset: mdx\n');
    const built = spawnSync(tickbook, ['build', folder, '--quiet'], { encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stderr);
    const address = (name) => pathToFileURL(path.join(folder, 'dist', `${name}.html`)).href;
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    try {
      await report.run('content', 'tabs follow the mouse, the keyboard and each other', () => checkTabs(context, address));
      await report.run('content', 'a choice of tab holds on other pages', () => checkChoice(context, address));
      await report.run('content', 'an address opens the tab that it is in', () => checkAddress(context, address));
      await report.run('content', 'paper has every panel', () => checkPaper(context, address));
      await report.run('content', 'a code is copied without its deleted lines', () => checkCopy(context, address));
    } finally {
      await context.close();
    }
    await report.run('content', 'without scripts panels follow each other', () => checkPlain(browser, address));
  } catch (error) {
    report.add('content', 'a site with tabs and codes', [error.message.split('\n')[0]]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

async function opened(context, address) {
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(address);
  return { page, faults };
}

/** The panels that are seen, by their labels, and the chosen tabs. */
function seen(page) {
  return page.evaluate(() => ({
    panels: [...document.querySelectorAll('.tab-panel')].filter((panel) => panel.checkVisibility()).map((panel) => panel.dataset.label),
    chosen: [...document.querySelectorAll('[role=tab][aria-selected=true]')].map((tab) => tab.textContent),
    focusable: document.querySelectorAll('[role=tab][tabindex="0"]').length,
    named: [...document.querySelectorAll('[role=tabpanel]')].every((panel) => document.getElementById(panel.getAttribute('aria-labelledby'))?.getAttribute('aria-controls') === panel.id),
    lists: [...document.querySelectorAll('[role=tablist]')].every((list) => list.getAttribute('aria-label')),
  }));
}

function differs(what, found, expected) {
  return String(found) === String(expected) ? [] : [`${what}: ${found}, not ${expected}`];
}

async function checkTabs(context, address) {
  const { page, faults } = await opened(context, address('one'));
  let state = await seen(page);
  faults.push(...differs('first', state.panels, ['Wool', 'Linen']));
  if (!state.named || !state.lists || state.focusable !== 2) faults.push(`roles: ${JSON.stringify(state)}`);
  await page.getByRole('tab', { name: 'Linen' }).first().click();
  faults.push(...differs('clicked', (await seen(page)).panels, ['Linen', 'Linen']));
  for (const [key, expected] of [['ArrowRight', 'Silk'], ['ArrowRight', 'Wool'], ['ArrowLeft', 'Silk'], ['Home', 'Wool'], ['End', 'Silk']]) {
    await page.keyboard.press(key);
    state = await seen(page);
    const focused = await page.evaluate(() => document.activeElement.textContent);
    faults.push(...differs(key, [state.chosen[0], focused], [expected, expected]));
  }
  faults.push(...differs('a tab that only one group has', state.panels, ['Silk', 'Wool']));
  await page.close();
  return { faults };
}

async function checkChoice(context, address) {
  const { page, faults } = await opened(context, address('one'));
  await page.getByRole('tab', { name: 'Linen' }).first().click();
  await page.goto(address('two'));
  faults.push(...differs('the other page', (await seen(page)).panels, ['Linen']));
  await page.evaluate(() => { for (const key of Object.keys(localStorage)) localStorage.setItem(key, '{"a":'); });
  await page.reload();
  faults.push(...differs('after what is kept was broken', (await seen(page)).panels, ['Wool']));
  await page.close();
  return { faults };
}

async function checkAddress(context, address) {
  const { page, faults } = await opened(context, `${address('one')}#reeling`);
  faults.push(...differs('opened', (await seen(page)).chosen[0], 'Silk'));
  await page.close();
  return { faults };
}

async function checkPaper(context, address) {
  const { page, faults } = await opened(context, address('one'));
  await page.emulateMedia({ media: 'print' });
  faults.push(...differs('panels', (await seen(page)).panels.length, 5));
  const labels = await page.locator('.tab-label:visible').count();
  faults.push(...differs('labels', labels, 5));
  await page.close();
  return { faults };
}

async function checkCopy(context, address) {
  const { page, faults } = await opened(context, address('one'));
  const button = page.getByRole('button', { name: 'Copy the code' });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.locator('.code-copy.is-copied').waitFor({ timeout: 5000 });
  const text = await page.evaluate(() => navigator.clipboard.readText());
  faults.push(...differs('copied', JSON.stringify(text), JSON.stringify('const rows = 8;\n')));
  faults.push(...differs('said', await page.getByRole('status').last().textContent(), 'Copied'));
  await page.close();
  return { faults };
}

async function checkPlain(browser, address) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto(address('one'));
    const labels = await page.locator('.tab-label:visible').allTextContents();
    const buttons = await page.locator('.content button').count();
    return { faults: [...differs('labels', labels, ['Wool', 'Linen', 'Silk', 'Linen', 'Wool']), ...differs('buttons', buttons, 0)] };
  } finally {
    await context.close();
  }
}
