import type { ReportData } from './report-data.js';

/** What is shown of the items, and in which order. */
export interface Query {
  readonly text: string;
  /** Places in data.verdicts. */
  readonly verdicts: ReadonlySet<number>;
  /** Places in data.benchmarks and data.parts; −1 for all. */
  readonly benchmark: number;
  readonly part: number;
  readonly sort: SortKey;
  readonly descending: boolean;
}

export type SortKey = 'verdict' | 'item' | 'benchmark' | 'part' | 'coverage' | 'evidence' | 'run' | 'documents';

/** What can be sorted by: numbers the largest first, names from A on. */
export const NAMED: ReadonlySet<SortKey> = new Set<SortKey>(['item', 'benchmark', 'part']);

/** Orders of all items by each key, made once: a filter then goes through one of them. */
export class Sorted {
  private readonly data: ReportData;
  private readonly orders = new Map<SortKey, Uint32Array>();

  constructor(data: ReportData) {
    this.data = data;
  }

  /** Items in the order wanted, those alone that the query lets through. */
  items(query: Query): Uint32Array {
    const { items } = this.data.data;
    const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
    const haystacks = words.length > 0 ? this.data.searchable() : [];
    const order = this.order(query.sort);
    const found = new Uint32Array(order.length);
    let n = 0;
    for (let i = 0; i < order.length; i++) {
      const item = order[query.descending ? i : order.length - 1 - i];
      if (!query.verdicts.has(items.verdict[item])) continue;
      if (query.benchmark >= 0 && items.benchmark[item] !== query.benchmark) continue;
      if (query.part >= 0 && items.part[item] !== query.part) continue;
      if (words.length > 0 && !words.every((word) => haystacks[item].includes(word))) continue;
      found[n++] = item;
    }
    return found.subarray(0, n);
  }

  private order(key: SortKey): Uint32Array {
    const known = this.orders.get(key);
    if (known) return known;
    const compare = comparison(this.data, key);
    const worst = comparison(this.data, 'verdict');
    const order = Uint32Array.from(this.data.data.items.id, (_, i) => i);
    order.sort((a, b) => compare(a, b) || (key === 'verdict' ? 0 : worst(a, b)) || a - b);
    this.orders.set(key, order);
    return order;
  }
}

/** Of a part, the worse one first, as everywhere in a report. */
const SEVERITY = ['question+answer', 'question', 'code', 'passage', 'choices', 'answer'];
const WORST_FIRST = ['contaminated', 'suspect', 'unconfirmed', 'clean', 'unchecked'];

type Comparison = (a: number, b: number) => number;

function comparison(report: ReportData, key: SortKey): Comparison {
  const { items, matches, benchmarks, parts, verdicts } = report.data;
  const falling =
    (column: readonly number[]): Comparison =>
    (a, b) =>
      column[b] - column[a];
  switch (key) {
    case 'coverage':
      return falling(items.coverage);
    case 'evidence':
      return falling(items.evidence);
    case 'documents':
      return falling(items.documents);
    case 'run':
      return falling(items.id.map((_, item) => matches.longestRun[report.bestMatch(item)] ?? 0));
    case 'item':
      return byName(items.id);
    case 'benchmark':
      return byName(items.benchmark.map((at) => benchmarks[at]));
    case 'part':
      return byName(items.part.map((at) => parts[at] ?? '\uffff'));
    case 'verdict': {
      const rank = verdicts.map((verdict) => (WORST_FIRST.includes(verdict) ? WORST_FIRST.indexOf(verdict) : 9));
      const severity = parts.map((part) => SEVERITY.indexOf(part));
      return (a, b) =>
        rank[items.verdict[a]] - rank[items.verdict[b]] ||
        (severity[items.part[a]] ?? 9) - (severity[items.part[b]] ?? 9) ||
        items.evidence[b] - items.evidence[a];
    }
  }
}

/** Numbers in names by their value: item 9 before item 10. */
function byName(names: readonly string[]): Comparison {
  const { compare } = new Intl.Collator('en', { numeric: true });
  return (a, b) => compare(names[a], names[b]);
}
