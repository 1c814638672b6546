import { Buckets, rangeBuckets } from './buckets.js';
import { distinctPairs, findCandidates } from './candidates.js';
import { Clusters } from './clusters.js';
import type { Collector } from './collector.js';
import { findIdentical } from './identical.js';
import { jaccardOf, sharedCount } from './jaccard.js';
import { Marks } from './marks.js';
import { Bits } from './record-table.js';
import type { RecordTable } from './record-table.js';
import type { Scratch } from './scratch.js';
import { WordsList } from './words-list.js';
import type { TextStore } from './text-store.js';

const RANGES = 256;

/** What the keys of the first pass say. */
export interface Candidates {
  readonly marks: Marks;
  /** {first, second}, the same pair more than once. */
  readonly pairs: Buckets;
  /** Records whose text is wanted. */
  readonly inPairs: Bits;
  /** Records of the same words as another, in another form: their text is wanted as well. */
  readonly reworded: Bits;
  /** Records whose id is wanted, those among them. */
  readonly named: Bits;
  readonly largeBuckets: number;
}

/** Records of the same words, and pairs that may be near-duplicates. */
export function searchKeys(
  { table, digests, bands }: Collector,
  within: boolean,
  scratch: Scratch,
  budgetBytes: number,
): Candidates {
  const marks = new Marks(scratch, table.length, budgetBytes / 4);
  const collapsed = new Bits(table.length);
  const inPairs = new Bits(table.length);
  const reworded = new Bits(table.length);
  const named = new Bits(table.length);
  const name = (...records: number[]): void => records.forEach((record) => named.set(record));
  findIdentical(digests, table, within, collapsed, {
    same: (record, other, kind, like) => {
      marks.same(record, other, kind, like);
      name(record, like);
      if (kind === 'normalised') [record, like].forEach((one) => reworded.set(one));
    },
    collapse: (record, first) => {
      marks.collapse(record, first);
      name(record, first);
    },
  });
  digests.clear();
  const pairs = new Buckets(scratch, RANGES, 2, budgetBytes / 4);
  const rangeOf = rangeBuckets(table.length, RANGES);
  const largeBuckets = findCandidates(bands, table, within, collapsed, (first, second) => {
    pairs.add(rangeOf(first), first, second);
    inPairs.set(first);
    inPairs.set(second);
    name(first, second);
  });
  bands.clear();
  return { marks, pairs, inPairs, reworded, named, largeBuckets };
}

/** Pairs that were counted. */
export interface Confirmed {
  /** {first, second, shared shingles, those of the first, those of the second}, ascending. */
  readonly pairs: WordsList;
  readonly clusters: Clusters;
  readonly candidates: number;
}

/** Counts the shingles of every candidate pair, and notes those at or above the threshold. */
export function confirm(
  { marks, pairs }: Candidates,
  table: RecordTable,
  texts: TextStore,
  threshold: number,
  scratch: Scratch,
): Confirmed {
  const confirmed = new WordsList(scratch, 5);
  const clusters = new Clusters(table.length);
  let candidates = 0;
  for (let range = 0; range < pairs.count; range++) {
    const list = distinctPairs(pairs.read(range));
    candidates += list.length;
    for (let i = 0; i < list.length; i++) {
      const first = list.first(i);
      const second = list.second(i);
      const [a, b] = [texts.get(first), texts.get(second)];
      // Those of the same words are known.
      if (!a || !b || a.normalised === b.normalised) continue;
      const [sizeA, sizeB] = [a.shingles.length, b.shingles.length];
      // Without looking: the smaller can be no more than all of the larger.
      if (Math.min(sizeA, sizeB) < threshold * Math.max(sizeA, sizeB)) continue;
      const shared = sharedCount(a.shingles, b.shingles);
      const jaccard = jaccardOf(shared, sizeA, sizeB);
      if (jaccard < threshold) continue;
      confirmed.append([first, second, shared, sizeA, sizeB]);
      clusters.join(first, second);
      marks.similar(first, table.setOf(second), second, jaccard);
      marks.similar(second, table.setOf(first), first, jaccard);
    }
  }
  for (const [record, first] of marks.copies()) clusters.join(record, first);
  for (const { record, like } of marks.inOrder(false)) clusters.join(record, like);
  marks.inherit();
  return { pairs: confirmed, clusters, candidates };
}
