import type { Item, PartName } from '../model/benchmark.js';
import type { Match, MatchedPart } from '../model/match.js';
import type { ItemResult } from '../model/result.js';
import { VERDICTS } from '../model/verdict.js';
import type { Verdict } from '../model/verdict.js';

/**
 * Whether a part of an item could have been found: it is `checkable`, or it has too little text, or is a phrase that many
 * items ask with, or shares all its wording with thousands.
 */
export type Checkability = 'checkable' | 'too-little' | 'stock' | 'shared';

/** Verdicts on items from their matches. `checkability`: of a part of an item, by their positions. */
export function judgeItems(
  items: readonly Item[],
  matches: readonly (readonly Match[])[],
  checkability: (item: number, part: number) => Checkability,
): ItemResult[] {
  return items.map((item, number) => judgeItem(item, matches[number], (part) => checkability(number, part)));
}

function judgeItem(item: Item, matches: readonly Match[], checkability: (part: number) => Checkability): ItemResult {
  const best = [...matches].sort(worstFirst).at(0);
  const names = item.parts.map(({ name }) => name);
  const checks = item.parts.map(({ name }, i) => ({ name, check: checkability(i) }));
  const parts: Partial<Record<PartName, Verdict>> = {};
  for (const { name, check } of checks)
    parts[name] = foundOf(name, names, matches) ?? (check === 'checkable' ? 'clean' : 'unchecked');
  const unchecked = best ? '' : whyUnchecked(checks);
  return {
    benchmark: item.benchmark,
    item: item.id,
    file: item.file,
    record: item.record,
    verdict: best?.verdict ?? (unchecked ? 'unchecked' : 'clean'),
    reason: unchecked || (best?.reason ?? ''),
    coverage: best?.coverage ?? 0,
    evidence: best?.evidence ?? 0,
    documents: documentsOf(matches),
    parts,
    ...(best ? { part: best.part, bestMatch: placeOf(best) } : {}),
  };
}

interface PartCheck {
  readonly name: PartName;
  readonly check: Checkability;
}

/**
 * Why an item without a match is not clean; empty when it is. What leaks first is what is asked, so its question (or
 * its code) must have been looked for: that an answer is nowhere says little. Only where the question is nobody's own do the other
 * parts speak for the item.
 */
function whyUnchecked(parts: readonly PartCheck[]): string {
  const questions = parts.filter(({ name }) => name === 'question' || name === 'code');
  const asked = questions.length > 0 ? questions : parts;
  if (asked.some(({ check }) => check === 'checkable')) return '';
  if (asked.some(({ check }) => check === 'shared')) return 'shares all its wording with thousands of other texts';
  if (!asked.every(({ check }) => check === 'stock')) return 'too little text to tell from chance';
  const others = parts.some(({ check }) => check === 'checkable');
  return others ? '' : 'asks what many items ask, and has nothing else to be told by';
}

function placeOf({ document: { file, record, id } }: Match): { file: string; record: number; id: string } {
  return { file, record, id };
}

/** How many documents the matches are in. */
export function documentsOf(matches: readonly Match[]): number {
  return matches.length === 0 ? 0 : new Set(matches.map(({ document }) => `${document.file}\n${document.record}`)).size;
}

/** Worst verdict, then with the answer, then most covered, then most surprising; the order of the corpus decides ties. */
export function worstFirst(a: Match, b: Match): number {
  return (
    VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
    Number(b.part === 'question+answer') - Number(a.part === 'question+answer') ||
    b.coverage - a.coverage ||
    b.evidence - a.evidence
  );
}

/** The worst that was found of a part of an item that has `parts`; undefined where nothing was. */
export function foundOf(name: PartName, parts: readonly PartName[], matches: readonly Match[]): Verdict | undefined {
  if (matches.length === 0) return undefined;
  const found = matches.filter(({ part }) => covers(parts, part, name)).map(({ verdict }) => verdict);
  return VERDICTS.find((verdict) => found.includes(verdict));
}

/** Whether a match of `matched` says something of the part. */
function covers(parts: readonly PartName[], matched: MatchedPart, name: PartName): boolean {
  if (matched !== 'question+answer') return matched === name;
  const asked: PartName = parts.includes('question') ? 'question' : 'code';
  return name === asked || name === 'answer';
}
