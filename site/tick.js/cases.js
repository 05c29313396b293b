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
    for (const input of this.inputs) input.addEventListener('input', () => this.showOnPaper());
    this.fill(this.current().values);
  }

  get id() {
    return this.cases.current;
  }

  current() {
    return this.cases.list.find(({ id }) => id === this.id) ?? this.cases.list[0];
  }

  /** What stands in the inputs, saved or not; with `isShared`, only what a link may carry. */
  values(isShared = false) {
    const shown = this.inputs.filter((input) => input.value.trim() && (!isShared || input.dataset.shared !== undefined));
    return Object.fromEntries(shown.map((input) => [input.dataset.case ?? '', input.value.trim()]));
  }

  fill(/** @type {Record<string, string>} */ values) {
    for (const input of this.inputs) input.value = String(values[input.dataset.case ?? ''] ?? '').slice(0, MOST_VALUE);
    this.choice.replaceChildren(...this.cases.list.map((one) => new Option(this.nameOf(one), one.id, false, one.id === this.id)));
    this.title.textContent = this.nameOf(this.current());
    this.showOnPaper();
  }

  /** A case is called by the first thing that is known of it. */
  nameOf(/** @type {Case} */ one) {
    const key = this.inputs.map((input) => input.dataset.case ?? '').find((known) => one.values[known]);
    if (key) return String(one.values[key]);
    return one.id === '1' ? this.words.caseFirst ?? '' : `${this.words.caseNew} ${one.id}`;
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

  choose(/** @type {string} */ id) {
    this.cases.current = id;
    this.keep();
  }

  add() {
    const id = String(Math.max(...this.cases.list.map((one) => Number(one.id))) + 1);
    this.cases.list.push({ id, values: {} });
    this.choose(id);
  }

  save() {
    this.current().values = this.values();
    this.keep();
  }

  /** Removes the case with all its ticks; the last one is emptied. */
  remove() {
    const { id } = this;
    for (const kept of this.store.names()) {
      if (kept.startsWith(`ticks:${id}:`)) this.store.remove(kept);
    }
    this.cases.list = this.cases.list.filter((one) => one.id !== id);
    if (this.cases.list.length === 0) this.cases.list.push({ id: '1', values: {} });
    this.choose(this.cases.list[0].id);
  }

  keep() {
    this.store.write('cases', this.cases);
    this.fill(this.current().values);
  }
}
