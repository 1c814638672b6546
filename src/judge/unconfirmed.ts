import { PART_NAMES } from '../model/benchmark.js';
import type { PartName } from '../model/benchmark.js';
import type { ItemResult } from '../model/result.js';
import { VERDICTS } from '../model/verdict.js';
import type { Verdict } from '../model/verdict.js';
import { SUSPECT, SUSPECT_ANSWER } from './thresholds.js';

/** What an index alone says of a part of an item. */
export interface PartSight {
  /** Whether the part is long enough for a copy of it to be found for certain. */
  readonly guaranteed: boolean;
  /** Share of its bits, and bits, in grams that the index holds and that were not read in the corpus. */
  readonly seen: { readonly coverage: number; readonly evidence: number };
  /** … and in all runs that those grams can be a part of. */
  readonly possible: { readonly coverage: number; readonly evidence: number };
  /** Documents that hold the rarest of those grams. */
  readonly documents: number;
  /** Why they were not read. */
  readonly reason: string;
  readonly place?: { readonly file: string; readonly record: number; readonly id: string };
}

/** A gram that was found: tokens (last − size, last] of the part. The run that it belongs to may go on for `window` − 1 more. */
export interface SeenGram {
  readonly last: number;
  readonly size: number;
  readonly window: number;
}

/** How much of a part the grams cover, and could cover at most. `weights`: bits of the part's tokens. */
export function coveredBy(weights: Uint8Array, grams: readonly SeenGram[]): Pick<PartSight, 'seen' | 'possible'> {
  const level = new Uint8Array(weights.length);
  for (const { last, size, window } of grams) {
    const first = last - size + 1;
    for (let i = Math.max(0, first - window + 1); i < Math.min(weights.length, last + window); i++) {
      level[i] = Math.max(level[i], i >= first && i <= last ? 2 : 1);
    }
  }
  const bits = (least: number): number => weights.reduce((sum, weight, i) => sum + (level[i] >= least ? weight : 0), 0);
  const all = Math.max(1, bits(0));
  const share = (evidence: number): PartSight['seen'] => ({ coverage: evidence / all, evidence });
  return { seen: share(bits(2)), possible: share(bits(1)) };
}

/**
 * The verdict on an item from what was confirmed and what an index says besides: `unconfirmed` where runs that the index
 * knows of may be enough to be suspect, `unchecked` where the item is too short for the index to be sure of anything.
 */
export function judgeIndexed(result: ItemResult, sights: ReadonlyMap<PartName, PartSight>, words: number): ItemResult {
  const parts: Partial<Record<PartName, Verdict>> = {};
  let best: { name: PartName; sight: PartSight } | undefined;
  for (const name of PART_NAMES) {
    const verdict = result.parts[name];
    const sight = sights.get(name);
    if (!verdict || !sight) continue;
    const isOpen = verdict === 'clean' || verdict === 'unchecked';
    if (isOpen && mayBeSuspect(name, sight)) {
      parts[name] = 'unconfirmed';
      if (!best || sight.seen.evidence > best.sight.seen.evidence) best = { name, sight };
    } else parts[name] = verdict === 'clean' && !sight.guaranteed ? 'unchecked' : verdict;
  }
  if (result.verdict === 'contaminated' || result.verdict === 'suspect') return { ...result, parts };
  // What is asked must have been looked for, as in items.ts: that an answer is nowhere says little.
  const asked = [parts.question, parts.code].filter((one) => one !== undefined);
  const deciding = best || asked.length === 0 ? Object.values(parts) : asked;
  const verdict = VERDICTS.find((one) => deciding.includes(one)) ?? result.verdict;
  if (best) return { ...result, verdict, parts, ...resultOf(best.name, best.sight) };
  const belowGuarantee = verdict === 'unchecked' && result.verdict === 'clean';
  const reason = belowGuarantee
    ? `below guarantee: shorter than the ${words} words that the index finds for certain`
    : '';
  return { ...result, verdict, parts, reason: reason === '' ? result.reason : reason };
}

function mayBeSuspect(name: PartName, { possible }: PartSight): boolean {
  const rule = name === 'answer' || name === 'choices' ? SUSPECT_ANSWER : SUSPECT;
  return possible.coverage >= rule.coverage && possible.evidence >= rule.evidence;
}

function resultOf(name: PartName, { seen, documents, reason, place }: PartSight): Partial<ItemResult> {
  const { coverage, evidence } = seen;
  return { part: name, coverage, evidence, documents, reason, ...(place ? { bestMatch: place } : {}) };
}
