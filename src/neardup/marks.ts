import { KINDS } from '../model/comparison.js';
import type { DuplicateKind } from '../model/comparison.js';
import { BUCKETS, Buckets } from './buckets.js';
import type { Ranges } from './buckets.js';
import type { Scratch } from './scratch.js';

/** That a record has a duplicate in a set, and the closest one there. */
export interface Mark {
  readonly record: number;
  readonly other: number;
  readonly kind: DuplicateKind;
  readonly like: number;
  readonly jaccard: number;
}

/** {record, other, kind, like, jaccard}; or {first, 0, COPY, record, 0}: that a record is a copy of the first of its text. */
const WORDS = 5;
const NEAR = KINDS.indexOf('near');
/** Behind all kinds of duplicates. */
const COPY = KINDS.length;

/** Jaccard similarities are kept as 32-bit whole numbers of this fraction, rounded down. */
const UNIT = 2 ** 31;

/** What was found of each record: noted in any order, told in the order of the records, at most one mark for each set. */
export class Marks {
  private readonly ranges: Ranges;
  private readonly found: Buckets;

  constructor(scratch: Scratch, ranges: Ranges) {
    this.ranges = ranges;
    this.found = new Buckets(scratch, WORDS);
  }

  same(record: number, other: number, kind: DuplicateKind, like: number): void {
    this.found.add(this.ranges.of(record), record, other, KINDS.indexOf(kind), like, UNIT);
  }

  collapse(record: number, first: number): void {
    this.found.add(this.ranges.of(first), first, 0, COPY, record, 0);
  }

  /** `record` has `like`, of set `other`, as a near-duplicate. */
  similar(record: number, other: number, like: number, jaccard: number): void {
    this.near(record, other, like, Math.floor(jaccard * UNIT));
  }

  /** What near-duplicates the first of a text has, its copies have too. To be called once, when all is noted. */
  inherit(): void {
    for (let range = 0; range < BUCKETS; range++)
      for (const entries of this.found.pieces(range, this.ranges.spread(range))) {
        let near: number[] = [];
        for (const at of inOrder(entries)) {
          const [record, other, kind, like] = entries.subarray(at, at + 4);
          if (near.length > 0 && entries[near[0]] !== record) near = [];
          if (kind === NEAR && (near.length === 0 || entries[near[near.length - 1] + 1] !== other)) near.push(at);
          // Copies come behind what was found of their first: a record's own near-duplicates are known by then.
          if (kind === COPY)
            for (const one of near) this.near(like, entries[one + 1], entries[one + 3], entries[one + 4]);
        }
      }
  }

  /** The best mark for each record of a range and each set, by record and set. */
  *inRange(range: number): Generator<Mark> {
    for (const entries of this.found.pieces(range, this.ranges.spread(range))) {
      let [lastRecord, lastOther] = [-1, -1];
      for (const at of inOrder(entries)) {
        const record = entries[at];
        const other = entries[at + 1];
        const kind = entries[at + 2];
        if (kind === COPY || (record === lastRecord && other === lastOther)) continue;
        [lastRecord, lastOther] = [record, other];
        yield { record, other, kind: KINDS[kind], like: entries[at + 3], jaccard: entries[at + 4] / UNIT };
      }
    }
  }

  close(): void {
    this.found.close();
  }

  private near(record: number, other: number, like: number, jaccard: number): void {
    this.found.add(this.ranges.of(record), record, other, NEAR, like, jaccard);
  }
}

/**
 * Where entries begin, by record; of a record marks before copies, by set, the strongest kind, the highest similarity, the first
 * like.
 */
function inOrder(entries: Uint32Array): Uint32Array {
  const order = Uint32Array.from({ length: entries.length / WORDS }, (_, i) => i * WORDS);
  const isCopy = (at: number): number => +(entries[at + 2] === COPY);
  return order.sort(
    (a, b) =>
      entries[a] - entries[b] ||
      isCopy(a) - isCopy(b) ||
      entries[a + 1] - entries[b + 1] ||
      entries[a + 2] - entries[b + 2] ||
      entries[b + 4] - entries[a + 4] ||
      entries[a + 3] - entries[b + 3],
  );
}
