// Prints checklists to PDF as a reader would, without background graphics, and reads the PDF back:
// A4, one or two pages, every text there and inside the sheet, items and headings kept together.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { open, within } from './chromium.mjs';

const A4 = { width: 595.28, height: 841.89 };
const MOST_PAGES = 2;
const TIMEOUT = 30_000;

/** Adds one check for each of `files` to `report`; PDFs stay in `keep` when it is given. */
export async function checkPrints(browser, site, files, report, keep) {
  const folder = keep ?? fs.mkdtempSync(path.join(os.tmpdir(), 'tickbook-print-'));
  fs.mkdirSync(folder, { recursive: true });
  const context = await browser.newContext();
  try {
    for (const file of files) {
      await report.run('print', file, () => checkPrint(context, site, file, folder));
    }
  } finally {
    await context.close();
    if (!keep) fs.rmSync(folder, { recursive: true });
  }
}

async function checkPrint(context, site, file, folder) {
  const { page, faults } = await open(context, site, file);
  let expected;
  const pdf = path.join(folder, `${file.replace(/\.html$/, '').replaceAll('/', '_')}.pdf`);
  try {
    await page.emulateMedia({ media: 'print' });
    expected = await within(page.evaluate(readSheet), 'reading the sheet');
    const bytes = await within(page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: false }), 'printing');
    fs.writeFileSync(pdf, bytes);
  } finally {
    await page.close();
  }
  const pages = readPdf(pdf);
  faults.push(...expected.clipped, ...expected.repeated, ...expected.shouted, ...wrongPaper(pages), ...missingText(expected, pages), ...splitParts(expected, pages));
  return { faults, note: `${pages.length} ${pages.length === 1 ? 'page' : 'pages'}, ${expected.items.length} items` };
}

/** Runs in the page under print media: its texts by item, and what is cut off. */
function readSheet() {
  const sheet = document.querySelector('.sheet') ?? document.body;
  const isShown = (element) => element.checkVisibility?.() !== false && element.getClientRects().length > 0;
  const textsOf = (root) => {
    const texts = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const box = element.getBoundingClientRect();
      // Text of one pixel is there for screen readers only.
      if (node.data.trim() && isShown(element) && box.width > 1 && box.height > 1) texts.push(node.data);
    }
    return texts;
  };
  const clipped = [...sheet.querySelectorAll('*')]
    .filter((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      const cutsX = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
      const cutsY = overflowY !== 'visible' && element.scrollHeight > element.clientHeight + 1;
      return element.clientWidth > 1 && element.textContent.trim() && (cutsX || cutsY);
    })
    .map((element) => `cut off: ${element.textContent.trim().slice(0, 60)}`);
  const words = (element) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const items = [...sheet.querySelectorAll('.item')];
  const labelOf = (item) => item.querySelector(':scope > .line > .label');
  const repeated = items
    .filter((item) => {
      const label = words(labelOf(item));
      const titles = [...item.querySelectorAll(':scope > .body > :first-child :is(summary, .callout-title)')].filter(isShown);
      return label && titles.some((title) => words(title) === label);
    })
    .map((item) => `says its title twice: ${words(labelOf(item))}`);
  const LONGEST_NAME = 40;
  const shouted = items
    .filter((item) => words(labelOf(item)).length > LONGEST_NAME && item.querySelector('.line > .verify'))
    .filter((item) => Number(getComputedStyle(labelOf(item)).fontWeight) > 500)
    .map((item) => `a whole sentence in bold: ${words(labelOf(item))}`);
  return {
    repeated,
    shouted,
    texts: textsOf(sheet),
    labels: [...sheet.querySelectorAll('.item .label, .choice .label')].filter(isShown).map((label) => textsOf(label)),
    items: [...sheet.querySelectorAll('.item:not(.long)')].map((item) => textsOf(item)),
    headings: [...sheet.querySelectorAll('.section')].map((section) => {
      const head = section.querySelector('.section-head h2');
      const next = section.querySelector('.notice, .path, .item .line, .item.plain, .sign-off, .nothing');
      return { head: head ? textsOf(head) : [], next: next ? textsOf(next) : [] };
    }),
    clipped,
  };
}

