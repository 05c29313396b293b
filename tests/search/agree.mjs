// Asks a built site's client what the command line was asked, and compares: tests/search.rs writes
// the answers, which both must give. Nonsense must find nothing, at least 95 times of 100.
//
//   node agree.mjs SITE ANSWERS [INDEX]
//
// INDEX is the folder of a language's index, such as search/ja. Nonsense is asked without it only.

import fs from 'node:fs';
import { openSearch, pathOf } from './client.mjs';
import { nonsense } from './nonsense.mjs';

const SEED = 20260;
const COUNT = 200;
const LEAST_EMPTY = 0.95;

/** Differences between the client of the site in `folder` and the answers in `file`, those of a language's index if one is named. */
export async function disagreements(folder, file, index = undefined) {
  const { engine } = await openSearch(folder, undefined, index);
  const wrong = [];
  const answers = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const { query, reading, found, total } of index ? answers[index] : answers) {
    const answer = await engine.search(query);
    const own = await Promise.all(answer.found.slice(0, 5).map(async ({ document, row, score }) => {
      const [best] = await engine.places(document, answer.words);
      return `${pathOf(row)}${best?.anchor ? `#${best.anchor}` : ''} ${score.toFixed(3)}`;
    }));
    const all = answer.found.length + answer.rest.length;
    if (answer.reading !== reading || all !== total || JSON.stringify(own) !== JSON.stringify(found)) {
      wrong.push(`${query}: the client reads ${answer.reading} and finds ${own.join(', ')}, ${all} in all; expected ${reading} and ${found.join(', ')}, ${total} in all`);
    }
  }
  return wrong;
}

/** Nonsense that finds something, when it is too much. */
export async function found(folder) {
  const { engine } = await openSearch(folder);
  const answered = [];
  for (const query of nonsense(SEED, COUNT)) {
    const answer = await engine.search(query);
    if (answer.found.length) answered.push(`${query} finds ${answer.found[0].row[1]}`);
  }
  return answered.length <= COUNT * (1 - LEAST_EMPTY) ? [] : answered;
}

if (process.argv[1]?.endsWith('agree.mjs')) {
  const [folder, file, index] = process.argv.slice(2);
  const faults = [...await disagreements(folder, file, index), ...index ? [] : await found(folder)];
  console.log(faults.join('\n') || 'agreed');
  process.exitCode = faults.length ? 1 : 0;
}
