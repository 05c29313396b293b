// What goes with a reader from page to page: version, case and progress; beside other sites of the
// origin, in other tabs, after Back, with a full storage, in forced colours, on paper and without
// scripts.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launch } from './chromium.mjs';
import { firstBoxIsInSight } from './fold.mjs';
import { box, checklists, during, expect, guideOf, liveSheet, progress, serve } from './kit.mjs';
import { samplePages, withClass } from './site.mjs';

const CANARY = 'canary-상점-7f3a';
/** Smallest width and height of what is touched, in pixels. */
const TARGET = 44;
/** Pixels of an inch of paper in its picture. */
const DOTS = 72;

/** Adds the checks of what `site` remembers to `report`. */
export async function checkContext(browser, site, report) {
  const server = await serve(site.root);
  const whole = await launch({ keepsPages: true });
  try {
    for (const [subject, check] of Object.entries(CHECKS)) {
      await report.run('context', subject, async () => ({ faults: await check({ browser, whole, site, server }) }));
    }
  } finally {
    await whole.close();
    server.close();
  }
}

const themeOf = (page) => page.evaluate(() => document.documentElement.dataset.theme ?? 'system');
const hasCase = (page) => page.evaluate(() => decodeURIComponent(location.href).includes('canary'));

/** Runs in the page before its scripts: a storage with no room, or none at all. */
const STORAGES = {
  full: () => {
    Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
  },
  denied: () => {
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
  },
};

/** Saves a case of this name on the sheet that is open. */
async function nameCase(page, name) {
  await page.locator('.case-tools summary').click();
  await page.locator('input[data-case]').first().fill(name);
  await page.locator('[data-do="save"]').click();
}

/** A page of paper as grey values, one byte a pixel. */
function pictures(pdf, folder) {
  fs.writeFileSync(path.join(folder, 'page.pdf'), pdf);
  const run = spawnSync('pdftoppm', ['-r', String(DOTS), '-gray', path.join(folder, 'page.pdf'), path.join(folder, 'page')], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.pgm')).sort();
  return files.map((name) => {
    const bytes = fs.readFileSync(path.join(folder, name));
    const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 32).toString('latin1'));
    return { width: Number(width), height: Number(height), grey: bytes.subarray(head.length) };
  });
}

/** How many filled dark rectangles of at least this size a picture has, each counted once by its upper left corner. */
function countFilled({ width, height, grey }, across, down) {
  const isDark = (x, y) => grey[y * width + x] < 60;
  const runs = new Uint16Array(width);
  const found = [];
  for (let y = 0; y < height; y += 1) {
    let long = 0;
    for (let x = 0; x < width; x += 1) {
      runs[x] = isDark(x, y) ? runs[x] + 1 : 0;
      long = runs[x] >= down ? long + 1 : 0;
      const isNew = !found.some((one) => Math.abs(one.x - x) < across * 3 && y - one.y < down * 3);
      if (long >= across && isNew) found.push({ x, y });
    }
  }
  return found.length;
}

