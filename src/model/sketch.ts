/** What records are compared by: runs of tokens, or of characters of the folded text. */
export interface Shingle {
  readonly unit: 'words' | 'characters';
  /** Tokens or characters in a row. */
  readonly size: number;
}

/** How records are sketched. Two sketches can be compared only if theirs is the same. */
export interface SketchScheme {
  /** Hash functions, multipliers and the order in which empty bins are filled; all of them are fixed by it. */
  readonly profile: 1;
  readonly method: 'one-permutation' | 'k-permutation';
  /** Values in a signature. */
  readonly bins: number;
  /** A band is `rows` values in a row; `bands` of them. */
  readonly bands: number;
  readonly rows: number;
  readonly shingle: Shingle;
  /** Grams of eight tokens with a hash below this are kept for the containment of whole datasets; 0n for none. */
  readonly smallBelow: bigint;
}