function readPdf(pdf) {
  const tool = (name, ...options) => {
    const run = spawnSync(name, options, { encoding: 'utf8', timeout: TIMEOUT, maxBuffer: 1 << 28 });
    if (run.error || run.status !== 0) throw new Error(`${name}: ${run.error?.message ?? run.stderr}`);
    return run.stdout;
  };
  const count = Number(/^Pages:\s+(\d+)/m.exec(tool('pdfinfo', pdf))[1]);
  const boxes = [...tool('pdftotext', '-bbox', pdf, '-').matchAll(/<page width="([\d.]+)" height="([\d.]+)">([\s\S]*?)<\/page>/g)];
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1);
    const [, width, height, body] = boxes[index];
    const words = [...body.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</g)];
    return {
      width: Number(width),
      height: Number(height),
      words: words.map(([, xMin, yMin, xMax, yMax, text]) => ({ xMin: Number(xMin), yMin: Number(yMin), xMax: Number(xMax), yMax: Number(yMax), text })),
      raw: squeeze(tool('pdftotext', '-raw', '-f', number, '-l', number, pdf, '-')),
      flow: squeeze(tool('pdftotext', '-f', number, '-l', number, pdf, '-')),
    };
  });
}

function squeeze(text) {
  return text.normalize('NFC').replace(/[\s\u00a0\u00ad\u200b\u2060\u2002\u2003]+/g, '');
}

function wrongPaper(pages) {
  const faults = [];
  if (pages.length > MOST_PAGES) faults.push(`${pages.length} pages; at most ${MOST_PAGES}`);
  pages.forEach(({ width, height, words }, index) => {
    if (Math.abs(width - A4.width) > 2 || Math.abs(height - A4.height) > 2) {
      faults.push(`page ${index + 1} is ${width} × ${height} pt, not A4`);
    }
    if (words.length === 0) faults.push(`page ${index + 1} is empty`);
    for (const word of words) {
      if (word.xMin < -1 || word.xMax > width + 1 || word.yMin < -1 || word.yMax > height + 1) {
        faults.push(`page ${index + 1}: "${word.text}" reaches over the edge of the paper`);
      }
    }
  });
  return faults;
}

const isOn = (page, text) => page.raw.includes(text) || page.flow.includes(text);

/** Whether a text is in the PDF, in one piece or broken once between two pages. */
function isThere(text, pages) {
  if (pages.some((page) => isOn(page, text))) return true;
  for (let cut = 1; cut < text.length; cut += 1) {
    const [start, end] = [text.slice(0, cut), text.slice(cut)];
    if (pages.some((page, index) => isOn(page, start) && pages[index + 1] && isOn(pages[index + 1], end))) return true;
  }
  return false;
}

function missingText({ texts, labels }, pages) {
  const faults = [];
  for (const label of labels) {
    const missing = label.map(squeeze).filter((text) => !isThere(text, pages));
    if (missing.length > 0) faults.push(`label not in the PDF: ${label.join('').trim()}`);
  }
  for (const text of new Set(texts.map(squeeze))) {
    if (!isThere(text, pages)) faults.push(`text not in the PDF: ${text.slice(0, 100)}`);
  }
  return faults;
}

function splitParts({ items, headings }, pages) {
  const faults = [];
  const together = (texts) => pages.some((page) => texts.every((text) => isOn(page, squeeze(text))));
  for (const item of items) {
    if (!together(item)) faults.push(`item is split between pages: ${item.join(' ').trim().slice(0, 80)}`);
  }
  for (const { head, next } of headings) {
    if (!together([...head, ...next])) faults.push(`heading stands apart from what follows: ${head.join(' ').trim()}`);
  }
  return faults;
}
