"use strict";
// Asks until the site is another, and loads the page again.
(async () => {
  for (;;) {
    try {
      const answer = await fetch((document.documentElement.dataset.root || "./") + "RELOAD", { cache: "no-store" });
      if (answer.status === 204) { location.reload(); return; }
    } catch {
      await new Promise((done) => setTimeout(done, 2000)); // the server has gone for now
    }
  }
})();
