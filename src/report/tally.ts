import type { Verdict, VerdictCounts } from '../model/verdict.js';

/** Items by verdict. */
export type Counts = VerdictCounts;

export const NO_COUNTS: Readonly<Record<Verdict, number>> = {
  contaminated: 0,
  suspect: 0,
  unconfirmed: 0,
  clean: 0,
  unchecked: 0,
};

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    contaminated: a.contaminated + b.contaminated,
    suspect: a.suspect + b.suspect,
    unconfirmed: (a.unconfirmed ?? 0) + (b.unconfirmed ?? 0),
    clean: a.clean + b.clean,
    unchecked: a.unchecked + b.unchecked,
  };
}

/** Items without an answer: too short, or found by an index alone. */
export function undecidedOf(counts: Counts): number {
  return (counts.unconfirmed ?? 0) + counts.unchecked;
}

/** Items that got an answer: what a rate is a share of. */
export function checkedOf(counts: Counts): number {
  return counts.contaminated + counts.suspect + counts.clean;
}
