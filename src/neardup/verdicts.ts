import { KINDS } from '../model/comparison.js';
import type { DuplicateKind } from '../model/comparison.js';
import { Bits } from './bits.js';
import { BUCKETS, Buckets } from './buckets.js';
import type { Ranges } from './buckets.js';
import type { Links } from './links.js';
import type { Mark, Marks } from './marks.js';
import type { RecordTable } from './record-table.js';
import type { Scratch } from './scratch.js';
import { SortedList, WordsList } from './words-list.js';

/** A record that has a duplicate, by numbers. */
export interface Duplicate {
  readonly record: number;
  /** From 1, in the order of their first records. */
  readonly cluster: number;
  readonly kind: DuplicateKind;
  readonly jaccard: number;
  readonly like: number;
  /** The one of its cluster that stays. */
  readonly representative: boolean;
  readonly drop: boolean;
}

/** For each set and other set: records by kind. */
export type OverlapCounts = ReadonlyMap<number, ReadonlyMap<number, Readonly<Record<DuplicateKind, number>>>>;

/** Flags of a duplicate, above the kind. */
const KIND_MASK = 3;
const STAYS = 4;
const GOES = 8;
/** Jaccard similarities are kept as whole numbers of this fraction. */
const UNIT = 2 ** 31;

/** What comes of the marks: who is in which cluster, who stays, who goes. Read in order, as often as needed. */
export class Verdicts {
  readonly counts: OverlapCounts;
  /** Duplicates by the strongest way each is the same as another. */
  readonly byKind: Readonly<Record<DuplicateKind, number>>;
  readonly dropped: number;
  readonly largestCluster: number;
  /** {record, cluster, like, jaccard, kind and flags}, by record. */
  private readonly list: SortedList;
  /** {records, the one that stays}, by cluster. */
  private readonly groups: WordsList;

  /** `rank` of a set: the higher one stays. */
  constructor(
    scratch: Scratch,
    ranges: Ranges,
    marks: Marks,
    links: Links,
    table: RecordTable,
    rank: readonly number[],
    within: boolean,
  ) {
    const judged = judge(scratch, ranges, marks, links, table, rank, within);
    const { groups, staying, largest } = chooseRepresentatives(scratch, ranges, judged.members);
    const { list, dropped } = settle(scratch, ranges, judged.list, staying, within);
    this.counts = judged.counts;
    this.byKind = judged.byKind;
    this.groups = groups;
    this.largestCluster = largest;
    this.list = list;
    this.dropped = dropped;
  }

  get duplicates(): number {
    return this.list.length;
  }

  get clusters(): number {
    return this.groups.length;
  }

  cluster(number: number): { readonly records: number; readonly representative: number } {
    const [records, representative] = this.groups.at(number - 1);
    return { records, representative };
  }

  /** Undefined for a record that has no duplicate. */
  of(record: number): Duplicate | undefined {
    const entry = this.list.find(record);
    return entry && duplicateOf(entry);
  }

  *[Symbol.iterator](): Generator<Duplicate> {
    for (let i = 0; i < this.list.length; i++) yield duplicateOf(this.list.at(i));
  }
}

function duplicateOf([record, cluster, like, jaccard, flags]: Uint32Array): Duplicate {
  return {
    record,
    cluster,
    kind: KINDS[flags & KIND_MASK],
    jaccard: jaccard / UNIT,
    like,
    representative: (flags & STAYS) !== 0,
    drop: (flags & GOES) !== 0,
  };
}

