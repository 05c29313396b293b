// A former address leads on with its fragment, so that the code on a sheet that was printed before
// its guide moved opens the sheet of today; without scripts, and from disk.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const GUIDE = `---
title: Pay
aliases: [old/pay]
---

## Window

### Live

#### Where to go

- [Console](https://console.example.com/) > Channels

#### What to set

- Name : any
`;

const CONFIG = `lang: en
conventions:
  modes:
    - { key: test, title: Test, headings: [Test] }
    - { key: live, title: Live, headings: [Live] }
  sections: { path: [Where to go], fields: [What to set] }
`;

/** Adds the checks of a site that the program `tickbook` builds to `report`. */
export async function checkMoved(browser, tickbook, report) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'moved-'));
  const wrong = [];
  try {
    fs.mkdirSync(path.join(folder, 'content/new'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'content/new/pay.md'), GUIDE);
    fs.writeFileSync(path.join(folder, 'tickbook.yaml'), CONFIG);
    const built = spawnSync(tickbook, ['build', folder, '--quiet'], { encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stderr);
    const dist = path.join(folder, 'dist');
    for (const [from, to] of [
      ['old/pay.html', 'new/pay.html'],
      ['checklists/old/pay/window-live.html', 'checklists/new/pay/window-live.html'],
    ]) {
      const [start, end] = [from, to].map((file) => pathToFileURL(path.join(dist, file)).href);
      wrong.push(...await follow(browser, `${start}#r=0d96caf.Vd3k`, `${end}#r=0d96caf.Vd3k`, true));
      wrong.push(...await follow(browser, start, end, true));
      wrong.push(...await follow(browser, start, end, false));
    }
  } catch (error) {
    wrong.push(error.message.split('\n')[0]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
  report.add('moved', 'former addresses lead on with their fragment', wrong);
}

/** What is wrong after opening `from`, which leads to `to`. */
async function follow(browser, from, to, javaScriptEnabled) {
  const context = await browser.newContext({ javaScriptEnabled });
  try {
    const page = await context.newPage();
    const faults = [];
    page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
    await page.goto(from, { waitUntil: 'commit' });
    await page.waitForURL(to, { timeout: 10_000 }).catch(() => {
      faults.push(`${from} leads to ${page.url()}, not to ${to}`);
    });
    return faults;
  } finally {
    await context.close();
  }
}
