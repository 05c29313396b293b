/** What is on the page for its use and is no text of it. */
const NOT_COPIED = 'button, input, select, script, style, svg, [hidden], .anchor, .visually-hidden';

/** Marks around words, by the name of their element. @type {Record<string, string>} */
const MARKS = { STRONG: '**', B: '**', EM: '*', I: '*', CODE: '`', DEL: '~~' };

/** Names of elements that are blocks of their own. */
const BLOCKS = 'p, h2, h3, h4, h5, h6, ul, ol, dl, pre, blockquote, table, details, section, div, figure, hr';

/** The blocks in an element as Markdown, each followed by an empty line. */
function markdownOf(/** @type {Element} */ element) {
  let text = '';
  let words = '';
  const end = () => {
    if (words.trim()) text += `${words.trim()}\n\n`;
    words = '';
  };
  for (const node of element.childNodes) {
    if (node instanceof Element && !node.matches(NOT_COPIED) && (node.matches(BLOCKS) || node.querySelector(BLOCKS))) {
      end();
      text += blockOf(node);
    } else {
      words += markdownWords(node);
    }
  }
  end();
  return text;
}

function blockOf(/** @type {Element} */ element) {
  const { tagName } = element;
  if (/^H[2-6]$/.test(tagName)) return `${'#'.repeat(Number(tagName[1]))} ${lineOf(element)}\n\n`;
  if (tagName === 'PRE') return `\`\`\`\n${(element.textContent ?? '').trimEnd()}\n\`\`\`\n\n`;
  if (tagName === 'HR') return '---\n\n';
  if (tagName === 'UL' || tagName === 'OL') return `${listOf(element)}\n`;
  if (tagName === 'TABLE') return `${tableOf(element)}\n`;
  if (tagName === 'BLOCKQUOTE') return `${markdownOf(element).trimEnd().replace(/^/gm, '> ')}\n\n`;
  return markdownOf(element);
}

function listOf(/** @type {Element} */ list) {
  let number = Number(list.getAttribute('start') ?? 1);
  let text = '';
  for (const item of list.children) {
    const mark = list.tagName === 'OL' ? `${number++}. ` : '- ';
    const lines = markdownOf(item).trimEnd().split('\n');
    text += `${mark}${lines.join(`\n${' '.repeat(mark.length)}`)}\n`;
  }
  return text;
}

function tableOf(/** @type {Element} */ table) {
  const rows = [...table.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => lineOf(cell).replaceAll('|', '\\|')));
  const lines = rows.map((cells) => `| ${cells.join(' | ')} |\n`);
  lines.splice(1, 0, `|${' --- |'.repeat(rows[0]?.length ?? 0)}\n`);
  return lines.join('');
}

/** Words on one line. */
function lineOf(/** @type {Element} */ element) {
  return [...element.childNodes].map(markdownWords).join('').replace(/\s+/g, ' ').trim();
}

/** @returns {string} */
function markdownWords(/** @type {Node} */ node) {
  if (!(node instanceof Element)) return (node.nodeType === Node.TEXT_NODE ? node.textContent ?? '' : '').replace(/\s+/g, ' ');
  if (node.matches(NOT_COPIED)) return '';
  if (node instanceof HTMLImageElement) return `![${node.alt}](${node.src})`;
  if (node.tagName === 'BR') return '\n';
  const words = [...node.childNodes].map(markdownWords).join('');
  if (node instanceof HTMLAnchorElement && node.href) return `[${words.trim()}](${node.href})`;
  const mark = words.trim() ? MARKS[node.tagName] ?? '' : '';
  return mark ? `${mark}${words.trim()}${mark}` : words;
}
