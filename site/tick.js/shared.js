/**
 * Asks what is to become of a case that a link carries. Until the reader has answered, nothing is kept and no other case
 * is shown; then the link's case leaves the address.
 * @param {HTMLElement} tools @param {CaseForm} form @param {() => void} use shows the case that was taken
 */
function askShared(tools, form, use) {
  const dialog = /** @type {HTMLDialogElement | null} */ (tools.querySelector('.shared-case'));
  /** @type {Record<string, string>} */
  let values = {};
  const ask = () => {
    const carried = fromFragment(location.hash, form.sharedKeys, tools.dataset.digits ?? '');
    if (!carried || !dialog) return;
    values = carried;
    if (Object.keys(values).length === 0) {
      clearFragment();
      return;
    }
    const rows = form.inputs.filter(({ dataset }) => Object.hasOwn(values, dataset.case ?? ''));
    dialog.querySelector('.shared-values')?.replaceChildren(...rows.flatMap((input) => [
      described('dt', input.labels?.[0]?.textContent ?? ''),
      described('dd', valueOf(values, input.dataset.case)),
    ]));
    dialog.returnValue = '';
    if (!dialog.open) dialog.showModal();
  };
  for (const button of dialog?.querySelectorAll('button') ?? []) button.addEventListener('click', () => dialog?.close(button.dataset.answer));
  // However it is closed: by a button, or by the key that dismisses dialogs.
  dialog?.addEventListener('close', () => {
    clearFragment();
    if (dialog.returnValue !== 'use') return;
    form.adopt(values);
    use();
  });
  window.addEventListener('hashchange', ask);
  ask();
}

function clearFragment() {
  history.replaceState(null, '', location.href.split('#')[0]);
}

function described(/** @type {string} */ name, /** @type {string} */ text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
