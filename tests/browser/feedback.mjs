// The question whether a page was helpful: what is sent, to whom and when; with an endpoint that
// takes it, fails or never answers, with a mail address, and without scripts.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { AXE, THEMES, WIDTHS, describe } from './pages.mjs';

const CANARY = 'canary-7f3a';
const PAGE = 'guides/loom.html';
const DOCUMENT = `---
title: Set up the loom
date: 2026-11-30
---

## Before you start

Wash your hands.

## Steps

1. Open the lid of the loom.
2. Press the red button.
3. Close the lid of the loom.

## Questions

### How is it stopped?

Press the red button again.
`;
const MAIL = 'help@example.com';

/** Adds the checks of sites that the program `tickbook` builds to `report`. */
export async function checkFeedback(browser, tickbook, report) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'feedback-'));
  const endpoint = await startEndpoint();
  try {
    const build = (name, feedback, url = '') => built(tickbook, path.join(root, name), feedback, url);
    const sites = { plain: build('plain', ''), posted: build('posted', `${endpoint.home}answers`), mailed: build('mailed', MAIL, 'https://help.example.com/docs') };
    const kit = { browser, endpoint, sites, axe: fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8') };
    for (const [subject, check] of Object.entries(CHECKS)) {
      endpoint.reset();
      await report.run('feedback', subject, async () => {
        const faults = [];
        await check(kit, faults);
        return { faults };
      });
    }
  } catch (error) {
    report.add('feedback', 'sites that ask', [error.message.split('\n')[0]]);
  } finally {
    endpoint.close();
    fs.rmSync(root, { recursive: true });
  }
}

