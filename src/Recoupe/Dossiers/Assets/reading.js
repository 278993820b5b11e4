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

  // The drawing: larger and smaller, moved by the pointer, and walked by the arrow keys from outlet to origin.
  for (const svg of all('.graph svg')) {
    const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
    let box = { x: 0, y: 0, part: 1 };
    const look = (x, y, part) => {
      part = Math.min(1, Math.max(0.15, part));
      const within = (value, room) => Math.min(Math.max(value, 0), room);
      box = { x: within(x, width * (1 - part)), y: within(y, height * (1 - part)), part };
      svg.setAttribute('viewBox', `${box.x} ${box.y} ${width * part} ${height * part}`);
      svg.classList.toggle('near', part < 1);
    };
    const around = (x, y, part) => look(x - width * part / 2, y - height * part / 2, part);
    const zoom = by => around(box.x + width * box.part / 2, box.y + height * box.part / 2, box.part * by);
    const whole = () => look(0, 0, 1);

    const nodes = all('[data-node]', svg);
    const edges = all('.edge', svg);
    const nameOf = node => node.querySelector('title').textContent;
    const middle = node => {
      const { x, y, width: wide, height: high } = node.getBBox();
      return [x + wide / 2, y + high / 2];
    };
    const told = document.createElement('p');
    told.className = 'walked';
    told.setAttribute('role', 'status');
    let here = null;
    const go = node => {
      if (!node) return;
      here?.classList.remove('here');
      here = node;
      here.classList.add('here');
      svg.classList.add('faded');
      const own = edges.filter(edge => [edge.dataset.from, edge.dataset.to].includes(node.dataset.node));
      edges.forEach(edge => edge.classList.toggle('lit', own.includes(edge)));
      told.textContent = [nameOf(node), ...own.map(edge => edge.querySelector('title').textContent)].join(' · ');
      if (box.part < 1) around(...middle(node), box.part);
    };
    const along = (from, to) => {
      const edge = here && edges.find(one => one.dataset[from] === here.dataset.node);
      return edge && nodes.find(node => node.dataset.node === edge.dataset[to]);
    };
    const beside = by => {
      if (!here) return nodes[0];
      const layer = nodes.filter(node => node.dataset.layer === here.dataset.layer).sort((a, b) => middle(a)[1] - middle(b)[1]);
      return layer[layer.indexOf(here) + by];
    };
    const keys = {
      ArrowRight: () => go(here ? along('from', 'to') : nodes[0]), ArrowLeft: () => go(along('to', 'from')),
      ArrowDown: () => go(beside(1)), ArrowUp: () => go(beside(-1)),
      '+': () => zoom(0.7), '=': () => zoom(0.7), '-': () => zoom(1 / 0.7), 0: whole,
    };
    svg.setAttribute('tabindex', '0');
    svg.setAttribute('role', 'application');
    svg.addEventListener('keydown', event => {
      const act = keys[event.key];
      if (!act || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
    svg.addEventListener('blur', () => svg.classList.remove('faded'));
    let drag = null;
    svg.addEventListener('pointerdown', event => {
      if (box.part === 1) return;
      drag = { x: event.clientX, y: event.clientY, from: box };
      svg.setPointerCapture(event.pointerId);
    });
    svg.addEventListener('pointermove', event => {
      if (!drag) return;
      const scale = width * box.part / svg.clientWidth;
      look(drag.from.x - (event.clientX - drag.x) * scale, drag.from.y - (event.clientY - drag.y) * scale, box.part);
    });
    for (const end of ['pointerup', 'pointercancel']) svg.addEventListener(end, () => { drag = null; });

    const bar = document.createElement('div');
    bar.className = 'graph-tools';
    for (const [word, act] of [['graphLarger', () => zoom(0.7)], ['graphSmaller', () => zoom(1 / 0.7)], ['graphWhole', whole]]) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = words[word];
      button.addEventListener('click', act);
      bar.append(button);
    }
    const how = document.createElement('span');
    how.textContent = words.graphWalk;
    bar.append(how);
    svg.closest('figure').prepend(bar);
    svg.closest('figure').append(told);
  }

  const tools = document.createElement('div');
  tools.className = 'tools';
  const filter = document.createElement('input');
  filter.type = 'search';
  filter.placeholder = words.filter;
  filter.setAttribute('aria-label', words.filter);
  const found = document.createElement('span');
  found.setAttribute('role', 'status');
  tools.append(filter, found);
  if (points.length > 1) points[0].closest('section')?.before(tools);
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
