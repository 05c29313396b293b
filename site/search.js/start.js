// Starts the search of a page, where there is a page: the engine runs without one as well.

if (typeof document !== 'undefined') {
  document.addEventListener('DOMContentLoaded', () => {
    const [box, results] = ['form.search', 'form.results-form'].map((name) => document.querySelector(name));
    if (box instanceof HTMLElement) new Panel(box).start();
    if (results instanceof HTMLElement) new ResultsPage(results).start();
  });
}
