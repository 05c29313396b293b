// Filters: the version, the mode and the company that results are for.

class Facets {
  /** @param {HTMLElement} place @param {Record<string, string>} words @param {() => void} changed */
  constructor(place, words, changed) {
    this.place = place;
    this.words = words;
    this.changed = changed;
    this.version = 0;
    this.mode = 0;
    this.company = '';
  }

  /** @param {Head} head @returns {(document: number) => boolean} */
  wanted(head) {
    const { version, mode, company } = this;
    const companies = company ? new Set(head.companies[company]) : null;
    return (document) => (!version || ((head.versionBits[document] ?? 0) & version) !== 0)
      && (!mode || ((head.modeBits[document] ?? 0) & mode) !== 0)
      && (!companies || companies.has(document));
  }

  /** @returns {(section: SectionRow) => boolean} */
  wantedSection() {
    const { version, mode } = this;
    return ([, , , modes, versions]) => (!mode || !modes || (modes & mode) !== 0) && (!version || !versions || (versions & version) !== 0);
  }

  /** @param {Head} head */
  show(head) {
    if (this.place.childElementCount) return;
    const used = (/** @type {Record<string, number>} */ bits) => Object.values(bits).reduce((all, one) => all | one, 0);
    const [versions, modes] = [used(head.versionBits), used(head.modeBits)];
    const bit = (/** @type {number} */ at) => String(2 ** at);
    this.add(this.words.version, head.versions.map((name, at) => [bit(at), name]).filter(([value]) => versions & Number(value)), (value) => { this.version = Number(value); });
    this.add(this.words.mode, head.modes.map(([, title], at) => [bit(at), title]).filter(([value]) => modes & Number(value)), (value) => { this.mode = Number(value); });
    this.add(this.words.company, Object.keys(head.companies).map((name) => [name, name]), (value) => { this.company = value; });
    this.place.hidden = !this.place.childElementCount;
  }

  /** @param {string} label @param {string[][]} values @param {(value: string) => void} choose */
  add(label, values, choose) {
    if (values.length < 2) return;
    const options = [['', this.words.all], ...values].map(([value, name]) => element('option', { value }, [name]));
    const select = /** @type {HTMLSelectElement} */ (element('select', {}, options));
    select.addEventListener('change', () => { choose(select.value); this.changed(); });
    this.place.append(element('label', {}, [element('span', {}, [label]), select]));
  }
}