/** The strongest mark of each record, and who is in which cluster. */
function judge(
  scratch: Scratch,
  ranges: Ranges,
  marks: Marks,
  links: Links,
  table: RecordTable,
  rank: readonly number[],
  within: boolean,
): {
  list: WordsList;
  members: Buckets;
  counts: OverlapCounts;
  byKind: Record<DuplicateKind, number>;
} {
  const list = new WordsList(scratch, 5);
  /** {cluster, record, rank} by the cluster's number. */
  const members = new Buckets(scratch, 3);
  const counts = new Map<number, Map<number, Record<DuplicateKind, number>>>();
  const byKind = { exact: 0, normalised: 0, near: 0 };
  for (const { range, clusterOf } of links.clusters())
    for (const own of byRecord(marks.inRange(range))) {
      const { record, like, kind, jaccard } = own.reduce((a, b) => (isStronger(b, a) ? b : a));
      const set = table.setOf(record);
      byKind[kind]++;
      for (const mark of own) count(counts, set, mark.other, mark.kind);
      const cluster = clusterOf(record);
      // Across sets whoever has its like in a set that is to be kept goes.
      const drop = !within && own.some(({ other }) => rank[other] > rank[set]);
      list.append(record, cluster, like, jaccard * UNIT, KINDS.indexOf(kind) | (drop ? GOES : 0));
      members.add(ranges.of(cluster), cluster, record, rank[set]);
    }
  marks.close();
  return { list, members, counts, byKind };
}

/** Of each cluster the first record of the set that ranks highest. */
function chooseRepresentatives(
  scratch: Scratch,
  ranges: Ranges,
  members: Buckets,
): { groups: WordsList; staying: Buckets; largest: number } {
  const groups = new WordsList(scratch, 2);
  const staying = new Buckets(scratch, 2);
  const sizes = new Uint32Array(ranges.width);
  const ranks = new Uint8Array(ranges.width);
  const firsts = new Uint32Array(ranges.width);
  let largest = 0;
  for (let range = 0; range < BUCKETS; range++) {
    sizes.fill(0);
    const base = range * ranges.width;
    for (const some of members.stretches(range))
      for (let i = 0; i < some.length; i += 3) {
        const at = some[i] - base;
        if (sizes[at]++ > 0 && some[i + 2] <= ranks[at]) continue;
        firsts[at] = some[i + 1];
        ranks[at] = some[i + 2];
      }
    for (let at = 0; at < ranges.width; at++) {
      if (sizes[at] === 0) continue;
      groups.append(sizes[at], firsts[at]);
      staying.add(ranges.of(firsts[at]), firsts[at], 0);
      largest = Math.max(largest, sizes[at]);
    }
  }
  members.close();
  return { groups, staying, largest };
}

/** Adds who stays; within a set all others of its cluster go. */
function settle(
  scratch: Scratch,
  ranges: Ranges,
  judged: WordsList,
  staying: Buckets,
  within: boolean,
): { list: SortedList; dropped: number } {
  const list = new SortedList(scratch, 5);
  const stays = new Bits(ranges.width);
  let range = -1;
  let dropped = 0;
  for (let i = 0; i < judged.length; i++) {
    const [record, cluster, like, jaccard, kind] = judged.at(i);
    if (ranges.of(record) !== range) {
      range = ranges.of(record);
      stays.clear();
      for (const some of staying.stretches(range))
        for (let at = 0; at < some.length; at += 2) stays.set(some[at] - range * ranges.width);
    }
    const isStaying = stays.has(record - range * ranges.width);
    const flags = kind | (isStaying ? STAYS : 0) | (within && !isStaying ? GOES : 0);
    if (flags & GOES) dropped++;
    list.append(record, cluster, like, jaccard, flags);
  }
  judged.close();
  staying.close();
  return { list, dropped };
}

function* byRecord(marks: Iterable<Mark>): Generator<Mark[]> {
  let own: Mark[] = [];
  for (const mark of marks) {
    if (own.length > 0 && own[0].record !== mark.record) {
      yield own;
      own = [];
    }
    own.push(mark);
  }
  if (own.length > 0) yield own;
}

function isStronger(a: Mark, b: Mark): boolean {
  const difference = KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.jaccard - a.jaccard || a.like - b.like;
  return difference < 0;
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
