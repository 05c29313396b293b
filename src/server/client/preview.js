/**
 * Keeps a page that is open in the preview fresh, and lists what was found in its document.
 *
 * @typedef {{ rule: string, severity: string, path: string, line: number, column: number,
 *   message: string, help: string | null }} Finding
 * @typedef {{ reload: boolean, failure: string | null, findings: Finding[],
 *   sheets: { title: string, address: string }[], has_paper: boolean }} News
 */

const script = /** @type {HTMLScriptElement} */ (document.querySelector("script[data-mark]"));
const page = script.dataset.page ?? "";
const mark = script.dataset.mark ?? "";
/** @type {Record<string, string>} */
const words = JSON.parse(script.dataset.words ?? "{}");

const PLACE = "tickbook-preview-place";
const OPEN = "tickbook-preview-open";

/** @param {string} key */
function recall(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
function keep(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Where nothing may be stored the page starts at its top.
  }
}

function restorePlace() {
  const [at, top] = (recall(PLACE) ?? "").split("\n");
  if (at === page && top) {
    window.scrollTo({ top: Number(top), behavior: "instant" });
  }
  keep(PLACE, "");
}

function reload() {
  keep(PLACE, `${page}\n${window.scrollY}`);
  location.reload();
}

/**
 * @param {string} name
 * @param {string} [text]
 * @param {string} [className]
 */
function element(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** @param {Finding[]} findings */
function summary(findings) {
  /** @param {string} severity */
  const count = (severity) => findings.filter((one) => one.severity === severity).length;
  const parts = [
    [words.errors, count("error") + count("fatal")],
    [words.warnings, count("warning")],
    [words.notes, count("info")],
  ];
  const told = parts.filter(([, number]) => number).map(([word, number]) => `${word} ${number}`);
  return told.length ? told.join(" · ") : words.clean;
}

/** @param {Finding} finding */
function item(finding) {
  const made = element("li", "", finding.severity);
  const message = element("p", ` ${finding.message}`, "message");
  message.prepend(element("strong", words[finding.severity] ?? words.error));
  made.append(
    message,
    element("p", finding.help ?? "", "help"),
    element("code", `${finding.path}:${finding.line}:${finding.column} ${finding.rule}`),
  );
  return made;
}

/**
 * @param {string} word
 * @param {string} address
 */
function link(word, address) {
  const made = /** @type {HTMLAnchorElement} */ (element("a", word));
  made.href = `/${address.split("/").map(encodeURIComponent).join("/")}`;
  return made;
}

/** @param {News} news */
function links({ sheets, has_paper }) {
  const made = element("ul", "", "sheets");
  for (const { title, address } of sheets) {
    const row = element("li");
    row.append(link(title, address));
    if (has_paper) row.append(link(words.paper, address.replace(/\.html$/, ".pdf")));
    made.append(row);
  }
  return made;
}

const panel = /** @type {HTMLDetailsElement} */ (document.createElement("details"));

function panelRoot() {
  const host = document.createElement("div");
  host.dataset.tickbookPreview = "";
  const root = host.attachShadow({ mode: "open" });
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/_tickbook/preview.css";
  root.append(style, panel);
  panel.open = recall(OPEN) === "yes";
  panel.addEventListener("toggle", () => keep(OPEN, panel.open ? "yes" : "no"));
  document.body.append(host);
}

/** @param {News} news */
function show(news) {
  const { failure, findings, sheets } = news;
  const head = element("summary", failure ? words.failure : summary(findings));
  const isBad = failure || findings.some((one) => ["error", "fatal"].includes(one.severity));
  head.className = isBad ? "error" : findings.length ? "warning" : "clean";
  head.setAttribute("aria-live", "polite");
  const body = element("div", "", "body");
  // What scrolls is reached by key.
  body.tabIndex = 0;
  body.setAttribute("role", "group");
  body.setAttribute("aria-label", head.textContent ?? "");
  if (failure) body.append(element("pre", failure));
  const list = element("ol");
  list.append(...findings.map(item));
  body.append(list);
  if (sheets.length) body.append(element("h2", words.sheets), links(news));
  panel.replaceChildren(head, body);
}

restorePlace();
panelRoot();
const query = new URLSearchParams({ page, mark });
new EventSource(`/_tickbook/events?${query}`).addEventListener("message", (event) => {
  /** @type {News} */
  const news = JSON.parse(event.data);
  if (news.reload) reload();
  else show(news);
});

export {};
