/** The menu beside a page can be put away; that is kept for the whole site. */

const SIDE = `tickbook-side:${document.documentElement.dataset.site ?? ''}`;
const SIDE_CLOSED = 'closed';

if (readKept(SIDE) === SIDE_CLOSED) document.documentElement.dataset.side = SIDE_CLOSED;

function addSideButton() {
  const side = /** @type {HTMLElement | null} */ (document.querySelector('.side'));
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector('.side-button'));
  if (!side || !button) return;
  const root = document.documentElement;
  const show = () => {
    const isClosed = root.dataset.side === SIDE_CLOSED;
    button.setAttribute('aria-expanded', String(!isClosed));
    button.title = (isClosed ? button.dataset.show : button.dataset.hide) ?? '';
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    if (root.dataset.side === SIDE_CLOSED) delete root.dataset.side;
    else root.dataset.side = SIDE_CLOSED;
    keep(SIDE, root.dataset.side ?? 'open');
    show();
  });
  show();
  const current = /** @type {HTMLElement | null} */ (side.querySelector('[aria-current]'));
  if (current) keepInSight(side, current);
}
