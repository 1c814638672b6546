/** What records are compared by: runs of tokens, or of characters of the folded text. */
export interface Shingle {
  readonly unit: 'words' | 'characters';
  /** Tokens or characters in a row. */
  readonly size: number;
}

/**
 * Which hash functions, permutations and order of filling empty bins a method stands for. Profile 1 had k permutations by
 * xor and multiplication, which nothing ever stored; profile 2 has them by adding. One permutation is the same in both.
 */
export const SKETCH_PROFILE = { 'one-permutation': 1, 'k-permutation': 2 } as const;

/** How records are sketched. Two sketches can be compared only if theirs is the same. */
export interface SketchScheme {
  readonly profile: (typeof SKETCH_PROFILE)[keyof typeof SKETCH_PROFILE];
  readonly method: keyof typeof SKETCH_PROFILE;
  /** Values in a signature. */
  readonly bins: number;
  /** A band is `rows` values in a row; `bands` of them. */
  readonly bands: number;
  readonly rows: number;
  readonly shingle: Shingle;
  /** Grams of eight tokens with a hash below this are kept for the containment of whole datasets; 0n for none. */
  readonly smallBelow: bigint;
}
