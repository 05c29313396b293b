// The search client of a built site under Node: its own script, with files read where a browser
// would load them.

import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

/**
 * Opens the search of the site in `folder`; `files` gathers what was loaded, the client first.
 * `change` may give the client another content for a file of the index than the site has.
 * `index` is the folder of the language's index.
 * @param {string} folder
 * @param {(name: string, content: any) => any} change
 * @param {string} [index]
 */
export async function openSearch(folder, change = (_, content) => content, index = undefined) {
  const assets = fs.readdirSync(path.join(folder, 'assets'));
  const client = path.join('assets', assets.find((name) => /^search\.[0-9a-f]+\.js$/.test(name)) ?? '');
  const files = [client];
  const context = vm.createContext({ console });
  context.document = {
    addEventListener() {},
    createElement: () => ({ remove() {} }),
    head: { append: (/** @type {any} */ script) => queueMicrotask(() => load(script)) },
  };
  const run = (/** @type {string} */ file) => vm.runInContext(fs.readFileSync(path.join(folder, file), 'utf8'), context);
  const load = (/** @type {any} */ script) => {
    if (!fs.existsSync(path.join(folder, script.src))) return script.onerror();
    files.push(script.src);
    run(script.src);
    script.onload();
  };
  run(client);
  const take = context.tickbookSearch;
  context.tickbookSearch = (/** @type {string} */ name, /** @type {any} */ content) => take(name, change(name, content));
  const engine = await context.tickbookOpenSearch('', index);
  return { engine, files };
}

/** Path of a found document below the content folder. */
export const pathOf = ([address, , , , written]) => written || address.replace(/\.html$/, '.md');
