import { button, element } from './element.js';

/** Rows made above and below what is seen, so that a fast scroll shows no gap. */
const MARGIN = 8;

/**
 * Browsers lay out nothing taller than some 17 million pixels (Firefox; Chromium 33): this many rows of the taller kind are
 * below that. Whoever filters has long been below.
 */
const MOST_ROWS = 300_000;

export interface Column<Key extends string> {
  readonly key: Key;
  readonly title: string;
  /** Sorted from A on; numbers the largest first. */
  readonly named?: boolean;
}

/** A row as it is seen: a class, and what is in each cell. */
export interface RowView {
  readonly className: string;
  readonly cells: readonly (readonly (Node | string)[])[];
}

/** What is listed: entries are told by their numbers. */
export interface Listed<Key extends string> {
  /** Of many: `Items`. */
  readonly label: string;
  readonly className: string;
  readonly columns: readonly Column<Key>[];
  rowOf(entry: number): RowView;
}

export interface ListEvents<Key extends string> {
  /** An entry becomes the current one. */
  readonly select: (entry: number) => void;
  /** Its evidence is wanted. */
  readonly open: () => void;
  readonly sort: (key: Key) => void;
}

/** A list of any length: as many rows in the document as are seen. */
export class RowList<Key extends string> {
  readonly root: HTMLElement;
  private readonly listed: Listed<Key>;
  private readonly events: ListEvents<Key>;
  private readonly rows: HTMLElement;
  private readonly headers = new Map<Key, HTMLElement>();
  private entries: Uint32Array = new Uint32Array();
  private current = -1;
  private rowHeight = 36;
  private drawn = '';

  constructor(listed: Listed<Key>, events: ListEvents<Key>) {
    this.listed = listed;
    this.events = events;
    this.rows = element('div', { class: 'rows', role: 'rowgroup' });
    this.root = element(
      'div',
      {
        class: `list ${listed.className}`,
        role: 'grid',
        tabindex: 0,
        'aria-label': listed.label,
        'aria-colcount': listed.columns.length,
      },
      element('div', { class: 'list-head', role: 'rowgroup' }, this.head()),
      this.rows,
    );
    this.root.addEventListener('scroll', () => requestAnimationFrame(() => this.draw()), { passive: true });
    this.root.addEventListener('keydown', (event) => this.key(event));
    new ResizeObserver(() => this.measure()).observe(this.root);
  }

  /** Shows these entries; the current one stays where it is among them. */
  show(entries: Uint32Array, sort: Key, descending: boolean): void {
    this.entries = entries.subarray(0, MOST_ROWS);
    this.root.setAttribute('aria-rowcount', String(this.entries.length + 1));
    for (const { key, named = false } of this.listed.columns) {
      const down = descending !== named;
      this.headers.get(key)?.setAttribute('aria-sort', key !== sort ? 'none' : down ? 'descending' : 'ascending');
    }
    this.root.scrollTop = 0;
    this.redraw();
  }

  get selected(): number {
    return this.current;
  }

  get first(): number {
    return this.entries.length > 0 ? this.entries[0] : -1;
  }

  select(entry: number, scroll: boolean): void {
    this.current = entry;
    if (scroll) this.reveal(this.entries.indexOf(entry));
    this.redraw();
  }

  /** One on, or as many as asked, from the current row. */
  move(by: number): void {
    if (this.entries.length === 0) return;
    const at = this.entries.indexOf(this.current);
    const to = Math.min(this.entries.length - 1, Math.max(0, at < 0 ? 0 : at + by));
    this.select(this.entries[to], true);
    this.events.select(this.entries[to]);
  }

  private head(): HTMLElement {
    const cells = this.listed.columns.map(({ key, title }) => {
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
    const end = Math.min(this.entries.length, Math.ceil((scrollTop + clientHeight) / this.rowHeight) + MARGIN);
    if (this.drawn === `${first} ${end}`) return;
    this.drawn = `${first} ${end}`;
    this.rows.style.height = `${this.entries.length * this.rowHeight}px`;
    const rows: HTMLElement[] = [];
    let active = '';
    for (let at = first; at < end; at++) {
      const row = this.row(this.entries[at], at);
      if (this.entries[at] === this.current) active = row.id;
      rows.push(row);
    }
    this.rows.replaceChildren(...rows);
    if (active === '') this.root.removeAttribute('aria-activedescendant');
    else this.root.setAttribute('aria-activedescendant', active);
  }

  private row(entry: number, at: number): HTMLElement {
    const { className, cells } = this.listed.rowOf(entry);
    const row = element(
      'div',
      {
        role: 'row',
        class: `row ${className}`,
        id: `row-${entry}`,
        'aria-rowindex': at + 2,
        'aria-selected': String(entry === this.current),
      },
      ...this.listed.columns.map(({ key }, i) =>
        element('div', { role: 'gridcell', class: `c-${key}` }, ...(cells[i] ?? [])),
      ),
    );
    row.style.transform = `translateY(${at * this.rowHeight}px)`;
    row.addEventListener('click', () => {
      this.select(entry, false);
      this.events.select(entry);
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
      Home: -this.entries.length,
      End: this.entries.length,
    };
    if (event.target instanceof HTMLButtonElement) return;
    if (event.key in steps) this.move(steps[event.key]);
    else if (event.key === 'Enter') this.events.open();
    else return;
    event.preventDefault();
  }
}
