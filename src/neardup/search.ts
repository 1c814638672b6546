import { Bits } from './bits.js';
import { breathe } from './breathe.js';
import { BUCKETS, Buckets, Ranges } from './buckets.js';
import { DistinctPairs, findCandidates } from './candidates.js';
import type { Collector } from './collector.js';
import { findIdentical } from './identical.js';
import { jaccardOf, sharedCount } from './jaccard.js';
import { Links } from './links.js';
import { Marks } from './marks.js';
import type { RecordTable } from './record-table.js';
import type { Scratch } from './scratch.js';
import { WordsList } from './words-list.js';
import type { TextStore } from './text-store.js';

/** What the keys of the first pass say. */
export interface Candidates {
  readonly ranges: Ranges;
  readonly marks: Marks;
  readonly links: Links;
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
export async function searchKeys(
  { table, digests, bands }: Collector,
  within: boolean,
  scratch: Scratch,
): Promise<Candidates> {
  const ranges = new Ranges(table.length);
  const marks = new Marks(scratch, ranges);
  const links = new Links(scratch, ranges);
  const collapsed = new Bits(table.length);
  const inPairs = new Bits(table.length);
  const reworded = new Bits(table.length);
  const named = new Bits(table.length);
  await findIdentical(digests, within, collapsed, {
    same: (record, other, kind, like) => {
      marks.same(record, other, kind, like);
      links.join(record, like);
      named.set(record);
      named.set(like);
      if (kind !== 'normalised') return;
      reworded.set(record);
      reworded.set(like);
    },
    collapse: (record, first) => {
      marks.collapse(record, first);
      links.join(record, first);
      named.set(record);
      named.set(first);
    },
  });
  digests.close();
  const pairs = new Buckets(scratch, 2);
  const largeBuckets = await findCandidates(bands, within, collapsed, (first, second) => {
    pairs.add(ranges.of(first), first, second);
    inPairs.set(first);
    inPairs.set(second);
    named.set(first);
    named.set(second);
  });
  bands.close();
  return { ranges, marks, links, pairs, inPairs, reworded, named, largeBuckets };
}

/** Pairs that were counted. */
export interface Confirmed {
  /** {first, second, shared shingles, those of the first, those of the second}, ascending. */
  readonly pairs: WordsList;
  readonly candidates: number;
}

/** Counts the shingles of every candidate pair, and notes those at or above the threshold. */
export async function confirm(
  { ranges, marks, links, pairs }: Candidates,
  table: RecordTable,
  texts: TextStore,
  threshold: number,
  scratch: Scratch,
): Promise<Confirmed> {
  const confirmed = new WordsList(scratch, 5);
  const distinct = new DistinctPairs();
  let candidates = 0;
  const look = (first: number, second: number): void => {
    const [a, b] = [texts.side(0, first), texts.side(1, second)];
    // Those of the same words are known.
    if (!a || !b || a.normalised === b.normalised) return;
    const [sizeA, sizeB] = [a.shingles.length, b.shingles.length];
    // Without looking: the smaller can be no more than all of the larger.
    if (Math.min(sizeA, sizeB) < threshold * Math.max(sizeA, sizeB)) return;
    const shared = sharedCount(a.shingles, b.shingles);
    const jaccard = jaccardOf(shared, sizeA, sizeB);
    if (jaccard < threshold) return;
    confirmed.append(first, second, shared, sizeA, sizeB);
    links.join(first, second);
    marks.similar(first, table.setOf(second), second, jaccard);
    marks.similar(second, table.setOf(first), first, jaccard);
  };
  for (let range = 0; range < BUCKETS; range++) {
    await breathe();
    for (const some of pairs.pieces(range, ranges.spread(range))) {
      distinct.take(some);
      candidates += distinct.length;
      for (let i = 0; i < distinct.length; i++) look(distinct.first(i), distinct.second(i));
    }
  }
  pairs.close();
  marks.inherit();
  return { pairs: confirmed, candidates };
}
