/** Largest file that is read, in bytes. */
const MOST_BYTES = 65536;

/** Hands the ticks of a sheet to the reader as a file. */
function exportTicks(/** @type {string} */ sheet, /** @type {Ticks} */ ticks) {
  const text = JSON.stringify({ format: 'tickbook-ticks', version: 1, sheet, ticks }, null, 1);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = `${sheet.replaceAll('/', '-')}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Ticks of a file that was exported from this sheet; null for any other. @returns {Promise<Ticks | null>} */
async function importTicks(/** @type {File} */ file, /** @type {string} */ sheet) {
  if (file.size > MOST_BYTES) return null;
  try {
    const read = JSON.parse(await file.text());
    const isOurs = read.format === 'tickbook-ticks' && read.version === 1 && read.sheet === sheet;
    return isOurs ? onlyTicks(read.ticks) : null;
  } catch {
    return null;
  }
}
