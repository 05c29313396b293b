// Counts and prints what was checked: one line a check, details under a failure.

const MOST_DETAILS = 12;

/** Collects the outcome of every check. */
export class Report {
  passed = 0;
  failed = 0;

  /** Notes a check; it failed when there are `faults`. */
  add(group, subject, faults, note = '') {
    if (faults.length === 0) {
      this.passed += 1;
      console.log(`ok    ${group}  ${subject}${note ? `  (${note})` : ''}`);
      return;
    }
    this.failed += 1;
    console.log(`FAIL  ${group}  ${subject}`);
    for (const fault of faults.slice(0, MOST_DETAILS)) {
      console.log(`        ${fault.replaceAll('\n', '\n        ')}`);
    }
    if (faults.length > MOST_DETAILS) {
      console.log(`        … and ${faults.length - MOST_DETAILS} more`);
    }
  }

  /** Runs a check that may also fail by throwing. */
  async run(group, subject, check) {
    let outcome;
    try {
      outcome = await check();
    } catch (error) {
      this.add(group, subject, [String(error?.message ?? error)]);
      return;
    }
    const { faults = [], note = '' } = outcome ?? {};
    this.add(group, subject, faults, note);
  }

  /** Prints the closing line; whether everything passed. */
  finish() {
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0;
  }
}
