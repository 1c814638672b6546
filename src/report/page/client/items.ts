import { itemAddress, itemOfAddress } from '../address.js';
import type { Pane, Subject } from './browser.js';
import { name } from './element.js';
import { Evidence } from './evidence.js';
import { figures, marker, meter, verdictOf } from './figures.js';
import type { FilterBar, Filters } from './filter-bar.js';
import { itemOrder, WORST_FIRST } from './item-orders.js';
import type { ItemKey } from './item-orders.js';
import type { ReportData } from './report-data.js';
import type { Column, RowView } from './row-list.js';
import { hasWords, Sorted } from './sorted.js';

/** Verdicts that are not worth a look unless asked for. */
const QUIET = new Set(['clean', 'unchecked']);

/** The items of a scan's report. */
export class Items implements Subject<ItemKey> {
  readonly label = 'Items';
  readonly className = 'of-items';
  readonly firstSort = 'verdict';
  readonly file = 'items.jsonl';
  readonly columns: readonly Column<ItemKey>[] = [
    { key: 'verdict', title: 'verdict' },
    { key: 'item', title: 'item', named: true },
    { key: 'benchmark', title: 'benchmark', named: true },
    { key: 'part', title: 'part', named: true },
    { key: 'coverage', title: 'coverage' },
    { key: 'evidence', title: 'bits' },
    { key: 'run', title: 'run' },
    { key: 'documents', title: 'docs' },
  ];
  private readonly report: ReportData;
  private readonly sorted: Sorted<ItemKey>;

  constructor(report: ReportData) {
    this.report = report;
    this.sorted = new Sorted<ItemKey>(this.total, (key) => itemOrder(report, key), 'verdict');
  }

  get total(): number {
    return this.report.data.items.id.length;
  }

  get filters(): Filters {
    const { verdicts, items, benchmarks, parts } = this.report.data;
    const places = [...verdicts.keys()];
    const isLoud = places.some((at) => !QUIET.has(verdicts[at]));
    return {
      placeholder: 'Filter by id, text, file',
      label: 'Filter items',
      chipsLabel: 'Verdicts',
      chips: places
        .sort((a, b) => rank(verdicts[a]) - rank(verdicts[b]))
        .map((at) => ({
          at,
          ...verdictOf(verdicts[at]),
          count: items.verdict.filter((verdict) => verdict === at).length,
          isOn: !isLoud || !QUIET.has(verdicts[at]),
        })),
      choices: [
        { label: 'Benchmark', all: 'all benchmarks', names: benchmarks },
        { label: 'Part', all: 'all parts', names: parts },
      ],
    };
  }

  entries(filters: FilterBar, sort: ItemKey, descending: boolean): Uint32Array {
    const { items } = this.report.data;
    const [benchmark, part] = [filters.chosen(0), filters.chosen(1)];
    const found = hasWords(filters.text, (item, word) => this.report.searchable()[item].includes(word));
    return this.sorted.entries(
      sort,
      descending,
      (item) =>
        filters.shown.has(items.verdict[item]) &&
        (benchmark < 0 || items.benchmark[item] === benchmark) &&
        (part < 0 || items.part[item] === part) &&
        found(item),
    );
  }

  rowOf(item: number): RowView {
    const { verdict, id, benchmark, part, coverage, evidence, run, documents } = figures(this.report, item);
    return {
      className: verdict.className,
      cells: [
        [marker(), verdict.name],
        [name(id)],
        [name(benchmark, '')],
        [part],
        [meter(coverage.share), coverage.text],
        [evidence],
        [run],
        [documents],
      ],
    };
  }

  printed(item: number): string[] {
    const { verdict, id, benchmark, part, coverage, evidence, run, documents } = figures(this.report, item);
    return [verdict.name, id, benchmark, part, coverage.text, evidence, run, documents];
  }

  pane(back: () => void): Pane {
    return new Evidence(this.report, back);
  }

  addressOf(item: number): string {
    const { items, benchmarks } = this.report.data;
    return itemAddress(benchmarks[items.benchmark[item]], items.id[item]);
  }

  entryAt(address: string): number {
    const [benchmark, id] = itemOfAddress(address) ?? [];
    if (id === undefined) return -1;
    const { items, benchmarks } = this.report.data;
    return items.id.findIndex((one, i) => one === id && benchmarks[items.benchmark[i]] === benchmark);
  }
}

function rank(verdict: string): number {
  return WORST_FIRST.includes(verdict) ? WORST_FIRST.indexOf(verdict) : WORST_FIRST.length;
}
