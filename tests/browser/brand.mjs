// A site with a brand: nothing is refused by its own policy, only named hosts are asked, fonts and
// logo come, the announcement stays closed, and a page is copied as Markdown, served or from disk.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const PROJECT = path.join(path.dirname(fileURLToPath(import.meta.url)), '../cases/branded');
const GUIDE = 'guides/connect.html';
const SHEET = 'checklists/guides/connect/shop-with-one-warehouse-live.html';
const HOST = 'https://stats.heron.example';

/** Adds the checks of a branded site that the program `tickbook` builds to `report`. */
export async function checkBrand(browser, tickbook, report) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'brand-'));
  const server = http.createServer((request, answer) => serve(folder, request, answer));
  try {
    const built = spawnSync(tickbook, ['build', PROJECT, '-o', path.join(folder, 'docs'), '--quiet'], { encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stderr);
    await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
    const served = (file) => `http://127.0.0.1:${server.address().port}/docs/${file}`;
    const onDisk = (file) => pathToFileURL(path.join(folder, 'docs', file)).href;
    for (const [where, address] of [['from disk', onDisk], ['served', served]]) {
      await report.run('brand', `pages load what they show and ask named hosts only, ${where}`, () => checkLoads(browser, address));
      await report.run('brand', `an announcement stays closed, ${where}`, () => checkAnnouncement(browser, address));
    }
    await report.run('brand', 'a page is copied as its Markdown', () => checkCopy(browser, served, (text) => text === fs.readFileSync(path.join(folder, 'docs/guides/label.md'), 'utf8')));
    await report.run('brand', 'a page from disk is copied as what it shows', () => checkCopy(browser, onDisk, isWhole));
    await report.run('brand', 'colours and logo follow a dark screen', () => checkDark(browser, onDisk));
  } catch (error) {
    report.add('brand', 'a site with a brand', [error.message.split('\n')[0]]);
  } finally {
    server.close();
    fs.rmSync(folder, { recursive: true });
  }
}

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2', '.md': 'text/markdown; charset=utf-8', '.webmanifest': 'application/manifest+json' };

function serve(folder, request, answer) {
  const file = path.join(folder, decodeURIComponent(new URL(request.url, 'http://a').pathname));
  if (!file.startsWith(folder) || !fs.existsSync(file)) return answer.writeHead(404).end();
  answer.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' }).end(fs.readFileSync(file));
}

async function opened(browser, address, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults = [];
  const asked = new Set();
  await page.route(`${HOST}/**`, (route) => route.fulfill({ contentType: 'text/javascript', body: 'document.documentElement.dataset.counted = "yes";' }));
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) faults.push(message.text()); });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(address);
  await page.evaluate(() => document.fonts.ready.then(() => true));
  return { context, page, faults, asked };
}

async function checkLoads(browser, address) {
  const wrong = [];
  for (const file of ['index.html', GUIDE, SHEET]) {
    const { context, page, faults, asked } = await opened(browser, address(file));
    wrong.push(...faults.map((fault) => `${file}: ${fault}`));
    const isSheet = file === SHEET;
    if (asked.has(HOST) === isSheet) wrong.push(`${file}: ${isSheet ? 'asks' : 'does not ask'} the named host`);
    const others = [...asked].filter((origin) => ![HOST, new URL(address(file)).origin].includes(origin));
    if (others.length > 0) wrong.push(`${file}: asks ${others}`);
    const seen = await page.evaluate(() => ({
      fonts: [...document.fonts].filter((font) => font.status === 'loaded').length,
      logo: document.querySelector('.brand-light')?.naturalWidth,
      counted: document.documentElement.dataset.counted,
    }));
    if (seen.fonts !== 2 || !seen.logo) wrong.push(`${file}: ${JSON.stringify(seen)}`);
    if ((seen.counted === 'yes') === isSheet) wrong.push(`${file}: the script ran: ${seen.counted}`);
    await context.close();
  }
  return wrong;
}

async function checkAnnouncement(browser, address) {
  const { context, page, faults, asked } = await opened(browser, address(GUIDE));
  const wrong = [];
  const before = asked.size;
  await page.getByRole('button', { name: 'Close the announcement' }).click();
  if (await page.locator('.announcement').count() > 0) wrong.push('it is still there');
  await page.goto(address('index.html'));
  if (await page.locator('.announcement').count() > 0) wrong.push('it is there again');
  if (asked.size !== before) wrong.push('closing it asks a host');
  await context.close();
  const plain = await opened(browser, address(GUIDE), { javaScriptEnabled: false });
  if (await plain.page.locator('.announcement').count() !== 1) wrong.push('without scripts it is not there');
  await plain.context.close();
  return [...wrong, ...faults];
}

function isWhole(text) {
  return ['# Print a label\n', '## Connect the printer\n', '1. Open **Settings**, then **Printers**.\n2. ', '`10.0.0.7`'].every((part) => text.includes(part));
}

async function checkCopy(browser, address, isRight) {
  const { context, page } = await opened(browser, address('guides/label.html'), { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Copy as Markdown' }).click();
  await page.locator('.twin [role=status]:not(:empty)').waitFor();
  const said = await page.locator('.twin [role=status]').textContent();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  await context.close();
  return isRight(text) && said === 'Copied' ? [] : [`${said}: ${text}`];
}

async function checkDark(browser, address) {
  const wrong = [];
  for (const [colorScheme, logo, accent] of [['light', 'brand-light', 'rgb(15, 118, 110)'], ['dark', 'brand-dark', '']]) {
    const { context, page } = await opened(browser, address(GUIDE), { colorScheme });
    const seen = await page.evaluate(() => ({
      logos: [...document.querySelectorAll('.brand-logo')].filter((image) => image.checkVisibility()).map((image) => image.className),
      accent: getComputedStyle(document.querySelector('.announcement a')).color,
    }));
    if (seen.logos.length !== 1 || !seen.logos[0].includes(logo)) wrong.push(`${colorScheme}: ${seen.logos}`);
    if (accent ? seen.accent !== accent : seen.accent === 'rgb(15, 118, 110)') wrong.push(`${colorScheme}: ${seen.accent}`);
    await context.close();
  }
  return wrong;
}
