// Checks a built site: links, HTML, policies, accessibility, widths, requests,
// checklists in use and printed ones; former addresses and the live preview of the program that
// TICKBOOK names.
//
//   node run.mjs SITE [--sample N] [--pages N] [--only links,html,policy,pages,checklist,context,print,revision,search,content,reading,moved,brand,feedback,preview] [--keep DIR]
//
//   --sample N   print N checklists, spread evenly, instead of all
//   --pages N    open N more help pages than one of each kind
//   --only LIST  run these groups of checks only
//   --keep DIR   leave the printed PDFs there

import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { checkBrand } from './brand.mjs';
import { checkChecklists } from './checklist.mjs';
import { launch } from './chromium.mjs';
import { checkContent } from './content.mjs';
import { checkContext } from './context.mjs';
import { checkFeedback } from './feedback.mjs';
import { checkHtml } from './html.mjs';
import { checkLinks } from './links.mjs';
import { checkMoved } from './moved.mjs';
import { checkNarrow } from './narrow.mjs';
import { checkPages } from './pages.mjs';
import { checkPolicies } from './policy.mjs';
import { checkPreview } from './preview.mjs';
import { checkPrints } from './print.mjs';
import { checkReading } from './reading.mjs';
import { Report } from './report.mjs';
import { checkRevision } from './revision.mjs';
import { checkSearch } from './search.mjs';
import { evenly, readSite, samplePages, toneOf } from './site.mjs';

const USAGE = 'usage: node run.mjs SITE [--sample N] [--pages N] [--only links,html,policy,pages,checklist,context,print,revision,search,content,reading,moved,brand,feedback,preview] [--keep DIR]';
const GROUPS = ['links', 'html', 'policy', 'pages', 'checklist', 'context', 'print', 'revision', 'search', 'content', 'reading', 'moved', 'brand', 'feedback', 'preview'];

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: 'string' }, pages: { type: 'string', default: '0' },
      only: { type: 'string', default: GROUPS.join(',') }, keep: { type: 'string' },
    },
  });
  const groups = values.only.split(',');
  const numbers = [values.sample ?? '0', values.pages];
  const isValid = positionals.length === 1
    && fs.existsSync(positionals[0])
    && groups.every((group) => GROUPS.includes(group))
    && numbers.every((number) => /^\d+$/.test(number));
  if (!isValid) {
    console.error(USAGE);
    process.exit(2);
  }
  return { ...values, groups, folder: positionals[0] };
}

const options = readArguments();
const site = readSite(options.folder);
const report = new Report();
const checklists = site.pages.filter((page) => page.kind === 'checklist');
console.log(`${site.files.size} files, ${site.pages.length} pages, ${checklists.length} checklists\n`);
report.add('site', 'has pages', site.pages.length > 0 ? [] : ['no .html file in this folder']);
report.add('site', 'has checklists', checklists.length > 0 ? [] : ['no checklist page']);

if (options.groups.includes('links')) checkLinks(site, report);
if (options.groups.includes('html')) checkHtml(site, report);
if (options.groups.includes('policy')) checkPolicies(site, report);
if (['pages', 'checklist', 'context', 'print', 'revision', 'search', 'content', 'reading', 'moved', 'brand', 'feedback', 'preview'].some((group) => options.groups.includes(group))) {
  const browser = await launch();
  try {
    if (options.groups.includes('pages')) {
      await checkPages(browser, site, samplePages(site, Number(options.pages)), report);
    }
    if (options.groups.includes('revision') && checklists.length > 0) {
      await checkRevision(browser, site, checklists[0].file, report);
    }
    if (options.groups.includes('search')) await checkSearch(browser, site, report);
    // What needs a site or a preview of its own is checked where the program is named.
    const tickbook = process.env.TICKBOOK;
    if (options.groups.includes('content') && tickbook) await checkContent(browser, tickbook, report);
    if (options.groups.includes('reading') && tickbook) await checkReading(browser, tickbook, site, report);
    if (options.groups.includes('reading') && tickbook) await checkNarrow(browser, tickbook, report);
    if (options.groups.includes('moved') && tickbook) await checkMoved(browser, tickbook, report);
    if (options.groups.includes('brand') && tickbook) await checkBrand(browser, tickbook, report);
    if (options.groups.includes('feedback') && tickbook) await checkFeedback(browser, tickbook, report);
    if (options.groups.includes('preview') && tickbook) await checkPreview(browser, tickbook, report);
    if (options.groups.includes('checklist')) await checkChecklists(browser, site, report);
    if (options.groups.includes('context')) await checkContext(browser, site, report);
    if (options.groups.includes('print')) {
      const chosen = options.sample === undefined ? checklists : evenly(checklists, Number(options.sample));
      chosen.sort((a, b) => (toneOf(a) < toneOf(b) ? -1 : toneOf(a) > toneOf(b) ? 1 : a.file < b.file ? -1 : 1));
      await checkPrints(browser, site, chosen.map(({ file }) => file), report, options.keep);
    }
  } finally {
    await browser.close();
  }
}
process.exitCode = report.finish() ? 0 : 1;
