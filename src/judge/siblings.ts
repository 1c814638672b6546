/**
 * A text covered this far stands there in its own right, whatever else explains the stretch better: benchmarks repeat each
 * other's items with small changes, and a leak of one is a leak of its twin.
 */
const TWIN_COVERAGE = 0.86;
/** … or this far with a run of so many tokens. */
const TWIN_WITH_RUN = { coverage: 0.8, run: 12 };
/** … or, of an edited copy, about as much as of the better match: less what a lead-in ("Question:") adds. */
const TWIN_SHARE = 0.9;
/** Share of its numbers that a twin has aligned: more than half. */
const TWIN_NUMBERS = 0.51;

/** Share of a match's bits that must be its own when a better match explains the same stretch of the document. */
const OWN_SHARE = 0.5;

/**
 * Bits of a text that a better match contradicts: where the text has a word of its own, the document has the better
 * text's. From so many on, the document holds the sibling, and this text only in so far as they are alike. A content word
 * has ten or more, an article or a preposition fewer.
 */
const SIBLING_BITS = 8;

/** Share of an answer's aligned tokens that another item explains, from which on it is that item's. */
const BORROWED_SHARE = 0.5;

/** An answer aligned this far stands with its question. */
const ANSWER_NEAR_COVERAGE = 0.5;

/** Whether a text stands in the document in its own right. `run`: its longest, in tokens. */
export function isNearlyWhole(coverage: number, run: number): boolean {
  return coverage >= TWIN_COVERAGE || (coverage >= TWIN_WITH_RUN.coverage && run >= TWIN_WITH_RUN.run);
}

/** Whether an edited copy is as much the text's as the one's that explains it better. */
export function isAsWhole(coverage: number, best: number): boolean {
  return coverage >= TWIN_SHARE * best;
}

/** Whether a text is a twin of a better match rather than its sibling, by its numbers and what of it that contradicts. */
export function isTwin(numerals: number, alignedNumerals: number, contradictedBits: number): boolean {
  return alignedNumerals >= numerals * TWIN_NUMBERS && contradictedBits < SIBLING_BITS;
}

/** Whether the share of a match that no better one explains is enough to be kept. */
export function keepsRest(share: number): boolean {
  return share >= OWN_SHARE;
}

/** Whether an answer, so much of which another item explains, is that item's. */
export function isBorrowed(share: number): boolean {
  return share >= BORROWED_SHARE;
}

/** Whether an answer aligned this far stands with its question. */
export function isAnswered(coverage: number): boolean {
  return coverage >= ANSWER_NEAR_COVERAGE;
}
