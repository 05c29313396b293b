/** The inputs of a case: several merchants are set up with one checklist. */
class CaseForm {
  /** @param {HTMLElement} tools @param {Element} sheet @param {Store} store */
  constructor(tools, sheet, store) {
    this.store = store;
    this.words = tools.dataset;
    this.inputs = /** @type {HTMLInputElement[]} */ ([...tools.querySelectorAll('input[data-case]')]);
    this.choice = /** @type {HTMLSelectElement} */ (tools.querySelector('#case-choice'));
    this.title = /** @type {HTMLElement} */ (tools.querySelector('.case-name'));
    this.boxes = [...sheet.querySelectorAll('.case > li')];
    this.cases = readCases(store);
    /** What is typed and not saved, by case. @type {Map<string, Record<string, string>>} */
    this.drafts = new Map();
    for (const input of this.inputs) input.addEventListener('input', () => this.showOnPaper());
    this.fill();
  }

  get id() {
    return this.cases.current;
  }

  current() {
    return this.cases.list.find(({ id }) => id === this.id) ?? this.cases.list[0];
  }

  /** Keys of what a link may carry. */
  get sharedKeys() {
    return this.inputs.filter(({ dataset }) => dataset.shared !== undefined).map(({ dataset }) => dataset.case ?? '');
  }

  /** What is in the inputs, saved or not; with `isShared`, only what a link may carry. */
  values(isShared = false) {
    const shown = this.inputs.filter((input) => input.value.trim() && (!isShared || input.dataset.shared !== undefined));
    return Object.fromEntries(shown.map((input) => [input.dataset.case ?? '', input.value.trim()]));
  }

  /** Shows the current case. */
  fill() {
    const values = this.drafts.get(this.id) ?? this.current().values;
    for (const input of this.inputs) {
      const value = valueOf(values, input.dataset.case);
      if (input.value !== value) input.value = value;
    }
    this.choice.replaceChildren(...this.cases.list.map((one) => new Option(this.nameOf(one), one.id, false, one.id === this.id)));
    this.title.textContent = this.nameOf(this.current());
    this.showOnPaper();
  }

  nameOf(/** @type {Case} */ one) {
    return nameOfCase(one, this.inputs.map(({ dataset }) => dataset.case ?? ''), this.words);
  }

  showOnPaper() {
    this.boxes.forEach((box, index) => {
      box.querySelector('.case-value')?.remove();
      const value = this.inputs[index]?.value.trim();
      if (!value) return;
      const shown = document.createElement('span');
      shown.className = 'case-value';
      shown.textContent = value;
      box.append(shown);
    });
  }

  /** Keeps what was typed about the visible case, so that it comes back with it. */
  hold() {
    this.drafts.set(this.id, this.values());
    this.dropSaved();
  }

  /** Drops a draft that is the same as what is saved. */
  dropSaved() {
    const [typed, saved] = [this.drafts.get(this.id), this.current().values];
    if (typed && this.inputs.every(({ dataset }) => valueOf(typed, dataset.case) === valueOf(saved, dataset.case))) this.drafts.delete(this.id);
  }

  /** Shows the case that is current by now, here or in another tab. */
  follow() {
    this.hold();
    this.cases = readCases(this.store);
    this.fill();
  }

  choose(/** @type {string} */ id) {
    this.change((cases) => { cases.current = id; });
  }

  /** Makes a case and shows it. @param {Record<string, string>} [values] */
  add(values = {}) {
    this.change((cases) => {
      const id = String(Math.max(...cases.list.map((one) => Number(one.id))) + 1);
      this.forget(id);
      cases.list.push({ id, values });
      cases.current = id;
    });
  }

  /** Shows the case of a link: the one that has its values, or a new one. */
  adopt(/** @type {Record<string, string>} */ values) {
    const keys = this.sharedKeys;
    const same = readCases(this.store).list.find((one) => keys.every((key) => valueOf(one.values, key) === valueOf(values, key)));
    if (same) this.choose(same.id);
    else this.add(values);
  }

  save() {
    const [id, values] = [this.id, this.values()];
    this.change((cases) => {
      const own = cases.list.find((one) => one.id === id);
      if (own) own.values = values;
      // Another tab may have removed it.
      else cases.list.push({ id, values });
      cases.current = id;
    });
  }

  /** Removes the case with all its ticks; the last one is emptied. */
  remove() {
    const { id } = this;
    this.forget(id);
    this.change((cases) => {
      cases.list = cases.list.filter((one) => one.id !== id);
      if (cases.list.length === 0) cases.list.push({ id: '1', values: {} });
      cases.current = cases.list[0].id;
    });
    this.drafts.delete(id);
    this.fill();
  }

  /** Removes the ticks of a case. */
  forget(/** @type {string} */ id) {
    const isOwn = (/** @type {string} */ name) => name.startsWith(`ticks:${id}:`) || name.startsWith(`progress:${id}:`);
    for (const kept of this.store.names()) if (isOwn(kept)) this.store.remove(kept);
  }

  /** Changes what is kept by now and shows the case that is current then. @param {(cases: Cases) => void} act */
  change(act) {
    this.hold();
    this.cases = readCases(this.store);
    act(this.cases);
    this.store.write('cases', this.cases);
    this.dropSaved();
    this.fill();
  }
}

/** A value of a case by its key; empty when there is none. */
function valueOf(/** @type {Record<string, string>} */ values, /** @type {string | undefined} */ key) {
  return key !== undefined && Object.hasOwn(values, key) ? values[key].slice(0, MOST_VALUE) : '';
}
