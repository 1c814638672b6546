import { count } from '../../numbers.js';
import type { Pane, Subject } from './browser.js';
import type { ComparisonReader } from './comparison-reader.js';
import { name } from './element.js';
import { kindClass, marker, meter } from './figures.js';
import type { FilterBar, Filters } from './filter-bar.js';
import { PairEvidence } from './pair-evidence.js';
import type { Column, RowView } from './row-list.js';
import { byName, falling, hasWords, Sorted } from './sorted.js';
import type { Comparison } from './sorted.js';

type PairKey = 'kind' | 'similarity' | 'left' | 'right' | 'records';

/** Strongest first. */
const KINDS = ['exact', 'normalised', 'near'];

/** The pairs of a comparison. */
export class Pairs implements Subject<PairKey> {
  readonly label = 'Pairs';
  readonly className = 'of-pairs';
  readonly firstSort = 'kind';
  readonly file = 'pairs.jsonl';
  readonly columns: readonly Column<PairKey>[] = [
    { key: 'kind', title: 'kind' },
    { key: 'similarity', title: 'similarity' },
    { key: 'left', title: 'record', named: true },
    { key: 'right', title: 'the same as', named: true },
    { key: 'records', title: 'cluster' },
  ];
  /** What narrows the list by whoever clicks on a cluster. */
  onCluster: (cluster: number) => void = () => undefined;
  private readonly reader: ComparisonReader;
  private readonly sorted: Sorted<PairKey>;
  /** Of each pair, which two sets it is of: a place in `setPairs`. */
  private readonly sides: readonly number[];
  private readonly setPairs: readonly string[];

  constructor(reader: ComparisonReader) {
    this.reader = reader;
    this.sorted = new Sorted<PairKey>(this.total, (key) => this.order(key), 'kind');
    const names: string[] = [];
    const { left, right } = reader.data.pairs;
    this.sides = left.map((record, pair) => {
      const both = [...new Set([reader.setOf(record), reader.setOf(right[pair])])].sort().join(' · ');
      const known = names.indexOf(both);
      return known < 0 ? names.push(both) - 1 : known;
    });
    this.setPairs = names;
  }

  get total(): number {
    return this.reader.data.pairs.kind.length;
  }

  get filters(): Filters {
    const { kinds, pairs } = this.reader.data;
    return {
      placeholder: 'Filter by id, text, file, cluster:1',
      label: 'Filter pairs',
      chipsLabel: 'Kinds',
      chips: [...kinds.keys()]
        .sort((a, b) => KINDS.indexOf(kinds[a]) - KINDS.indexOf(kinds[b]))
        .map((at) => ({
          at,
          name: kinds[at],
          className: kindClass(kinds[at]),
          count: pairs.kind.filter((kind) => kind === at).length,
          isOn: true,
        })),
      choices: [{ label: 'Sets', all: 'all sets', names: this.setPairs }],
    };
  }

  entries(filters: FilterBar, sort: PairKey, descending: boolean): Uint32Array {
    const { kind } = this.reader.data.pairs;
    const sides = filters.chosen(0);
    const found = hasWords(filters.text, (pair, word) => this.reader.has(pair, word));
    return this.sorted.entries(
      sort,
      descending,
      (pair) => filters.shown.has(kind[pair]) && (sides < 0 || this.sides[pair] === sides) && found(pair),
    );
  }

  rowOf(pair: number): RowView {
    const { reader } = this;
    const { pairs, kinds } = reader.data;
    const record = (at: number): (Node | string)[] => [
      name(reader.idOf(at), reader.data.records.drop[at] === 1 ? 'path goes' : 'path'),
      ' ',
      name(reader.setOf(at), 'note'),
    ];
    return {
      className: kindClass(kinds[pairs.kind[pair]]),
      cells: [
        [marker(), kinds[pairs.kind[pair]]],
        [meter(String(pairs.jaccard[pair] / 10_000)), this.similarity(pair)],
        record(pairs.left[pair]),
        record(pairs.right[pair]),
        [count(reader.data.clusters.records[pairs.cluster[pair]])],
      ],
    };
  }

  printed(pair: number): string[] {
    const { reader } = this;
    const { pairs, kinds, clusters } = reader.data;
    const record = (at: number): string => `${reader.setOf(at)} ${reader.idOf(at)}`;
    return [
      kinds[pairs.kind[pair]],
      this.similarity(pair),
      record(pairs.left[pair]),
      record(pairs.right[pair]),
      count(clusters.records[pairs.cluster[pair]]),
    ];
  }

  pane(back: () => void): Pane {
    return new PairEvidence(this.reader, back, (cluster) => this.onCluster(cluster));
  }

  /** `pair=12`: its line in pairs.jsonl. */
  addressOf(pair: number): string {
    return `pair=${pair + 1}`;
  }

  entryAt(address: string): number {
    const line = Number(/^pair=(\d+)$/.exec(address)?.[1] ?? 0);
    return line >= 1 && line <= this.total ? line - 1 : -1;
  }

  private similarity(pair: number): string {
    return (this.reader.data.pairs.jaccard[pair] / 10_000).toFixed(3);
  }

  private order(key: PairKey): Comparison {
    const { reader } = this;
    const { pairs, kinds, clusters } = reader.data;
    const names = (records: readonly number[]): string[] =>
      records.map((at) => `${reader.idOf(at)} ${reader.setOf(at)}`);
    switch (key) {
      case 'similarity':
        return falling(pairs.jaccard);
      case 'left':
        return byName(names(pairs.left));
      case 'right':
        return byName(names(pairs.right));
      case 'records':
        return falling(pairs.cluster.map((at) => clusters.records[at]));
      case 'kind': {
        const rank = kinds.map((kind) => KINDS.indexOf(kind));
        return (a, b) => rank[pairs.kind[a]] - rank[pairs.kind[b]] || pairs.jaccard[b] - pairs.jaccard[a];
      }
    }
  }
}
