// Reading works without this. It adds highlighting of what a line rests on, keys, a filter and references to copy.
(() => {
  'use strict';
  const words = document.body.dataset;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const points = all('.point');
  if (!points.length) return;

  // What a link opened: a stretch that another one cuts in two is marked in both parts.
  const show = () => {
    all('mark.shown').forEach(mark => mark.classList.remove('shown'));
    const id = decodeURIComponent(location.hash.slice(1));
    const mark = id && document.getElementById(id);
    if (!mark || mark.tagName !== 'MARK') return;
    [mark, ...all('mark[data-of]').filter(part => part.dataset.of === id)].forEach(part => part.classList.add('shown'));
  };
  addEventListener('hashchange', show);
  show();

  // The point at hand lights its edges in its story's graph.
  let current = null;
  const light = point => {
    const story = point.closest('.story');
    for (const svg of all('.graph svg', story)) {
      svg.classList.add('faded');
      for (const edge of all('.edge', svg)) edge.classList.toggle('lit', edge.dataset.points.split(' ').includes(point.dataset.point));
    }
  };
  const dim = () => all('svg.faded').forEach(svg => svg.classList.remove('faded'));
  document.addEventListener('focusin', event => {
    const point = event.target.closest('.point');
    if (point) light(current = point); else dim();
  });

  const tools = document.createElement('div');
  tools.className = 'tools';
  const filter = document.createElement('input');
  filter.type = 'search';
  filter.placeholder = words.filter;
  filter.setAttribute('aria-label', words.filter);
  const found = document.createElement('span');
  found.setAttribute('role', 'status');
  const help = document.createElement('button');
  help.type = 'button';
  help.textContent = words.keys;
  tools.append(filter, found, help);
  points[0].closest('section').before(tools);
  const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const contents = new Map(points.map(point => [point, plain(point.textContent)]));
  filter.addEventListener('input', () => {
    const wanted = plain(filter.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const point of points) {
      point.hidden = !wanted.every(word => contents.get(point).includes(word));
      if (!point.hidden) count++;
    }
    found.textContent = wanted.length ? words.filterFound.replace('{0}', count).replace('{1}', points.length) : '';
  });

  // References to copy: the words, then outlet, time and characters.
  for (const point of points) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = words.cite;
    button.addEventListener('click', async () => {
      const lines = [point.querySelector('.claim .to').textContent, point.querySelector('.grade').textContent.trim().replace(/\s+/g, ' ')];
      for (const passage of all('.passages > li', point)) lines.push('- ' + passage.textContent.trim().replace(/\s+/g, ' '));
      if (await copy(lines.join('\n'))) {
        button.textContent = words.cited;
        setTimeout(() => { button.textContent = words.cite; }, 1600);
      }
    });
    point.querySelector('details').append(button);
  }
  const copy = async text => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement('textarea');
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand('copy');
      area.remove();
      return done;
    }
  };

  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', words.keys);
  const text = document.createElement('p');
  text.textContent = words.keysHelp;
  const label = document.createElement('label');
  const on = document.createElement('input');
  on.type = 'checkbox';
  on.checked = true;
  label.append(on, ' ' + words.keysOn);
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = words.close;
  close.addEventListener('click', () => dialog.close());
  dialog.append(text, label, close);
  document.body.append(dialog);
  help.addEventListener('click', () => dialog.showModal());

  const step = by => {
    const shown = points.filter(point => !point.hidden);
    const at = shown.indexOf(document.activeElement.closest('.point') ?? current);
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'center' });
  };
  const open = () => {
    const details = (document.activeElement.closest('.point') ?? current)?.querySelector('details');
    if (details) details.open = !details.open;
  };
  // Single keys only, never with a modifier, never while typing, and they can be switched off.
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || dialog.open) return;
    if (event.target.closest('input, textarea, select, [contenteditable]')) {
      if (event.key === 'Escape' && event.target === filter) {
        filter.value = '';
        filter.dispatchEvent(new Event('input'));
        filter.blur();
      }
      return;
    }
    if (!on.checked) return;
    const act = { j: () => step(1), k: () => step(-1), o: open, '/': () => filter.focus(), '?': () => dialog.showModal() }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('details:not([open])');
    closed.forEach(details => { details.open = true; });
  });
  addEventListener('afterprint', () => closed.forEach(details => { details.open = false; }));
})();
