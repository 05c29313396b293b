// Loads the index by script tags, for a page opened from disk may load nothing else.

/** Files that were asked for, by name. @type {Map<string, { promise: Promise<any>, take: (content: any) => void }>} */
const asked = new Map();

/** Called by every file of the index with its name and content. */
/** @type {any} */ (globalThis).tickbookSearch = (/** @type {string} */ name, /** @type {any} */ content) => asked.get(name)?.take(content);

/**
 * The content of a file of the index.
 * @param {string} name @param {string} address
 * @returns {Promise<any>}
 */
function loadFile(name, address) {
  const before = asked.get(name);
  if (before) return before.promise;
  /** @type {(content: any) => void} */
  let take = () => {};
  const promise = new Promise((resolve, reject) => {
    take = resolve;
    const script = document.createElement('script');
    script.src = address;
    script.onerror = () => {
      // What did not load is asked for again the next time.
      asked.delete(name);
      reject(new Error(`did not load: ${address}`));
    };
    script.onload = () => script.remove();
    document.head.append(script);
  });
  asked.set(name, { promise, take });
  return promise;
}

/**
 * Opens an index of the site whose root is `root`: that of the main language, or of the one whose folder is given.
 * @param {string} root @param {string} [folder]
 */
async function openEngine(root, folder = 'search') {
  const head = await loadFile('index', `${root}${folder}/index.js`);
  return new Engine(new Index(head, (name) => loadFile(name, `${root}search/${head.folder}/${name}.js`)));
}

// For pages of a project's own, and for tests.
/** @type {any} */ (globalThis).tickbookOpenSearch = openEngine;
