// Starts Debian's Chromium and opens pages of a site from disk, with every request watched.

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

/** Longest any single step in the browser may take. */
export const TIMEOUT = 30_000;

/** Starts the browser named by CHROMIUM, or /usr/bin/chromium; with `keepsPages`, it keeps pages for the back button as it does for people. */
export function launch({ keepsPages = false } = {}) {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromiumSandbox: !isRoot,
    timeout: TIMEOUT,
    ignoreDefaultArgs: keepsPages ? ['--disable-back-forward-cache'] : [],
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
    ],
  });
}

/**
 * Opens `file` of the site; gives the page and a list that gathers what went wrong meanwhile:
 * requests that leave the site's folder, files that do not load, and errors of the page.
 */
export async function open(context, site, file) {
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT);
  await page.addInitScript(layOutAll);
  const faults = [];
  const home = `${pathToFileURL(site.root).href}/`;
  const hosts = namedHosts(site, file);
  await page.route('**/*', (route) => {
    const url = route.request().url();
    if (url.startsWith(home) || url.startsWith('data:')) return route.continue();
    const served = file === '404.html' && servedFile(site, url);
    if (served) return route.fulfill({ path: served });
    if (hosts.includes(new URL(url).origin)) return route.fulfill({ contentType: 'text/javascript', body: '' });
    faults.push(`request leaves the site: ${url}`);
    return route.abort();
  });
  page.on('requestfailed', (request) => {
    if (request.url().startsWith(home)) faults.push(`did not load: ${decodeURI(request.url().slice(home.length))}`);
  });
  page.on('pageerror', (error) => faults.push(`error in the page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  await page.goto(pathToFileURL(path.join(site.root, file)).href, { waitUntil: 'load', timeout: TIMEOUT });
  await page.evaluate(() => document.fonts.ready.then(() => true));
  return { page, faults };
}

/** Hosts that a page's policy names because its project does; nothing is asked of them here. */
function namedHosts(site, file) {
  const page = site.pages.find((one) => one.file === file);
  const policy = page?.elements.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy');
  return policy?.attributes.content.match(/https:\/\/[^\s;]+/g) ?? [];
}

/** Runs in the page: what is out of sight is laid out too, so that pictures and axe hold all of it. */
function layOutAll() {
  document.addEventListener('DOMContentLoaded', () => {
    for (const part of document.querySelectorAll('.mode-part')) part.style.contentVisibility = 'visible';
  });
}

/** The 404 page leads from the root of the server; from disk its files are found by this. */
function servedFile(site, url) {
  const name = url.startsWith('file:') ? decodeURIComponent(new URL(url).pathname) : '';
  const file = name.slice(site.base.length);
  return name.startsWith(site.base) && site.files.has(file) ? path.join(site.root, file) : null;
}

/** Ends with an error when `promise` takes longer than `TIMEOUT`. */
export function within(promise, what) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer within ${TIMEOUT / 1000} s`)), TIMEOUT);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}
