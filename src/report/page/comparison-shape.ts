/** What the script of a comparison's page is given, in columns as the data of a scan's (see data-shape.ts). */
export interface ComparisonData {
  readonly kinds: readonly string[];
  readonly sets: readonly string[];
  readonly files: readonly string[];
  readonly records: RecordColumns;
  /** In the order of pairs.jsonl, from its first line on. */
  readonly pairs: PairColumns;
  /** Those that the pairs are of. */
  readonly clusters: ClusterColumns;
  /** Entries in a block of texts; blocks are `<script id="texts-0">` and so on. */
  readonly blockSize: number;
}

export interface RecordColumns {
  readonly set: readonly number[];
  /** 0 where it is `file#record`. */
  readonly id: readonly (string | 0)[];
  readonly file: readonly number[];
  readonly record: readonly number[];
  readonly offset: readonly number[];
  /** 1 where it should go. */
  readonly drop: readonly number[];
  /** Which entry of the blocks of texts; −1 where the text is not in this page. */
  readonly text: readonly number[];
}

export interface PairColumns {
  readonly kind: readonly number[];
  /** Place in `clusters`. */
  readonly cluster: readonly number[];
  /** Ten-thousandths. */
  readonly jaccard: readonly number[];
  readonly leftInRight: readonly number[];
  readonly rightInLeft: readonly number[];
  /** Places in `records`. */
  readonly left: readonly number[];
  readonly right: readonly number[];
}

export interface ClusterColumns {
  readonly number: readonly number[];
  readonly records: readonly number[];
  /** Place in `records`. */
  readonly representative: readonly number[];
}

/** The beginning of a record's text; last, where it was taken out of the report, what stands for it. */
export type RecordText = readonly [text: string, isCut: 0 | 1, redacted?: readonly [hmac: string, length: number]];
