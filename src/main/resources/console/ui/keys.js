/** `/` searches, `j` and `k` go down and up a list; Enter opens and Esc closes by themselves. */
export function listen() {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (isTyping) {
      if (event.key === 'Escape' && event.target.matches('[data-search]')) event.target.blur();
      return;
    }
    if (document.querySelector('dialog[open]')) return;
    if (event.key === '/') {
      const search = document.querySelector('[data-search]');
      if (search) {
        event.preventDefault();
        search.focus();
      }
    } else if (event.key === 'j' || event.key === 'k') {
      step(event.key === 'j' ? 1 : -1);
    }
  });
}

function step(by) {
  const rows = [...document.querySelectorAll('a[data-open]')];
  const at = rows.indexOf(document.activeElement);
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)];
  next?.focus();
  next?.closest('tr')?.scrollIntoView({ block: 'nearest' });
}
