import { html } from '../vendor/preact.js';

const paths = {
  webhook: 'M9 7a3.5 3.5 0 1 1 5 3.2l2.6 4.6M6.6 12.6a3.5 3.5 0 1 0 3.3 5.4h5.3M11.6 8.2 8.7 13.5M17.8 18.6a3.5 3.5 0 1 0-.6-5.2',
  delivery: 'M4 12h13M12 6l6 6-6 6M21 5v14',
  dead: 'M5 6h14v12H5zM5 7l7 6 7-6M9 21h6',
  event: 'M13 3 5 13h6l-1 8 8-10h-6z',
  overview: 'M4 19V9M10 19V5M16 19v-7M21 19H3',
  source: 'M5 6c0-1.5 14-1.5 14 0v12c0 1.5-14 1.5-14 0zM5 6c0 1.5 14 1.5 14 0M5 12c0 1.5 14 1.5 14 0',
  system: 'M4 5h16v5H4zM4 14h16v5H4zM7.5 7.5h.01M7.5 16.5h.01',
  key: 'M7.5 21a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.7 13.3 20 4M16 8l3.5 3.5M13.2 10.8l2 2',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 13l4 4L19 7',
  copy: 'M9 9h10v11H9zM5 15V4h10v1',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5',
  right: 'M9 6l6 6-6 6',
  dots: 'M5.6 12a.6.6 0 1 1-1.2 0 .6.6 0 1 1 1.2 0M12.6 12a.6.6 0 1 1-1.2 0 .6.6 0 1 1 1.2 0M19.6 12a.6.6 0 1 1-1.2 0 .6.6 0 1 1 1.2 0',
  menu: 'M4 7h16M4 12h16M4 17h16',
  again: 'M4 12a8 8 0 0 1 14-5.3L20 9M20 4v5h-5M20 12a8 8 0 0 1-14 5.3L4 15M4 20v-5h5',
  pause: 'M9 5v14M15 5v14',
  play: 'M7 5l12 7-12 7z',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  alert: 'M12 4 2.8 20h18.4zM12 10v4M12 17h.01',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01',
  send: 'M4 12 20 4l-5 16-4-6z',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  out: 'M14 4h5v16h-5M4 12h10M10 8l4 4-4 4',
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11',
};

export const Icon = ({ name }) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${paths[name]} /></svg>`;
