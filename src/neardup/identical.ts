import type { DuplicateKind } from '../model/comparison.js';
import type { Buckets } from './buckets.js';
import { KeyRuns } from './key-runs.js';
import type { Bits, RecordTable } from './record-table.js';

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
export function findIdentical(
  digests: Buckets,
  table: RecordTable,
  within: boolean,
  collapsed: Bits,
  sink: IdenticalSink,
): void {
  const runs = new KeyRuns();
  for (let bucket = 0; bucket < digests.count; bucket++) {
    const entries = digests.read(bucket);
    for (const run of runs.of(entries, DIGEST_WORDS)) {
      const group = Array.from(run, (i) => ({
        record: entries[i * DIGEST_WORDS + 4],
        // Both halves as one number: 53 bits of the digest tell texts of the same words apart.
        exact: entries[i * DIGEST_WORDS + 3] * 2 ** 21 + (entries[i * DIGEST_WORDS + 2] >>> 11),
      }));
      tellGroup(group, table, within, collapsed, sink);
    }
  }
}

type Group = readonly { readonly record: number; readonly exact: number }[];

/** `group` in the order of the records. */
function tellGroup(group: Group, table: RecordTable, within: boolean, collapsed: Bits, sink: IdenticalSink): void {
  const firstOfSet = new Map<number, number>();
  const firstExact = new Map<string, readonly number[]>();
  for (const { record, exact } of group) {
    const set = table.setOf(record);
    const first = firstOfSet.get(set);
    if (first === undefined) firstOfSet.set(set, record);
    else {
      collapsed.set(record);
      sink.collapse(record, first);
    }
    // Two of a set: within a set, the first one's like is the second.
    const known = firstExact.get(`${set} ${exact}`) ?? [];
    if (known.length < 2) firstExact.set(`${set} ${exact}`, [...known, record]);
  }
  const second = group[1].record;
  for (const { record, exact } of group)
    for (const [other, first] of firstOfSet) {
      if ((other === table.setOf(record)) !== within) continue;
      const twin = firstExact.get(`${other} ${exact}`)?.find((one) => one !== record);
      if (twin !== undefined) sink.same(record, other, 'exact', twin);
      else sink.same(record, other, 'normalised', first === record ? second : first);
    }
}
