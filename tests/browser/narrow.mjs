// Ordinary content that is too wide for a phone: tables, code, long words, rows of tabs, pictures and
// nested lists, in English, Korean and German. The page itself never scrolls sideways.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { picture } from './picture.mjs';

const LONG = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz';
const ADDRESS = 'https://example.com/a/long/path/that/is/never/broken?with=a-query&and=more-of-it';
const NAME = 'payment.channel.configuration.merchantIdentifierToken';
const COMMAND = 'curl -X POST https://api.example.com/v1/payments/channels -H "Authorization: Bearer TOKEN"';
const WIDE = `
| Parameter | Type | Required | Default | Description |
|---|---|---|---|---|
| \`${NAME}\` | string | yes | none | The identifier that was issued to you when the contract was signed |
| \`url\` | address | no | \`${ADDRESS}\` | Where to |
`;
const CODE = `\`\`\`bash\n${COMMAND}\n\`\`\``;
const indented = (text) => text.replace(/^(?=.)/gm, '   ');

const PAGES = {
  'words.mdx': `---
title: ${LONG} and other words
---

The address ${ADDRESS}, the name \`${NAME}\`, the word ${LONG}, [${ADDRESS}](${ADDRESS}).

## \`${NAME}\` in a heading

띄어쓰기가없는아주긴한국어문장은줄바꿈이되지않으면화면밖으로나가버리므로글자사이에서줄을바꿉니다그래서화면안에보입니다.

> ${ADDRESS}

- A list
  - in a list
    - in a list
      - in a list, with \`${NAME.replaceAll('.', '_')}\`

A note[^1].

[^1]: See ${ADDRESS}.

<dl>
<dt>\`${NAME}\`</dt>
<dd>${ADDRESS}</dd>
</dl>

![A wide picture](wide.png)

<ParamField path="${NAME}" type="string | undefined | null | Array<string>" required default="${ADDRESS}">The name.</ParamField>

<Callout type="warning" title="${LONG}">${ADDRESS}</Callout>

<Accordion title="${LONG}">${ADDRESS}</Accordion>
`,
  'tables.mdx': `---
title: Tables
---

## Wide
${WIDE}
## Two columns

| Wort | Bedeutung |
|---|---|
| ${LONG} | Ein Gesetz aus Mecklenburg-Vorpommern |

## Narrow

| 은행 | 코드 |
|---|--:|
| 국민은행 | 004 |

<Callout type="note">
${WIDE}
</Callout>

1. In a list:
${indented(WIDE)}
`,
  'code.mdx': `---
title: Code and tabs
---

\`\`\`yaml
${NAME}.${NAME}: ${ADDRESS}
\`\`\`

${CODE}

\`\`\`js title="src/configuration/payment/channels/merchant/identifier/index.js" {1}
const channel = await client.payments.channels.create({ identifier: 'MOI1234567890' });
\`\`\`

<Tabs>
<Tab title="Kotlin Multiplatform">One.</Tab>
<Tab title="Swift Package Manager">Two.</Tab>
<Tab title="가상계좌 입금 통보 설정">Three.</Tab>
<Tab title="${LONG}">Four.</Tab>
<Tab title="Go">Five.</Tab>
</Tabs>

## Set it up

<Steps>
<Step title="Install ${NAME}">

${CODE}

<Callout type="tip">

- A list in a callout
  - with a list in it

</Callout>

</Step>
<Step title="Check that it runs">

1. One
   1. Two, with a text that needs more than one line on a phone

</Step>
</Steps>
`,
};