/** Builds a site in `folder`; gives the address of a file in it, and the page of its one checklist. */
function built(tickbook, folder, feedback, url) {
  fs.mkdirSync(path.join(folder, 'content/guides'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'content/guides/loom.md'), DOCUMENT);
  const setting = feedback ? `  feedback: "${feedback}"\n` : '';
  fs.writeFileSync(path.join(folder, 'tickbook.yaml'), `preset: markdown\nlang: en\nsite:\n  title: Looms\n  url: "${url}"\n${setting}`);
  const run = spawnSync(tickbook, ['build', folder, '--quiet'], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  const site = path.join(folder, 'dist');
  const sheet = fs.readdirSync(path.join(site, 'checklists/guides/loom'))[0];
  return { address: (file) => pathToFileURL(path.join(site, file)).href, text: (file) => fs.readFileSync(path.join(site, file), 'utf8'), sheet: `checklists/guides/loom/${sheet}` };
}

/** A server that keeps what it is sent and answers as `status` says; 0 is no answer. */
async function startEndpoint() {
  const got = [];
  const state = { status: 200 };
  const server = http.createServer(async (request, response) => {
    const allowed = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' };
    if (request.method === 'OPTIONS') return response.writeHead(204, allowed).end();
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    got.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
    if (state.status !== 0) response.writeHead(state.status, allowed).end('taken');
    return undefined;
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', () => done(undefined)); });
  return {
    home: `http://127.0.0.1:${server.address().port}/`,
    got,
    state,
    reset() {
      got.length = 0;
      state.status = 200;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function expect(faults, what, actual, expected) {
  if (actual !== expected) faults.push(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

/** Opens a page in a fresh profile and runs `act`; what goes wrong in the page is a fault. */
async function during(browser, address, faults, act, options = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => { if (/policy/i.test(message.text())) faults.push(message.text()); });
  try {
    await page.goto(address);
    await act(page);
  } finally {
    await context.close();
  }
}

const answer = (page, name) => page.locator('.feedback-answers label', { hasText: name }).click();
const state = (page) => page.locator('.feedback-state');
const version = (text) => /name="version" value="(2026-11-30 [0-9a-f]{7})"/.exec(text)?.[1];

/** Follows no link to a mail program, and keeps the address that would be followed. */
async function watchMail(page) {
  const session = await page.context().newCDPSession(page);
  const asked = [];
  session.on('Page.frameRequestedNavigation', ({ url }) => asked.push(url));
  await session.send('Page.enable');
  return asked;
}

const CHECKS = {
  async 'nobody is asked where nothing is configured'({ sites }, faults) {
    for (const file of [PAGE, sites.plain.sheet]) {
      const text = sites.plain.text(file);
      if (/feedback/.test(text)) faults.push(`${file} mentions feedback`);
      if (!text.includes("form-action 'none'")) faults.push(`${file}: forms may be sent`);
    }
  },

  async 'an answer is sent when the reader sends it, with what the page says of itself'({ browser, endpoint, sites }, faults) {
    const { posted } = sites;
    await during(browser, `${posted.address(PAGE)}#questions/how-is-it-stopped`, faults, async (page) => {
      expect(faults, 'field for words before an answer', await page.locator('.feedback textarea').isVisible(), false);
      await answer(page, 'No');
      await page.locator('.feedback textarea').fill('짧고 <b>"굵게"</b>');
      expect(faults, 'sent before the reader does', endpoint.got.length, 0);
      await page.getByRole('button', { name: 'Send' }).click();
      await state(page).filter({ hasText: 'Thank you' }).waitFor({ timeout: 5000 });
      expect(faults, 'form afterwards', await page.locator('.feedback form').count(), 0);
    });
    expect(faults, 'requests', endpoint.got.length, 1);
    const [{ url, headers, body }] = endpoint.got;
    expect(faults, 'address', url, '/answers');
    expect(faults, 'type', headers['content-type'], 'application/json');
    expect(faults, 'referrer and cookies', headers.referer ?? headers.cookie, undefined);
    const expected = { page: PAGE, version: version(posted.text(PAGE)), helpful: 'no', section: '#questions/how-is-it-stopped', words: '짧고 <b>"굵게"</b>' };
    expect(faults, 'body', JSON.stringify(JSON.parse(body)), JSON.stringify(expected));
  },

  async 'a checklist sends neither its case nor its ticks'({ browser, endpoint, sites }, faults) {
    const { posted } = sites;
    await during(browser, posted.address(posted.sheet), faults, async (page) => {
      await page.locator('.check').nth(1).check();
      await page.locator('.case-tools summary').click();
      for (const input of await page.locator('input[data-case]').all()) await input.fill(CANARY);
      await page.locator('[data-do="save"]').click();
      await page.reload();
      await answer(page, 'Yes');
      const option = page.locator('.feedback option', { hasText: 'red button' }).first();
      await page.locator('.feedback select').selectOption(await option.getAttribute('value'));
      await page.getByRole('button', { name: 'Send' }).click();
      await state(page).filter({ hasText: 'Thank you' }).waitFor({ timeout: 5000 });
      await page.emulateMedia({ media: 'print' });
      expect(faults, 'on paper', await page.locator('.feedback').isVisible(), false);
    });
    const text = JSON.stringify(endpoint.got);
    if (text.includes('canary')) faults.push(`the case is sent: ${text}`);
    const sent = JSON.parse(endpoint.got[0].body);
    expect(faults, 'keys', Object.keys(sent).join(), 'page,version,helpful,section,words');
    if (!/^#item-/.test(sent.section)) faults.push(`item: ${sent.section}`);
    expect(faults, 'version', sent.version, version(posted.text(posted.sheet)));
  },

  async 'an endpoint that fails or never answers is reported, and the words stay'({ browser, endpoint, sites }, faults) {
    const { posted } = sites;
    for (const status of [500, 0]) {
      endpoint.reset();
      endpoint.state.status = status;
      await during(browser, posted.address(PAGE), faults, async (page) => {
        await answer(page, 'No');
        const words = page.locator('.feedback textarea');
        await words.fill('Which lid?');
        const button = page.getByRole('button', { name: 'Send' });
        await button.click();
        if (status === 0) {
          await state(page).filter({ hasText: 'Sending' }).waitFor({ timeout: 5000 });
          await button.click();
        }
        await state(page).filter({ hasText: 'could not be sent' }).waitFor({ timeout: 15_000 });
        expect(faults, `words after ${status}`, await words.inputValue(), 'Which lid?');
        expect(faults, `requests for one answer after ${status}`, endpoint.got.length, 1);
        endpoint.state.status = 200;
        await button.click();
        await state(page).filter({ hasText: 'Thank you' }).waitFor({ timeout: 5000 });
      });
    }
  },

  async 'without scripts the form itself is sent'({ browser, endpoint, sites }, faults) {
    const { posted } = sites;
    await during(browser, posted.address(PAGE), faults, async (page) => {
      await answer(page, 'Yes');
      await page.locator('.feedback textarea').fill('Good & short');
      await page.locator('.feedback select').selectOption('#steps');
      await page.getByRole('button', { name: 'Send' }).click();
      await page.waitForURL(`${endpoint.home}answers`);
    }, { javaScriptEnabled: false });
    const [{ method, body }] = endpoint.got;
    expect(faults, 'method', method, 'POST');
    const sent = Object.fromEntries(new URLSearchParams(body));
    const expected = { page: PAGE, version: version(posted.text(PAGE)), helpful: 'yes', section: '#steps', words: 'Good & short' };
    expect(faults, 'form', JSON.stringify(sent), JSON.stringify(expected));
  },

  async 'a mail begins with the answer, the words and what the page says of itself'({ browser, sites }, faults) {
    const { mailed } = sites;
    const page = `https://help.example.com/docs/${PAGE}`;
    const own = version(mailed.text(PAGE));
    await during(browser, mailed.address(PAGE), faults, async (tab) => {
      const asked = await watchMail(tab);
      await answer(tab, 'No');
      await tab.locator('.feedback select').selectOption('#steps');
      await tab.locator('.feedback textarea').fill('A & B?\n100 % + more');
      expect(faults, 'before the reader sends', asked.length, 0);
      await tab.getByRole('button', { name: 'Send' }).click();
      await state(tab).filter({ hasText: 'mail app' }).waitFor({ timeout: 5000 });
      await tab.waitForTimeout(200);
      const { pathname, searchParams } = new URL(asked.find((one) => one.startsWith('mailto:')) ?? 'mailto:none');
      expect(faults, 'receiver', pathname, MAIL);
      expect(faults, 'subject', searchParams.get('subject'), 'Feedback: Set up the loom');
      const body = `Part: #steps\r\nHelpful: No\r\nPage: ${page}\r\nVersion: ${own}\r\n\r\nAnything to add?\r\nA & B?\n100 % + more\r\n`;
      expect(faults, 'body', searchParams.get('body')?.replace(/\r?\n/g, '\n'), body.replace(/\r\n/g, '\n'));
    });
    await during(browser, mailed.address(PAGE), faults, async (tab) => {
      expect(faults, 'form without scripts', await tab.locator('.feedback form').isVisible(), false);
      const link = tab.getByRole('link', { name: 'Yes', exact: true });
      const { pathname, searchParams } = new URL(await link.getAttribute('href'));
      expect(faults, 'receiver of the link', pathname, MAIL);
      expect(faults, 'body of the link', searchParams.get('body'), `Helpful: Yes\r\nPage: ${page}\r\nVersion: ${own}\r\n\r\nAnything to add?\r\n`);
    }, { javaScriptEnabled: false });
    if (!mailed.text(PAGE).includes("connect-src 'self'; base-uri 'none'; form-action 'none'")) faults.push('mail opens the policy');
  },

  async 'accessibility, targets and width in every theme'({ browser, axe, sites }, faults) {
    for (const [site, file] of [[sites.posted, PAGE], [sites.posted, sites.posted.sheet], [sites.mailed, PAGE]]) {
      for (const width of WIDTHS) {
        for (const theme of [...THEMES.map((colorScheme) => ({ colorScheme })), { forcedColors: 'active' }]) {
          const where = `${file}, ${width} px, ${Object.values(theme)}`;
          await during(browser, site.address(file), faults, async (page) => {
            const first = page.locator('.feedback-answers input').first();
            await first.focus();
            await page.keyboard.press('Space');
            const look = await first.evaluate((input) => {
              const [own, other] = [...document.querySelectorAll('.feedback-answers span')].map((span) => getComputedStyle(span));
              return { focus: own.outlineStyle, differs: own.borderTopWidth !== other.borderTopWidth || own.borderTopColor !== other.borderTopColor, checked: input.checked };
            });
            expect(faults, `${where}: focus, choice`, JSON.stringify(look), JSON.stringify({ focus: 'solid', differs: true, checked: true }));
            for (const part of await page.locator('.feedback :is(label:has(input), select, textarea, button)').all()) {
              const { height } = await part.boundingBox();
              if (height < 44) faults.push(`${where}: ${height} px high`);
            }
            await page.evaluate(axe);
            const { violations } = await page.evaluate((options) => globalThis.axe.run('.feedback', options), AXE);
            faults.push(...violations.map((one) => `${where}: ${describe(one)}`));
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            if (wide > width) faults.push(`${where}: ${wide} px wide`);
          }, { viewport: { width, height: 800 }, ...theme });
        }
      }
    }
  },
};
