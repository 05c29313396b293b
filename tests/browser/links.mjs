// Checks without a browser that every relative address of every page leads to a file of the site,
// every fragment to an id, and that no page carries script from content.

import path from 'node:path';

const ADDRESSES = {
  a: ['href'], area: ['href'], audio: ['src'], embed: ['src'], form: ['action'], iframe: ['src'], image: ['href', 'xlink:href'],
  img: ['src', 'srcset'], input: ['src'], link: ['href'], object: ['data'], script: ['src'], source: ['src', 'srcset'],
  track: ['src'], use: ['href', 'xlink:href'], video: ['src', 'poster'],
};
const SAFE_SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** Adds one check a page to `report`. */
export function checkLinks(site, report) {
  const pages = new Map(site.pages.map((page) => [page.file, page]));
  for (const page of site.pages) {
    const faults = [];
    let count = 0;
    for (const { tag, attribute, address } of addressesOf(page)) {
      count += 1;
      const fault = check(site, pages, page, address, tag);
      if (fault) faults.push(`<${tag} ${attribute}="${address}">: ${fault}`);
    }
    faults.push(...unsafe(page), ...sourceFaults(site, pages, page));
    report.add('links', page.file, faults, `${count} addresses`);
  }
}

function addressesOf(page) {
  const found = [];
  for (const { name, attributes } of page.elements) {
    for (const attribute of ADDRESSES[name] ?? []) {
      const value = attributes[attribute];
      if (value === undefined) continue;
      const list = attribute === 'srcset' ? value.split(',').map((part) => part.trim().split(/\s+/)[0]) : [value];
      for (const address of list) found.push({ tag: name, attribute, address });
    }
    if (name === 'meta' && attributes['http-equiv']?.toLowerCase() === 'refresh') {
      const address = /url\s*=\s*(.*)$/i.exec(attributes.content ?? '')?.[1];
      if (address) found.push({ tag: name, attribute: 'content', address });
    }
  }
  return found;
}

function check(site, pages, page, address, tag) {
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(address)?.[0].toLowerCase();
  if (scheme === 'data:') return tag === 'a' ? 'data: address in a link' : null;
  if (scheme) return SAFE_SCHEMES.has(scheme) ? null : 'scheme is not allowed';
  if (address.startsWith('//')) return 'address without a scheme';
  const [beforeFragment, fragment] = splitOnce(address, '#');
  const [encoded] = splitOnce(beforeFragment, '?');
  const name = decode(encoded);
  if (name === null) return 'percent signs that are no UTF-8';
  if (name.includes('\\')) return 'backslash in a path';
  let file = page.file;
  if (name.startsWith('/')) {
    if (page.kind !== '404') return 'leads from the root, does not work from disk';
    if (!name.startsWith(site.base)) return `does not start with ${site.base}`;
    file = name.slice(site.base.length) || 'index.html';
  } else if (name !== '') {
    file = path.posix.normalize(path.posix.join(path.posix.dirname(page.file), name));
  }
  if (file.startsWith('..')) return 'leads out of the site';
  if (!site.files.has(file)) {
    return site.files.has(path.posix.join(file, 'index.html'))
      ? 'leads to a folder, does not work from disk'
      : `no such file: ${file}`;
  }
  if (!fragment || fragment === 'top' || !pages.has(file)) return null;
  const { ids } = pages.get(file);
  return ids.has(fragment) || ids.has(decode(fragment) ?? '') ? null : `no such id in ${file}`;
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function unsafe(page) {
  const faults = [];
  for (const { name, attributes, text } of page.elements) {
    if (name === 'script' && attributes.src === undefined && !/json/.test(attributes.type ?? '') && text.trim()) {
      faults.push('<script> with code in the page');
    }
    if (['base', 'embed', 'iframe', 'object'].includes(name)) faults.push(`<${name}>`);
    for (const attribute of Object.keys(attributes)) {
      if (attribute.startsWith('on')) faults.push(`<${name} ${attribute}>`);
    }
  }
  return faults;
}

/** The address at a checklist's foot leads to the very section of the guide it was taken from. */
function sourceFaults(site, pages, page) {
  const footer = page.elements.find(({ name }) => name === 'html')?.attributes['data-footer'];
  const address = /https?:\/\/\S+/.exec(footer ?? '')?.[0];
  if (page.kind !== 'checklist' || !address) return [];
  const { pathname, hash } = new URL(address);
  if (!hash) return [`source ${address}: names no section`];
  const fault = check(site, pages, { file: page.file, kind: '404' }, pathname + hash, 'a');
  return fault ? [`source ${address}: ${fault}`] : [];
}
