import type { ScanResult } from '../model/result.js';
import type { Verdict } from '../model/verdict.js';

/** Items by verdict. */
export type Counts = Readonly<Record<Verdict, number>>;

export const NO_COUNTS: Counts = { contaminated: 0, suspect: 0, clean: 0, unchecked: 0 };

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    contaminated: a.contaminated + b.contaminated,
    suspect: a.suspect + b.suspect,
    clean: a.clean + b.clean,
    unchecked: a.unchecked + b.unchecked,
  };
}

/** Items that got an answer: what a rate is a share of. */
export function checkedOf(counts: Counts): number {
  return counts.contaminated + counts.suspect + counts.clean;
}

/**
 * Corpus files of which the limit of records may have left something out: those that came up to it. (Whether one ends right
 * there nobody looked.)
 */
export function filesAtLimit({ settings, corpus }: Pick<ScanResult, 'settings' | 'corpus'>): number {
  return settings.limit === 0 ? 0 : corpus.filter(({ records }) => records >= settings.limit).length;
}
