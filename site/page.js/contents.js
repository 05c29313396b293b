/** Marks in the list of contents what is being read, and keeps it in sight there. */
function watchContents() {
  const list = /** @type {HTMLElement | null} */ (document.querySelector('.toc'));
  const links = /** @type {HTMLAnchorElement[]} */ ([...(list?.querySelectorAll('a[href^="#"]') ?? [])]);
  const targets = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  /** @type {Set<Element>} What begins above a line in the upper part of the window. */
  const passed = new Set();
  const show = () => {
    const current = targets.findLastIndex((target) => target && passed.has(target));
    links.forEach((link, index) => {
      if (index === current) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    });
    if (list && links[current]) keepInSight(list, links[current]);
  };
  // The band that is watched has no upper end: what is in it has been reached.
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) passed.add(target);
      else passed.delete(target);
    }
    show();
  }, { rootMargin: '10000000px 0px -70% 0px' });
  for (const target of targets) if (target) observer.observe(target);
}

/** Scrolls a list that scrolls for itself, and nothing around it. */
function keepInSight(/** @type {HTMLElement} */ list, /** @type {HTMLElement} */ link) {
  const [outer, inner] = [list.getBoundingClientRect(), link.getBoundingClientRect()];
  if (inner.height === 0 || list.scrollHeight <= list.clientHeight) return;
  if (inner.top < outer.top || inner.bottom > outer.bottom) list.scrollTop += inner.top - outer.top - outer.height / 2;
}
