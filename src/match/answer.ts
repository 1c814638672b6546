import type { Catalog } from '../seeds/catalog.js';
import type { DocumentTokens } from './document-tokens.js';
import type { NumberSense } from './number-sense.js';
import { tokensOf } from './text-match.js';
import type { TextMatch } from './text-match.js';

/** How far from the question an answer is looked for: tokens before, and behind (options and reasoning stand between). */
const BEFORE = 40;
const BEHIND = 120;

/** Words of a long answer that are enough: its first so many tokens. */
const MOST_TOKENS = 12;

/**
 * Whether the answer's words stand near the question's match, in a row. An answer that is one of the choices must be there
 * once more than in the list of choices, or the list would always answer itself.
 */
export function hasAnswerNear(
  catalog: Catalog,
  numbers: NumberSense,
  tokens: DocumentTokens,
  question: TextMatch,
  answer: number,
  listed: boolean,
): boolean {
  const wanted = numbers.canonical(tokensOf(catalog, answer).hashes).subarray(0, MOST_TOKENS);
  if (wanted.length === 0) return false;
  const first = question.pairs[0].document;
  const last = question.pairs[question.pairs.length - 1].document;
  const before = tokens.stretch(first - BEFORE, first);
  const behind = tokens.stretch(last + 1, last + 1 + BEHIND + wanted.length);
  const times =
    occurrences(numbers.canonical(before.hashes), wanted) + occurrences(numbers.canonical(behind.hashes), wanted);
  return times > (listed ? 1 : 0);
}

function occurrences(tokens: Uint32Array, wanted: Uint32Array): number {
  let count = 0;
  for (let i = 0; i + wanted.length <= tokens.length; i++) {
    let same = 0;
    while (same < wanted.length && tokens[i + same] === wanted[same]) same++;
    if (same === wanted.length) count++;
  }
  return count;
}
