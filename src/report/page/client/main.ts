import { count } from '../../numbers.js';
import { element } from './element.js';
import { Evidence } from './evidence.js';
import { figures } from './figures.js';
import { FilterBar } from './filter-bar.js';
import { ItemList } from './item-list.js';
import { Sorted } from './query.js';
import type { SortKey } from './query.js';
import { ReportData } from './report-data.js';

/** Rows of the list that are printed: paper does not scroll. */
const PRINTED = 200;

/** The items of the report: filter, list, evidence. */
class Browser {
  private readonly report = new ReportData();
  private readonly sorted = new Sorted(this.report);
  private readonly filters = new FilterBar(this.report, () => this.apply());
  private readonly list = new ItemList(this.report, {
    select: (item) => this.select(item),
    open: () => this.read(),
    sort: (key) => this.sortBy(key),
  });
  private readonly evidence = new Evidence(this.report, () => this.backToList());
  private readonly printed = element('div', { class: 'printed', 'aria-hidden': 'true' });
  private readonly root: HTMLElement;
  private shown: Uint32Array = new Uint32Array();
  private sort: SortKey = 'verdict';
  private descending = true;

  constructor(root: HTMLElement) {
    this.root = root;
    document.getElementById('items-title')?.after(this.filters.said);
    root.append(
      this.filters.root,
      element('div', { class: 'panes' }, this.list.root, this.evidence.root),
      this.printed,
    );
    this.apply();
    this.openNamed();
    addEventListener('hashchange', () => this.openNamed());
    document.addEventListener('keydown', (event) => this.key(event));
    addEventListener('beforeprint', () => this.print());
  }

  private apply(): void {
    this.shown = this.sorted.items({ ...this.filters.filter, sort: this.sort, descending: this.descending });
    this.list.show(this.shown, this.sort, this.descending);
    this.filters.say(this.shown.length, this.report.data.items.id.length);
    if (!this.shown.includes(this.list.selected)) this.select(this.list.first);
  }

  private sortBy(key: SortKey): void {
    this.descending = this.sort === key ? !this.descending : true;
    this.sort = key;
    this.apply();
  }

  private select(item: number): void {
    this.list.select(item, false);
    this.evidence.show(item);
  }

  /** Where there is room for one of both, the evidence takes the place of the list. */
  private read(): void {
    this.root.classList.add('reading');
    const { data } = this.report;
    const item = this.list.selected;
    if (item < 0) return;
    const names = [data.benchmarks[data.items.benchmark[item]], data.items.id[item]];
    history.replaceState(null, '', `#item=${names.map(encoded).join('/')}`);
    this.evidence.root.focus({ preventScroll: true });
  }

  private backToList(): void {
    this.root.classList.remove('reading');
    this.list.root.focus({ preventScroll: true });
  }

  /** `#item=benchmark/id`: a link to one item of the report. */
  private openNamed(): void {
    const named = /^#item=([^/]*)\/(.*)$/.exec(location.hash);
    if (!named) return;
    const [benchmark, id] = named.slice(1).map(decoded);
    const { data } = this.report;
    const item = data.items.id.findIndex(
      (one, i) => one === id && data.benchmarks[data.items.benchmark[i]] === benchmark,
    );
    if (item < 0) return;
    this.list.select(item, true);
    this.evidence.show(item);
    this.root.classList.add('reading');
    document.getElementById('items')?.scrollIntoView();
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
    else if (this.root.contains(document.activeElement) && event.key === 'ArrowRight') this.evidence.step(1);
    else if (this.root.contains(document.activeElement) && event.key === 'ArrowLeft') this.evidence.step(-1);
    else return;
    event.preventDefault();
  }

  /** The list as a plain table, as far as paper goes. */
  private print(): void {
    const rows = [...this.shown.subarray(0, PRINTED)].map((item) => {
      const { verdict, id, benchmark, part, coverage, evidence, run, documents } = figures(this.report, item);
      const cells = [verdict.name, id, benchmark, part, coverage.text, evidence, run, documents];
      return element('tr', {}, ...cells.map((text) => element('td', {}, text)));
    });
    const titles = ['verdict', 'item', 'benchmark', 'part', 'coverage', 'bits', 'run', 'docs'];
    const left = this.shown.length - rows.length;
    this.printed.replaceChildren(
      element(
        'table',
        {},
        element('thead', {}, element('tr', {}, ...titles.map((title) => element('th', {}, title)))),
        element('tbody', {}, ...rows),
      ),
      element('p', { class: 'note' }, left > 0 ? `${count(left)} more are in items.jsonl.` : ''),
    );
  }
}

/** A half of a surrogate pair, which a corpus may well hold, has no form in an address. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const root = document.getElementById('browser');
if (root) new Browser(root);
