/** `unchecked`: too little text of its own to decide at these settings; never silently `clean`. */
export type Verdict = 'contaminated' | 'suspect' | 'clean' | 'unchecked';

/** Worst first. */
export const VERDICTS: readonly Verdict[] = ['contaminated', 'suspect', 'clean', 'unchecked'];
