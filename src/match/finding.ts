import type { Verdict } from '../model/verdict.js';

/** A run of tokens that stand in the same order, without a gap, in an item's part and in the document. */
export interface Run {
  /** Tokens [itemStart, itemEnd) of the part's text. */
  readonly itemStart: number;
  readonly itemEnd: number;
  /** Bytes [start, end) of the core's input buffer: the first token's first byte, the byte after the last token. */
  readonly start: number;
  readonly end: number;
}

/** An item that the document last scanned holds, before anyone has said where that is in characters. */
export interface Finding {
  /** Number of the item in the catalog. */
  readonly item: number;
  /** The part aligned, index into PART_NAMES, whose text `runs` refer to. */
  readonly part: number;
  /** That the answer stands near the question too: reported as `question+answer`. */
  readonly withAnswer: boolean;
  /** That it was found by its figures, whatever the words (figure-match.ts). */
  readonly byFigures: boolean;
  /** At least `suspect`. */
  readonly verdict: Verdict;
  readonly coverage: number;
  readonly evidence: number;
  readonly longestRun: number;
  /** Ascending in the document. */
  readonly runs: readonly Run[];
}
