/**
 * `unchecked`: too little text of its own to decide at these settings; never silently `clean`. `unconfirmed`: an index says that the
 * corpus holds enough of it to be at least suspect, but the corpus could not be read to see.
 */
export type Verdict = 'contaminated' | 'suspect' | 'unconfirmed' | 'clean' | 'unchecked';

/** Items by verdict. Only a scan of an index has `unconfirmed` ones. */
export type VerdictCounts = Readonly<Record<Exclude<Verdict, 'unconfirmed'>, number>> & {
  readonly unconfirmed?: number;
};

/** Worst first. */
export const VERDICTS: readonly Verdict[] = ['contaminated', 'suspect', 'unconfirmed', 'clean', 'unchecked'];
