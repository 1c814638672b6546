import type { DuplicateKind } from '../model/comparison.js';
import type { Bits } from './bits.js';
import { breathe } from './breathe.js';
import { BUCKETS } from './buckets.js';
import type { Buckets } from './buckets.js';
import { KEY_SPREAD, KeyRuns, MOST_SETS, setOfKeyWord } from './key-runs.js';

/** What is told about records that have the same words. */
export interface IdenticalSink {
  /** `record` has `like` in set `other` as its closest: `exact` to the character, `normalised` in its words. */
  same(record: number, other: number, kind: DuplicateKind, like: number): void;
  /** `record` is `first` over again, in the same set: what is found of one holds for the other. */
  collapse(record: number, first: number): void;
}

/** Words of an entry: normalised digest, exact digest, record. */
export const DIGEST_WORDS = 5;

/**
 * Finds records of the same words by their digests and collapses them to the first of their set, so that the search for
 * near-duplicates meets each text once a set: ten thousand copies are a cluster, not fifty million pairs.
 */
export async function findIdentical(
  digests: Buckets,
  within: boolean,
  collapsed: Bits,
  sink: IdenticalSink,
): Promise<void> {
  const runs = new KeyRuns();
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    await breathe();
    for (const entries of digests.pieces(bucket, KEY_SPREAD)) {
      const group = new Group(entries, within, collapsed, sink);
      for (const run of runs.of(entries, DIGEST_WORDS)) group.tell(run);
    }
  }
}

/** No record. */
const NONE = 0xffffffff;

/** The first two records of each set among some records. */
class Firsts {
  readonly sets: number[] = [];
  private readonly first = new Uint32Array(MOST_SETS).fill(NONE);
  private readonly second = new Uint32Array(MOST_SETS).fill(NONE);

  clear(): void {
    for (const set of this.sets) {
      this.first[set] = NONE;
      this.second[set] = NONE;
    }
    this.sets.length = 0;
  }

  note(set: number, record: number): void {
    if (this.first[set] === NONE) {
      this.first[set] = record;
      this.sets.push(set);
    } else if (this.second[set] === NONE) this.second[set] = record;
  }

  /** The first of a set that is not `record` itself. */
  besides(record: number, set: number): number | undefined {
    const found = this.first[set] === record ? this.second[set] : this.first[set];
    return found === NONE ? undefined : found;
  }

  of(set: number): number {
    return this.first[set];
  }
}

/** Records that have the same words, one such group after another. */
class Group {
  private readonly entries: Uint32Array;
  private readonly within: boolean;
  private readonly collapsed: Bits;
  private readonly sink: IdenticalSink;
  private readonly all = new Firsts();
  private readonly exact = new Firsts();

  constructor(entries: Uint32Array, within: boolean, collapsed: Bits, sink: IdenticalSink) {
    this.entries = entries;
    this.within = within;
    this.collapsed = collapsed;
    this.sink = sink;
  }

  /** `run`: indices of entries, in the order of the records; put into another order. */
  tell(run: Uint32Array): void {
    const { entries, all, exact } = this;
    const word = (i: number, n: number): number => entries[i * DIGEST_WORDS + n];
    all.clear();
    for (const i of run) {
      const [record, set] = [this.record(i), this.set(i)];
      all.note(set, record);
      const first = all.of(set);
      if (first === record) continue;
      this.collapsed.set(record);
      this.sink.collapse(record, first);
    }
    // Those with the same text to the character side by side, still in their order.
    run.sort((a, b) => word(a, 3) - word(b, 3) || word(a, 2) - word(b, 2) || a - b);
    for (let from = 0; from < run.length;) {
      let to = from + 1;
      while (to < run.length && word(run[to], 3) === word(run[from], 3) && word(run[to], 2) === word(run[from], 2))
        to++;
      const same = run.subarray(from, to);
      exact.clear();
      for (const i of same) exact.note(this.set(i), this.record(i));
      for (const i of same) this.tellOne(this.record(i), this.set(i));
      from = to;
    }
  }

  private tellOne(record: number, set: number): void {
    for (const other of this.all.sets) {
      if ((other === set) !== this.within) continue;
      const twin = this.exact.besides(record, other);
      if (twin !== undefined) this.sink.same(record, other, 'exact', twin);
      else {
        const like = this.all.besides(record, other);
        if (like !== undefined) this.sink.same(record, other, 'normalised', like);
      }
    }
  }

  private record(i: number): number {
    return this.entries[i * DIGEST_WORDS + 4];
  }

  private set(i: number): number {
    return setOfKeyWord(this.entries[i * DIGEST_WORDS + 1]);
  }
}
