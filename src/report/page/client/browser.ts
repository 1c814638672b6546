import { count } from '../../numbers.js';
import { element } from './element.js';
import { FilterBar } from './filter-bar.js';
import type { Filters } from './filter-bar.js';
import { RowList } from './row-list.js';
import type { Listed } from './row-list.js';

/** Rows of the list that are printed: paper does not scroll. */
const PRINTED = 200;

/** What is known of one entry, beside the list. */
export interface Pane {
  readonly root: HTMLElement;
  show(entry: number): void;
  /** The next or the previous of what an entry has several of. */
  step(by: number): void;
}

/** What a page lets its reader go through. */
export interface Subject<Key extends string> extends Listed<Key> {
  readonly total: number;
  readonly filters: Filters;
  readonly firstSort: Key;
  /** File that has all entries, as the printed page says. */
  readonly file: string;
  entries(filters: FilterBar, sort: Key, descending: boolean): Uint32Array;
  pane(back: () => void): Pane;
  printed(entry: number): readonly string[];
  /** The part of the address behind `#`, and the entry that one means. */
  addressOf(entry: number): string;
  entryAt(address: string): number;
}

/** Filter, list, evidence: the entries of a report. */
export class Browser<Key extends string> {
  private readonly subject: Subject<Key>;
  private readonly root: HTMLElement;
  private readonly filters: FilterBar;
  private readonly list: RowList<Key>;
  private readonly pane: Pane;
  private readonly printed = element('div', { class: 'printed', 'aria-hidden': 'true' });
  private shown: Uint32Array = new Uint32Array();
  private sort: Key;
  private descending = true;

  constructor(root: HTMLElement, subject: Subject<Key>) {
    this.root = root;
    this.subject = subject;
    this.sort = subject.firstSort;
    this.filters = new FilterBar(subject.filters, () => this.apply());
    this.list = new RowList(subject, {
      select: (entry) => this.select(entry),
      open: () => this.read(),
      sort: (key) => this.sortBy(key),
    });
    this.pane = subject.pane(() => this.backToList());
    root.closest('section')?.querySelector('h2')?.after(this.filters.said);
    root.append(this.filters.root, element('div', { class: 'panes' }, this.list.root, this.pane.root), this.printed);
    this.apply();
    this.openNamed();
    addEventListener('hashchange', () => this.openNamed());
    document.addEventListener('keydown', (event) => this.key(event));
    addEventListener('beforeprint', () => this.print());
  }

  /** Puts words into the filter. */
  search(text: string): void {
    this.filters.search.value = text;
    this.apply();
    this.backToList();
  }

  private apply(): void {
    this.shown = this.subject.entries(this.filters, this.sort, this.descending);
    this.list.show(this.shown, this.sort, this.descending);
    this.filters.say(this.shown.length, this.subject.total);
    if (!this.shown.includes(this.list.selected)) this.select(this.list.first);
  }

  private sortBy(key: Key): void {
    this.descending = this.sort === key ? !this.descending : true;
    this.sort = key;
    this.apply();
  }

  private select(entry: number): void {
    this.list.select(entry, false);
    this.pane.show(entry);
  }

  /** Where there is room for one of both, the evidence takes the place of the list. */
  private read(): void {
    this.root.classList.add('reading');
    const entry = this.list.selected;
    if (entry < 0) return;
    history.replaceState(null, '', `#${this.subject.addressOf(entry)}`);
    this.pane.root.focus({ preventScroll: true });
  }

  private backToList(): void {
    this.root.classList.remove('reading');
    this.list.root.focus({ preventScroll: true });
  }

  /** A link to one entry of the report. */
  private openNamed(): void {
    const entry = this.subject.entryAt(location.hash.slice(1));
    if (entry < 0) return;
    this.list.select(entry, true);
    this.pane.show(entry);
    this.root.classList.add('reading');
    this.root.closest('section')?.scrollIntoView();
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { target } = event;
    const typing = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (event.key === 'Escape' && target === this.filters.search && this.filters.search.value !== '') {
      this.filters.search.value = '';
      this.apply();
    } else if (event.key === 'Escape') this.backToList();
    else if (typing) return;
    else if (event.key === '/') this.filters.search.focus();
    else if (this.root.contains(document.activeElement) && event.key === 'ArrowRight') this.pane.step(1);
    else if (this.root.contains(document.activeElement) && event.key === 'ArrowLeft') this.pane.step(-1);
    else return;
    event.preventDefault();
  }

  /** The list as a plain table, as far as paper goes. */
  private print(): void {
    const { columns, file } = this.subject;
    const rows = [...this.shown.subarray(0, PRINTED)].map((entry) =>
      element('tr', {}, ...this.subject.printed(entry).map((text) => element('td', {}, text))),
    );
    const left = this.shown.length - rows.length;
    this.printed.replaceChildren(
      element(
        'table',
        {},
        element('thead', {}, element('tr', {}, ...columns.map(({ title }) => element('th', {}, title)))),
        element('tbody', {}, ...rows),
      ),
      element('p', { class: 'note' }, left > 0 ? `${count(left)} more are in ${file}.` : ''),
    );
  }
}
