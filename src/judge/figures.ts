import type { Verdict } from '../model/verdict.js';
import { FIGURES } from './thresholds.js';

/** What is known of a text whose figures stand in a document in their order, whatever the words (match/figure-match.ts). */
export interface FigureGraded {
  /** Bits of the aligned figures, less what does not fit. */
  readonly evidence: number;
  /** Aligned figures that stand by themselves, with words between them and the one before. */
  readonly apart: number;
  /** Tokens of the document for one of the text. */
  readonly stretch: number;
}

/** Why a match of such low coverage counts; it is said with each. */
export const BY_FIGURES = 'its numbers stand there in their order, among other words: a translation or a paraphrase?';

export function gradeFigures({ evidence, apart, stretch }: FigureGraded): Verdict {
  const fits = apart >= FIGURES.apart && stretch >= FIGURES.leastStretch && stretch <= FIGURES.mostStretch;
  if (!fits || evidence < FIGURES.suspect) return 'clean';
  return evidence >= FIGURES.contaminated ? 'contaminated' : 'suspect';
}
