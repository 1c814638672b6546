import { button, element, name } from './element.js';
import { NAMED } from './query.js';
import type { SortKey } from './query.js';
import type { ReportData } from './report-data.js';
import { figures } from './figures.js';

/** Rows made above and below what is seen, so that a fast scroll shows no gap. */
const MARGIN = 8;

/**
 * Browsers lay out nothing taller than some 17 million pixels (Firefox; Chromium 33): this many rows of the taller kind are
 * below that. Whoever filters has long been below.
 */
const MOST_ROWS = 300_000;

const COLUMNS: readonly (readonly [key: SortKey, title: string])[] = [
  ['verdict', 'verdict'],
  ['item', 'item'],
  ['benchmark', 'benchmark'],
  ['part', 'part'],
  ['coverage', 'coverage'],
  ['evidence', 'bits'],
  ['run', 'run'],
  ['documents', 'docs'],
];

export interface ListEvents {
  /** An item becomes the current one. */
  readonly select: (item: number) => void;
  /** Its evidence is wanted. */
  readonly open: () => void;
  readonly sort: (key: SortKey) => void;
}

/** The list of items: as many rows in the document as are seen, however many there are. */
export class ItemList {
  readonly root: HTMLElement;
  private readonly report: ReportData;
  private readonly events: ListEvents;
  private readonly rows: HTMLElement;
  private readonly headers = new Map<SortKey, HTMLElement>();
  private items: Uint32Array = new Uint32Array();
  private current = -1;
  private rowHeight = 36;
  private drawn = '';

  constructor(report: ReportData, events: ListEvents) {
    this.report = report;
    this.events = events;
    this.rows = element('div', { class: 'rows', role: 'rowgroup' });
    this.root = element(
      'div',
      { class: 'list', role: 'grid', tabindex: 0, 'aria-label': 'Items', 'aria-colcount': COLUMNS.length },
      element('div', { class: 'list-head', role: 'rowgroup' }, this.head()),
      this.rows,
    );
    this.root.addEventListener('scroll', () => requestAnimationFrame(() => this.draw()), { passive: true });
    this.root.addEventListener('keydown', (event) => this.key(event));
    new ResizeObserver(() => this.measure()).observe(this.root);
  }

  /** Shows these items; the current one stays where it is among them. */
  show(items: Uint32Array, sort: SortKey, descending: boolean): void {
    this.items = items.subarray(0, MOST_ROWS);
    this.root.setAttribute('aria-rowcount', String(this.items.length + 1));
    for (const [key, header] of this.headers) {
      const down = descending !== NAMED.has(key);
      header.setAttribute('aria-sort', key !== sort ? 'none' : down ? 'descending' : 'ascending');
    }
    this.root.scrollTop = 0;
    this.redraw();
  }

  get selected(): number {
    return this.current;
  }

  get first(): number {
    return this.items.length > 0 ? this.items[0] : -1;
  }

  select(item: number, scroll: boolean): void {
    this.current = item;
    if (scroll) this.reveal(this.items.indexOf(item));
    this.redraw();
  }

  /** One on, or as many as asked, from the current row. */
  move(by: number): void {
    if (this.items.length === 0) return;
    const at = this.items.indexOf(this.current);
    const to = Math.min(this.items.length - 1, Math.max(0, at < 0 ? 0 : at + by));
    this.select(this.items[to], true);
    this.events.select(this.items[to]);
  }

  private head(): HTMLElement {
    const cells = COLUMNS.map(([key, title]) => {
      const cell = element(
        'div',
        { role: 'columnheader', class: `c-${key}` },
        button(title, {}, () => this.events.sort(key)),
      );
      this.headers.set(key, cell);
      return cell;
    });
    return element('div', { role: 'row', class: 'row head', 'aria-rowindex': 1 }, ...cells);
  }

  private measure(): void {
    this.rowHeight = Number.parseFloat(getComputedStyle(this.root).getPropertyValue('--row')) || 36;
    this.redraw();
  }

  private redraw(): void {
    this.drawn = '';
    this.draw();
  }

  private draw(): void {
    const { scrollTop, clientHeight } = this.root;
    const first = Math.max(0, Math.floor(scrollTop / this.rowHeight) - MARGIN);
    const end = Math.min(this.items.length, Math.ceil((scrollTop + clientHeight) / this.rowHeight) + MARGIN);
    if (this.drawn === `${first} ${end}`) return;
    this.drawn = `${first} ${end}`;
    this.rows.style.height = `${this.items.length * this.rowHeight}px`;
    const rows: HTMLElement[] = [];
    let active = '';
    for (let at = first; at < end; at++) {
      const row = this.row(this.items[at], at);
      if (this.items[at] === this.current) active = row.id;
      rows.push(row);
    }
    this.rows.replaceChildren(...rows);
    if (active === '') this.root.removeAttribute('aria-activedescendant');
    else this.root.setAttribute('aria-activedescendant', active);
  }

  private row(item: number, at: number): HTMLElement {
    const { verdict, id, benchmark, part, coverage, evidence, run, documents } = figures(this.report, item);
    const cell = (key: SortKey, ...children: (Node | string)[]): HTMLElement =>
      element('div', { role: 'gridcell', class: `c-${key}` }, ...children);
    const bar = element('span', { class: 'meter', 'aria-hidden': 'true' });
    bar.style.setProperty('--share', coverage.share);
    const row = element(
      'div',
      {
        role: 'row',
        class: `row ${verdict.className}`,
        id: `row-${item}`,
        'aria-rowindex': at + 2,
        'aria-selected': String(item === this.current),
      },
      cell('verdict', element('span', { class: 'dot', 'aria-hidden': 'true' }), verdict.name),
      cell('item', name(id)),
      cell('benchmark', name(benchmark, '')),
      cell('part', part),
      cell('coverage', bar, coverage.text),
      cell('evidence', evidence),
      cell('run', run),
      cell('documents', documents),
    );
    row.style.transform = `translateY(${at * this.rowHeight}px)`;
    row.addEventListener('click', () => {
      this.select(item, false);
      this.events.select(item);
      this.events.open();
    });
    return row;
  }

  private reveal(at: number): void {
    if (at < 0) return;
    const top = at * this.rowHeight;
    const room = this.root.clientHeight - this.rowHeight * 2;
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (top > this.root.scrollTop + room) this.root.scrollTop = top - room;
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.root.clientHeight / this.rowHeight) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -this.items.length,
      End: this.items.length,
    };
    if (event.target instanceof HTMLButtonElement) return;
    if (event.key in steps) this.move(steps[event.key]);
    else if (event.key === 'Enter') this.events.open();
    else return;
    event.preventDefault();
  }
}
