// Reading works without this. It adds highlighting of what a line rests on, a filter and references to copy, and walks what is listed.
const recoupe = (() => {
  'use strict';
  const words = document.body.dataset;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const points = all('.point');
  const items = all('.point, [data-item]');
  let current = null;

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
  const light = point => {
    const story = point.closest('.story');
    for (const svg of all('.graph svg', story)) {
      svg.classList.add('faded');
      for (const edge of all('.edge', svg)) edge.classList.toggle('lit', edge.dataset.points.split(' ').includes(point.dataset.point));
    }
  };
  const dim = () => all('svg.faded').forEach(svg => svg.classList.remove('faded'));
  document.addEventListener('focusin', event => {
    const item = event.target.closest('.point, [data-item]');
    if (item) current = item;
    if (item?.matches('.point')) light(item); else dim();
  });

  const tools = document.createElement('div');
  tools.className = 'tools';
  const filter = document.createElement('input');
  filter.type = 'search';
  filter.placeholder = words.filter;
  filter.setAttribute('aria-label', words.filter);
  const found = document.createElement('span');
  found.setAttribute('role', 'status');
  tools.append(filter, found);
  points[0]?.closest('section')?.before(tools);
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
    point.querySelector('details')?.append(button);
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

  const at = () => document.activeElement.closest('.point, [data-item]') ?? current;
  const step = by => {
    const shown = items.filter(item => !item.hidden);
    const place = shown.indexOf(at());
    const next = shown[place < 0 ? (by > 0 ? 0 : shown.length - 1) : place + by];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'center' });
  };
  const open = () => {
    const details = at()?.querySelector('details');
    if (details) details.open = !details.open;
  };
  // While typing, and with a modifier, keys are the browser's.
  const isOurs = event => !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing
    && !event.target.closest?.('input, textarea, select, [contenteditable]');
  filter.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    filter.value = '';
    filter.dispatchEvent(new Event('input'));
    filter.blur();
  });

  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('details:not([open])');
    closed.forEach(details => { details.open = true; });
  });
  addEventListener('afterprint', () => closed.forEach(details => { details.open = false; }));
  return { words, points, tools, filter, at, step, open, isOurs };
})();
