/** Makes a checklist's page answer: boxes to tick, progress, cases, files. */
function startSheet(/** @type {HTMLElement} */ sheet) {
  const tools = /** @type {HTMLElement} */ (sheet.querySelector('.tools'));
  const words = /** @type {Record<string, string>} */ (tools.dataset);
  const id = sheet.dataset.store ?? '';
  const store = openStore();
  const say = speaker(tools);
  const form = new CaseForm(tools, sheet, store);
  const items = findItems(sheet, words);
  /** @type {Ticks} */
  let ticks = {};

  const refresh = () => {
    const now = states(items, ticks);
    items.forEach((item, index) => show(item, now[index], words));
    showProgress(sheet, now, words);
    keepProgress(store, form.id, id, now);
  };
  const load = () => {
    ticks = readTicks(store, form.id, id);
    refresh();
  };
  const warn = () => {
    if (!store.isKept()) say(words.notKept, true);
  };
  const keep = (/** @type {Ticks} */ changed) => {
    ticks = changed;
    store.write(`ticks:${form.id}:${id}`, ticks);
    refresh();
    warn();
  };
  for (const { box, key, hash } of items) {
    box.addEventListener('change', () => {
      const kept = settle(items, readTicks(store, form.id, id));
      if (box.checked) kept[key] = hash;
      else delete kept[key];
      keep(kept);
    });
  }

  /** @type {Record<string, () => void>} */
  const actions = {
    print: () => window.print(),
    export: () => exportTicks(id, ticks),
    reset() {
      if (!window.confirm(words.resetAsk)) return;
      keep({});
      say(words.resetDone);
    },
    save() {
      form.save();
      say(words.saved);
      warn();
    },
    add() {
      form.add();
      load();
      form.inputs[0]?.focus();
      warn();
    },
    remove() {
      if (!window.confirm(words.removeAsk)) return;
      form.remove();
      load();
    },
    async share() {
      const values = form.values(true);
      const carried = withoutPersonal(values, words.digits ?? '');
      const fragment = toFragment(carried);
      const isCopied = fragment !== null && await copyText(location.href.split('#')[0] + fragment);
      const isWhole = Object.keys(carried).length === Object.keys(values).length;
      say(!isCopied ? words.copyFailed : isWhole ? words.linkCopied : words.linkCopiedInPart);
    },
  };
  for (const button of document.querySelectorAll(':is(.tools, .finished) button[data-do]')) {
    button.addEventListener('click', actions[/** @type {HTMLElement} */ (button).dataset.do ?? '']);
  }
  form.choice.addEventListener('change', () => {
    form.choose(form.choice.value);
    load();
  });
  const file = /** @type {HTMLInputElement} */ (tools.querySelector('input[data-do="import"]'));
  file.addEventListener('change', async () => {
    const read = file.files?.[0] && await importTicks(file.files[0], id);
    file.value = '';
    if (read) keep(read);
    say(read ? words.imported : words.importFailed);
  });
  watchStore(store, () => {
    form.follow();
    load();
  });

  addCopyButtons(sheet, words, say);
  load();
  warn();
  askShared(tools, form, () => {
    load();
    say(words.shared);
    warn();
  });
}

/** Announces messages in one place of the page, which screen readers listen to. */
function speaker(/** @type {Element} */ tools) {
  const place = /** @type {HTMLElement} */ (tools.querySelector('.tools-notice'));
  let timer = 0;
  return (/** @type {string} */ text, isLasting = false) => {
    clearTimeout(timer);
    place.textContent = text;
    if (!isLasting) timer = window.setTimeout(() => { place.textContent = ''; }, 6000);
  };
}

function showProgress(/** @type {Element} */ sheet, /** @type {State[]} */ now, /** @type {Record<string, string>} */ words) {
  const count = (/** @type {State} */ state) => now.filter((one) => one === state).length;
  const [done, changed] = [count('done'), count('changed')];
  const bar = /** @type {HTMLProgressElement} */ (sheet.querySelector('progress'));
  bar.max = now.length || 1;
  bar.value = done;
  const output = /** @type {HTMLElement} */ (sheet.querySelector('.progress-count'));
  const rest = changed > 0 ? ` · ${words.changedCount} ${changed}` : '';
  const end = done === now.length ? ` · ${words.done}` : '';
  const text = `${done} / ${now.length}${rest}${end}`;
  if (output.textContent !== text) output.textContent = text;
  const finished = /** @type {HTMLElement | null} */ (document.querySelector('.finished'));
  if (finished) finished.hidden = done < now.length;
}