async function filled(page, across, down) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'context-'));
  try {
    const pdf = await page.pdf({ format: 'A4', printBackground: false });
    return pictures(pdf, folder).reduce((sum, picture) => sum + countFilled(picture, across, down), 0);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Runs in the page: how its first element of each selector looks. */
function looks(selectors) {
  return selectors.map((selector) => {
    const element = document.querySelector(selector);
    if (!element) return `${selector} is absent`;
    const { backgroundColor, color, borderTopWidth, borderTopColor, borderTopStyle, outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(element);
    const edge = borderTopStyle === 'none' || borderTopWidth === '0px' ? 'none' : `${borderTopWidth} ${borderTopStyle} ${borderTopColor}`;
    const ring = outlineStyle === 'none' ? 'none' : `${outlineStyle} ${outlineWidth} ${outlineOffset}`;
    return `${backgroundColor} | ${color} | ${edge} | ${ring}`;
  });
}

const CHECKS = {
  async 'another site of the origin sees neither theme, version, case, ticks nor progress'({ browser, site }) {
    const faults = [];
    const server = await serve(site.root, ['a/', 'b/']);
    const [sheet, guide, overview] = [liveSheet(site), guideOf(site), 'checklists/index.html'];
    for (const file of ['index.html', sheet, guide, overview]) {
      const html = fs.readFileSync(path.join(site.root, file), 'utf8');
      server.texts.set(`b/${file}`, html.replace(/data-site="[0-9a-f]{8}"/, 'data-site="0123abcd"'));
    }
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    try {
      const page = await context.newPage();
      await page.goto(server.address('a/index.html'));
      await page.locator('.site-bar .theme').click();
      await page.locator('.pick label', { hasText: 'V1' }).click();
      await page.goto(server.address(`a/${sheet}`));
      await nameCase(page, CANARY);
      await box(page, 0).check();
      await page.goto(server.address('b/index.html'));
      expect(faults, 'theme', await themeOf(page), 'system');
      expect(faults, 'version', await page.locator('.pick :checked').inputValue(), '0');
      await page.goto(server.address(`b/${sheet}`));
      expect(faults, 'ticks', await page.locator('.check:checked').count(), 0);
      for (const file of [sheet, guide, overview]) {
        await page.goto(server.address(`b/${file}`));
        if ((await page.content()).includes('canary')) faults.push(`${file} names the case`);
        expect(faults, `progress in ${file}`, await page.locator('.mode-count').allInnerTexts().then((all) => all.filter((text) => text.includes('/')).length), 0);
      }
      await page.goto(server.address(`a/${sheet}`));
      expect(faults, 'ticks of the site itself', await page.locator('.check:checked').count(), 1);
      expect(faults, 'theme of the site itself', await themeOf(page), 'light');
    } finally {
      await context.close();
      server.close();
    }
    return faults;
  },

  async 'tabs follow ticks, case and theme of each other'(kit) {
    return during(kit, liveSheet(kit.site), async ({ context, page, faults }) => {
      const other = await context.newPage();
      await other.goto(kit.server.address(liveSheet(kit.site)));
      await box(page, 0).check();
      await other.waitForFunction(() => document.querySelectorAll('.check:checked').length === 1);
      await box(other, 1).check();
      await page.waitForFunction(() => document.querySelectorAll('.check:checked').length === 2);
      await box(other, 0).uncheck();
      await page.waitForFunction(() => document.querySelectorAll('.check:checked').length === 1);
      await nameCase(page, CANARY);
      await other.waitForFunction((name) => document.querySelector('.case-name').textContent === name, CANARY);
      await page.locator('.theme:visible').first().click();
      await other.waitForFunction(() => document.documentElement.dataset.theme === 'light');
      expect(faults, 'theme', await themeOf(page), 'light');
    });
  },

  async 'version, scenario and mode are in the address and the case never is, also after Back'(kit) {
    const faults = [];
    const context = await kit.whole.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const versionOf = () => new URL(page.url()).searchParams.get('version');
    const back = async (address) => {
      await page.evaluate(() => { globalThis.isOld = true; setTimeout(() => history.back()); });
      await page.waitForURL(address, { waitUntil: 'commit' });
      await page.waitForFunction(() => !globalThis.isOld);
    };
    try {
      await page.goto(kit.server.address('index.html'));
      await page.locator('.pick label', { hasText: 'V1' }).click();
      await page.goto(kit.server.address(guideOf(kit.site)));
      expect(faults, 'version on the guide', versionOf(), 'V1');
      const guide = page.url();
      await page.locator('.guide .scenario:visible .mode-live').first().click();
      await page.waitForLoadState();
      const sheet = page.url();
      expect(faults, 'version on the checklist', versionOf(), 'V1');
      if (!/checklists\/.*-live\.html/.test(decodeURIComponent(sheet))) faults.push(`scenario and mode: ${sheet}`);
      await nameCase(page, CANARY);
      await box(page, 0).check();
      await page.locator('.switch .mode-test').click();
      await page.waitForLoadState();
      expect(faults, 'case in the other mode', await page.locator('.case-name').innerText(), CANARY);
      expect(faults, 'version in the other mode', versionOf(), 'V1');
      if (await hasCase(page)) faults.push('the case is in an address');
      // What was ticked and chosen later is there on every page behind the back button.
      await nameCase(page, `${CANARY}-2`);
      await back(sheet);
      await page.waitForFunction((name) => document.querySelector('.case-name').textContent === name, `${CANARY}-2`, { timeout: 5000 }).catch(() => faults.push('the checklist has another case after Back'));
      expect(faults, 'ticks after Back', (await progress(page)).split(' ')[0], '1');
      await back(guide);
      await page.waitForFunction((name) => document.querySelector('.guide .case-name').textContent === name, `${CANARY}-2`, { timeout: 5000 }).catch(() => faults.push('the guide has another case after Back'));
      expect(faults, 'version after Back', versionOf(), 'V1');
      expect(faults, 'progress after Back', await page.locator('.guide .scenario:visible .mode-live .mode-count').first().innerText().then((text) => text.split(' ')[0]), '1');
      await page.evaluate(() => { setTimeout(() => history.forward()); });
      await page.waitForURL(sheet, { waitUntil: 'commit' });
      expect(faults, 'ticks after Forward', (await progress(page)).split(' ')[0], '1');
      if (await hasCase(page)) faults.push('the case is in an address');
    } finally {
      await context.close();
    }
    return faults;
  },

  async 'a checklist leads to other scenarios of the version only'(kit) {
    const versions = (page) => page.locator('.switch-more li').evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.dataset.versions ?? ''));
    const faults = [];
    for (const version of ['', 'V1', 'none']) {
      faults.push(...await during(kit, `index.html`, async ({ page, faults: found }) => {
        const file = liveSheet(kit.site);
        await page.goto(`${kit.server.address(file)}${version ? `?version=${version}` : ''}`);
        const more = page.locator('.switch-more > summary');
        const all = await page.locator('.switch-more li').count();
        if (await more.isVisible()) await more.click();
        const shown = await versions(page);
        const isRight = shown.every((own) => version !== 'V1' || own === '' || own.split('|').includes('V1'));
        if (!isRight) found.push(`with ${version}: ${shown}`);
        if (version !== 'V1' && shown.length !== all) found.push(`with “${version}”: ${shown.length} of ${all}`);
        if (version === 'V1' && shown.length === all) found.push('V1 leaves all scenarios');
      }));
    }
    return faults;
  },

  async 'a storage that keeps nothing is reported before anything is ticked'(kit) {
    const faults = [];
    for (const [name, spoil] of Object.entries(STORAGES)) {
      for (const file of [liveSheet(kit.site), guideOf(kit.site)]) {
        const context = await kit.browser.newContext();
        const page = await context.newPage();
        page.on('pageerror', (error) => faults.push(`${file}, ${name}: ${error.message}`));
        await page.addInitScript(spoil);
        await page.goto(kit.server.address(file));
        const notice = await page.locator('.tools-notice').first().innerText();
        if (!notice) faults.push(`${file}, ${name}: says nothing`);
        await page.locator('.sheet .check, .content .check').first().check();
        expect(faults, `${file}, ${name}: ticked`, await page.locator('.check:checked').count() > 0, true);
        expect(faults, `${file}, ${name}: still says so`, await page.locator('.tools-notice').first().innerText(), notice);
        await context.close();
      }
    }
    return faults;
  },

  async 'a skip link leads to the first thing to do, and is seen'(kit) {
    const faults = [];
    for (const file of [liveSheet(kit.site), guideOf(kit.site)]) {
      for (const javaScriptEnabled of [true, false]) {
        faults.push(...await during(kit, file, async ({ page, faults: found }) => {
          const link = page.locator('.skip-step');
          expect(found, `${file}: out of sight`, (await link.boundingBox()).y < 0, true);
          await page.keyboard.press('Tab');
          await page.keyboard.press('Tab');
          expect(found, `${file}: focused`, await link.evaluate((one) => one === document.activeElement), true);
          const { y, height } = await link.boundingBox();
          if (y < 0 || height < TARGET) found.push(`${file}: at ${y}, ${height} px high`);
          await page.keyboard.press('Enter');
          const { top, text } = await page.evaluate(() => {
            const place = document.querySelector(':target');
            return { top: place?.getBoundingClientRect().top, text: place?.textContent.trim() };
          });
          if (!(top >= 0 && top < 900) || !text) found.push(`${file}: leads to ${top} px: ${text}`);
          if (!javaScriptEnabled) return;
          await page.keyboard.press('Tab');
          expect(found, `${file}: what is focused next`, await page.evaluate(() => document.activeElement.matches('.check')), true);
          expect(found, `${file}: is the first`, await page.evaluate(() => document.activeElement === document.querySelector('.sheet .check, .content .check')), true);
        }, { javaScriptEnabled }));
      }
    }
    // The first step of the version that was chosen.
    faults.push(...await during(kit, guideOf(kit.site), async ({ page, faults: found }) => {
      await page.locator('.pick label', { hasText: 'V1' }).click();
      const hash = await page.locator('.skip-step').evaluate((link) => decodeURIComponent(link.hash.slice(1)));
      expect(found, 'first step of V1 is shown', await page.locator(`[id="${hash}"]`).isVisible(), true);
    }));
    return faults;
  },

  async 'what is touched is 44 px on a phone'(kit) {
    const faults = [];
    const small = () => [...document.querySelectorAll('.check, .copy, .tools .button, .tools input, .tools select, .tools summary, .finished .button, .switch a, .switch summary, .mode-bar-links a, .mode-links a, .pick label, .toc > summary, .side > summary, .theme, .site-checklists')]
      .filter((one) => one.checkVisibility() && !one.closest('.visually-hidden') && !one.matches('.visually-hidden'))
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box: { width, height } }) => width > 0 && (width < 44 || height < 44))
      .map(({ one, box: { width, height } }) => `${one.nodeName}.${one.className}: ${width} × ${height}`);
    for (const file of [liveSheet(kit.site), guideOf(kit.site), 'checklists/index.html']) {
      faults.push(...await during(kit, file, async ({ page, faults: found }) => {
        for (const summary of await page.locator('.case-tools > summary, .switch-more > summary').all()) await summary.click();
        for (const one of await page.locator('.sheet .check').all()) await one.check();
        found.push(...(await page.evaluate(small)).map((one) => `${file}: ${one}`));
      }, { viewport: { width: 360, height: 740 } }));
    }
    return faults;
  },

  async 'boxes and copy buttons are named by label and value, and no state is said twice'(kit) {
    return during(kit, liveSheet(kit.site), async ({ page, faults }) => {
      const names = await page.locator('.item[data-key]').evaluateAll((items) => items.map((item) => {
        const value = item.querySelector(':scope > .line > .answer, :scope > .answer-line > .answer');
        return { name: item.querySelector('.check').getAttribute('aria-label'), label: item.querySelector('.label').textContent.replace(/\s+/g, ' ').trim(), value: value?.textContent.trim() ?? '', copy: value?.querySelector('.copy')?.getAttribute('aria-label') };
      }));
      if (!names.some(({ value }) => value) || !names.some(({ copy }) => copy)) faults.push('no item has a value');
      for (const { name, label, value, copy } of names) {
        if (!name.includes(label) || !name.includes(value)) faults.push(`box: ${name} lacks ${label} or ${value}`);
        if (copy && !(copy.includes(label) && copy.includes(value))) faults.push(`copy: ${copy} lacks ${label} or ${value}`);
      }
      const before = await box(page, 0).getAttribute('aria-label');
      await box(page, 0).check();
      expect(faults, 'name of a ticked box', await box(page, 0).getAttribute('aria-label'), before);
      const theme = page.locator('.theme:visible').first();
      const [first] = [await theme.getAttribute('aria-label'), await theme.click()];
      if (await theme.getAttribute('aria-label') === first) faults.push('the name of the theme does not hold its value');
      expect(faults, 'the theme is said once', await theme.getAttribute('aria-pressed'), null);
    });
  },

  async 'forced colours keep what is current, chosen, done and focused'(kit) {
    const differ = (page, found, pairs) => Promise.all(pairs.map(async ([own, other]) => {
      const [one, two] = await page.evaluate(looks, [own, other]);
      if (one === two || `${one} ${two}`.includes('absent')) found.push(`${own} looks like ${other}: ${one}; ${two}`);
    }));
    const forced = { forcedColors: 'active', viewport: { width: 1280, height: 900 } };
    const faults = await during(kit, guideOf(kit.site), async ({ page, faults: found }) => {
      await page.locator('.toc a[aria-current]').waitFor({ timeout: 5000, state: 'attached' }).catch(() => {});
      await page.locator('.mode-part').first().evaluate((part) => part.scrollIntoView());
      await page.locator('.toc a[aria-current]').waitFor({ timeout: 5000 });
      await page.locator('.content .check').first().check();
      await differ(page, found, [
        ['.toc a[aria-current]', '.toc a:not([aria-current])'],
        ['.side-nav a[aria-current]', '.side-nav ul ul a:not([aria-current], .nav-open)'],
        ['.site-categories a[aria-current]', '.site-categories a:not([aria-current])'],
        ['.pick :checked + span', '.pick :not(:checked) + span'],
        ['.mode-links .mode-live', '.mode-links .mode-test'],
      ]);
    }, forced);
    faults.push(...await during(kit, liveSheet(kit.site), async ({ page, faults: found }) => {
      await differ(page, found, [['.switch .mode[aria-current]', '.switch .mode:not([aria-current])']]);
      const current = page.locator('.switch .mode[aria-current]');
      const [before] = await page.evaluate(looks, ['.switch .mode[aria-current]']);
      await current.focus();
      const [after] = await page.evaluate(looks, ['.switch .mode[aria-current]']);
      if (before === after) found.push(`focus on the current mode is not seen: ${after}`);
      const bar = page.locator('progress');
      const picture = () => bar.screenshot();
      const empty = await picture();
      const count = await page.locator('.check').count();
      for (let index = 0; index < count / 2; index += 1) await box(page, index).check();
      await page.evaluate(() => scrollTo(0, 0));
      if ((await picture()).equals(empty)) found.push('progress is not seen');
      // A mark that is not there at an empty box.
      const marks = await page.evaluate(() => ['.check:checked', '.check:not(:checked)'].map((selector) => getComputedStyle(document.querySelector(selector), '::after').content));
      if (marks[0] === marks[1]) found.push(`a ticked box has ${marks}`);
    }, forced));
    return faults;
  },

  async 'a guide on paper has its black and its boxes also without backgrounds'(kit) {
    return during(kit, guideOf(kit.site), async ({ page, faults }) => {
      const live = await page.locator('.mode-part-live').count();
      const bars = await filled(page, 8, 14);
      if (live === 0 || bars < live) faults.push(`${bars} black bars for ${live} live parts`);
      const before = await filled(page, 5, 5);
      for (const one of (await page.locator('.content .check').all()).slice(0, 6)) await one.check();
      const after = await filled(page, 5, 5);
      if (after < before + 6) faults.push(`6 boxes were ticked, and ${after - before} more are filled`);
    });
  },

  'the first box of a checklist is in sight': firstBoxIsInSight,

  async 'headings descend one by one on every page'({ site }) {
    const faults = [];
    for (const { file, kind, elements } of site.pages) {
      const levels = elements.filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name }) => Number(name[1]));
      if (kind === 'redirect' && levels.length === 0) continue;
      expect(faults, `${file}: titles`, levels.filter((level) => level === 1).length, 1);
      const jump = levels.findIndex((level, at) => level > (levels[at - 1] ?? 0) + 1);
      if (jump >= 0) faults.push(`${file}: h${levels[jump]} after h${levels[jump - 1] ?? 0}`);
    }
    return faults;
  },

  async 'every page that ticks names the case'(kit) {
    const places = kit.site.pages.filter((page) => page.kind === 'guide' || page.kind === 'checklist');
    const faults = places.filter((page) => withClass(page, 'case-name').length !== 1).map(({ file }) => `${file} has no place for it`);
    faults.push(...await during(kit, liveSheet(kit.site), async ({ page, faults: found }) => {
      await nameCase(page, CANARY);
      for (const { file } of samplePages(kit.site).filter(({ kind }) => /^(guide|matrix|checklist)/.test(kind))) {
        await page.goto(kit.server.address(file));
        const name = page.locator('.case-name');
        expect(found, file, await name.isVisible() && await name.innerText(), CANARY);
      }
    }));
    return faults;
  },

  async 'without scripts the version filters, links lead on and nothing shows that does nothing'(kit) {
    const faults = [];
    for (const file of ['index.html', guideOf(kit.site), liveSheet(kit.site), 'checklists/index.html']) {
      faults.push(...await during(kit, file, async ({ page, faults: found }) => {
        for (const selector of ['.theme', '.side-button', '.check', '.tools', '.finished', '.case-line', '.progress-count', '.copy', '.search']) {
          for (const one of await page.locator(selector).all()) if (await one.isVisible()) found.push(`${file}: ${selector} shows`);
        }
      }, { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } }));
    }
    expect(faults, 'checklists', checklists(kit.site).length > 0, true);
    return faults;
  },
};
