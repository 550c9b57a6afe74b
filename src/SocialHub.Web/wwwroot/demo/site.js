// The demo's pages that go on by themselves: cards received, announcements made. What has not changed is not touched, so that nothing moves under a reader.
(() => {
  for (const area of document.querySelectorAll('[data-refresh]')) {
    let shown;
    const look = async () => {
      try {
        const html = await (await fetch(area.dataset.refresh)).text();
        if (html != shown && !area.contains(document.activeElement)) area.innerHTML = shown = html;
      } catch {
        // the demo was stopped
      }
      setTimeout(look, 2000);
    };
    look();
  }
})();
