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
