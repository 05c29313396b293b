// Drives checklists as a merchant does: choose, tick, come back, change case, share, print; with and
// without scripts, with the keyboard alone, from disk and from a server.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { launch } from './chromium.mjs';
import { axeFaults, box, checklists, during, expect, guideOf, liveSheet, longest, progress, serve } from './kit.mjs';

/**
 * Layout shift that nobody sees; a sheet read slowly was seen to move something by 0.000003, and 0.1
 * is what browsers call good.
 */
const MOST_SHIFT = 0.0001;

const CANARY = 'canary-상점-7f3a';
const MOST_PAGE_BYTES = 60 * 1024;
const MOST_SCRIPT_BYTES = 14 * 1024;
/** Most milliseconds of the processor that the main thread may take until a page answers. */
const MOST_BUSY_MS = 100;
/** Most of them at a time: from here on browsers speak of a long task. */
const MOST_TASK_MS = 50;

/** Adds the checks of the site's checklists to `report`. */
export async function checkChecklists(browser, site, report) {
  const server = await serve(site.root);
  const whole = await launch({ keepsPages: true });
  const kit = { browser, whole, site, server, axe: fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8') };
  try {
    for (const [subject, check] of Object.entries(CHECKS)) {
      await report.run('checklist', subject, async () => ({ faults: await check(kit) }));
    }
  } finally {
    await whole.close();
    server.close();
  }
}

/** Runs in the page: how far which things moved while it was loaded. */
function watchLoad() {
  const seen = { shift: 0, moved: [] };
  const place = ({ top, height }) => `${Math.round(top)} + ${Math.round(height)}`;
  const name = ({ node, previousRect, currentRect }) => `${node?.nodeName} ${place(previousRect)} → ${place(currentRect)}`;
  const watch = new PerformanceObserver((list) => list.getEntries().forEach(({ value, sources }) => {
    seen.shift += value;
    seen.moved.push(...sources.map(name));
  }));
  watch.observe({ type: 'layout-shift', buffered: true });
  return new Promise((resolve) => { setTimeout(() => resolve(seen), 400); });
}

/** Runs in the page: reads it down to its end. */
async function readDown() {
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight / 2) {
    scrollTo(0, top);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

/** Loads that the time of the main thread is measured in. */
const LOADS = 7;
/** Loads after which a page that always took too long is slow, and the machine not only busy. */
const MOST_LOADS = 35;

/**
 * What the main thread does until a page is loaded and its scripts have run, by the browser's own
 * trace: milliseconds of the processor, not of the clock, so that waiting for other programs does
 * not count. What these cost nevertheless, cold caches and a slower clock, only ever adds, so the
 * least of several loads is what the page itself takes at most.
 */
async function mainThread(page) {
  const session = await page.context().newCDPSession(page);
  const loads = [];
  const least = (part) => Math.min(...loads.map((load) => load[part]));
  const isOver = () => least('busy') > MOST_BUSY_MS || least('longest') > MOST_TASK_MS;
  while (loads.length < LOADS || (isOver() && loads.length < MOST_LOADS)) loads.push(work(await traceLoad(page, session)));
  const middle = loads.map(({ busy }) => busy).sort((a, b) => a - b)[loads.length >> 1];
  return { busy: Math.round(least('busy')), longest: Math.round(least('longest')), middle: Math.round(middle) };
}

/** Events of one load, by a reader who follows a link. */
async function traceLoad(page, session) {
  const address = page.url();
  await page.goto('about:blank');
  const events = [];
  const gather = ({ value }) => events.push(...value);
  session.on('Tracing.dataCollected', gather);
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] } });
  await page.goto(address, { waitUntil: 'load' });
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); }));
  const ended = new Promise((resolve) => { session.once('Tracing.tracingComplete', resolve); });
  await session.send('Tracing.end');
  await ended;
  session.off('Tracing.dataCollected', gather);
  return events;
}

