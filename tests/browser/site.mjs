// Reads a built site from disk: its files, every HTML page parsed once, and what kind each page is.

import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'parse5';

/** Reads all of `folder`; pages come sorted by path. */
export function readSite(folder) {
  const root = path.resolve(folder);
  const files = listFiles(root).sort();
  const pages = files
    .filter((file) => file.endsWith('.html'))
    .map((file) => readPage(root, file));
  return { root, files: new Set(files), pages, base: baseOf(files, pages) };
}

/** The path the site is served under, as the 404 page's style sheet tells. */
function baseOf(files, pages) {
  const page = pages.find(({ file }) => file === '404.html');
  const sheet = page?.elements.find(({ name, attributes }) => name === 'link' && attributes.rel === 'stylesheet');
  const address = sheet?.attributes.href ?? '';
  const file = files.find((candidate) => address.startsWith('/') && address.endsWith(`/${candidate}`));
  return file ? address.slice(0, -file.length) : '/';
}

function listFiles(root, under = '') {
  return fs.readdirSync(path.join(root, under), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(under, entry.name);
    return entry.isDirectory() ? listFiles(root, file) : [file];
  });
}

function readPage(root, file) {
  const elements = [];
  const ids = new Set();
  walk(parse(fs.readFileSync(path.join(root, file), 'utf8')), (node) => {
    if (!node.tagName) return;
    const attributes = Object.fromEntries(node.attrs.map((attribute) => [attribute.name, attribute.value]));
    elements.push({ name: node.tagName, attributes, text: node.childNodes[0]?.value ?? '' });
    if (attributes.id) ids.add(attributes.id);
    if (node.tagName === 'a' && attributes.name) ids.add(attributes.name);
  });
  const page = { file, elements, ids };
  page.kind = kindOf(page);
  return page;
}

function walk(node, visit) {
  visit(node);
  for (const child of node.childNodes ?? []) walk(child, visit);
  if (node.content) walk(node.content, visit);
}

/** Elements of a page that have the class `name`. */
export function withClass(page, name) {
  return page.elements.filter(({ attributes }) => attributes.class?.split(/\s+/).includes(name));
}

function kindOf(page) {
  const has = (name) => withClass(page, name).length > 0;
  const isRedirect = page.elements.some(
    ({ name, attributes }) => name === 'script' && /\bmoved\.[0-9a-f]+\.js$/.test(attributes.src ?? ''),
  );
  if (isRedirect) return 'redirect';
  if (has('sheet')) return 'checklist';
  if (page.file === '404.html') return '404';
  if (page.file === 'index.html') return 'home';
  if (has('matrix')) return 'matrix';
  if (has('results')) return 'results';
  if (/^(tag|company)\//.test(page.file)) return page.file.split('/')[0];
  if (has('scenarios')) return 'guide';
  if (has('content')) return 'page';
  return 'category';
}

/** Which mode a checklist is for, as its page says. */
export function toneOf(page) {
  return page.elements.find(({ name }) => name === 'html')?.attributes['data-tone'] ?? '';
}

/** One page of each kind, chosen the same way every time: [{ kind, file }]. */
export function samplePages(site, extra = 0) {
  const of = (kind) => site.pages.filter((page) => page.kind === kind);
  const fullest = (pages, size) => [...pages].sort((a, b) => size(b) - size(a) || (a.file < b.file ? -1 : 1))[0];
  const longest = (pages) => fullest(pages, (page) => page.elements.length);
  const chosen = [
    ['home', of('home')[0]],
    ['category', longest(of('category'))],
    ['tag', longest(of('tag'))],
    ['company', longest(of('company'))],
    ['guide', fullest(of('guide'), (page) => withClass(page, 'scenario').length * 1e6 + page.elements.length)],
    ['page', longest(of('page'))],
    ['answers', fullest(site.pages.filter((page) => withClass(page, 'accordion').length > 0), (page) => withClass(page, 'accordion').length)],
    ['matrix', of('matrix')[0]],
    ['results', of('results')[0]],
    ['404', of('404')[0]],
    ...[...new Set(of('checklist').map(toneOf))]
      .sort()
      .map((tone) => [`checklist-${tone}`, longest(of('checklist').filter((page) => toneOf(page) === tone))]),
  ]
    .filter(([, page]) => page)
    .map(([kind, page]) => ({ kind, file: page.file }));
  const rest = ['guide', 'page', 'category', 'tag', 'company'].flatMap(of)
    .filter((page) => !chosen.some(({ file }) => file === page.file))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
  for (const page of evenly(rest, extra)) chosen.push({ kind: page.kind, file: page.file });
  return chosen;
}

/** `count` of `list`, spread evenly. */
export function evenly(list, count) {
  if (count >= list.length) return list;
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)]);
}
