// @ts-check
// Leads from a former address to the one of today, with the fragment: behind `#`, the code on a
// printed sheet says what was printed. Without scripts the page leads on by itself, without it.
'use strict';

(() => {
  const target = document.querySelector('link[rel="canonical"]');
  if (target instanceof HTMLLinkElement) location.replace(target.href + location.hash);
})();
