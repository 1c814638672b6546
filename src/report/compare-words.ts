import { KINDS } from '../model/comparison.js';
import type { CompareResult, CompareSettings, Containment, KindCounts } from '../model/comparison.js';
import { counted, percent } from './numbers.js';
import type { Rate } from './wilson.js';

/** The question that a comparison answers, so that nobody takes its answer for that of another. */
export function asked({ within, threshold, shingle }: CompareSettings): string {
  const where = within
    ? 'Which records of a set are nearly the same as another of it'
    : 'Which records of one set are nearly the same as a record of another';
  return `${where}: the same text, the same words, or a Jaccard similarity of at least ${threshold} of their ${shinglesText(shingle)}?`;
}

export function shinglesText({ unit, size }: CompareSettings['shingle']): string {
  return `${size}-${unit === 'words' ? 'word' : 'character'} shingles`;
}

/** What the answer does not say. */
export function limits(result: CompareResult): string[] {
  const found = [
    'Records are compared whole, by similarity: a short text inside a long record is no near-duplicate of it. "heldout scan" finds those; containment here counts wording that sets share, wherever it stands.',
    'Near-duplicates are found by bands of a signature, with the chance at the threshold that recallAtThreshold says and a higher one above; every pair reported was then counted exactly.',
  ];
  found.push(...comparedLess(result));
  if (result.partial)
    found.push('Partial: the run was interrupted or limited. What is reported is true; what is absent says nothing.');
  if (result.totals.skippedRecords > 0 || result.totals.unreadableFiles > 0)
    found.push('Not everything was read: see skipped. What was left out was not compared.');
  if (result.files.some(({ notRead }) => notRead !== undefined))
    found.push('Records have fields beside their text that were not read: see notRead of the files.');
  return found;
}

/** Records that were not compared as the others were. */
export function comparedLess(result: CompareResult): string[] {
  const found: string[] = [];
  const { largeBuckets } = result.totals;
  if (largeBuckets > 0)
    found.push(
      `${counted(largeBuckets, 'band')} had more than 64 records in common: of those not every pair was looked at, each record was compared with a few.`,
    );
  const wordless = result.sets.reduce((sum, set) => sum + set.wordless, 0);
  if (wordless > 0) found.push(`${counted(wordless, 'record')} without a single word: compared with nothing.`);
  const short = result.sets.reduce((sum, set) => sum + set.short, 0);
  if (short > 0)
    found.push(`${counted(short, 'record')} of a single shingle: near can only mean the same words there.`);
  return found;
}

/** `12 exact, 3 normalised`: what there is. */
export function kindsText(counts: KindCounts, number: (n: number) => string): string {
  return KINDS.filter((kind) => counts[kind] > 0)
    .map((kind) => `${number(counts[kind])} ${kind}`)
    .join(', ');
}

export function rateText({ value, low, high }: Rate): string {
  return `${percent(value)}% (${percent(low)}–${percent(high)})`;
}

/** Share of a set's distinct grams that another one has, and its standard error where they were sampled. */
export function containmentText(containment: Containment | undefined): string {
  if (!containment || containment.sampled === 0) return 'no gram';
  const { value, standardError, share } = containment;
  return share >= 1 ? `${percent(value)}%` : `${percent(value)}% ± ${(standardError * 100).toFixed(2)}`;
}
