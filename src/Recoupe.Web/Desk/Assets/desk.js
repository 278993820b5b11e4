// The desk works without this: it adds keys, tells of what came in, and opens what is being made when it is there.
(() => {
  'use strict';
  const { filter, points, at, step, open, isOurs } = recoupe;
  const body = document.body;
  const here = new URL(location.href);

  // Keys: single ones, or g and a letter; none of the browser's own.
  let goes = false;
  const help = async () => {
    const page = new DOMParser().parseFromString(await (await fetch('/keys')).text(), 'text/html').querySelector('main');
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-label', page.querySelector('h1').textContent);
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = body.dataset.close;
    close.addEventListener('click', () => dialog.close());
    dialog.append(...page.childNodes, close);
    dialog.addEventListener('close', () => dialog.remove());
    body.append(dialog);
    dialog.showModal();
  };
  const enter = event => {
    const item = at();
    if (document.activeElement !== item) return false;
    item?.querySelector('a')?.click();
    return true;
  };
  const search = () => (points.length ? filter : document.querySelector('.find input')).focus();
  addEventListener('keydown', event => {
    if (body.dataset.keys === 'off' || !isOurs(event) || document.querySelector('dialog[open]')) return;
    if (goes) {
      goes = false;
      const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (link) {
        event.preventDefault();
        link.click();
      }

      return;
    }

    if (event.key === 'Enter') {
      if (enter()) event.preventDefault();
      return;
    }

    const act = { j: () => step(1), k: () => step(-1), o: open, '/': search, '?': help, g: () => { goes = true; } }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // What came in is told; nothing moves under the eyes of who reads.
  const live = document.getElementById('live');
  if (live) {
    const known = Number(body.dataset.revision);
    let told = known;
    const tell = revision => {
      if (revision <= told) return;
      told = revision;
      const count = revision - known;
      const link = document.createElement('a');
      link.href = here.pathname + here.search;
      link.textContent = body.dataset.reload;
      live.replaceChildren((count === 1 ? body.dataset.newOne : body.dataset.newMany).replace('{0}', count), ' ', link);
    };
    // Only a page that is seen follows: a browser keeps few connections to one host.
    let stream = null;
    const follow = () => {
      if (document.hidden) {
        stream?.close();
        stream = null;
      } else if (!stream) {
        stream = new EventSource(`/api/v1/events?since=${told}`);
        stream.addEventListener('change', event => tell(Number(event.lastEventId)));
      }
    };
    document.addEventListener('visibilitychange', follow);
    follow();
  }

  // A page that is being made opens by itself.
  if (document.getElementById('again')) {
    const again = setInterval(async () => {
      try {
        if ((await fetch(here)).status !== 200) return;
        clearInterval(again);
        location.reload();
      } catch {
        // Asked again.
      }
    }, 1500);
  }
})();
