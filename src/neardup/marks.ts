import { KINDS } from '../model/comparison.js';
import type { DuplicateKind } from '../model/comparison.js';
import { Buckets, rangeBuckets } from './buckets.js';
import type { IdenticalSink } from './identical.js';
import type { Scratch } from './scratch.js';

/** That a record has a duplicate in a set, and the closest one there. */
export interface Mark {
  readonly record: number;
  readonly other: number;
  readonly kind: DuplicateKind;
  readonly like: number;
  readonly jaccard: number;
}

/** Ranges of records that marks are sorted in, one in memory at a time. */
const RANGES = 256;

/** Jaccard similarities are kept as 32-bit whole numbers of this fraction, rounded down. */
const UNIT = 2 ** 31;

/** What was found of each record: noted in any order, told in the order of the records, at most one mark for each set. */
export class Marks implements IdenticalSink {
  private readonly rangeOf: (record: number) => number;
  /** {record, other, kind, like, jaccard} */
  private readonly identical: Buckets;
  private readonly near: Buckets;
  private readonly inherited: Buckets;
  /** {first, record} by the first. */
  private readonly collapsed: Buckets;

  constructor(scratch: Scratch, records: number, budgetBytes: number) {
    const share = budgetBytes / 4;
    this.rangeOf = rangeBuckets(records, RANGES);
    this.identical = new Buckets(scratch, RANGES, 5, share);
    this.near = new Buckets(scratch, RANGES, 5, share);
    this.inherited = new Buckets(scratch, RANGES, 5, share);
    this.collapsed = new Buckets(scratch, RANGES, 2, share);
  }

  same(record: number, other: number, kind: DuplicateKind, like: number): void {
    this.identical.add(this.rangeOf(record), record, other, KINDS.indexOf(kind), like, UNIT);
  }

  collapse(record: number, first: number): void {
    this.collapsed.add(this.rangeOf(first), first, record);
  }

  /** `record` has `like`, of set `other`, as a near-duplicate. */
  similar(record: number, other: number, like: number, jaccard: number): void {
    this.near.add(this.rangeOf(record), record, other, KINDS.indexOf('near'), like, Math.floor(jaccard * UNIT));
  }

  /** What near-duplicates the first of a text has, its copies have too. To be called once, when all is noted. */
  inherit(): void {
    for (let range = 0; range < RANGES; range++) {
      const copies = this.collapsed.read(range);
      if (copies.length === 0) continue;
      const byRecord = new Map<number, Mark[]>();
      for (const mark of best(this.near.read(range))) {
        const own = byRecord.get(mark.record);
        if (own) own.push(mark);
        else byRecord.set(mark.record, [mark]);
      }
      for (let i = 0; i < copies.length; i += 2)
        for (const { other, like, jaccard } of byRecord.get(copies[i]) ?? [])
          this.inherited.add(
            this.rangeOf(copies[i + 1]),
            copies[i + 1],
            other,
            KINDS.indexOf('near'),
            like,
            Math.floor(jaccard * UNIT),
          );
    }
  }

  /** Which record each collapsed one is a copy of. */
  *copies(): Generator<readonly [record: number, first: number]> {
    for (let range = 0; range < RANGES; range++) {
      const copies = this.collapsed.read(range);
      for (let i = 0; i < copies.length; i += 2) yield [copies[i + 1], copies[i]];
    }
  }

  /** The best mark for each record and set, by record and set; `nearToo`: near-duplicates among them. */
  *inOrder(nearToo = true): Generator<Mark> {
    for (let range = 0; range < RANGES; range++) {
      const lists = nearToo ? [this.identical, this.near, this.inherited] : [this.identical];
      const entries = lists.map((list) => list.read(range));
      const all = new Uint32Array(entries.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const list of entries) {
        all.set(list, at);
        at += list.length;
      }
      yield* best(all);
    }
  }
}

/** The strongest kind, then the highest similarity, then the first record; sorted by record and set. */
function best(entries: Uint32Array): Mark[] {
  const marks = Array.from({ length: entries.length / 5 }, (_, i): Mark => {
    const [record, other, kind, like, jaccard] = entries.subarray(5 * i, 5 * i + 5);
    return { record, other, kind: KINDS[kind], like, jaccard: jaccard / UNIT };
  });
  marks.sort(
    (a, b) =>
      a.record - b.record ||
      a.other - b.other ||
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
      b.jaccard - a.jaccard ||
      a.like - b.like,
  );
  return marks.filter(
    ({ record, other }, i) => i === 0 || marks[i - 1].record !== record || marks[i - 1].other !== other,
  );
}
