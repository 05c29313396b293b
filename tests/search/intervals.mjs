// Asks a benchmark's queries of several engines and prints a table: mean reciprocal rank × 100 of the
// first ten results for every set of queries, with 95 % intervals of a bootstrap over its queries.
//
//   node intervals.mjs SPLIT ADAPTER...        in the folder of the benchmark; see scripts/bench-search

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const SAMPLES = 1000;
const SEED = 7;

const module = (/** @type {string} */ file) => import(pathToFileURL(path.resolve(file)).href);

/** @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean of values with the interval that holds 95 % of the means of samples. @param {number[]} values */
function interval(values) {
  const next = random(SEED);
  const means = Array.from({ length: SAMPLES }, () => mean(values.map(() => values[Math.floor(next() * values.length)])));
  means.sort((a, b) => a - b);
  const [low, high] = [means[Math.floor(SAMPLES * 0.025)], means[Math.floor(SAMPLES * 0.975)]];
  return `${[mean(values), low, high].map((value) => (100 * value).toFixed(1)).join(' [')}]`.replace(/\[([^[]*) \[/, '[$1, ');
}

const [split, ...adapters] = process.argv.slice(2);
const { view } = await module('lib/fields.mjs');
const { score } = await module('lib/metrics.mjs');
const documents = view(JSON.parse(fs.readFileSync('data/corpus.json', 'utf8')), 'none');
const queries = fs.readFileSync('data/queries.jsonl', 'utf8').trim().split('\n').map((line) => JSON.parse(line))
  .filter((query) => query.split === split);
const engines = [];
for (const adapter of adapters) {
  const { default: maker } = await module(adapter);
  engines.push({ name: maker.name, engine: await maker.build(documents, { cond: 'none', corpus: 'data/corpus.json' }) });
}
console.log(`| queries | number | ${engines.map(({ name }) => name).join(' | ')} |`);
console.log(`|---|--:|${engines.map(() => '--:').join('|')}|`);
for (const set of new Set(queries.map((query) => query.set))) {
  const own = queries.filter((query) => query.set === set);
  const cells = [];
  for (const { engine } of engines) {
    const ranks = [];
    for (const { q, rel } of own) ranks.push(score(rel, await engine.search(q)).mrr);
    cells.push(interval(ranks));
  }
  console.log(`| ${set} | ${own.length} | ${cells.join(' | ')} |`);
}
process.exit(0);
