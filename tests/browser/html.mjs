// Runs the Nu HTML checker over all pages in one go.

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TIMEOUT = 10 * 60 * 1000;

/** Messages that are let through: { message: RegExp, reason: string }. */
const EXCEPTIONS = [];

/** Adds one check a page to `report`. */
export function checkHtml(site, report) {
  const jar = String(createRequire(import.meta.url)('vnu-jar'));
  const run = spawnSync(
    'java',
    ['-Xss1m', '-jar', jar, '--errors-only', '--format', 'json', '--skip-non-html', '--exit-zero-always', site.root],
    { encoding: 'utf8', maxBuffer: 1 << 30, timeout: TIMEOUT },
  );
  if (run.error || run.status !== 0) {
    const reason = run.error?.message ?? `ended with ${run.status ?? run.signal}: ${run.stderr.slice(-2000)}`;
    report.add('html', 'HTML checker', [reason]);
    return;
  }
  const faults = new Map(site.pages.map((page) => [page.file, []]));
  const elsewhere = [];
  for (const message of JSON.parse(run.stderr).messages) {
    const exception = EXCEPTIONS.find((entry) => entry.message.test(message.message));
    if (exception || !['error', 'non-document-error'].includes(message.type)) continue;
    const file = message.url ? path.relative(site.root, fileURLToPath(message.url)) : '';
    const place = `${message.lastLine ?? '?'}:${message.firstColumn ?? message.lastColumn ?? '?'}`;
    const extract = message.extract ? `\n  ${message.extract.trim()}` : '';
    (faults.get(file) ?? elsewhere).push(`${place} ${message.message}${extract}`);
  }
  for (const [file, list] of faults) report.add('html', file, list);
  if (elsewhere.length > 0) report.add('html', 'HTML checker', elsewhere);
}