/** Adds the checks of a site that the program `tickbook` builds to `report`. */
export async function checkNarrow(browser, tickbook, report) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'narrow-'));
  try {
    const address = build(folder, tickbook);
    for (const [subject, check] of Object.entries(CHECKS)) {
      await report.run('reading', subject, async () => {
        const faults = [];
        for (const width of [320, 360]) {
          const context = await browser.newContext({ viewport: { width, height: 740 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' });
          await check(context, address, (what) => faults.push(`at ${width} px: ${what}`));
          await context.close();
        }
        return { faults };
      });
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Builds the pages; gives the address of each by its name. */
function build(folder, tickbook) {
  fs.mkdirSync(path.join(folder, 'content'));
  for (const [name, text] of Object.entries(PAGES)) fs.writeFileSync(path.join(folder, 'content', name), text);
  fs.writeFileSync(path.join(folder, 'content', 'wide.png'), picture(1600, 300));
  fs.writeFileSync(path.join(folder, 'tickbook.yaml'), 'preset: mdx\nlang: en\n');
  const built = spawnSync(tickbook, ['build', folder, '--quiet'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
  return (name) => pathToFileURL(path.join(folder, 'dist', `${name}.html`)).href;
}

async function open(context, address) {
  const page = await context.newPage();
  await page.goto(address);
  await page.evaluate(() => document.querySelectorAll('details').forEach((part) => { part.open = true; }));
  return page;
}

const CHECKS = {
  async 'no page scrolls sideways, and only what scrolls itself is cut'(context, address, fault) {
    for (const name of ['words', 'tables', 'code']) {
      const page = await open(context, address(name));
      for (const what of await page.evaluate(beyond)) fault(`${name}: ${what}`);
    }
  },

  async 'a wide table scrolls by keyboard, has a name and a shadow, and shows more than its first column'(context, address, fault) {
    const page = await open(context, address('tables'));
    const regions = page.locator('.content .table-scroll');
    const names = await regions.evaluateAll((all) => all.map((one) => `${one.getAttribute('role')} ${one.getAttribute('aria-label')}`));
    if (new Set(names).size !== names.length || names.some((name) => !/^region \S/.test(name))) fault(`names: ${names.join(', ')}`);
    let wide = 0;
    for (const region of await regions.all()) {
      const table = await region.evaluate((one) => ({
        scrolls: one.scrollWidth > one.clientWidth,
        left: one.querySelectorAll('th')[1].getBoundingClientRect().left,
        right: one.getBoundingClientRect().right,
        shadows: getComputedStyle(one).backgroundAttachment,
      }));
      if (table.left + 16 > table.right) fault('the second column is out of sight');
      if (!table.scrolls) continue;
      wide += 1;
      if (!/scroll/.test(table.shadows) || !/local/.test(table.shadows)) fault(`no shadow: ${table.shadows}`);
      await region.focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(100);
      if (await region.evaluate((one) => one.scrollLeft) === 0) fault('a table does not scroll by keyboard');
    }
    if (wide < 3) fault(`${wide} tables scroll, where three are too wide`);
  },

  async 'the button that copies code covers no code'(context, address, fault) {
    const page = await open(context, address('code'));
    const found = await page.evaluate(covered);
    if (found.buttons < 4) fault(`${found.buttons} buttons`);
    for (const text of found.covered) fault(`covered: ${text}`);
  },

  async 'labels of tabs are in one row, and the chosen one is in sight'(context, address, fault) {
    const page = await open(context, address('code'));
    const list = page.locator('.tab-list');
    const tabs = page.getByRole('tab');
    const tops = await tabs.evaluateAll((all) => new Set(all.map((tab) => Math.round(tab.getBoundingClientRect().bottom))).size);
    if (tops !== 1) fault(`${tops} rows`);
    await tabs.first().focus();
    for (const [key, at] of [['End', 4], ['ArrowLeft', 3], ['Home', 0]]) {
      await page.keyboard.press(key);
      const [tab, row] = [await tabs.nth(at).boundingBox(), await list.boundingBox()];
      if (await tabs.nth(at).getAttribute('aria-selected') !== 'true') fault(`${key}: another label is chosen`);
      if (tab.x < row.x || tab.x + tab.width > row.x + row.width) fault(`${key}: the chosen label is out of sight`);
    }
  },

  async 'what opens a part holds nothing else to press, and its link is in the open part'(context, address, fault) {
    const page = await open(context, address('words'));
    const inside = await page.locator('summary').locator('a, button').count();
    if (inside > 0) fault(`${inside} links or buttons within a summary`);
    const [link, title] = [await page.locator('.accordion .anchor').boundingBox(), await page.locator('.accordion-title').boundingBox()];
    if (title.x + title.width > link.x) fault('the link is over the title');
    if (link.width < 44 || link.height < 44) fault(`the link is ${link.width} × ${link.height} px`);
  },

  async 'lists in steps have their marks outside of their text'(context, address, fault) {
    const page = await open(context, address('code'));
    const inside = await page.locator('.content li li:not([data-sheets])').evaluateAll((all) => all.filter((item) => getComputedStyle(item).listStylePosition === 'inside').length);
    if (inside > 0) fault(`${inside} marks are in the text`);
  },
};

/** Runs in the page: what is beyond its right edge, and in nothing that scrolls. */
function beyond() {
  const root = document.documentElement;
  const faults = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
  for (const element of document.querySelectorAll('main *')) {
    const { right, width } = element.getBoundingClientRect();
    if (width > 0 && right > root.clientWidth + 1 && !element.closest('.table-scroll, .tab-list, .visually-hidden')) {
      faults.push(`${element.localName}.${element.className} reaches ${Math.round(right)} px`);
    }
  }
  return faults;
}

/** Runs in the page: the buttons of codes, and lines of code under one. */
function covered() {
  const buttons = [...document.querySelectorAll('.code-copy')];
  const lines = buttons.flatMap((button) => {
    const area = button.getBoundingClientRect();
    const code = document.createRange();
    code.selectNodeContents(button.parentElement.querySelector('code'));
    const under = [...code.getClientRects()].filter((line) => line.right > area.left + 1 && line.top < area.bottom - 12 && line.bottom > area.top && line.height < 40);
    return under.map(() => button.parentElement.textContent.slice(0, 30));
  });
  return { buttons: buttons.length, covered: lines };
}
