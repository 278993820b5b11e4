// The keys of a dossier that is a file of its own.
(() => {
  'use strict';
  const { words, points, tools, filter, step, open, isOurs } = recoupe;
  if (!points.length) return;
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
  const help = document.createElement('button');
  help.type = 'button';
  help.textContent = words.keys;
  help.addEventListener('click', () => dialog.showModal());
  tools.append(help);

  // Single keys only, and they can be switched off.
  addEventListener('keydown', event => {
    if (!isOurs(event) || dialog.open || !on.checked) return;
    const act = { j: () => step(1), k: () => step(-1), o: open, '/': () => filter.focus(), '?': () => dialog.showModal() }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
