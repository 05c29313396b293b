// The live preview in the browser: a save reloads the open page at its place, the box in the
// corner lists what was found, and paper does not show it.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { AXE, THEMES, WIDTHS, describe } from './pages.mjs';

const WAIT = 20_000;
const MORE_FAULTS = Array.from({ length: 30 }, (_, number) => `\n[gone ${number}](none-${number}.md)\n`).join('');
const LINES = 'A line of a long page.\n\n'.repeat(120);

/** Adds the checks of the preview by the program `tickbook` to `report`. */
export async function checkPreview(browser, tickbook, report) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'preview-'));
  spawnSync(tickbook, ['new', 'guides', '--lang', 'en', '--quiet'], { cwd: folder });
  const file = path.join(folder, 'guides/content/long.md');
  fs.writeFileSync(file, `# Long\n\n${LINES}`);
  const server = spawn(tickbook, ['serve', 'guides', '--port', '0'], { cwd: folder });
  const wrong = [];
  try {
    const url = await address(server);
    const page = await browser.newPage();
    page.on('console', (message) => { if (message.type() === 'error') wrong.push(message.text()); });
    page.on('pageerror', (error) => wrong.push(error.message));
    await use(page, url, file, (holds, what) => { if (!holds) wrong.push(what); });
    await page.close();
  } catch (error) {
    wrong.push(error.message.split('\n')[0]);
  } finally {
    server.kill();
    fs.rmSync(folder, { recursive: true });
  }
  report.add('preview', 'a save reloads the page at its place and lists what is wrong', wrong);
}

/** Where the server says it is. */
async function address(server) {
  for await (const line of readline.createInterface({ input: server.stderr })) {
    const found = /http:\S+/.exec(line);
    if (found) return found[0];
  }
  throw new Error('the preview did not start');
}

async function use(page, url, file, expect) {
  await page.goto(`${url}long.html`);
  const head = page.locator('[data-tickbook-preview] summary');
  await head.waitFor({ timeout: WAIT });
  await page.waitForTimeout(500);
  await page.evaluate(() => window.scrollTo(0, 900));
  fs.writeFileSync(file, `# Long\n\n${LINES}[nowhere](none.md)\n${MORE_FAULTS}`);
  await page.locator('text=nowhere').first().waitFor({ state: 'attached', timeout: WAIT });
  await page.waitForFunction(() => window.scrollY > 0, null, { timeout: WAIT }).catch(() => {});
  const place = await page.evaluate(() => window.scrollY);
  expect(Math.abs(place - 900) < 2, `the page stands at ${place}, not at 900`);
  await page.locator('[data-tickbook-preview] summary.error').waitFor({ timeout: WAIT });
  await head.click();
  const told = await page.locator('[data-tickbook-preview] li.error').first().innerText();
  expect(told.startsWith('error '), `no word says how bad it is: ${told}`);
  expect(told.includes('long.md:') && told.includes('broken-internal-link'), `the box says ${told}`);
  for (const fault of await checkBox(page, head)) expect(false, fault);
  await page.emulateMedia({ media: 'print' });
  expect(!(await head.isVisible()), 'paper shows the box');
}

/** What axe-core finds in the box, closed and open; and that it stays in the window and opens by key. */
async function checkBox(page, head) {
  const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axe);
  const faults = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const state of ['open', 'closed']) {
        const found = await page.evaluate((options) => globalThis.axe.run('[data-tickbook-preview]', options), AXE);
        faults.push(...found.violations.map((violation) => `${state}, ${width} px, ${colorScheme}: ${describe(violation)}`));
        const { x, y, width: wide, height } = await head.boundingBox();
        if (x < 0 || y < 0 || x + wide > width || y + height > 900 || height < 24) faults.push(`${state}, ${width} px: the box's head lies at ${x}, ${y}, ${wide} × ${height} px`);
        await head.focus();
        await page.keyboard.press('Enter');
      }
    }
  }
  return faults;
}
