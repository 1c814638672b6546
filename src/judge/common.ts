import type { Match } from '../model/match.js';
import { BY_FIGURES } from './figures.js';
import { COMMON, COMMON_ANSWER, COMMON_SHORT } from './thresholds.js';

/**
 * Boilerplate and famous quotations, told by corpus-wide counts: when the same share of an item, and no more, stands in
 * several documents, they most likely quote what the item quotes too. Such matches are `suspect` with the reason said.
 * A whole item is excused only when it is so short that any text may hold it ("To wash your hands"), and its answer is not by;
 * a whole answer that stands without its question may be longer, because programs have idioms.
 */
export function excuseCommonPassages(matches: readonly Match[]): Match[] {
  const documents = new Map<string, Set<string>>();
  for (const match of matches) {
    const places = documents.get(passageOf(match)) ?? new Set();
    documents.set(passageOf(match), places.add(`${match.document.file}\n${match.document.record}`));
  }
  return matches.map((match) => {
    const count = documents.get(passageOf(match))?.size ?? 0;
    // The same figures in several documents are several translations: nobody quotes numbers without their words.
    if (match.verdict !== 'contaminated' || match.reason === BY_FIGURES) return match;
    if (match.coverage < COMMON.coverage && count >= COMMON.documents)
      return {
        ...match,
        verdict: 'suspect',
        reason: `the same part of it stands in ${count} documents: a common passage?`,
      };
    if (isIdiom(match) && count >= COMMON_ANSWER.documents)
      return { ...match, verdict: 'suspect', reason: `${match.part} alone, in ${count} documents: a common phrase?` };
    if (isShort(match) && count >= COMMON_SHORT.documents)
      return { ...match, verdict: 'suspect', reason: `so short a text stands in ${count} documents: a common phrase?` };
    return match;
  });
}

/** A match as it was before it could be excused: what was found by its figures never is. */
export function unexcused<T extends Pick<Match, 'verdict' | 'reason'>>(match: T): T {
  const { reason, ...rest } = match;
  if (reason === undefined || reason === BY_FIGURES) return match;
  return { ...rest, verdict: 'contaminated' } as T;
}

/** Whether the figures of a match as a report has them, rounded, leave open on which side of a threshold they lay. */
export function isOnEdge({ coverage, evidence }: Match): boolean {
  return coverage === COMMON.coverage || evidence === COMMON_SHORT.evidence || evidence === COMMON_ANSWER.evidence;
}

function isIdiom({ part, evidence }: Match): boolean {
  return (part === 'answer' || part === 'choices') && evidence < COMMON_ANSWER.evidence;
}

function isShort({ part, evidence }: Match): boolean {
  return part !== 'question+answer' && evidence < COMMON_SHORT.evidence;
}

/** Which stretch of the item's part is aligned, from its first character to its last. */
function passageOf({ part, spans }: Match): string {
  const first = Math.min(...spans.map(({ item }) => item[0]));
  const last = Math.max(...spans.map(({ item }) => item[1]));
  return `${part} ${first} ${last}`;
}
