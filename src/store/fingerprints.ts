import { HeldoutError } from '../model/errors.js';
import type { Fingerprints } from '../model/index-manifest.js';
import { SINGLE_GRAM, WORD_GRAM } from '../text/select.js';
import type { Windows } from '../text/select.js';

/** Least and most that can be asked for: every gram, and what the core's ring of 128 grams holds (assembly/select.ts). */
export const LEAST_GUARANTEE = WORD_GRAM;
export const MOST_GUARANTEE = 71;

/**
 * The grams and windows of a guarantee of so many words. A code point says less than a word: 13 of them make a gram, and a
 * window of half as many again costs about as much for a text (indexing notes: 1.6 to 1.8 code points a word).
 */
export function fingerprintsOf(guarantee: number): Fingerprints {
  if (!Number.isInteger(guarantee) || guarantee < LEAST_GUARANTEE || guarantee > MOST_GUARANTEE)
    throw new HeldoutError(
      'usage',
      `a guarantee of ${guarantee} tokens: it must be a whole number from ${LEAST_GUARANTEE} to ${MOST_GUARANTEE}.`,
    );
  const words = guarantee - WORD_GRAM + 1;
  const singles = Math.floor(1.5 * words);
  return {
    words: { gram: WORD_GRAM, window: words, guarantee },
    singles: { gram: SINGLE_GRAM, window: singles, guarantee: SINGLE_GRAM + singles - 1 },
    sketch: 2 * words,
  };
}

export function windowsOf({ words, singles }: Fingerprints): Windows {
  return { words: words.window, singles: singles.window };
}
