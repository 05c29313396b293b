// Opens a page of each kind at both widths, in both themes and in forced colours, untouched and in every state that a
// reader can bring it into: accessibility by axe-core, no sideways scrolling, and no request but to
// the site's own files.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { open, within } from './chromium.mjs';
import { statesOf } from './states.mjs';

export const WIDTHS = [320, 1280];
export const THEMES = ['light', 'dark'];
/** How a page may be shown: in a theme, or in the colours that a reader's system forces. */
const LOOKS = [...THEMES.map((colorScheme) => ({ name: colorScheme, media: { colorScheme, forcedColors: 'none' } })), { name: 'forced colours', media: { colorScheme: 'light', forcedColors: 'active' } }];
const HEIGHT = 900;
export const AXE = {
  runOnly: {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
  },
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
  // It would fetch the style sheet again, which no page may do from disk.
  preload: false,
};

/** Every part that can be opened is open. */
const ALL_OPEN = {
  name: '',
  act: (page) => page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  }),
};

/** Adds the checks of `samples` ([{ kind, file }]) to `report`. */
export async function checkPages(browser, site, samples, report) {
  const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await checkBarePage(browser, site, axe, report);
  await checkServedPage(browser, site, report);
  const kinds = new Set();
  for (const { kind, file } of samples) {
    await checkPage(browser, site, { kind, file, state: ALL_OPEN, widths: WIDTHS }, axe, report);
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    for (const width of WIDTHS) {
      for (const state of statesOf(kind, width, site.pages.find((one) => one.file === file))) {
        await checkPage(browser, site, { kind, file, state, widths: [width] }, axe, report);
      }
    }
  }
}

/** The page for what is not there finds no style sheet from disk, and has a plain look of its own. */
async function checkBarePage(browser, site, axe, report) {
  if (!site.files.has('404.html')) return;
  for (const colorScheme of THEMES) {
    const context = await browser.newContext({ viewport: { width: WIDTHS[0], height: HEIGHT }, colorScheme });
    const page = await context.newPage();
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => { globalThis.refused = violatedDirective; });
    });
    await page.goto(pathToFileURL(path.join(site.root, '404.html')).href);
    await page.evaluate(axe);
    const faults = (await page.evaluate((options) => globalThis.axe.run(document, options), AXE)).violations.map(describe);
    const { font, shown, refused } = await page.evaluate(() => ({
      font: getComputedStyle(document.body).fontFamily,
      shown: [...document.querySelectorAll('.search, .skip-link')].some((part) => part.checkVisibility()),
      refused: globalThis.refused,
    }));
    if (!font.includes('Noto Sans KR')) faults.push(`font: ${font}`);
    if (shown) faults.push('parts that need the style sheet or a script show');
    if (refused) faults.push(`the policy refused: ${refused}`);
    faults.push(...await page.evaluate(findOverflow));
    report.add('bare', `404 from disk, ${colorScheme}`, faults);
    await context.close();
  }
}

/** Where the style sheet is found, nothing of the plain look is left: the 404 page looks like the rest. */
async function checkServedPage(browser, site, report) {
  if (!site.files.has('404.html')) return;
  for (const width of WIDTHS) {
    const context = await browser.newContext({ viewport: { width, height: HEIGHT } });
    const seen = [];
    for (const file of ['404.html', 'index.html']) {
      const { page } = await open(context, site, file);
      seen.push(await page.evaluate(lookOfFrame));
    }
    const [missing, home] = seen;
    const faults = Object.keys(home).filter((part) => missing[part] !== home[part]).map((part) => `${part}: ${missing[part]}, not ${home[part]}`);
    report.add('served', `404 looks like the home page, ${width} px`, faults);
    await context.close();
  }
}

/** Runs in the page: places and colours of the parts that stand around every page; a site with a logo of its own has no tick. */
function lookOfFrame() {
  const parts = ['html', 'body', '.site-bar', '.site-title', '.logo path', '.search', '.site-checklists', '.site-categories', '.side', '.site-foot', 'h1'];
  return Object.fromEntries(parts.map((part) => {
    const element = document.querySelector(part);
    if (!element) return [part, 'none'];
    const { x, width } = element.getBoundingClientRect();
    const { backgroundColor, color, stroke, fontFamily, fontSize } = getComputedStyle(element);
    const place = part === 'h1' ? '' : `${Math.round(x)} + ${Math.round(width)} px`;
    return [part, [place, backgroundColor, color, stroke, fontFamily, fontSize].join(' | ')];
  }));
}

async function checkPage(browser, site, { kind, file, state, widths }, axe, report) {
  const name = state.name ? `${kind}, ${state.name}` : kind;
  const context = await browser.newContext({ viewport: { width: widths[0], height: HEIGHT }, reducedMotion: 'reduce' });
  try {
    const { page, faults } = await open(context, site, file);
    await state.act(page);
    await page.evaluate(axe);
    for (const width of widths) {
      await page.setViewportSize({ width, height: HEIGHT });
      await report.run('width', `${name} at ${width} px  ${file}`, async () => ({
        faults: await within(page.evaluate(findOverflow), 'overflow'),
      }));
      for (const look of LOOKS) {
        await page.emulateMedia(look.media);
        await report.run('axe', `${name} at ${width} px, ${look.name}  ${file}`, async () => ({
          faults: (await within(page.evaluate((options) => globalThis.axe.run(document, options), AXE), 'axe')).violations.map(describe),
        }));
      }
    }
    report.add('requests', `${name}  ${file}`, faults);
  } catch (error) {
    report.add('page', `${name}  ${file}`, [String(error.message)]);
  } finally {
    await context.close();
  }
}

/** What an axe violation is and where. */
export function describe({ id, impact, help, nodes }) {
  const places = nodes.slice(0, 4).map((node) => {
    const because = [...node.any, ...node.all, ...node.none].map(({ message }) => message)[0] ?? '';
    return `\n  ${node.target.join(' ')}  ${because}`;
  });
  return `${id} (${impact}): ${help}, ${nodes.length} places${places.join('')}`;
}

/** Runs in the page: what makes it wider than the window. */
function findOverflow() {
  const root = document.documentElement;
  const width = root.clientWidth;
  if (Math.max(root.scrollWidth, document.body.scrollWidth) <= width) return [];
  const scrolls = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== 'visible') return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element))
    .map((element) => {
      const name = element.tagName.toLowerCase() + (element.id ? `#${element.id}` : '') + (element.classList.length ? `.${[...element.classList].join('.')}` : '');
      return `${name} reaches ${Math.ceil(element.getBoundingClientRect().right)} px: ${element.textContent.trim().slice(0, 60)}`;
    });
  return [`page is ${root.scrollWidth} px wide, window ${width} px`, ...wide.slice(-8)];
}
