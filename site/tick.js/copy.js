/** Gives every literal value a button that copies it. Only what the guide says is ever copied. */
function addCopyButtons(/** @type {Element} */ sheet, /** @type {Record<string, string>} */ words, /** @type {(text: string) => void} */ say) {
  for (const answer of sheet.querySelectorAll('.item:is([data-kind="fixed"], [data-kind="choose"]) .answer')) {
    const owner = answer.closest('.choice') ?? /** @type {Element} */ (answer.closest('.item'));
    answer.append(copyButton(answer.textContent?.trim() ?? '', labelAndValue(owner), words, say));
  }
}

function copyButton(/** @type {string} */ value, /** @type {string} */ name, /** @type {Record<string, string>} */ words, /** @type {(text: string) => void} */ say) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.setAttribute('aria-label', `${name} ${words.copy}`);
  button.addEventListener('click', async () => {
    const isCopied = await copyText(value);
    button.classList.toggle('is-copied', isCopied);
    say(isCopied ? `${words.copied}: ${value}` : words.copyFailed);
  });
  return button;
}

/** Whether the clipboard took it. */
async function copyText(/** @type {string} */ text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
