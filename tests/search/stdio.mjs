// Answers queries by a built site's search client, a JSON line each: {"q":"…"} → {"r":["a/b.md"]}.
//
//   node stdio.mjs SITE

import readline from 'node:readline';
import { openSearch, pathOf } from './client.mjs';

const { engine } = await openSearch(process.argv[2]);
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { found } = await engine.search(JSON.parse(line).q);
  console.log(JSON.stringify({ r: found.slice(0, 10).map(({ row }) => pathOf(row)) }));
}
