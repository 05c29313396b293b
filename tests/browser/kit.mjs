// What checks of a site that is used share: a server of it, a visit by a fresh browser profile, and
// the pages that are visited.

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { TIMEOUT } from './chromium.mjs';
import { toneOf, withClass } from './site.mjs';

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json' };

/** A server of the built files, which stand below each of `folders` too; `texts` may stand in for some of them. */
export async function serve(root, folders = []) {
  const texts = new Map();
  const server = http.createServer((request, response) => {
    const address = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).slice(1);
    const folder = folders.find((one) => address.startsWith(one)) ?? '';
    const name = texts.has(address) ? address : address.slice(folder.length);
    const file = path.join(root, name);
    if (!texts.has(name) && !fs.existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[path.extname(name)] ?? 'text/plain' });
    return response.end(texts.get(name) ?? fs.readFileSync(file));
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const home = `http://127.0.0.1:${server.address().port}/`;
  return { home, texts, address: (file) => home + file.split('/').map(encodeURIComponent).join('/'), close: () => server.close() };
}

/** A fresh browser profile, with everything that goes wrong or leaves the site in `faults`. */
export async function visit({ browser, server }, file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT);
  const faults = [];
  const requests = [];
  page.on('request', (request) => {
    requests.push(request.url());
    if (!request.url().startsWith(server.home) && !request.url().startsWith('blob:')) faults.push(`request leaves the site: ${request.url()}`);
  });
  page.on('pageerror', (error) => faults.push(`error in the page: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('dialog', (dialog) => dialog.accept());
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(server.address(file), { waitUntil: 'load' });
  return { context, page, faults, requests };
}

export const checklists = (site) => site.pages.filter((page) => page.kind === 'checklist');
export const longest = (pages) => [...pages].sort((a, b) => b.elements.length - a.elements.length || (a.file < b.file ? -1 : 1))[0];
export const liveSheet = (site) => longest(checklists(site).filter((page) => toneOf(page) === 'live' && withClass(page, 'write-secret').length > 0)).file;
export const guideOf = (site) => longest(site.pages.filter((page) => page.kind === 'guide')).file;
export const progress = (page) => page.locator('.progress-count').innerText();
export const box = (page, number) => page.locator('.check').nth(number);

export function expect(faults, what, actual, expected) {
  if (actual !== expected) faults.push(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

/** Runs `act` in a fresh visit and gives all faults. */
export async function during(kit, file, act, options) {
  const seen = await visit(kit, file, options);
  try {
    await act(seen);
    return seen.faults;
  } finally {
    await seen.context.close();
  }
}

export async function axeFaults({ axe }, page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { preload: false, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(', ')}`);
}
