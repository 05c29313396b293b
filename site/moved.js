// @ts-check
// Redirects from a former address to the current one, with the fragment: after `#`, the code on a
// printed sheet states what was printed. Without scripts the page redirects by itself, without the fragment.
'use strict';

(() => {
  const target = document.querySelector('link[rel="canonical"]');
  if (target instanceof HTMLLinkElement) location.replace(target.href + location.hash);
})();
