// The live preview in the browser: a save reloads the open page at its place, the box in the
// corner lists what was found, and paper does not show it.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
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
  await report.run('preview', 'other sites load, frame and read nothing of it', async () => ({ faults: await checkOthers(browser, tickbook) }));
}

/** What a page of another site has loaded of the preview at `url`, by every way there is. */
async function loadedFrom(url) {
  const loaded = [];
  const note = (what) => loaded.push(what);
  globalThis.tickbookSearch = () => note('the search index');
  const outcome = (name, attributes) => new Promise((resolve) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.onload = () => { note(`${name} ${element.src ?? element.href ?? element.data}`); resolve(); };
    element.onerror = resolve;
    document.body.append(element);
  });
  const isRefused = (promise, what) => promise.then(() => note(what), () => {});
  const events = new Promise((resolve) => {
    const source = new EventSource(`${url}_tickbook/events?page=index.html&mark=0`);
    source.onmessage = () => { note('events'); resolve(); };
    source.onerror = () => { source.close(); resolve(); };
  });
  await Promise.all([
    outcome('script', { src: `${url}search/index.js` }),
    outcome('script', { src: `${url}_tickbook/preview.js` }),
    outcome('script', { src: `${url}search/index.js`, type: 'module' }),
    outcome('script', { src: `${url}search/index.js`, referrerPolicy: 'no-referrer' }),
    outcome('link', { rel: 'stylesheet', href: `${url}_tickbook/preview.css` }),
    outcome('img', { src: `${url}own.svg` }),
    isRefused(fetch(url), 'fetch'),
    isRefused(fetch(`${url}search/index.js`, { mode: 'no-cors' }), 'fetch without CORS'),
    events,
  ]);
  // A frame tells its page nothing of what it shows; the browser is asked for that.
  for (const [name, attribute] of [['iframe', 'src'], ['embed', 'src'], ['object', 'data']]) {
    document.body.append(Object.assign(document.createElement(name), { [attribute]: `${url}long.html` }));
  }
  return loaded;
}

/** Hands requests on to the preview without what new browsers say of them, as an old one does. */
function oldBrowser(url) {
  const { hostname, port } = new URL(url);
  return http.createServer((request, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !/^(sec-fetch-|origin$)/.test(name)));
    const onward = http.request({ hostname, port, path: request.url, headers: { ...headers, host: `${hostname}:${port}` } }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.end();
  });
}

async function listening(server) {
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return `http://127.0.0.1:${server.address().port}/`;
}

async function checkOthers(browser, tickbook) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'preview-'));
  spawnSync(tickbook, ['new', 'guides', '--lang', 'en', '--quiet'], { cwd: folder });
  fs.writeFileSync(path.join(folder, 'guides/content/long.md'), `# Long\n\n${LINES}`);
  fs.writeFileSync(path.join(folder, 'guides/content/own.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  const server = spawn(tickbook, ['serve', 'guides', '--port', '0'], { cwd: folder });
  const others = http.createServer((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>other</title><body>'));
  const faults = [];
  const context = await browser.newContext();
  try {
    const url = await address(server);
    const old = oldBrowser(url);
    const [other, oldUrl] = [await listening(others), await listening(old)];
    const page = await context.newPage();
    for (const [preview, name] of [[url, 'a new browser'], [url.replace('127.0.0.1', 'localhost'), 'by name'], [oldUrl, 'an old browser']]) {
      for (const site of [other, other.replace('127.0.0.1', 'localhost')]) {
        await page.goto(site);
        for (const what of await page.evaluate(loadedFrom, preview)) faults.push(`${name}, ${site}: loads ${what}`);
        await page.waitForTimeout(500);
        for (const frame of page.frames().slice(1)) {
          const text = await frame.evaluate(() => document.body?.innerText ?? '').catch(() => '');
          if (text.includes('A line of a long page')) faults.push(`${name}, ${site}: frames ${frame.url()}`);
        }
      }
    }
    // The same ways, by the site itself, so that the check knows what it would have seen.
    await page.goto(url);
    const own = await page.evaluate(loadedFrom, url);
    for (const what of ['the search index', 'fetch', 'events']) if (!own.includes(what)) faults.push(`the site itself does not load ${what}`);
    if (!own.some((what) => what.startsWith('img '))) faults.push('the site itself does not load its image');
    await page.goto(other);
    const opened = page.waitForEvent('popup');
    await page.evaluate((address) => { globalThis.opened = window.open(address); }, `${url}long.html`);
    const popup = await opened;
    await popup.locator('text=A line of a long page').first().waitFor({ timeout: WAIT });
    if (!(await page.evaluate(() => globalThis.opened.closed))) faults.push('the page that opened a window still holds it');
    old.close();
  } finally {
    await context.close();
    others.close();
    server.kill();
    fs.rmSync(folder, { recursive: true });
  }
  return faults;
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
