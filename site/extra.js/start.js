// The script is deferred, so the document is whole; a microtask waits for the script's other parts.
queueMicrotask(() => {
  addAnnouncementClose();
  addPageCopy();
});
