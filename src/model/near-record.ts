import type { Shingle } from './sketch.js';

/** A record of the corpus that has most of its words in common with the whole of an item. */
export interface NearRecord {
  readonly file: string;
  /** 1-based, in its file. */
  readonly record: number;
  /** The parts of the item that together are most like it: `question`, `question+answer`, … */
  readonly parts: string;
  /** Share of the shingles of both that they have in common. */
  readonly jaccard: number;
  /** Of the estimate; 0 where the record was read again and the shingles were counted. */
  readonly standardError: number;
  readonly confirmed: boolean;
  /** Why it could not be confirmed; absent where it was. */
  readonly reason?: string;
}

/** The records like one item. */
export interface NearRecords {
  /** All of them; where they were not read again, by estimate. */
  readonly found: number;
  /** The closest ones, closest first. */
  readonly closest: readonly NearRecord[];
}

/** How whole items were looked up among the records of an index, and what came of it. */
export interface NearRecordSummary {
  readonly shingle: Shingle;
  /** Records in the index. */
  readonly records: number;
  /** Least similarity that is told. */
  readonly threshold: number;
  /** Share of records at exactly the threshold, and at .8 and .9, that are found, by theory. */
  readonly recall: { readonly atThreshold: number; readonly at80: number; readonly at90: number };
  /** Items with words enough to be looked up. */
  readonly itemsCompared: number;
  readonly itemsWithRecords: number;
  /** … of which at least one was confirmed. */
  readonly itemsConfirmed: number;
}