/** Milliseconds of the processor that the page's main thread took in all, and at a time. */
function work(events) {
  const parse = events.find(({ name }) => name === 'ParseHTML');
  const isTask = ({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && pid === parse?.pid && tid === parse?.tid;
  const times = events.filter(isTask).map(({ dur, tdur }) => (tdur ?? dur) / 1000);
  if (times.length === 0) throw new Error('the trace holds no task of the main thread');
  return { busy: times.reduce((sum, time) => sum + time, 0), longest: Math.max(...times) };
}

const CHECKS = {
  'guide → mode → tick → reload': async (kit) => during(kit, guideOf(kit.site), async ({ page, faults }) => {
    await page.locator('.guide .mode-live').first().click();
    await page.waitForLoadState();
    const count = await page.locator('.check').count();
    if (count < 3) faults.push(`only ${count} boxes`);
    expect(faults, 'at first', await progress(page), `0 / ${count}`);
    await box(page, 0).check();
    await box(page, 2).check();
    await page.reload();
    expect(faults, 'after reload', await progress(page), `2 / ${count}`);
    expect(faults, 'second box', await box(page, 1).isChecked(), false);
    await page.locator('.switch .mode-test').click();
    await page.waitForLoadState();
    expect(faults, 'the other mode is apart', (await progress(page)).split(' ')[0], '0');
    await page.goBack();
    await page.locator('.breadcrumbs a').last().click();
    await page.waitForLoadState();
    expect(faults, 'progress on the guide', await page.locator('.guide .mode-live .mode-count').first().innerText(), `2 / ${count}`);
  }),

  'a finished checklist is finished on its guide': async (kit) => during(kit, guideOf(kit.site), async ({ page, faults }) => {
    // Its last item is one that the conventions add, which the guide has no place for.
    await page.locator('.guide a[data-missing]').first().click();
    await page.waitForLoadState();
    const count = await page.locator('.check').count();
    for (let index = 0; index < count; index += 1) await box(page, index).check();
    expect(faults, 'on the checklist', (await progress(page)).split(' · ')[0], `${count} / ${count}`);
    await page.locator('.breadcrumbs a').last().click();
    await page.waitForLoadState();
    expect(faults, 'on the guide', await page.locator('.guide a[data-missing] .mode-count').first().innerText(), `${count} / ${count}`);
  }),

  'ticks in the guide are those of its checklist': async (kit) => during(kit, guideOf(kit.site), async ({ page, faults }) => {
    const boxes = page.locator('.content .check');
    const all = await page.locator('.guide a[data-items]').evaluateAll((links) => links.map(({ dataset }) => Number(dataset.items)));
    const sum = all.reduce((one, other) => one + other, 0);
    const places = await page.locator('.content [data-sheets]').evaluateAll((found) => found.map(({ dataset }) => dataset.sheets.split(' ').length));
    // What the conventions add at the end of a live checklist is in no guide.
    const added = sum - places.reduce((one, other) => one + other, 0);
    const live = await page.locator('.guide .mode-live[data-items]').count();
    if (added < 0 || added > live) faults.push(`${added} items are in no place of the guide`);
    const chosen = page.locator('.content [data-sheets="0"]').first();
    const key = await chosen.getAttribute('data-key');
    await chosen.locator('> .check').check();
    await page.locator('.copy-place .copy').first().click();
    await page.locator('.tools-notice:not(:empty)').waitFor();
    expect(faults, 'clipboard', await page.evaluate(() => navigator.clipboard.readText()), await page.locator('.copy-place').first().getAttribute('data-copy'));
    faults.push(...await axeFaults(kit, page));
    await page.locator('.guide a[data-items]').first().click();
    await page.waitForLoadState();
    expect(faults, 'on the checklist', await page.locator('.item[data-state="done"]').first().getAttribute('data-key'), key);
    await page.locator(`.item[data-key="${key}"] .check`).uncheck();
    await page.goBack();
    expect(faults, 'back in the guide', await boxes.and(page.locator(':checked')).count(), 0);
  }, { permissions: ['clipboard-read', 'clipboard-write'] }),

  'the mode stays in sight in a guide, and can be switched there': async (kit) => {
    const faults = [];
    for (const width of [320, 1280]) {
      faults.push(...await during(kit, guideOf(kit.site), async ({ page, faults: found }) => {
        const parts = page.locator('.mode-part');
        const count = await parts.count();
        if (count < 2) found.push(`${count} parts`);
        for (let index = 0; index < count; index += 1) {
          const part = parts.nth(index);
          for (const way of [0.3, 0.6]) {
            await part.evaluate((element, share) => scrollTo(0, element.offsetTop + element.offsetHeight * share), way);
            const { top, height, text } = await part.locator('.mode-bar').evaluate((bar) => {
              const { x, y } = bar.querySelector('.mode').getBoundingClientRect();
              const seen = document.elementFromPoint(x + 8, y + 16)?.closest('.mode-bar');
              return { top: bar.getBoundingClientRect().top - document.querySelector('.site-head').offsetHeight, height: bar.offsetHeight, text: seen === bar ? 'own' : 'another' };
            });
            if (top < -1 || top > 1 || height > 72 || text !== 'own') found.push(`part ${index}: bar at ${top}, ${height} px high, ${text}`);
          }
        }
        const other = parts.nth(0).locator('.mode-bar-links a').first();
        const target = decodeURIComponent((await other.getAttribute('href')).slice(1));
        await parts.nth(0).evaluate((element) => scrollTo(0, element.offsetTop + 300));
        await other.click();
        const { top, scenario } = await page.evaluate((id) => {
          const part = document.getElementById(id);
          const head = document.querySelector('.site-head').offsetHeight;
          return { top: part.getBoundingClientRect().top - head, scenario: part.querySelector('.mode-bar-scenario').textContent };
        }, target);
        if (Math.abs(top) > 2) found.push(`the other mode's part is at ${top} px`);
        expect(found, 'scenario', scenario, await parts.nth(0).locator('.mode-bar-scenario').textContent());
      }, { viewport: { width, height: 700 } }));
    }
    return faults;
  },

  'what is out of sight in a guide is found, and every item is reached by its address': async (kit) => during(kit, guideOf(kit.site), async ({ page, faults }) => {
    const { ids, text } = await page.locator('.content [data-sheets]').evaluateAll((items) => ({
      ids: items.map(({ id }) => id),
      text: items.at(-1).textContent.trim().replace(/\s+/g, ' ').slice(0, 8),
    }));
    expect(faults, 'items without an id of their own', ids.length - new Set(ids.filter(Boolean)).size, 0);
    const tops = () => page.evaluate((id) => {
      const { top } = document.getElementById(id).getBoundingClientRect();
      return { top, bar: document.getElementById(id).closest('.mode-part').querySelector('.mode-bar').offsetHeight, height: innerHeight };
    }, ids.at(-1));
    expect(faults, 'found by the search of the browser', await page.evaluate((wanted) => window.find(wanted, false, true), text), true);
    await page.goto('about:blank');
    await page.goto(`${kit.server.address(guideOf(kit.site))}#${encodeURIComponent(ids.at(-1))}`);
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); }));
    const { top, bar, height } = await tops();
    if (top < bar - 1 || top > height) faults.push(`the last item is at ${top} px, the bar ${bar} px high`);
  }),

  'a guide that is loaded again keeps its place': async (kit) => during(kit, guideOf(kit.site), async ({ page, faults }) => {
    const top = () => page.locator('.mode-part').last().evaluate((part) => part.getBoundingClientRect().top);
    await page.waitForFunction(() => [...document.querySelectorAll('.mode-part')].every((part) => part.style.contentVisibility));
    await page.locator('.mode-part').last().evaluate((part) => scrollBy(0, part.getBoundingClientRect().top + 300));
    await page.waitForTimeout(300);
    const before = await top();
    await page.reload();
    await page.waitForTimeout(300);
    const { shift, moved } = await page.evaluate(watchLoad);
    if (Math.abs(await top() - before) > 2) faults.push(`the last part is at ${await top()} px, not at ${before}`);
    if (shift > MOST_SHIFT) faults.push(`layout shift ${shift}: ${moved.join(', ')}`);
  }),

  'what changed is told in the guide and counts as undone': async (kit) => during(kit, guideOf(kit.site), async ({ page, faults }) => {
    const own = page.locator('.content [data-sheets="0"] > .check');
    await own.nth(0).check();
    await own.nth(1).check();
    const count = page.locator('.guide a[data-items] .mode-count').first();
    const items = await page.locator('.guide a[data-items]').first().getAttribute('data-items');
    expect(faults, 'two done', await count.innerText(), `2 / ${items}`);
    await page.evaluate(() => {
      const name = Object.keys(localStorage).find((key) => /^tickbook:[^:]*:ticks:/.test(key));
      const kept = JSON.parse(localStorage.getItem(name));
      kept[Object.keys(kept)[0]] = '00000000';
      localStorage.setItem(name, JSON.stringify(kept));
    });
    await page.reload();
    const word = await page.locator('.guide').getAttribute('data-changed');
    expect(faults, 'one changed', await count.innerText(), `1 / ${items} · ${word} 1`);
    const marked = page.locator('.content [data-state="changed"] .changed');
    expect(faults, 'marks in the text', await marked.allInnerTexts().then((texts) => texts.join()), word);
    await page.locator('.content [data-state="changed"] > .check').click();
    expect(faults, 'marks once it is ticked again', await marked.count(), 0);
    expect(faults, 'done again', await count.innerText(), `2 / ${items}`);
  }),

  'choices in a guide can be copied': async (kit) => during(kit, guideOf(kit.site), async ({ page, faults }) => {
    const all = await page.locator('.content .copy-place').evaluateAll((found) => found.map(({ dataset }) => dataset.copy));
    const sheets = await page.locator('.guide a[data-items]').evaluateAll((links) => links.map(({ href }) => href));
    const choices = [];
    for (const link of sheets) {
      await page.goto(link);
      choices.push(...await page.locator('.choice .answer').allInnerTexts());
    }
    if (choices.length === 0) faults.push('no choice');
    for (const choice of choices) if (!all.includes(choice.trim())) faults.push(`${choice} cannot be copied`);
  }),

  'a version leaves its scenarios only, also without scripts': async (kit) => {
    const faults = [];
    for (const javaScriptEnabled of [true, false]) {
      faults.push(...await during(kit, guideOf(kit.site), async ({ page, faults: found }) => {
        const rows = page.locator('.scenario:visible');
        const all = await rows.count();
        await page.locator('.pick label', { hasText: 'V2' }).click();
        const texts = await rows.locator('.versions').allInnerTexts();
        if (texts.length === 0 || texts.length === all) found.push(`${texts.length} of ${all} scenarios`);
        if (!texts.every((text) => text.includes('V2'))) found.push(`shown: ${texts}`);
      }, { javaScriptEnabled }));
    }
    return faults;
  },

  'a text that changed is marked, one that moved is kept': async (kit) => {
    const file = liveSheet(kit.site);
    const html = fs.readFileSync(path.join(kit.site.root, file), 'utf8');
    return during(kit, file, async ({ page, faults }) => {
      const total = await page.locator('.check').count();
      await box(page, 0).check();
      await box(page, 1).check();
      const hash = await page.locator('.item[data-key]').first().getAttribute('data-hash');
      kit.server.texts.set(file, html.replace(`data-hash="${hash}"`, 'data-hash="00000000"'));
      try {
        await page.reload();
        expect(faults, 'state', await page.locator('.item[data-key]').first().getAttribute('data-state'), 'changed');
        expect(faults, 'box is mixed', await box(page, 0).evaluate((input) => input.indeterminate), true);
        expect(faults, 'count', (await progress(page)).startsWith(`1 / ${total} · `), true);
        faults.push(...await axeFaults(kit, page));
        await box(page, 1).uncheck();
        await page.reload();
        expect(faults, 'still marked after another tick', await page.locator('.item[data-key]').first().getAttribute('data-state'), 'changed');
        await box(page, 0).click();
        expect(faults, 'ticked again', await page.locator('.item[data-key]').first().getAttribute('data-state'), 'done');
        expect(faults, 'mark is gone', await page.locator('.changed').count(), 0);
      } finally {
        kit.server.texts.delete(file);
      }
    });
  },

  'two cases keep their own ticks': async (kit) => during(kit, liveSheet(kit.site), async ({ page, faults }) => {
    await box(page, 0).check();
    await page.locator('.case-tools summary').click();
    await page.locator('[data-do="add"]').click();
    expect(faults, 'new case', (await progress(page)).split(' ')[0], '0');
    await page.locator('input[data-case]').first().fill('둘째 상점');
    await page.locator('[data-do="save"]').click();
    await box(page, 1).check();
    await box(page, 2).check();
    await page.reload();
    expect(faults, 'name', await page.locator('.case-name').innerText(), '둘째 상점');
    expect(faults, 'second case', (await progress(page)).split(' ')[0], '2');
    await page.locator('.case-tools summary').click();
    await page.locator('#case-choice').selectOption('1');
    expect(faults, 'first case', (await progress(page)).split(' ')[0], '1');
    await page.locator('[data-do="reset"]').click();
    expect(faults, 'after reset', (await progress(page)).split(' ')[0], '0');
  }),

  'the overview shows how far each checklist is, and a finished one leads on': async (kit) => during(kit, liveSheet(kit.site), async ({ context, page, faults }) => {
    const overview = await context.newPage();
    await overview.goto(kit.server.address('checklists/index.html'));
    const store = await page.locator('.sheet').getAttribute('data-store');
    const count = overview.locator(`a[data-store="${store}"] .mode-count`);
    const untouched = await count.innerText();
    const boxes = page.locator('.sheet .check');
    const all = await boxes.count();
    await boxes.first().check();
    await overview.waitForFunction(([name, text]) => document.querySelector(`a[data-store="${name}"] .mode-count`).textContent === text, [store, `1 / ${all}`]);
    expect(faults, 'finished at once', await page.locator('.finished').isVisible(), false);
    for (const one of await boxes.all()) await one.check();
    expect(faults, 'finished', await page.locator('.finished').isVisible(), true);
    await overview.waitForFunction((name) => document.querySelector(`a[data-store="${name}"]`).classList.contains('is-done'), store);
    faults.push(...await axeFaults(kit, page), ...await axeFaults(kit, overview));
    for (const link of await page.locator('.finished a').all()) {
      const target = await link.evaluate((one) => one.href);
      const answer = await page.request.get(target);
      expect(faults, `what leads on to ${target}`, answer.status(), 200);
    }
    // Another case is another count, named on every page that ticks.
    await page.locator('.case-tools summary').click();
    await page.locator('[data-do="add"]').click();
    await page.locator('input[data-case]').first().fill(CANARY);
    await page.locator('[data-do="save"]').click();
    await overview.waitForFunction((name) => document.querySelector('.case-line .case-name').textContent === name, CANARY);
    expect(faults, 'another case', await count.innerText(), untouched);
    await page.goto(kit.server.address(guideOf(kit.site)));
    expect(faults, 'the case in a guide', await page.locator('.case-line').innerText().then((text) => text.endsWith(CANARY)), true);
  }),

  'a version that was chosen holds on every page, and a guide shows what is for it': async (kit) => during(kit, 'index.html', async ({ context, page, faults }) => {
    const pick = (on, name) => on.locator('.pick label', { hasText: name }).click();
    await pick(page, 'V1');
    expect(faults, 'address', new URL(page.url()).searchParams.get('version'), 'V1');
    await page.goto(kit.server.address(guideOf(kit.site)));
    const shown = () => page.locator('.content h2').evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.textContent.trim()));
    const first = await shown();
    if (first.length === 0 || first.some((title) => title.includes('(V2)'))) faults.push(`with V1: ${first}`);
    const entries = await page.locator('.toc a').evaluateAll((all) => all.filter((one) => one.checkVisibility() && one.textContent.includes('(V2)')).length);
    expect(faults, 'entries of the other version', entries, 0);
    const other = await context.newPage();
    await other.goto(kit.server.address(guideOf(kit.site)));
    await pick(other, 'V2');
    await page.waitForFunction(() => [...document.querySelectorAll('.content h2')].some((one) => one.checkVisibility() && one.textContent.includes('(V2)')));
    const second = await shown();
    if (second.some((title) => title.includes('(V1)'))) faults.push(`with V2: ${second}`);
    // An address of the other version shows it.
    const hidden = await page.locator('.content h2').evaluateAll((all) => all.find((one) => !one.checkVisibility())?.id);
    await page.goto(`${kit.server.address(guideOf(kit.site))}#${encodeURIComponent(hidden)}`);
    await page.reload();
    expect(faults, 'what was addressed', await page.locator(`[id="${hidden}"]`).isVisible(), true);
  }),

  'ticks travel as a file': async (kit) => during(kit, liveSheet(kit.site), async ({ page, faults }) => {
    await box(page, 0).check();
    await box(page, 3).check();
    await page.locator('.case-tools summary').click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-do="export"]').click()]);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tickbook-export-'));
    const [good, foreign] = [path.join(folder, 'good.json'), path.join(folder, 'foreign.json')];
    await download.saveAs(good);
    fs.writeFileSync(foreign, fs.readFileSync(good, 'utf8').replace('"sheet": "', '"sheet": "other-'));
    await page.locator('[data-do="reset"]').click();
    await page.locator('[data-do="import"]').setInputFiles(foreign);
    await page.locator('.tools-notice:not(:empty)').waitFor();
    expect(faults, 'a file of another sheet', (await progress(page)).split(' ')[0], '0');
    await page.locator('[data-do="import"]').setInputFiles(good);
    await page.waitForFunction(() => document.querySelectorAll('.check:checked').length === 2);
    await page.reload();
    expect(faults, 'after import', (await progress(page)).split(' ')[0], '2');
    fs.rmSync(folder, { recursive: true });
  }),

  'a shared link carries the case and no tick': async (kit) => {
    const file = liveSheet(kit.site);
    let link = '';
    const faults = await during(kit, file, async ({ page, faults: found }) => {
      await box(page, 0).check();
      await page.locator('.case-tools summary').click();
      for (const input of await page.locator('input[data-case]').all()) await input.fill(CANARY);
      await page.locator('[data-do="share"]').click();
      await page.locator('.tools-notice:not(:empty)').waitFor();
      link = await page.evaluate(() => navigator.clipboard.readText());
      if (!/#c=1\.[\w-]+$/.test(link)) found.push(`link: ${link}`);
    }, { permissions: ['clipboard-read', 'clipboard-write'] });
    const hash = link.slice(link.indexOf('#'));
    const carried = JSON.parse(Buffer.from(hash.slice(5), 'base64url').toString());
    if (hash.length > 1024) faults.push(`${hash.length} characters`);
    if (carried.contact !== undefined || Object.keys(carried).length === 0) faults.push(`carries ${Object.keys(carried)}`);
    const name = (page) => page.locator('.case-name').innerText();
    const cases = (page) => page.locator('#case-choice option').count();
    const kept = (page) => page.evaluate(() => JSON.stringify({ ...localStorage }));
    const dialog = (page) => page.getByRole('dialog');
    // A dialog reports that it was closed in a task of its own, and the address is cleared in that one.
    const answered = (page) => page.waitForFunction(() => location.hash === '');
    const answer = async (page, button) => {
      await button.click();
      await answered(page);
    };
    const opened = async (page) => {
      await page.goto(kit.server.address('index.html'));
      await page.goto(kit.server.address(file) + hash);
      await dialog(page).waitFor();
    };
    faults.push(...await during(kit, file, async ({ page, faults: found, requests }) => {
      await box(page, 0).check();
      const [before, first] = [await kept(page), await name(page)];
      await opened(page);
      if (!(await dialog(page).innerText()).includes(CANARY)) found.push('does not show what the link carries');
      if (!(await dialog(page).getAttribute('aria-labelledby'))) found.push('the question has no name');
      expect(found, 'focus in the question', await page.evaluate(() => document.activeElement?.closest('dialog') !== null), true);
      expect(found, 'kept before the answer', await kept(page), before);
      expect(found, 'case before the answer', await name(page), first);
      expect(found, 'ticks before the answer', await page.locator('.check:checked').count(), 1);
      await page.keyboard.press('Escape');
      await answered(page);
      expect(found, 'kept when it is dismissed', await kept(page), before);
      expect(found, 'address when it is dismissed', page.url(), kit.server.address(file));
      await opened(page);
      await answer(page, dialog(page).locator('button').last());
      expect(found, 'kept when it is ignored', await kept(page), before);
      expect(found, 'cases when it is ignored', await cases(page), 1);
      await opened(page);
      await answer(page, dialog(page).locator('button').first());
      expect(found, 'name', await name(page), CANARY);
      expect(found, 'input', await page.locator('input[data-case]').first().inputValue(), CANARY);
      expect(found, 'ticks', await page.locator('.check:checked').count(), 0);
      expect(found, 'address afterwards', page.url(), kit.server.address(file));
      if (!(await page.locator('.tools-notice').innerText())) found.push('does not say that the case is kept');
      await opened(page);
      await answer(page, dialog(page).locator('button').first());
      expect(found, 'cases when it is used twice', await cases(page), 2);
      await page.evaluate((shared) => { location.hash = shared; }, hash);
      await dialog(page).waitFor();
      if (requests.some((url) => url.includes(hash.slice(5)))) found.push('the case is in a request');
    }));
    for (const colorScheme of ['light', 'dark']) {
      faults.push(...await during(kit, file, async ({ page, faults: found }) => {
        await opened(page);
        found.push(...await axeFaults(kit, page));
        const { x, width, height } = await dialog(page).boundingBox();
        if (x < 0 || x + width > 320 || height > 640) found.push(`the question lies at ${x}, ${width} × ${height} px`);
        for (const button of await dialog(page).locator('button').all()) {
          const size = await button.boundingBox();
          if (size.height < 44) found.push(`a button of ${size.height} px`);
        }
        await page.emulateMedia({ media: 'print' });
        expect(found, 'on paper', await page.locator('.shared-case').isVisible(), false);
      }, { viewport: { width: 320, height: 640 }, colorScheme }));
    }
    const hostile = `#c=1.${Buffer.from(JSON.stringify({ merchant: '<img src=x onerror=alert(1)>', signkey: CANARY, __proto__: { contact: 'x' } })).toString('base64url')}`;
    faults.push(...await during(kit, file, async ({ page, faults: found }) => {
      await page.goto(kit.server.address('index.html'));
      await page.goto(kit.server.address(file) + hostile);
      expect(found, 'images from the link', await page.locator('img[src="x"]').count(), 0);
      await dialog(page).waitFor();
      if ((await page.content()).includes('canary')) found.push('a key that is not allowed was taken');
      await answer(page, dialog(page).locator('button').first());
      expect(found, 'images from the case', await page.locator('img[src="x"]').count(), 0);
    }));
    return faults;
  },

  'a shared link carries no telephone number, address of mail or other long number': async (kit) => {
    const file = liveSheet(kit.site);
    const names = ['가나다 상점', '강남 2호점 (B1)', '2026-11-24', '2026. 11. 24.', '2026-11-24 (화) 14:30', '2026-11-29 ~ 2026-12-01', '2026년 11월 29일 14:30', '20261129', 'Shop 24/7, 3F', '오일일사 주유소', '1577 상점'];
    const personal = [
      '가나다 상점 010-1234-5678', '+82 10 1234 5678', '０１０ １２３４ ５６７８', '010.1234.5678', '010·1234·5678', '(02) 123-4567 8', '010_1234_5678', '010/1234/5678',
      '010–1234–5678', '0\u200b1\u200b0\u200b12345678', '①②③④⑤⑥⑦⑧', '٠١٠١٢٣٤٥٦٧٨', '0️⃣1️⃣0️⃣1234 5678', '공일공 일이삼사 오육칠팔', '공일공-1234-5678', 'O1O-l234-5678', '영일영일이삼사오육칠팔',
      '1588-1234', '1899-1112', '2012-1012', '2026-11-29 010-1234-5678', 'owner@example.com', 'owner＠example.com', '4111 1111 1111 1111', '123-45-67890',
    ];
    const faults = await during(kit, file, async ({ page, faults: found }) => {
      await page.locator('.case-tools summary').click();
      const carried = async (value) => {
        await page.locator('input[data-case][data-shared]').first().fill(value);
        await page.evaluate(() => navigator.clipboard.writeText(''));
        await page.locator('[data-do="share"]').click();
        await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== '');
        const link = await page.evaluate(() => navigator.clipboard.readText());
        const values = JSON.parse(Buffer.from(link.split('#c=1.')[1], 'base64url').toString());
        return { values: Object.values(values).join(), notice: await page.locator('.tools-notice').innerText() };
      };
      let told = '';
      for (const name of names) {
        const { values, notice } = await carried(name);
        expect(found, name, values, name);
        told = notice;
      }
      for (const value of personal) {
        const { values, notice } = await carried(value);
        expect(found, value, values, '');
        if (notice === told) found.push(`does not say that ${value} was left out`);
      }
    }, { permissions: ['clipboard-read', 'clipboard-write'] });
    const hash = `#c=1.${Buffer.from(JSON.stringify({ merchant: '010-1234-5678' })).toString('base64url')}`;
    faults.push(...await during(kit, file, async ({ page, faults: found }) => {
      await page.goto(kit.server.address('index.html'));
      await page.goto(kit.server.address(file) + hash);
      expect(found, 'asked about a telephone number', await page.getByRole('dialog').count(), 0);
      expect(found, 'taken from a link', await page.locator('input[data-case]').first().inputValue(), '');
    }));
    return faults;
  },

  'typed values stay on the page until they are saved': async (kit) => during(kit, liveSheet(kit.site), async ({ page, faults, requests, context }) => {
    await page.locator('.case-tools summary').click();
    for (const input of await page.locator('input[data-case]').all()) await input.fill(CANARY);
    const kept = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, document.title, location.href, history.state]));
    await page.emulateMedia({ media: 'print' });
    expect(faults, 'on paper', await page.locator('.case-value').first().innerText(), CANARY);
    await page.emulateMedia({ media: 'screen' });
    if ((await kept()).includes('canary')) faults.push(`kept: ${await kept()}`);
    await page.locator('[data-do="save"]').click();
    const storage = await page.evaluate(() => Object.entries(localStorage).filter(([, value]) => value.includes('canary')).map(([key]) => key).join());
    if (!/^tickbook:[0-9a-f]{8}-[0-9a-f]+:cases$/.test(storage)) faults.push(`kept under ${storage}`);
    await page.locator('.breadcrumbs a').last().click();
    await page.waitForLoadState();
    if (requests.some((url) => decodeURIComponent(url).includes('canary'))) faults.push('in a request');
    expect(faults, 'cookies', (await context.cookies()).length, 0);
    await page.goBack();
    await page.locator('.case-tools summary').click();
    await page.locator('[data-do="remove"]').click();
    if ((await kept()).includes('canary')) faults.push('still kept after the case is removed');
  }),

  'copies what the guide says and nothing of secrets': async (kit) => during(kit, liveSheet(kit.site), async ({ page, faults }) => {
    const copy = page.locator('.copy').first();
    const value = await copy.locator('..').innerText();
    await copy.click();
    await page.locator('.tools-notice:not(:empty)').waitFor();
    expect(faults, 'clipboard', await page.evaluate(() => navigator.clipboard.readText()), value.trim());
    if (!(await page.locator('.tools-notice').innerText()).includes(value.trim())) faults.push('does not say what was copied');
    const secret = page.locator('.item:has(.write-secret)');
    expect(faults, 'fields of secrets', await secret.locator('input:not(.check), textarea, .copy, [contenteditable]').count(), 0);
    expect(faults, 'copy of blanks', await page.locator('.item[data-kind="leave-blank"] > .line .copy').count(), 0);
  }, { permissions: ['clipboard-read', 'clipboard-write'] }),

  'paper shows the ticks and not the screen': async (kit) => during(kit, liveSheet(kit.site), async ({ page, faults }) => {
    await box(page, 0).check();
    await page.emulateMedia({ media: 'print' });
    for (const selector of ['.site-head', '.tools', '.progress', '.switch', '.check', '.copy', '.site-foot']) {
      if (await page.locator(selector).first().isVisible()) faults.push(`${selector} is on paper`);
    }
    for (const selector of ['.band', '.sign-off', '.case', '.line > .tick']) {
      if (!(await page.locator(selector).first().isVisible())) faults.push(`${selector} is not on paper`);
    }
    const mark = await page.locator('.line > .tick').first().evaluate((tick) => getComputedStyle(tick, '::before').content);
    expect(faults, 'mark in a ticked box', mark, '""');
  }),

  'without scripts it is a plain list': async (kit) => during(kit, liveSheet(kit.site), async ({ page, faults }) => {
    for (const selector of ['.tools', '.progress-count', '.check']) {
      if (await page.locator(selector).first().isVisible()) faults.push(`${selector} shows and does nothing`);
    }
    if (!(await page.locator('.line > .tick').first().isVisible())) faults.push('no box in front of an item');
    if (!(await page.locator('.progress .mode').isVisible())) faults.push('mode is not in sight');
  }, { javaScriptEnabled: false }),

  'where nothing can be kept it says so': async (kit) => {
    const context = await kit.browser.newContext();
    await context.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
    });
    const page = await context.newPage();
    await page.goto(kit.server.address(liveSheet(kit.site)));
    const faults = [];
    if (!(await page.locator('.tools-notice').innerText())) faults.push('says nothing');
    await box(page, 0).check();
    expect(faults, 'ticks', (await progress(page)).split(' ')[0], '1');
    await context.close();
    return faults;
  },

  'by keyboard alone': async (kit) => during(kit, liveSheet(kit.site), async ({ page, faults }) => {
    const reach = async (selector) => {
      for (let step = 0; step < 80; step += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return true;
      }
      faults.push(`${selector} is out of reach`);
      return false;
    };
    if (await reach('.check')) {
      const look = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      expect(faults, 'focus is seen', look, 'solid');
      await page.keyboard.press('Space');
      expect(faults, 'ticked by the blank key', (await progress(page)).split(' ')[0], '1');
    }
    const isHidden = await page.evaluate(() => {
      const bar = document.querySelector('.progress').getBoundingClientRect();
      const own = document.activeElement.getBoundingClientRect();
      return own.top < bar.bottom - 1 && bar.top <= 0;
    });
    expect(faults, 'focus under the bar', isHidden, false);
    const name = await box(page, 0).getAttribute('aria-label');
    if (!/^\d+\.\d+ /.test(name)) faults.push(`name lacks the step's number: ${name}`);
  }),

  'boxes and buttons are 44 px at 320 px, dark, nothing sideways': async (kit) => during(kit, liveSheet(kit.site), async ({ page, faults }) => {
    await page.locator('.case-tools summary').click();
    for (const selector of ['.check', '.tools .button', '.copy', '.switch .mode', '.case-row select']) {
      const size = await page.locator(selector).first().boundingBox();
      if (size.width < 44 || size.height < 44) faults.push(`${selector} is ${size.width} × ${size.height}`);
    }
    expect(faults, 'width', await page.evaluate(() => document.documentElement.scrollWidth), 320);
    for (let index = 0; index < 3; index += 1) await box(page, index).check();
    faults.push(...await axeFaults(kit, page));
  }, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }),

  'sites on one origin, in one place and on one disk keep their own ticks and cases': async (kit) => {
    const file = liveSheet(kit.site);
    const server = await serve(kit.site.root, ['one/', 'two/']);
    const html = fs.readFileSync(path.join(kit.site.root, file), 'utf8');
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tickbook-sites-'));
    for (const copy of ['one', 'two']) fs.cpSync(kit.site.root, path.join(folder, copy), { recursive: true });
    const disk = (copy) => pathToFileURL(path.join(folder, copy, file)).href;
    const faults = [];
    const context = await kit.browser.newContext();
    const page = await context.newPage();
    const count = async (address) => {
      await page.goto(address);
      return page.locator('.check:checked').count();
    };
    try {
      for (const [one, two] of [[server.address(`one/${file}`), server.address(`two/${file}`)], [disk('one'), disk('two')]]) {
        await page.goto(one);
        await page.locator('.case-tools summary').click();
        await page.locator('input[data-case]').first().fill(CANARY);
        await page.locator('[data-do="save"]').click();
        await box(page, 0).check();
        expect(faults, `ticks of another site beside ${one}`, await count(two), 0);
        if ((await page.locator('.case-name').innerText()).includes('canary')) faults.push(`${two} shows a case of ${one}`);
        expect(faults, 'ticks of the site itself', await count(one), 1);
      }
      server.texts.set(`one/${file}`, html.replace(/data-site="[0-9a-f]{8}"/, 'data-site="00000000"'));
      expect(faults, 'ticks of the site that stood in its place before', await count(server.address(`one/${file}`)), 0);
    } finally {
      await context.close();
      server.close();
      fs.rmSync(folder, { recursive: true });
    }
    return faults;
  },

  'what was kept before sites were told apart is taken over once': async (kit) => during(kit, liveSheet(kit.site), async ({ page, faults }) => {
    await box(page, 0).check();
    await page.evaluate(() => {
      for (const [key, value] of Object.entries({ ...localStorage })) localStorage.setItem(key.replace(/^tickbook:[^:]*:/, 'tickbook:'), value);
      for (const key of Object.keys(localStorage)) if (/^tickbook:[^:]*-/.test(key)) localStorage.removeItem(key);
    });
    await page.reload();
    expect(faults, 'ticks of before', await page.locator('.check:checked').count(), 1);
    expect(faults, 'left behind', await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('tickbook:ticks')).length), 0);
  }),

  'every tab and the page behind the back button follow the case': async (kit) => {
    const file = guideOf(kit.site);
    const faults = [];
    const context = await kit.whole.newContext();
    const cases = async (page) => page.evaluate(() => Object.keys(localStorage).map((key) => /:ticks:(\d+):/.exec(key)?.[1]).filter(Boolean).sort().join());
    try {
      const guide = await context.newPage();
      await guide.goto(kit.server.address(file));
      await guide.evaluate(() => addEventListener('pageshow', ({ persisted }) => { globalThis.isReturned = persisted; }));
      await guide.locator('.guide a[data-items]').first().click();
      await guide.waitForLoadState();
      await guide.locator('.case-tools summary').click();
      await guide.locator('[data-do="add"]').click();
      // A page that is kept whole loads nothing, which `goBack` would wait for.
      await guide.evaluate(() => { setTimeout(() => history.back()); });
      await guide.waitForURL(kit.server.address(file), { waitUntil: 'commit' });
      await guide.waitForFunction(() => globalThis.isReturned, null, { timeout: 5000 }).catch(() => faults.push('the browser did not keep the page'));
      await guide.locator('.content .check').first().check();
      expect(faults, 'case of a tick after Back', await cases(guide), '2');
      const [sheet, other] = [await context.newPage(), await context.newPage()];
      const link = await guide.locator('.guide a[data-items]').first().getAttribute('href');
      for (const page of [sheet, other]) await page.goto(new URL(link, kit.server.address(file)).href);
      for (const page of [sheet, other]) await page.locator('.case-tools summary').click();
      await other.locator('input[data-case]').first().fill('적어 둔 이름');
      await sheet.locator('[data-do="add"]').click();
      await sheet.locator('input[data-case]').first().fill('셋째 상점');
      await sheet.locator('[data-do="save"]').click();
      await other.waitForFunction(() => document.querySelector('.case-name').textContent === '셋째 상점');
      expect(faults, 'input in the other tab', await other.locator('input[data-case]').first().inputValue(), '셋째 상점');
      await box(other, 1).check();
      await guide.locator('.content .check').nth(1).check();
      expect(faults, 'cases of ticks in other tabs', await cases(guide), '2,3');
      await sheet.waitForFunction(() => document.querySelectorAll('.check:checked').length > 0);
      await other.locator('#case-choice').selectOption('2');
      expect(faults, 'what was typed of the second case', await other.locator('input[data-case]').first().inputValue(), '적어 둔 이름');
      await sheet.waitForFunction(() => document.querySelector('#case-choice').value === '2');
    } catch (error) {
      faults.push(error.message.split('\n')[0]);
    } finally {
      await context.close();
    }
    return faults;
  },

  'damaged storage kills no page': async (kit) => {
    const faults = [];
    const values = [
      '', '{', 'null', '5', '"x"', '[]', '[null]', '{"list":5}', '{"list":[null,1,"x",[]]}', '{"current":{},"list":[{"id":1}]}',
      '{"current":"1","list":[{"id":"1","values":null},{"id":"1"},{"id":"-1"},{"id":"99999999999999999999"}]}',
      '{"current":"2","list":[{"id":"2","values":{"merchant":{"toString":1,"valueOf":1},"date":["x"]}}]}',
      '{"__proto__":{"list":[]},"list":[{"id":"__proto__","values":{"__proto__":"x"}}],"toString":1}',
      '{"a":{"toString":1,"valueOf":1},"b":["0123abcd"],"__proto__":"0123abcd","constructor":"0123abcd"}',
      `"${'x'.repeat(3_000_000)}"`, '['.repeat(100_000),
    ];
    for (const file of [liveSheet(kit.site), guideOf(kit.site)]) {
      faults.push(...await during(kit, file, async ({ page, faults: found }) => {
        const boxes = page.locator('.sheet .check, .content .check');
        await boxes.first().check();
        const ticks = await page.evaluate(() => Object.keys(localStorage).find((key) => key.includes(':ticks:')));
        const names = [ticks, ticks.replace(/:ticks:.*/, ':cases'), 'tickbook:cases'];
        for (const value of values) {
          await page.evaluate(([keys, text]) => {
            localStorage.clear();
            for (const key of keys) localStorage.setItem(key, text.slice(0, 4_000_000 / keys.length));
          }, [names, value]);
          await page.reload();
          await boxes.nth(1).check();
          await page.reload();
          expect(found, `${file}: second box after ${value.slice(0, 60)}`, await boxes.nth(1).isChecked(), true);
        }
        await page.evaluate(() => {
          localStorage.clear();
          for (let size = 2_000_000; size > 0; size = Math.floor(size / 2)) {
            try { for (let at = 0; ; at += 1) localStorage.setItem(`full-${size}-${at}`, 'x'.repeat(size)); } catch { /* it is full */ }
          }
        });
        await page.reload();
        await boxes.nth(1).check();
        expect(found, `${file}: ticked in a full storage`, await boxes.nth(1).isChecked(), true);
        if (!(await page.locator('.tools-notice').first().innerText())) found.push(`${file}: does not say that the storage is full`);
        await page.evaluate(() => localStorage.clear());
        await boxes.nth(2).check();
        await page.reload();
        expect(found, `${file}: kept once there is room`, await boxes.nth(2).isChecked(), true);
      }));
    }
    return faults;
  },

  'opened from disk it ticks and keeps': async (kit) => {
    const context = await kit.browser.newContext();
    const page = await context.newPage();
    const faults = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(pathToFileURL(path.join(kit.site.root, liveSheet(kit.site))).href);
    await box(page, 0).check();
    await page.reload();
    expect(faults, 'after reload', (await progress(page)).split(' ')[0], '1');
    await context.close();
    return faults;
  },

  'an address with markup in its query is only an address': async (kit) => during(kit, liveSheet(kit.site), async ({ page, faults }) => {
    for (const file of ['index.html', liveSheet(kit.site)]) {
      await page.goto(`${kit.server.address(file)}?q=%3Cimg%20src=x%20onerror=alert(1)%3E#%3Cimg%20src=x%3E`);
      expect(faults, `images in ${file}`, await page.locator('img[src="x"]').count(), 0);
    }
  }),

  'pages are light and do not shift': async (kit) => {
    const faults = [];
    const illustrated = kit.site.pages.filter(({ elements }) => elements.some(({ name }) => name === 'img'));
    for (const file of [guideOf(kit.site), longest(checklists(kit.site)).file, longest(illustrated).file]) {
      faults.push(...await during(kit, file, async ({ page, faults: found, requests }) => {
        const files = [...new Set(requests)].filter((url) => /\.(html|css|js)$/.test(new URL(url).pathname) && !/search/.test(url));
        const weigh = (url) => zlib.gzipSync(fs.readFileSync(path.join(kit.site.root, decodeURIComponent(new URL(url).pathname)))).length;
        const bytes = files.map(weigh).reduce((sum, size) => sum + size, 0);
        const script = files.filter((url) => url.endsWith('.js')).map(weigh).reduce((sum, size) => sum + size, 0);
        if (bytes > MOST_PAGE_BYTES) found.push(`${file}: ${bytes} bytes`);
        if (script > MOST_SCRIPT_BYTES) found.push(`${file}: scripts of ${script} bytes`);
        await page.reload();
        await page.evaluate(readDown);
        const { shift, moved } = await page.evaluate(watchLoad);
        if (shift > MOST_SHIFT) found.push(`${file}: layout shift ${shift}: ${moved.join(', ')}`);
        const { busy, longest, middle } = await mainThread(page);
        if (busy > MOST_BUSY_MS) found.push(`${file}: main thread busy for ${busy} ms in all`);
        if (longest > MOST_TASK_MS) found.push(`${file}: main thread busy for ${longest} ms at a time`);
        console.log(`      ${file}: ${bytes} bytes gzipped, scripts ${script}, main thread ${busy} ms (middle load ${middle}), ${longest} ms at a time, shift ${shift}`);
      }));
    }
    return faults;
  },
};
