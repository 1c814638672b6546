import type { Item, PartName } from '../model/benchmark.js';
import type { Match, MatchedPart } from '../model/match.js';
import type { ItemResult } from '../model/result.js';
import { VERDICTS } from '../model/verdict.js';
import type { Verdict } from '../model/verdict.js';

/** Verdicts on items from their matches. `checkable`: whether a part of the item has text enough for any rule to hold. */
export function judgeItems(
  items: readonly Item[],
  matches: readonly (readonly Match[])[],
  checkable: (item: number, part: number) => boolean,
): ItemResult[] {
  return items.map((item, number) => judgeItem(item, matches[number], (part) => checkable(number, part)));
}

function judgeItem(item: Item, matches: readonly Match[], checkable: (part: number) => boolean): ItemResult {
  const best = [...matches].sort(worstFirst).at(0);
  const parts: Partial<Record<PartName, Verdict>> = {};
  item.parts.forEach(({ name }, i) => (parts[name] = partVerdict(item, name, matches, checkable(i))));
  const unchecked = !best && Object.values(parts).every((verdict) => verdict === 'unchecked');
  const documents = new Set(matches.map(({ document }) => `${document.file}\n${document.record}`));
  return {
    benchmark: item.benchmark,
    item: item.id,
    file: item.file,
    record: item.record,
    verdict: best?.verdict ?? (unchecked ? 'unchecked' : 'clean'),
    reason: reasonFor(unchecked, best),
    coverage: best?.coverage ?? 0,
    evidence: best?.evidence ?? 0,
    documents: documents.size,
    parts,
    ...(best ? { part: best.part, bestMatch: placeOf(best) } : {}),
  };
}

function reasonFor(unchecked: boolean, best: Match | undefined): string {
  return unchecked ? 'too little text to tell from chance' : (best?.reason ?? '');
}

function placeOf({ document: { file, record, id } }: Match): { file: string; record: number; id: string } {
  return { file, record, id };
}

/** Worst verdict, then with the answer, then most covered, then most surprising; the order of the corpus decides ties. */
function worstFirst(a: Match, b: Match): number {
  return (
    VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
    Number(b.part === 'question+answer') - Number(a.part === 'question+answer') ||
    b.coverage - a.coverage ||
    b.evidence - a.evidence
  );
}

function partVerdict(item: Item, name: PartName, matches: readonly Match[], checkable: boolean): Verdict {
  const found = matches.filter(({ part }) => covers(item, part, name)).map(({ verdict }) => verdict);
  const worst = VERDICTS.find((verdict) => found.includes(verdict));
  return worst ?? (checkable ? 'clean' : 'unchecked');
}

/** Whether a match of `matched` says something of the part. */
function covers(item: Item, matched: MatchedPart, name: PartName): boolean {
  if (matched !== 'question+answer') return matched === name;
  const asked: PartName = item.parts.some((part) => part.name === 'question') ? 'question' : 'code';
  return name === asked || name === 'answer';
}
