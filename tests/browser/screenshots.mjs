// Takes pictures of one page of each kind, in each state:
//
//   node screenshots.mjs SITE FOLDER [--pages N] [--fold] [--only NAME]
//
//   --pages N     N more pages
//   --fold        only what the window shows
//   --only NAME   pages and states whose name holds NAME
//
// Three widths, both themes, whole pages.

import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TIMEOUT, launch, open } from './chromium.mjs';
import { readSite, samplePages } from './site.mjs';
import { statesOf } from './states.mjs';

const WIDTHS = [360, 768, 1440];
const THEMES = ['light', 'dark'];
const HEIGHT = 900;
const PLAIN = { name: '', act: async () => {} };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pages: { type: 'string', default: '0' }, fold: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
if (positionals.length !== 2) {
  console.error('usage: node screenshots.mjs SITE FOLDER [--pages N] [--fold] [--only NAME]');
  process.exit(2);
}
const [folder, target] = positionals;
const site = readSite(folder);
fs.mkdirSync(target, { recursive: true });

/** Pictures of one state of one page, at one width, in both themes. */
async function take(browser, file, name, state, width) {
  const context = await browser.newContext({ viewport: { width, height: HEIGHT }, reducedMotion: 'reduce' });
  const { page } = await open(context, site, file);
  await state.act(page);
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    const picture = path.join(target, `${name}-${width}-${theme}.png`);
    await page.screenshot({ path: picture, fullPage: !values.fold && !state.fold, timeout: TIMEOUT });
    console.log(`${picture}  ${file}`);
  }
  await context.close();
}

const browser = await launch();
try {
  const names = new Map();
  for (const { kind, file } of samplePages(site, Number(values.pages))) {
    const count = (names.get(kind) ?? 0) + 1;
    names.set(kind, count);
    for (const width of WIDTHS) {
      const states = count === 1 ? [PLAIN, ...statesOf(kind, width, site.pages.find((one) => one.file === file))] : [PLAIN];
      for (const state of states) {
        const name = [kind, count > 1 && count, state.name].filter(Boolean).join('-');
        if (name.includes(values.only)) await take(browser, file, name, state, width);
      }
    }
  }
} finally {
  await browser.close();
}
