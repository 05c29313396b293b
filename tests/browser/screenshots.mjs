// Takes pictures of one page of each kind: node screenshots.mjs SITE FOLDER [--pages N] [--fold]
//
// Three widths, both themes, whole pages; with --fold only what the window shows.

import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TIMEOUT, launch, open } from './chromium.mjs';
import { readSite, samplePages } from './site.mjs';

const WIDTHS = [320, 768, 1280];
const THEMES = ['light', 'dark'];
const HEIGHT = 900;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pages: { type: 'string', default: '0' }, fold: { type: 'boolean', default: false } },
});
if (positionals.length !== 2) {
  console.error('usage: node screenshots.mjs SITE FOLDER [--pages N] [--fold]');
  process.exit(2);
}
const [folder, target] = positionals;
const site = readSite(folder);
fs.mkdirSync(target, { recursive: true });
const browser = await launch();
try {
  const names = new Map();
  for (const { kind, file } of samplePages(site, Number(values.pages))) {
    const count = (names.get(kind) ?? 0) + 1;
    names.set(kind, count);
    const name = count === 1 ? kind : `${kind}-${count}`;
    const context = await browser.newContext({ viewport: { width: WIDTHS[0], height: HEIGHT }, reducedMotion: 'reduce' });
    const { page } = await open(context, site, file);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHT });
      for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme });
        const picture = path.join(target, `${name}-${width}-${theme}.png`);
        await page.screenshot({ path: picture, fullPage: !values.fold, timeout: TIMEOUT });
        console.log(`${picture}  ${file}`);
      }
    }
    await context.close();
  }
} finally {
  await browser.close();
}
