import type { DuplicateKind } from '../model/comparison.js';
import type { Clusters } from './clusters.js';
import type { Mark, Marks } from './marks.js';
import { Bits } from './record-table.js';
import type { RecordTable } from './record-table.js';

/** A record that has a duplicate, by numbers. */
export interface Duplicate {
  readonly record: number;
  readonly cluster: number;
  readonly kind: DuplicateKind;
  readonly jaccard: number;
  readonly like: number;
  readonly drop: boolean;
}

/** For each set and other set: records by kind. */
export type OverlapCounts = ReadonlyMap<number, ReadonlyMap<number, Readonly<Record<DuplicateKind, number>>>>;

/** What comes of the marks: who is in which cluster, who stays, who goes. Read in order, as often as needed. */
export class Verdicts {
  readonly counts: OverlapCounts;
  readonly duplicates: number;
  readonly byKind: Readonly<Record<DuplicateKind, number>>;
  readonly dropped: number;
  /** Per cluster, 1-based: records, and the one that stays. */
  readonly sizes: readonly number[];
  readonly representatives: readonly number[];
  private readonly marks: Marks;
  private readonly clusters: Clusters;
  private readonly table: RecordTable;
  private readonly rank: readonly number[];
  private readonly within: boolean;
  private readonly numbers = new Map<number, number>();
  private readonly staying: Bits;
  private readonly going: Bits;

  /** `rank` of a set: the higher one stays. */
  constructor(marks: Marks, clusters: Clusters, table: RecordTable, rank: readonly number[], within: boolean) {
    this.marks = marks;
    this.clusters = clusters;
    this.table = table;
    this.rank = rank;
    this.within = within;
    const counts = new Map<number, Map<number, Record<DuplicateKind, number>>>();
    const sizes = [0];
    const representatives = [0];
    for (const marksOfOne of this.byRecord()) {
      const { record } = marksOfOne[0];
      const root = clusters.find(record);
      const number = this.numbers.get(root) ?? sizes.length;
      this.numbers.set(root, number);
      sizes[number] = (sizes[number] ?? 0) + 1;
      const known = representatives[number];
      if (known === undefined || this.rankOf(record) > this.rankOf(known)) representatives[number] = record;
      for (const { other, kind } of marksOfOne) count(counts, table.setOf(record), other, kind);
    }
    this.counts = counts;
    this.sizes = sizes;
    this.representatives = representatives;
    this.staying = new Bits(table.length);
    for (const record of representatives.slice(1)) this.staying.set(record);
    this.going = new Bits(table.length);
    const byKind = { exact: 0, normalised: 0, near: 0 };
    let dropped = 0;
    for (const { record, kind, drop } of this) {
      byKind[kind]++;
      if (!drop) continue;
      dropped++;
      this.going.set(record);
    }
    this.byKind = byKind;
    this.duplicates = byKind.exact + byKind.normalised + byKind.near;
    this.dropped = dropped;
  }

  isRepresentative(record: number): boolean {
    return this.staying.has(record);
  }

  isDropped(record: number): boolean {
    return this.going.has(record);
  }

  /** Of a record that has a duplicate. */
  clusterOf(record: number): number {
    return this.numbers.get(this.clusters.find(record)) ?? 0;
  }

  *[Symbol.iterator](): Generator<Duplicate> {
    for (const marks of this.byRecord()) {
      const [{ record, kind, jaccard, like }] = [...marks].sort(stronger);
      const cluster = this.clusterOf(record);
      // Within a set one of each cluster stays; across sets whoever has its like in a set that is to be kept goes.
      const drop = this.within
        ? !this.isRepresentative(record)
        : marks.some(({ other }) => this.rank[other] > this.rankOf(record));
      yield { record, cluster, kind, jaccard, like, drop };
    }
  }

  private rankOf(record: number): number {
    return this.rank[this.table.setOf(record)];
  }

  private *byRecord(): Generator<Mark[]> {
    let own: Mark[] = [];
    for (const mark of this.marks.inOrder()) {
      if (own.length > 0 && own[0].record !== mark.record) {
        yield own;
        own = [];
      }
      own.push(mark);
    }
    if (own.length > 0) yield own;
  }
}

const STRENGTH: Readonly<Record<DuplicateKind, number>> = { exact: 0, normalised: 1, near: 2 };

function stronger(a: Mark, b: Mark): number {
  return STRENGTH[a.kind] - STRENGTH[b.kind] || b.jaccard - a.jaccard || a.like - b.like;
}

function count(
  counts: Map<number, Map<number, Record<DuplicateKind, number>>>,
  set: number,
  other: number,
  kind: DuplicateKind,
): void {
  const own = counts.get(set) ?? new Map<number, Record<DuplicateKind, number>>();
  counts.set(set, own);
  const kinds = own.get(other) ?? { exact: 0, normalised: 0, near: 0 };
  own.set(other, kinds);
  kinds[kind]++;
}
