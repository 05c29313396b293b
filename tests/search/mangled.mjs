// Mangles the search index of a built site and asks its client: whatever a file holds, an answer
// or an error comes, and soon.
//
//   node mangled.mjs SITE [SECONDS] [SEED]

import path from 'node:path';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { openSearch } from './client.mjs';

/** Longest time for a query, in milliseconds: a hundred times what the slowest takes. */
const PATIENCE = 5000;
const QUERIES = ['결제', 'dlsltltm', 'ㅇㄴㅅㅅ', '이니시스 정기결제', 'inicis', '결ㅈ', 'kakaopya', '가'];
const LETTERS = ['', ' ', '\n', '!', '#', '~', 'a', 'é', '가', '힣', '日', '\u{1f600}', '\ud800', '\0', '9'.repeat(400)];

/** Numbers that look random and are the same for the same seed (mulberry32). @param {number} seed */
function random(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A text with a piece cut out, doubled or replaced. */
function mangledText(text, pick) {
  const [from, length] = [pick(text.length + 1), pick(8)];
  const piece = [LETTERS[pick(LETTERS.length)], text.slice(from, from + length).repeat(2), ''][pick(3)];
  return pick(8) === 0 ? text.slice(0, from) : text.slice(0, from) + piece + text.slice(from + length);
}

/** A value of another shape, or the same one with a part of it mangled. */
function mangled(value, pick) {
  if (pick(40) === 0) return [null, [], {}, '', -1, 1e308, 'x'][pick(7)];
  if (typeof value === 'string') return mangledText(value, pick);
  if (typeof value === 'number') return [value + 1, -value, value * 1e9, Number.NaN][pick(4)];
  if (!value || typeof value !== 'object') return value;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const keys = Object.keys(copy);
  if (keys.length) {
    const key = keys[pick(keys.length)];
    copy[key] = mangled(copy[key], pick);
  }
  return copy;
}

/** Asks a mangled index; an error is an answer. */
async function attempt(folder, seed) {
  const pick = random(seed);
  const isSound = pick(3) > 0;
  const change = (name, content) => (name === 'index' && isSound ? content : mangled(content, pick));
  try {
    const { engine } = await openSearch(folder, change);
    const answer = await engine.search(QUERIES[pick(QUERIES.length)]);
    return answer.found.length ? 'found' : 'empty';
  } catch (error) {
    return error instanceof Error || typeof error?.message === 'string' ? 'error' : `threw ${error}`;
  }
}

/**
 * Asks mangled indexes until `end`, or `most` of them: how often each outcome came, and what went wrong.
 * A query that does not end cannot be stopped from within, so a worker asks.
 */
export async function askMangled(folder, first, { end = Infinity, most = Infinity }) {
  const counts = { found: 0, empty: 0, error: 0 };
  const workerData = { folder: path.resolve(folder), first, end, most };
  const worker = new Worker(new URL(import.meta.url), { workerData });
  const total = () => counts.found + counts.empty + counts.error;
  const fault = await new Promise((resolve) => {
    const tooLong = () => resolve(`seed ${first + total()}: no answer within ${PATIENCE} ms`);
    let timer = setTimeout(tooLong, PATIENCE);
    worker.on('message', (outcome) => {
      clearTimeout(timer);
      timer = setTimeout(tooLong, PATIENCE);
      if (outcome in counts) counts[outcome] += 1;
      else resolve(`seed ${first + total()}: ${outcome}`);
    });
    worker.on('error', (error) => resolve(`seed ${first + total()}: ${error}`));
    worker.on('exit', () => { clearTimeout(timer); resolve(''); });
  });
  await worker.terminate();
  return { counts, faults: fault ? [fault] : [] };
}

if (!isMainThread) {
  const { folder, first, end, most } = workerData;
  for (let at = first; at < first + most && Date.now() < end; at += 1) parentPort.postMessage(await attempt(folder, at));
} else if (process.argv[1]?.endsWith('mangled.mjs')) {
  const [folder, seconds = '60', seed = '1'] = process.argv.slice(2);
  const { counts, faults } = await askMangled(folder, Number(seed), { end: Date.now() + Number(seconds) * 1000 });
  console.log(faults.join('\n') || `no fault: ${JSON.stringify(counts)}`);
  process.exitCode = faults.length ? 1 : 0;
}
